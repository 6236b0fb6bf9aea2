"""What a sum is asked about: county, moment, layer, days, units, indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from data_access.calendar import fits, month_ends
from data_access.question import Question, Shape, question_of
from metrics.vocabulary import Cadence, Layer


@dataclass(frozen=True)
class Asked:
    """The sums of `days` (period ends; any day for milestones and checklists) of one county.

    `days` may name for each day the indicators that are asked for it, None meaning all. `homes` narrows
    to the units of some townships (or the county itself), `members` to some reporting units, `known_at`
    None is all that is known.
    """

    county: str
    days: Mapping[date, frozenset[str] | None]
    layer: Layer = Layer.REPORTED
    known_at: datetime | None = None
    homes: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    members: frozenset[str] | None = None

    @cached_property
    def question(self) -> Question:
        """The parts of the statement; the same for all that ask alike, whatever they ask about."""
        return question_of(
            Shape(
                layer=self.layer,
                is_known_then=self.known_at is not None,
                has_homes=self.homes is not None,
                has_members=self.members is not None,
                has_indicators=self._chosen is not None,
                periods=len(self.periods),
                named=tuple(self.days[day] is not None for day in sorted(self.days)),
            )
        )

    @cached_property
    def values(self) -> dict[str, Any]:
        """What the statement is sent with."""
        days = sorted(self.days)
        held: dict[str, Any] = {
            "asked_county": self.county,
            "asked_known_at": self.known_at,
            "asked_homes": _in_order(self.homes),
            "asked_members": _in_order(self.members),
            "asked_indicators": _in_order(self._chosen),
            "asked_start": date(days[0].year, 1, 1) if days else None,
            "asked_days": days,
            "asked_years": sorted({day.year for day in days}),
            "asked_periods": self.periods,
        }
        for place, day in enumerate(self.periods):
            held |= {
                f"asked_period_{place}": day,
                f"asked_year_{place}": day.year,
                f"asked_month_{place}": day.month if fits(Cadence.MONTH, day) else 0,
                f"asked_is_asked_{place}": day in self.days,
            }
        for place, day in enumerate(days):
            held |= {f"asked_day_{place}": day, f"asked_named_{place}": _in_order(self.days[day])}
        return held

    @cached_property
    def periods(self) -> list[date]:
        """The days asked, and the month ends of the same years before them: what may add up to them."""
        last = {day.year: day for day in sorted(self.days)}
        earlier = {day for year, end in last.items() for day in month_ends(year) if day <= end}
        return sorted(earlier | set(self.days))

    @cached_property
    def _chosen(self) -> frozenset[str] | None:
        """The indicators asked on any day; None where one is asked for all."""
        named = [each for each in self.days.values() if each is not None]
        chosen = frozenset().union(*named) if len(named) == len(self.days) else None
        if self.indicators is not None:
            chosen = self.indicators if chosen is None else chosen & self.indicators
        return chosen


def _in_order(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)
