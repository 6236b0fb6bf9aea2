"""Rectification items: every fate there is, moves that the rules allow, evidence before closing."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from data_access.records import IssueEventRecord, IssueRecord
from demo.batch import Batch
from demo.county import AS_OF
from demo.rectification_kinds import TEMPLATES
from metrics.vocabulary import IssueState

A, W, V, C = IssueState.ASSIGNED, IssueState.WORKING, IssueState.VERIFYING, IssueState.CLOSED
R, D, X = IssueState.RETURNED, IssueState.DEFERRED, IssueState.WITHDRAWN
# metrics.md 8: from where one may go where. An extension stays in 整改中, a relapse leads back to it.
MOVES = {A: {W, D, X}, W: {W, V, D, X}, V: {C, R, D, X}, R: {W, D, X}, D: {W}, C: {W}, X: set()}
SOURCES = {
    "上级考核反馈",
    "巡视巡察",
    "审计",
    "纪检通报",
    "督查发现",
    "领导批示",
    "会议交办",
    "信访举报",
    "自查",
    "指标滞后",
}


@pytest.fixture(scope="module")
def issues(entered: list[Batch]) -> dict[str, IssueRecord]:
    return {r.number: r for batch in entered for r in batch.records if isinstance(r, IssueRecord)}


@pytest.fixture(scope="module")
def history(entered: list[Batch]) -> dict[str, list[IssueEventRecord]]:
    found: dict[str, list[IssueEventRecord]] = defaultdict(list)
    for batch in entered:
        for record in batch.records:
            if isinstance(record, IssueEventRecord):
                found[record.number].append(record)
    return dict(found)


def test_there_are_items_of_every_source_and_class(issues: dict[str, IssueRecord]) -> None:
    assert len(issues) >= 120
    assert {issue.source for issue in issues.values()} == SOURCES
    assert {issue.problem_class for issue in issues.values()} >= {
        "实际与资料不符",
        "资料不全",
        "收入不合理",
        "前后不对应",
        "管理不规范",
        "质量不达标",
        "工程进度慢",
    }
    assert all(issue.responsible and issue.department for issue in issues.values())
    assert all("{" not in issue.title + issue.detail for issue in issues.values())
    assert {template.problem_class for template in TEMPLATES} <= {i.problem_class for i in issues.values()}


def test_every_fate_occurs(history: dict[str, list[IssueEventRecord]]) -> None:
    last = Counter(events[-1].state for events in history.values())
    assert set(last) == set(IssueState)
    assert last[X] == 1
    assert [events for events in history.values() if events[-1].round == 2]
    assert 40 <= sum(n for state, n in last.items() if state not in (C, X)) <= 60


def test_items_move_as_the_rules_allow(history: dict[str, list[IssueEventRecord]]) -> None:
    for number, events in history.items():
        assert events[0].state is A
        for before, after in pairwise(events):
            assert after.state in MOVES[before.state], number
            assert before.day <= after.day, number
            assert after.round == before.round + (before.state is C), number


def test_nobody_closes_what_they_mended(history: dict[str, list[IssueEventRecord]]) -> None:
    for events in history.values():
        for before, after in pairwise(events):
            if after.state is C:
                assert after.evidence and before.evidence
                assert after.actor != before.actor
                assert after.actor_unit != before.actor_unit


def test_nothing_happens_after_the_default_day_or_before_it_was_opened(
    issues: dict[str, IssueRecord], history: dict[str, list[IssueEventRecord]]
) -> None:
    assert set(issues) == set(history)
    for number, events in history.items():
        assert events[0].day == issues[number].opened_on
        assert events[-1].day <= AS_OF
        assert issues[number].first_deadline > issues[number].opened_on


def test_some_are_due_this_week_and_some_long_overdue(
    issues: dict[str, IssueRecord], history: dict[str, list[IssueEventRecord]]
) -> None:
    due = []
    for number, events in history.items():
        if events[-1].state not in (C, X):
            moved = [event.deadline for event in events if event.deadline is not None]
            due.append((moved[-1] if moved else issues[number].first_deadline) - AS_OF)
    days = [left.days for left in due]
    assert 5 <= sum(0 <= left <= 7 for left in days) <= 12
    assert 8 <= sum(left < 0 for left in days) <= 20
    assert min(days) < -30


def test_items_are_entered_on_the_friday_after(entered: list[Batch]) -> None:
    for batch in entered:
        for record in batch.records:
            if isinstance(record, IssueEventRecord):
                day: date = batch.recorded_at.date()
                assert day.weekday() == 4
                assert 0 <= (day - record.day).days <= 6
