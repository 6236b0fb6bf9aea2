"""How quickly it went of late, beside what each month needs: never from a gap, never from a sum that lacked parts."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.pace import Pace, recent_pace
from metrics.periods import month_end


def periods(amounts: dict[int, int | None], **given_: Any) -> pd.DataFrame:
    """A cell for each month named, with its amount; `given_` are columns of all of them."""
    plain = {"kind": "accumulate", "base": pd.NA, "at_least": False, "approximate": False}
    rows = [
        {"data_day": month_end(2026, month), "actual": pd.NA if amount is None else amount, **plain, **given_}
        for month, amount in amounts.items()
    ]
    return pd.DataFrame(rows)


def pace(held: pd.DataFrame, month: int) -> Pace | None:
    return recent_pace(held, month_end(2026, month))


def test_the_mean_of_the_last_three_months() -> None:
    held = periods({5: 30, 6: 40, 7: 55, 8: 60, 9: 90})
    assert pace(held, 8) == Pace(10.0, 3, False, False)
    assert pace(held, 9) == Pace(50 / 3, 3, False, False)


def test_in_the_first_months_it_runs_from_the_start_of_the_year() -> None:
    assert pace(periods({1: 7}), 1) == Pace(7.0, 1, False, False)
    assert pace(periods({1: 7, 2: 11}), 2) == Pace(5.5, 2, False, False)
    assert pace(periods({1: 7, 2: 11, 3: 12}), 3) == Pace(4.0, 3, False, False)


def test_a_level_starts_from_its_base_and_may_fall() -> None:
    held = periods({1: 9_000, 2: 8_800}, kind="level", base=9_400)
    assert pace(held, 2) == Pace(-300.0, 2, False, False)
    assert pace(held.assign(base=pd.NA), 2) is None


def test_a_figure_reported_less_often_takes_its_own_last_period() -> None:
    assert pace(periods({3: 30, 6: 75}), 6) == Pace(15.0, 3, False, False)
    assert pace(periods({6: 60, 12: 180}), 12) == Pace(20.0, 6, False, False)
    assert pace(periods({6: 60}), 6) == Pace(10.0, 6, False, False)


@pytest.mark.parametrize("amounts", [{5: None, 8: 60}, {5: 30, 8: None}, {5: 30}, {}])
def test_a_gap_at_either_end_gives_no_mean(amounts: dict[int, int | None]) -> None:
    assert pace(periods(amounts) if amounts else periods({1: 1}).head(0), 8) is None


def test_a_sum_that_lacked_parts_then_gives_none_and_one_that_lacks_them_now_is_a_least() -> None:
    held = periods({5: 30, 8: 60})
    first, last = held["data_day"] == date(2026, 5, 31), held["data_day"] == date(2026, 8, 31)
    assert pace(held.assign(at_least=first), 8) is None
    assert pace(held.assign(at_least=last), 8) == Pace(10.0, 3, True, False)
    for some in (first, last):
        assert pace(held.assign(approximate=some), 8) == Pace(10.0, 3, False, True)


@given(st.lists(st.integers(0, 1000), min_size=12, max_size=12), st.integers(1, 12))
def test_it_is_what_the_last_months_brought(brought: list[int], month: int) -> None:
    held = periods({n: sum(brought[:n]) for n in range(1, 13)})
    last = brought[max(month - 3, 0) : month]
    found = pace(held, month)
    assert found is not None
    assert found.mean == pytest.approx(sum(last) / len(last))
    assert found.months == len(last)


def test_the_order_of_the_rows_does_not_matter() -> None:
    held = periods({3: 10, 5: 30, 6: 40, 7: 55, 8: 60}).iloc[::-1].reset_index(drop=True)
    assert pace(held, 8) == Pace(10.0, 3, False, False)
