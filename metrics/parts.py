"""What the parts of a ratio say besides its value: how many are still missing, and who is below the minimum.

Source: metrics.md 1 (coverage; "a mean-per-unit target is judged on the mean and marked when the minimum is below").
"""

from dataclasses import dataclass

import numpy as np

from metrics.basis import Gap
from metrics.columns import Floats, Ints, integers
from metrics.grid import Grid
from metrics.sums import Quantity
from metrics.verdict import Case


@dataclass(frozen=True)
class Minima:
    """One entry a row that asks a minimum: how many of the units that reported are below it, and the lowest value.

    `count` of a unit that reports itself is 1 or 0. `lowest` is in smallest units, rounded down.
    """

    count: Quantity
    lowest: Quantity


def lacking(case: Case) -> Quantity:
    """How many of the denominator still have to count until a percentage reaches its target: 尚差12户.

    In whole parts, rounded up; of those that are in. Absent where less is better, and where others are compared with.
    """
    measures, sums, aims = case.measures, case.sums, case.aims
    is_share = case.below.is_ratio & (measures.ratio_size > measures.unit_size)
    has = (
        is_share
        & (aims.sign > 0)
        & ~aims.is_compared
        & case.basis.target.present
        & (case.basis.gap == Gap.IN)
    )
    has &= sums.numerator.present & sums.denominator.present & (sums.denominator.value > 0)
    needed = case.basis.goal * sums.denominator.value
    size = measures.ratio_size
    whole = np.where(aims.is_strict, needed // size + 1, -(-needed // size))
    return Quantity(np.where(has, np.maximum(whole - sums.numerator.value, 0), 0), has)


def shortfall(case: Case) -> Floats:
    """What each row is short of its plan; of a ratio in what its numerator counts, absent without a denominator.

    Points of different wholes do not add: five points of twenty households are one, of two hundred ten.
    """
    short, whole = case.progress.short, case.sums.denominator
    counted = np.where(whole.present, short * whole.value / case.measures.ratio_size, np.nan)
    return np.where(case.below.is_ratio, counted, short)


def minima(grid: Grid, case: Case) -> Minima:
    """Look below the mean, where a target asks it."""
    aims, rows = case.aims, len(case.layout.cell)
    count, lowest = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    present = np.zeros(rows, dtype=bool)
    asked = np.flatnonzero(aims.minimum.present & (case.basis.gap == Gap.IN))
    cells, value, per = _parts(grid)
    for row in asked:
        own = cells == case.layout.cell[row]
        parts, whole = value[own], per[own]
        if case.below.reports_itself[row]:
            parts, whole = case.basis.actual[[row]], case.basis.per[[row]]
        if not len(parts):
            continue
        present[row] = True
        count[row] = int(np.sum(parts < aims.minimum.value[row] * whole))
        lowest[row] = int(np.min(parts // whole))
    return Minima(Quantity(count, present), Quantity(lowest, present))


def _parts(grid: Grid) -> tuple[Ints, Ints, Ints]:
    """The figures below, each as a whole number over another, with the cell they stand below."""
    held = grid.board.parts
    cell = grid.cell_of(held["unit"], held["indicator"])
    size = grid.measures.ratio_size[cell % max(grid.width, 1)]
    (part, has_part), (whole, has_whole) = integers(held["numerator"]), integers(held["denominator"])
    plain, has_plain = integers(held["value"])
    by_parts = has_part & has_whole & (whole > 0)
    known = (cell >= 0) & (by_parts | has_plain)
    value, per = np.where(by_parts, part * size, plain), np.where(by_parts, whole, 1)
    return cell[known], value[known], per[known]
