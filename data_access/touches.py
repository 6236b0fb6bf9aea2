"""What a write made stale in the roll-up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.vocabulary import Layer


@dataclass(frozen=True, slots=True)
class Touch:
    """Sums to be made anew: of the units' ancestors, for these indicators, from a day on.

    `units`, `indicators` and `layer` None mean all of them; `year` bounds what speaks about one year only.
    A report touches its own period alone unless the indicator adds up over the year.
    """

    units: frozenset[str] | None
    indicators: frozenset[str] | None
    since: date
    year: int | None = None
    layer: Layer | None = None
    is_report: bool = False


def report_touches(rows: Iterable[Any]) -> list[Touch]:
    """What reports of (unit, indicator, period, layer) touch."""
    by_period: dict[tuple[date, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for unit, indicator, period, layer in rows:
        units, indicators = by_period[period, layer]
        units.add(unit)
        indicators.add(indicator)
    return [
        Touch(frozenset(units), frozenset(indicators), period, period.year, Layer(layer), is_report=True)
        for (period, layer), (units, indicators) in by_period.items()
    ]


def mark_touches(rows: Iterable[Any]) -> list[Touch]:
    """What checklist marks of (unit, indicator, day) touch: all that is counted from their day on."""
    by_indicator: dict[str, tuple[set[str], list[date]]] = defaultdict(lambda: (set(), []))
    for unit, indicator, day in rows:
        units, days = by_indicator[indicator]
        units.add(unit)
        days.append(day)
    return [
        Touch(frozenset(units), frozenset([code]), min(days)) for code, (units, days) in by_indicator.items()
    ]
