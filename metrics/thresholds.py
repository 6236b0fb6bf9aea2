"""The rules in force on each indicator's data day, one number a row, so that they meet arrays as arrays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from metrics.columns import MISSING, Bools, Floats, Ints
from metrics.grid import Grid
from metrics.layout import Layout
from metrics.limits import Limits
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
    behind_ratio: Floats
    far_ratio: Floats
    by_ratio: Bools
    by_points: Bools
    not_begun: Bools
    slope_gap: Floats
    keep_margin: Floats
    about_tolerance: Floats
    over_mark: Floats
    gate: Floats


def thresholds(grid: Grid, layout: Layout) -> Thresholds:
    """The thresholds of each row: those of its indicator, else of its unit, else of all."""
    days, of_indicator = np.unique(grid.measures.valid_on, return_inverse=True)
    start = date(grid.board.year - 1, 12, 31)
    rules = tuple(rules_in_force(grid.board.rules, start + timedelta(days=int(day))) for day in days)
    rule: Ints = of_indicator[layout.indicator]
    limits, place = _limits_of_rows(grid, layout, rules, rule)

    def each(read: Callable[[Rules], float | None]) -> Floats:
        found = [read(one) for one in rules]
        return np.array([np.inf if value is None else value for value in found], dtype=np.float64)[rule]

    def own(name: str) -> Floats:
        return np.array([getattr(one, name) for one in limits], dtype=np.float64)[place]

    return Thresholds(
        rules=rules,
        rule=rule,
        behind_gap=own("behind_gap"),
        far_gap=own("far_gap"),
        step_behind=own("step_behind"),
        step_far=own("step_far"),
        slope_behind=own("slope_behind"),
        slope_far=own("slope_far"),
        behind_ratio=own("behind_ratio"),
        far_ratio=own("far_ratio"),
        by_ratio=own("by_ratio") > 0,
        by_points=own("by_points") > 0,
        not_begun=each(lambda one: one.not_begun) > 0,
        slope_gap=each(lambda one: one.slope_days_gap),
        keep_margin=each(lambda one: one.keep_far_margin),
        about_tolerance=each(lambda one: one.about_tolerance),
        over_mark=each(lambda one: one.over_mark),
        gate=each(lambda one: one.reporting_gate),
    )


def _limits_of_rows(
    grid: Grid, layout: Layout, rules: tuple[Rules, ...], rule: Ints
) -> tuple[list[Limits], Ints]:
    """Every set of thresholds that any row has, and which of them each row has."""
    limits = [one.own.general for one in rules]
    place = rule.copy()
    for number, one in enumerate(rules):
        if not one.own.exceptions:
            continue
        rows = np.flatnonzero(rule == number)
        of_unit = _places(limits, [one.own.of_unit(*unit) for unit in _units(grid)])
        found = [one.own.of_indicator(code) for code in grid.indicators]
        of_indicator = _places(limits, found)
        mine = of_indicator[layout.indicator[rows]]
        place[rows] = np.where(mine >= 0, mine, of_unit[layout.unit[rows]])
    return limits, place


def _units(grid: Grid) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Level, kind and tags of the board's own units."""
    held = grid.board.units
    for level, kind, tags in zip(held["level"], held["kind"], held["tags"], strict=True):
        yield str(level), str(kind), tags


def _places(limits: list[Limits], found: Sequence[Limits | None]) -> Ints:
    """Where each stands among all; what is not there yet is added, MISSING for none."""
    known = {one: at for at, one in enumerate(limits)}
    out = np.full(len(found), MISSING, dtype=np.int64)
    for at, one in enumerate(found):
        if one is None:
            continue
        if one not in known:
            known[one] = len(limits)
            limits.append(one)
        out[at] = known[one]
    return out


def is_past(days: Ints, from_days: Floats) -> Bools:
    """Whether a count of days has reached a threshold that may be off."""
    return days >= from_days
