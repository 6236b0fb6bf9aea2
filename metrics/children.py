"""What a parent's direct children on the board were given, and the plans its parts follow."""

from dataclasses import dataclass, replace

import numpy as np

from metrics.columns import NO_DAY, Bools, Floats, Ints, among
from metrics.grid import Grid
from metrics.layout import CHECKLIST, MILESTONE, Aims, Layout
from metrics.plans import Shelf, Stack
from metrics.sums import Sums, plan_groups


@dataclass(frozen=True)
class Children:
    """One entry a cell. `is_whole`: what each child on the board is asked is known, of one at least by its own target.

    `target` is the sum over these, of a child without its own what its units were given; `plan_of_units` and
    `plan_of_children` the weighted plans of the reporting units and of the children; `due_of_units` and
    `due_of_children` the whole times that those with plans of their own owe by the data day, each for itself;
    `deadline` the last one of the children's.
    """

    target: Ints
    has_target: Bools
    is_whole: Bools
    plan_of_units: Ints
    plan_of_children: Ints
    due_of_units: Floats
    due_of_children: Floats
    deadline: Ints
    has_deadline: Bools


def look_below(
    grid: Grid, layout: Layout, aims: Aims, sums: Sums, plan: Ints, shelf: Shelf, plan_of_cell: Ints
) -> Children:
    """Add up the children's principal targets. `plan` is each row's own, `plan_of_cell` each cell's.

    A child without a target of its own stands on what its units were given, as it does where it is judged itself.
    """
    parent = _parent_cell(grid, layout)
    child = layout.is_principal & (parent >= 0) & ~aims.no_task
    # What is asked in comparison with others cannot be added up.
    adds = aims.low.present & ~aims.is_compared
    given = child & adds & (layout.target >= 0)
    is_targeted = sums.target_in.present & (sums.targeted >= sums.units_in)
    from_below = child & (layout.target < 0) & sums.target_owed.present & (is_targeted | (sums.units_in == 0))
    asked = np.where(given, aims.low.value, sums.target_owed.value)
    has_any, lacks = given | from_below, child & ~adds & ~from_below
    target = np.zeros(grid.cells, dtype=np.int64)
    np.add.at(target, parent[has_any], asked[has_any])
    has_target = _any(grid, parent[given])
    dated = child & (layout.target >= 0) & among(aims.kind, MILESTONE, CHECKLIST)
    deadline = np.full(grid.cells, NO_DAY, dtype=np.int64)
    np.maximum.at(deadline, parent[dated], aims.deadline[dated])
    common = np.tile(shelf.common, grid.cells // max(grid.width, 1))
    groups = _unit_plans(grid, shelf, plan_of_cell)
    of_units = _mixed(shelf, common, groups)
    weighed = has_any & (asked > 0)
    plans = np.where(from_below, of_units[layout.cell], plan)
    children = _Parts(parent[weighed], plans[weighed], asked[weighed], given[weighed])
    of_children = _mixed(shelf, plan_of_cell[: grid.cells], children)
    stack = shelf.stack()
    due_of_units = _times(grid, groups, _due(grid, stack, groups))
    due = np.where(given[weighed], _due(grid, stack, children), due_of_units[layout.cell[weighed]])
    return Children(
        target=target,
        has_target=has_target,
        is_whole=has_target & ~_any(grid, parent[lacks]),
        plan_of_units=of_units,
        plan_of_children=of_children,
        due_of_units=due_of_units,
        due_of_children=_times(grid, replace(children, is_one=np.isfinite(due)), np.nan_to_num(due)),
        deadline=deadline,
        has_deadline=deadline > NO_DAY,
    )


def _parent_cell(grid: Grid, layout: Layout) -> Ints:
    parent = grid.parent[layout.unit]
    return np.where(parent < 0, -1, parent * grid.width + layout.indicator)


def _any(grid: Grid, cells: Ints) -> Bools:
    return np.bincount(cells, minlength=grid.cells) > 0


@dataclass(frozen=True)
class _Parts:
    """Parts of parents: the parent's cell, the part's plan and target, and whether it is one holder."""

    parent: Ints
    plan: Ints
    weight: Ints
    is_one: Bools


def _unit_plans(grid: Grid, shelf: Shelf, plan_of_cell: Ints) -> _Parts:
    """A unit that a plan key names follows its own plan, the others the indicator's common one."""
    groups = plan_groups(grid)
    is_named = groups.cell != groups.plan_cell
    common = shelf.common[groups.cell % max(grid.width, 1)]
    return _Parts(
        groups.cell, np.where(is_named, plan_of_cell[groups.plan_cell], common), groups.weight, is_named
    )


def _mixed(shelf: Shelf, plain: Ints, parts: _Parts) -> Ints:
    """The plan of each cell: a weighted one where its parts follow different plans, else theirs."""
    if not len(parts.parent):
        return plain
    out = plain.copy()
    out[parts.parent] = parts.plan
    differs = np.zeros(len(plain), dtype=bool)
    differs[parts.parent[out[parts.parent] != parts.plan]] = True
    mixed = np.flatnonzero(differs[parts.parent])
    if len(mixed):
        cells, group = np.unique(parts.parent[mixed], return_inverse=True)
        out[cells] = shelf.weighted(group, parts.plan[mixed], parts.weight[mixed].astype(np.float64))
    return out


def _due(grid: Grid, stack: Stack, parts: _Parts) -> Floats:
    """What each part owes by the data day in whole times."""
    indicator = parts.parent % max(grid.width, 1)
    share = np.nan_to_num(stack.planned(parts.plan, grid.measures.data_day[indicator]))
    return whole_times(parts.weight * share, grid.measures.unit_size[indicator])


def _times(grid: Grid, parts: _Parts, due: Floats) -> Floats:
    """What the holders below each cell owe together; NaN where some of them are unknown."""
    known = np.bincount(parts.parent, weights=parts.is_one, minlength=grid.cells)
    whole = np.bincount(parts.parent, minlength=grid.cells)
    total = np.bincount(parts.parent, weights=due, minlength=grid.cells)
    return np.where((known == whole) & (whole > 0), total, np.nan)


def whole_times(due: Floats, unit_size: Ints) -> Floats:
    """Of a part of a year's times those that are due whole; all in smallest units."""
    times: Floats = np.floor(np.round(due / unit_size, 9)) * unit_size
    return times
