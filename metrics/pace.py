"""How quickly a figure has been moving of late, to stand beside what it needs each month (metrics.md 1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics.columns import records
from metrics.vocabulary import Kind

RECENT_MONTHS = 3


@dataclass(frozen=True)
class Pace:
    """The mean of a month, in smallest units, negative where a level falls, over the last `months`.

    `at_least`: some of the units below are missing from the newest figure, so that it was no less.
    `approximate`: an inexact value is in it.
    """

    mean: float
    months: int
    at_least: bool
    approximate: bool


def recent_pace(periods: pd.DataFrame, day: date) -> Pace | None:
    """The mean monthly change over the three months up to `day`, longer where the figure is reported less often.

    `periods` are the principal cells of the periods of one year of one unit and indicator. Where the year is
    younger than that it runs from the start of the year: from zero, of a level from its base. None where an
    end is missing or may itself be too low: a gap is no standstill.
    """
    held = {cell.data_day: cell for cell in records(periods) if pd.notna(cell.data_day)}
    now = held.get(day)
    if now is None or pd.isna(now.actual):
        return None
    earlier = [cell for end, cell in held.items() if end.month <= day.month - RECENT_MONTHS]
    then = max(earlier, key=lambda cell: cell.data_day, default=None)
    if then is None:
        start, months, is_about = _at_the_start(now), day.month, False
    else:
        start, months, is_about = _at_the_end(then), day.month - then.data_day.month, bool(then.approximate)
    if start is None:
        return None
    mean = (int(now.actual) - start) / months
    return Pace(mean, months, bool(now.at_least), bool(now.approximate) or is_about)


def _at_the_start(cell: Any) -> int | None:
    if cell.kind != Kind.LEVEL:
        return 0
    return None if pd.isna(cell.base) else int(cell.base)


def _at_the_end(cell: Any) -> int | None:
    # A sum that was too low then would make the months since look quicker than they were.
    return None if pd.isna(cell.actual) or cell.at_least else int(cell.actual)
