"""What every month left has to bring: missing, months and need belong together, the hardest first."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.needs import monthly_needs
from tests.metrics.boards import TOWN, YEAR, cells, fact, indicator, target


def _of(low: int, amount: int, day: date = date(YEAR, 9, 30), **terms: object) -> list:
    kind = {"kind": terms["kind"]} if "kind" in terms else {}
    return monthly_needs(
        cells([target(TOWN, low, **terms)], [fact(TOWN, amount)], indicators=[indicator(**kind)], day=day)
    )


def test_the_three_figures_of_a_need() -> None:
    (need,) = _of(100, 40)
    assert (need.missing, need.months, need.monthly, need.strain) == (60, 3, 20, 0.2)


def test_half_a_thing_a_month_is_one_and_never_none() -> None:
    (need,) = _of(10, 9, date(YEAR, 10, 31))
    assert (need.monthly, need.whole_monthly, need.whole_missing) == (0.5, 1, 1)


def test_what_has_to_fall_is_negative() -> None:
    (need,) = _of(200, 500, kind="level", comparator="<=", base=740)
    assert (need.missing, need.whole_monthly) == (-300, -100)
    assert need.strain == pytest.approx(100 / 540)


def test_nothing_is_needed_of_what_is_done_or_has_no_month_left() -> None:
    assert _of(100, 100) == [] and _of(100, 40, date(YEAR, 12, 31)) == []


def test_the_greatest_load_comes_first() -> None:
    codes = {"a": 60, "b": 10, "c": 90}
    held = cells(
        [target(TOWN, 100, code) for code in codes],
        [fact(TOWN, amount, code) for code, amount in codes.items()],
        indicators=[indicator(code) for code in codes],
        day=date(YEAR, 9, 30),
    )
    assert [need.indicator for need in monthly_needs(held)] == ["b", "a", "c"]


@settings(max_examples=40)
@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 12))
def test_so_much_a_month_for_so_many_months_brings_what_is_missing(
    low: int, amount: int, month: int, until: int
) -> None:
    ends = {m: date(YEAR, m, (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]) for m in range(1, 13)}
    for need in _of(low, amount, ends[month], deadline=ends[until]):
        assert need.months == until - month
        assert need.missing == pytest.approx(low - amount)
        assert need.whole_monthly * need.months >= low - amount


def test_half_a_thing_to_fall_a_month_is_one_too() -> None:
    (need,) = _of(9, 10, date(YEAR, 10, 31), kind="level", comparator="<=", base=20)
    assert (need.unit, need.monthly, need.whole_monthly, need.whole_missing) == (TOWN, -0.5, -1, -1)


def test_the_strain_of_a_count_is_of_its_whole_target_whatever_the_years_before_brought() -> None:
    total = indicator(accumulation="cumulative")
    held = cells([target(TOWN, 100, base=40)], [fact(TOWN, 40)], indicators=[total], day=date(YEAR, 9, 30))
    (need,) = monthly_needs(held)
    assert need.strain == pytest.approx(need.monthly / 100)
