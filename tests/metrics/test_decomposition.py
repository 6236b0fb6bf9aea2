"""What was given below against what was asked above: the difference has its name, and nobody missing is a zero."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.decomposition import COLUMNS, Part, Standing, decompose, part_of
from tests.metrics.boards import COUNTY, OTHER_TOWN, TOWN, cells, fact, indicator, rolled, target, villages

THIRD = "990521103"
TOWNS = (TOWN, OTHER_TOWN, THIRD)
PARENT = dict.fromkeys(TOWNS, COUNTY)


def judged(
    asked: int | None, parts: list[int | None], terms: dict[str, Any] | None = None, **given_: Any
) -> pd.DataFrame:
    """The county and its townships, each with its target where it has one; `terms` are of every target."""
    rows = [] if asked is None else [target(COUNTY, asked, **(terms or {}))]
    rows += [
        target(town, part, **(terms or {}))
        for town, part in zip(TOWNS, parts, strict=True)
        if part is not None
    ]
    facts = [fact(town, 1) for town in TOWNS]
    facts.append(rolled(COUNTY, 3, 3, 3, target_in=1, target_owed=1))
    return cells(rows, facts, units=(COUNTY, *TOWNS), **given_)


def row(held: pd.DataFrame, **given_: Any) -> Any:
    is_county = held["unit"] == COUNTY
    sets = {"ratios": frozenset(), "scoped": frozenset()} | given_
    found = decompose(held[is_county], held[~is_county], PARENT, **sets)
    assert list(found) == list(COLUMNS)
    rows = list(found.itertuples(index=False))
    assert len(rows) <= 1
    return rows[0] if rows else None


@pytest.mark.parametrize(
    ("asked", "parts", "standing", "difference"),
    [
        (100, [40, 30, 30], Standing.EVEN, 0),
        (100, [40, 40, 30], Standing.ADDED, 10),
        (100, [40, 30, 20], Standing.RESERVE, -10),
        (100, [40, 30, None], Standing.UNDIVIDED, -30),
        (100, [60, 60, None], Standing.ADDED, 20),
        (100, [60, 40, None], Standing.EVEN, 0),
        (100, [None, None, None], Standing.UNDIVIDED, None),
        (None, [40, 30, 30], Standing.NO_TARGET, None),
        (0, [0, 0, 0], Standing.EVEN, 0),
        (0, [1, 0, 0], Standing.ADDED, 1),
    ],
)
def test_the_difference_has_its_name(
    asked: int | None, parts: list[int | None], standing: Standing, difference: int | None
) -> None:
    found = row(judged(asked, parts))
    assert found.standing == standing
    if difference is None:
        assert pd.isna(found.difference) and pd.isna(found.share)
    else:
        assert found.difference == difference
    given_ = [part for part in parts if part is not None]
    assert (found.units_given, found.units_without) == (len(given_), 3 - len(given_))
    assert pd.isna(found.given) if not given_ else found.given == sum(given_)
    if asked:
        assert found.share == pytest.approx(difference / asked) if difference is not None else True
    elif asked == 0:
        assert pd.isna(found.share)


def test_where_nobody_was_asked_anything_there_is_nothing_to_say() -> None:
    assert row(judged(None, [None, None, None])) is None


def test_a_unit_without_the_task_is_not_one_without_its_part() -> None:
    rows = [target(COUNTY, 100), target(TOWN, 60), target(OTHER_TOWN, 30), target(THIRD, None, no_task=True)]
    facts = [fact(TOWN, 1), fact(OTHER_TOWN, 1)]
    found = row(cells(rows, facts, units=(COUNTY, *TOWNS)))
    assert (found.standing, found.units_given, found.units_without) == (Standing.RESERVE, 2, 0)


def test_only_the_target_that_counts_is_added() -> None:
    rows = [
        target(COUNTY, 100),
        target(TOWN, 60),
        target(TOWN, 90, issuer="市", is_breakdown=False),
        target(OTHER_TOWN, 40),
        target(THIRD, 0),
    ]
    assert row(cells(rows, [fact(town, 1) for town in TOWNS], units=(COUNTY, *TOWNS))).given == 100


@pytest.mark.parametrize("kind", ["level", "milestone", "checklist", "qualitative"])
def test_levels_days_and_words_are_not_added(kind: str) -> None:
    held = judged(100, [40, 30, 30], {"kind": kind, "base": 10}, indicators=[indicator(kind=kind)])
    found = row(held)
    assert found.standing == Standing.NOT_ADDED and pd.isna(found.difference)
    assert found.units_given == 3


def test_shares_are_not_added() -> None:
    assert row(judged(100, [90, 90, 90]), ratios=frozenset("a")).standing == Standing.NOT_ADDED


def test_a_target_outside_the_scope_is_counted_apart_and_not_added() -> None:
    rows = [target(COUNTY, 100), target(TOWN, 60), target(OTHER_TOWN, 40), target(THIRD, 70)]
    scoped = indicator(scope_tag="山区")
    held = cells(rows, [fact(TOWN, 1), fact(OTHER_TOWN, 1)], units=(COUNTY, *TOWNS), indicators=[scoped])
    found = row(held, scoped=frozenset("a"))
    assert (found.given, found.standing, found.units_outside) == (100, Standing.EVEN, 1)


def test_outside_the_scope_without_a_target_owes_none() -> None:
    rows = [target(COUNTY, 100), target(TOWN, 100)]
    scoped = indicator(scope_tag="山区")
    held = cells(rows, [fact(TOWN, 1)], units=(COUNTY, *TOWNS), indicators=[scoped])
    found = row(held, scoped=frozenset("a"))
    assert (found.units_given, found.units_without, found.units_outside) == (1, 0, 0)


def test_nothing_asked_outside_the_scope_is_no_target_too_many() -> None:
    rows = [target(COUNTY, 60), target(TOWN, 60), target(THIRD, 0)]
    scoped = indicator(scope_tag="山区")
    held = cells(rows, [fact(TOWN, 1)], units=(COUNTY, *TOWNS), indicators=[scoped])
    assert row(held, scoped=frozenset("a")).units_outside == 0


def test_before_anything_is_reported_nobody_is_called_out_of_scope() -> None:
    rows = [target(COUNTY, 100), target(TOWN, 60), target(OTHER_TOWN, 40)]
    held = cells(rows, [], units=(COUNTY, *TOWNS), indicators=[indicator(scope_tag="山区")], day=None)
    assert row(held, scoped=frozenset("a")).units_outside == 0


def test_below_the_level_that_reports_a_target_is_judged_by_nobody() -> None:
    codes = villages(2)
    held = cells(
        [target(TOWN, 100), target(codes[0], 50)],
        [fact(TOWN, 1)],
        units=(TOWN, *codes),
    )
    part = part_of(held, frozenset())
    assert list(part) == [Part.GIVEN, Part.OUTSIDE, Part.NONE_OWED]
    own = held["unit"] == TOWN
    found = decompose(
        held[own], held[~own], dict.fromkeys(codes, TOWN), ratios=frozenset(), scoped=frozenset()
    )
    assert list(found["units_outside"]) == [1]
    assert found["given"].isna().all()


@settings(max_examples=25)
@given(st.integers(0, 300), st.lists(st.one_of(st.none(), st.integers(0, 200)), min_size=3, max_size=3))
def test_parts_and_difference_make_the_whole(asked: int, parts: list[int | None]) -> None:
    found = row(judged(asked, parts))
    if any(part is not None for part in parts):
        assert found.given == asked + found.difference
        assert (found.standing == Standing.ADDED) == (found.difference > 0)
        assert (found.standing == Standing.EVEN) == (found.difference == 0)
    else:
        assert found.standing == Standing.UNDIVIDED


def plain(unit: str, code: str, low: int | None, **given_: Any) -> dict[str, Any]:
    """What is read of a judged cell; without an amount it has no target."""
    held = {
        "unit": unit,
        "indicator": code,
        "is_principal": True,
        "target_id": None if low is None else 1,
        "kind": "accumulate",
        "low": low,
        "no_task": False,
        "why": "on_plan",
        "units_owed": 1,
        "data_day": "2026-10-31",
    }
    return held | given_


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).astype({"low": "Int64", "units_owed": "Int64", "target_id": "Int64"})


def test_the_table_of_several_parents_and_indicators() -> None:
    parents = table(
        plain("P", "a", 100),
        plain("P", "a", 900, is_principal=False),
        plain("Q", "a", 80),
        plain("P", "b", 50),
        plain("Q", "b", 70, why="reported_above"),
        plain("Q", "c", 60, no_task=True),
        plain("P", "d", 10),
        plain("P", "e", 20),
    )
    children = table(
        plain("p1", "a", 70),
        plain("p2", "a", 40),
        plain("q1", "a", None),
        plain("q2", "a", 20),
        plain("q1", "b", 30),
        plain("q1", "c", 5),
        plain("p1", "d", None, no_task=True),
        plain("p2", "d", None, no_task=True),
        plain("p1", "e", None),
        plain("p2", "e", None, no_task=True),
    )
    above = {"p1": "P", "p2": "P", "q1": "Q", "q2": "Q"}
    found = decompose(parents, children, above, ratios=frozenset(), scoped=frozenset())
    expected = pd.DataFrame(
        [
            ("P", "a", 100, 110, 10, 0.1, Standing.ADDED, 2, 0, 0),
            ("Q", "a", 80, 20, -60, -0.75, Standing.UNDIVIDED, 1, 1, 0),
            ("Q", "c", None, 5, None, None, Standing.NO_TARGET, 1, 0, 0),
            ("P", "e", 20, None, None, None, Standing.UNDIVIDED, 0, 1, 0),
        ],
        columns=list(COLUMNS),
    )
    kinds = {"target": "Int64", "given": "Int64", "difference": "Int64", "share": "float64"}
    pd.testing.assert_frame_equal(found, expected.astype(kinds).astype({"standing": found["standing"].dtype}))


def test_a_target_without_an_amount_is_out_of_scope_as_one_with_an_amount_is() -> None:
    held = table(
        plain("p1", "a", 5, units_owed=None),
        plain("p2", "a", None, target_id=2, units_owed=None),
        plain("p3", "a", 5, units_owed=1),
        plain("p4", "a", 0, units_owed=None),
        plain("p5", "a", None, units_owed=None),
    )
    part = part_of(held, frozenset("a"))
    assert list(part) == [Part.OUTSIDE, Part.OUTSIDE, Part.GIVEN, Part.GIVEN, Part.WITHOUT]
