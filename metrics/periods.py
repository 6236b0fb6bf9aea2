"""The county's calendar: periods, the days figures are due, the period in force, the year judged.

All days are county days (Asia/Shanghai). Source: metrics.md 1, "The data day".
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Self

import pandas as pd

from metrics.vocabulary import Cadence

# China has kept one offset all year since 1991, and a fixed offset needs no zone data on Windows.
COUNTY_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")

_MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}
_SATURDAY = 5


def county_day(moment: datetime) -> date:
    """The county's day at an aware moment; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(COUNTY_ZONE).date()


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True)
class Workdays:
    """Monday to Friday, except the days the State Council's calendar names otherwise."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Self:
        """From rows of `day` (date or timestamp) and `is_work` (bool)."""
        days = pd.to_datetime(frame["day"]).dt.date
        return cls(dict(zip(days, frame["is_work"].astype(bool), strict=True)))

    def is_work(self, day: date) -> bool:
        """Whether the county works on the day."""
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a work day, else the next one."""
        while not self.is_work(day):
            day += timedelta(days=1)
        return day


def period_end(cadence: Cadence, day: date) -> date:
    """The last day of the period that holds the day."""
    months = _MONTHS[cadence]
    return month_end(day.year, ((day.month - 1) // months + 1) * months)


def periods_of_year(cadence: Cadence, year: int) -> tuple[date, ...]:
    """The last days of the year's periods, in order."""
    months = _MONTHS[cadence]
    return tuple(month_end(year, month) for month in range(months, 13, months))


def previous(cadence: Cadence, period: date, n: int = 1) -> date:
    """The last day of the n-th period before the one that ends on `period`."""
    index = period.year * 12 + period.month - 1 - n * _MONTHS[cadence]
    return period_end(cadence, date(index // 12, index % 12 + 1, 1))


def due_on(cadence: Cadence, period: date, due_day: int, workdays: Workdays) -> date:
    """The last day to report a period: the due_day-th of the month after it, or the next work day.

    A due_day the month does not have means its last day.
    """
    end = period_end(cadence, period)
    following = end + timedelta(days=1)
    last = monthrange(following.year, following.month)[1]
    return workdays.on_or_after(following.replace(day=min(due_day, last)))


def is_due(cadence: Cadence, period: date, due_day: int, known_at: datetime, workdays: Workdays) -> bool:
    """Whether the period's due day has wholly passed at the moment of knowledge."""
    return county_day(known_at) > due_on(cadence, period, due_day, workdays)


def in_force(
    cadence: Cadence, due_day: int, year: int, as_of: date, known_at: datetime, workdays: Workdays
) -> date | None:
    """The data day: the last day of the year's latest period that ended by `as_of` and whose due day
    has passed at `known_at`; None while the year has none.
    """
    for period in reversed(periods_of_year(cadence, year)):
        if period <= as_of and is_due(cadence, period, due_day, known_at, workdays):
            return period
    return None


def judged_year(as_of: date, known_at: datetime, due_day: int, workdays: Workdays) -> int:
    """The year judged by default: that of `as_of`, but the year before until the first monthly period
    of the new year is in force.
    """
    first = in_force(Cadence.MONTH, due_day, as_of.year, as_of, known_at, workdays)
    return as_of.year if first is not None else as_of.year - 1
