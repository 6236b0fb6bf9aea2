"""Rule documents: the thresholds that a county sets, and the defaults shipped where it has set none.

Source: metrics.md 2 (thresholds) and 4 (lagging, ranks, attention). What a document holds, and when it is
refused, stands in `metrics.rule_content`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Any

import pandas as pd

from metrics.columns import records
from metrics.limits import Limits, Own, read_limits
from metrics.rule_content import (
    ATTENTION_CLASSES,
    DEFAULT_CONTENT,
    OPTIONAL_CONTENT,
    THRESHOLDS,
    Fault,
    faults_of,
)

__all__ = [
    "ATTENTION_CLASSES",
    "DEFAULT_CONTENT",
    "DEFAULT_RULES",
    "OPTIONAL_CONTENT",
    "Rules",
    "RulesError",
    "document_in_force",
    "parse_rules",
    "read_content",
    "rules_in_force",
]


class RulesError(ValueError):
    """A rule document that cannot be used, with every fault: its place, what is wrong, how to mend it."""

    def __init__(self, number: str, faults: Sequence[Fault]) -> None:
        """The text is for the log; readers are told `faults` in their language."""
        self.faults = tuple(faults)
        super().__init__(f"{number}: " + "; ".join(f"{one.path} {one.said('en')}" for one in faults))


@dataclass(frozen=True)
class Rules:
    """The rules in force on a day. Gaps are fractions of the target (-0.10 is ten points behind).

    `own` are the thresholds by scope; `valid_from` is missing of the shipped rules only. `persistence` 1 and
    the other counts of periods missing: nothing depends on the periods before.
    """

    number: str
    title: str
    is_default: bool
    behind_gap: float
    far_gap: float
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
    valid_from: date | None
    own: Own
    persistence: int
    escalation: int | None
    not_begun: bool
    unexplained_periods: int | None
    peer_groups: tuple[str, ...]

    @property
    def periods_asked(self) -> int:
        """How many periods in a row, the one judged included, the colour of a cell can depend on."""
        return max(self.persistence, self.escalation or 1, self.unexplained_periods or 1)


def parse_rules(
    number: str,
    title: str,
    content: Mapping[str, Any] | str,
    *,
    valid_from: date | None = None,
    is_default: bool = False,
) -> Rules:
    """The rules of a document; RulesError names every missing, unknown or impossible entry."""
    held = read_content(number, content)
    further = OPTIONAL_CONTENT | {key: held[key] for key in OPTIONAL_CONTENT if key in held}
    lagging, attention, clauses = held["lagging"], held["attention"], further["clauses"]
    gap, slope = held["gap_points"], held["slope_days"]
    return Rules(
        number=number,
        title=title,
        is_default=is_default,
        behind_gap=gap["behind"] / 100,
        far_gap=gap["far_behind"] / 100,
        slope_days_gap=slope["with_gap_points"] / 100,
        keep_far_margin=held["keep"]["far_behind_beyond"],
        about_tolerance=held["about_tolerance_percent"] / 100,
        over_mark=held["over_mark_percent"] / 100,
        reporting_gate=held["reporting_gate_percent"] / 100,
        lagging_far_on_key=lagging["far_on_key"],
        lagging_share=Fraction(lagging["share"]),
        lagging_count=lagging["count"],
        lagging_run=lagging["periods_running"],
        lagging_overdue_days=lagging["overdue_days"],
        attention_order=tuple(attention["order"]),
        attention_limit=attention["limit"],
        due_soon_days=held["due_soon_days"],
        relapse_days=held["relapse_days"],
        minimum_n=held["minimum_n"],
        valid_from=valid_from,
        own=read_limits(_general(held), held.get(THRESHOLDS, {})),
        persistence=int(further["persistence"]["periods"]),
        escalation=_periods(further["escalation"]["after_periods"]),
        not_begun=clauses["not_begun"],
        unexplained_periods=_periods(clauses["unexplained_periods"]),
        peer_groups=tuple(further["peer_groups"]),
    )


def read_content(number: str, content: Mapping[str, Any] | str) -> Mapping[str, Any]:
    """The content of a document, read and checked; RulesError names every fault."""
    try:
        held = json.loads(content) if isinstance(content, str) else content
    except json.JSONDecodeError as fault:
        raise RulesError(number, [Fault("content", "unreadable")]) from fault
    faults = faults_of(held)
    if faults:
        raise RulesError(number, faults)
    return held


def _general(held: Mapping[str, Any]) -> Limits:
    """The thresholds for all; what is left off lies where nothing reaches it."""
    gap, step, slope = held["gap_points"], held["step_days"], held["slope_days"]

    def days(name: str) -> float:
        return inf if slope[name] is None else slope[name]

    return Limits(
        behind_gap=gap["behind"] / 100,
        far_gap=gap["far_behind"] / 100,
        step_behind=step["behind_from"],
        step_far=step["far_behind_over"],
        slope_behind=days("behind_from"),
        slope_far=days("far_behind_over"),
    )


def _periods(count: float | None) -> int | None:
    return None if count is None else int(count)


DEFAULT_RULES = parse_rules("软件默认", "软件自带的默认规则", DEFAULT_CONTENT, is_default=True)


def rules_in_force(documents: pd.DataFrame, day: date) -> Rules:
    """The rules of the document in force on a day; without one the shipped defaults hold."""
    row = document_in_force(documents, day)
    if row is None:
        return DEFAULT_RULES
    return _parsed(
        str(row.number), str(row.title), _text_of(row.content), pd.Timestamp(row.valid_from).date()
    )


def document_in_force(documents: pd.DataFrame, day: date) -> Any:
    """The row with the latest valid_from, then recorded_at, then id, not later than the day; None for none.

    `documents` has the columns of `board.RULE_COLUMNS`.
    """
    held = [
        (pd.Timestamp(row.valid_from), pd.to_datetime(row.recorded_at, utc=True), row.id, row)
        for row in records(documents)
    ]
    known = [each for each in held if each[0] <= pd.Timestamp(day)]
    return max(known, key=lambda each: each[:3])[-1] if known else None


def _text_of(content: Any) -> str:
    return content if isinstance(content, str) else json.dumps(content)


@lru_cache(maxsize=64)
def _parsed(number: str, title: str, content: str, valid_from: date) -> Rules:
    """A document is asked for its rules at every cell that is explained: read once."""
    return parse_rules(number, title, content, valid_from=valid_from)
