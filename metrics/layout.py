"""The rows of the judgement and what each is asked: one a unit, indicator and target, or one without."""

from dataclasses import dataclass

import numpy as np

from metrics.columns import MISSING, NO_DAY, Bools, Floats, Ints, among, day_numbers, integers, members, true
from metrics.curves import days_in
from metrics.grid import KINDS, MEASURED, Grid
from metrics.references import COMPARED_PLACES, References
from metrics.sums import Quantity
from metrics.targets import Held
from metrics.vocabulary import Comparator, MeasuredFrom

COMPARATORS = tuple(Comparator)

ACCUMULATE, LEVEL, KEEP, MILESTONE, CHECKLIST, DUTY, QUALITATIVE = (KINDS.index(kind) for kind in KINDS)
_DOWNWARD = tuple(COMPARATORS.index(one) for one in (Comparator.AT_MOST, Comparator.LESS_THAN))
_STRICT = tuple(COMPARATORS.index(one) for one in (Comparator.MORE_THAN, Comparator.LESS_THAN))
_EITHER = tuple(COMPARATORS.index(one) for one in (Comparator.RANGE, Comparator.ABOUT))
RANGE, ABOUT = (COMPARATORS.index(one) for one in (Comparator.RANGE, Comparator.ABOUT))

FROM_BASE = MEASURED.index(MeasuredFrom.BASE)


@dataclass(frozen=True)
class Layout:
    """Where each row stands: its cell, unit, indicator and the target's place on the board (or MISSING)."""

    cell: Ints
    unit: Ints
    indicator: Ints
    target: Ints
    is_principal: Bools
    held: Ints


@dataclass(frozen=True)
class Aims:
    """What each row is asked. `kind` is the target's own, `judged_as` what it is judged like.

    `measured` says what it is counted from, `step` the figure as written; `low` and `high` are what comes
    of it, absent while the base or the reference is missing.
    `sign` is 1 where more is better and -1 where less is; `day` the data day, `deadline` a day number.
    """

    kind: Ints
    judged_as: Ints
    comparator: Ints
    sign: Ints
    is_strict: Bools
    low: Quantity
    high: Quantity
    base: Quantity
    measured: Ints
    step: Quantity
    reference: References
    minimum: Quantity
    no_task: Bools
    deadline: Ints
    day: Ints

    @property
    def is_compared(self) -> Bools:
        """Whether a row is set against the value of another: last year's, the county's, an outside one."""
        return among(self.measured, *COMPARED_PLACES)

    @property
    def exact(self) -> Floats:
        """The target of compared rows before rounding; NaN elsewhere."""
        return np.where(self.is_compared, self.reference.value + self.step.value, np.nan)

    @property
    def lacks_base(self) -> Bools:
        """Whether a step is asked over a base that is missing."""
        return (self.measured == FROM_BASE) & self.step.present & ~self.base.present

    @property
    def lacks_reference(self) -> Bools:
        """Whether the value to compare with is not known on the data day."""
        return self.is_compared & self.step.present & np.isnan(self.reference.value) & (self.day >= 0)


def lay_out(grid: Grid, held: Held) -> Layout:
    """Rows in the order of cells, the principal target first; a cell without a target has one row."""
    own = np.flatnonzero(held.cell < grid.cells)
    empty = np.flatnonzero(np.bincount(held.cell[own], minlength=grid.cells) == 0)
    none = np.full(len(empty), MISSING)
    cell = np.concatenate((held.cell[own], empty))
    target = np.concatenate((held.row[own], none))
    principal = np.concatenate((held.is_principal[own], np.ones(len(empty), dtype=bool)))
    place = np.concatenate((own, none))
    if len(empty):
        order = np.argsort(cell, kind="stable")
        cell, target, principal, place = cell[order], target[order], principal[order], place[order]
    width = max(grid.width, 1)
    return Layout(cell, cell // width, cell % width, target, principal, place)


def read_aims(grid: Grid, layout: Layout, reference: References) -> Aims:
    """The terms of each row's target; those of the indicator where a row has none of its own."""
    frame, measures = grid.board.targets, grid.measures
    has = layout.target >= 0
    of_indicator = measures.kind[layout.indicator]
    kind = _from(members(frame["kind"], KINDS), layout, MISSING)
    kind = np.where(has, kind, of_indicator)
    comparator = _from(members(frame["comparator"], COMPARATORS), layout, MISSING)
    lower = measures.lower_is_better[layout.indicator]
    downward = among(comparator, *_DOWNWARD) | ((~has | among(comparator, *_EITHER)) & lower)
    step, high, base = (_quantity(grid, layout, name) for name in ("low", "high", "base"))
    measured = _from(members(frame["measured_from"], MEASURED), layout, MISSING)
    start = _start(measured, base, reference)
    low, high = _over(step, start), _over(high, start)
    # A ceiling may have been written in the column of the upper bound.
    in_high = downward & ~low.present & high.present & (comparator != RANGE)
    low = Quantity(np.where(in_high, high.value, low.value), low.present | in_high)
    sign = np.where(downward, -1, 1)
    last = days_in(grid.board.year)
    deadline = _from(day_numbers(frame["deadline"], grid.board.year), layout, last)
    of_a_day = among(kind, MILESTONE, CHECKLIST)
    return Aims(
        kind=kind,
        judged_as=_judged_as(kind, sign, measured, low, base),
        comparator=comparator,
        sign=sign,
        is_strict=among(comparator, *_STRICT),
        low=low,
        high=high,
        base=base,
        measured=measured,
        step=step,
        reference=reference,
        minimum=_quantity(grid, layout, "minimum"),
        no_task=_from(true(frame["no_task"]), layout, 0) > 0,
        deadline=np.where(deadline == NO_DAY, last, deadline),
        day=np.where(of_a_day, max(grid.as_of, MISSING), measures.data_day[layout.indicator]),
    )


def _start(measured: Ints, base: Quantity, reference: References) -> Quantity:
    """What the figure of a target is counted from: nothing, its base, or the value of another."""
    compared = among(measured, *COMPARED_PLACES)
    known = compared & ~np.isnan(reference.value)
    rounded = np.rint(np.where(known, reference.value, 0.0)).astype(np.int64)
    from_base = measured == FROM_BASE
    value = np.where(from_base, base.value, np.where(known, rounded, 0))
    return Quantity(value, np.where(from_base, base.present, known | ~compared))


def _over(step: Quantity, start: Quantity) -> Quantity:
    present = step.present & start.present
    return Quantity(np.where(present, step.value + start.value, 0), present)


def _judged_as(kind: Ints, sign: Ints, measured: Ints, low: Quantity, base: Quantity) -> Ints:
    """A ceiling on a year's sum is a thing to keep; so are a level reached at its base and a comparison."""
    is_ceiling = (kind == ACCUMULATE) & (sign < 0)
    is_past = (kind == LEVEL) & low.present & base.present & (sign * (base.value - low.value) >= 0)
    return np.where(is_ceiling | is_past | among(measured, *COMPARED_PLACES), KEEP, kind)


def _from(values: Ints | Bools, layout: Layout, missing: int) -> Ints:
    """Values of the board's targets laid out by rows."""
    return np.append(values.astype(np.int64), missing)[layout.target]


def _quantity(grid: Grid, layout: Layout, name: str) -> Quantity:
    value, present = integers(grid.board.targets[name])
    return Quantity(_from(value, layout, 0), _from(present, layout, 0) > 0)
