"""How far each row is: completion, planned share, gap, days behind, margin, need, shortfall (metrics.md 1)."""

from dataclasses import dataclass, replace

import numpy as np

from metrics.basis import Basis, Gap
from metrics.children import whole_times
from metrics.columns import Bools, Floats, Ints, among
from metrics.curves import day_number, days_in
from metrics.layout import ACCUMULATE, CHECKLIST, DUTY, KEEP, LEVEL, MILESTONE, RANGE, Aims
from metrics.periods import periods_of_year
from metrics.plans import Stack
from metrics.vocabulary import Cadence


@dataclass(frozen=True)
class Progress:
    """One entry a row; NaN where a figure has no meaning. Shares are fractions, quantities smallest units.

    `is_reached`: the actual meets the target as its comparator says. `short`: what the plan of the day
    asks beyond the actual. `days` counts days behind the plan, of a milestone days after its day;
    `final` is the day number from which only done or unfinished is left, `is_started` whether a
    milestone's day has come.
    """

    actual: Floats
    planned: Floats
    completion: Floats
    gap: Floats
    short: Floats
    margin: Floats
    monthly_need: Floats
    due: Floats
    days: Ints
    ahead: Ints
    has_days: Bools
    is_reached: Bools
    has_upper_end: Bools
    is_over_range: Bools
    is_started: Bools
    final: Ints


def settle(aims: Aims, basis: Basis) -> tuple[Basis, Bools]:
    """Let a count that an accepted report brought to its target stay done while the newest is missing."""
    there = basis.earlier
    stays = (basis.gap != Gap.IN) & (aims.judged_as == ACCUMULATE) & basis.target.present & there.present
    stays &= _meets(aims, there.value, basis.target.value)
    settled = replace(
        basis,
        actual=np.where(stays, there.value, basis.actual),
        per=np.where(stays, 1, basis.per),
        goal=np.where(stays, basis.target.value, basis.goal),
        has_actual=basis.has_actual | stays,
        carried=np.where(stays, 0, basis.carried),
    )
    return settled, stays


def measure(
    aims: Aims, basis: Basis, stack: Stack, is_specific: Bools, unit_size: Ints, year: int
) -> Progress:
    """Measure every row. `unit_size` is how many smallest units one whole unit has."""
    actual = np.where(basis.has_actual, basis.actual / basis.per, np.nan)
    share = stack.planned(basis.plan, aims.day)
    due = _due(aims, basis, share, unit_size)
    has_plan = among(aims.judged_as, ACCUMULATE, LEVEL, CHECKLIST, DUTY) & basis.target.present
    planned = np.where(aims.judged_as == DUTY, np.where(due > 0, 1.0, 0.0), share)
    planned = np.where(has_plan & (aims.day >= 0), planned, np.nan)
    completion = _completion(aims, basis, actual, due)
    gap = np.round(completion - planned, 9)
    starts, final = _milestone_days(aims, basis, stack, is_specific, year)
    reached = _reached(aims, basis)
    days, ahead, has_days = _days(aims, basis, stack, completion, gap, starts, reached)
    margin = _margin(aims, basis, actual)
    ranged = (aims.comparator == RANGE) & aims.high.present
    return Progress(
        actual=actual,
        planned=planned,
        completion=completion,
        gap=gap,
        short=_short(aims, basis, actual, due, margin, starts),
        margin=margin,
        monthly_need=_monthly_need(aims, basis, actual, reached, year),
        due=due,
        days=days,
        ahead=ahead,
        has_days=has_days,
        is_reached=reached,
        has_upper_end=ranged,
        is_over_range=ranged & (actual > aims.high.value),
        is_started=aims.day >= starts,
        final=final,
    )


def _meets(aims: Aims, actual: Ints, goal: Ints) -> Bools:
    """Whether whole actuals meet whole goals; strict comparators ask for more than equality."""
    ahead = aims.sign * (actual - goal)
    return np.where(aims.is_strict, ahead > 0, ahead >= 0)


def _reached(aims: Aims, basis: Basis) -> Bools:
    """Exact: integers cross-multiplied. A range to keep has two sides."""
    meets = np.where(
        aims.is_compared, _compares(aims, basis), _meets(aims, basis.actual, basis.goal * basis.per)
    )
    two_sided = (aims.judged_as == KEEP) & (aims.comparator == RANGE) & aims.high.present
    low = basis.actual >= basis.goal * basis.per
    high = basis.actual <= aims.high.value * basis.per
    return basis.has_actual & np.where(two_sided, low & high, meets)


def _compares(aims: Aims, basis: Basis) -> Bools:
    """Against the value of another: that may be a fraction itself, so both are compared to nine decimals."""
    ahead = np.round(aims.sign * (basis.actual / basis.per - aims.exact), 9)
    return np.where(aims.is_strict, ahead > 0, ahead >= 0)


def _due(aims: Aims, basis: Basis, share: Floats, unit_size: Ints) -> Floats:
    """What the plan asks by the day, in smallest units; of a duty the whole times that each holder owes."""
    from_base = (aims.judged_as == LEVEL) & aims.base.present
    base = np.where(from_base, aims.base.value, 0)
    due = base + (basis.goal - base) * share
    times = np.where(np.isnan(basis.times), whole_times(due, unit_size), basis.times)
    return np.where(aims.judged_as == DUTY, times, due)


def _completion(aims: Aims, basis: Basis, actual: Floats, due: Floats) -> Floats:
    kind = aims.judged_as
    base = np.where(kind == LEVEL, aims.base.value, 0).astype(np.float64)
    whole = np.where(kind == DUTY, due, basis.goal - base)
    asked = among(kind, ACCUMULATE, CHECKLIST, DUTY) | ((kind == LEVEL) & aims.base.present)
    out = np.full(len(actual), np.nan)
    done = actual - base
    return np.divide(done, whole, out=out, where=asked & basis.target.present & (whole != 0))


def _milestone_days(
    aims: Aims, basis: Basis, stack: Stack, is_specific: Bools, year: int
) -> tuple[Ints, Ints]:
    """The day a milestone is due and the day after which it is unfinished for good.

    Its day is that of its own curve, and then its deadline is final; without one its day is the deadline
    itself, and the year's end is final: between the two it is late by days.
    """
    planned = stack.first_full_day()[basis.plan]
    is_milestone = aims.judged_as == MILESTONE
    starts = np.where(is_specific, np.minimum(planned, basis.deadline), basis.deadline)
    final = np.where(is_milestone & ~is_specific, days_in(year), basis.deadline)
    return starts, final


def _days(
    aims: Aims, basis: Basis, stack: Stack, completion: Floats, gap: Floats, starts: Ints, reached: Bools
) -> tuple[Ints, Ints, Bools]:
    """Days behind and ahead, and where they mean anything."""
    days, ahead = np.zeros(len(gap), dtype=np.int64), np.zeros(len(gap), dtype=np.int64)
    has = ~np.isnan(gap)
    is_duty = aims.judged_as == DUTY
    # Of a duty the completion is of what is due; the curve is asked with the share of the whole year.
    share = np.where(is_duty & has, basis.actual / np.maximum(basis.goal, 1), completion)
    for out, ask, rows in (
        (days, stack.behind, np.flatnonzero(has & (gap < 0))),
        (ahead, stack.ahead, np.flatnonzero(has & (gap > 0))),
    ):
        out[rows] = ask(basis.plan[rows], aims.day[rows], share[rows])
    late = (aims.judged_as == MILESTONE) & basis.target.present
    days = np.where(late, np.where(reached, 0, np.maximum(aims.day - starts, 0)), days)
    return days, ahead, has | late


def _margin(aims: Aims, basis: Basis, actual: Floats) -> Floats:
    """Of a keep target how far inside the limit, negative outside."""
    goal = np.where(aims.is_compared, aims.exact, basis.goal)
    margin = np.round(aims.sign * (actual - goal), 9)
    two_sided = (aims.comparator == RANGE) & aims.high.present
    margin = np.where(two_sided, np.minimum(actual - basis.goal, aims.high.value - actual), margin)
    return np.where((aims.judged_as == KEEP) & basis.target.present, margin, np.nan)


def _short(aims: Aims, basis: Basis, actual: Floats, due: Floats, margin: Floats, starts: Ints) -> Floats:
    is_milestone = aims.judged_as == MILESTONE
    short = np.where(aims.judged_as == KEEP, -margin, aims.sign * (due - actual))
    missing = np.where(aims.day >= starts, basis.target.value - basis.actual, 0)
    short = np.where(is_milestone, missing, short)
    return np.where(basis.target.present, np.maximum(short, 0.0), np.nan)


def _monthly_need(aims: Aims, basis: Basis, actual: Floats, reached: Bools, year: int) -> Floats:
    """What each whole month left before the deadline has to bring; NaN where none is left or needed."""
    ends = np.array([day_number(year, day) for day in periods_of_year(Cadence.MONTH, year)])
    month = np.searchsorted(ends, np.maximum(aims.day, 0), side="left") + 1
    month = np.where(aims.day <= 0, 0, month)
    left = np.searchsorted(ends, basis.deadline, side="right") - month
    missing = basis.target.value - actual - basis.carried
    # Units that are in may have done all of theirs while the whole still lacks some.
    lacks = ~reached | ((basis.goal != basis.target.value) & (missing > 0))
    asked = among(aims.judged_as, ACCUMULATE, LEVEL, CHECKLIST, DUTY) & lacks & (left > 0)
    out = np.full(len(actual), np.nan)
    return np.divide(missing, left, out=out, where=asked & basis.target.present)
