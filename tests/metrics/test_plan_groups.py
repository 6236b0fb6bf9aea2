"""Parents whose units follow plans of their own: which plan each of them is on, and what it weighs (metrics.md 1)."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.curves import QUARTERS
from tests.metrics.boards import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    cell,
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


FEBRUARY = date(YEAR, 2, 28)
DUTY = indicator(level_reported="village", is_whole=True, kind="duty")


def _visits(holders: int, done: int, times: int = 8, came: int | None = None) -> tuple[list[Any], list[Any]]:
    """Villages that owe so many visits a year each, of which so many are in, with what they did in all."""
    named, inside = villages(holders), holders if came is None else came
    facts = [
        rolled(
            TOWN,
            done if not place else 0,
            owed=1,
            came=int(place < inside),
            target_in=times if place < inside else None,
            target_owed=times,
            plan_key=village,
        )
        for place, village in enumerate(named)
    ]
    return [target(village, times, kind="duty") for village in named], facts


@pytest.mark.parametrize("own", [None, 80])
@pytest.mark.parametrize(("came", "due"), [(None, 10), (9, 9)])
def test_each_holder_of_a_duty_owes_whole_times(own: int | None, came: int | None, due: int) -> None:
    """Eight a year are one and a third by the end of February: ten holders owe ten, not thirteen."""
    targets, facts = _visits(10, due, came=came)
    targets += [] if own is None else [target(TOWN, own, kind="duty")]
    row = cell(targets, facts, indicators=[DUTY], day=FEBRUARY)
    assert (row.denominator, row.completion, row.state) == (due, 1.0, "on_plan")
    assert (
        cell(targets, [facts[0] | {"amount": due - 1}, *facts[1:]], indicators=[DUTY], day=FEBRUARY).gap < 0
    )


def test_a_duty_that_asks_a_parent_for_more_follows_the_parents_plan() -> None:
    targets, facts = _visits(10, 10)
    row = cell([*targets, target(TOWN, 90, kind="duty")], facts, indicators=[DUTY], day=FEBRUARY)
    assert row.denominator == 15


def test_of_a_duty_that_only_the_next_level_was_given_each_of_it_owes_whole_times() -> None:
    """Two townships with eight each; their villages have none."""
    facts = [rolled(of, 1, owed=5, came=5) for of in (TOWN, OTHER_TOWN)]
    facts.append(rolled(COUNTY, 2, owed=10, came=10))
    given = [target(of, 8, kind="duty") for of in (TOWN, OTHER_TOWN)]
    held = cells(given, facts, units=(COUNTY, TOWN, OTHER_TOWN), indicators=[DUTY], day=FEBRUARY)
    assert (at(held, COUNTY).denominator, at(held, TOWN).denominator) == (2, 1)


def test_holders_that_are_not_told_apart_owe_what_their_sum_does() -> None:
    facts = [rolled(TOWN, 10, owed=10, came=10, target_in=80, target_owed=80)]
    row = cell([target(TOWN, 80, kind="duty")], facts, indicators=[DUTY], day=FEBRUARY)
    assert row.denominator == 13


def test_while_nobody_is_in_the_plan_is_that_of_all_who_owe() -> None:
    """One of two villages has its own curve: the whole is planned between the two, whether anybody is in or not."""
    one, _ = villages(2)
    curves = [curve([("06-30", 1.0), ("12-31", 1.0)], indicator="a", unit=one)]
    silent = [
        rolled(TOWN, None, owed=1, came=0, target_owed=120, plan_key=one),
        rolled(TOWN, None, owed=1, came=0, target_owed=120),
    ]
    august = date(YEAR, 8, 31)
    row = parent(None, *silent, curves=curves, day=august)
    assert (row.state, row.planned) == ("unreported", pytest.approx((1 + 8 / 12) / 2))
    first = [silent[0] | {"amount": 60, "units_in": 1, "units_targeted": 1, "target_in": 120}, silent[1]]
    assert parent(None, *first, curves=curves, day=august).planned == 1.0


def _county(*facts: Any, targets: list[Any], **given: Any) -> Any:
    held = cells(
        targets,
        list(facts),
        units=(COUNTY, TOWN, OTHER_TOWN),
        indicators=[given.pop("of", BELOW)],
        **{"day": date(YEAR, 3, 31)} | given,
    )
    return at(held, COUNTY)


def test_a_child_without_a_target_stands_on_what_its_units_were_given() -> None:
    """240 of its own and 160 of its villages: the county stands on 400, not on the villages' 320."""
    facts = [rolled(of, 40, owed=2, came=2, target_in=160, target_owed=160) for of in (TOWN, OTHER_TOWN)]
    whole = rolled(COUNTY, 80, owed=4, came=4, target_in=320, target_owed=320)
    row = _county(whole, *facts, targets=[target(TOWN, 240)])
    assert (row.target, row.children_target, row.completion) == (400, 400, 0.2)
    # Where some of its units have none, nobody knows what it was asked.
    part = facts[1] | {"units_targeted": 1, "target_in": 80, "target_owed": 80}
    missing = whole | {"units_targeted": 3, "target_in": 240, "target_owed": 240}
    assert pd.isna(_county(missing, facts[0], part, targets=[target(TOWN, 240)]).target)


def test_the_gate_weighs_what_the_children_were_given_in_all() -> None:
    """Two townships with 100 each, their villages with 160 in all: 135 that are in are 67.5 % and not 84."""
    whole = rolled(COUNTY, 40, owed=4, came=3, target_in=135, target_owed=160)
    below = [rolled(TOWN, 30, owed=2, came=2, target_in=90, target_owed=90)]
    below.append(rolled(OTHER_TOWN, 10, owed=2, came=1, target_in=45, target_owed=70))
    given = [target(of, 100) for of in (TOWN, OTHER_TOWN)]
    assert _county(whole, *below, targets=given).state == "unreported"
    enough = whole | {"target_in": 160, "target_owed": 185}
    assert _county(enough, *below, targets=given).state != "unreported"


def test_of_a_duty_children_with_and_without_a_target_owe_whole_times_together() -> None:
    """One township with sixteen of its own, the other with two villages of eight: two and one each make four."""
    named = villages(2)
    facts = [rolled(TOWN, 2, owed=2, came=2)]
    for of in (OTHER_TOWN, COUNTY):
        facts += [
            rolled(of, 1, owed=1, came=1, target_in=8, target_owed=8, plan_key=village) for village in named
        ]
    facts.append(rolled(COUNTY, 2, owed=2, came=2, units_targeted=0))
    given = [target(TOWN, 16, kind="duty"), *(target(village, 8, kind="duty") for village in named)]
    row = _county(*facts, targets=given, of=DUTY, day=FEBRUARY)
    assert (row.target, row.denominator) == (32, 4)
