"""Milestones, checklists and duties: what is due on days rather than by amounts."""

from datetime import date

import pandas as pd
import pytest

from metrics.wording import beside, due_words
from tests.metrics.boards import TOWN, YEAR, cell, curve, fact, indicator, one, rolled, target

HALF_YEAR = date(YEAR, 6, 30)


def milestone(day: date, as_of: date, amount: int | None = None, **given: object) -> object:
    terms = {"kind": "milestone", "deadline": day}
    return one(None, amount, terms, indicator={"is_whole": True}, as_of=as_of, day=None, **given)


@pytest.mark.parametrize(
    ("as_of", "amount", "state", "days"),
    [
        (date(YEAR, 6, 29), None, "not_due", 0),
        (date(YEAR, 6, 29), 1, "done", 0),
        (date(YEAR, 6, 30), None, "slightly_behind", 0),
        (date(YEAR, 7, 1), None, "behind", 1),
        (date(YEAR, 7, 30), None, "behind", 30),
        (date(YEAR, 7, 31), None, "far_behind", 31),
        (date(YEAR, 7, 31), 0, "far_behind", 31),
        (date(YEAR, 9, 30), 1, "done", 0),
        (date(YEAR, 12, 31), None, "unfinished", 184),
        (date(YEAR, 12, 31), 1, "done", 0),
        (date(YEAR + 1, 2, 1), None, "unfinished", 184),
    ],
)
def test_a_milestone_is_late_by_days(as_of: date, amount: int | None, state: str, days: int) -> None:
    row = milestone(HALF_YEAR, as_of, amount)
    assert (row.state, row.days_behind) == (state, days)
    assert row.completion != row.completion
    assert row.data_day == min(as_of, date(YEAR, 12, 31))


@pytest.mark.parametrize(
    ("as_of", "amount", "missing"),
    [
        (date(YEAR, 6, 29), 0, 0),
        (date(YEAR, 6, 29), 1, 0),
        (date(YEAR, 6, 30), None, 1),
        (date(YEAR, 6, 30), 1, 0),
        (date(YEAR, 7, 1), 0, 1),
    ],
)
def test_a_milestone_is_missing_from_its_day_on(as_of: date, amount: int | None, missing: int) -> None:
    assert milestone(HALF_YEAR, as_of, amount).shortfall == missing


def test_of_several_milestones_those_not_reached_are_missing() -> None:
    terms = {"kind": "milestone", "is_whole": True, "level_reported": "village"}
    missing = [
        cell(
            [target(TOWN, None, kind="milestone", deadline=HALF_YEAR)],
            [rolled(TOWN, 2, 5, 5)],
            indicators=[indicator(**terms)],
            as_of=as_of,
            day=None,
        ).shortfall
        for as_of in (date(YEAR, 6, 29), HALF_YEAR, date(YEAR, 7, 1))
    ]
    assert missing == [0, 3, 3]


@pytest.mark.parametrize(
    ("as_of", "deadline", "state"),
    [
        (date(YEAR, 7, 9), HALF_YEAR, "behind"),
        (date(YEAR, 7, 31), date(YEAR, 9, 30), "not_due"),
    ],
)
def test_a_milestone_is_held_against_the_version_of_the_day_looked_at(
    as_of: date, deadline: date, state: str
) -> None:
    """Its fact is of a day: the version of July counts though the last period ended in June."""
    versions = [
        target(TOWN, None, kind="milestone", deadline=HALF_YEAR),
        target(
            TOWN,
            None,
            kind="milestone",
            deadline=date(YEAR, 9, 30),
            valid_from=date(YEAR, 7, 10),
            change="lower",
        ),
    ]
    known = [indicator(kind="milestone", is_whole=True)]
    row = cell(versions, [fact(TOWN, 0)], indicators=known, day=HALF_YEAR, as_of=as_of)
    assert (row.deadline, row.state, row.data_day) == (deadline, state, as_of)


def test_a_milestone_and_a_checklist_need_no_comparator() -> None:
    dated = {"kind": "milestone", "comparator": None, "deadline": HALF_YEAR}
    row = one(None, 1, dated, as_of=HALF_YEAR, day=None, indicator={"is_whole": True})
    assert (row.state, row.why) == ("done", "accepted")
    listed = {"kind": "checklist", "comparator": None}
    marks = {"numerator": 9, "denominator": 15}
    row = one(None, None, listed, indicator={"is_whole": True}, fact=marks, as_of=HALF_YEAR, day=None)
    assert (row.state, row.monthly_need) == ("on_plan", 1.0)


def test_what_a_duty_needs_each_month_is_of_its_whole_year() -> None:
    assert one(12, 4, {"kind": "duty"}, day=HALF_YEAR).monthly_need == pytest.approx(8 / 6)


def test_a_duty_of_nothing_is_no_task() -> None:
    row = one(0, 0, {"kind": "duty"}, day=HALF_YEAR)
    assert (row.state, row.why) == ("no_task", "zero_target")
    assert one(None, 5, {"kind": "duty"}, day=HALF_YEAR).why == "no_target"


def test_a_milestone_with_a_curve_of_its_own_is_unfinished_at_its_deadline() -> None:
    own = [curve([("03-31", 1.0)], "step", indicator="a")]
    deadline = date(YEAR, 9, 30)
    states = {
        day: milestone(deadline, day, curves=own).state
        for day in (date(YEAR, 3, 30), date(YEAR, 4, 30), date(YEAR, 5, 1), date(YEAR, 9, 30))
    }
    assert list(states.values()) == ["not_due", "behind", "far_behind", "unfinished"]


def test_a_milestone_claimed_and_not_yet_accepted_waits() -> None:
    waiting = {"units_waiting": 1}
    assert milestone(HALF_YEAR, date(YEAR, 7, 15), fact=waiting).state == "awaiting"
    assert milestone(HALF_YEAR, date(YEAR, 6, 1), fact=waiting).state == "not_due"


def checklist(met: int | None, items: int | None, **given: object) -> object:
    parts = {"numerator": met, "denominator": items}
    return one(None, None, {"kind": "checklist"}, fact=parts, as_of=date(YEAR, 6, 30), day=None, **given)


def test_a_checklist_is_the_share_of_its_items() -> None:
    row = checklist(6, 15)
    assert (row.completion, row.planned, row.numerator, row.denominator) == (0.4, 0.5, 6, 15)
    assert row.state == "behind"
    assert checklist(7, 15).state == "on_plan"  # short of 7.5 items by less than one
    assert checklist(7, 15).why == "whole_thing"
    assert checklist(15, 15).state == "done"
    assert checklist(None, None).state == "unreported"


def test_items_never_looked_at_are_not_items_missed() -> None:
    parts = {"numerator": 6, "denominator": 15, "quality": "at_least"}
    row = one(None, None, {"kind": "checklist"}, fact=parts, as_of=date(YEAR, 6, 30), day=None)
    assert (row.state, row.why) == ("unquantified", "bound_undecided")


@pytest.mark.parametrize(
    ("times", "done", "day", "due", "completion", "state"),
    [
        (12, 6, HALF_YEAR, 6, 1.0, "on_plan"),
        (12, 5, HALF_YEAR, 6, 5 / 6, "behind"),
        (8, 4, date(YEAR, 7, 31), 4, 1.0, "on_plan"),
        (8, 8, date(YEAR, 7, 31), 4, 2.0, "done"),
        (12, 12, date(YEAR, 12, 31), 12, 1.0, "done"),
        (12, 11, date(YEAR, 12, 31), 12, 11 / 12, "unfinished"),
    ],
)
def test_a_duty_is_done_over_due_so_far(
    times: int, done: int, day: date, due: int, completion: float, state: str
) -> None:
    row = one(times, done, {"kind": "duty"}, day=day)
    assert (row.numerator, row.denominator, row.completion) == (done, due, completion)
    assert row.state == state


def test_days_behind_of_a_duty_follow_the_whole_year() -> None:
    assert one(12, 5, {"kind": "duty"}, day=HALF_YEAR).days_behind == 30


def test_a_duty_that_is_not_behind_has_no_days_behind() -> None:
    """Four times a year: once by the end of March, and the second is not asked before that of June."""
    row = one(4, 1, {"kind": "duty"}, day=date(YEAR, 5, 31))
    assert (row.state, row.gap, row.days_behind) == ("on_plan", 0.0, 0)
    assert one(4, 0, {"kind": "duty"}, day=date(YEAR, 5, 31)).days_behind > 0


def test_a_duty_of_which_nothing_is_due_yet() -> None:
    quarter = [curve([("06-30", 0.0), ("12-31", 1.0)])]
    row = one(2, 0, {"kind": "duty"}, day=date(YEAR, 7, 31), curves=quarter)
    assert (row.state, row.planned) == ("not_due", 0.0)


def test_a_duty_done_before_any_of_it_is_due_is_on_plan() -> None:
    """Four times a year: the first is asked for by the end of March, and what is done before it is no share of it."""
    row = one(4, 1, {"kind": "duty"}, day=date(YEAR, 2, 28))
    assert (row.state, row.numerator, row.denominator, row.shortfall) == ("on_plan", 1, 0, 0)
    assert pd.isna(row.completion) and pd.isna(row.gap) and pd.isna(row.days_behind)
    assert row.monthly_need == pytest.approx(0.3)
    assert one(4, 0, {"kind": "duty"}, day=date(YEAR, 2, 28)).state == "not_due"
    assert one(4, 4, {"kind": "duty"}, day=date(YEAR, 2, 28)).state == "done"
    assert one(1, 1, {"kind": "duty", "comparator": ">"}, day=date(YEAR, 2, 28)).state == "on_plan"


def test_the_first_time_that_is_due_is_asked_for_whole() -> None:
    row = one(12, 0, {"kind": "duty"}, day=date(YEAR, 1, 31))
    assert (row.denominator, row.planned, row.completion) == (1, 1.0, 0.0)


def test_a_qualitative_target_is_shown_with_its_text() -> None:
    row = one(None, 5, {"kind": "qualitative", "text": "明显改善"})
    assert (row.state, row.text, row.light) == ("unquantified", "明显改善", "grey")


def test_of_a_duty_what_is_due_by_now_is_said() -> None:
    row = one(12, 9, {"kind": "duty"}, day=date(YEAR, 10, 31))
    measured = {"scale": 0, "measure": "次", "numerator_name": None}
    assert due_words(row, measured, "zh") == "至今应完成10次"
    assert beside(row, measured, "zh") == ("至今应完成10次",)
    assert due_words(row, measured, "en") == "10 次 due by now"
    some = row._replace(units_in=1, units_owed=2)
    assert due_words(some, measured, "zh") == "至今应完成10次，已完成9次（已报单位）"
    assert due_words(one(12, 9, day=date(YEAR, 10, 31)), measured, "zh") == ""
    silent = one(12, None, {"kind": "duty"}, day=date(YEAR, 10, 31))
    assert due_words(silent, measured, "zh") == ""


def test_a_duty_of_once_a_year_is_done_by_its_one_time() -> None:
    assert one(1, 1, {"kind": "duty"}, day=date(YEAR, 12, 31)).days_behind == 0
    assert one(1, 0, {"kind": "duty"}, day=date(YEAR, 12, 31)).days_behind == 365


def test_a_duty_in_tenths_is_due_in_whole_times() -> None:
    """6.0 of 12.0 are due at half-year, and 5.5 a fortnight before that are 5."""
    row = one(120, 45, {"kind": "duty"}, day=HALF_YEAR, indicator={"scale": 1})
    assert (row.numerator, row.denominator, row.shortfall, row.completion) == (45, 60, 15, 0.75)
    assert one(120, 45, {"kind": "duty"}, day=date(YEAR, 6, 15), indicator={"scale": 1}).denominator == 50
