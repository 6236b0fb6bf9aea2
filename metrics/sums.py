"""The facts of a board summed into its cells, with the plan groups a parent's reporting units fall into."""

from dataclasses import dataclass

import numpy as np

from metrics.columns import MISSING, NO_DAY, Bools, Ints, day_numbers, integers, members, positions
from metrics.grid import Grid
from metrics.vocabulary import Quality

QUALITIES = tuple(Quality)


@dataclass(frozen=True)
class Quantity:
    """A whole number for each cell and where there is one; 0 in the gaps must not be read."""

    value: Ints
    present: Bools


@dataclass(frozen=True)
class Sums:
    """What is known of each cell's actual. Counts of units are 0 where the board holds no fact.

    `fact` points at a fact of the cell (MISSING: none); of a unit that reports itself it is the only one.
    """

    amount: Quantity
    numerator: Quantity
    denominator: Quantity
    target_in: Quantity
    target_owed: Quantity
    last_amount: Quantity
    carried: Quantity
    high: Quantity
    last_period: Ints
    quality: Ints
    owed: Ints
    units_in: Ints
    waiting: Ints
    reported: Ints
    inexact: Ints
    carried_inexact: Ints
    doubted: Ints
    targeted: Ints
    fact: Ints


@dataclass(frozen=True)
class PlanGroups:
    """Reporting units of a parent that share a plan: the parent's cell, the cell whose plan it is, weight."""

    cell: Ints
    plan_cell: Ints
    weight: Ints


def add_facts(grid: Grid) -> Sums:
    """Sum the rows of each cell; a quantity is present where any row has one."""
    frame = grid.board.facts
    rows = np.flatnonzero(grid.fact_cell >= 0)
    at, held = grid.fact_cell[rows], frame.iloc[rows] if len(rows) < len(frame) else frame
    fact = np.full(grid.cells, MISSING)
    fact[at] = rows

    def quantity(name: str) -> Quantity:
        value, present = integers(held[name])
        return Quantity(_total(value * present, at, grid.cells), _total(present, at, grid.cells) > 0)

    def told(name: str) -> Quantity:
        # Said of the whole cell in each of its rows, so that adding it up would count it twice.
        value, present = integers(held[name])
        return Quantity(_placed(value, at, grid.cells, 0), _placed(present, at, grid.cells, 0) > 0)

    def count(name: str) -> Ints:
        return _total(integers(held[name])[0], at, grid.cells)

    quality, period = members(held["quality"], QUALITIES), day_numbers(held["last_period"], grid.board.year)
    return Sums(
        amount=quantity("amount"),
        numerator=quantity("numerator"),
        denominator=quantity("denominator"),
        target_in=quantity("target_in"),
        target_owed=quantity("target_owed"),
        last_amount=told("last_amount"),
        carried=told("carried"),
        high=told("high"),
        last_period=_placed(period, at, grid.cells, NO_DAY),
        quality=_placed(quality, at, grid.cells, MISSING),
        owed=count("units_owed"),
        units_in=count("units_in"),
        waiting=count("units_waiting"),
        reported=count("units_reported"),
        inexact=count("units_inexact"),
        carried_inexact=told("carried_inexact").value,
        doubted=count("units_doubted"),
        targeted=count("units_targeted"),
        fact=fact,
    )


def plan_groups(grid: Grid) -> PlanGroups:
    """The plan groups of parents, for cells with at least one unit on a plan of its own."""
    frame, cell = grid.board.facts, grid.fact_cell
    is_named = positions(frame["plan_key"], grid.units) >= 0
    if not is_named.any():
        none = np.zeros(0, dtype=np.int64)
        return PlanGroups(none, none, none)
    is_mixed = np.zeros(grid.cells + 1, dtype=bool)
    is_mixed[cell[is_named]] = True
    is_mixed[MISSING] = False
    rows = np.flatnonzero(is_mixed[cell])
    held = frame.iloc[rows]
    own_plan = grid.cell_of(held["plan_key"], held["indicator"])
    weight, present = integers(held["target_in"])
    weight = np.where(present, weight, 0)
    # While nobody is in, the plan is that of all who owe.
    is_silent = _total(weight, cell[rows], grid.cells) == 0
    owed, has_owed = integers(held["target_owed"])
    weight = np.where(is_silent[cell[rows]] & has_owed, owed, weight)
    weighs = weight > 0
    plan_cell = np.where(own_plan < 0, cell[rows], own_plan)
    return PlanGroups(cell[rows][weighs], plan_cell[weighs], weight[weighs])


def _total(value: Ints | Bools, at: Ints, size: int) -> Ints:
    out = np.zeros(size, dtype=np.int64)
    np.add.at(out, at, value.astype(np.int64, copy=False))
    return out


def _placed(value: Ints | Bools, at: Ints, size: int, missing: int) -> Ints:
    out = np.full(size, missing, dtype=np.int64)
    out[at] = value
    return out
