"""Frozen content: its one canonical form, its fingerprint, the chain of fingerprints, and how two differ.

A content is made of dicts with text keys, lists, text, whole numbers, marks, None and finite numbers. It is
written in one way only, so that the same content has the same bytes on every machine: keys in order, no blanks,
UTF-8, numbers as Python's shortest text of them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

# What the first snapshot of a county follows.
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Differing:
    """One place at which two contents differ: the way to it, and what stands there; None where nothing does."""

    path: tuple[str, ...]
    was: Any
    now: Any


def canonical(content: Any) -> bytes:
    """The bytes of a content. ValueError for a number that is not finite, TypeError for what is no content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def fingerprint(content: bytes) -> str:
    """SHA-256 of the bytes of a content, in hexadecimal."""
    return sha256(content).hexdigest()


def link(previous: str, heading: dict[str, Any], content_fingerprint: str) -> str:
    """The fingerprint of a snapshot in its chain: of the one before, of its heading and of its content.

    Whoever changes a heading or a content, or takes one out, breaks every link from there on.
    """
    return fingerprint(canonical([previous, heading, content_fingerprint]))


def differences(was: Any, now: Any, path: tuple[str, ...] = ()) -> Iterator[Differing]:
    """Every place at which two contents differ, in the order of their keys.

    The rows of two tables (`is_table`) are matched by the values of the table's key.
    """
    if is_table(was) and is_table(now) and was["key"] == now["key"]:
        yield from differences(_head(was), _head(now), path)
        yield from differences(_by_key(was), _by_key(now), path)
    elif isinstance(was, dict) and isinstance(now, dict):
        for name in sorted(was.keys() | now.keys()):
            if name in was and name in now:
                yield from differences(was[name], now[name], (*path, name))
            else:
                yield Differing((*path, name), was.get(name), now.get(name))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from differences(one, other, (*path, str(place)))
    elif was != now or type(was) is not type(now):
        yield Differing(path, was, now)


def is_table(content: Any) -> bool:
    """Whether a content is a table: its columns, the columns of its key, its rows."""
    return isinstance(content, dict) and content.keys() >= {"columns", "key", "rows"}


def _head(table: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in table.items() if name != "rows"}


def _by_key(table: dict[str, Any]) -> dict[str, Any]:
    """The rows by their keys, each with its values by column; rows of one key are numbered."""
    columns: list[str] = table["columns"]
    places = [columns.index(name) for name in table["key"]]
    held: dict[str, Any] = {}
    for row in table["rows"]:
        key = " ".join(str(row[place]) for place in places)
        while key in held:
            key += "'"
        held[key] = dict(zip(columns, row, strict=True))
    return held
