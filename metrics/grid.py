"""The grid of a board: units × indicators as integers, so that a million cells are plain arrays."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.board import Board
from metrics.columns import MISSING, Bools, Ints, integers, members, positions, true
from metrics.curves import day_number, days_in
from metrics.vocabulary import Accumulation, Kind, Level, MeasuredFrom

KINDS = tuple(Kind)
LEVELS = tuple(Level)
ACCUMULATIONS = tuple(Accumulation)
MEASURED = tuple(MeasuredFrom)

# A ratio is stored in the unit its name says: 97.99 % is 9799 at scale 2, out of parts 9799 of 10000.
PARTS_OF_ONE = {"%": 100, "％": 100, "个百分点": 100, "‰": 1000}


@dataclass(frozen=True)
class Measures:
    """What the judgement needs of each indicator, one entry an indicator.

    `data_day` is a day number or MISSING, `valid_on` the day number that targets and curves must be
    valid on, `unit_size` how many smallest units one whole unit has, `ratio_size` how many a ratio of 1.
    """

    kind: Ints
    reported: Ints
    accumulation: Ints
    lower_is_better: Bools
    is_whole: Bools
    is_ratio: Bools
    scoped: Bools
    waits: Bools
    data_day: Ints
    valid_on: Ints
    unit_size: Ints
    ratio_size: Ints


@dataclass(frozen=True)
class Grid:
    """Units (those of the board first, then those only named by a plan key) × indicators.

    A cell is unit × number of indicators + indicator; `fact_cell` is that of each fact of the board, or
    MISSING. `as_of` is a day number, at most 31 December.
    """

    board: Board
    units: pd.Index
    indicators: pd.Index
    level: Ints
    parent: Ints
    as_of: int
    measures: Measures
    fact_cell: Ints

    @property
    def width(self) -> int:
        """Number of indicators."""
        return len(self.indicators)

    @property
    def cells(self) -> int:
        """Number of cells of the board's own units."""
        return len(self.level) * self.width

    @property
    def all_cells(self) -> int:
        """Number of cells with those of the units that only a plan key names."""
        return len(self.units) * self.width

    def cell_of(self, units: "pd.Series", indicators: "pd.Series") -> Ints:
        """The cell of each pair; MISSING where the board holds no such unit or indicator."""
        return _cells(positions(units, self.units), positions(indicators, self.indicators), self.width)


def make_grid(board: Board, valid_on: date | None = None) -> Grid:
    """Index a board. ValueError for a unit or an indicator that stands in it twice.

    `valid_on` is the day whose targets, curves and rules count; None: those of each data day.
    """
    indicators = pd.Index(board.indicators["code"])
    own = pd.Index(board.units["code"])
    if not (own.is_unique and indicators.is_unique):
        raise ValueError("a unit or an indicator stands twice on the board")
    keys = pd.Index(board.facts["plan_key"].unique()).dropna()
    named = keys[(own.get_indexer(keys) < 0) & (keys != "")]
    as_of = min(day_number(board.year, board.as_of), days_in(board.year))
    return Grid(
        board=board,
        units=own.append(named),
        indicators=indicators,
        level=members(board.units["level"], LEVELS),
        parent=positions(board.units["parent"], own),
        as_of=as_of,
        measures=_measures(board, as_of, valid_on),
        fact_cell=_cells(
            positions(board.facts["unit"], own),
            positions(board.facts["indicator"], indicators),
            len(indicators),
        ),
    )


def _cells(unit: Ints, indicator: Ints, width: int) -> Ints:
    return np.where((unit < 0) | (indicator < 0), MISSING, unit * width + indicator)


def _measures(board: Board, as_of: int, valid_on: date | None) -> Measures:
    held = board.indicators
    kind = members(held["kind"], KINDS)
    # Milestones and checklists are facts of a day, not of a period.
    of_a_day = np.isin(kind, (KINDS.index(Kind.MILESTONE), KINDS.index(Kind.CHECKLIST)))
    of_a_period = np.array([_number(board, code) for code in held["code"]], dtype=np.int64)
    data_day = np.where(of_a_day, max(as_of, MISSING), of_a_period)
    unit_size = 10 ** integers(held["scale"])[0]
    parts = np.array([PARTS_OF_ONE.get(measure, 1) for measure in held["measure"]], dtype=np.int64)
    return Measures(
        kind=kind,
        reported=members(held["level_reported"], LEVELS),
        accumulation=members(held["accumulation"], ACCUMULATIONS),
        lower_is_better=true(held["lower_is_better"]),
        is_whole=true(held["is_whole"]),
        is_ratio=true(held["is_ratio"]),
        scoped=held["scope_tag"].notna().to_numpy(),
        waits=np.array([code in board.not_yet_due for code in held["code"]], dtype=bool),
        data_day=data_day,
        valid_on=np.where(data_day < 0, as_of, data_day)
        if valid_on is None
        else np.full(len(data_day), day_number(board.year, valid_on)),
        unit_size=unit_size,
        ratio_size=unit_size * parts,
    )


def _number(board: Board, code: str) -> int:
    day: date | None = board.data_days.get(code)
    return MISSING if day is None else day_number(board.year, day)
