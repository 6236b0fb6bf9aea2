"""One figure of one unit: its cells, its course over the year, and the parts it is the sum of."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from briefing.lists import by_need
from briefing.load import Briefing, board_at
from metrics.columns import records
from metrics.judge import judge
from metrics.periods import periods_of_year
from metrics.vocabulary import Cadence


@dataclass(frozen=True)
class Figure:
    """The judged targets of one unit and indicator; `below` is the briefing whose root is the unit.

    `periods` holds the principal cell of each period of the year so far, oldest first.
    """

    briefing: Briefing
    below: Briefing
    unit: str
    indicator: str
    cells: pd.DataFrame
    periods: pd.DataFrame


def find(
    county: Briefing, below: Briefing, unit: str, indicator: str, periods: pd.DataFrame
) -> Figure | None:
    """The figure, or None where the county has no such cell."""
    held = below.cells
    cells = held[(held["unit"] == unit) & (held["indicator"] == indicator)]
    if cells.empty:
        return None
    cells = cells.sort_values("is_principal", ascending=False, kind="stable")
    return Figure(replace(county, directory=below.directory), below, unit, indicator, cells, periods)


def periods_so_far(connection: Connection, below: Briefing, unit: str, indicator: str) -> pd.DataFrame:
    """The principal cell at each data day of the year up to the one in force."""
    day = below.board.data_days.get(indicator)
    if day is None:
        return below.cells.head(0)
    cadence = Cadence(below.indicators.at[indicator, "cadence"])
    frames = []
    for period in periods_of_year(cadence, day.year):
        if period > day:
            break
        cells = judge(board_at(connection, below, {indicator: period}))
        frames.append(
            cells[(cells["unit"] == unit) & (cells["indicator"] == indicator) & cells["is_principal"]]
        )
    return pd.concat(frames, ignore_index=True) if frames else below.cells.head(0)


def course(figure: Figure) -> pd.DataFrame:
    """Columns month (1 to 12), name ("plan" or "actual"), share: only periods that have a figure."""
    held = figure.periods
    rows = []
    for cell in records(held):
        month = cell.data_day.month
        if pd.notna(cell.planned):
            rows.append((month, "plan", float(cell.planned)))
        if pd.notna(cell.completion):
            rows.append((month, "actual", float(cell.completion)))
    return pd.DataFrame(rows, columns=["month", "name", "share"])


def parts(figure: Figure) -> pd.DataFrame:
    """The cells of the unit's children for this indicator, worst first, with their share of the shortfall."""
    held = figure.below.cells
    units = figure.below.directory.units
    children = units.loc[units["parent"] == figure.unit, "code"]
    mine = held[held["unit"].isin(children) & (held["indicator"] == figure.indicator)]
    total = mine.loc[mine["is_principal"], "shortfall"].sum()
    share = mine["shortfall"] / total if total > 0 else np.nan
    return by_need(mine.assign(shortfall_share=share), figure.below)
