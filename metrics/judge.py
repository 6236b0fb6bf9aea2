"""The judgement: facts, targets, curves and rules of a board become cells (metrics.md 1 and 2)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from metrics.basis import find_basis
from metrics.below import stand_below
from metrics.board import Board
from metrics.cells import to_frame
from metrics.children import look_below
from metrics.columns import Bools, Ints, among, take
from metrics.curves import Shape, day_number
from metrics.grid import make_grid
from metrics.layout import Layout, lay_out, read_aims
from metrics.periods import periods_of_year
from metrics.plans import Shelf, Stack, make_shelf
from metrics.progress import measure, settle
from metrics.references import find_references
from metrics.sums import QUALITIES, add_facts
from metrics.targets import Held, targets_in_force
from metrics.thresholds import thresholds
from metrics.verdict import CODES, Case, decide, undecided
from metrics.vocabulary import Cadence, Quality

_UNDECIDED = CODES.index("bound_undecided")
_BOUNDS = tuple(QUALITIES.index(one) for one in (Quality.AT_LEAST, Quality.AT_MOST, Quality.RANGE))


def judge(board: Board, valid_on: date | None = None) -> pd.DataFrame:
    """Judge every unit, indicator and target of a board; the columns are those of `metrics.cells`.

    With `valid_on` by the targets, curves and rules of that day, not by those of each data day.

    One row a target in force, the principal first, and exactly one for a unit and indicator without any,
    in the order of the board's units, then indicators. Raises RulesError or CurveError for a document
    that cannot be used, ValueError for a unit or indicator that stands twice.
    """
    grid = make_grid(board, valid_on)
    held, shelf = targets_in_force(grid), make_shelf(grid)
    layout = lay_out(grid, held)
    plan, plan_of_cell = _own_plans(held, shelf, layout)
    limits = thresholds(grid, layout)
    references = find_references(grid, layout.target, layout.indicator, limits.gate)
    aims, sums = read_aims(grid, layout, references), take(add_facts(grid), layout.cell)
    children = look_below(grid, layout, aims, sums, plan, shelf, plan_of_cell)
    below = stand_below(grid, layout, aims, sums, children, limits.gate)
    basis, stays = settle(aims, find_basis(grid, layout, aims, sums, below, children, plan))
    stack, specific = shelf.stack(), shelf.is_specific[layout.cell]
    case = Case(
        layout=layout,
        aims=aims,
        sums=sums,
        below=below,
        basis=basis,
        progress=measure(aims, basis, stack, specific, grid.measures.unit_size[layout.indicator], board.year),
        limits=limits,
        measures=take(grid.measures, layout.indicator),
        stays_done=stays,
        is_stepped=np.array([one.shape is Shape.STEP for one in shelf.plans])[basis.plan],
        is_specific=specific,
        was_planned=_was_planned(stack, basis.plan, aims.day, board.year) & limits.not_begun,
    )
    return to_frame(grid, case, _verdict(case, stack, board.year), shelf)


def _own_plans(held: Held, shelf: Shelf, layout: Layout) -> tuple[Ints, Ints]:
    """The plan of every row's own target, and of every cell's principal one, raises included."""
    plan, plan_of_cell = shelf.of_cell[layout.cell], shelf.of_cell.copy()
    raised_rows = np.flatnonzero(np.isin(layout.held, list(held.raises)))
    row_of = {int(layout.held[row]): int(row) for row in raised_rows}
    for place, raises in held.raises.items():
        cell = int(held.cell[place])
        raised = shelf.raised(int(shelf.of_cell[cell]), raises)
        if held.is_principal[place]:
            plan_of_cell[cell] = raised
        if place in row_of:
            plan[row_of[place]] = raised
    return plan, plan_of_cell


def _was_planned(stack: Stack, plan: Ints, day: Ints, year: int) -> Bools:
    """Whether the plan asked for anything by the last end of a month up to the day."""
    ends = np.array([0, *(day_number(year, end) for end in periods_of_year(Cadence.MONTH, year))])
    last = ends[np.maximum(np.searchsorted(ends, day, side="right") - 1, 0)]
    return np.round(stack.planned(plan, last), 9) > 0


def _verdict(case: Case, stack: Stack, year: int) -> Ints:
    """Decide every row; a value given as a bound or a range is judged only where it decides."""
    verdict = decide(case)
    rows = np.flatnonzero(among(case.sums.quality, *_BOUNDS))
    if not len(rows):
        return verdict
    part = take(case, rows)
    upper = replace(
        part.basis, actual=np.where(part.sums.high.present, part.sums.high.value, part.basis.actual)
    )
    progress = measure(part.aims, upper, stack, part.is_specific, part.measures.unit_size, year)
    at_upper = replace(part, basis=upper, progress=progress)
    is_open = undecided(part, verdict[rows], at_upper, decide(at_upper))
    verdict[rows[is_open]] = _UNDECIDED
    return verdict
