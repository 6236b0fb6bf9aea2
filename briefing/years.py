"""A target phased over years: what each year was asked and brought, and the total since the programme began."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from briefing.load import Briefing, cells_of_year
from data_access.reads import years_aimed
from metrics.columns import records
from metrics.vocabulary import Kind


@dataclass(frozen=True)
class Year:
    """One year of a programme. Quantities are in smallest units; None is not known, not set, or cannot be added.

    The cell is that of the year alone; `total_target` and `total_actual` are of all years up to it, and
    `is_least` says that some of those had no whole figure.
    """

    year: int
    cell: Any
    total_target: int | None
    total_actual: int | None
    is_least: bool


def read_years(connection: Connection, below: Briefing, unit: str, indicator: str) -> list[Year]:
    """The years that set the unit a target, oldest first; empty where no other year did.

    Earlier years are judged at their end, the briefing's own on its day, later ones at their beginning.
    """
    frame = below.frame
    years = years_aimed(connection, frame.scope, unit, indicator, known_at=frame.known_at)
    if not set(years) - {frame.year}:
        return []
    found = []
    for year in years:
        cells = below.cells if year == frame.year else cells_of_year(connection, below, unit, indicator, year)
        mine = cells[(cells["unit"] == unit) & (cells["indicator"] == indicator) & cells["is_principal"]]
        found += [(year, cell) for cell in records(mine)]
    return _with_totals(found, frame.year)


def _with_totals(cells: list[tuple[int, Any]], current: int) -> list[Year]:
    """Add up amounts year by year; levels and shares of different years are never added."""
    adds = all(cell.kind == Kind.ACCUMULATE and pd.isna(cell.actual_ratio) for _, cell in cells)
    asked = done = 0
    is_least, found = False, []
    for year, cell in cells:
        asked += 0 if pd.isna(cell.target) else int(cell.target)
        done += 0 if pd.isna(cell.actual) else int(cell.actual)
        is_past = year <= current
        is_least |= is_past and (pd.isna(cell.actual) or bool(cell.at_least))
        found.append(Year(year, cell, asked if adds else None, done if adds and is_past else None, is_least))
    return found
