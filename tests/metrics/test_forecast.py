"""Forecasts: the formula by hand, what must always hold, and how they did on a county frozen before."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.forecast import (
    COUNTY,
    DOUBT,
    FEWEST_ERRORS,
    PLAN,
    REACH,
    UNTRIED,
    BackTest,
    Course,
    Paces,
    Silence,
    back_test,
    back_test_together,
    outlook,
    outlook_together,
    paces,
    residuals,
)
from tests.metrics.second_county import second_county

JUNE, DECEMBER = 5, 11
EVEN = np.arange(1, 13) / 12


def course(paces_of_units: list[float], *, whole: float = 1200.0, floor: bool = True) -> Course:
    """Units that each keep one pace all year against an even plan."""
    pace = np.array(paces_of_units)
    planned = np.tile(EVEN * whole, (len(pace), 1))
    return Course(planned * pace[:, None], planned, np.full(len(pace), whole), floor)


def second(code: str) -> list[Course]:
    """One indicator's years of the second county."""
    return [Course(year.actual, year.planned, year.target) for year in second_county()[code]]


def test_what_is_left_is_done_at_the_pace_drawn_towards_county_and_plan() -> None:
    held = course([0.8] * 12)
    seen = outlook(held, JUNE)
    pace = (4 * 0.8 + COUNTY * 0.8 + PLAN) / (4 + COUNTY + PLAN)
    assert seen.pace == pytest.approx(pace)
    assert seen.median == pytest.approx(1200 * (0.4 + 0.5 * pace))
    # All keep the same pace, so that only the doubt about the year is left.
    assert seen.high - seen.median == pytest.approx(600 * REACH * DOUBT)
    assert seen.median - seen.low == pytest.approx(600 * REACH * DOUBT)


def test_a_unit_on_its_plan_in_a_county_on_its_plan_reaches_its_target_by_a_toss_of_a_coin() -> None:
    seen = outlook(course([1.0] * 12), JUNE)
    assert seen.median == pytest.approx(1200)
    assert seen.chance == pytest.approx(0.5)


def test_the_pace_is_of_the_last_four_periods_that_plan_anything() -> None:
    planned = np.array([[10, 20, 30, 40, 50, 50, 50, 50, 70, 80, 90, 100]], dtype=float)
    done = np.array([[0, 0, 0, 0, 10, 10, 15, 15, 35, 45, 55, 100]], dtype=float)
    held = Course(done, planned, np.array([100.0]))
    # August plans nothing; the last four that do are April, May, September and October.
    found = paces(held, 9)
    assert found.periods[0] == 7
    assert found.own[0] == pytest.approx((0 + 10 + 20 + 10) / (10 + 10 + 20 + 10))


def test_a_period_without_a_figure_is_not_a_period_of_nothing() -> None:
    held = course([1.0] * 12)
    held.done[0, 4] = np.nan
    found = paces(held, JUNE)
    assert found.own[0] == pytest.approx(1.0)
    assert found.periods[0] == 5
    assert outlook(held, 4).silence[0] == Silence.NO_FIGURE


def test_past_errors_make_the_interval_where_there_are_enough() -> None:
    past = course([0.7, 0.8, 0.9, 1.0, 1.1, 1.2] * 3)
    errors = residuals(past, JUNE, DECEMBER)
    assert len(errors) == 18 >= FEWEST_ERRORS
    half = np.sort(np.abs(errors))[int(np.ceil(19 * 0.8)) - 1]
    seen = outlook(course([1.0] * 12), JUNE, [past])
    assert seen.high - seen.median == pytest.approx(600 * np.hypot(half, REACH * DOUBT))
    assert seen.median[0] == pytest.approx(1200)


def test_few_past_errors_are_not_enough() -> None:
    now = course([0.9, 1.1] * 6)
    assert len(residuals(course([0.5] * 3), JUNE, DECEMBER)) < FEWEST_ERRORS
    with_few = outlook(now, JUNE, [course([0.5] * 3)])
    assert with_few.high == pytest.approx(outlook(now, JUNE).high)


def test_the_county_gives_the_pace_of_all_where_the_units_shown_are_a_part() -> None:
    part, whole = course([0.5] * 12), course([1.0] * 40)
    assert paces(part, JUNE, whole).county == pytest.approx(1.0)
    assert outlook(part, JUNE, county=whole).median[0] > outlook(part, JUNE).median[0]


@pytest.mark.parametrize(
    ("at", "change", "why"),
    [
        (2, None, Silence.TOO_FEW),
        (JUNE, "no figure", Silence.NO_FIGURE),
        (DECEMBER, None, Silence.PLAN_OVER),
        (JUNE, "alone", Silence.NO_SPREAD),
    ],
)
def test_it_says_nothing_where_it_knows_nothing(at: int, change: str | None, why: Silence) -> None:
    held = course([1.0] * 12)
    if change == "no figure":
        held.done[:, JUNE] = np.nan
    seen = outlook_together(course([]), at, whole=course([1.0])) if change == "alone" else outlook(held, at)
    assert set(seen.silence) == {why}
    for figures in (seen.median, seen.low, seen.high, seen.chance, seen.pace):
        assert np.isnan(figures).all()


def test_a_county_that_plans_nothing_is_told_nothing() -> None:
    held = course([1.0] * 12)
    idle = Course(np.zeros((3, 12)), np.zeros((3, 12)), np.full(3, 100.0))
    assert set(outlook(held, JUNE, county=idle).silence) == {Silence.NOTHING_PLANNED}


def test_what_is_reached_is_certain_and_what_is_done_stays_done() -> None:
    held = course([2.2] + [0.0] * 11)
    seen = outlook(held, JUNE)
    assert seen.chance[0] == 1.0
    # Others that stand still cannot pull a count below what it is.
    back = Course(held.done * -1.0, held.planned, held.whole)
    assert outlook(back, JUNE).median[1:] == pytest.approx(np.maximum(0, outlook(back, JUNE).median[1:]))
    assert (outlook(held, JUNE).low >= held.done[:, JUNE]).all()


def test_a_level_may_fall_again() -> None:
    falling = course([-1.5] * 12, floor=False)
    counted = course([-1.5] * 12)
    assert outlook(falling, JUNE).low[0] < falling.done[0, JUNE] <= outlook(counted, JUNE).low[0]
    sinking = course([1.0] * 12, floor=False)
    sinking.done[:, : JUNE + 1] = 1200 * np.array([2.4, 2.2, 1.9, 1.6, 1.3, 1.01])
    assert outlook(sinking, JUNE).chance[0] < 1.0
    assert outlook(Course(sinking.done, sinking.planned, sinking.whole), JUNE).chance[0] == 1.0


def test_chance_errors_even_out_between_units_and_those_of_the_year_do_not() -> None:
    scattered = [course([0.6, 0.8, 1.0, 1.2, 1.4] * 4), course([0.6, 0.8, 1.0, 1.2, 1.4] * 4)]
    together = outlook_together(scattered[1], JUNE, scattered[:1])
    alone = outlook(scattered[1], JUNE, scattered[:1])
    share = (together.high - together.median)[0] / (20 * 1200)
    assert share < (alone.high - alone.median)[0] / 1200
    rushed = course([0.8] * 20)
    rushed.done[:, DECEMBER] = 1500.0
    common = outlook_together(course([0.8] * 20), JUNE, [rushed])
    assert (common.high - common.median)[0] / (20 * 1200) > 0.2


@given(
    st.lists(st.floats(0.0, 3.0), min_size=12, max_size=20),
    st.integers(3, 10),
    st.lists(st.floats(0.2, 2.0), min_size=12, max_size=12),
)
def test_ends_stand_round_the_middle_and_the_middle_grows_with_the_pace(
    own: list[float], at: int, past: list[float]
) -> None:
    seen = outlook(course(own), at, [course(past)])
    assert (seen.low <= seen.median + 1e-9).all() and (seen.median <= seen.high + 1e-9).all()
    assert ((seen.chance >= 0) & (seen.chance <= 1)).all()
    order = np.argsort(own)
    assert (np.diff(seen.median[order]) >= -1e-6).all()
    assert (np.diff(seen.chance[order]) >= -1e-9).all()


@given(st.lists(st.floats(0.1, 2.0), min_size=12, max_size=12), st.integers(3, 10), st.floats(0.5, 50.0))
def test_another_unit_of_measure_changes_nothing(own: list[float], at: int, factor: float) -> None:
    held = course(own)
    scaled = Course(held.done * factor, held.planned * factor, held.whole * factor)
    one, other = outlook(held, at), outlook(scaled, at)
    assert other.median == pytest.approx(one.median * factor)
    assert other.chance == pytest.approx(one.chance)


def test_the_back_test_counts_what_came_true_inside() -> None:
    steady = [course([0.9, 1.0, 1.1] * 5) for _ in range(3)]
    found = back_test(steady)
    # From April to November of each year, fifteen units.
    assert found.tries == 3 * 8 * 15
    assert found.coverage == 1.0
    assert found.straight == pytest.approx(0.0)
    jump = course([1.0] * 15)
    jump.done[:, DECEMBER] = 3000.0
    assert back_test([jump]).inside == 0


def test_the_last_year_is_tested_as_far_as_it_is_known() -> None:
    this = course([1.0] * 15)
    this.done[:, 10:] = np.nan
    assert back_test([this], until=9).tries == 6 * 15
    assert back_test([this]).tries == 0
    assert np.isnan(back_test([this]).coverage)


def test_back_tests_add_up_by_their_tries() -> None:
    both = BackTest(10, 8, 0.1, 0.3) + BackTest(30, 24, 0.2, 0.5)
    assert (both.tries, both.inside) == (40, 32)
    assert (both.error, both.straight) == (pytest.approx(0.175), pytest.approx(0.45))
    assert UNTRIED + UNTRIED == UNTRIED
    assert UNTRIED + both == both == both + UNTRIED


def test_on_a_county_frozen_before_the_interval_holds_what_it_says() -> None:
    """metrics.md 5: coverage between 75 and 85 %, better than the straight run-rate."""
    units, together = UNTRIED, UNTRIED
    for code in second_county():
        units += back_test(second(code))
        together += back_test_together(second(code))
    assert units.tries > 7000 and together.tries > 300
    assert 0.75 <= units.coverage <= 0.85
    assert 0.75 <= together.coverage <= 0.90
    assert units.error < 0.6 * units.straight
    assert together.error < 0.4 * together.straight


def test_a_pace_is_drawn_by_as_many_periods_as_there_are() -> None:
    held = Paces(np.array([np.nan, 2.0, 3.0]), np.array([0, 1, 9]), 0.5)
    assert held.drawn() == pytest.approx([15 / 18, (2 + 15) / 19, (4 * 3 + 15) / 22])


def test_parts_of_one_are_forecast_as_thousands_are() -> None:
    many, one = course([0.7, 0.9, 1.2] * 4), course([0.7, 0.9, 1.2] * 4, whole=0.01)
    assert paces(one, JUNE).own == pytest.approx(paces(many, JUNE).own)
    assert paces(one, JUNE).county == pytest.approx(paces(many, JUNE).county)
    assert outlook(one, JUNE).chance == pytest.approx(outlook(many, JUNE).chance)
    assert outlook(one, JUNE).periods.tolist() == [6] * 12


def test_what_plans_nothing_or_next_to_nothing_has_no_period_and_no_pace() -> None:
    held = course([1.0] * 3)
    held.planned[0], held.whole[0] = 0.0, 0.0
    held.planned[1, :4] = 1e-7 * np.arange(1, 5)
    found = paces(held, JUNE)
    assert found.periods.tolist() == [0, 2, 6]
    assert np.isnan(found.own[0]) and np.isfinite(found.own[1:]).all()
    held.planned[2, JUNE:] = held.planned[2, JUNE] + np.array([0, *([1e-7] * 6)])
    assert outlook(held, JUNE).silence[2] == Silence.PLAN_OVER


def test_a_gap_of_one_unit_is_its_own_and_what_came_before_the_first_figure_counts_with_it() -> None:
    held = course([1.0, 1.0, 1.0])
    held.done[1, 4] = held.done[2, 0] = np.nan
    found = paces(held, JUNE)
    assert found.own == pytest.approx([1.0, 1.0, 1.0])
    assert paces(held, 1).own[2] == pytest.approx(1.0) and paces(held, 1).periods[2] == 1
    assert found.periods.tolist() == [6, 5, 5]


def test_the_chance_is_that_of_a_normal_and_what_is_just_reached_is_certain() -> None:
    held = course([0.8] * 11 + [1.9])
    held.done[:11, JUNE] = 480.0
    seen = outlook(held, JUNE)
    deviation = (seen.high - seen.median) / REACH
    expected = [1 - NormalDist().cdf(z) for z in (1200 - seen.median[:11]) / deviation[:11]]
    assert seen.chance[:11] == pytest.approx(expected) and 0.01 < expected[0] < 0.4
    scattered = course([0.1, 0.2, 1.5, 1.9, 2.0])
    chance = outlook(scattered, JUNE).chance
    assert scattered.done[4, JUNE] == 1200 and chance[3] < chance[4] == 1.0


def test_a_forecast_may_end_before_the_year() -> None:
    held = course([0.8] * 12)
    pace = outlook(held, JUNE).pace[0]
    assert outlook(held, JUNE, to=8).median == pytest.approx(1200 * (0.4 + 0.25 * pace))
    assert outlook_together(held, JUNE, to=8).median == pytest.approx(12 * 1200 * (0.4 + 0.25 * pace))


def _half(errors: list[float]) -> float:
    """The error that holds 80 % of as many and one more."""
    return sorted(abs(error) for error in errors)[-(-(len(errors) + 1) * 8 // 10) - 1]


@pytest.mark.parametrize("size", [10, 14])
def test_as_few_past_errors_as_are_enough_make_the_interval(size: int) -> None:
    past = course([0.5 + 0.07 * at for at in range(size)])
    past.done[:, 9:] *= 1.1
    errors = residuals(past, JUNE, DECEMBER)
    assert len(errors) == size >= FEWEST_ERRORS
    seen = outlook(course([1.0] * 12), JUNE, [past])
    assert seen.high - seen.median == pytest.approx(600 * np.hypot(_half(list(errors)), REACH * DOUBT))


def test_the_spread_of_this_year_is_that_of_units_with_enough_periods() -> None:
    held = course([0.8, 0.9, 1.0, 1.1, 1.25, 3.0])
    held.done[5, :3] = np.nan
    found = paces(held, JUNE)
    assert found.periods.tolist() == [6] * 5 + [3]
    half = _half(list((found.own - found.county)[:5]))
    seen = outlook(held, JUNE)
    assert (seen.high - seen.median)[:5] == pytest.approx(600 * np.hypot(half, REACH * DOUBT))
    together = outlook_together(held, JUNE, whole=course([1.0]))
    evened = np.sqrt(6) / 6
    assert together.high - together.median == pytest.approx(600 * np.hypot(half * evened, REACH * DOUBT))
    four = course([0.8, 0.9, 1.0, 1.3, 2.0])
    half = _half(list(paces(four, 3).own - paces(four, 3).county))
    found = outlook_together(four, 3, whole=course([1.0]))
    assert found.high - found.median == pytest.approx(800 * np.hypot(half / np.sqrt(5), REACH * DOUBT))


def test_together_the_errors_of_units_even_out_by_what_is_left_of_each_and_those_of_the_year_stay() -> None:
    past = course([0.6, 0.8, 1.0, 1.2, 1.5] * 2 + [2.0])
    past.done[:, 9:] *= 1.3
    now = course([1.0] * 3)
    now.planned[0] *= 3
    now.planned[2, JUNE:] = now.planned[2, JUNE]
    year = residuals(past.together(), JUNE, DECEMBER)
    errors = residuals(past, JUNE, DECEMBER) - year
    assert len(errors) == 11 and len(year) == 1
    evened = np.hypot(1800, 600) / 2400
    half = np.hypot(np.hypot(_half(list(errors)) * evened, abs(year[0])), REACH * DOUBT)
    seen = outlook_together(now, JUNE, [past], whole=course([1.0]))
    assert seen.high - seen.median == pytest.approx(600 * half)
    assert not course([1.0], floor=False).together().floor


def _tried_by_hand(years: list[Course], until: int, together: bool) -> tuple[int, int, float]:
    """The same from every period, one by one: tries, inside, and the mean error as a share of the target."""
    hits, errors = 0, []
    for place, year in enumerate(years):
        end = until if place == len(years) - 1 else DECEMBER
        one = year.together() if together else year
        for at in range(end):
            told = (outlook_together if together else outlook)(year, at, years[:place], to=end)
            for unit in np.flatnonzero(np.isfinite(told.median)):
                came = one.done[unit, end]
                hits += bool(told.low[unit] <= came <= told.high[unit])
                errors.append(abs(told.median[unit] - came) / one.whole[unit])
    return len(errors), hits, float(np.mean(errors))


def test_a_back_test_is_every_forecast_tried_with_what_was_known_then() -> None:
    rng = np.random.default_rng(11)
    years = [course([1.0] * 12) for _ in range(3)]
    for year in years:
        year.done[:] = np.cumsum(rng.uniform(0.2, 1.8, year.done.shape) * 100, axis=1)
    for test, together in ((back_test, False), (back_test_together, True)):
        found = test(years, until=9)
        tries, hits, error = _tried_by_hand(years, 9, together)
        assert (found.tries, found.inside) == (tries, hits) and 0 < hits < tries
        assert found.error == pytest.approx(error)
        assert test(years).tries == _tried_by_hand(years, DECEMBER, together)[0]


@pytest.mark.parametrize(("off", "inside"), [(0.0, 12), (1e-7, 12), (1e-5, 0)])
def test_an_outcome_at_the_end_of_the_interval_is_inside(off: float, inside: int) -> None:
    """Figures of the last five months allow one forecast alone, that of November."""
    for end, sign in (("low", -1), ("high", 1)):
        year = course([1.0] * 12)
        year.done[:, :7] = np.nan
        year.done[:, DECEMBER] = getattr(outlook(year, 10), end) + sign * off
        found = back_test([year])
        assert (found.tries, found.inside) == (12, inside)
