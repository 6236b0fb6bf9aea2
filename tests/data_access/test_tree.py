"""The tree with its dates: who lay where on which day, as known when."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.errors import TreeBroken
from data_access.tree import OPEN_MOMENT, Place, closure, history
from data_access.versions import LAST_DAY

JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
FIRST, LATER = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)


def version(
    unit: str, parent: str | None, start: date = JANUARY, at: datetime = FIRST, *, withdrawn: bool = False
) -> dict[str, Any]:
    return {"unit": unit, "parent": parent, "valid_from": start, "recorded_at": at, "withdrawn": withdrawn}


COUNTRY = [version("C", None), version("N", "C"), version("S", "C"), version("v", "N")]


def above(unit: str, places: set[Place], day: date) -> dict[str, int]:
    return {
        place.ancestor: place.depth
        for place in places
        if place.unit == unit and place.valid_from <= day < place.valid_to
    }


def test_a_unit_has_itself_and_all_above_it() -> None:
    places = closure(COUNTRY)
    assert above("v", places, MARCH) == {"v": 0, "N": 1, "C": 2}
    assert above("v", places, date(2025, 12, 31)) == {}
    assert Place("C", "C", 0, JANUARY, LAST_DAY) in places


def test_a_move_holds_from_its_day() -> None:
    places = closure([*COUNTRY, version("v", "S", MARCH)])
    assert above("v", places, date(2026, 2, 28)) == {"v": 0, "N": 1, "C": 2}
    assert above("v", places, MARCH) == {"v": 0, "S": 1, "C": 2}
    assert Place("C", "v", 2, JANUARY, LAST_DAY) in places, "it never left the county"


def test_an_ended_unit_is_nowhere_and_what_lay_below_it_stands_alone() -> None:
    places = closure([*COUNTRY, version("N", "C", MARCH, withdrawn=True)])
    assert above("N", places, MARCH) == {}
    assert above("v", places, MARCH) == {"v": 0}
    assert above("v", places, JANUARY) == {"v": 0, "N": 1, "C": 2}


def test_a_correction_replaces_the_version_of_its_day() -> None:
    places = closure([*COUNTRY, version("v", "S", at=LATER)])
    assert above("v", places, JANUARY) == {"v": 0, "S": 1, "C": 2}


def test_a_circle_is_refused() -> None:
    with pytest.raises(TreeBroken):
        closure([version("a", "b"), version("b", "a")])


def test_a_parent_that_is_not_recorded_ends_the_line() -> None:
    assert above("C", closure([version("C", "P")]), MARCH) == {"C": 0}


def test_what_was_known_before_is_kept() -> None:
    rows = history([*COUNTRY, version("v", "S", MARCH, LATER)])
    north = Place("N", "v", 1, JANUARY, LAST_DAY)
    assert rows[north, FIRST] == LATER
    assert rows[Place("N", "v", 1, JANUARY, MARCH), LATER] == OPEN_MOMENT
    assert rows[Place("C", "v", 2, JANUARY, LAST_DAY), FIRST] == OPEN_MOMENT


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["N", "S", "v", "w"]),
            st.sampled_from([JANUARY, MARCH, JUNE]),
            st.integers(1, 5),
            st.booleans(),
        ),
        max_size=8,
        unique_by=lambda drawn: (drawn[0], drawn[1], drawn[2]),
    )
)
def test_every_day_and_moment_gives_one_line_upwards(drawn: list[tuple[str, date, int, bool]]) -> None:
    parents = {"N": "C", "S": "C", "v": "N", "w": "S"}
    versions = list(COUNTRY)
    for unit, start, number, withdrawn in drawn:
        parent = ["N", "S"][number % 2] if unit in "vw" else parents[unit]
        at = datetime(2026, 2, number, tzinfo=UTC)
        versions.append(version(unit, parent, start, at, withdrawn=withdrawn))
    rows = history(versions)
    for moment in (FIRST, datetime(2026, 2, 3, tzinfo=UTC), LATER):
        known = {place for (place, since), until in rows.items() if since <= moment < until}
        direct = closure(each for each in versions if each["recorded_at"] <= moment)
        assert known == direct
        for day in (JANUARY, MARCH, JUNE):
            line = above("v", known, day)
            assert sorted(line.values()) == list(range(len(line)))
