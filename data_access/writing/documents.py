"""Appending versions: what is equal to the version in force is not written, everything else is a new row."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, insert, select

from data_access.acceptance import is_not_returned, states
from data_access.errors import ConflictingRecords, NotFound
from data_access.schema import END_OF_DAYS
from data_access.writing.context import Count, Writing

Row = dict[str, Any]
Key = tuple[Any, ...]
LAST_DAY = date.fromisoformat(END_OF_DAYS)


@dataclass(frozen=True, slots=True)
class Document:
    """How one kind of document is told apart (`keys`) and which columns make it a different one.

    Documents without `valid_from` hold from the moment they were recorded.
    """

    kind: str
    table: Table
    keys: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def is_dated(self) -> bool:
        """Whether a version says from which day it holds."""
        return "valid_from" in self.table.c and "valid_from" not in self.keys

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether a version may end the document."""
        return "withdrawn" in self.table.c


class _Chain:
    """The versions of one document in the order in which they supersede one another."""

    def __init__(self) -> None:
        self.order: list[tuple[date, datetime]] = []
        self.versions: list[Row] = []

    def add(self, place: tuple[date, datetime], row: Row) -> None:
        at = bisect_right(self.order, place)
        self.order.insert(at, place)
        self.versions.insert(at, row)

    def in_force(self, day: date, recorded_at: datetime) -> Row | None:
        known = [
            version
            for (start, moment), version in zip(self.order, self.versions, strict=True)
            if start <= day and moment <= recorded_at
        ]
        return known[-1] if known else None


def append(
    writing: Writing, document: Document, rows: Iterable[Row], *conditions: ColumnElement[bool]
) -> list[Row]:
    """Write the rows that say something new and count all of them; returns those written.

    `conditions` narrow the existing versions that are looked at. Raises `ConflictingRecords` when two
    different versions of one document would hold from the same day and moment, `NotFound` when a document
    is withdrawn that never was.
    """
    rows = sorted(rows, key=lambda row: row["valid_from"]) if document.is_dated else list(rows)
    if not rows:
        return []
    chains = _load(writing, document, conditions)
    counted, fresh = Count(), []
    stamp: Row = {"recorded_at": writing.recorded_at}
    if "county" in document.table.c:
        stamp["county"] = writing.county
    for row in rows:
        key = tuple(row[name] for name in document.keys)
        chain = chains.setdefault(key, _Chain())
        if _is_known(writing, document, chain, row, key):
            counted.unchanged += 1
            continue
        counted.new += not chain.versions
        counted.corrected += bool(chain.versions)
        chain.add((_day(document, row), writing.recorded_at), row)
        fresh.append(row | stamp)
    writing.count(document.kind, counted)
    if fresh:
        writing.connection.execute(insert(document.table), fresh)
    return fresh


def _is_known(writing: Writing, document: Document, chain: _Chain, row: Row, key: Key) -> bool:
    day = _day(document, row)
    held = chain.in_force(day, writing.recorded_at)
    is_end = document.may_be_withdrawn and row["withdrawn"]
    if held is None:
        if is_end:
            raise NotFound(document.kind, _spelt(key))
        return False
    is_ended = document.may_be_withdrawn and held["withdrawn"]
    says_the_same = all(held[name] == row[name] for name in document.content)
    is_same = is_end == is_ended and (is_end or says_the_same)
    if not is_same and (day, writing.recorded_at) in chain.order:
        raise ConflictingRecords(document.kind, _spelt(key))
    return bool(is_same)


def _day(document: Document, row: Row) -> date:
    day: date = row["valid_from"] if document.is_dated else LAST_DAY
    return day


def _load(
    writing: Writing, document: Document, conditions: Sequence[ColumnElement[bool]]
) -> dict[Key, _Chain]:
    table = document.table
    names = [*document.keys, *document.content, "recorded_at"]
    names += ["valid_from"] if document.is_dated else []
    names += ["withdrawn"] if document.may_be_withdrawn else []
    columns = [table.c[name] for name in dict.fromkeys(names)]
    county = [table.c.county == writing.county] if "county" in table.c else []
    order = [table.c[name] for name in ("recorded_at", "id") if name in table.c]
    # What was returned was never said: the same words handed in again are new.
    state = states(writing.county).subquery("state")
    standing = [is_not_returned(table, state)] if "submission" in table.c else []
    statement = select(*columns).where(*county, *standing, *conditions).order_by(*order)
    chains: dict[Key, _Chain] = {}
    for row in writing.connection.execute(statement).mappings():
        key = tuple(row[name] for name in document.keys)
        place = (_day(document, dict(row)), row["recorded_at"])
        chains.setdefault(key, _Chain()).add(place, dict(row))
    return chains


def _spelt(key: Key) -> str:
    return " ".join(str(part) for part in key if part is not None)
