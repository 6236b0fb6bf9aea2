"""Boards of the small county, and how to find a fact on one."""

from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.facts import read_board
from data_access.scope import Scope
from metrics.board import Board
from metrics.vocabulary import (
    Accumulation,
    Layer,
)
from tests.data_access.county import (
    COUNTY,
    NORTH,
    SOUTH,
    VILLAGES,
)

WHOLE = Scope.whole(COUNTY)
FIRST, SECOND = VILLAGES[NORTH]
THIRD, FOURTH = VILLAGES[SOUTH]
EVERY = (FIRST, SECOND, THIRD, FOURTH)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
LATEST = {"accumulation": Accumulation.LATEST}


def board(engine: Engine, *, known_at: datetime | None = None, **changes: Any) -> Board:
    """The board of the county's children at the end of January, unless told otherwise."""
    asked = {"root": COUNTY, "depth": "children", "as_of": JANUARY, "days": None} | changes
    with read(engine) as connection:
        directory = read_directory(connection, WHOLE, day=asked["as_of"], known_at=known_at)
        days = asked["days"] or dict.fromkeys(directory.indicators["code"], asked["as_of"])
        return read_board(
            connection,
            WHOLE,
            directory=directory,
            year=2026,
            as_of=asked["as_of"],
            known_at=known_at,
            data_days=days,
            root=asked["root"],
            depth=asked["depth"],
            layer=changes.get("layer", Layer.REPORTED),
        )


def fact(held: Board, of: str, code: str = "count") -> pd.Series:
    rows = held.facts[(held.facts["unit"] == of) & (held.facts["indicator"] == code)]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def amounts(held: Board, code: str = "count") -> dict[str, Any]:
    rows = held.facts[held.facts["indicator"] == code]
    return {row.unit: None if pd.isna(row.amount) else int(row.amount) for row in rows.itertuples()}
