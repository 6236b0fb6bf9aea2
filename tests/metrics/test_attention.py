"""The order of attention (metrics.md 4)."""

import pandas as pd

from metrics.attention import order_of_attention
from metrics.rules import DEFAULT_RULES
from tests.metrics.ranked import (
    BAD,
    FAR,
    GOOD,
    INDICATORS,
    NO_ISSUES,
    NONE,
    NOTHING_SAID,
    SILENT,
    SLIGHT,
    held,
    issue,
    issues,
    row,
)


def attention(
    cells: pd.DataFrame, late: pd.DataFrame = NO_ISSUES, said: pd.DataFrame = NOTHING_SAID
) -> pd.DataFrame:
    return order_of_attention(cells, INDICATORS, late, said, DEFAULT_RULES)


def test_the_order_of_attention() -> None:
    cells = held({"a": [BAD, FAR, GOOD], "b": [FAR, GOOD, GOOD], "c": [SLIGHT, NONE, SILENT]})
    late = issues(
        issue("c", 5, "i0", "Z2"), issue("c", 9, "i0", "Z3"), issue("a", 4, None), issue("a", -2, "i2")
    )
    ordered = attention(cells, late)
    assert list(zip(ordered["unit"], ordered["indicator"], ordered["attention"], strict=True)) == [
        ("b", "i0", "far_on_key"),
        ("a", "i1", "far"),
        ("c", "i0", "overdue"),
        ("a", "i0", "behind"),
    ]
    third = ordered.iloc[2]
    assert (third["overdue_number"], third["overdue_days"]) == ("Z3", 9)


def test_within_a_class_the_larger_share_of_the_shortfall_comes_first() -> None:
    cells = pd.DataFrame(
        [
            row("a", "i1", FAR, shortfall=10.0),
            row("b", "i1", FAR, shortfall=30.0),
            row("c", "i2", "unfinished", shortfall=5.0),
            row("d", "i3", FAR, shortfall=float("nan")),
        ]
    )
    ordered = attention(cells)
    assert list(ordered["unit"]) == ["c", "b", "a", "d"]
    assert ordered["share"].iloc[:3].to_list() == [1.0, 0.75, 0.25]


def test_an_overdue_item_on_a_cell_far_behind_does_not_list_it_twice() -> None:
    ordered = attention(held({"a": [FAR]}), issues(issue("a", 9, "i0")))
    assert ordered["attention"].to_list() == ["far_on_key"]
    assert ordered["overdue_number"].to_list() == ["Z1"]


def test_a_cell_that_waits_on_another_body_is_listed_with_that_body() -> None:
    said = pd.DataFrame(
        {
            "unit": ["a", "a"],
            "indicator": ["i0", "i0"],
            "period": ["2026-09-30", "2026-10-31"],
            "waits_on": [None, "县发改局"],
        }
    )
    cells = held({"a": [FAR], "b": [BAD]})
    assert attention(cells, said=said)["waits_on"].to_list() == ["县发改局", ""]


def test_nothing_needs_attention() -> None:
    assert attention(held({"a": [GOOD, NONE]})).empty


def test_within_equal_shares_the_item_overdue_longest_comes_first_and_none_last() -> None:
    cells = held({"a": [GOOD, FAR], "b": [GOOD, FAR], "c": [GOOD, FAR]})
    late = issues(issue("b", 1, "i1", "Z1"), issue("c", 9, "i1", "Z2"))
    ordered = attention(cells, late)
    assert ordered["unit"].to_dict() == {0: "c", 1: "b", 2: "a"}
    assert ordered["overdue_days"].fillna(0).to_list() == [9, 1, 0]
    assert list(ordered) == [*cells, "share", "overdue_number", "overdue_days", "waits_on", "attention"]


def test_of_items_equally_overdue_the_first_is_named() -> None:
    late = issues(*(issue("a", 5 + at % 2, "i0", f"Z{at}") for at in range(40)))
    assert attention(held({"a": [FAR]}), late)["overdue_number"].to_list() == ["Z1"]


def test_of_explanations_of_one_period_the_last_counts() -> None:
    said = pd.DataFrame(
        {
            "unit": ["a"] * 40,
            "indicator": ["i0"] * 40,
            "period": ["2026-10-31", "2026-09-30"] * 20,
            "waits_on": [f"部门{at}" for at in range(40)],
        }
    )
    assert attention(held({"a": [FAR]}), said=said)["waits_on"].to_list() == ["部门38"]
