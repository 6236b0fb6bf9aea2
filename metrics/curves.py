"""Plan curves: which share of the year's work ought to be done by a day (metrics.md 3).

A curve is 0 at the end of 31 December of the year before and 1 at the end of 31 December. Control
points fall on whole days, so a curve of one year is fully told by a table with one share a day:
day number 0 is 31 December before, 1 is 1 January, 365 or 366 is 31 December.
"""

import json
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


# A leap year has every day that one may name; in the other the last two of February are the same.
EITHER_KIND_OF_YEAR = (2024, 2025)


class Shape(StrEnum):
    """How the share moves between two control points."""

    LINEAR = "linear"
    STEP = "step"


class CurveError(ValueError):
    """A curve that cannot be: shares that fall or leave 0 to 1, days out of order, no full share."""


@dataclass(frozen=True)
class Curve:
    """Control points ("MM-DD" for every year or "YYYY-MM-DD" for one, share); CurveError if impossible.

    "02-29" is the last day of February of any year. A point on 31 December of the year before may be
    given with share 0.
    """

    name: str
    shape: Shape
    points: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        """Refuse a curve that some year could not follow: one that holds for every year is tried on both kinds."""
        years = {int(key[:4]) for key, share in self.points if _is_dated(key) and share > 0}
        if len(years) > 1:
            raise CurveError(f"{self.name}: points of more than one year")
        for year in years or EITHER_KIND_OF_YEAR:
            _control_points(self, year)

    @property
    def year(self) -> int | None:
        """The one year a dated curve holds for; None when it holds for every year."""
        return max((int(key[:4]) for key, _ in self.points if _is_dated(key)), default=None)


@dataclass(frozen=True)
class Table:
    """Shares at the end of each day (`at`) and just before the jump of that day, if any (`before`)."""

    at: Floats
    before: Floats


def day_number(year: int, day: date) -> int:
    """Days since 31 December of the year before."""
    return (day - date(year - 1, 12, 31)).days


def days_in(year: int) -> int:
    """The number of 31 December."""
    return day_number(year, date(year, 12, 31))


@lru_cache(maxsize=4096)
def table(curve: Curve, year: int) -> Table:
    """The curve of one year, one share a day; read-only arrays of 366 or 367."""
    days, shares = _control_points(curve, year)
    every = np.arange(days_in(year) + 1)
    if curve.shape is Shape.LINEAR:
        at = before = np.interp(every, days, shares)
    else:
        at = np.asarray(shares)[np.searchsorted(days, every, side="right") - 1]
        before = np.concatenate(([0.0], at[:-1]))
    at.setflags(write=False)
    before.setflags(write=False)
    return Table(at, before)


def share(curve: Curve, day: date) -> float:
    """S(day): the planned share at the end of a day of its own year."""
    return float(table(curve, day.year).at[day_number(day.year, day)])


def shares(curve: Curve, year: int, numbers: Ints) -> Floats:
    """S for many day numbers of one year."""
    return table(curve, year).at[numbers]


def raised_table(curve: Curve, year: int, raises: Sequence[tuple[int, float]]) -> Table:
    """The plan of a target raised in mid-year, as shares of its last amount.

    `raises` is (day number it is raised from, amount from then on) in order; the first entry is the
    amount the year began with. Each addition follows the curve over what is left of the year; where
    the curve has nothing left it runs evenly by day to 31 December.
    """
    plain = table(curve, year)
    at, before, amount = plain.at * raises[0][1], plain.before * raises[0][1], raises[0][1]
    for start, raised in raises[1:]:
        addition = _rest_of_year(plain, start)
        at = at + addition.at * (raised - amount)
        before = before + addition.before * (raised - amount)
        amount = raised
    return Table(at / amount, before / amount)


def raised_share(curve: Curve, day: date, *, raised_on: date, old: float, new: float) -> float:
    """p on a day when a target of `old` was raised to `new` from `raised_on`, as a share of `new`."""
    steps = [(0, old), (day_number(day.year, raised_on), new)]
    return float(raised_table(curve, day.year, steps).at[day_number(day.year, day)])


def from_plan(name: str, planned: Sequence[int | None]) -> Curve:
    """The curve that 12 monthly or 4 quarterly columns of cumulative plan quantities describe.

    A blank column gives no control point; the last one must hold the whole year. CurveError otherwise.
    """
    if len(planned) not in (4, 12):
        raise CurveError(f"{name}: {len(planned)} plan columns, 4 or 12 expected")
    total = planned[-1]
    if not total or total < 0:
        raise CurveError(f"{name}: the last plan column must hold the plan of the whole year")
    ends = MONTH_ENDS if len(planned) == 12 else MONTH_ENDS[2::3]
    points = [(key, value / total) for key, value in zip(ends, planned, strict=True) if value is not None]
    return Curve(name, Shape.LINEAR, tuple(points))


def parse_points(text: str) -> tuple[tuple[str, float], ...]:
    """Control points as the database stores them: a JSON list of [day, share]."""
    return tuple((str(key), float(value)) for key, value in json.loads(text))


def points_of_year(curve: Curve) -> tuple[tuple[str, float], ...]:
    """The control points as ("MM-DD", share), the end of the year before left out."""
    points = ((key[-5:], value) for key, value in curve.points)
    return tuple((key, value) for key, value in points if (key, value) != ("12-31", 0.0))


def days_named(month_day: str) -> tuple[int, ...] | None:
    """The day numbers that "MM-DD" names in a leap year and in another; None where there is no such day."""
    try:
        return tuple(_day_of(BY_DAY, month_day, year) for year in EITHER_KIND_OF_YEAR)
    except CurveError:
        return None


def one_date(month_day: str) -> Curve:
    """All of the year's work due on one day ("MM-DD")."""
    return Curve("一次性节点", Shape.STEP, ((month_day, 1.0),))


def _is_dated(key: str) -> bool:
    return len(key) == len("YYYY-MM-DD")


def _day_of(curve: Curve, key: str, year: int) -> int:
    text = key if _is_dated(key) else f"{year:04d}-{key}"
    try:
        y, month, day = (int(part) for part in text.split("-"))
        if (month, day) == (2, 29):
            day = monthrange(y, 2)[1]
        return day_number(year, date(y, month, day))
    except ValueError as error:
        raise CurveError(f"{curve.name}: {key} is not a day") from error


def _control_points(curve: Curve, year: int) -> tuple[list[int], list[float]]:
    days = [_day_of(curve, key, year) for key, _ in curve.points]
    values = [float(value) for _, value in curve.points]
    if not days or days[0] > 0:
        days, values = [0, *days], [0.0, *values]
    last = days_in(year)
    # A full share before the year's end stays full; anything less would have to be guessed.
    if values[-1] == 1.0 and days[-1] < last:
        days, values = [*days, last], [*values, 1.0]
    if days[0] < 0 or any(b <= a for a, b in pairwise(days)):
        raise CurveError(f"{curve.name}: days out of order or outside {year}")
    if values[0] != 0.0 or any(b < a for a, b in pairwise(values)):
        raise CurveError(f"{curve.name}: shares must rise from 0")
    if days[-1] != last or values[-1] != 1.0:
        raise CurveError(f"{curve.name}: the share must be 1 at the end of 31 December")
    return days, values


def _rest_of_year(plain: Table, start: int) -> Table:
    """The curve from a day on, stretched so that it begins at 0 there and ends at 1."""
    done = plain.at[start]
    if done < 1.0:
        stretch = 1.0 - done
        at = np.clip((plain.at - done) / stretch, 0.0, None)
        before = np.clip((plain.before - done) / stretch, 0.0, None)
        return Table(at, before)
    last = len(plain.at) - 1
    even = np.clip((np.arange(last + 1) - start) / max(last - start, 1), 0.0, None)
    even[last] = 1.0
    return Table(even, even if start < last else np.zeros(last + 1))


MONTH_ENDS = tuple(f"{m:02d}-{29 if m == 2 else monthrange(2024, m)[1]:02d}" for m in range(1, 13))

BY_MONTH = Curve("按月均衡", Shape.LINEAR, tuple((key, n / 12) for n, key in enumerate(MONTH_ENDS, start=1)))
BY_DAY = Curve("按日均衡", Shape.LINEAR, (("12-31", 1.0),))
QUARTERS = Curve(
    "按季10/30/30/30", Shape.LINEAR, (("03-31", 0.1), ("06-30", 0.4), ("09-30", 0.7), ("12-31", 1.0))
)
SPRING_AUTUMN = Curve(
    "春秋两季", Shape.LINEAR, (("02-29", 0.0), ("05-31", 0.5), ("08-31", 0.5), ("11-30", 1.0))
)
SCHOOL_YEAR = Curve("学年", Shape.LINEAR, (("02-29", 0.0), ("06-30", 0.5), ("08-31", 0.5), ("12-31", 1.0)))
BUDGET_YEAR = Curve(
    "预算年度", Shape.LINEAR, (("06-30", 0.2), ("09-30", 0.4), ("10-31", 0.7), ("12-31", 1.0))
)
PROJECT_NODES = Curve(
    "项目节点", Shape.STEP, (("03-31", 0.1), ("06-30", 0.4), ("09-30", 0.8), ("11-30", 1.0))
)
TWO_PAYMENTS = Curve("两次发放", Shape.STEP, (("06-30", 0.5), ("12-31", 1.0)))

# The key is what a rule or an import may name; the second word is the English of the Chinese name.
TEMPLATES: dict[str, tuple[Curve, str]] = {
    "by_month": (BY_MONTH, "even by month"),
    "by_day": (BY_DAY, "even by day"),
    "quarters": (QUARTERS, "quarters 10/30/30/30"),
    "spring_autumn": (SPRING_AUTUMN, "spring and autumn"),
    "school_year": (SCHOOL_YEAR, "school year"),
    "budget_year": (BUDGET_YEAR, "budget year"),
    "project_nodes": (PROJECT_NODES, "project nodes"),
    "two_payments": (TWO_PAYMENTS, "two payments"),
    "one_date": (one_date("12-31"), "one date"),
}
DEFAULT = BY_MONTH
