"""The true figures of a year as units wrote them down: by period, in the form each indicator asks for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random

from data_access.records import ReportRecord
from metrics.periods import periods_of_year
from metrics.vocabulary import Accumulation, Cadence, Level, Quality

from .aims import Aims, Key, reporters
from .incidents import LEFT_OUT, SLIP_AT, TIDINESS, Slip
from .indicators import SPECS
from .measures import Manner, Spec, has_task
from .places import Land, Place
from .stories import DOUBT_EXACT, TOO_EXACT, TOO_EXACT_FROM
from .year import MONTHS, Figure, Outcome, township_of

_LENGTH = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}
Reports = dict[tuple[str, int], list[ReportRecord]]


def reports_of_year(country: Land, seed: int, aims: Aims, outcome: Outcome) -> Reports:
    """All first figures of a year by (township or county, month) in the order of indicators and units."""
    found: Reports = {}
    for one in SPECS:
        if aims.year not in one.plan.years:
            continue
        for place in reporters(one, country):
            home = (place.parent or "") if place.level is Level.VILLAGE else place.code
            for record, month in _of_unit(country, seed, one, place, home, aims, outcome):
                found.setdefault((home, month), []).append(record)
    return found


def _of_unit(
    country: Land, seed: int, one: Spec, place: Place, home: str, aims: Aims, outcome: Outcome
) -> Iterator[tuple[ReportRecord, int]]:
    key = one.code, place.code
    if one.plan.manner is Manner.WORDS:
        yield from _in_words(seed, one, place, home, aims.year)
        return
    if key not in outcome.figures or not _owes(one, country, place, aims):
        return
    months = outcome.figures[key]
    for day, month in _periods(one.record.cadence, aims.year):
        if _is_before_task(one, day) or (place.name, aims.year, month) in LEFT_OUT:
            continue
        figure = _as_reported(one, aims.base.get(key, 0), months, month)
        record = ReportRecord(
            indicator=one.code,
            unit=place.code,
            township=home,
            period=day,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            doubt=_doubt(country, one, place, aims.year, month),
        )
        slip = SLIP_AT.get((one.code, place.name, aims.year, month))
        yield (_slipped(record, slip) if slip else record), month


def _owes(one: Spec, country: Land, place: Place, aims: Aims) -> bool:
    if one.plan.manner in (Manner.WORK, Manner.BATCH, Manner.STOCK, Manner.TIMES):
        return aims.quantity.get((one.code, place.code), 0) > 0
    return has_task(one, country, place)


@lru_cache
def _periods(cadence: Cadence, year: int) -> tuple[tuple[date, int], ...]:
    """The last days of the periods the year has had so far, with their months."""
    return tuple((day, day.month) for day in periods_of_year(cadence, year) if day.month <= MONTHS[year])


def _is_before_task(one: Spec, day: date) -> bool:
    return one.code == "YS03" and day < date(2026, 8, 1)


def _as_reported(one: Spec, base: int, months: list[Figure], month: int) -> Figure:
    figure = months[month - 1]
    if one.record.accumulation is Accumulation.INCREMENT:
        first = month - _LENGTH[one.record.cadence]
        return Figure(figure.value - (months[first - 1].value if first else 0))
    if one.record.accumulation is Accumulation.CUMULATIVE:
        return Figure(base + figure.value)
    return figure


def _doubt(country: Land, one: Spec, place: Place, year: int, month: int) -> str | None:
    is_there = township_of(country, place) == TOO_EXACT
    is_then = year == 2026 and month >= TOO_EXACT_FROM
    return DOUBT_EXACT if is_there and is_then and one.plan.manner is Manner.WORK else None


def _slipped(record: ReportRecord, slip: Slip) -> ReportRecord:
    """The figure as it was written: rounded and with a word, masked, in words, or of the wrong size."""
    if slip.quality in (Quality.MASKED, Quality.QUALITATIVE):
        return replace(record, value=None, quality=slip.quality, text=slip.text)
    value = (record.value or 0) * slip.times
    if slip.quality is Quality.EXACT:
        return replace(record, value=value, doubt=slip.doubt)
    rounded = max(10, value // 10 * 10) if value >= 10 else value
    return replace(record, value=rounded, quality=slip.quality, text=slip.text.format(rounded))


def _in_words(seed: int, one: Spec, place: Place, home: str, year: int) -> Iterator[tuple[ReportRecord, int]]:
    rng = Random(f"{seed}:{year}:words:{place.code}")
    for day, month in _periods(one.record.cadence, year):
        text = rng.choice(TIDINESS)
        yield ReportRecord(one.code, place.code, home, day, None, Quality.QUALITATIVE, text=text), month


def key_of(record: ReportRecord) -> Key:
    """The (indicator, unit) a record speaks of."""
    return record.indicator, record.unit
