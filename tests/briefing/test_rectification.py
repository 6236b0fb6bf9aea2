"""The ledger: every figure at its head is the length of the list it opens."""

from datetime import timedelta

import pytest

from briefing.load import Briefing
from briefing.rectification import ALL, OPEN, chosen, ledger
from metrics.vocabulary import OPEN_ISSUE_STATES, Clock, IssueState
from tests.views import OCTOBER


def test_cards_count_their_lists(october: Briefing) -> None:
    issues = october.issues
    counted = ledger(issues)
    rows = list(issues.itertuples())
    is_open = [row for row in rows if row.state in OPEN_ISSUE_STATES]
    assert counted.open == len(is_open) == len(chosen(issues, show=OPEN))
    overdue = [row for row in is_open if row.deadline < OCTOBER]
    assert counted.overdue == len(overdue) == len(chosen(issues, show=Clock.OVERDUE))
    last = OCTOBER + timedelta(days=october.rules.due_soon_days)
    due_soon = [row for row in is_open if OCTOBER <= row.deadline <= last]
    assert counted.due_soon == len(due_soon) == len(chosen(issues, show=Clock.DUE_SOON))
    assert counted.deferred == sum(row.state == IssueState.DEFERRED for row in rows)
    assert sum(count for _, count in counted.ages) == counted.open
    assert len(chosen(issues, show=ALL)) == len(rows)


def test_the_closing_rate_leaves_the_withdrawn_out(october: Briefing) -> None:
    states = list(october.issues["state"])
    closed = states.count(IssueState.CLOSED)
    assert ledger(october.issues).closing_rate == pytest.approx(
        closed / (len(states) - states.count(IssueState.WITHDRAWN))
    )


def test_a_township_s_items_are_its_own_and_its_villages(october: Briefing) -> None:
    units = october.issues["unit"]
    for code in sorted(set(units.str[:9]))[:4]:
        listed = chosen(october.issues, show=ALL, unit=code)
        assert set(listed["number"]) == {
            row.number for row in october.issues.itertuples() if row.unit[:9] == code
        }


def test_sources_and_ages_part_the_ledger(october: Briefing) -> None:
    issues = october.issues
    sources = sorted(set(issues["source"]))
    assert sum(len(chosen(issues, source=source)) for source in sources) == ledger(issues).open
    for bucket, count in ledger(issues).ages:
        assert len(chosen(issues, age=bucket)) == count


def test_the_nearest_deadline_comes_first(october: Briefing) -> None:
    deadlines = list(chosen(october.issues)["deadline"])
    assert deadlines == sorted(deadlines)
