"""An indicator that is defined anew: what is stored must still mean what it meant."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from data_access.used import Version
from intake.checks.registry import Finding
from intake.entries import Entry
from intake.figures import Measure, measure_of, part_measure
from intake.setup.references import Setup
from intake.words import Phrase
from metrics.vocabulary import OF_A_DAY


class Definition(NamedTuple):
    """What a stored figure means by a definition, and since when that holds."""

    valid_from: date
    measure: Measure
    # Of a ratio both parts.
    parts: tuple[Measure, ...]
    counted: tuple[Any, ...]


class Redefined(NamedTuple):
    """A row that defines an indicator another time: what held on its first day until now, and since when any does."""

    row: int
    code: str
    before: Definition
    now: Definition
    first: date


def other_amounts(setup: Setup, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The rows by which a stored whole number would be another amount."""
    for row, code, before, now, first in _redefined(setup, entries):
        use = setup.known.uses.get(code)
        rests = use is not None and (use.is_aimed or use.reported_until is not None)
        if _scales(before) != _scales(now) and (rests or now.valid_from > first):
            yield Finding(row, "scale", {"found": code, "before": _told(before), "now": _told(now)})


def other_words(setup: Setup, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The rows that call the unit of measure otherwise."""
    for row, code, before, now, _ in _redefined(setup, entries):
        if before.measure.base != now.measure.base:
            facts = {"found": code, "before": before.measure.word, "now": now.measure.word}
            yield Finding(row, "measure", {**facts})


def counted_otherwise(setup: Setup, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The rows by which what was reported would be counted otherwise, or a year be counted in two ways."""
    for row, code, before, now, first in _redefined(setup, entries):
        use = setup.known.uses.get(code)
        until = use.reported_until if use else None
        is_whole = (now.valid_from.month, now.valid_from.day) == (1, 1) or now.valid_from <= first
        if before.counted != now.counted and not (is_whole and (until is None or until < now.valid_from)):
            yield Finding(row, "valid_from", {"found": code, "day": now.valid_from})


def _redefined(setup: Setup, entries: Sequence[Entry]) -> Iterator[Redefined]:
    held = {code: [_of(version) for version in use.versions] for code, use in setup.known.uses.items()}
    for entry in sorted(entries, key=lambda entry: entry.get("valid_from")):
        code, now = entry.get("code"), _of(Version(*(entry.get(name) for name in Version._fields)))
        known = held.setdefault(code, [])
        by_then = [each for each in known if each.valid_from <= now.valid_from]
        if known:
            yield Redefined(entry.number, code, (by_then or known[:1])[-1], now, known[0].valid_from)
        # A later row of the workbook follows this one.
        known.insert(len(by_then), now)


def _scales(one: Definition) -> tuple[Any, ...]:
    return tuple((each.times, each.scale) for each in (one.measure, *one.parts))


def _told(one: Definition) -> Phrase:
    facts: dict[str, object] = {"measure": one.measure.word, "scale": one.measure.scale}
    if not one.parts:
        return Phrase("measured", facts)
    return Phrase("measured_ratio", facts | {"part": one.parts[0].word, "whole": one.parts[1].word})


def _of(version: Version) -> Definition:
    names = (version.numerator_name, version.denominator_name) if version.is_ratio else ()
    kind = version.kind if version.kind in OF_A_DAY else None
    return Definition(
        version.valid_from,
        measure_of(version.measure, version.scale),
        tuple(part_measure(name) for name in names),
        (version.accumulation, version.level_reported, kind),
    )
