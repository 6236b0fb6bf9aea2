"""Two judgements compared: what differs is named, what is equal is not."""

import pandas as pd

from metrics.differences import COMPARED, differences

UNITS = ("a", "b", "c")


def _cells(**changed: dict[str, object]) -> pd.DataFrame:
    """Three cells of one indicator; `changed` gives other values by unit."""
    plain = {
        "is_principal": True,
        "indicator": "X",
        "state": "on_plan",
        "light": "green",
        "target": 100,
        "actual": 80,
        "completion": 0.8,
        "planned": 0.75,
        "gap": 0.05,
        "days_behind": pd.NA,
        "rule_number": "R1",
    }
    return pd.DataFrame([{"unit": unit, **plain, **changed.get(unit, {})} for unit in UNITS])


def test_equal_judgements_differ_in_nothing() -> None:
    assert differences(_cells(), _cells()).empty


def test_a_cell_that_differs_shows_both_sides_and_the_others_do_not() -> None:
    found = differences(_cells(), _cells(b={"state": "behind", "gap": -0.2}))
    assert list(found["unit"]) == ["b"]
    row = found.iloc[0]
    assert (row["state_before"], row["state_after"]) == ("on_plan", "behind")
    assert (row["gap_before"], row["gap_after"]) == (0.05, -0.2)
    assert not row["is_new"] and not row["is_gone"]


def test_only_the_columns_asked_for_decide() -> None:
    changed = _cells(a={"rule_number": "R2"}, b={"rule_number": "R2", "state": "behind"})
    assert list(differences(_cells(), changed, of=("state",))["unit"]) == ["b"]
    assert list(differences(_cells(), changed)["unit"]) == ["a", "b"]


def test_missing_equals_missing_and_nothing_else() -> None:
    missing = _cells(a={"completion": None}, c={"state": None})
    assert differences(missing, missing).empty
    assert list(differences(_cells(), missing)["unit"]) == ["a", "c"]


def test_what_floats_cannot_tell_apart_is_equal() -> None:
    assert differences(_cells(), _cells(a={"gap": 0.05 + 1e-15})).empty
    assert list(differences(_cells(), _cells(a={"gap": 0.05 + 1e-8}))["unit"]) == ["a"]


def test_cells_on_one_side_only_are_new_or_gone() -> None:
    fewer = _cells().iloc[:2]
    assert differences(fewer, _cells())[["unit", "is_new", "is_gone"]].values.tolist() == [["c", True, False]]
    gone = differences(_cells(), fewer)
    assert gone[["unit", "is_new", "is_gone"]].values.tolist() == [["c", False, True]]
    assert gone.iloc[0]["state_before"] == "on_plan" and pd.isna(gone.iloc[0]["state_after"])


def test_only_principal_targets_are_compared() -> None:
    other = _cells(a={"is_principal": False, "state": "behind"})
    assert list(differences(_cells(a={"is_principal": False}), other)["unit"]) == []


def test_both_sides_of_every_column_are_there() -> None:
    found = differences(_cells(), _cells(a={"state": "behind"}))
    assert {f"{name}_{side}" for name in COMPARED for side in ("before", "after")} <= set(found.columns)


def test_what_is_on_one_side_only_is_listed_even_where_nothing_is_to_compare() -> None:
    fewer = _cells().iloc[:2]
    assert list(differences(fewer, _cells(), of=("days_behind",))["unit"]) == ["c"]
    assert list(differences(_cells(), fewer, of=("days_behind",))["unit"]) == ["c"]


def test_a_number_of_days_is_not_none() -> None:
    none, some = (_cells(b={"days_behind": days}).astype({"days_behind": "Int64"}) for days in (pd.NA, 5))
    assert list(differences(none, some)["unit"]) == list(differences(some, none)["unit"]) == ["b"]
    assert differences(some, some).empty


def test_rows_come_in_the_order_of_the_later_ones_and_then_what_is_gone() -> None:
    changed = {unit: {"state": "behind"} for unit in UNITS}
    after = _cells(**changed).iloc[[2, 0]]
    assert list(differences(_cells(), after)["unit"]) == ["c", "a", "b"]
