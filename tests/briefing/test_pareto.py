"""Which units make the shortfall: shares that add up, and how few make most of it."""

import pandas as pd
import pytest

from briefing.pareto import pareto


def _cells(shortfalls: dict[str, float | None], **other: object) -> pd.DataFrame:
    rows = [
        {
            "unit": unit,
            "indicator": "X",
            "is_principal": True,
            "why": "behind_by_gap",
            "state": "behind",
            "target": 100,
            "shortfall": short,
            **other,
        }
        for unit, short in shortfalls.items()
    ]
    return pd.DataFrame(rows).astype({"shortfall": "float64", "target": "Int64"})


def test_the_largest_come_first_and_few_make_most() -> None:
    found = pareto(_cells({"a": 10.0, "b": 60.0, "c": 30.0, "d": 0.0, "e": None}), "X")
    assert found is not None
    assert list(found.rows["unit"]) == ["b", "c", "a"]
    assert list(found.rows["cumulative"]) == pytest.approx([0.6, 0.9, 1.0])
    assert (found.few, found.few_share, found.judged) == (2, pytest.approx(0.9), 4)


def test_exactly_four_fifths_is_most() -> None:
    found = pareto(_cells({"a": 80.0, "b": 20.0}), "X")
    assert found is not None and (found.few, found.few_share) == (1, pytest.approx(0.8))


def test_nobody_short_is_no_shortfall() -> None:
    found = pareto(_cells({"a": 0.0, "b": 0.0}), "X")
    assert found is not None and found.rows.empty and found.few == 0


@pytest.mark.parametrize("other", [{"target": None}, {"state": "no_task"}, {"indicator": "Y"}])
def test_without_targets_of_their_own_there_is_nothing_to_share(other: dict[str, object]) -> None:
    assert pareto(_cells({"a": 10.0}, **other), "X") is None
