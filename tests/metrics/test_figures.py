from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.figures import (
    counts_things,
    day_text,
    days_text,
    fine_quantity,
    gap_edges,
    gap_text,
    part_scale,
    percent,
    points,
    quantity,
)
from metrics.rules import DEFAULT_CONTENT, parse_rules


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.9996, "99.96%"),
        (0.99996, "99.996%"),
        (1.0, "100.0%"),
        (1.0004, "100.04%"),
        (0.0, "0.0%"),
        (0.0003, "0.03%"),
        (-0.0003, "−0.03%"),
        (0.0625, "6.3%"),  # half away from zero, not to even
        (-0.0625, "−6.3%"),
        (0.9135, "91.4%"),
        (1.14, "114.0%"),
        (3.86, "386.0%"),
        (12.345, "1,234.5%"),
    ],
)
def test_percentages(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("gap", "shown"),
    [
        (-0.412, "−41.2"),
        (0.03, "+3.0"),
        (0.0, "0.0"),
        (-0.0996, "−9.96"),
        (-0.1, "−10.0"),
        (0.2 - 0.3, "−10.0"),
        (-0.1004, "−10.04"),
        (-0.30004, "−30.004"),
        (-0.00004, "−0.004"),
        (0.0004, "+0.04"),
        (-0.22449, "−22.4"),
    ],
)
def test_gaps_have_a_sign_and_never_touch_an_edge_they_have_not_reached(gap: float, shown: str) -> None:
    assert points(gap, bare=True) == shown


def test_gaps_in_words_and_under_another_rule() -> None:
    assert points(-0.224) == "−22.4个百分点"
    assert points(-0.224, "en") == "−22.4 pp"
    strict = parse_rules("r", "t", DEFAULT_CONTENT | {"gap_points": {"behind": -5, "far_behind": -20}})
    assert points(-0.0496, bare=True) == "−5.0"
    assert points(-0.0496, bare=True, edges=gap_edges(strict)) == "−4.96"


@pytest.mark.parametrize(
    ("value", "scale", "shown"),
    [
        (1903000, 2, "19,030.00"),
        (700350, 2, "7,003.50"),
        (70035000, 4, "7,003.50"),
        (123456789, 6, "123.456789"),
        (5603, 0, "5,603"),
        (0, 0, "0"),
        (0, 2, "0.00"),
        (-1234, 1, "−123.4"),
        (5, 3, "0.005"),
    ],
)
def test_quantities_are_exact(value: int, scale: int, shown: str) -> None:
    assert quantity(value, scale) == shown


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_figure_is_a_dash_and_never_a_zero(missing: object) -> None:
    shown = (percent(missing), points(missing), quantity(missing, 2), day_text(missing), days_text(missing))
    assert set(shown) == {"—"}


def test_days() -> None:
    day = date(2026, 1, 5)
    assert (day_text(day), day_text(day, "en"), day_text(day, short=True)) == (
        "2026年1月5日",
        "2026-01-05",
        "2026-01-05",
    )
    assert day_text(pd.Timestamp(day)) == "2026年1月5日"
    assert (days_text(97), days_text(97, "en"), days_text(1, "en")) == ("97天", "97 days", "1 day")


@given(st.integers(-2_000_000_000_000, 2_000_000_000_000).map(lambda n: n / 1e12))
def test_printing_never_crosses_an_edge_and_rounds_by_at_most_half(gap: float) -> None:
    shown = points(gap, bare=True).replace("−", "-").replace("+", "")
    printed = Decimal(shown)
    exact = Decimal(repr(gap)) * 100
    assert abs(printed - exact) <= Decimal("0.05")
    for edge in (0, -10, -30):
        assert (printed > edge) == (exact > edge) and (printed < edge) == (exact < edge)


@pytest.mark.parametrize(
    ("value", "scale", "shown"),
    [(41.0, 0, "41"), (0.333, 0, "0.3"), (41.666, 0, "41.7"), (1234.5, 2, "12.35"), (float("nan"), 0, "—")],
)
def test_what_is_computed_of_whole_things_keeps_a_decimal(value: float, scale: int, shown: str) -> None:
    assert fine_quantity(value, scale) == shown


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_quantity_can_be_read_back(value: int, scale: int) -> None:
    shown = quantity(value, scale).replace("−", "-").replace(",", "")
    assert Decimal(shown).scaleb(scale) == value


@pytest.mark.parametrize(
    ("name", "scale"),
    [("支出(万元,2位小数)", 2), ("支出（万元，1位小数）", 1), ("合格户数", 0), (None, 0), (pd.NA, 0)],
)
def test_the_name_of_a_part_says_its_decimals(name: object, scale: int) -> None:
    assert part_scale(name) == scale


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("签约且履约人数", True),
        ("有劳动力家庭数", True),
        ("个人自付费用（百元）", False),
        ("支出数（万元）", False),
        ("播种面积", False),
        (None, False),
        (float("nan"), False),
    ],
)
def test_a_part_that_counts_says_so_by_its_name(name: object, counts: bool) -> None:
    assert counts_things(name) is counts


def test_the_gap_of_a_cell_that_is_nearly_none_is_not_printed_as_none() -> None:
    behind = SimpleNamespace(gap=-0.00004, behind_gap=-0.05, far_gap=float("nan"))
    assert gap_text(behind) == "−0.004个百分点"
