"""What the terms of a target make of it: its direction, its day, its deadline, what it is judged as."""

from datetime import date

import pytest

from tests.metrics.boards import TOWN, YEAR, curve, one, reference

HALF_YEAR = date(YEAR, 6, 30)


def test_what_the_target_says_goes_before_what_its_indicator_likes() -> None:
    """An indicator of which less is better may all the same be asked to reach something."""
    row = one(100, 120, {"comparator": ">="}, indicator={"lower_is_better": True})
    assert (row.state, row.completion) == ("done", 1.2)


def test_a_milestone_set_on_a_count_is_a_fact_of_the_day_looked_at() -> None:
    row = one(
        None,
        0,
        {"kind": "milestone", "deadline": HALF_YEAR},
        indicator={"kind": "accumulate", "is_whole": True},
        day=HALF_YEAR,
        as_of=date(YEAR, 7, 31),
    )
    assert (row.data_day, row.days_behind, row.state) == (date(YEAR, 7, 31), 31, "far_behind")


def test_without_a_deadline_the_year_s_end_is_one() -> None:
    assert one(100, 0, {"deadline": None}).deadline == date(YEAR, 12, 31)


@pytest.mark.parametrize("kind", ["level", "accumulate", "keep"])
def test_what_is_compared_with_another_is_kept_or_not_whatever_its_kind(kind: str) -> None:
    row = one(0, 90, {"kind": kind, "measured_from": "last_year"}, references=[reference(TOWN, 100)])
    assert (row.state, row.why, row.kept) == ("behind", "not_kept", False)


@pytest.mark.parametrize(
    ("high", "state", "why"),
    [(None, "not_due", "nothing_planned"), (5, "unquantified", "bound_undecided")],
)
def test_between_nothing_and_something_is_undecided_before_anything_is_planned(
    high: int | None, state: str, why: str
) -> None:
    """Nothing done where nothing is planned is not due; five done is ahead: 0 to 5 is neither."""
    begins = [curve([("09-30", 0.0), ("12-31", 1.0)])]
    said = {"high": high, "quality": "range"} if high else {}
    row = one(100, 0, day=date(YEAR, 9, 30), curves=begins, fact=said)
    assert (row.state, row.why) == (state, why)


@pytest.mark.parametrize(("amount", "days"), [(5000, 0), (5010, 0), (5030, 1), (5045, 1), (5054, 2)])
def test_days_ahead_are_whole_days(amount: int, days: int) -> None:
    """A day of July is a 31st of a twelfth: 26.9 of 10 000."""
    assert one(10_000, amount, day=HALF_YEAR).days_ahead == days
