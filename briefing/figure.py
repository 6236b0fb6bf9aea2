"""One figure of one unit: its cells, its course over the year, and the parts it is the sum of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from briefing.lists import by_need
from briefing.load import Briefing
from data_access.facts import read_periods
from metrics.board import FACT_COLUMNS
from metrics.columns import records
from metrics.judge import judge
from metrics.periods import periods_of_year
from metrics.persistence import over_periods
from metrics.vocabulary import OF_A_DAY, Accumulation, Cadence


@dataclass(frozen=True)
class Figure:
    """The judged targets of one unit and indicator; `below` is the briefing whose root is the unit.

    `periods` holds the principal cell of each period of the year, oldest first.
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


def periods_of(connection: Connection, below: Briefing, unit: str, indicator: str) -> pd.DataFrame:
    """The principal cell at each period end of the year, those still to come included.

    All periods are judged at once: each is an indicator of its own on the board.
    """
    day, cadence = below.board.data_days.get(indicator), Cadence(below.indicators.at[indicator, "cadence"])
    if day is None or below.indicators.at[indicator, "kind"] in OF_A_DAY:
        return below.cells.head(0)
    periods = periods_of_year(cadence, day.year)
    names = {period: f"{indicator}@{period:%m}" for period in periods}
    facts, targets, curves = read_periods(
        connection,
        below.frame.scope,
        directory=below.directory,
        year=below.frame.year,
        known_at=below.frame.known_at,
        root=below.root,
        indicator=indicator,
        periods=periods,
    )
    board = replace(
        below.board,
        indicators=_for_each(names, below.indicators.loc[[indicator]].reset_index(drop=True), "code"),
        facts=facts.assign(indicator=facts["period"].map(names))[list(FACT_COLUMNS)],
        targets=_for_each(names, targets, "indicator"),
        curves=pd.concat(
            [
                curves[curves["indicator"].isna()],
                _for_each(names, curves.dropna(subset="indicator"), "indicator"),
            ],
            ignore_index=True,
        ),
        data_days={name: period for period, name in names.items()},
    )
    cells = judge(board)
    cells = cells[(cells["unit"] == unit) & cells["is_principal"]].sort_values("data_day", kind="stable")
    mine = [cells.iloc[[place]].assign(indicator=indicator) for place in range(len(cells))]
    shown = [
        over_periods(cell, mine[:place][::-1], board.rules, below.explanations)
        for place, cell in enumerate(mine)
    ]
    return pd.concat(shown, ignore_index=True) if shown else cells


def _for_each(names: Mapping[date, str], rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows once for each name, the column holding it."""
    return pd.concat([rows.assign(**{column: name}) for name in names.values()], ignore_index=True)


def course(figure: Figure) -> pd.DataFrame:
    """Columns month (1 to 12), name ("plan" or "actual"), share.

    The plan of the whole year; the actual of the periods that have a figure, up to the data day.
    """
    held, day = figure.periods, figure.below.board.data_days.get(figure.indicator)
    rows = []
    for cell in records(held):
        month = cell.data_day.month
        if pd.notna(cell.planned):
            rows.append((month, "plan", float(cell.planned)))
        if pd.notna(cell.completion) and day is not None and cell.data_day <= day:
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


def is_carried(figure: Figure, cell: Any) -> bool:
    """Whether the last figure of a silent part stands in the sum above it (`data_access.carried` adds them)."""
    indicator = figure.below.definitions[figure.indicator]
    adds = not indicator["is_ratio"] and indicator["accumulation"] != Accumulation.LATEST
    return adds and cell.last_period.year == figure.below.frame.year
