"""The plan curves in play on a board: chosen by date, stacked, read and inverted for all cells at once.

Source: metrics.md 3, and the days behind of metrics.md 1.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from metrics.columns import MISSING, Bools, Floats, Ints, day_numbers, integers, moments, positions
from metrics.curves import DEFAULT, Curve, Shape, Table, parse_points, raised_table, table
from metrics.grid import Grid
from metrics.targets import Raises

# Shares are compared to nine decimals, so they may as well be whole numbers of billionths.
_BILLION = 1_000_000_000
WEIGHTED_NAME = "按下级计划加权"


@dataclass(frozen=True)
class Plan:
    """One plan in play, with the curve it comes from and its id (MISSING: shipped with Xushi, or mixed)."""

    name: str
    curve_id: int
    shape: Shape
    table: Table
    curve: Curve | None = None


@dataclass
class Shelf:
    """All plans of a board. `of_cell` is the plan that each cell's own work follows, raises aside,
    `common` each indicator's, and `is_specific` tells the cells whose plan is not the county's default.
    """

    year: int
    plans: list[Plan]
    common: Ints
    of_cell: Ints
    is_specific: Bools
    _raised: dict[tuple[int, Raises], int] = field(default_factory=dict)

    def raised(self, plan: int, raises: Raises) -> int:
        """The plan of a target raised in mid-year on top of another plan."""
        if (plan, raises) not in self._raised:
            base = self.plans[plan]
            steps = [(day, float(amount)) for day, amount in raises]
            made = raised_table(base.curve or DEFAULT, self.year, steps)
            self.plans.append(Plan(base.name, base.curve_id, base.shape, made))
            self._raised[plan, raises] = len(self.plans) - 1
        return self._raised[plan, raises]

    def weighted(self, group: Ints, plan: Ints, weight: Floats) -> Ints:
        """One mixed plan per group number 0, 1, …: Σ weight × share ÷ Σ weight; weights above zero."""
        total = np.bincount(group, weights=weight)
        stack = self.stack()
        first = len(self.plans)
        stepped = np.array([one.shape is Shape.STEP for one in self.plans])
        all_stepped = np.bincount(group, weights=~stepped[plan]) == 0
        at = np.zeros((len(total), stack.at.shape[1]))
        before = at.copy()
        np.add.at(at, group, stack.at[plan] * weight[:, None])
        np.add.at(before, group, stack.before[plan] * weight[:, None])
        for one in range(len(total)):
            shape = Shape.STEP if all_stepped[one] else Shape.LINEAR
            mixed = Table(at[one] / total[one], before[one] / total[one])
            self.plans.append(Plan(WEIGHTED_NAME, MISSING, shape, mixed))
        return first + np.arange(len(total))

    def stack(self) -> "Stack":
        """All tables on top of each other, ready to be asked for many cells."""
        return Stack(
            at=np.stack([plan.table.at for plan in self.plans]),
            before=np.stack([plan.table.before for plan in self.plans]),
        )


@dataclass(frozen=True)
class Stack:
    """Tables of plans × days. Days are day numbers, completions fractions; all arguments are arrays."""

    at: Floats
    before: Floats

    def planned(self, plan: Ints, day: Ints) -> Floats:
        """S(day); NaN where there is no day."""
        return np.where(day < 0, np.nan, self.at[plan, np.maximum(day, 0)])

    def first_full_day(self) -> Ints:
        """For each plan the first day at which all is due."""
        return np.argmax(_billionths(self.at) >= _BILLION, axis=1)

    def behind(self, plan: Ints, day: Ints, completion: Floats) -> Ints:
        """Whole days since the last moment up to `day` at which the plan was not above the completion."""
        done = _billionths(np.clip(completion, 0.0, 1.0))
        k = self._search(plan, done, side="right") - 1
        last = np.minimum(k, day - 1)
        share, jump = self.at[plan, last], self.before[plan, last + 1]
        moment = last + _part_of_day(done, share, jump)
        return np.where(k >= day, 0, np.floor(np.round(day - moment, 6))).astype(np.int64)

    def ahead(self, plan: Ints, day: Ints, completion: Floats) -> Ints:
        """Whole days until the first moment after `day` at which the plan reaches the completion."""
        done = _billionths(np.clip(completion, 0.0, 1.0))
        k = self._search(plan, done, side="left")
        last = np.maximum(k, day + 1) - 1
        last = np.minimum(last, self.at.shape[1] - 2)
        moment = last + _part_of_day(done, self.at[plan, last], self.before[plan, last + 1])
        return np.where(k <= day, 0, np.floor(np.round(moment - day, 6))).astype(np.int64)

    def _search(self, plan: Ints, done: Ints, side: Any) -> Ints:
        """Place of a completion among the days of its own plan, for all cells by one search."""
        plans, width = self.at.shape
        shelf = np.arange(plans)[:, None] * (2 * _BILLION) + _billionths(self.at)
        found = np.searchsorted(shelf.ravel(), plan * (2 * _BILLION) + done, side=side)
        return found.astype(np.int64) - plan * width


def _billionths(share: Floats) -> Ints:
    return np.rint(share * _BILLION).astype(np.int64)


def _part_of_day(done: Ints, share: Floats, jump: Floats) -> Floats:
    """How far into the day after a share the completion is met: 1 where only the day's own jump meets it."""
    rise = jump - share
    meets = (_billionths(jump) > done) & (rise > 0)
    part = np.divide(done / _BILLION - share, rise, out=np.ones_like(share), where=meets)
    return np.clip(part, 0.0, 1.0)


def make_shelf(grid: Grid) -> Shelf:
    """The plan of every cell: the unit's own curve, else the indicator's, else the county's, else ours."""
    common = np.zeros(grid.width, dtype=np.int64)
    of_cell = np.zeros((len(grid.units), grid.width), dtype=np.int64)
    is_specific = np.zeros_like(of_cell, dtype=bool)
    plans = [Plan(DEFAULT.name, MISSING, DEFAULT.shape, table(DEFAULT, grid.board.year), DEFAULT)]
    for version in _versions(grid):
        unit = slice(None) if version.unit < 0 else version.unit
        held = grid.measures.valid_on >= version.start
        which = held if version.indicator < 0 else held & (np.arange(grid.width) == version.indicator)
        of_cell[unit, which] = len(plans)
        if version.unit < 0:
            common[which] = len(plans)
        is_specific[unit, which] = version.indicator >= 0
        made = table(version.curve, grid.board.year)
        plans.append(Plan(version.curve.name, version.id, version.curve.shape, made, version.curve))
    return Shelf(grid.board.year, plans, common, of_cell.ravel(), is_specific.ravel())


@dataclass(frozen=True)
class _Version:
    id: int
    unit: int
    indicator: int
    start: int
    curve: Curve


def _versions(grid: Grid) -> list[_Version]:
    """Curves that can hold on this board, the most general first, in each the oldest first."""
    frame = grid.board.curves
    if frame.empty:
        return []
    unit, indicator = positions(frame["unit"], grid.units), positions(frame["indicator"], grid.indicators)
    is_stray = (unit < 0) & frame["unit"].notna().to_numpy()
    is_stray |= (indicator < 0) & frame["indicator"].notna().to_numpy()
    ids, start = integers(frame["id"])[0], day_numbers(frame["valid_from"], grid.board.year)
    order = np.lexsort((ids, moments(frame["recorded_at"]), start, indicator >= 0, unit >= 0))
    rows = list(zip(frame["name"], frame["shape"], frame["points"], strict=True))
    made = (
        _Version(int(ids[at]), int(unit[at]), int(indicator[at]), int(start[at]), _curve(*rows[at]))
        for at in order[~is_stray[order]]
    )
    return [version for version in made if version.curve.year in (None, grid.board.year)]


def _curve(name: str, shape: str, points: Any) -> Curve:
    pairs = parse_points(points) if isinstance(points, str) else tuple((str(k), float(v)) for k, v in points)
    return _cached_curve(name, shape, pairs)


@lru_cache(maxsize=4096)
def _cached_curve(name: str, shape: str, points: tuple[tuple[str, float], ...]) -> Curve:
    return Curve(name, Shape(shape), points)
