"""Rule documents: the thresholds that a county sets, and the defaults shipped where it has set none.

Source: metrics.md 2 (thresholds) and 4 (lagging, ranks, attention). A document is complete or refused:
a threshold that it leaves out would otherwise be filled in without anyone having decided it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd


class RulesError(ValueError):
    """A rule document that cannot be used; the text lists every fault with its place in the document."""


@dataclass(frozen=True)
class Rules:
    """The rules in force on a day. Gaps are fractions of the target (-0.10 is ten points behind)."""

    number: str
    title: str
    is_default: bool
    behind_gap: float
    far_gap: float
    step_behind_days: int
    step_far_days: int
    slope_behind_days: int | None
    slope_far_days: int | None
    slope_days_gap: float
    keep_far_margin: float | None
    about_tolerance: float
    over_mark: float
    reporting_gate: float
    lagging_far_on_key: bool
    lagging_share: Fraction
    lagging_count: int
    lagging_run: int
    lagging_overdue_days: int
    attention_order: tuple[str, ...]
    attention_limit: int
    due_soon_days: int
    relapse_days: int
    minimum_n: int


ATTENTION_CLASSES = ("far_on_key", "far", "overdue", "behind")

# Points are percentage points. behind: -30 <= g <= -10; far: g < -30; steps: 1 to 30 days, over 30.
DEFAULT_CONTENT: dict[str, Any] = {
    "gap_points": {"behind": -10, "far_behind": -30},
    "step_days": {"behind_from": 1, "far_behind_over": 30},
    "slope_days": {"behind_from": None, "far_behind_over": None, "with_gap_points": 1},
    "keep": {"far_behind_beyond": None},
    "about_tolerance_percent": 5,
    "over_mark_percent": 150,
    "reporting_gate_percent": 80,
    "lagging": {"far_on_key": True, "share": "1/3", "count": 2, "periods_running": 3, "overdue_days": 30},
    "attention": {"order": list(ATTENTION_CLASSES), "limit": 5},
    "due_soon_days": 7,
    "relapse_days": 60,
    "minimum_n": 20,
}

Problems = list[str]


def parse_rules(
    number: str, title: str, content: Mapping[str, Any] | str, *, is_default: bool = False
) -> Rules:
    """The rules of a document; RulesError names every missing, unknown or impossible entry."""
    held = json.loads(content) if isinstance(content, str) else content
    problems = _compare(held, DEFAULT_CONTENT, "") or _impossible(held)
    if problems:
        raise RulesError(f"{number}: " + "; ".join(problems))
    return Rules(
        number=number,
        title=title,
        is_default=is_default,
        behind_gap=held["gap_points"]["behind"] / 100,
        far_gap=held["gap_points"]["far_behind"] / 100,
        step_behind_days=held["step_days"]["behind_from"],
        step_far_days=held["step_days"]["far_behind_over"],
        slope_behind_days=held["slope_days"]["behind_from"],
        slope_far_days=held["slope_days"]["far_behind_over"],
        slope_days_gap=held["slope_days"]["with_gap_points"] / 100,
        keep_far_margin=held["keep"]["far_behind_beyond"],
        about_tolerance=held["about_tolerance_percent"] / 100,
        over_mark=held["over_mark_percent"] / 100,
        reporting_gate=held["reporting_gate_percent"] / 100,
        lagging_far_on_key=held["lagging"]["far_on_key"],
        lagging_share=Fraction(held["lagging"]["share"]),
        lagging_count=held["lagging"]["count"],
        lagging_run=held["lagging"]["periods_running"],
        lagging_overdue_days=held["lagging"]["overdue_days"],
        attention_order=tuple(held["attention"]["order"]),
        attention_limit=held["attention"]["limit"],
        due_soon_days=held["due_soon_days"],
        relapse_days=held["relapse_days"],
        minimum_n=held["minimum_n"],
    )


def _compare(held: Any, shape: Any, place: str) -> Problems:
    """Entries that are missing, unknown or of another type than in the shipped document."""
    if isinstance(shape, dict):
        if not isinstance(held, Mapping):
            return [f"{place or 'content'} must be a group of entries"]
        problems = [f"{place}{key} is missing" for key in shape if key not in held]
        problems += [f"{place}{key} is unknown" for key in held if key not in shape]
        for key in shape:
            problems += _compare(held[key], shape[key], f"{place}{key}.") if key in held else []
        return problems
    return [] if _is_like(held, shape) else [f"{place[:-1]} cannot be {held!r}"]


def _is_like(held: Any, shape: Any) -> bool:
    if isinstance(shape, bool | str | list):
        return isinstance(held, type(shape))
    if shape is None and held is None:
        return True
    return isinstance(held, int | float) and not isinstance(held, bool)


def _impossible(held: Mapping[str, Any]) -> Problems:
    """Entries of the right type that no county can mean."""
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        (
            "gap_points: far_behind < behind <= 0",
            lambda: held["gap_points"]["far_behind"] < held["gap_points"]["behind"] <= 0,
        ),
        (
            "step_days: 1 <= behind_from <= far_behind_over",
            lambda: 1 <= held["step_days"]["behind_from"] <= held["step_days"]["far_behind_over"],
        ),
        ("slope_days.with_gap_points: >= 0", lambda: held["slope_days"]["with_gap_points"] >= 0),
        ("about_tolerance_percent: 0 to 100", lambda: 0 <= held["about_tolerance_percent"] <= 100),
        ("over_mark_percent: >= 100", lambda: held["over_mark_percent"] >= 100),
        ("reporting_gate_percent: 0 to 100", lambda: 0 <= held["reporting_gate_percent"] <= 100),
        ("lagging.share: a fraction such as 1/3", lambda: 0 < Fraction(held["lagging"]["share"]) <= 1),
        ("lagging.count: >= 1", lambda: held["lagging"]["count"] >= 1),
        ("lagging.periods_running: >= 1", lambda: held["lagging"]["periods_running"] >= 1),
        (
            f"attention.order: each of {', '.join(ATTENTION_CLASSES)} once",
            lambda: sorted(held["attention"]["order"]) == sorted(ATTENTION_CLASSES),
        ),
        ("attention.limit: >= 1", lambda: held["attention"]["limit"] >= 1),
        ("due_soon_days: >= 0", lambda: held["due_soon_days"] >= 0),
    )
    return [f"must hold {text}" for text, holds in checks if not _holds(holds)]


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (ValueError, ZeroDivisionError, TypeError):
        return False


DEFAULT_RULES = parse_rules("软件默认", "软件自带的默认规则", DEFAULT_CONTENT, is_default=True)


def rules_in_force(documents: pd.DataFrame, day: date) -> Rules:
    """The document with the latest valid_from, then recorded_at, then id, not later than the day.

    `documents` has the columns of `board.RULE_COLUMNS`; without one in force the shipped defaults hold.
    """
    if documents.empty:
        return DEFAULT_RULES
    held = documents[pd.to_datetime(documents["valid_from"]) <= pd.Timestamp(day)]
    if held.empty:
        return DEFAULT_RULES
    last = np.lexsort([held["id"], pd.to_datetime(held["recorded_at"], utc=True), held["valid_from"]])[-1]
    row = held.iloc[int(last)]
    return parse_rules(str(row["number"]), str(row["title"]), row["content"])
