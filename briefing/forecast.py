"""Will they make it: the forecast of one indicator for a unit and its parts, with its own back-test."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from briefing.courses import Courses
from metrics.courses import UnitsCourse, units_course
from metrics.forecast import (
    UNTRIED,
    BackTest,
    Course,
    Outlook,
    Silence,
    back_test,
    back_test_together,
    outlook,
    outlook_together,
)

FORECAST_COLUMNS = (
    "unit",
    "median",
    "low",
    "high",
    "share",
    "share_low",
    "share_high",
    "chance",
    "pace",
    "own",
    "county",
    "years",
)
# Where a chance counts as making it, and as missing it.
LIKELY, UNLIKELY = 0.8, 0.2


class Prospect(StrEnum):
    """What a forecast comes to."""

    LIKELY = "likely"
    AT_RISK = "at_risk"
    UNLIKELY = "unlikely"


def prospect(chance: float) -> Prospect:
    """Which of the three a probability of reaching the target is."""
    if chance >= LIKELY:
        return Prospect.LIKELY
    return Prospect.UNLIKELY if chance < UNLIKELY else Prospect.AT_RISK


@dataclass(frozen=True)
class Forecast:
    """`rows` (`FORECAST_COLUMNS`): amounts in the indicator's smallest unit, shares of the year's work as fractions.

    One row a unit that can be forecast: `pace` is drawn from its `own` and that of the `county`, `years` counts the
    past years that the errors come from. `silent` says of every other one why it is not forecast.
    """

    rows: pd.DataFrame
    silent: dict[str, Silence]


@dataclass(frozen=True)
class BackTested:
    """How such forecasts did: of the parts, and of all of them together."""

    parts: BackTest
    together: BackTest


def forecast(courses: Courses, day: date | None, county: Courses | None = None) -> Forecast:
    """The forecast of one indicator from its data day to the year's end; `courses` are those of the indicator.

    `county` are the courses of the county where the root is another unit: the pace of all comes from there, and
    the root is forecast as one of the county's units, with the interval that all of them give.
    """
    parts, whole, at = _courses(courses, day)
    past = _past(courses, parts)
    silent = {**parts.silent, **whole.silent}
    if at is None:
        units = [*parts.units, *whole.units]
        return Forecast(_rows([]), silent | dict.fromkeys(units, Silence.NO_FIGURE))
    all_units = None if county is None else units_course(_parts(county, county.this), day).course
    seen = [(parts, outlook(parts.course, at, past, all_units))]
    if whole.units and county is None:
        seen.append((whole, outlook_together(parts.course, at, past, whole=whole.course)))
    for held, found in seen:
        silent |= {unit: Silence(why) for unit, why in zip(held.units, found.silence, strict=True) if why}
    rows = _rows(seen).assign(years=len(past))
    if whole.units and county is not None:
        among = forecast(county, day)
        rows = pd.concat([rows, among.rows[among.rows["unit"] == courses.root]], ignore_index=True)
        silent |= {unit: why for unit, why in among.silent.items() if unit == courses.root}
    return Forecast(rows, silent)


def back_tested(courses: Courses, day: date | None) -> BackTested:
    """Forecast one indicator again from every period since past, knowing only what was known then."""
    parts, _, at = _courses(courses, day)
    if at is None or not parts.units:
        return BackTested(UNTRIED, UNTRIED)
    tried = [*_past(courses, parts), parts.course]
    return BackTested(back_test(tried, at), back_test_together(tried, at))


def _courses(courses: Courses, day: date | None) -> tuple[UnitsCourse, UnitsCourse, int | None]:
    """The courses of the parts and of the whole, and the place of the day in them."""
    parts = units_course(_parts(courses, courses.this), day)
    whole = units_course(_whole(courses, courses.this), day)
    if day is None:
        return parts, whole, None
    return parts, whole, parts.place(day) if parts.units else whole.place(day)


def _parts(courses: Courses, cells: pd.DataFrame) -> pd.DataFrame:
    return cells[cells["unit"] != courses.root]


def _whole(courses: Courses, cells: pd.DataFrame) -> pd.DataFrame:
    return cells[cells["unit"] == courses.root]


def _past(courses: Courses, now: UnitsCourse) -> list[Course]:
    """The courses of years gone by in which somebody had one, of as many periods; the oldest first."""
    held = [units_course(_parts(courses, cells), None) for cells in courses.past]
    return [one.course for one in held if one.units and len(one.periods) == len(now.periods)]


def _rows(seen: list[tuple[UnitsCourse, Outlook]]) -> pd.DataFrame:
    """The forecasts that there are, as amounts and as shares."""
    frames = [_frame(held, found) for held, found in seen if held.units]
    if not frames:
        return pd.DataFrame(columns=list(FORECAST_COLUMNS))
    return pd.concat(frames, ignore_index=True)


def _frame(held: UnitsCourse, found: Outlook) -> pd.DataFrame:
    whole = np.where(held.course.whole == 0, np.nan, held.course.whole)
    ends = {"median": found.median, "low": found.low, "high": found.high}
    amounts = {name: held.start + held.sign * value for name, value in ends.items()}
    if (held.sign < 0).any():
        # Of a level that falls, the better end is the lower figure: low and high are of the figure.
        low, high = amounts["low"], amounts["high"]
        amounts["low"], amounts["high"] = np.minimum(low, high), np.maximum(low, high)
    rows = pd.DataFrame(
        {
            "unit": held.units,
            **amounts,
            "share": found.median / whole,
            "share_low": found.low / whole,
            "share_high": found.high / whole,
            "chance": found.chance,
            "pace": found.pace,
            "own": found.own,
            "county": found.county,
        }
    )
    return rows[np.isfinite(found.median)].reset_index(drop=True)
