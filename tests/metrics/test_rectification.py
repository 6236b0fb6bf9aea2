"""Where items stand: state, deadline, clock, age and the rates (metrics.md 8)."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rectification import (
    AGE_BUCKETS,
    STANDING_COLUMNS,
    ageing,
    closing_rate,
    median_age,
    median_days_to_close,
    on_time_closing_rate,
    standing,
)
from metrics.vocabulary import OPEN_ISSUE_STATES, IssueState

AS_OF = date(2026, 10, 31)
OPENED, DUE = date(2026, 9, 1), date(2026, 10, 15)


def item(number: str = "Z1", opened: date = OPENED, due: date = DUE, **given_: Any) -> dict[str, Any]:
    return {"number": number, "unit": "u", "opened_on": opened, "first_deadline": due} | given_


def event(state: str, day: date, number: str = "Z1", **given_: Any) -> dict[str, Any]:
    return {"number": number, "state": state, "day": day, "deadline": None, "round": 1} | given_


def stand(
    items: list[dict[str, Any]], events: list[dict[str, Any]], as_of: date = AS_OF, soon: int = 7
) -> pd.DataFrame:
    columns = ["id", "number", "state", "day", "deadline", "round"]
    told = pd.DataFrame([{"id": at} | row for at, row in enumerate(events)], columns=columns)
    held = pd.DataFrame(items, columns=list(item()))
    return standing(held, told, as_of, soon)


def one(*events: dict[str, Any], as_of: date = AS_OF, **given_: Any) -> Any:
    return next(stand([item(**given_)], list(events), as_of).itertuples())


def test_an_item_without_an_event_is_to_be_assigned() -> None:
    row = one()
    assert (row.state, row.is_open, row.round, row.is_reopened) == ("assigned", True, 1, False)
    assert row.deadline == DUE


@pytest.mark.parametrize(
    ("as_of", "clock", "days"),
    [
        (date(2026, 10, 7), "in_time", -8),
        (date(2026, 10, 8), "due_soon", -7),
        (date(2026, 10, 15), "due_soon", 0),
        (date(2026, 10, 16), "overdue", 1),
        (date(2026, 10, 31), "overdue", 16),
    ],
)
def test_the_clock(as_of: date, clock: str, days: int) -> None:
    row = one(event("working", OPENED), as_of=as_of)
    assert (row.clock, row.days) == (clock, days)


def test_nothing_ticks_for_what_is_closed_or_withdrawn() -> None:
    for state in ("closed", "withdrawn"):
        row = one(event(state, date(2026, 10, 20)))
        assert not row.is_open
        assert pd.isna(row.clock) and pd.isna(row.days) and pd.isna(row.age) and pd.isna(row.age_bucket)


def test_a_deferred_item_stays_open_and_its_clock_runs() -> None:
    row = one(event("working", OPENED), event("deferred", date(2026, 10, 1)))
    assert (row.state, row.is_open, row.clock) == ("deferred", True, "overdue")


def test_what_happens_after_the_day_is_not_known_on_it() -> None:
    closed = event("closed", date(2026, 11, 2))
    assert one(event("working", OPENED), closed).state == "working"
    assert one(event("working", OPENED), closed, as_of=date(2026, 11, 2)).state == "closed"
    assert stand([item(opened=date(2026, 11, 1))], []).empty


def test_an_extension_moves_the_deadline_and_keeps_the_first_and_the_days_before() -> None:
    moves = (
        event("working", OPENED),
        event("working", date(2026, 10, 20), deadline=date(2026, 11, 15)),
    )
    row = one(*moves)
    assert (row.deadline, row.first_deadline) == (date(2026, 11, 15), DUE)
    assert (row.days_overdue_before, row.clock, row.days) == (5, "in_time", -15)
    before = one(*moves, as_of=date(2026, 10, 19))
    assert (before.deadline, before.days_overdue_before, before.clock) == (DUE, 0, "overdue")
    early = one(event("working", OPENED, deadline=date(2026, 12, 1)))
    assert early.days_overdue_before == 0


def test_events_of_one_day_are_read_in_their_order() -> None:
    day = date(2026, 10, 20)
    assert one(event("verifying", day), event("closed", day)).state == "closed"
    assert one(event("closed", day), event("working", day, round=2)).state == "working"


def test_an_item_that_relapses_goes_on_under_its_number() -> None:
    closed, again = event("closed", date(2026, 10, 10)), event("working", date(2026, 10, 25), round=2)
    row = one(event("working", OPENED), closed, again)
    assert (row.state, row.round, row.is_reopened, row.is_open) == ("working", 2, True, True)
    assert pd.isna(row.closed_on) and pd.isna(row.days_to_close)
    twice = one(closed, again, event("closed", date(2026, 10, 30), round=2))
    assert (twice.closed_on, twice.days_to_close, twice.is_reopened) == (date(2026, 10, 30), 59, True)


@pytest.mark.parametrize(
    ("age", "bucket"),
    [(0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "quarter"), (90, "quarter"), (91, "older")],
)
def test_ages_fall_into_four_buckets(age: int, bucket: str) -> None:
    row = one(opened=AS_OF - timedelta(days=age))
    assert (row.age, row.age_bucket) == (age, bucket)


KINDS = {
    "state": "str",
    "round": "int64",
    "is_open": "bool",
    "deadline": "object",
    "days_overdue_before": "int64",
    "clock": "str",
    "days": "Int64",
    "age": "Int64",
    "age_bucket": "str",
    "closed_on": "object",
    "days_to_close": "Int64",
    "is_reopened": "bool",
}


def test_an_empty_ledger_is_of_the_same_kinds_as_a_full_one() -> None:
    """Days stay whole numbers and days of the calendar stay days, whatever is missing."""
    assert tuple(KINDS) == STANDING_COLUMNS
    for held in (ledger(), stand([], [])):
        assert list(held.columns) == [*item(), *KINDS]
        assert held[list(KINDS)].dtypes.astype("str").to_dict() == KINDS


def test_each_item_is_told_its_own_whatever_rows_are_left_out() -> None:
    """The first item was opened after the day, and the events come in another order than the items."""
    items = [
        item("Z0", opened=date(2026, 11, 5)),
        item("Z1", opened=date(2026, 10, 1), due=date(2026, 10, 20)),
        item("Z2", opened=date(2026, 9, 1), due=date(2026, 9, 30)),
        item("Z3", opened=date(2026, 10, 30), due=date(2026, 12, 1)),
    ]
    events = [
        event("working", date(2026, 10, 10), "Z2", round=2, deadline=date(2026, 11, 4)),
        event("verifying", date(2026, 10, 9), "Z1"),
        event("closed", date(2026, 10, 15), "Z1"),
    ]
    held = stand(items, events)
    columns = ["number", "state", "round", "deadline", "days_overdue_before", "clock", "age_bucket"]
    assert held[columns].fillna("-").apply(tuple, axis=1).to_dict() == {
        1: ("Z1", "closed", 1, date(2026, 10, 20), 0, "-", "-"),
        2: ("Z2", "working", 2, date(2026, 11, 4), 10, "due_soon", "quarter"),
        3: ("Z3", "assigned", 1, date(2026, 12, 1), 0, "in_time", "week"),
    }
    assert held["days_to_close"].dropna().to_dict() == {1: 14}
    assert held["days"].dropna().to_dict() == {2: -4, 3: -31}
    assert held["age"].dropna().to_dict() == {2: 60, 3: 1}
    assert not held["is_reopened"].any()


def ledger() -> pd.DataFrame:
    """Closed in time, closed late, reopened, deferred, withdrawn, and one still open."""
    items = [item(f"Z{n}", opened=OPENED + timedelta(days=n)) for n in range(1, 7)]
    events = [
        event("closed", date(2026, 10, 15), "Z1"),
        event("closed", date(2026, 10, 16), "Z2"),
        event("closed", date(2026, 10, 1), "Z3"),
        event("working", date(2026, 10, 20), "Z3", round=2),
        event("deferred", date(2026, 10, 1), "Z4"),
        event("withdrawn", date(2026, 10, 1), "Z5"),
    ]
    return stand(items, events)


def test_the_closing_rate_divides_by_all_but_the_withdrawn() -> None:
    held = ledger()
    assert closing_rate(held) == 2 / 5
    assert closing_rate(held, opened_to=date(2026, 9, 2)) == 1.0
    assert closing_rate(held, opened_from=date(2026, 9, 4)) == 0.0
    assert closing_rate(held, date(2026, 9, 3), date(2026, 9, 4)) == 0.5
    assert closing_rate(held, opened_from=date(2026, 9, 3)) == 1 / 4
    assert closing_rate(held, opened_from=date(2026, 10, 1)) is None
    assert closing_rate(held.iloc[:0]) is None


def test_on_time_means_by_the_first_deadline_and_for_good() -> None:
    assert on_time_closing_rate(ledger(), AS_OF) == 1 / 5
    assert on_time_closing_rate(ledger(), DUE) == 1 / 5
    assert on_time_closing_rate(ledger(), date(2026, 10, 14)) is None


def test_medians_and_ages_of_the_ledger() -> None:
    held = ledger()
    assert ageing(held) == {"week": 0, "month": 0, "quarter": 3, "older": 0}
    assert median_age(held) == 56.0
    assert median_days_to_close(held) == 43.0
    empty = held.iloc[:0]
    assert (median_age(empty), median_days_to_close(empty)) == (None, None)
    assert ageing(empty) == dict.fromkeys(AGE_BUCKETS, 0)


def test_events_of_items_that_are_not_there_are_passed_over() -> None:
    other = event("working", date(2026, 10, 20), "Z9", deadline=date(2026, 12, 1))
    assert one(other).deadline == DUE


def test_an_empty_ledger_stands() -> None:
    assert stand([], []).empty


@given(st.lists(st.tuples(st.sampled_from(IssueState), st.integers(0, 120)), max_size=6), st.integers(0, 120))
def test_open_overdue_and_due_soon_hold_together(moves: list[tuple[IssueState, int]], after: int) -> None:
    as_of = OPENED + timedelta(days=after)
    events = [event(state, OPENED + timedelta(days=n)) for state, n in moves]
    row = one(*events, as_of=as_of)
    assert row.is_open == (row.state in OPEN_ISSUE_STATES)
    assert row.is_open == isinstance(row.clock, str)
    if row.is_open:
        assert (row.clock == "overdue") == (row.deadline < as_of)
        assert row.days == (as_of - row.deadline).days
    assert pd.notna(row.closed_on) == (row.state == "closed")
