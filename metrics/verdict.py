"""The one state of each row: the tests of metrics.md 2 in their order, first hit wins."""

from dataclasses import dataclass

import numpy as np

from metrics.basis import Basis, Gap
from metrics.below import Below
from metrics.columns import MISSING, Bools, Floats, Ints, among
from metrics.grid import Measures
from metrics.layout import (
    ABOUT,
    ACCUMULATE,
    CHECKLIST,
    DUTY,
    KEEP,
    LEVEL,
    MILESTONE,
    QUALITATIVE,
    Aims,
    Layout,
)
from metrics.progress import Progress
from metrics.reasons import TESTS
from metrics.sums import QUALITIES, Sums
from metrics.thresholds import Thresholds, is_past
from metrics.vocabulary import Quality, State

CODES = tuple(code for code, _ in TESTS)
_PLACE = {code: place for place, code in enumerate(CODES)}
STATES = tuple(state for _, state in TESTS)

Masks = dict[str, Bools]


@dataclass(frozen=True)
class Case:
    """Everything known of the rows, as one argument of the tests."""

    layout: Layout
    aims: Aims
    sums: Sums
    below: Below
    basis: Basis
    progress: Progress
    limits: Thresholds
    measures: Measures
    stays_done: Bools
    is_stepped: Bools
    is_specific: Bools
    was_planned: Bools


def decide(case: Case) -> Ints:
    """The place in `CODES` of the test that decides each row."""
    masks = _not_set(case) | _not_measured(case) | _at_deadline(case) | _before_deadline(case)
    verdict = np.full(len(case.layout.cell), MISSING)
    for code in reversed(CODES):
        if code in masks:
            np.copyto(verdict, _PLACE[code], where=masks[code])
    return verdict


def is_state(verdict: Ints, *states: State) -> Bools:
    """Where the verdict gives one of the states."""
    return among(verdict, *(place for place, state in enumerate(STATES) if state in states))


def undecided(case: Case, verdict: Ints, upper: Case, other_end: Ints) -> Bools:
    """Where a value given as a bound or a range leaves the state open.

    "70 % or more" is judged only when even 70 % is on plan; "70 % or less" only when 70 % is already the
    worst; a range only when both of its ends (`upper` is the upper one, `other_end` its verdict) say the same. Of
    a target that is a range to keep within, a bound decides only beyond the end that it leads away from.
    """
    quality, sign = case.sums.quality, case.aims.sign
    at_least, at_most, between = (
        case.below.reports_itself & (quality == QUALITIES.index(one))
        for one in (Quality.AT_LEAST, Quality.AT_MOST, Quality.RANGE)
    )
    or_better = (at_least & (sign > 0)) | (at_most & (sign < 0))
    or_worse = (at_least & (sign < 0)) | (at_most & (sign > 0))
    good = is_state(verdict, State.DONE, State.ON_PLAN)
    is_worst = is_state(verdict, State.FAR_BEHIND, State.UNFINISHED) | (verdict == _PLACE["not_kept"])
    two_sided = case.progress.has_upper_end & (case.aims.judged_as == KEEP)
    is_over = case.progress.is_over_range
    is_under = (case.progress.margin < 0) & ~is_over
    of_a_bound = np.where(
        two_sided,
        (at_least & ~is_over) | (at_most & ~is_under),
        (or_better & ~good) | (or_worse & ~is_worst),
    )
    # Both ends may be outside, and what lies between them inside.
    spans_it = two_sided & is_under & upper.progress.is_over_range
    is_open = of_a_bound | (between & ((verdict != other_end) | spans_it))
    return is_open & (case.basis.gap == Gap.IN)


def _not_set(case: Case) -> Masks:
    aims, sums, below, basis = case.aims, case.sums, case.below, case.basis
    has_row = case.layout.target >= 0
    has_target = basis.target.present
    is_scoped = case.measures.scoped
    # Every unit in scope owes a figure once a period is in force, and stands among the facts.
    owes = (sums.fact >= 0) & (sums.owed > 0)
    kind = aims.judged_as
    is_sum = among(kind, ACCUMULATE, DUTY)
    by_amount = has_row & ~among(kind, MILESTONE, CHECKLIST, QUALITATIVE)
    # What a relative target comes to is not known without its base or reference; that it was set is.
    relative = (aims.measured != MISSING) & aims.step.present
    return {
        "no_task_set": aims.no_task,
        "out_of_scope": is_scoped & ~has_row & ~owes & (aims.day >= 0) & ~below.is_reported_above,
        "zero_target": is_sum & has_target & (basis.target.value == 0),
        "reported_above": below.is_reported_above,
        "no_target": ~has_target & ~relative & np.where(has_row, among(kind, ACCUMULATE, LEVEL, DUTY), True),
        "no_bound": by_amount & ((~has_target & ~relative) | (aims.comparator == MISSING)),
        "no_reference": aims.lacks_reference,
        "no_base": ((kind == LEVEL) & has_target & ~aims.base.present) | aims.lacks_base,
        "qualitative_target": kind == QUALITATIVE,
    }


def _not_measured(case: Case) -> Masks:
    aims, basis, progress = case.aims, case.basis, case.progress
    kind, gap = aims.judged_as, basis.gap
    planned = np.where(kind == DUTY, progress.due, progress.planned)
    idle = ~basis.has_actual | ((basis.actual == 0) & (kind != LEVEL))
    # At its own deadline everything is due, whatever the curve still plans.
    runs = among(kind, ACCUMULATE, LEVEL, CHECKLIST, DUTY) & (aims.day < progress.final)
    no_figure = gap != Gap.IN
    early = case.measures.waits | (aims.day < 0)
    masks = {
        "in_words": gap == Gap.IN_WORDS,
        "zero_denominator": gap == Gap.ZERO_DENOMINATOR,
        "nothing_planned": runs & idle & (np.round(planned, 9) == 0),
        "before_day": (kind == MILESTONE) & ~progress.is_started & ~progress.is_reached,
        "reached_earlier": case.stays_done,
        "waiting": gap == Gap.WAITING,
        "not_yet_due": no_figure & early,
    }
    reasons = (Gap.NO_REPORT, Gap.MASKED, Gap.BELOW_GATE, Gap.NOT_COMPARABLE, Gap.NO_PARTS)
    return masks | {reason.name.lower(): gap == reason for reason in reasons}


def _at_deadline(case: Case) -> Masks:
    aims, basis, progress = case.aims, case.basis, case.progress
    is_due = aims.day >= progress.final
    keeps = aims.judged_as == KEEP
    is_milestone = aims.judged_as == MILESTONE
    short = aims.sign * (basis.goal - progress.actual)
    tolerated = np.round(short / np.maximum(np.abs(basis.goal), 1), 9) <= case.limits.about_tolerance
    return {
        "accepted": is_milestone & progress.is_reached,
        "complete": ~is_milestone & progress.is_reached & (is_due | ~keeps),
        "about": is_due & (aims.comparator == ABOUT) & tolerated,
        "deadline_passed": is_due,
    }


def _before_deadline(case: Case) -> Masks:
    """What is left runs, and is neither reached nor at its deadline."""
    progress, limits = case.progress, case.limits
    keeps = case.aims.judged_as == KEEP
    by_days = (case.aims.judged_as == MILESTONE) | case.is_stepped
    margin = limits.keep_margin * case.measures.unit_size
    size = case.measures.unit_size
    whole = case.measures.is_whole | (case.aims.judged_as == CHECKLIST)
    # On a slope a day may be worth next to nothing, so days count only together with a gap.
    slips = progress.gap <= -limits.slope_gap
    days = progress.days
    by_ratio = ~by_days & limits.by_ratio & (progress.planned > 0)
    ratio = _ratio(progress, by_ratio)
    by_gap = ~by_days & (~by_ratio | limits.by_points)
    slopes = ~by_days & slips
    return {
        "kept": keeps & progress.is_reached,
        "beyond_margin": keeps & (np.round(-progress.margin, 9) > margin),
        "not_kept": keeps,
        # Of a duty nothing may be due yet, and some of it done: that is no share of what is due.
        "on_plan": (progress.gap >= 0) | ((case.aims.judged_as == DUTY) & (progress.due == 0)),
        "whole_thing": whole & (np.round(progress.short / size, 9) < 1) & ~np.isnan(progress.gap),
        "far_by_days": by_days & (days > limits.step_far),
        "far_by_ratio": by_ratio & (ratio < limits.far_ratio),
        "far_by_gap": (by_gap & (progress.gap < limits.far_gap)) | (slopes & (days > limits.slope_far)),
        "not_begun": limits.not_begun & _is_not_begun(case),
        "behind_by_days": by_days & is_past(days, limits.step_behind),
        "slightly_by_days": by_days,
        "behind_by_ratio": by_ratio & (ratio <= limits.behind_ratio),
        "behind_by_gap": (by_gap & (progress.gap <= limits.behind_gap))
        | (slopes & is_past(days, limits.slope_behind)),
        "slightly_by_gap": progress.gap < 0,
    }


def _ratio(progress: Progress, by_ratio: Bools) -> Floats:
    """序时完成比: completion ÷ plan where it decides."""
    out = np.full(len(progress.gap), np.nan)
    np.divide(progress.completion, progress.planned, out=out, where=by_ratio)
    return np.round(out, 9)


def _is_not_begun(case: Case) -> Bools:
    """Nothing done though the month has ended in which the plan asked for a beginning."""
    begins = among(case.aims.judged_as, ACCUMULATE, LEVEL, CHECKLIST, DUTY)
    return begins & (case.progress.completion <= 0) & case.was_planned
