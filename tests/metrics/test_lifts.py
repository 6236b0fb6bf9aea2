"""What lifts a cell: the amount found gives the state promised, and one unit less does not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.board import Board
from metrics.curves import Curve
from metrics.judge import judge
from metrics.lifts import ORDER, Lift, Wanted, at_next_period, find_lifts
from metrics.rules import DEFAULT_CONTENT
from metrics.vocabulary import State
from tests.metrics.boards import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    board,
    curve,
    fact,
    indicator,
    rolled,
    rule,
    target,
    villages,
)
from tests.metrics.drawn import curves

FEW = settings(max_examples=15)


def lifts(held: Board, *goals: State, unit: str = TOWN, code: str = "a") -> list[Lift | None]:
    return find_lifts(held, judge(held), [Wanted(unit, code, goal) for goal in goals])


def one(held: Board, goal: State, **of: str) -> Lift | None:
    return lifts(held, goal, **of)[0]


def with_more(held: Board, lift: Lift, less: int = 0) -> Any:
    """The cell judged anew with the amount written into its fact, or with a little less than that."""
    facts = held.facts.copy()
    mine = (facts["unit"] == lift.unit) & (facts["indicator"] == lift.indicator)
    first = facts.index[mine][0]
    column = "numerator" if lift.in_parts else "amount"
    amount = lift.amount - less if lift.amount > 0 else lift.amount + less
    before = facts.at[first, column]
    facts.at[first, column] = (0 if pd.isna(before) else before) + amount
    facts.loc[mine, "units_in"] = facts.loc[mine, "units_owed"]
    return at(judge(replace(held, facts=facts)), lift.unit, lift.indicator)


def assert_exact(held: Board, lift: Lift, goal: State, step: int = 1) -> None:
    given_ = with_more(held, lift)
    assert given_.state == lift.state and ORDER[given_.state] <= ORDER[goal]
    less = with_more(held, lift, step)
    assert ORDER.get(less.state, len(ORDER)) > ORDER[goal]


def plain(actual: int, low: int = 1000, day: date = date(YEAR, 6, 30), **more: Any) -> Board:
    """One township with half the year's work due."""
    of = more.pop("of", {})
    measure = more.pop("indicator", {})
    kind = {"kind": of["kind"]} if "kind" in of else {}
    return board(
        [target(TOWN, low, **of)],
        [fact(TOWN, actual)],
        indicators=[indicator(**(kind | measure))],
        day=day,
        **more,
    )


def test_each_state_has_its_own_amount() -> None:
    """Half is due: 30 points behind at 200 is 滞后, 10 at 400 is 滞后 still, and 500 is on plan."""
    found = lifts(plain(100), State.BEHIND, State.SLIGHTLY_BEHIND, State.ON_PLAN, State.DONE)
    assert [lift and (lift.amount, lift.state) for lift in found] == [
        (100, State.BEHIND),
        (301, State.SLIGHTLY_BEHIND),
        (400, State.ON_PLAN),
        (900, State.DONE),
    ]
    assert found[2] is not None and found[2].share == 0.4


def test_a_strict_comparator_asks_for_one_more() -> None:
    done = one(plain(900, day=date(YEAR, 12, 31), of={"comparator": ">"}), State.DONE)
    assert done is not None and done.amount == 101
    done = one(plain(900, day=date(YEAR, 12, 31)), State.DONE)
    assert done is not None and done.amount == 100


def test_whole_things_are_lifted_by_whole_things() -> None:
    """7 of 15 with half due: short of 7.5 by less than one, on plan; 5 are short of it by two more."""
    lift = one(plain(5, 15, indicator={"is_whole": True}), State.ON_PLAN)
    assert lift is not None and lift.amount == 2
    hundredths = one(plain(500, 1500, indicator={"is_whole": True, "scale": 2}), State.ON_PLAN)
    assert hundredths is not None and hundredths.amount == 200


def test_what_has_to_fall_falls() -> None:
    of = {"kind": "keep", "comparator": "<="}
    latest = {"accumulation": "latest", "lower_is_better": True}
    lift = one(plain(13, 10, of=of, indicator=latest), State.ON_PLAN)
    assert lift is not None and (lift.amount, lift.state) == (-3, State.ON_PLAN)
    strict = one(plain(13, 10, of=of | {"comparator": "<"}, indicator=latest), State.ON_PLAN)
    assert strict is not None and strict.amount == -4


def test_a_count_of_the_year_cannot_fall() -> None:
    of = {"kind": "keep", "comparator": "<="}
    assert one(plain(13, 10, of=of, indicator={"lower_is_better": True}), State.ON_PLAN) is None


def test_a_range_is_entered_from_either_side() -> None:
    of = {"kind": "keep", "comparator": "range", "high": 20}
    latest = {"accumulation": "latest"}
    below, above = (one(plain(has, 10, of=of, indicator=latest), State.ON_PLAN) for has in (7, 26))
    assert below is not None and below.amount == 3
    assert above is not None and above.amount == -6


def test_a_share_is_lifted_by_its_numerator_and_no_further_than_all() -> None:
    measure = {"is_ratio": True, "measure": "%", "scale": 2, "accumulation": "latest", "kind": "keep"}
    held = board(
        [target(TOWN, 9900, kind="keep")],
        [fact(TOWN, None, numerator=970, denominator=1000, units_in=1)],
        indicators=[indicator(**measure)],
    )
    lift = one(held, State.ON_PLAN)
    assert lift is not None and lift.in_parts and (lift.amount, lift.share) == (20, 0.02)
    assert_exact(held, lift, State.ON_PLAN)
    assert one(replace(held, targets=held.targets.assign(low=10001)), State.ON_PLAN) is None


def test_only_done_helps_a_milestone_past_its_day() -> None:
    past = board(
        [target(TOWN, None, kind="milestone", deadline=date(YEAR, 9, 30))],
        [fact(TOWN, None)],
        indicators=[indicator(kind="milestone", accumulation="latest")],
    )
    for goal in (State.SLIGHTLY_BEHIND, State.ON_PLAN, State.DONE):
        lift = one(past, goal)
        assert lift is not None and (lift.amount, lift.state) == (1, State.DONE)


def test_a_milestone_of_many_is_lifted_by_those_that_are_missing() -> None:
    codes = villages(5)
    held = board(
        [target(code, None, kind="milestone", deadline=date(YEAR, 9, 30)) for code in codes],
        [rolled(TOWN, 3, 5, 5)] + [fact(code, int(n < 3)) for n, code in enumerate(codes)],
        units=(TOWN, *codes),
        indicators=[indicator(kind="milestone", accumulation="latest", level_reported="village")],
    )
    lift = one(held, State.ON_PLAN)
    assert lift is not None and (lift.amount, lift.state, lift.share) == (2, State.DONE, 0.4)


def test_a_checklist_is_lifted_by_items() -> None:
    held = board(
        [target(TOWN, None, kind="checklist")],
        [fact(TOWN, 0, numerator=2, denominator=10)],
        indicators=[indicator(kind="checklist", accumulation="latest", is_whole=True)],
        day=date(YEAR, 6, 30),
    )
    lift = one(held, State.ON_PLAN)
    assert lift is not None and lift.in_parts and lift.amount == 3
    assert_exact(held, lift, State.ON_PLAN)


def test_a_parent_without_a_target_is_judged_on_its_children_s() -> None:
    held = board(
        [target(TOWN, 600), target(OTHER_TOWN, 400)],
        [fact(TOWN, 100), fact(OTHER_TOWN, 50), rolled(COUNTY, 150, 2, 2, target_in=1000, target_owed=1000)],
        units=(COUNTY, TOWN, OTHER_TOWN),
        day=date(YEAR, 6, 30),
    )
    lift = one(held, State.ON_PLAN, unit=COUNTY)
    assert lift is not None and lift.amount == 350


def test_an_odd_amount_is_found_as_it_is() -> None:
    """To the smallest unit, whichever way the figure has to go."""
    keep = {"kind": "keep", "comparator": "range", "high": 500}
    latest = {"accumulation": "latest"}
    for actual, amount in ((507, -7), (295, 5)):
        lift = one(plain(actual, 300, of=keep, indicator=latest), State.ON_PLAN)
        assert lift is not None and lift.amount == amount
    for comparator in ("<=", "<"):
        ceiling = {"kind": "keep", "comparator": comparator}
        lift = one(plain(107, 100, of=ceiling, indicator=latest | {"lower_is_better": True}), State.ON_PLAN)
        assert lift is not None and lift.amount == (-7 if comparator == "<=" else -8)


def test_a_ceiling_of_nothing_is_reached_at_nothing() -> None:
    ceiling = {"kind": "keep", "comparator": "<="}
    lift = one(plain(5, 0, of=ceiling, indicator={"accumulation": "latest"}), State.ON_PLAN)
    assert lift is not None and lift.amount == -5


def test_a_share_that_has_to_fall_may_fall_by_all_it_has() -> None:
    held = board(
        [target(TOWN, 1000, kind="keep", comparator="<=")],
        [fact(TOWN, None, numerator=90, denominator=100, units_in=1)],
        indicators=[indicator(is_ratio=True, kind="keep", accumulation="latest", scale=2, measure="%")],
        day=date(YEAR, 6, 30),
    )
    lift = one(held, State.ON_PLAN)
    assert lift is not None and lift.in_parts and lift.amount == -80


def test_what_is_no_whole_thing_is_lifted_by_its_smallest_unit() -> None:
    lift = one(plain(44_999, 100_000, indicator={"scale": 2, "is_whole": False}), State.ON_PLAN)
    assert lift is not None and lift.amount == 5_001


def test_the_share_of_a_level_is_of_the_way_from_its_base() -> None:
    level = {"kind": "level", "base": 600}
    lift = one(plain(700, 1000, of=level, indicator={"accumulation": "latest"}), State.DONE)
    assert lift is not None and (lift.amount, lift.share) == (300, 0.75)
    lift = one(plain(100, 1000), State.DONE)
    assert lift is not None and (lift.amount, lift.share) == (900, 0.9)


def test_the_only_milestone_is_all_of_the_work() -> None:
    held = board(
        [target(TOWN, None, kind="milestone", deadline=date(YEAR, 9, 30))],
        [fact(TOWN, 0)],
        indicators=[indicator(kind="milestone", accumulation="latest")],
    )
    lift = one(held, State.DONE)
    assert lift is not None and (lift.amount, lift.share) == (1, 1.0)


def test_whoever_is_silent_stays_silent() -> None:
    """Nine of ten reported: the amount is found over those that are in, as the state is."""
    held = board(
        [target(COUNTY, 1000)],
        [rolled(COUNTY, 100, 10, 9, target_in=800, target_owed=1000)],
        units=(COUNTY,),
        day=date(YEAR, 6, 30),
    )
    before = at(judge(held), COUNTY, "a")
    assert (before.state, before.target_in, before.units_in) == ("far_behind", 800, 9)
    lift = one(held, State.ON_PLAN, unit=COUNTY)
    # Half of the 800 is due; over all 1,000 it would be 100 more.
    assert lift is not None and lift.amount == 300


def test_what_is_not_judged_or_good_enough_already_has_no_lift() -> None:
    assert one(plain(600), State.ON_PLAN) is None
    assert one(plain(100), State.UNFINISHED) is None
    silent = board([target(TOWN, 100)], [fact(TOWN, None)])
    assert one(silent, State.ON_PLAN) is None
    assert one(plain(100), State.ON_PLAN, unit=OTHER_TOWN) is None
    assert find_lifts(plain(100), judge(plain(100)), []) == []


def test_a_figure_that_nobody_owes_is_no_amount_away() -> None:
    held = board(
        [target(TOWN, None, kind="milestone", deadline=date(YEAR, 9, 30))],
        [],
        indicators=[indicator(kind="milestone", accumulation="latest")],
    )
    assert at(judge(held), TOWN).state in ORDER
    assert one(held, State.DONE) is None


def test_by_the_end_of_the_next_period_more_is_asked() -> None:
    held = plain(100)
    following = at_next_period(held)
    assert following.data_days == {"a": date(YEAR, 7, 31)} and following.as_of == date(YEAR, 7, 31)
    lift = one(following, State.ON_PLAN)
    assert lift is not None and lift.amount == 484, "7/12 of 1000 is 583.3"
    assert at_next_period(plain(100, day=date(YEAR, 12, 31))).data_days == {"a": None}
    last = at_next_period(plain(100, as_of=date(YEAR, 12, 31), not_yet_due=frozenset("a")))
    assert (last.as_of, last.not_yet_due) == (date(YEAR, 12, 31), frozenset())
    quarterly = at_next_period(plain(100, indicator={"cadence": "quarter"}))
    assert quarterly.data_days == {"a": date(YEAR, 9, 30)}


def test_a_rule_of_the_county_is_honoured() -> None:
    strict = {**DEFAULT_CONTENT, "gap_points": {"behind": -2, "far_behind": -5}}
    held = plain(100, rules=[rule(strict)])
    assert [lift and lift.amount for lift in lifts(held, State.BEHIND, State.SLIGHTLY_BEHIND)] == [350, 381]


AMOUNTS = st.integers(0, 3000)


@FEW
@given(
    curves(),
    AMOUNTS,
    st.integers(1, 3000),
    st.sampled_from([State.BEHIND, State.SLIGHTLY_BEHIND, State.ON_PLAN, State.DONE]),
    st.sampled_from([">=", ">", "about"]),
    st.booleans(),
    st.integers(1, 12).map(lambda month: date(YEAR, month, 28)),
)
def test_the_amount_keeps_its_promise_and_one_less_does_not(
    drawn: Curve, actual: int, low: int, goal: State, comparator: str, is_whole: bool, day: date
) -> None:
    held = plain(
        actual,
        low,
        day=day,
        of={"comparator": comparator},
        indicator={"is_whole": is_whole},
        curves=[curve(drawn.points, drawn.shape)],
    )
    before = at(judge(held), TOWN)
    lift = one(held, goal)
    assume(before.state in ORDER and ORDER[before.state] > ORDER[goal])
    assert lift is not None and lift.amount > 0
    assert_exact(held, lift, goal)


@FEW
@given(curves(), st.integers(0, 9000), st.integers(100, 9000), st.integers(1, 9000), st.booleans())
def test_a_level_keeps_its_promise_up_and_down(
    drawn: Curve, actual: int, lower: int, way: int, is_down: bool
) -> None:
    base, low = (lower + way, lower) if is_down else (lower, lower + way)
    held = plain(
        actual,
        low,
        of={"kind": "level", "base": base, "comparator": "<=" if is_down else ">="},
        indicator={"accumulation": "latest", "lower_is_better": is_down},
        curves=[curve(drawn.points, drawn.shape)],
    )
    before = at(judge(held), TOWN)
    # Many a level drawn is on its plan already: thrown away, they would be too many for Hypothesis.
    if ORDER.get(before.state, 0) <= ORDER[State.ON_PLAN]:
        return
    lift = one(held, State.ON_PLAN)
    assert lift is not None and (lift.amount < 0) == is_down
    assert_exact(held, lift, State.ON_PLAN)


@pytest.mark.parametrize("size", [10**3, 10**7, 10**12])
def test_money_in_cents_is_found_to_the_cent(size: int) -> None:
    held = plain(0 * size + 1, 7 * size + 1)
    lift = one(held, State.ON_PLAN)
    assert lift is not None
    assert_exact(held, lift, State.ON_PLAN)
