"""Which units below are in, by units or by the target they hold, and the days a parent takes from them."""

from datetime import date

import pandas as pd
import pytest

from tests.metrics.boards import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    cell,
    cells,
    fact,
    indicator,
    rolled,
    target,
)

COUNTED = indicator(level_reported="village")
HALF_YEAR = date(YEAR, 6, 30)
SHARE = indicator(
    is_ratio=True, measure="%", scale=2, kind="keep", level_reported="village", accumulation="latest"
)


def share(owed: int, came: int, **given: int) -> str:
    parts = {"numerator": 95 * came, "denominator": 100 * came}
    row = cell(
        [target(TOWN, 9000, kind="keep")],
        [rolled(TOWN, None, owed, came, **parts, **given)],
        indicators=[SHARE],
    )
    return str(row.state)


def test_one_unit_that_is_all_there_are_is_enough() -> None:
    assert share(1, 1) == "on_plan"


def test_of_a_share_units_are_counted_whatever_targets_they_hold() -> None:
    assert share(8, 7, target_in=10, target_owed=100) == "on_plan"
    assert share(8, 6, target_in=99, target_owed=100) == "unreported"


@pytest.mark.parametrize("kind", ["accumulate", "duty"])
@pytest.mark.parametrize(("held", "state"), [(79, "unreported"), (80, "on_plan")])
def test_of_an_amount_and_a_duty_the_target_that_is_in_is_weighed(kind: str, held: int, state: str) -> None:
    """Nine of ten units are in, but what counts is how much of the task they have."""
    row = cell(
        [target(TOWN, 100, kind=kind)],
        [rolled(TOWN, 40, 10, 9, target_in=held, target_owed=100)],
        indicators=[indicator(kind=kind, level_reported="village")],
        day=HALF_YEAR,
    )
    assert row.state == state


@pytest.mark.parametrize(("own", "state"), [(100, "on_plan"), (101, "unreported"), (None, "unreported")])
def test_what_is_in_is_weighed_against_the_parents_own_target(own: int | None, state: str) -> None:
    """The units were given 120 in all; of a parent without a target of its own these are its target."""
    row = cell(
        [] if own is None else [target(TOWN, own)],
        [rolled(TOWN, 40, 10, 9, target_in=80, target_owed=120)],
        indicators=[indicator(level_reported="village")],
        day=HALF_YEAR,
    )
    assert row.state == state


def test_who_holds_the_one_thing_that_was_asked_is_enough() -> None:
    row = cell(
        [target(TOWN, 1)],
        [rolled(TOWN, 1, 2, 1, target_in=1, target_owed=1)],
        indicators=[indicator(level_reported="village")],
        day=HALF_YEAR,
    )
    assert (row.state, row.why) == ("done", "complete")


def test_the_day_of_a_checklist_above_is_that_of_those_below() -> None:
    marks = {"numerator": 3, "denominator": 15}
    held = cells(
        [target(TOWN, None, kind="checklist", deadline=HALF_YEAR)],
        [rolled(COUNTY, None, 1, 1, **marks), fact(TOWN, None, **marks)],
        units=(COUNTY, TOWN),
        indicators=[indicator(kind="checklist", is_whole=True)],
        as_of=date(YEAR, 7, 31),
        day=None,
    )
    assert (at(held, COUNTY).deadline, at(held, COUNTY).state) == (HALF_YEAR, "unfinished")


def test_the_day_of_a_parent_is_the_last_of_those_that_have_the_task() -> None:
    """Whoever has no task has no day either, and the first target of the record counts like any other."""
    held = cells(
        [
            target(TOWN, None, kind="milestone", deadline=HALF_YEAR),
            target(OTHER_TOWN, None, kind="milestone", no_task=True),
        ],
        [rolled(COUNTY, 0, 1, 1), fact(TOWN, 0)],
        units=(COUNTY, TOWN, OTHER_TOWN),
        indicators=[indicator(kind="milestone", is_whole=True)],
        as_of=date(YEAR, 7, 31),
        day=None,
    )
    whole = at(held, COUNTY)
    assert (whole.deadline, whole.days_behind, whole.state) == (HALF_YEAR, 31, "far_behind")


@pytest.mark.parametrize(
    ("owed", "done", "waiting", "state"),
    [
        (1, 1, 1, "done"),
        (1, 0, 1, "awaiting"),
        (5, 1, 1, "far_behind"),
        (5, 1, 4, "awaiting"),
        (0, 0, 0, "far_behind"),
    ],
)
def test_milestones_wait_only_where_all_are_claimed_and_not_all_accepted(
    owed: int, done: int, waiting: int, state: str
) -> None:
    """What is not accepted by its day is late: a claim for some of several keeps no light away."""
    row = cell(
        [target(TOWN, None, kind="milestone", deadline=HALF_YEAR)],
        [rolled(TOWN, done, owed, done, units_waiting=waiting)],
        indicators=[indicator(kind="milestone", is_whole=True, level_reported="village")],
        as_of=date(YEAR, 7, 31),
        day=None,
    )
    assert row.state == state


def test_what_the_whole_still_lacks_is_needed_though_those_in_have_done_theirs() -> None:
    facts = rolled(TOWN, 90, owed=10, came=9, target_in=90, target_owed=100)
    row = cell([target(TOWN, 100)], [facts], indicators=[COUNTED])
    assert (row.completion, row.monthly_need) == (1.0, 5.0)
    whole = rolled(TOWN, 90, owed=10, came=10, target_in=90, target_owed=90)
    assert pd.isna(cell([target(TOWN, 90)], [whole], indicators=[COUNTED]).monthly_need)


def test_a_parent_without_a_target_has_the_sum_of_its_children_not_of_the_villages() -> None:
    towns = (TOWN, OTHER_TOWN)
    facts = [rolled(COUNTY, 700, owed=20, came=20, target_in=1000, target_owed=1000)]
    facts += [rolled(town, 350, owed=10, came=10, target_in=500, target_owed=500) for town in towns]
    held = cells(
        [target(town, 400) for town in towns],
        facts,
        units=(COUNTY, *towns),
        indicators=[COUNTED],
    )
    assert at(held, COUNTY).target == 800
    assert at(held, COUNTY).completion == pytest.approx(700 / 800)
