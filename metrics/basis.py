"""What each row is judged on: the actual, the target that faces it, the plan, and what is missing.

A unit that reports itself faces its own target. A parent faces its own target once all its reporting
units are in; until then the units that are in are set against their own targets and their own plans, so
that ten villages of which nine report 80 of 100 stand at 80 %, not at 72 % (metrics.md 1, "Up the tree").
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from metrics.below import Below
from metrics.children import Children
from metrics.columns import Bools, Floats, Ints, among
from metrics.grid import ACCUMULATIONS, Grid
from metrics.layout import CHECKLIST, MILESTONE, Aims, Layout
from metrics.sums import QUALITIES, Quantity, Sums
from metrics.vocabulary import Accumulation, Quality


class Source(IntEnum):
    """Where the target of a row comes from."""

    NONE = 0
    OWN = 1
    CHILDREN = 2


class Gap(IntEnum):
    """Why a row has no figure that can be judged; IN means it has one."""

    IN = 0
    NO_REPORT = 1
    MASKED = 2
    IN_WORDS = 3
    ZERO_DENOMINATOR = 4
    NO_PARTS = 5
    BELOW_GATE = 6
    NOT_COMPARABLE = 7
    WAITING = 8


@dataclass(frozen=True)
class Facing:
    """The target of a row, where it comes from, and which plan and deadline go with it."""

    target: Quantity
    source: Ints
    plan: Ints
    deadline: Ints


@dataclass(frozen=True)
class Basis:
    """The two sides of the comparison. The actual is actual / per, both whole (per is 1 but for ratios).

    `target` is the target as it stands; `goal` what the actual is set against, the same unless only some
    of a parent's units are in. `carried` is what the units that are not in had reported before: the amount
    printed is the sum of both. `gap` says what is missing. `earlier` is the newest accepted actual of the
    year where the period in force has none. `times` is what the holders of a duty owe in all where the row
    is set against theirs, else NaN.
    """

    actual: Ints
    per: Ints
    has_actual: Bools
    carried: Ints
    target: Quantity
    goal: Ints
    source: Ints
    plan: Ints
    deadline: Ints
    children_target: Quantity
    earlier: Quantity
    times: Floats
    gap: Ints


def find_basis(
    grid: Grid, layout: Layout, aims: Aims, sums: Sums, below: Below, children: Children, plan: Ints
) -> Basis:
    """Set both sides of every row. `sums` are those of the rows, `plan` the plan of the row's own target."""
    actual, per, has_actual = _actual(grid, layout, aims, sums, below)
    facing = _facing(layout, aims, sums, below, children, plan)
    goal = np.where(below.on_units, sums.target_in.value, facing.target.value)
    return Basis(
        actual=actual,
        per=per,
        has_actual=has_actual,
        carried=_carried(sums, below),
        target=facing.target,
        goal=goal,
        source=facing.source,
        plan=facing.plan,
        deadline=facing.deadline,
        children_target=_children_target(layout, sums, below, children),
        earlier=_earlier(grid, layout, sums, below, facing),
        times=_times(layout, sums, below, children, facing, goal),
        gap=_gap(aims, sums, below, has_actual),
    )


def _actual(grid: Grid, layout: Layout, aims: Aims, sums: Sums, below: Below) -> tuple[Ints, Ints, Bools]:
    """Numerator, denominator and presence of the actual, in the indicator's smallest unit."""
    in_parts = sums.numerator.present & sums.denominator.present & (sums.denominator.value > 0)
    by_parts = below.is_ratio & in_parts
    listed = (aims.kind == CHECKLIST) & in_parts
    size = np.where(by_parts, grid.measures.ratio_size[layout.indicator], 1)
    actual = np.where(by_parts | listed, sums.numerator.value * size, sums.amount.value)
    # A ratio above the reporting level without its parts has no value: percentages are never averaged.
    plain = sums.amount.present & (aims.kind != CHECKLIST) & (below.reports_itself | ~below.is_ratio)
    has_actual = (sums.units_in > 0) & (by_parts | listed | plain)
    return actual, np.where(by_parts, sums.denominator.value, 1), has_actual


def _carried(sums: Sums, below: Below) -> Ints:
    return np.where(sums.carried.present & below.is_partial & ~below.is_ratio, sums.carried.value, 0)


def _facing(layout: Layout, aims: Aims, sums: Sums, below: Below, children: Children, plan: Ints) -> Facing:
    listed = among(aims.kind, MILESTONE, CHECKLIST)
    own = aims.low.present | (listed & (layout.target >= 0))
    lacks = ~below.reports_itself & (layout.target < 0)
    # The sum of the next level down; of the reporting units where that was given none.
    of_children = lacks & below.is_sum & children.is_whole[layout.cell]
    has_units = sums.target_owed.present & (below.is_targeted | (sums.units_in == 0))
    of_units = lacks & below.is_sum & ~of_children & has_units
    dated = lacks & listed & children.has_deadline[layout.cell]
    value = np.where(of_children, children.target[layout.cell], aims.low.value)
    value = np.where(of_units, sums.target_owed.value, value)
    value = np.where(aims.kind == MILESTONE, np.maximum(sums.owed, 1), value)
    value = np.where(aims.kind == CHECKLIST, sums.denominator.value, value)
    from_below = of_units | of_children | dated
    plan = np.where(below.on_units | of_units, children.plan_of_units[layout.cell], plan)
    return Facing(
        target=Quantity(value, own | from_below),
        source=np.where(own, Source.OWN, np.where(from_below, Source.CHILDREN, Source.NONE)),
        plan=np.where(of_children & ~below.on_units, children.plan_of_children[layout.cell], plan),
        deadline=np.where(dated, children.deadline[layout.cell], aims.deadline),
    )


def _times(
    layout: Layout, sums: Sums, below: Below, children: Children, facing: Facing, goal: Ints
) -> Floats:
    """What is owed holder by holder, where the row is asked neither more nor otherwise than they are."""
    by_units, by_children = children.due_of_units[layout.cell], children.due_of_children[layout.cell]
    of_units = ~below.reports_itself & (goal == sums.target_in.value)
    of_units &= facing.plan == children.plan_of_units[layout.cell]
    of_children = (facing.source == Source.CHILDREN) & (goal == children.target[layout.cell])
    times = np.where(of_children, by_children, np.nan)
    return np.where(of_units & ~np.isnan(by_units), by_units, times)


def _children_target(layout: Layout, sums: Sums, below: Below, children: Children) -> Quantity:
    """What the next level down was given in all: beside the parent's own it shows 加码 or 机动."""
    direct = children.has_target[layout.cell]
    value = np.where(direct, children.target[layout.cell], sums.target_owed.value)
    return Quantity(value, ~below.reports_itself & below.is_sum & (direct | sums.target_owed.present))


def _gap(aims: Aims, sums: Sums, below: Below, has_actual: Bools) -> Ints:
    """What keeps a row from being judged, the first reason found."""
    some = sums.units_in > 0
    short = np.where(below.is_comparable, Gap.BELOW_GATE, Gap.NOT_COMPARABLE)
    gap = np.where(below.is_partial & ~(below.is_comparable & below.is_enough), short, Gap.IN)
    gap = np.where((gap == Gap.IN) & ~has_actual, _no_figure(sums, below), gap)
    gap = np.where(some | (gap == Gap.IN) | below.reports_itself, gap, Gap.NO_REPORT)
    awaits = (sums.waiting > 0) & (sums.units_in + sums.waiting >= below.needed)
    gap = np.where((gap != Gap.IN) & awaits, Gap.WAITING, gap)
    # What is not accepted by its day is late, not unreported; only a claim that waits is 待审.
    is_done = sums.amount.value >= np.maximum(sums.owed, 1)
    claims = (sums.waiting > 0) & (sums.amount.value + sums.waiting >= sums.owed)
    return np.where(aims.kind == MILESTONE, np.where(claims & ~is_done, Gap.WAITING, Gap.IN), gap)


def _no_figure(sums: Sums, below: Below) -> Ints:
    """Why a unit that has, or should have, reported gives no figure."""
    itself, quality = below.reports_itself, sums.quality
    empty = below.is_ratio & sums.denominator.present & (sums.denominator.value == 0)
    gap = np.where(below.is_ratio & ~itself, Gap.NO_PARTS, Gap.NO_REPORT)
    gap = np.where(empty & (sums.units_in > 0), Gap.ZERO_DENOMINATOR, gap)
    gap = np.where(itself & (quality == QUALITIES.index(Quality.MASKED)), Gap.MASKED, gap)
    return np.where(itself & (quality == QUALITIES.index(Quality.QUALITATIVE)), Gap.IN_WORDS, gap)


def _earlier(grid: Grid, layout: Layout, sums: Sums, below: Below, facing: Facing) -> Quantity:
    """The newest accepted actual of this year: what is in and what is carried forward, else an earlier one."""
    latest = grid.measures.accumulation[layout.indicator] == ACCUMULATIONS.index(Accumulation.LATEST)
    # Last year's figure says nothing about this year's target.
    before = sums.last_amount.present & (sums.last_period > 0)
    of_parent = ~below.reports_itself & sums.amount.present & (facing.source != Source.NONE)
    value = np.where(of_parent, sums.amount.value + _carried(sums, below), sums.last_amount.value)
    return Quantity(value, (of_parent | before) & ~latest & ~below.is_ratio)
