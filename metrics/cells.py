"""The judged cells as a frame: what each column says.

Quantities (`low`, `high`, `base`, `step`, `minimum`, `lowest`, `target`, `children_target`, `target_in`, `actual`,
`actual_in`, `actual_high`, `last_amount`, `margin`, `monthly_need`, `shortfall`, `reference_value`) are in the
smallest unit of the indicator, the shortfall of a ratio in what its numerator counts; shares are fractions.

| column | meaning |
|---|---|
| unit, indicator | codes |
| target_id, issuer, document, text, force, no_task, comparator, low, high, base, deadline | as issued |
| measured_from, reference, step | what the target is counted from, whose outside figure, and the figure as written |
| reference_value, reference_day, reference_source | the value compared with, its day, who published it |
| minimum, below_minimum, lowest | what the lowest must reach, how many that reported are below it, the lowest value |
| lacking | how many of the denominator still have to count until a percentage reaches its target |
| kind | the target's; the indicator's where there is no target |
| is_principal | the one target of unit and indicator that counts; true for a row without a target |
| target, target_source | effective target and where it comes from: own, children, or missing |
| target_in | where some units are missing: the target of those that are in, over which c, p and g are taken |
| children_target | sum of what the next level down was given: against `target` it shows 加码 or 机动 |
| actual, actual_ratio | the year's actual on the data day; of a ratio rounded, and unrounded as a fraction |
| actual_in | beside `target_in`: the actual of the units that are in; `actual` has the others' last figures too |
| actual_high, actual_text, quality | upper end, words and exactness of the value of a unit that reports itself |
| numerator, denominator | parts of a ratio; items met of items; milestones accepted of all; times done of times due |
| units_met | of a milestone or checklist: how many of the units below have met it |
| at_least | some of the units are missing from the actual, or in it with an earlier figure: 至少 |
| approximate | 约: an inexact value is in it, or an about-target is done within its tolerance |
| completion, planned, gap | c, p and g = c − p; missing for keep targets and milestones |
| days_behind, days_ahead | whole days against the plan; of a milestone not accepted, days after its day |
| margin, kept | of a keep target: how far inside its limit (negative: outside), and whether |
| monthly_need | what each whole month left must bring; negative where the level has to fall |
| shortfall | max(0, planned actual − actual), of a ratio times its denominator; of a keep target how far outside |
| state, light, why | `vocabulary.State`, `vocabulary.Light`, and the test that decided (`words.WHY`) |
| behind_gap, far_gap | the thresholds of 滞后 and 严重滞后 for this cell's gap; missing where no gap decides |
| over | marked for a look: above the rule's limit or above a range |
| doubted | 存疑: an accepted figure in it fails a check |
| units_in, units_owed, units_waiting | reporting units below with an accepted report, owing one, awaiting acceptance |
| data_day | the day judged; missing while no period of the year is in force |
| curve, curve_id, curve_shape | the plan; no id for the one shipped and for weighted ones |
| rule_number | the rule document in force on the data day |
| last_period, last_amount | newest accepted value before, of a unit that has none for the period |
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from metrics.basis import Gap, Source
from metrics.columns import MISSING, Bools, Floats, Ints, among, texts
from metrics.curves import days_in
from metrics.grid import KINDS, Grid
from metrics.layout import ACCUMULATE, CHECKLIST, DUTY, KEEP, LEVEL, MILESTONE, QUALITATIVE
from metrics.parts import lacking, minima, shortfall
from metrics.plans import Shelf
from metrics.sums import QUALITIES, Quantity
from metrics.verdict import CODES, STATES, Case
from metrics.vocabulary import JUDGED_STATES, LIGHT_OF, Light

_WITH_PLAN = (ACCUMULATE, LEVEL, CHECKLIST, DUTY)


def to_frame(grid: Grid, case: Case, verdict: Ints, shelf: Shelf) -> pd.DataFrame:
    """The cells of judged rows, in their order."""
    columns = _identity(grid, case) | _asked(grid, case) | _reported(grid, case)
    columns |= _measured(case) | _judged(grid, case, verdict) | _context(grid, case, shelf)
    columns |= _compared(grid, case) | _below(grid, case)
    return pd.DataFrame(columns, copy=False)


def _identity(grid: Grid, case: Case) -> dict[str, Any]:
    return {
        "unit": _words(grid.units, case.layout.unit),
        "indicator": _words(grid.indicators, case.layout.indicator),
        "is_principal": case.layout.is_principal,
    }


def _asked(grid: Grid, case: Case) -> dict[str, Any]:
    frame, target = grid.board.targets, case.layout.target
    taken = {
        name: _text(frame[name], target) for name in ("issuer", "document", "text", "force", "comparator")
    }
    row_id = frame["id"].astype("Int64").array.take(target, allow_fill=True)
    sources = texts([None, "own", "children"])
    return taken | {
        "target_id": row_id,
        "kind": _words(KINDS, case.aims.kind),
        "low": _whole(case.aims.low),
        "high": _whole(case.aims.high),
        "base": _whole(case.aims.base),
        "no_task": case.aims.no_task,
        "deadline": _days(grid, np.where(case.basis.source == Source.NONE, MISSING, case.basis.deadline)),
        "target": _whole(case.basis.target),
        "target_source": sources.take(case.basis.source),
        "children_target": _whole(case.basis.children_target),
        "target_in": _whole(Quantity(case.basis.goal, case.below.on_units)),
    }


def _compared(grid: Grid, case: Case) -> dict[str, Any]:
    """What relative targets are counted from."""
    frame, held, target = grid.board.targets, grid.board.references, case.layout.target
    reference = case.aims.reference
    days = np.array([*held["day"], None], dtype=object)
    return {
        "measured_from": _text(frame["measured_from"], target),
        "reference": _text(frame["reference"], target),
        "step": _whole(
            Quantity(case.aims.step.value, case.aims.step.present & (case.aims.measured != MISSING))
        ),
        "reference_value": reference.value,
        "reference_day": days[reference.place],
        "reference_source": _text(held["source"], reference.place),
    }


def _below(grid: Grid, case: Case) -> dict[str, Any]:
    """What the parts say besides the value of the whole."""
    found = minima(grid, case)
    return {
        "lacking": _whole(lacking(case)),
        "minimum": _whole(case.aims.minimum),
        "below_minimum": _whole(found.count),
        "lowest": _whole(found.lowest),
    }


def _reported(grid: Grid, case: Case) -> dict[str, Any]:
    sums, basis, below = case.sums, case.basis, case.below
    facts = grid.board.facts
    parts = below.is_ratio | (case.aims.kind == CHECKLIST)
    counted = among(case.aims.kind, MILESTONE, DUTY) & basis.has_actual
    done = np.where(parts, sums.numerator.value, basis.actual)
    asked = np.where(case.aims.kind == DUTY, np.nan_to_num(case.progress.due), basis.target.value).astype(
        np.int64
    )
    total = np.where(parts, sums.denominator.value, asked)
    ratio = np.where(below.is_ratio, case.progress.actual / case.measures.ratio_size, np.nan)
    met = Quantity(sums.amount.value, among(case.aims.kind, MILESTONE, CHECKLIST) & sums.amount.present)
    is_sum_of_some = below.is_partial & ~below.is_ratio & (case.aims.kind != MILESTONE)
    return {
        "actual": _whole(Quantity(_rounded(basis.actual, basis.per) + basis.carried, basis.has_actual)),
        "actual_in": _whole(Quantity(basis.actual, below.on_units & basis.has_actual)),
        "actual_ratio": ratio,
        "actual_high": _whole(sums.high),
        "actual_text": _text(facts["text"], sums.fact),
        "quality": _words(QUALITIES, sums.quality),
        "numerator": _whole(Quantity(done, (parts & sums.numerator.present) | counted)),
        "denominator": _whole(Quantity(total, (parts & sums.denominator.present) | counted)),
        "units_met": _whole(met),
        "at_least": is_sum_of_some & basis.has_actual,
        "doubted": sums.doubted > 0,
        # What is said in words has no number to be in with: its reports are counted as they are.
        "units_in": np.where(case.aims.kind == QUALITATIVE, sums.reported - sums.waiting, sums.units_in),
        "units_owed": sums.owed,
        "units_waiting": sums.waiting,
        "last_period": _days(grid, sums.last_period),
        "last_amount": _whole(sums.last_amount),
    }


def _rounded(actual: Ints, per: Ints) -> Ints:
    """Actuals as whole smallest units, half away from zero."""
    out = actual.copy()
    ratios = np.flatnonzero(per != 1)
    part, whole = actual[ratios], per[ratios]
    out[ratios] = np.sign(part) * ((2 * np.abs(part) + whole) // (2 * whole))
    return out


def _measured(case: Case) -> dict[str, Any]:
    progress, judged = case.progress, (case.basis.gap == Gap.IN) | case.stays_done
    return {
        "completion": _where(judged, progress.completion),
        "planned": progress.planned,
        "gap": _where(judged, progress.gap),
        "days_behind": _whole(Quantity(progress.days, judged & progress.has_days)),
        "days_ahead": _whole(Quantity(progress.ahead, judged & progress.has_days)),
        "margin": _where(judged, progress.margin),
        "monthly_need": progress.monthly_need,
        "shortfall": _where(judged, shortfall(case)),
    }


def _judged(grid: Grid, case: Case, verdict: Ints) -> dict[str, Any]:
    progress = case.progress
    is_judged = np.array([state in JUDGED_STATES for state in STATES])[verdict]
    lights = [LIGHT_OF.get(state, Light.GREY) for state in STATES]
    keeps = is_judged & (case.aims.judged_as == KEEP)
    # A range says itself how much is too much.
    above = np.round(progress.completion, 9) > case.limits.over_mark
    over = np.where(progress.has_upper_end, progress.is_over_range, above)
    about = verdict == CODES.index("about")
    return {
        "state": _words(STATES, verdict),
        "light": _words(lights, verdict),
        "why": _words(CODES, verdict),
        "kept": pd.arrays.BooleanArray(progress.is_reached & keeps, ~keeps),
        "behind_gap": _finite(case.limits.behind_gap, case.limits.by_points),
        "far_gap": _finite(case.limits.far_gap, case.limits.by_points),
        "over": over & is_judged,
        "approximate": (case.sums.inexact > 0)
        | (case.below.is_partial & (case.sums.carried_inexact > 0))
        | case.aims.reference.is_inexact
        | about,
    }


def _context(grid: Grid, case: Case, shelf: Shelf) -> dict[str, Any]:
    kind, plans = case.aims.judged_as, shelf.plans
    follows = among(kind, *_WITH_PLAN) | ((kind == MILESTONE) & case.is_specific)
    plan = np.where(follows & case.basis.target.present, case.basis.plan, MISSING)
    ids = np.array([one.curve_id for one in plans] + [MISSING], dtype=np.int64)[plan]
    numbers = [one.number for one in case.limits.rules]
    return {
        "data_day": _days(grid, case.aims.day),
        "curve": _words([one.name for one in plans], plan),
        "curve_id": _whole(Quantity(ids, ids >= 0)),
        "curve_shape": _words([one.shape for one in plans], plan),
        "rule_number": _words(numbers, case.limits.rule),
    }


def _whole(held: Quantity) -> Any:
    return pd.arrays.IntegerArray(held.value.astype(np.int64), ~held.present)


def _where(present: Bools, value: Floats) -> Floats:
    return np.where(present, value, np.nan)


def _finite(gaps: Floats, decide: Bools) -> Floats:
    return np.where(decide & np.isfinite(gaps), gaps, np.nan)


def _words(words: Iterable[Any], at: Ints) -> Any:
    """Words by their places; missing at MISSING."""
    known = words.array if isinstance(words, pd.Index) else texts(str(one) for one in words)
    return known.take(at, allow_fill=True)


def _text(values: "pd.Series", at: Ints) -> Any:
    return values.astype("str").array.take(at, allow_fill=True)


def _days(grid: Grid, number: Ints) -> Any:
    """Day numbers as dates; missing outside the year."""
    calendar = _calendar(grid.board.year)
    inside = (number >= 0) & (number < len(calendar) - 1)
    return calendar[np.where(inside, number, MISSING)]


@lru_cache(maxsize=16)
def _calendar(year: int) -> Any:
    """Dates by day number, and nothing at the place of MISSING."""
    start = date(year - 1, 12, 31)
    days = [start + timedelta(days=number) for number in range(days_in(year) + 1)]
    return np.array([*days, None], dtype=object)
