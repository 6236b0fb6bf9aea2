"""What is missing to each target, and how much of it every month left must bring: the hardest first."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import pandas as pd

from metrics.columns import records
from metrics.periods import period_end, periods_of_year
from metrics.vocabulary import Cadence, Kind


@dataclass(frozen=True)
class Need:
    """Of one cell: what is missing to its target, over how many whole months, and how much that is a month.

    Quantities are in the smallest unit of the indicator, negative where the figure has to fall. `strain` is a
    month's need as a part of the year's work: an even twelfth is 0.083.
    """

    unit: str
    indicator: str
    missing: float
    months: int
    monthly: float
    strain: float

    @property
    def whole_missing(self) -> int:
        """What is missing in whole smallest units: never less than it is."""
        return _away_from_zero(self.missing)

    @property
    def whole_monthly(self) -> int:
        """A month's need in whole smallest units: half a household a month is one, for none would not do."""
        return _away_from_zero(self.monthly)


def _away_from_zero(value: float) -> int:
    exact = round(value, 6)
    return ceil(exact) if exact > 0 else floor(exact)


def monthly_needs(cells: pd.DataFrame) -> list[Need]:
    """The needs of the principal cells that have one (`monthly_need`), the greatest strain first."""
    held = cells[cells["is_principal"] & cells["monthly_need"].notna()]
    return sorted((_need(row) for row in records(held)), key=lambda need: -need.strain)


def _need(cell: Any) -> Need:
    months = _months_left(cell)
    base = int(cell.base) if cell.kind == Kind.LEVEL and pd.notna(cell.base) else 0
    # A level to be reached from where it stands has some way to go; a target of none has no need.
    work = abs(int(cell.target) - base)
    monthly = float(cell.monthly_need)
    return Need(cell.unit, cell.indicator, monthly * months, months, monthly, abs(monthly) / work)


def _months_left(cell: Any) -> int:
    """The whole months after the data day up to the deadline, as the need itself counts them."""
    ends = periods_of_year(Cadence.MONTH, cell.data_day.year)
    running = period_end(Cadence.MONTH, cell.data_day)
    return sum(running < end <= cell.deadline for end in ends)
