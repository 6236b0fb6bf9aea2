"""Of which months a unit owes its increments: not of those before it was there, in scope, or had a task."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from metrics.vocabulary import Level, Quality, TargetChange
from tests.data_access.boards import FEBRUARY, FIRST, JANUARY, MARCH, board, fact
from tests.data_access.county import NORTH, SOUTH, hand_in_now, indicator, moment, put, report, target, unit

BEGIN_OF_MARCH = date(2026, 3, 1)
NAMED = ("重点村",)


def _of_village(county: Engine, code: str = "count", **asked: Any) -> tuple[int, int | None]:
    """Whether the first village is in at the end of March, and its amount."""
    held = fact(board(county, **{"as_of": MARCH, "depth": "villages"} | asked), FIRST, code)
    return int(held["units_in"]), None if not held["units_in"] else int(held["amount"])


def test_a_village_founded_in_mid_year_owes_the_months_since(county: Engine) -> None:
    founded = f"{NORTH}209"
    put(county, unit(founded, Level.VILLAGE, NORTH, valid_from=date(2026, 2, 10)), at=moment(2, 10))
    put(county, target("count", founded, 12, valid_from=date(2026, 2, 10)), at=moment(2, 11))

    def amount() -> tuple[int, Any]:
        held = fact(board(county, as_of=MARCH, depth="villages"), founded)
        return int(held["units_in"]), held["amount"]

    hand_in_now(county, [report("count", founded, FEBRUARY, 2)], at=moment(3, 3))
    hand_in_now(county, [report("count", founded, MARCH, 3)], at=moment(4, 3))
    assert amount() == (1, 5)
    # What it tells of January after all counts, but stands for no month that is owed.
    hand_in_now(county, [report("count", founded, JANUARY, 4)], at=moment(4, 4))
    assert amount() == (1, 9)
    unknown = report("count", founded, MARCH, None, quality=Quality.MASKED, reason="数字有误")
    hand_in_now(county, [unknown], at=moment(4, 5))
    assert amount()[0] == 0


@pytest.mark.parametrize("nothing", [{"no_task": True}, {"low": 0}])
def test_no_increment_is_owed_for_the_months_without_a_task(county: Engine, nothing: dict[str, Any]) -> None:
    put(county, target("count", FIRST, **{"low": None} | nothing), at=moment(1, 5))
    again = {"low": None, "valid_from": FEBRUARY} | nothing
    put(county, target("count", FIRST, **again), at=moment(2, 28))
    since = {"valid_from": BEGIN_OF_MARCH, "change": TargetChange.RAISE}
    put(county, target("count", FIRST, 12, **since), at=moment(3, 1))
    hand_in_now(county, [report("count", FIRST, MARCH, 3)], at=moment(4, 3))
    assert _of_village(county) == (1, 3)
    assert _of_village(county, as_of=date(2026, 4, 30))[0] == 0


@pytest.mark.parametrize("change", [TargetChange.CORRECT, TargetChange.SET])
def test_a_task_that_counts_from_the_start_of_the_year_owes_all_its_months(
    county: Engine, change: TargetChange
) -> None:
    """No task was an error: what is asked since March is planned from January on."""
    put(county, target("count", FIRST, None, no_task=True), at=moment(1, 5))
    again = target("count", FIRST, None, no_task=True, valid_from=date(2026, 2, 1))
    put(county, again, at=moment(2, 1))
    put(county, target("count", FIRST, 12, valid_from=BEGIN_OF_MARCH, change=change), at=moment(3, 1))
    hand_in_now(county, [report("count", FIRST, MARCH, 3)], at=moment(4, 3))
    assert _of_village(county)[0] == 0
    hand_in_now(county, [report("count", FIRST, day, 1) for day in (JANUARY,)], at=moment(4, 4))
    hand_in_now(county, [report("count", FIRST, day, 1) for day in (FEBRUARY,)], at=moment(4, 4))
    assert _of_village(county) == (1, 5)


def test_the_target_that_counts_says_whether_there_was_a_task(county: Engine) -> None:
    put(county, target("count", FIRST, None, no_task=True), at=moment(1, 5))
    other = {"issuer": "市", "is_breakdown": False, "principal": True}
    put(county, target("count", FIRST, 8, **other), at=moment(1, 6))
    hand_in_now(county, [report("count", FIRST, MARCH, 3)], at=moment(4, 3))
    assert _of_village(county)[0] == 0


def test_a_village_owes_no_increment_before_it_came_into_scope(county: Engine) -> None:
    put(county, indicator("key", scope_tag="重点村"), at=moment(1, 6))
    put(county, target("key", FIRST, 12), at=moment(1, 7))
    named = unit(FIRST, Level.VILLAGE, NORTH, tags=NAMED, valid_from=date(2026, 3, 5))
    put(county, named, at=moment(3, 5))
    hand_in_now(county, [report("key", FIRST, MARCH, 3)], at=moment(4, 3))
    assert _of_village(county, "key") == (1, 3)


def test_a_village_that_moved_owes_its_earlier_months_as_before(county: Engine) -> None:
    put(county, target("count", FIRST, 12), at=moment(1, 7))
    put(county, unit(FIRST, Level.VILLAGE, SOUTH, valid_from=date(2026, 3, 5)), at=moment(3, 5))
    hand_in_now(county, [report("count", FIRST, MARCH, 3)], at=moment(4, 3))
    assert _of_village(county)[0] == 0
    assert _of_village(county, root=SOUTH, known_at=moment(4, 4))[0] == 0


def test_an_indicator_that_was_for_some_owes_the_others_nothing_of_that_time(county: Engine) -> None:
    put(county, indicator("wide", scope_tag="重点村"), at=moment(1, 6))
    put(county, indicator("wide", valid_from=BEGIN_OF_MARCH), at=moment(3, 1))
    put(county, target("wide", FIRST, 12, valid_from=BEGIN_OF_MARCH), at=moment(3, 2))
    hand_in_now(county, [report("wide", FIRST, MARCH, 3)], at=moment(4, 3))
    assert _of_village(county, "wide") == (1, 3)
