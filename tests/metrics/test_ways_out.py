"""The way off the list: what it names is done, the unit is judged anew, and no reason is left."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.board import Board
from metrics.judge import judge
from metrics.lagging import Flag, Reason, lagging_units
from metrics.lifts import Lift, Wanted, find_lifts
from metrics.rules import DEFAULT_RULES
from metrics.vocabulary import State
from metrics.ways_out import WayOut, way_out
from tests.metrics.boards import TOWN, YEAR, board, fact, indicator, target

JUNE = date(YEAR, 6, 30)
NO_ISSUES = pd.DataFrame(columns=["unit", "number", "clock", "days"])
GOALS = (State.BEHIND, State.SLIGHTLY_BEHIND)


def _county(amounts: dict[str, int], keys: frozenset[str] = frozenset()) -> Board:
    """One township with half of a hundred due of each indicator."""
    return board(
        [target(TOWN, 100, code) for code in amounts],
        [fact(TOWN, amount, code) for code, amount in amounts.items()],
        indicators=[indicator(code, is_key=code in keys) for code in amounts],
        day=JUNE,
    )


def _flag(held: Board, earlier: list[pd.DataFrame], issues: pd.DataFrame = NO_ISSUES) -> Flag | None:
    found = lagging_units(judge(held), earlier, held.indicators, issues, None, DEFAULT_RULES)
    return found[0] if found else None


def _way(held: Board, flag: Flag) -> WayOut:
    cells = judge(held)
    wanted = [Wanted(TOWN, code, goal) for code in held.indicators["code"] for goal in GOALS]
    found = find_lifts(held, cells, wanted)
    lifts = {(one.indicator, one.at_least): lift for one, lift in zip(wanted, found, strict=True)}
    return way_out(flag, cells, lifts, DEFAULT_RULES)


def _after(held: Board, way: WayOut) -> Board:
    facts = held.facts.copy()
    for lift in way.lifts:
        facts.loc[facts["indicator"] == lift.indicator, "amount"] += lift.amount
    return replace(held, facts=facts)


def _codes(way: WayOut) -> list[str]:
    return [lift.indicator for lift in way.lifts]


def test_as_few_figures_as_it_takes_and_the_easiest_of_them() -> None:
    """Two of four are behind: one out of it leaves one, and one is not two."""
    held = _county({"a": 38, "b": 30, "c": 60, "d": 60})
    flag = _flag(held, [])
    assert flag is not None and [reason.code for reason in flag.because] == ["many_behind"]
    way = _way(held, flag)
    assert _codes(way) == ["a"] and way.lifts[0].amount == 3
    assert _flag(_after(held, way), []) is None


def test_a_key_figure_has_to_leave_the_red_and_no_more() -> None:
    held = _county({"a": 10, "b": 60}, frozenset({"a"}))
    flag = _flag(held, [])
    assert flag is not None and [reason.code for reason in flag.because] == ["far_on_key"]
    way = _way(held, flag)
    assert [(lift.indicator, lift.state) for lift in way.lifts] == [("a", State.BEHIND)]
    assert _flag(_after(held, way), []) is None


def test_a_figure_asked_for_anyway_counts_towards_the_fewer() -> None:
    """`a` must leave 滞后 because it has been there for three periods: then `b` may stay."""
    held = _county({"a": 30, "b": 38, "c": 60, "d": 60})
    before = [judge(held)] * 2
    flag = _flag(_county({"a": 30, "b": 38, "c": 60, "d": 60}), [before[0], before[1]])
    assert flag is not None
    running = Flag(TOWN, tuple(each for each in flag.because if each.about != "b"))
    assert _codes(_way(held, running)) == ["a"]


def test_items_are_closed_and_not_lifted() -> None:
    issues = pd.DataFrame([{"unit": TOWN, "number": "Z1", "clock": "overdue", "days": 60}])
    held = _county({"a": 60})
    flag = _flag(held, [], issues)
    assert flag is not None
    assert _way(held, flag) == WayOut((), ("Z1",), ())


def test_what_no_amount_lifts_is_named() -> None:
    held = _county({"a": 10, "b": 60}, frozenset({"a"}))
    flag = _flag(held, [])
    assert flag is not None
    assert way_out(flag, judge(held), {}, DEFAULT_RULES).stuck == ("a",)
    many = Flag(TOWN, (Reason("many_behind", "", ("", "")),))
    short = _county({"a": 10, "b": 10, "c": 10})
    assert set(way_out(many, judge(short), {}, DEFAULT_RULES).stuck) == {"a", "b", "c"}


SOME = st.lists(st.integers(0, 70), min_size=2, max_size=7)


@settings(max_examples=12)
@given(SOME, st.sets(st.sampled_from("abcdefg")), st.booleans())
def test_whoever_takes_the_way_is_no_longer_on_the_list(
    amounts: list[int], keys: set[str], is_running: bool
) -> None:
    held = _county(dict(zip("abcdefg", amounts, strict=False)), frozenset(keys))
    earlier = [judge(held)] * 2 if is_running else []
    flag = _flag(held, earlier)
    if flag is None:
        return
    way = _way(held, flag)
    assert not way.stuck and _flag(_after(held, way), earlier) is None
    for left_out in way.lifts:
        rest: tuple[Lift, ...] = tuple(lift for lift in way.lifts if lift is not left_out)
        assert _flag(_after(held, replace(way, lifts=rest)), earlier) is not None, "one less does not do"


@pytest.mark.parametrize("count", [1, 2])
def test_a_way_is_sorted_by_effort(count: int) -> None:
    amounts: dict[str, Any] = {"a": 20, "b": 35, "c": 38, "d": 60}
    held = _county(amounts)
    flag = _flag(held, [])
    assert flag is not None
    shares = [lift.share for lift in _way(held, flag).lifts]
    assert shares == sorted(shares) and len(shares) >= count


FAR, RUN, MANY = "far_on_key", "running", "many_behind"


def _by_hand(
    because: list[tuple[str, str]], states: dict[str, str], shares: dict[str, tuple[float, float]]
) -> WayOut:
    """The way out of a flag, from the states of figures and the effort that each goal asks of each."""
    cells = pd.DataFrame([{"indicator": code, "state": state} for code, state in states.items()])
    lifts = {
        (code, goal): Lift(TOWN, code, 1, goal, share, False)
        for code, efforts in shares.items()
        for goal, share in zip(GOALS, efforts, strict=True)
    }
    flag = Flag(TOWN, tuple(Reason(code, about, ("", "")) for code, about in because))
    return way_out(flag, cells, lifts, DEFAULT_RULES)


def _goals(way: WayOut) -> list[tuple[str, str]]:
    return [(lift.indicator, lift.state) for lift in way.lifts]


def test_of_two_reasons_about_one_figure_the_one_that_asks_more_holds() -> None:
    for because in ([(RUN, "a"), (FAR, "a")], [(FAR, "a"), (RUN, "a")]):
        assert _goals(_by_hand(because, {"a": "far_behind"}, {"a": (0.1, 0.2)})) == [("a", "slightly_behind")]


def test_exactly_a_third_is_still_too_many() -> None:
    """Of six figures two make a unit lagging: of three behind two have to go, the easiest."""
    states = dict.fromkeys("abc", "behind") | dict.fromkeys("def", "on_plan")
    way = _by_hand([(MANY, "")], states, {"a": (0, 0.3), "b": (0, 0.2), "c": (0, 0.1)})
    assert _goals(way) == [("c", "slightly_behind"), ("b", "slightly_behind")]
    assert way.stuck == ()


def test_what_is_asked_for_anyway_goes_before_what_is_easier() -> None:
    states = {"a": "far_behind", "b": "behind", "c": "behind", "d": "on_plan"}
    efforts = {"a": (0.2, 0.3), "b": (0.3, 0.4), "c": (0.0, 0.1)}
    both = _by_hand([(FAR, "a"), (RUN, "b"), (MANY, "")], states, efforts)
    assert _goals(both) == [("a", "slightly_behind"), ("b", "slightly_behind")]
    two = {"a": "far_behind", "b": "behind", "d": "on_plan"}
    kept = _by_hand([(FAR, "a"), (RUN, "b"), (MANY, "")], two, efforts)
    assert _goals(kept) == [("a", "behind"), ("b", "slightly_behind")]
    key = _by_hand([(FAR, "a"), (MANY, "")], {"a": "far_behind", "c": "behind", "d": "on_plan"}, efforts)
    assert _goals(key) == [("a", "slightly_behind")]


def test_what_cannot_be_lifted_is_named_only_where_too_few_can() -> None:
    states = dict.fromkeys("abc", "behind") | dict.fromkeys("de", "on_plan")
    enough = _by_hand([(MANY, "")], states, {"a": (0, 0.2), "b": (0, 0.1)})
    assert (_goals(enough), enough.stuck) == ([("b", "slightly_behind"), ("a", "slightly_behind")], ())
    few = _by_hand([(FAR, "c"), (MANY, "")], states, {"a": (0, 0.2)})
    assert few.stuck == ("c", "b")
