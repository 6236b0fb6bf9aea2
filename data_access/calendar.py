"""The ends of reporting periods, as far as the roll-up must know them."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from metrics.vocabulary import Cadence

MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}


def fits(cadence: Cadence, day: date) -> bool:
    """Whether a period of this cadence ends on the day."""
    return day.month % MONTHS[cadence] == 0 and day.day == monthrange(day.year, day.month)[1]


def month_ends(year: int) -> list[date]:
    """The last days of the months of a year: every period ends on one of them."""
    return [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]


def month_ends_from(years: Iterable[int], since: date) -> list[date]:
    """The month ends of some years, not earlier than a day."""
    return [day for year in sorted(set(years)) for day in month_ends(year) if day >= since]
