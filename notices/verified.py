"""What a check of a snapshot found, as sentences: the same on the page and by the command."""

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.snapshots import Checked
from metrics.words import Lang
from notices.places import Names, place_text
from notices.words import WORDS, say


@dataclass(frozen=True)
class Verified:
    """The sentences of a check, and the places at which what was kept is another now."""

    sentences: tuple[str, ...]
    places: tuple[str, ...]


def verified(found: Checked, names: Names, lang: Lang) -> Verified:
    """What was found, in words."""
    number = found.snapshot.heading.number
    said = [say(f"verified.{key}", lang, number=number, **facts) for key, facts in _found(found, names, lang)]
    return Verified(tuple(said), tuple(place_text(each, names, lang) for each in found.differing))


def _found(found: Checked, names: Names, lang: Lang) -> list[tuple[str, dict[str, str | int]]]:
    """The keys of what is to be said, each with its facts."""
    pause = say("notice.pause", lang)
    said: list[tuple[str, dict[str, str | int]]] = []
    if found.missing:
        said.append(("missing", {"numbers": _numbers(found.missing, lang)}))
    if found.broken:
        said.append(("broken", {"numbers": _numbers(found.broken, lang)}))
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


def _numbers(numbers: Iterable[int], lang: Lang) -> str:
    """Snapshots by number."""
    return say("notice.pause", lang).join(say("verified.number", lang, number=each) for each in numbers)


def _record(table: str, township: str, names: Names, lang: Lang) -> str:
    """A table of records by what it holds, and whose they are."""
    what = say(f"record.{table}", lang) if f"record.{table}" in WORDS else table
    return (
        say("verified.record", lang, table=what, place=names.names.get(township, township))
        if township
        else what
    )
