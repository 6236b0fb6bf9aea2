"""The rules in force on each indicator's data day, one number a row, so that they meet arrays as arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from metrics.columns import Bools, Floats, Ints
from metrics.grid import Grid
from metrics.rules import Rules, rules_in_force


@dataclass(frozen=True)
class Thresholds:
    """Thresholds of each row; a threshold that the rule leaves off is infinite. `rule` points into `rules`."""

    rules: tuple[Rules, ...]
    rule: Ints
    behind_gap: Floats
    far_gap: Floats
    step_behind: Floats
    step_far: Floats
    slope_behind: Floats
    slope_far: Floats
    slope_gap: Floats
    keep_margin: Floats
    about_tolerance: Floats
    over_mark: Floats
    gate: Floats


def thresholds(grid: Grid, indicator: Ints) -> Thresholds:
    """The thresholds of rows with these indicators."""
    days, of_indicator = np.unique(grid.measures.valid_on, return_inverse=True)
    start = date(grid.board.year - 1, 12, 31)
    rules = tuple(rules_in_force(grid.board.rules, start + timedelta(days=int(day))) for day in days)
    rule: Ints = of_indicator[indicator]

    def each(read: Callable[[Rules], float | None]) -> Floats:
        found = [read(one) for one in rules]
        return np.array([np.inf if value is None else value for value in found], dtype=np.float64)[rule]

    return Thresholds(
        rules=rules,
        rule=rule,
        behind_gap=each(lambda one: one.behind_gap),
        far_gap=each(lambda one: one.far_gap),
        step_behind=each(lambda one: one.step_behind_days),
        step_far=each(lambda one: one.step_far_days),
        slope_behind=each(lambda one: one.slope_behind_days),
        slope_far=each(lambda one: one.slope_far_days),
        slope_gap=each(lambda one: one.slope_days_gap),
        keep_margin=each(lambda one: one.keep_far_margin),
        about_tolerance=each(lambda one: one.about_tolerance),
        over_mark=each(lambda one: one.over_mark),
        gate=each(lambda one: one.reporting_gate),
    )


def is_past(days: Ints, from_days: Floats) -> Bools:
    """Whether a count of days has reached a threshold that may be off."""
    return days >= from_days
