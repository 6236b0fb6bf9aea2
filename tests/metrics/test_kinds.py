"""Completion, gap and state of each kind of target, one township at a time."""

from datetime import date

import pytest

from metrics.vocabulary import State
from tests.metrics.boards import LATE, TOWN, YEAR, board, cell, cells, curve, fact, indicator, one, target

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
        (date(YEAR, 9, 30), 1, "done", 92),
        (date(YEAR, 12, 31), None, "unfinished", 184),
        (date(YEAR, 12, 31), 1, "done", 184),
        (date(YEAR + 1, 2, 1), None, "unfinished", 184),
    ],
)
def test_a_milestone_is_late_by_days(as_of: date, amount: int | None, state: str, days: int) -> None:
    row = milestone(HALF_YEAR, as_of, amount)
    assert (row.state, row.days_behind) == (state, days)
    assert row.completion != row.completion
    assert row.data_day == min(as_of, date(YEAR, 12, 31))


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


def test_a_duty_of_which_nothing_is_due_yet() -> None:
    quarter = [curve([("06-30", 0.0), ("12-31", 1.0)])]
    assert one(2, 0, {"kind": "duty"}, day=date(YEAR, 7, 31), curves=quarter).state == "not_due"


def test_a_qualitative_target_is_shown_with_its_text() -> None:
    row = one(None, 5, {"kind": "qualitative", "text": "明显改善"})
    assert (row.state, row.text, row.light) == ("unquantified", "明显改善", "grey")


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


@pytest.mark.parametrize(
    ("numerator", "denominator", "state"),
    [(9799, 10000, "on_plan"), (9499, 10000, "behind"), (19, 20, "on_plan")],
)
def test_a_ratio_is_its_parts(numerator: int, denominator: int, state: str) -> None:
    settings = PERCENT | {"is_ratio": True}
    parts = {"numerator": numerator, "denominator": denominator}
    row = one(9500, None, {"kind": "keep"}, indicator=settings, fact=parts)
    assert row.state == state
    assert row.actual_ratio == numerator / denominator
    assert row.actual == round(numerator / denominator * 10000)


def test_a_ratio_is_compared_exactly_and_rounded_for_print_only() -> None:
    settings = PERCENT | {"is_ratio": True}
    parts = {"numerator": 2_849_999, "denominator": 3_000_000}  # 94.99997 %
    row = one(9500, None, {"kind": "keep"}, indicator=settings, fact=parts)
    assert (row.actual, row.kept) == (9500, False)


def test_a_ratio_given_as_a_percentage_only_is_judged_at_its_own_level() -> None:
    settings = PERCENT | {"is_ratio": True}
    assert one(9500, 9600, {"kind": "keep"}, indicator=settings).actual_ratio == pytest.approx(0.96)


def test_a_ratio_of_nobody_is_not_a_ratio_of_zero() -> None:
    settings = PERCENT | {"is_ratio": True}
    row = one(9500, None, {"kind": "keep"}, indicator=settings, fact={"numerator": 0, "denominator": 0})
    assert (row.state, row.why) == ("unquantified", "zero_denominator")


def test_permille_and_plain_ratios_have_their_own_size() -> None:
    permille = PERCENT | {"measure": "‰", "is_ratio": True}
    parts = {"numerator": 5, "denominator": 1000}
    assert one(400, None, {"kind": "keep"}, indicator=permille, fact=parts).actual == 500
    each = {"measure": "元/户", "scale": 2, "is_ratio": True, "accumulation": "latest"}
    row = one(900_000, None, {"kind": "keep"}, indicator=each, fact={"numerator": 27_000, "denominator": 3})
    assert (row.actual, row.actual_ratio) == (900_000, 9000.0)


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
    from metrics.judge import judge

    with pytest.raises(ValueError, match="twice"):
        judge(board(units=(TOWN, TOWN)))


def test_a_board_without_units_or_indicators_has_no_cells() -> None:
    assert cells(units=()).empty
    assert cells(indicators=[]).empty


def test_judging_twice_gives_the_same_cells() -> None:
    held = board([target(TOWN, 100)], [fact(TOWN, 60)])
    from metrics.judge import judge

    assert judge(held).equals(judge(held))
    assert held.known_at == LATE
