"""An indicator that is defined anew: what is stored must still mean what it meant."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from intake.entries import Entry
from intake.figures import Measure, measure_of, part_measure
from intake.known import Indicator
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


def _redefined(setup: Setup, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Definition, Definition]]:
    """The rows that define an indicator another time, with what they say and what was said before."""
    earlier: dict[str, Definition] = {
        code: _of_stored(indicator, setup.known.uses[code].defined_from)
        for code, indicator in setup.known.defined.items()
    }
    for entry in sorted(entries, key=lambda entry: entry.get("valid_from")):
        now = _of_entry(entry)
        before = earlier.setdefault(entry.get("code"), now)
        if before is not now:
            yield entry, before, now
        # A second row of the workbook follows the first.
        if now.valid_from > before.valid_from:
            earlier[entry.get("code")] = now


def other_amounts(setup: Setup, entries: Sequence[Entry]) -> Iterator[tuple[Entry, dict[str, object]]]:
    """The rows by which a stored whole number would be another amount."""
    for entry, before, now in _redefined(setup, entries):
        use = setup.known.uses.get(entry.get("code"))
        rests = use is not None and (use.is_aimed or use.reported_until is not None)
        if _scales(before) != _scales(now) and (rests or now.valid_from > before.valid_from):
            yield entry, {"found": entry.get("code"), "before": _told(before), "now": _told(now)}


def other_words(setup: Setup, entries: Sequence[Entry]) -> Iterator[tuple[Entry, dict[str, object]]]:
    """The rows that call the unit of measure otherwise."""
    for entry, before, now in _redefined(setup, entries):
        if before.measure.base != now.measure.base:
            yield entry, {"found": entry.get("code"), "before": before.measure.word, "now": now.measure.word}


def counted_otherwise(setup: Setup, entries: Sequence[Entry]) -> Iterator[tuple[Entry, dict[str, object]]]:
    """The rows by which what was reported would be counted otherwise, or a year be counted in two ways."""
    for entry, before, now in _redefined(setup, entries):
        use = setup.known.uses.get(entry.get("code"))
        until = use.reported_until if use else None
        begins_a_year = (now.valid_from.month, now.valid_from.day) == (1, 1)
        is_whole = begins_a_year or now.valid_from <= before.valid_from
        if before.counted != now.counted and not (is_whole and (until is None or until < now.valid_from)):
            yield entry, {"found": entry.get("code"), "day": now.valid_from}


def _scales(one: Definition) -> tuple[Any, ...]:
    return tuple((each.times, each.scale) for each in (one.measure, *one.parts))


def _told(one: Definition) -> Phrase:
    facts: dict[str, object] = {"measure": one.measure.word, "scale": one.measure.scale}
    if not one.parts:
        return Phrase("measured", facts)
    return Phrase("measured_ratio", facts | {"part": one.parts[0].word, "whole": one.parts[1].word})


def _of_stored(indicator: Indicator, since: date) -> Definition:
    parts = (indicator.numerator, indicator.denominator) if indicator.is_ratio else ()
    kind = indicator.kind if indicator.kind in OF_A_DAY else None
    return Definition(
        since, indicator.measure, parts, (indicator.accumulation, indicator.level_reported, kind)
    )


def _of_entry(entry: Entry) -> Definition:
    parts = tuple(part_measure(entry.get(name)) for name in ("numerator_name", "denominator_name"))
    kind = entry.get("kind")
    return Definition(
        entry.get("valid_from"),
        measure_of(entry.get("measure"), entry.get("scale")),
        parts if entry.get("is_ratio") else (),
        (entry.get("accumulation"), entry.get("level_reported"), kind if kind in OF_A_DAY else None),
    )
