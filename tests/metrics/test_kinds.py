"""Completion, gap and state of each kind of target, one township at a time."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from metrics.judge import judge
from metrics.vocabulary import State
from tests.metrics.boards import (
    LATE,
    OTHER_TOWN,
    TOWN,
    YEAR,
    board,
    cell,
    cells,
    curve,
    fact,
    indicator,
    one,
    target,
)

PERCENT = {"measure": "%", "scale": 2, "accumulation": "latest", "is_ratio": False}
HALF_YEAR = date(YEAR, 6, 30)
STEP = [curve([("06-30", 0.5), ("12-31", 1.0)], "step")]


def level(low: int, base: int | None, amount: int | None, comparator: str = ">=", **given: object) -> object:
    terms = {"kind": "level", "base": base, "comparator": comparator}
    settings = PERCENT | {"lower_is_better": comparator in ("<=", "<")}
    return one(low, amount, terms, indicator=settings, **given)


def keep(
    low: int | None, amount: int | None, comparator: str, of: dict | None = None, **given: object
) -> object:
    settings = PERCENT | {"lower_is_better": comparator in ("<=", "<")}
    return one(
        low, amount, {"kind": "keep", "comparator": comparator} | (of or {}), indicator=settings, **given
    )


def test_an_amount_over_its_target() -> None:
    row = one(100, 60)
    assert row.completion == 0.6
    assert row.planned == pytest.approx(10 / 12)
    assert row.gap == pytest.approx(0.6 - 10 / 12)
    assert row.shortfall == pytest.approx(100 * 10 / 12 - 60)
    assert row.days_behind == 85  # 60 % was planned for 6 August
    assert (row.state, row.light, row.why) == ("behind", "yellow", "behind_by_gap")
    assert row.target_source == "own"
    assert row.curve == "按月均衡"
    assert row.rule_number == "软件默认"


@pytest.mark.parametrize(("amount", "completion"), [(114, 1.14), (386, 3.86)])
def test_over_the_target_is_never_clipped(amount: int, completion: float) -> None:
    row = one(100, amount)
    assert row.completion == completion
    assert row.state == State.DONE
    assert row.over == (completion > 1.5)


def test_a_mark_needs_more_than_the_limit() -> None:
    assert not one(100, 150).over
    assert one(100, 151).over


def test_a_true_zero_is_not_a_missing_one() -> None:
    zero, missing = one(100, 0), one(100, None)
    assert (zero.completion, zero.state) == (0.0, "far_behind")
    assert missing.state == "unreported"
    assert missing.actual is not zero.actual and str(missing.actual) == "<NA>"
    assert missing.completion != missing.completion  # NaN


def test_moving_up_to_a_level() -> None:
    row = level(9500, 8500, 9000, day=HALF_YEAR)
    assert (row.completion, row.planned, row.state) == (0.5, 0.5, "on_plan")
    assert row.days_behind == row.days_ahead == 0
    assert row.monthly_need == pytest.approx(500 / 6)


def test_moving_down_to_a_level() -> None:
    row = level(200, 740, 470, "<=", day=HALF_YEAR)
    assert (row.completion, row.state) == (0.5, "on_plan")
    assert row.monthly_need == pytest.approx(-270 / 6)


def test_points_over_a_base() -> None:
    """85 % raised by 10 points: T = B + Δ."""
    assert level(8500 + 1000, 8500, 8750, day=HALF_YEAR).completion == 0.25


def test_a_level_that_moves_away_is_shown_negative() -> None:
    row = level(9500, 8500, 8400, day=HALF_YEAR)
    assert row.completion == -0.1
    assert row.gap == -0.6
    assert row.state == "far_behind"
    assert row.days_behind == 181


def test_a_level_is_never_the_actual_over_the_target() -> None:
    assert level(9500, 8500, 9000).completion == 0.5
    assert level(200, 740, 400, "<=").completion == pytest.approx(340 / 540)


def test_a_level_without_its_base() -> None:
    row = level(9500, None, 9000)
    assert (row.state, row.light) == ("no_base", "grey")
    assert row.completion != row.completion


@pytest.mark.parametrize(
    ("low", "base", "amount", "comparator", "kept"),
    [(9500, 9600, 9550, ">=", True), (9500, 9500, 9499, ">=", False), (200, 150, 180, "<=", True)],
)
def test_a_level_already_reached_at_its_base_is_to_be_kept(
    low: int, base: int, amount: int, comparator: str, kept: bool
) -> None:
    row = level(low, base, amount, comparator)
    assert row.kind == "level"
    assert row.kept == kept
    assert row.state == ("on_plan" if kept else "behind")
    assert row.completion != row.completion


@pytest.mark.parametrize(
    ("comparator", "low", "amount", "kept", "margin"),
    [
        ("<=", 950, 950, True, 0),
        ("<=", 950, 951, False, -1),
        ("<", 950, 950, False, 0),
        ("<", 950, 949, True, 1),
        (">=", 6500, 6500, True, 0),
        (">=", 6500, 6499, False, -1),
        (">", 6500, 6500, False, 0),
        (">", 6500, 6501, True, 1),
    ],
)
def test_ceilings_and_floors_to_keep(comparator: str, low: int, amount: int, kept: bool, margin: int) -> None:
    row = keep(low, amount, comparator)
    assert (row.kept, row.margin) == (kept, margin)
    assert (row.state, row.why) == (("on_plan", "kept") if kept else ("behind", "not_kept"))
    assert row.completion != row.completion
    assert row.planned != row.planned


def test_nobody_drops_out() -> None:
    """零辍学: zero is a target here, not the absence of a task."""
    assert keep(0, 0, "<=").state == "on_plan"
    assert keep(0, 1, "<=").state == "behind"
    assert keep(0, 1, "<=").shortfall == 1


def test_a_range_to_keep_has_two_sides() -> None:
    states = [keep(300, amount, "range", {"high": 500}).kept for amount in (299, 300, 500, 501)]
    assert states == [False, True, True, False]
    assert keep(300, 480, "range", {"high": 500}).margin == 20
    assert keep(300, 250, "range", {"high": 500}).margin == -50


def test_a_ceiling_may_stand_in_the_upper_bound() -> None:
    assert keep(None, 950, "<=", {"high": 950}).kept
    assert keep(None, 951, "<=", {"high": 950}).state == "behind"


def test_a_keep_target_without_a_bound_has_no_rule() -> None:
    assert keep(None, 950, "<=").state == "no_rule"


def test_a_ceiling_on_a_sum_is_to_be_kept() -> None:
    row = one(10, 11, {"comparator": "<="})
    assert (row.kept, row.state) == (False, "behind")
    assert one(0, 0, {"comparator": "<="}).state == "on_plan"


def test_far_beyond_a_limit_only_by_a_margin_that_the_rule_states() -> None:
    from metrics.rules import DEFAULT_CONTENT
    from tests.metrics.boards import rule

    stated = [rule(DEFAULT_CONTENT | {"keep": {"far_behind_beyond": 2}})]
    assert keep(950, 5000, "<=").state == "behind"
    assert keep(950, 950 + 200, "<=", rules=stated).state == "behind"
    assert keep(950, 950 + 201, "<=", rules=stated).state == "far_behind"
    assert keep(950, 950 + 201, "<=", rules=stated).why == "beyond_margin"


def test_a_range_is_judged_against_its_low_end() -> None:
    row = one(1000, 900, {"comparator": "range", "high": 2000})
    assert (row.completion, row.state) == (0.9, "on_plan")
    within = one(1000, 2000, {"comparator": "range", "high": 2000})
    assert (within.state, within.over) == ("done", False)
    beyond = one(1000, 2001, {"comparator": "range", "high": 2000})
    assert (beyond.state, beyond.over) == ("done", True)


@pytest.mark.parametrize(
    ("amount", "day", "state"),
    [
        (95, date(YEAR, 12, 31), "done"),
        (94, date(YEAR, 12, 31), "unfinished"),
        (95, date(YEAR, 11, 30), "on_plan"),
        (100, date(YEAR, 11, 30), "done"),
    ],
)
def test_about_a_target_is_tolerant_at_the_deadline_only(amount: int, day: date, state: str) -> None:
    row = one(100, amount, {"comparator": "about"}, day=day)
    assert row.state == state
    assert row.approximate == (row.why == "about") == (amount == 95 and day.month == 12)


def test_about_a_level_that_falls() -> None:
    end = date(YEAR, 12, 31)
    terms = {"kind": "level", "base": 740, "comparator": "about"}
    settings = PERCENT | {"lower_is_better": True}
    assert one(200, 210, terms, indicator=settings, day=end).state == "done"
    assert one(200, 211, terms, indicator=settings, day=end).state == "unfinished"


@pytest.mark.parametrize(("comparator", "state"), [(">=", "done"), (">", "on_plan")])
def test_strict_and_non_strict_differ_at_equality(comparator: str, state: str) -> None:
    assert one(100, 100, {"comparator": comparator}).state == state
    assert one(100, 101, {"comparator": comparator}).state == "done"


@pytest.mark.parametrize(("comparator", "state"), [("<=", "done"), ("<", "on_plan")])
def test_strict_and_non_strict_levels_differ_at_equality(comparator: str, state: str) -> None:
    assert level(200, 740, 200, comparator).state == state
    assert level(200, 740, 199, comparator).state == "done"
    at_end = level(200, 740, 200, comparator, day=date(YEAR, 12, 31))
    assert at_end.state == ("done" if state == "done" else "unfinished")


@pytest.mark.parametrize(
    ("quality", "amount", "high", "comparator", "state"),
    [
        ("approximate", 90, None, ">=", "on_plan"),
        ("at_least", 90, None, ">=", "on_plan"),
        ("at_least", 70, None, ">=", "unquantified"),
        ("at_least", 100, None, ">=", "done"),
        ("at_most", 90, None, ">=", "unquantified"),
        ("at_most", 40, None, ">=", "far_behind"),
        ("at_most", 70, None, ">=", "unquantified"),
        ("range", 84, 95, ">=", "on_plan"),
        ("range", 80, 95, ">=", "unquantified"),
        ("range", 84, 120, ">=", "unquantified"),
        ("range", 40, None, ">=", "far_behind"),
        ("at_most", 9, None, "<=", "on_plan"),
        ("at_most", 101, None, "<=", "unquantified"),
        ("at_least", 101, None, "<=", "behind"),
        ("at_least", 99, None, "<=", "unquantified"),
    ],
)
def test_bounds_are_judged_only_where_they_decide(
    quality: str, amount: int, high: int | None, comparator: str, state: str
) -> None:
    """70%以上 is on plan when 70 % is; behind plan it says nothing."""
    row = one(100, amount, {"comparator": comparator}, fact={"quality": quality, "high": high})
    assert row.state == state
    assert row.quality == quality


@pytest.mark.parametrize(
    ("quality", "amount", "high", "state"),
    [
        ("at_least", 400, None, "unquantified"),
        ("at_least", 501, None, "behind"),
        ("at_least", 500, None, "unquantified"),
        ("at_least", 200, None, "unquantified"),
        ("at_most", 400, None, "unquantified"),
        ("at_most", 299, None, "behind"),
        ("at_most", 300, None, "unquantified"),
        ("at_most", 600, None, "unquantified"),
        ("range", 300, 500, "on_plan"),
        ("range", 299, 500, "unquantified"),
        ("range", 300, 501, "unquantified"),
        ("range", 200, 600, "unquantified"),
        ("range", 100, 299, "behind"),
        ("range", 501, 900, "behind"),
    ],
)
def test_a_bound_into_a_range_to_keep_decides_only_beyond_it(
    quality: str, amount: int, high: int | None, state: str
) -> None:
    """300 to 500: "400 or more" may be too much as well, and "200 to 600" may lie within."""
    for lower_is_better in (False, True):
        row = one(
            300,
            amount,
            {"kind": "keep", "comparator": "range", "high": 500},
            fact={"quality": quality, "high": high},
            indicator={"lower_is_better": lower_is_better},
        )
        assert row.state == state, lower_is_better


@pytest.mark.parametrize(
    ("quality", "amount", "state"),
    [("at_most", 40, "unfinished"), ("at_least", 40, "unquantified"), ("at_most", 100, "unquantified")],
)
def test_at_the_deadline_the_worst_is_what_is_unfinished(quality: str, amount: int, state: str) -> None:
    """70%以下 can be no better than what is short of the target, and then there is nothing worse."""
    assert one(100, amount, fact={"quality": quality}, day=date(YEAR, 12, 31)).state == state


def test_words_and_masks_are_no_figures() -> None:
    soon = one(100, None, fact={"quality": "qualitative", "text": "即将完成"})
    assert (soon.state, soon.actual_text) == ("unquantified", "即将完成")
    masked = one(100, None, fact={"quality": "masked", "text": "xx"})
    assert (masked.state, masked.why) == ("unreported", "masked")


def test_an_approximate_value_is_printed_as_such() -> None:
    assert one(100, 50, fact={"quality": "approximate", "units_inexact": 1}).approximate
    assert not one(100, 50).approximate


def test_a_doubted_figure_is_judged_and_marked() -> None:
    row = one(100, 90, fact={"units_doubted": 1})
    assert (row.state, row.doubted) == ("on_plan", True)


def test_monthly_need_is_over_the_whole_months_left() -> None:
    assert one(100, 60).monthly_need == 20
    assert one(100, 60, day=date(YEAR, 8, 15)).monthly_need == 10
    assert one(100, 60, {"deadline": date(YEAR, 11, 30)}).monthly_need == 40
    assert str(one(100, 60, {"deadline": date(YEAR, 11, 15)}).monthly_need) == "nan"
    assert str(one(100, 60, day=date(YEAR, 12, 31)).monthly_need) == "nan"
    assert str(one(100, 100).monthly_need) == "nan"


def test_days_ahead_stand_apart() -> None:
    row = one(120, 110)
    assert row.state == "on_plan"
    assert (row.days_behind, row.days_ahead) == (0, 30)


def test_step_curves_are_coloured_by_days() -> None:
    for day, state in ((date(YEAR, 6, 30), "slightly_behind"), (date(YEAR, 7, 30), "behind")):
        row = one(100, 0, day=day, curves=STEP)
        assert (row.state, row.curve_shape) == (state, "step")
    assert one(100, 0, day=date(YEAR, 7, 31), curves=STEP).state == "far_behind"
    assert one(100, 49, day=date(YEAR, 7, 30), curves=STEP).state == "behind"
    assert one(100, 50, day=date(YEAR, 12, 30), curves=STEP).state == "on_plan"
    assert one(100, 0, day=date(YEAR, 6, 29), curves=STEP).state == "not_due"


def test_figures_after_the_year_are_capped_at_its_end() -> None:
    row = cell(
        [target(TOWN, None, kind="milestone", deadline=HALF_YEAR)],
        [fact(TOWN, 1)],
        indicators=[indicator(kind="milestone")],
        as_of=date(YEAR + 1, 5, 1),
    )
    assert row.data_day == date(YEAR, 12, 31)


def test_a_board_names_a_unit_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        judge(board(units=(TOWN, TOWN)))


def test_a_board_without_units_or_indicators_has_no_cells() -> None:
    assert cells(units=()).empty
    assert cells(indicators=[]).empty


@pytest.mark.parametrize("dtype", ["Int64", "float64"])
def test_numbers_may_come_in_whatever_type_a_reader_gives_them(dtype: str) -> None:
    held = board([target(TOWN, 100)], [fact(TOWN, 60), fact(OTHER_TOWN, None)], units=(TOWN, OTHER_TOWN))
    numbers = ["amount", "numerator", "denominator", "target_in", "target_owed", "high", "last_amount"]
    typed = replace(held, facts=held.facts.astype(dict.fromkeys(numbers, dtype)))
    pd.testing.assert_frame_equal(judge(typed), judge(held))


def test_judging_twice_gives_the_same_cells() -> None:
    held = board([target(TOWN, 100)], [fact(TOWN, 60)])
    assert judge(held).equals(judge(held))
    assert held.known_at == LATE
