"""The canonical form of a content, its chain, and how two contents are compared."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.fingerprints import BEGINNING, Differing, canonical, differences, fingerprint, link

# A zero below zero is no other number, and is not kept.
FINITE = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | FINITE | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_a_content_read_back_has_the_same_bytes(content: object) -> None:
    assert canonical(json.loads(canonical(content))) == canonical(content)


@given(VALUES)
def test_a_content_does_not_differ_from_itself(content: object) -> None:
    assert list(differences(content, json.loads(canonical(content)))) == []


@given(VALUES, VALUES)
def test_two_contents_differ_exactly_where_their_bytes_do(one: object, other: object) -> None:
    assert bool(list(differences(one, other))) == (canonical(one) != canonical(other))


def test_the_order_of_names_does_not_matter() -> None:
    assert canonical({"b": 1, "a": [None, True]}) == canonical({"a": [None, True], "b": 1})
    assert canonical({"县": "云岭"}) == '{"县":"云岭"}'.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError):
        canonical([number])


def test_a_fingerprint_is_sha_256() -> None:
    assert fingerprint(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_link_holds_what_came_before_the_heading_and_the_content() -> None:
    links = {
        link(BEGINNING, {"number": 1}, "a"),
        link("f" * 64, {"number": 1}, "a"),
        link(BEGINNING, {"number": 2}, "a"),
        link(BEGINNING, {"number": 1}, "b"),
    }
    assert len(links) == 4


def _table(*rows: list[object]) -> dict[str, object]:
    return {"columns": ["unit", "value"], "key": ["unit"], "rows": list(rows)}


def test_rows_are_matched_by_their_key() -> None:
    was, now = _table(["甲", 1], ["乙", 2]), _table(["乙", 3], ["甲", 1], ["丙", 4])
    assert list(differences(was, now)) == [
        Differing(("丙",), None, {"unit": "丙", "value": 4}),
        Differing(("乙", "value"), 2, 3),
    ]


def test_rows_of_one_key_are_told_apart() -> None:
    was, now = _table(["甲", 1], ["甲", 2]), _table(["甲", 1], ["甲", 5])
    assert list(differences(was, now)) == [Differing(("甲'", "value"), 2, 5)]


def test_a_number_is_not_a_mark() -> None:
    assert list(differences({"a": 1}, {"a": True})) == [Differing(("a",), 1, True)]


def test_lists_of_other_lengths_differ_as_a_whole() -> None:
    assert list(differences({"a": [1, 2]}, {"a": [1]})) == [Differing(("a",), [1, 2], [1])]
    assert list(differences({"a": [1, 2]}, {"a": [1, 3]})) == [Differing(("a", "1"), 2, 3)]


def _keyed(key: str, *rows: list[object]) -> dict[str, object]:
    return {"columns": ["unit", "month", "value"], "key": key.split(), "rows": list(rows)}


def test_a_difference_says_where_it_is_and_what_stood_and_stands_there() -> None:
    was = {"cells": _keyed("unit month", ["north", 3, 1], ["south", 3, 2]), "gone": 5}
    now = {"cells": _keyed("unit month", ["north", 3, 7])}
    assert list(differences(was, now)) == [
        Differing(("cells", "north 3", "value"), 1, 7),
        Differing(("cells", "south 3"), {"unit": "south", "month": 3, "value": 2}, None),
        Differing(("gone",), 5, None),
    ]


def test_two_tables_of_other_keys_are_no_rows_of_one_another() -> None:
    was, now = (_keyed(key, ["north", 3, 1]) for key in ("unit", "month"))
    assert list(differences({"cells": was}, {"cells": now})) == [
        Differing(("cells", "key", "0"), "unit", "month")
    ]


def test_another_head_of_a_table_is_a_difference_of_its_own_place() -> None:
    was = _keyed("unit", ["north", 3, 1])
    now = was | {"kinds": ["str"]}
    assert list(differences({"cells": was}, {"cells": now})) == [Differing(("cells", "kinds"), None, ["str"])]
