"""Fair comparison: exact probabilities, few false alarms, small units not pushed to the bottom (metrics.md 4)."""

from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist, median

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.comparison import Group, compare, grouped, lower_tail, over_dispersion, whiskers

BELOW = {Group.FAR_BELOW, Group.BELOW}


def results(k: list[int], n: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"unit": [f"u{place}" for place in range(len(k))], "k": k, "n": n})


def _exact(k: list[int], n: list[int], place: int) -> Fraction:
    """By counting: the ways in which a unit's n drawn from all hold so few or fewer."""
    total, met, own = sum(n), sum(k), n[place]
    ways = sum(comb(met, few) * comb(total - met, own - few) for few in range(k[place] + 1) if few <= met)
    return Fraction(ways, comb(total, own))


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12)), min_size=2, max_size=6))
def test_the_probability_is_the_one_that_counting_gives(drawn: list[tuple[int, int]]) -> None:
    n = [own for own, _ in drawn]
    k = [min(own, met) for own, met in drawn]
    held = lower_tail(np.array(k), np.array(n))
    for place, probability in enumerate(held):
        assert probability == pytest.approx(float(_exact(k, n, place)), abs=1e-9)


def test_a_known_table() -> None:
    """1 of 10 against 11 of 14: Fisher's own 0.00138 (one-sided, so few or fewer)."""
    held = lower_tail(np.array([1, 11]), np.array([10, 14]))
    assert held[0] == pytest.approx(0.0013797, abs=1e-6)


RATES, SIZES, UNITS = (0.5, 0.8, 0.95, 0.98), (15, 80, 300), 20


def _alarms(size: int, rate: float, draws: int) -> tuple[float, float]:
    """How often one of twenty equal units is called 明显低于, and 低于 or worse."""
    rng = np.random.default_rng([size, int(rate * 100)])
    n = np.full(UNITS, size)
    far = below = 0
    for k in rng.binomial(size, rate, (draws, UNITS)):
        low = lower_tail(k, n)
        groups = grouped(low, 1 - low, n, minimum_n=1)
        far += int((groups == Group.FAR_BELOW).sum())
        below += int(np.isin(groups, list(BELOW)).sum())
    return far / (draws * UNITS), below / (draws * UNITS)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("size", SIZES)
def test_equal_units_are_seldom_told_apart(size: int, rate: float) -> None:
    """Before any widening: at most 0.1 % of equal units 明显低于, at most 2.5 % 低于 or worse."""
    far, below = _alarms(size, rate, 1500)
    assert far <= 0.001 and below <= 0.025


@pytest.mark.long
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("size", SIZES)
def test_equal_units_are_seldom_told_apart_at_length(size: int, rate: float) -> None:
    far, below = _alarms(size, rate, 20_000)
    assert far <= 0.001 and below <= 0.025


@pytest.mark.parametrize("rate", [0.8, 0.95])
def test_small_units_do_not_crowd_the_bottom(rate: float) -> None:
    sizes = [15] * 10 + [300] * 10
    rng = np.random.default_rng(7)
    small = large = 0
    for _ in range(400):
        k = [int(rng.binomial(size, rate)) for size in sizes]
        held = compare(results(k, sizes), minimum_n=1).rows
        below = held["group"].isin(BELOW)
        small += int(below[:10].sum())
        large += int(below[10:].sum())
    assert small <= large * 1.25


def test_a_unit_far_off_is_found_and_an_even_one_is_not() -> None:
    k, n = [60, 95, 96, 94, 97, 95, 99], [100] * 7
    held = compare(results(k, n), minimum_n=20)
    groups = held.rows["group"]
    assert groups.iloc[0] == Group.FAR_BELOW
    assert not groups.iloc[1:6].isin(BELOW).any()


def test_two_that_differ_do_not_hide_each_other() -> None:
    """Shares of the insured as a county had them: two townships with ten times as many uninsured."""
    n = [7102, 4117, 1371, 4270, 6614, 1860, 3899, 9495, 3389, 9392, 2531, 6468, 6233]
    without = [96, 60, 0, 3, 5, 0, 2, 9, 1, 10, 1, 11, 11]
    held = compare(results([all_ - few for all_, few in zip(n, without, strict=True)], n), minimum_n=20)
    assert list(held.rows["group"][:2]) == [Group.FAR_BELOW] * 2
    assert not held.rows["group"][2:].isin(BELOW).any()
    assert held.spread < 5


def test_few_are_listed_and_not_grouped() -> None:
    held = compare(results([0, 90, 95], [19, 100, 100]), minimum_n=20).rows
    assert held["group"].iloc[0] == Group.TOO_FEW
    assert (
        compare(results([0, 90, 95], [20, 100, 100]), minimum_n=20).rows["group"].iloc[0] == Group.FAR_BELOW
    )


def test_what_varies_more_than_chance_is_told_apart_less() -> None:
    n = np.array([200] * 12)
    wide = np.array([120, 180, 130, 175, 125, 185, 140, 170, 135, 178, 128, 182])
    even = np.array([150, 155, 148, 152, 149, 151, 153, 147, 150, 154, 146, 151])
    assert over_dispersion(even, n) == 1.0
    spread = over_dispersion(wide, n)
    assert spread > 10
    assert not compare(results(list(wide), list(n)), minimum_n=20).rows["group"].isin([Group.FAR_BELOW]).any()


@given(st.integers(1, 500), st.data())
def test_the_whisker_holds_the_rate_and_stays_within(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    low, high = whiskers(np.array([k]), np.array([n]), 1.0)
    assert 0 <= low[0] <= k / n + 1e-12 and k / n - 1e-12 <= high[0] <= 1
    wider = whiskers(np.array([k]), np.array([n]), 4.0)
    assert wider[0][0] <= low[0] + 1e-12 and wider[1][0] >= high[0] - 1e-12


@pytest.mark.parametrize(("k", "n"), [([1], [0]), ([0], [0]), ([-1], [5]), ([6], [5])])
def test_what_cannot_be_counts_is_refused(k: list[int], n: list[int]) -> None:
    with pytest.raises(ValueError, match="k"):
        compare(results(k, n), minimum_n=1)


def test_everybody_or_nobody_is_level() -> None:
    for k in ([30, 40, 50, 60, 70], [0] * 5):
        held = compare(results(k, [30, 40, 50, 60, 70]), minimum_n=20)
        assert set(held.rows["group"]) == {Group.LEVEL} and held.spread == 1.0


def _spread_by_hand(k: list[int], n: list[int]) -> float:
    """By the words of the definition, unit by unit, in fractions as far as they go."""
    total = Fraction(sum(k), sum(n))
    off = [float(met - own * total) / sqrt(own) for met, own in zip(k, n, strict=True)]
    order = sorted(range(len(k)), key=off.__getitem__)
    middle = order[len(k) // 4 : len(k) - len(k) // 4]
    rate = Fraction(sum(k[at] for at in middle), sum(n[at] for at in middle))
    rate = total if rate in (0, 1) else rate
    z = [float(met - own * rate) / sqrt(own * rate * (1 - rate)) for met, own in zip(k, n, strict=True)]
    normal = median(abs(each - median(z)) for each in z) / NormalDist().inv_cdf(0.75)
    return max(1.0, normal**2)


def _spread(k: list[int], n: list[int]) -> float:
    return over_dispersion(np.array(k), np.array(n))


def test_the_spread_of_five_units_worked_out() -> None:
    """The middle three meet 140 of 300, so one deviation is √(100 · 7/15 · 8/15); the median one is 10."""
    spread = _spread([20, 40, 50, 50, 60], [100] * 5)
    assert spread == pytest.approx(225 / 56 / 0.6744897501960817**2, rel=1e-12)
    assert _spread([20, 40, 50, 60], [100] * 4) == 1.0


@pytest.mark.parametrize(
    ("k", "n"),
    [
        ([10, 60, 30, 70, 45, 20, 88, 51], [100, 100, 100, 100, 100, 100, 100, 100]),
        ([2, 28, 160, 270, 45, 700, 9, 12], [20, 30, 200, 300, 90, 900, 10, 40]),
        ([5, 399, 16, 33, 880, 2, 60, 41, 70], [25, 400, 50, 60, 990, 30, 61, 80, 200]),
        ([95, 30, 480, 12, 205], [100, 90, 500, 40, 300]),
    ],
)
def test_the_spread_is_that_of_its_definition(k: list[int], n: list[int]) -> None:
    expected = _spread_by_hand(k, n)
    assert expected > 1.5
    assert _spread(k, n) == pytest.approx(expected, rel=1e-9)


def test_where_the_middle_half_meets_all_or_none_the_rate_of_all_stands() -> None:
    """Six of eight stand alike, so the median deviation is nil; no rate of the middle could tell that."""
    n = [80] * 8
    k = [0, 0, 0, 0, 0, 0, 80, 80]
    assert _spread(k, n) == _spread([80 - met for met in k], n) == 1.0
    mixed = [0, 1, 0, 0, 0, 0, 80, 79, 60, 50]
    assert _spread(mixed, [80] * 10) == pytest.approx(_spread_by_hand(mixed, [80] * 10), rel=1e-9)


def test_the_ends_of_a_whisker_solve_the_equation_of_wilson() -> None:
    """At an end p the result lies z standard deviations of p away: (k - np)² = z² · spread · np(1 - p)."""
    k, n = np.array([8, 1, 150, 3]), np.array([10, 40, 200, 4])
    for spread in (1.0, 2.5):
        z2 = NormalDist().inv_cdf(0.975) ** 2 * spread
        for end in whiskers(k, n, spread):
            assert (k - n * end) ** 2 == pytest.approx(z2 * n * end * (1 - end), rel=1e-9)
    low, high = whiskers(np.array([8]), np.array([10]), 1.0)
    assert (low[0], high[0]) == (pytest.approx(0.490162, abs=1e-6), pytest.approx(0.943318, abs=1e-6))


def test_the_whisker_of_nobody_begins_at_zero_and_that_of_everybody_ends_at_one() -> None:
    n = np.arange(1, 200)
    for spread in (1.0, 4.0):
        assert (whiskers(0 * n, n, spread)[0] == 0.0).all()
        assert (whiskers(n, n, spread)[1] == 1.0).all()


def test_a_comparison_keeps_the_rows_as_they_came() -> None:
    k, n = [30, 45, 20], [50, 50, 25]
    given = results(k, n).assign(other="x").set_index(pd.Index([7, 3, 5]))
    held = compare(given, minimum_n=20)
    low = [float(_exact(k, n, place)) for place in range(3)]
    high = [float(_exact([own - met for met, own in zip(k, n, strict=True)], n, place)) for place in range(3)]
    bottom, top = whiskers(np.array(k), np.array(n), 1.0)
    rest = {"rate": [0.6, 0.9, 0.8], "low": bottom, "high": top, "p_low": low, "p_high": high}
    groups = [Group.FAR_BELOW, Group.ABOVE, Group.LEVEL]
    pd.testing.assert_frame_equal(held.rows, results(k, n).assign(**rest, group=groups), rtol=1e-9)


def test_the_probability_is_left_as_it_is_where_nothing_is_widened() -> None:
    k, n = [1, 1, 0], [1, 2, 3]
    held = compare(results(k, n), minimum_n=1)
    assert held.spread == 1.0
    assert held.rows["p_low"].tolist() == lower_tail(np.array(k), np.array(n)).tolist()


def test_limits_are_widened_by_the_root_of_the_spread() -> None:
    """A result at so many standard deviations counts as one at as many fewer: z ÷ √spread."""
    k, n = [80, 86, 90, 88, 84, 95], [100] * 6
    held = compare(results(k, n), minimum_n=20)
    normal = NormalDist()
    assert 1.0 < held.spread < 2.0
    for place, p in enumerate(held.rows["p_low"]):
        z = normal.inv_cdf(float(_exact(k, n, place)))
        assert p == pytest.approx(normal.cdf(z / sqrt(held.spread)), rel=1e-6)


def test_a_result_too_rare_for_a_float_is_widened_as_the_rarest_one() -> None:
    k = [0, 4000, 3000, 2500, 3600, 2000, 3300]
    held = compare(results(k, [4000] * 7), minimum_n=20)
    assert held.spread > 1 and 0 < held.rows["p_low"].iloc[0] < 0.5
