"""The order of the tests, the edges of the thresholds, and what is never a zero (metrics.md 2)."""

from datetime import date

import pandas as pd
import pytest

from metrics.legend import legend
from metrics.reasons import BY_PERIODS, STATE_OF, TESTS
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES
from metrics.vocabulary import JUDGED_STATES, LIGHT_OF, State
from metrics.words import WHY, why_text
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
    one,
    rolled,
    rule,
    target,
    unit,
    villages,
)

END = date(YEAR, 12, 31)
HALF = date(YEAR, 6, 30)  # half is planned, on the plan by month
LATER_START = [curve([("06-30", 0.0), ("12-31", 1.0)])]


# Ten thousand smallest units, half planned: one unit is a hundredth of a point.
@pytest.mark.parametrize(
    ("amount", "state"),
    [
        (5000, "on_plan"),
        (4999, "slightly_behind"),
        (4001, "slightly_behind"),
        (4000, "behind"),
        (3999, "behind"),
        (2001, "behind"),
        (2000, "behind"),
        (1999, "far_behind"),
        (0, "far_behind"),
        (9999, "on_plan"),
        (10000, "done"),
    ],
)
def test_the_edges_of_the_gaps(amount: int, state: str) -> None:
    assert one(10_000, amount, day=HALF).state == state


def test_edges_hold_in_spite_of_floats() -> None:
    """0.2 − 0.3 is above −0.10 in floats; ten points behind is 滞后 all the same."""
    third = [curve([("06-30", 0.3), ("12-31", 1.0)])]
    assert 0.2 - 0.3 > -0.10
    row = one(10, 2, day=HALF, curves=third)
    assert (row.gap, row.state) == (-0.1, "behind")


@pytest.mark.parametrize(
    ("low", "amount", "whole", "state", "why"),
    [
        (9, 4, True, "on_plan", "whole_thing"),  # 4.5 planned, short of half a household
        (9, 4, False, "slightly_behind", "slightly_by_gap"),
        (10, 4, True, "behind", "behind_by_gap"),  # exactly one short
        (11, 5, True, "on_plan", "whole_thing"),
    ],
)
def test_short_of_less_than_one_is_on_plan_where_things_are_whole(
    low: int, amount: int, whole: bool, state: str, why: str
) -> None:
    row = one(low, amount, day=HALF, indicator={"is_whole": whole})
    assert (row.state, row.why) == (state, why)
    assert row.gap == pytest.approx(amount / low - 0.5)  # printed as it is


def test_one_whole_thing_may_be_many_smallest_units() -> None:
    hundredths = {"is_whole": True, "scale": 2}
    assert one(1000, 401, day=HALF, indicator=hundredths).state == "on_plan"
    assert one(1000, 400, day=HALF, indicator=hundredths).state == "behind"


def test_no_task_comes_before_everything() -> None:
    row = one(None, 5, {"no_task": True, "kind": "qualitative"})
    assert (row.state, row.why) == ("no_task", "no_task_set")
    zero = one(0, 0)
    assert (zero.state, zero.why) == ("no_task", "zero_target")
    assert zero.completion != zero.completion  # never 0 %


def test_a_unit_out_of_scope_has_no_task() -> None:
    scoped = [indicator(scope_tag="易地搬迁")]
    assert cell([], [], indicators=scoped).why == "out_of_scope"
    assert cell([], [fact(TOWN, None, units_owed=0)], indicators=scoped).state == "no_task"
    assert cell([], [fact(TOWN, 5)], indicators=scoped).state == "no_target"
    assert cell([], [], indicators=scoped, day=None).state == "no_target"


def test_not_set_comes_before_not_reported() -> None:
    assert cell([], [fact(TOWN, None)]).state == "no_target"
    assert one(None, 5).state == "no_target"
    assert cell([], [fact(TOWN, 5)]).actual == 5  # its amount is shown all the same
    level = {"kind": "level"}
    assert one(9500, None, level).state == "no_base"
    assert one(100, 50, {"comparator": "?"}).state == "no_rule"
    assert cell([], [fact(TOWN, 5)], indicators=[indicator(kind="qualitative")]).state == "no_target"


def test_not_quantified_comes_before_not_due() -> None:
    soon = {"quality": "qualitative", "text": "有望实现"}
    assert one(100, None, fact=soon, day=HALF, curves=LATER_START).state == "unquantified"


@pytest.mark.parametrize(
    ("amount", "state"), [(None, "not_due"), (0, "not_due"), (1, "on_plan"), (100, "done")]
)
def test_nothing_planned_yet(amount: int | None, state: str) -> None:
    assert one(100, amount, day=HALF, curves=LATER_START).state == state


def test_not_due_comes_before_not_reported_and_waiting() -> None:
    waiting = {"units_waiting": 1}
    assert one(100, None, fact=waiting, day=HALF, curves=LATER_START).state == "not_due"


def test_a_level_at_its_base_is_on_plan_while_nothing_is_planned() -> None:
    level = {"kind": "level", "base": 0}
    assert one(9500, 0, level, day=HALF, curves=LATER_START).state == "on_plan"
    assert one(9500, None, level, day=HALF, curves=LATER_START).state == "not_due"


def test_at_its_deadline_nothing_is_undue() -> None:
    early = {"deadline": HALF}
    assert one(100, 0, early, day=HALF, curves=LATER_START).state == "unfinished"


def test_not_reported_waiting_and_not_yet_due() -> None:
    assert one(100, None).state == "unreported"
    assert one(100, None, fact={"units_waiting": 1}).state == "awaiting"
    assert one(100, None, not_yet_due=frozenset("a")).state == "not_yet_reported"
    assert one(100, None, fact={"units_waiting": 1}, not_yet_due=frozenset("a")).state == "awaiting"
    assert one(100, 50, not_yet_due=frozenset("a")).state == "far_behind"
    assert one(100, None, not_yet_due=frozenset("b")).state == "unreported"


def test_before_any_period_is_in_force_nothing_is_owed() -> None:
    row = cell([target(TOWN, 100)], [], day=None)
    assert (row.state, row.data_day, row.completion != row.completion) == ("not_yet_reported", None, True)
    keep = cell([target(TOWN, 1, kind="keep")], [], indicators=[indicator(kind="keep")], day=None)
    assert keep.state == "not_yet_reported"


def test_not_reported_comes_before_the_deadline() -> None:
    assert one(100, None, day=END).state == "unreported"


def test_a_count_that_has_reached_its_target_stays_done() -> None:
    told = {"last_period": date(YEAR, 9, 30), "last_amount": 100}
    row = one(100, None, fact=told)
    assert (row.state, row.why, row.actual, row.completion) == ("done", "reached_earlier", 100, 1.0)
    assert row.last_period == date(YEAR, 9, 30)
    assert one(100, None, fact=told | {"units_waiting": 1}).state == "done"
    assert one(100, None, {"comparator": ">"}, fact=told).state == "unreported"
    assert one(101, None, fact=told).state == "unreported"
    short = one(101, None, fact=told)
    assert (short.last_amount, str(short.actual)) == (100, "<NA>")


@pytest.mark.parametrize(
    ("told", "of", "settings"),
    [
        ({"last_period": date(YEAR - 1, 12, 31)}, {}, {}),
        ({}, {}, {"accumulation": "latest"}),
        ({}, {"kind": "level", "base": 0}, {"accumulation": "latest"}),
        ({}, {"kind": "keep"}, {}),
    ],
)
def test_only_a_count_of_this_year_stays_done(told: dict, of: dict, settings: dict) -> None:
    held = {"last_period": date(YEAR, 9, 30), "last_amount": 100} | told
    assert one(100, None, of, fact=held, indicator=settings).state == "unreported"


@pytest.mark.parametrize(
    ("of", "amount", "state"),
    [
        ({}, 100, "done"),
        ({}, 99, "unfinished"),
        ({}, 0, "unfinished"),
        ({"kind": "level", "base": 50}, 99, "unfinished"),
        ({"kind": "level", "base": 50}, 100, "done"),
        ({"kind": "keep"}, 100, "done"),
        ({"kind": "keep"}, 99, "unfinished"),
    ],
)
def test_at_the_deadline_done_or_unfinished_and_nothing_else(of: dict, amount: int, state: str) -> None:
    assert one(100, amount, of, day=END).state == state
    assert one(100, amount, of | {"deadline": HALF}, day=date(YEAR, 7, 31)).state == state
    assert one(100, amount, of | {"deadline": HALF}, day=HALF).state == state


def test_the_day_before_the_deadline_is_before_it() -> None:
    assert one(100, 99, {"deadline": date(YEAR, 11, 1)}).state == "on_plan"


def test_whole_things_do_not_soften_the_deadline() -> None:
    nearly = {"is_whole": True, "scale": 2}
    assert one(1000, 950, day=END, indicator=nearly).state == "unfinished"


def test_kept_at_the_deadline_is_done() -> None:
    row = one(100, 100, {"kind": "keep"}, day=END)
    assert (row.state, row.kept) == ("done", True)


def test_every_code_has_words_and_a_state() -> None:
    assert list(WHY) == [*(code for code, _ in TESTS), *BY_PERIODS]
    assert [code for code, _ in TESTS] == list(STATE_OF)
    assert why_text("no_report", "zh") == "本期未报"
    assert why_text("no_report", "en").isascii()
    assert set(STATE_OF.values()) == set(State)


def test_the_light_repeats_the_state() -> None:
    held = cells(
        [target(town, 100) for town in ("990521101", "990521102", "990521103", "990521104", "990521105")],
        [
            fact("990521101", 100),
            fact("990521102", 50),
            fact("990521103", 49),
            fact("990521104", 40),
            fact("990521105", 10),
        ],
        units=("990521101", "990521102", "990521103", "990521104", "990521105", "990521106"),
        day=HALF,
    )
    lights = ["green", "green", "blue", "yellow", "red", "grey"]
    assert list(held["light"]) == lights
    assert [State(state) for state in held["state"][:5]] == [
        state for state in JUDGED_STATES if state != "unfinished"
    ]
    assert set(LIGHT_OF) == set(JUDGED_STATES)


def test_a_rule_document_is_used_from_its_day_and_history_is_not_recoloured() -> None:
    strict = DEFAULT_CONTENT | {"gap_points": {"behind": -5, "far_behind": -20}}
    documents = [
        rule(DEFAULT_CONTENT, number="云督〔2025〕1号"),
        rule(strict, number="云督〔2026〕3号", valid_from=date(YEAR, 7, 1)),
    ]
    before = one(100, 44, day=HALF, rules=documents)
    assert (before.state, before.rule_number) == ("slightly_behind", "云督〔2025〕1号")
    after = one(100, 52, day=date(YEAR, 7, 31), rules=documents)
    assert (after.state, after.rule_number) == ("behind", "云督〔2026〕3号")


def test_the_legend_writes_every_edge() -> None:
    zh, en = dict(legend(DEFAULT_RULES, "zh")), dict(legend(DEFAULT_RULES, "en"))
    assert zh[State.BEHIND] == "−30 ≤ 较序时 ≤ −10（个百分点）"
    assert en[State.SLIGHTLY_BEHIND] == "−10 < gap < 0 (percentage points)"
    assert list(zh) == [*JUDGED_STATES]


@pytest.mark.parametrize(
    ("amount", "state"),
    # Half a point behind on a slope that is nearly flat is many days, but counts for nothing.
    [(4951, "slightly_behind"), (4900, "behind"), (4899, "behind"), (2000, "far_behind")],
)
def test_days_on_a_slope_count_only_with_a_gap(amount: int, state: str) -> None:
    by_days = {"slope_days": {"behind_from": 15, "far_behind_over": 90, "with_gap_points": 1}}
    slow = [curve([("03-31", 0.48), ("06-30", 0.5), ("12-31", 1.0)])]
    row = one(10_000, amount, day=HALF, rules=[rule(DEFAULT_CONTENT | by_days)], curves=slow)
    assert row.state == state


def test_cells_come_in_the_order_of_units_and_indicators() -> None:
    held = cells(
        [target(TOWN, 1, "b"), target(COUNTY, 1, "a")],
        units=(COUNTY, TOWN),
        indicators=[indicator("b"), indicator("a")],
    )
    assert list(zip(held["unit"], held["indicator"], strict=True)) == [
        (COUNTY, "b"),
        (COUNTY, "a"),
        (TOWN, "b"),
        (TOWN, "a"),
    ]
    assert held["is_principal"].all()


def test_a_village_of_an_indicator_that_the_township_reports() -> None:
    village = villages(1)[0]
    held = cells([], [fact(TOWN, 5)], units=(TOWN, village))
    assert (at(held, village).state, at(held, village).why) == ("no_target", "reported_above")
    assert unit(village)["parent"] == TOWN


def test_facts_and_targets_of_units_that_are_not_on_the_board_are_passed_over() -> None:
    held = cells([target(TOWN, 100), target("990521999", 5)], [fact(TOWN, 60), fact("990521999", 3)])
    assert list(held["unit"]) == [TOWN]
    assert list(held["actual"]) == [60]


def test_what_is_to_be_kept_follows_no_plan_and_is_no_days_late() -> None:
    """Not even where somebody made a curve for its indicator: there is no way to go."""
    row = cell(
        [target(TOWN, 950, kind="keep", comparator="<=")],
        [fact(TOWN, 910)],
        indicators=[indicator(kind="keep", accumulation="latest")],
        curves=[curve([("06-30", 0.5), ("12-31", 1.0)], indicator="a")],
    )
    told = (row.curve, row.curve_id, row.curve_shape, row.planned, row.days_behind, row.days_ahead)
    assert [pd.isna(each) for each in told] == [True] * len(told)
    assert row.kept and row.rule_number


def test_who_has_not_reported_is_no_days_late() -> None:
    row = cell([target(TOWN, 100)], [fact(TOWN, None)])
    assert row.state == "unreported"
    assert [pd.isna(each) for each in (row.days_behind, row.days_ahead, row.gap)] == [True] * 3


def test_an_amount_of_which_no_unit_is_in_is_nobody_s() -> None:
    row = cell([target(TOWN, 100)], [rolled(TOWN, 5, 3, 0)], indicators=[indicator(level_reported="village")])
    assert row.state == "unreported" and row.actual is pd.NA


def test_the_first_day_of_the_year_has_a_plan() -> None:
    row = one(100, 0, day=date(YEAR, 1, 1))
    assert row.planned == pytest.approx(1 / 372) and row.state == "slightly_behind"
    # Eleven whole months are left after the first.
    assert row.monthly_need == pytest.approx(100 / 11)


def test_an_amount_is_due_from_nothing_whatever_base_is_written() -> None:
    """A base is where a level starts; of an amount the whole target is planned."""
    row = one(100, 30, {"base": 40}, day=date(YEAR, 6, 30))
    assert (row.planned, row.completion, row.shortfall) == (0.5, 0.3, 20)


def test_who_is_just_where_a_plan_rests_is_no_day_behind() -> None:
    resting = [curve([("06-30", 0.5), ("08-31", 0.5), ("12-31", 1.0)])]
    row = one(100, 50, day=date(YEAR, 7, 31), curves=resting)
    assert (row.gap, row.days_behind, row.state) == (0.0, 0, "on_plan")


def test_what_belongs_to_no_unit_or_indicator_of_the_board_touches_nobody() -> None:
    """Neither the unit before nor the indicator before gets what the next one was given."""
    strange = "990521103"
    held = cells(
        [
            target(TOWN, 100),
            target(OTHER_TOWN, 200),
            target(strange, 7),
            target(OTHER_TOWN, 5, "gone"),
            target(TOWN, 9, "gone"),
        ],
        [
            fact(TOWN, 10),
            fact(OTHER_TOWN, 20),
            fact(strange, 3),
            fact(OTHER_TOWN, 99, "gone"),
            fact(TOWN, 99, "gone"),
        ],
        units=(TOWN, OTHER_TOWN),
        indicators=[indicator("a"), indicator("b")],
    )
    assert list(zip(held["unit"], held["indicator"], held["target"].fillna(0), strict=True)) == [
        (TOWN, "a", 100),
        (TOWN, "b", 0),
        (OTHER_TOWN, "a", 200),
        (OTHER_TOWN, "b", 0),
    ]
    assert list(held["actual"].fillna(-1)) == [10, -1, 20, -1]
