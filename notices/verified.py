"""What a check of a snapshot found, as sentences: the same on the page and by the command."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.snapshots import Checked
from data_access.directory import Directory
from metrics.fingerprints import Differing
from metrics.words import Lang
from notices.words import WORDS, say


@dataclass(frozen=True)
class Verified:
    """The sentences of a check, and the places at which what was kept is another now."""

    sentences: tuple[str, ...]
    places: tuple[str, ...]


def names_of(directory: Directory) -> dict[str, str]:
    """The names of units and indicators by code."""
    held = (directory.units, directory.indicators)
    return {code: name for frame in held for code, name in zip(frame["code"], frame["name"], strict=True)}


def verified(found: Checked, names: Mapping[str, str], lang: Lang) -> Verified:
    """What was found, in words; `names` are those of units and indicators by code."""
    number = found.snapshot.heading.number
    said = [say(f"verified.{key}", lang, number=number, **facts) for key, facts in _found(found, names, lang)]
    return Verified(tuple(said), tuple(_place(each, names, lang) for each in found.differing))


def _found(found: Checked, names: Mapping[str, str], lang: Lang) -> list[tuple[str, dict[str, str | int]]]:
    """The keys of what is to be said, each with its facts."""
    pause = say("notice.pause", lang)
    said: list[tuple[str, dict[str, str | int]]] = []
    if found.broken:
        said.append(("broken", {"numbers": pause.join(map(str, found.broken))}))
    if found.is_altered:
        said.append(("altered" if found.is_readable else "unreadable", {}))
    if found.records:
        where = [_record(table, township, names, lang) for table, township in found.records]
        said.append(("records", {"names": pause.join(where)}))
    if found.differing:
        # Records that were changed explain it as well.
        key = "newer" if found.is_newer and not found.records else "differs"
        said.append((key, {"count": len(found.differing)}))
    return said or [("holds", {})]


def _record(table: str, township: str, names: Mapping[str, str], lang: Lang) -> str:
    """A table of records by what it holds, and whose they are."""
    what = say(f"record.{table}", lang) if f"record.{table}" in WORDS else table
    return say("verified.record", lang, table=what, place=names.get(township, township)) if township else what


def _place(each: Differing, names: Mapping[str, str], lang: Lang) -> str:
    way = " / ".join(_step(step, names, lang) for step in each.path)
    was, now = (say("notice.dash", lang) if value is None else str(value) for value in (each.was, each.now))
    return f"{way}: {was} → {now}"


def _step(step: str, names: Mapping[str, str], lang: Lang) -> str:
    """One step of the way to a place: a part, a column, or the key of a row."""
    for key in (f"kept.{step}", f"col.{step}"):
        if key in WORDS:
            return say(key, lang)
    # The key of a row has what is empty written as None.
    return " ".join(names.get(code, code) for code in step.split(" ") if code != "None")
