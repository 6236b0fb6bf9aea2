from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.curves import (
    BUDGET_YEAR,
    BY_DAY,
    BY_MONTH,
    PROJECT_NODES,
    QUARTERS,
    TEMPLATES,
    TWO_PAYMENTS,
    Curve,
    CurveError,
    Shape,
    day_number,
    days_in,
    from_plan,
    one_date,
    parse_points,
    raised_share,
    raised_table,
    share,
    shares,
    table,
)
from metrics.plans import MISSING, Plan, Shelf, Stack
from tests.metrics.drawn import curves

LINEAR, STEP = Shape.LINEAR, Shape.STEP


def stack(*held: Curve, year: int = 2026) -> Stack:
    tables = [table(one, year) for one in held]
    return Stack(np.stack([one.at for one in tables]), np.stack([one.before for one in tables]))


def days_behind(curve: Curve, completion: float, day: date) -> int:
    number = np.array([day_number(day.year, day)])
    return int(stack(curve, year=day.year).behind(np.array([0]), number, np.array([completion]))[0])


def days_ahead(curve: Curve, completion: float, day: date) -> int:
    number = np.array([day_number(day.year, day)])
    return int(stack(curve, year=day.year).ahead(np.array([0]), number, np.array([completion]))[0])


@pytest.mark.parametrize(
    ("curve", "day", "expected"),
    [
        (QUARTERS, "2021-03-31", 0.10),
        (QUARTERS, "2021-06-30", 0.40),
        (QUARTERS, "2021-08-15", 0.55),
        (QUARTERS, "2021-09-30", 0.70),
        (QUARTERS, "2021-12-31", 1.0),
        (TWO_PAYMENTS, "2021-06-29", 0.0),
        (TWO_PAYMENTS, "2021-06-30", 0.5),
        (TWO_PAYMENTS, "2021-12-30", 0.5),
        (TWO_PAYMENTS, "2021-12-31", 1.0),
        (BY_DAY, "2020-11-30", 0.915301),
        (BY_DAY, "2021-07-02", 0.501370),
        (BY_MONTH, "2014-07-31", 0.583333),
        (BY_DAY, "2014-07-31", 0.580822),
        (BY_MONTH, "2026-08-15", 0.623656),
        (BY_MONTH, "2028-02-29", 2 / 12),
        (BUDGET_YEAR, "2026-10-31", 0.7),
    ],
)
def test_planned_share_on_days_that_documents_name(curve: Curve, day: str, expected: float) -> None:
    assert share(curve, date.fromisoformat(day)) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(("month", "expected"), [(1, 1), (3, 3), (4, 4), (6, 6), (11, 11), (12, 12)])
def test_even_by_month_at_month_ends(month: int, expected: int) -> None:
    end = (date(2026 + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
    assert share(BY_MONTH, end) == pytest.approx(expected / 12, abs=1e-12)


def test_many_days_at_once() -> None:
    assert list(shares(TWO_PAYMENTS, 2026, np.array([0, 180, 181, 365]))) == [0.0, 0.0, 0.5, 1.0]


def test_days_behind_on_a_straight_line() -> None:
    assert days_behind(BY_DAY, share(BY_DAY, date(2026, 6, 30)), date(2026, 8, 31)) == 62
    assert days_behind(BY_MONTH, share(BY_MONTH, date(2026, 6, 30)), date(2026, 8, 31)) == 62


@pytest.mark.parametrize(
    ("completion", "day", "expected"),
    [(0.0, (6, 30), 0), (0.0, (7, 1), 1), (0.49, (12, 30), 183), (0.5, (12, 30), 0), (0.5, (12, 31), 0)],
)
def test_days_behind_at_a_step(completion: float, day: tuple[int, int], expected: int) -> None:
    assert days_behind(TWO_PAYMENTS, completion, date(2026, *day)) == expected


def test_no_days_behind_on_a_flat_stretch() -> None:
    flat = Curve("f", LINEAR, (("06-30", 0.5), ("09-01", 0.5), ("12-31", 1.0)))
    for day in (date(2026, 6, 30), date(2026, 7, 31), date(2026, 9, 1)):
        assert days_behind(flat, 0.5, day) == 0
    assert days_behind(flat, 0.5, date(2026, 9, 2)) == 1
    assert days_behind(flat, 0.4999999, date(2026, 9, 1)) == 63


def test_a_negative_completion_counts_as_none() -> None:
    assert days_behind(BY_DAY, -0.2, date(2026, 6, 30)) == days_behind(BY_DAY, 0.0, date(2026, 6, 30)) == 181


def test_days_ahead_of_a_slope_and_of_a_step() -> None:
    assert days_ahead(BY_DAY, share(BY_DAY, date(2026, 8, 31)), date(2026, 6, 30)) == 62
    assert days_ahead(TWO_PAYMENTS, 0.4, date(2026, 6, 28)) == 2
    assert days_ahead(TWO_PAYMENTS, 0.5, date(2026, 6, 28)) == 2
    assert days_ahead(TWO_PAYMENTS, 1.3, date(2026, 12, 30)) == 1
    assert days_ahead(BY_DAY, 0.1, date(2026, 6, 30)) == 0
    assert days_ahead(BY_DAY, 1.0, date(2026, 12, 31)) == 0


def test_a_raised_target_plans_the_addition_over_the_rest_of_the_year() -> None:
    given_ = {"raised_on": date(2026, 8, 31), "old": 100, "new": 150}
    assert raised_share(BY_MONTH, date(2026, 9, 30), **given_) == pytest.approx(87.5 / 150)
    assert raised_share(BY_MONTH, date(2026, 8, 31), **given_) == pytest.approx(100 * 8 / 12 / 150)
    assert raised_share(BY_MONTH, date(2026, 12, 31), **given_) == 1.0


def test_a_raise_when_nothing_is_left_to_plan_runs_evenly_to_the_end() -> None:
    early = Curve("e", LINEAR, (("06-30", 1.0),))
    half = raised_share(early, date(2026, 10, 31), raised_on=date(2026, 8, 31), old=100, new=200)
    assert half == pytest.approx((100 + 100 * 61 / 122) / 200)
    last = raised_share(early, date(2026, 12, 31), raised_on=date(2026, 12, 31), old=100, new=200)
    assert last == 1.0
    assert raised_share(early, date(2026, 12, 30), raised_on=date(2026, 12, 31), old=100, new=200) == 0.5


def test_what_is_added_on_the_last_day_is_a_jump_of_that_day() -> None:
    early = Curve("e", LINEAR, (("06-30", 1.0),))
    made = raised_table(early, 2026, [(0, 100.0), (365, 200.0)])
    assert (made.before[365], made.at[365]) == (0.5, 1.0)
    # What runs evenly to the end does not jump on the way.
    even = raised_table(early, 2026, [(0, 100.0), (243, 200.0)])
    assert even.before[300] == even.at[300] == pytest.approx((100 + 100 * 57 / 122) / 200)
    nodes = Curve("n", STEP, (("03-31", 0.1), ("06-30", 0.4), ("12-31", 1.0)))
    made = raised_table(nodes, 2026, [(0, 100.0), (120, 400.0)])
    # 40 of the 100 and a third of the 300 stand from the end of June.
    assert (made.at[364], made.before[365]) == pytest.approx((140 / 400, 140 / 400))


def test_two_raises_add_up() -> None:
    made = raised_table(BY_DAY, 2026, [(0, 100.0), (181, 150.0), (273, 300.0)])
    quantity = 100 * 304 / 365 + 50 * (304 - 181) / (365 - 181) + 150 * (304 - 273) / (365 - 273)
    assert made.at[304] == pytest.approx(quantity / 300)


def test_plan_columns_become_a_curve() -> None:
    monthly = from_plan("p", [0, 0, 10, 20, 40, 60, 60, 60, 80, 100, 100, 100])
    assert share(monthly, date(2026, 2, 28)) == 0.0
    assert share(monthly, date(2026, 4, 30)) == 0.2
    assert share(monthly, date(2026, 11, 30)) == 1.0
    assert (monthly.name, monthly.shape) == ("p", LINEAR)
    quarterly = from_plan("q", [None, 40, None, 100])
    assert share(quarterly, date(2026, 6, 30)) == 0.4
    assert share(quarterly, date(2026, 9, 30)) == pytest.approx(0.4 + 0.6 * 92 / 184)


@pytest.mark.parametrize(
    "columns", [[1, 2, 3], [1, 2, 3, None], [0, 0, 0, 0], [1, 2, 3, -4], [50, 40, 60, 100], [10, 20, 30, 25]]
)
def test_plan_columns_that_cannot_be(columns: list[int | None]) -> None:
    with pytest.raises(CurveError):
        from_plan("p", columns)


@pytest.mark.parametrize(
    "points",
    [
        (("06-30", 0.5),),
        (("06-30", 0.5), ("12-31", 0.9)),
        (("06-30", 0.6), ("07-31", 0.5), ("12-31", 1.0)),
        (("07-31", 0.5), ("06-30", 0.6), ("12-31", 1.0)),
        (("06-30", 0.5), ("06-30", 0.6), ("12-31", 1.0)),
        (("06-30", -0.1), ("12-31", 1.0)),
        (("06-30", 1.2), ("12-31", 1.0)),
        (("06-31", 0.5), ("12-31", 1.0)),
        (("heute", 0.5), ("12-31", 1.0)),
        (("2025-06-30", 0.5), ("2026-12-31", 1.0)),
        (("2025-12-31", 0.2), ("2026-12-31", 1.0)),
        (),
    ],
)
def test_curves_that_cannot_be(points: tuple[tuple[str, float], ...]) -> None:
    with pytest.raises(CurveError):
        Curve("wrong", LINEAR, points)


def test_the_end_of_the_year_before_may_be_named() -> None:
    curve = Curve("c", LINEAR, (("2025-12-31", 0.0), ("2026-06-30", 0.5), ("2026-12-31", 1.0)))
    assert curve.year == 2026
    assert share(curve, date(2026, 6, 30)) == 0.5
    with pytest.raises(CurveError, match="outside 2027"):
        table(curve, 2027)


def test_templates_have_a_name_in_both_languages_and_reach_the_whole() -> None:
    for curve, english in TEMPLATES.values():
        assert curve.name and english
        assert share(curve, date(2026, 12, 31)) == 1.0
    assert (one_date("06-30").name, one_date("06-30").shape) == ("一次性节点", STEP)
    assert share(one_date("06-30"), date(2026, 6, 29)) == 0.0
    assert share(one_date("06-30"), date(2026, 6, 30)) == 1.0
    assert PROJECT_NODES.shape is STEP


def test_points_as_the_database_keeps_them() -> None:
    assert parse_points('[["06-30", 0.5], ["12-31", 1]]') == (("06-30", 0.5), ("12-31", 1.0))


def test_tables_cannot_be_changed_by_a_reader() -> None:
    with pytest.raises(ValueError, match="read-only"):
        table(BY_DAY, 2026).at[1] = 0.5


@given(curves())
def test_every_curve_is_monotone_bounded_and_exact_at_its_points(curve: Curve) -> None:
    held = table(curve, 2026).at
    assert held[0] == 0.0
    assert held[-1] == 1.0
    assert (np.diff(held) >= 0).all()
    for key, value in curve.points:
        assert share(curve, date.fromisoformat(f"2026-{key}")) == pytest.approx(value, abs=1e-12)


@given(curves(), st.integers(0, 365))
def test_exactly_on_the_curve_is_no_day_behind(curve: Curve, number: int) -> None:
    held = stack(curve)
    on_it = held.at[[0], [number]]
    assert held.behind(np.array([0]), np.array([number]), on_it)[0] == 0


@given(curves(), st.floats(-0.5, 1.5))
def test_days_behind_never_shrink_while_the_actual_stands_still(curve: Curve, completion: float) -> None:
    numbers = np.arange(days_in(2026) + 1)
    same = np.zeros(len(numbers), dtype=np.int64)
    days = stack(curve).behind(same, numbers, np.full(len(numbers), completion))
    assert (np.diff(days) >= 0).all()
    assert (days >= 0).all()
    assert (days <= numbers).all()


@given(curves(), st.floats(-0.5, 1.5), st.integers(0, 365))
def test_a_unit_is_behind_or_ahead_and_never_both(curve: Curve, completion: float, number: int) -> None:
    held, at = stack(curve), np.array([number])
    same, done = np.array([0]), np.array([completion])
    behind, ahead = held.behind(same, at, done)[0], held.ahead(same, at, done)[0]
    assert behind == 0 or ahead == 0
    if round(completion - held.at[0, number], 9) == 0:
        assert behind == ahead == 0


@given(curves(), st.floats(0, 1), st.integers(1, 365))
def test_days_behind_agree_with_a_search_day_by_day(curve: Curve, completion: float, number: int) -> None:
    """The slow definition: the last whole day not above the completion bounds the answer from both sides."""
    held = stack(curve)
    days = held.behind(np.array([0]), np.array([number]), np.array([completion]))[0]
    not_above = np.flatnonzero(np.round(held.at[0, : number + 1], 9) <= round(completion, 9))
    assert number - not_above[-1] - 1 <= days <= number - not_above[-1]


@given(st.lists(st.tuples(curves(), st.integers(1, 1000)), min_size=1, max_size=4))
def test_a_weighted_plan_is_the_weighted_mean_of_its_parts(parts: list[tuple[Curve, int]]) -> None:
    plans = [Plan(one.name, MISSING, one.shape, table(one, 2026), one) for one, _ in parts]
    none = np.zeros(0, dtype=np.int64)
    shelf = Shelf(2026, plans, none, none, none.astype(bool))
    weights = np.array([float(weight) for _, weight in parts])
    mixed = shelf.weighted(np.zeros(len(parts), dtype=np.int64), np.arange(len(parts)), weights)
    expected = sum(w * table(one, 2026).at for one, w in parts) / weights.sum()
    assert shelf.plans[int(mixed[0])].table.at == pytest.approx(expected)


RAISES = st.lists(
    st.tuples(st.integers(0, 365), st.integers(1, 500)), max_size=3, unique_by=lambda one: one[0]
)


def growing(first: int, drawn: list[tuple[int, int]]) -> list[tuple[int, float]]:
    """The steps of a target that only grows: (day number, amount from then on)."""
    steps, amount = [(0, float(first))], first
    for day, more in sorted(drawn):
        amount += more
        steps.append((day, float(amount)))
    return steps


@given(curves(), st.integers(1, 500), RAISES)
def test_the_plan_of_a_raised_target_is_a_plan_like_any_other(
    curve: Curve, first: int, drawn: list[tuple[int, int]]
) -> None:
    made = raised_table(curve, 2026, growing(first, drawn))
    for held in (made.at, made.before):
        assert (np.diff(held) >= -1e-12).all()
        assert held.min() >= 0.0 and held.max() <= 1.0 + 1e-12
    assert made.at[0] == 0.0
    assert made.at[-1] == pytest.approx(1.0, abs=1e-12)
    # Just before the jump of a day no less is asked than the evening before, and no more than that evening.
    assert (made.before <= made.at + 1e-12).all()
    assert (made.before[1:] >= made.at[:-1] - 1e-12).all()


@given(curves(), st.integers(1, 500), st.integers(1, 500), st.integers(1, 365))
def test_up_to_the_day_of_a_raise_the_planned_quantity_is_the_old_one(
    curve: Curve, first: int, more: int, start: int
) -> None:
    made = raised_table(curve, 2026, [(0, float(first)), (start, float(first + more))])
    until = slice(0, start + 1 if start < 365 else start)
    assert made.at[until] * (first + more) == pytest.approx(table(curve, 2026).at[until] * first)


@settings(max_examples=20)
@given(curves(), st.integers(1, 500), RAISES, st.integers(0, 1500))
def test_under_a_raised_target_days_behind_never_shrink_while_the_amount_stands_still(
    curve: Curve, first: int, drawn: list[tuple[int, int]], amount: int
) -> None:
    """Each day is judged by the version valid on it: the amounts asked grow, what was done does not."""
    steps = growing(first, drawn)
    days, numbers = [], range(days_in(2026) + 1)
    for number in numbers:
        held = [step for step in steps if step[0] <= number]
        made = raised_table(curve, 2026, held)
        found = Stack(made.at[None], made.before[None]).behind(
            np.array([0]), np.array([number]), np.array([amount / held[-1][1]])
        )
        days.append(int(found[0]))
    assert days == sorted(days)


@given(curves(), st.integers(1, 500), RAISES, st.integers(0, 365))
def test_exactly_on_a_raised_plan_is_no_day_behind(
    curve: Curve, first: int, drawn: list[tuple[int, int]], number: int
) -> None:
    made = raised_table(curve, 2026, growing(first, drawn))
    held = Stack(made.at[None], made.before[None])
    assert held.behind(np.array([0]), np.array([number]), made.at[[number]])[0] == 0


def test_plans_are_mixed_group_by_group_before_and_after_every_jump() -> None:
    """A straight line and a step of all on 30 June, once 1 to 3 and once the step alone."""
    plans = [
        Plan("line", 7, LINEAR, table(BY_MONTH, 2026)),
        Plan("jump", 8, STEP, table(one_date("06-30"), 2026)),
    ]
    none = np.zeros(0, dtype=np.int64)
    shelf = Shelf(2026, plans, none, none, none.astype(bool))
    place = shelf.weighted(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([2.0, 6.0, 5.0]))
    assert place.tolist() == [2, 3]
    both, jump = shelf.plans[2].table, shelf.plans[3].table
    june = 181
    assert (both.before[june], both.at[june]) == (pytest.approx(0.125), pytest.approx(0.875))
    assert (jump.before[june], jump.at[june]) == (0.0, 1.0)
    assert [plan.shape for plan in shelf.plans[2:]] == [LINEAR, STEP]


def test_a_raised_plan_keeps_the_name_and_the_shape_of_its_own() -> None:
    curve = one_date("06-30")
    none = np.zeros(0, dtype=np.int64)
    shelf = Shelf(2026, [Plan("jump", 8, STEP, table(curve, 2026), curve)], none, none, none.astype(bool))
    raised = shelf.plans[shelf.raised(0, ((0, 100), (243, 150)))]
    assert (raised.name, raised.curve_id, raised.shape) == ("jump", 8, STEP)
