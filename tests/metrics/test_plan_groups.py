"""Parents whose units follow plans of their own: which plan each of them is on, and what it weighs (metrics.md 1)."""

from datetime import date
from typing import Any

import pytest

from metrics.curves import QUARTERS
from tests.metrics.boards import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    cells,
    curve,
    fact,
    indicator,
    rolled,
    target,
    villages,
)
from tests.metrics.test_parents import parent

BELOW = indicator(level_reported="village", is_whole=True)


def test_a_plan_of_its_own_counts_wherever_its_unit_stands_in_the_record() -> None:
    """The first unit of the record is a unit like any other."""
    [own] = villages(1)
    curves = [curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=own)]
    facts = [
        rolled(TOWN, 0, owed=1, came=1, target_in=100, target_owed=100, plan_key=own),
        fact(own, 0, plan_key=own, target_in=100, target_owed=100),
    ]
    for units in ((own, TOWN), (TOWN, own)):
        held = cells(
            [target(own, 100)], facts, units=units, indicators=[BELOW], curves=curves, day=date(YEAR, 7, 31)
        )
        row = at(held, TOWN)
        assert (row.planned, row.curve_shape, row.state) == (0.5, "step", "far_behind")


def test_a_plan_that_weighs_nothing_is_no_part_of_the_mixture() -> None:
    """Steps and slopes mixed are slopes; a village that was asked nothing does not make a slope of steps."""
    one, two = villages(2)
    curves = [
        curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=one),
        curve(QUARTERS.points, indicator="a", unit=two),
    ]
    facts = [
        rolled(TOWN, 25, owed=1, came=1, target_in=100, target_owed=100, plan_key=one),
        rolled(TOWN, 0, owed=1, came=1, target_in=0, target_owed=0, plan_key=two),
    ]
    row = parent(None, *facts, curves=curves, day=date(YEAR, 7, 10))
    assert (row.planned, row.curve_shape) == (0.5, "step")


STEPS = curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=TOWN, name="两步")


@pytest.mark.parametrize(
    ("first", "second", "plan"),
    [
        ({"low": 1}, {"low": 1}, (0.5417, "linear", "按下级计划加权")),
        ({"low": 10}, {"low": 0}, (0.5, "step", "两步")),
        ({"low": 10}, {"low": 50, "no_task": True}, (0.5, "step", "两步")),
    ],
    ids=["one thing each", "asked for nothing", "without the task"],
)
def test_who_was_asked_for_something_weighs_in_the_plan_above(
    first: dict[str, Any], second: dict[str, Any], plan: tuple[float, str, str]
) -> None:
    """One township has a plan of its own, the other follows the county's; the county's target is theirs."""
    assert _above(first, second, [STEPS]) == plan


def test_where_all_follow_one_plan_it_keeps_its_name() -> None:
    shared = [STEPS | {"unit": None}]
    assert _above({"low": 10}, {"low": 30}, shared) == (0.5, "step", "两步")


def _above(first: dict[str, Any], second: dict[str, Any], curves: list[dict[str, Any]]) -> tuple[Any, ...]:
    held = cells(
        [target(unit, **terms) for unit, terms in ((TOWN, first), (OTHER_TOWN, second))],
        [rolled(COUNTY, 0, 2, 2), fact(TOWN, 0), fact(OTHER_TOWN, 0)],
        units=(COUNTY, TOWN, OTHER_TOWN),
        curves=curves,
        day=date(YEAR, 7, 31),
    )
    whole = at(held, COUNTY)
    return round(whole.planned, 4), whole.curve_shape, whole.curve


@pytest.mark.parametrize(
    ("about", "start", "planned"),
    [
        ("a", date(YEAR, 1, 1), [0.2, 0.5]),
        ("b", date(YEAR, 1, 1), [0.5, 0.2]),
        (None, date(YEAR, 1, 1), [0.2, 0.2]),
        ("a", date(YEAR, 6, 30), [0.2, 0.5]),
        ("a", date(YEAR, 7, 1), [0.5, 0.5]),
    ],
    ids=["the first", "the second", "all", "from the day itself", "from the day after"],
)
def test_a_plan_is_that_of_its_indicator_from_its_day_on(
    about: str | None, start: date, planned: list[float]
) -> None:
    held = cells(
        [target(TOWN, 100, "a"), target(TOWN, 100, "b")],
        [fact(TOWN, 0, "a"), fact(TOWN, 0, "b")],
        indicators=[indicator("a"), indicator("b")],
        curves=[curve([("06-30", 0.2), ("12-31", 1.0)], indicator=about, valid_from=start)],
        day=date(YEAR, 6, 30),
    )
    assert list(held["planned"]) == planned
