"""One figure of one unit: its cells, its course over the year, and the parts it is the sum of."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from briefing.courses import Courses
from briefing.lists import by_need
from briefing.load import Briefing
from metrics.columns import records
from metrics.vocabulary import Accumulation


@dataclass(frozen=True)
class Figure:
    """The judged targets of one unit and indicator; `below` is the briefing whose root is the unit.

    Of a village it is that of its township. `courses` are of the indicator, of the root and its children.
    """

    briefing: Briefing
    below: Briefing
    unit: str
    indicator: str
    cells: pd.DataFrame
    courses: Courses

    @property
    def periods(self) -> pd.DataFrame:
        """The principal cell of each period of the year, the oldest first."""
        return self.courses.this[self.courses.this["unit"] == self.unit]

    @property
    def last_years(self) -> pd.DataFrame:
        """The cells of the root and its children of the year before; empty where nothing was asked then."""
        before = self.below.frame.year - 1
        held = [
            cells for cells in self.courses.past if len(cells) and cells["data_day"].iloc[0].year == before
        ]
        return held[-1] if held else self.courses.this.head(0)

    @property
    def last_year(self) -> pd.DataFrame:
        """The same of the unit itself."""
        return self.last_years[self.last_years["unit"] == self.unit]

    @property
    def target_versions(self) -> pd.DataFrame:
        """Every version of the principal target of the year, as on a board, the first that held first."""
        held, cell = self.below.board.targets, self.cells.iloc[0]
        mine = (held["unit"] == self.unit) & (held["indicator"] == self.indicator)
        return held[mine & (held["issuer"] == cell["issuer"])].sort_values(
            ["valid_from", "recorded_at", "id"]
        )


def find(county: Briefing, below: Briefing, unit: str, indicator: str, courses: Courses) -> Figure | None:
    """The figure, or None where the county has no such cell. `courses` are those of `below`."""
    held = below.cells
    cells = held[(held["unit"] == unit) & (held["indicator"] == indicator)]
    if cells.empty:
        return None
    cells = cells.sort_values("is_principal", ascending=False, kind="stable")
    return Figure(
        replace(county, directory=below.directory), below, unit, indicator, cells, courses.of(indicator)
    )


def course(figure: Figure, expected: pd.Series | None = None) -> pd.DataFrame:
    """Columns month (1 to 12), name (plan, actual, last, forecast), share, low, high, the months in order.

    The plan of the whole year; the actual of the periods that have a figure, up to the data day; last year's
    share of last year's target; from the data day to the year's end the forecast (a row of
    `briefing.forecast.Forecast`) with its interval.
    """
    day = figure.below.board.data_days.get(figure.indicator)
    rows: list[tuple[int, str, float, float, float]] = []

    def point(month: int, name: str, share: float, low: float = np.nan, high: float = np.nan) -> None:
        rows.append((month, name, share, low, high))

    for cell in records(figure.periods):
        if pd.notna(cell.planned):
            point(cell.data_day.month, "plan", float(cell.planned))
        if pd.notna(cell.completion) and day is not None and cell.data_day <= day:
            point(cell.data_day.month, "actual", float(cell.completion))
    for cell in records(figure.last_year):
        if pd.notna(cell.completion):
            point(cell.data_day.month, "last", float(cell.completion))
    last = next((row for row in reversed(rows) if row[1] == "actual"), None)
    if expected is not None and last is not None:
        point(last[0], "forecast", last[2], last[2], last[2])
        point(12, "forecast", *(float(expected[name]) for name in ("share", "share_low", "share_high")))
    frame = pd.DataFrame(rows, columns=["month", "name", "share", "low", "high"])
    return frame.sort_values("month", kind="stable", ignore_index=True)


def parts(figure: Figure) -> pd.DataFrame:
    """The cells of the unit's children for this indicator, worst first, with their share of the shortfall."""
    held = figure.below.cells
    units = figure.below.directory.units
    children = units.loc[units["parent"] == figure.unit, "code"]
    mine = held[held["unit"].isin(children) & (held["indicator"] == figure.indicator)]
    total = mine.loc[mine["is_principal"], "shortfall"].sum()
    share = mine["shortfall"] / total if total > 0 else np.nan
    return by_need(mine.assign(shortfall_share=share), figure.below)


def is_carried(figure: Figure, cell: Any) -> bool:
    """Whether the last figure of a silent part stands in the sum above it (`data_access.carried` adds them)."""
    indicator = figure.below.definitions[figure.indicator]
    adds = not indicator["is_ratio"] and indicator["accumulation"] != Accumulation.LATEST
    return adds and cell.last_period.year == figure.below.frame.year
