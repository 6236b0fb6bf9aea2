"""Peer groups rank apart, each from 1."""

import pandas as pd

from metrics.groups import peer_groups
from metrics.ranks import rank_change, rank_units
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, parse_rules

UNITS = pd.DataFrame(
    {
        "code": ["a", "b", "c", "d", "e"],
        "kind": ["乡", "镇", "街道", "乡", "农场"],
        "tags": [("山区",), ("近郊", "山区"), (), ("近郊",), ()],
    }
)


def grouped(*names: str) -> dict[str, str]:
    rules = parse_rules("r", "t", DEFAULT_CONTENT | {"peer_groups": list(names)})
    return dict(peer_groups(UNITS, rules))


def test_a_unit_is_in_the_first_group_that_names_its_kind_or_a_tag() -> None:
    assert grouped("山区", "近郊") == {"a": "山区", "b": "山区", "c": "", "d": "近郊", "e": ""}
    assert grouped("乡/镇", "街道") == {"a": "乡/镇", "b": "乡/镇", "c": "街道", "d": "乡/镇", "e": ""}
    assert grouped("近郊", "乡 / 农场")["e"] == "乡 / 农场"
    assert set(peer_groups(UNITS, DEFAULT_RULES)) == {""}


def _cells(good: dict[str, int]) -> pd.DataFrame:
    """Four judged targets a unit, so many of them on plan."""
    rows = [
        {"unit": unit, "indicator": n, "is_principal": True, "state": "on_plan" if n < count else "behind"}
        for unit, count in good.items()
        for n in range(4)
    ]
    return pd.DataFrame(rows)


def test_each_group_ranks_from_one_and_moves_among_its_own() -> None:
    groups = pd.Series({"a": "山区", "b": "山区", "c": "", "d": "山区", "e": ""})
    now = rank_units(_cells({"a": 4, "b": 3, "c": 2, "d": 3, "e": 1}), None, DEFAULT_RULES, groups)
    assert dict(zip(now["unit"], now["rank"], strict=True)) == {"a": 1, "b": 2, "c": 1, "d": 2, "e": 2}
    assert list(now["group"]) == ["山区", "山区", "", "山区", ""]
    before = rank_units(_cells({"a": 1, "b": 3, "c": 2, "d": 4, "e": 3}), None, DEFAULT_RULES, groups)
    moved = rank_change(now, before).set_index("unit")["moved"]
    assert dict(moved) == {"a": 2, "b": 0, "c": 1, "d": -1, "e": -1}


def test_without_groups_all_rank_together() -> None:
    held = rank_units(_cells({"a": 4, "b": 3, "c": 2, "d": 3, "e": 1}), None, DEFAULT_RULES)
    assert list(held["rank"]) == [1, 2, 4, 2, 5]
    assert set(held["group"]) == {""}
