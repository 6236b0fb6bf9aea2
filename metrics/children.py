"""What a parent's direct children on the board were given, and the plans its parts follow."""

from dataclasses import dataclass

import numpy as np

from metrics.columns import NO_DAY, Bools, Ints, among
from metrics.grid import Grid
from metrics.layout import CHECKLIST, MILESTONE, Aims, Layout
from metrics.plans import Shelf
from metrics.sums import plan_groups


@dataclass(frozen=True)
class Children:
    """One entry a cell. `is_whole`: every child on the board has a target or no task, and one has work.

    `target` is the sum over children with a target; `plan_of_units` and `plan_of_children` the weighted
    plans of the reporting units and of the children; `deadline` the last one of the children's.
    """

    target: Ints
    has_target: Bools
    is_whole: Bools
    plan_of_units: Ints
    plan_of_children: Ints
    deadline: Ints
    has_deadline: Bools


def look_below(
    grid: Grid, layout: Layout, aims: Aims, plan: Ints, shelf: Shelf, plan_of_cell: Ints
) -> Children:
    """Add up the children's principal targets. `plan` is each row's own, `plan_of_cell` each cell's."""
    parent = _parent_cell(grid, layout)
    child = layout.is_principal & (parent >= 0)
    # What is asked in comparison with others cannot be added up.
    adds = aims.low.present & ~aims.is_compared
    given = child & adds & ~aims.no_task & (layout.target >= 0)
    lacks = child & ~adds & ~aims.no_task
    target = np.zeros(grid.cells, dtype=np.int64)
    np.add.at(target, parent[given], aims.low.value[given])
    has_target = _any(grid, parent[given])
    dated = child & (layout.target >= 0) & among(aims.kind, MILESTONE, CHECKLIST) & ~aims.no_task
    deadline = np.full(grid.cells, NO_DAY, dtype=np.int64)
    np.maximum.at(deadline, parent[dated], aims.deadline[dated])
    weighed = given & (aims.low.value > 0)
    of_children = _mixed(
        shelf, plan_of_cell[: grid.cells], parent[weighed], plan[weighed], aims.low.value[weighed]
    )
    return Children(
        target=target,
        has_target=has_target,
        is_whole=has_target & ~_any(grid, parent[lacks]),
        plan_of_units=_mixed_units(grid, shelf, plan_of_cell),
        plan_of_children=of_children,
        deadline=deadline,
        has_deadline=deadline > NO_DAY,
    )


def _parent_cell(grid: Grid, layout: Layout) -> Ints:
    parent = grid.parent[layout.unit]
    return np.where(parent < 0, -1, parent * grid.width + layout.indicator)


def _any(grid: Grid, cells: Ints) -> Bools:
    return np.bincount(cells, minlength=grid.cells) > 0


def _mixed_units(grid: Grid, shelf: Shelf, plan_of_cell: Ints) -> Ints:
    """A unit that a plan key names follows its own plan, the others the indicator's common one."""
    common = np.tile(shelf.common, grid.cells // max(grid.width, 1))
    groups = plan_groups(grid)
    is_named = groups.cell != groups.plan_cell
    plan = np.where(is_named, plan_of_cell[groups.plan_cell], common[groups.cell])
    return _mixed(shelf, common, groups.cell, plan, groups.weight)


def _mixed(shelf: Shelf, plain: Ints, parent: Ints, plan: Ints, weight: Ints) -> Ints:
    """The plan of each cell: a weighted one where its parts follow different plans, else theirs."""
    if not len(parent):
        return plain
    out = plain.copy()
    out[parent] = plan
    differs = np.zeros(len(plain), dtype=bool)
    differs[parent[out[parent] != plan]] = True
    parts = np.flatnonzero(differs[parent])
    if len(parts):
        cells, group = np.unique(parent[parts], return_inverse=True)
        out[cells] = shelf.weighted(group, plan[parts], weight[parts].astype(np.float64))
    return out
