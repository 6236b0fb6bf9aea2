"""Two units for one task stand together and are never added; years stand side by side with totals of their own."""

from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import Engine

from briefing.lists import principal
from briefing.load import Briefing
from briefing.pairs import beside_each_other, pair_of, partner
from briefing.years import read_years
from data_access.engine import read
from metrics.vocabulary import Level, State


def test_a_pair_is_named_once_and_known_from_both_sides(october: Briefing) -> None:
    assert (partner(october, "JC01"), partner(october, "JC02")) == ("JC02", "JC01")
    assert partner(october, "ZF01") is None
    assert october.definitions["JC02"]["pair"] != "JC01"


def _with(cells: pd.DataFrame, unit: str, **states: State) -> pd.DataFrame:
    """The cells with other states of one unit's indicators."""
    out = cells.copy()
    for code, state in states.items():
        out.loc[(out["unit"] == unit) & (out["indicator"] == code), "state"] = str(state)
    return out


@pytest.mark.parametrize(
    ("own", "other", "worse"),
    [
        (State.DONE, State.DONE, State.DONE),
        (State.DONE, State.ON_PLAN, State.ON_PLAN),
        (State.DONE, State.FAR_BEHIND, State.FAR_BEHIND),
        (State.BEHIND, State.UNREPORTED, State.BEHIND),
        (State.DONE, State.UNREPORTED, State.UNREPORTED),
        (State.DONE, State.NO_TARGET, State.NO_TARGET),
        (State.BEHIND, State.NO_TARGET, State.BEHIND),
    ],
)
def test_a_pair_is_met_only_when_both_are(october: Briefing, own: State, other: State, worse: State) -> None:
    unit = october.root
    cells = _with(october.cells, unit, JC01=own, JC02=other)
    for code in ("JC01", "JC02"):
        held = pair_of(october, cells, unit, code)
        assert held is not None and held.worse.state == worse
        assert {held.own.indicator, held.other.indicator} == {"JC01", "JC02"} and held.own.indicator == code


def test_where_one_has_no_task_there_is_no_pair(october: Briefing) -> None:
    cells = _with(october.cells, october.root, JC02=State.NO_TASK)
    assert pair_of(october, cells, october.root, "JC01") is None
    assert pair_of(october, october.cells, october.root, "ZF01") is None


def test_each_of_a_pair_counts_once_and_neither_is_added(october: Briefing) -> None:
    townships = principal(october.cells_at(Level.TOWNSHIP))
    both = townships[townships["indicator"].isin(["JC01", "JC02"])]
    assert both.groupby("unit")["indicator"].count().max() == len(["JC01", "JC02"])
    held = pair_of(october, october.cells, october.root, "JC01")
    assert held is not None and held.own.actual < held.other.actual


def test_a_pair_stands_together_in_lists(october: Briefing) -> None:
    codes = pd.Series(["JC02", "ZF01", "JC01", "YS01"])
    order = codes.iloc[beside_each_other(october, codes).sort_values().index]
    assert list(order)[:2] == ["JC01", "JC02"]
    moved = october.directory.indicators.assign(
        sort=lambda held: held["sort"].where(held["code"] != "JC02", other=999)
    )
    apart = replace(october, directory=replace(october.directory, indicators=moved))
    order = codes.iloc[beside_each_other(apart, codes).sort_values().index]
    assert list(order)[:2] == ["JC01", "JC02"]


def test_the_years_of_an_amount_stand_apart_from_their_totals(demo_engine: Engine, october: Briefing) -> None:
    with read(demo_engine) as connection:
        first, second = read_years(connection, october, october.root, "ZF01")
    assert (first.year, second.year) == (2025, 2026)
    assert first.total_target == first.cell.target
    assert second.total_target == first.cell.target + second.cell.target
    assert second.total_actual == first.cell.actual + second.cell.actual
    assert first.cell.state == State.DONE or first.cell.state == State.UNFINISHED


def test_levels_of_different_years_are_never_added(demo_engine: Engine, october: Briefing) -> None:
    with read(demo_engine) as connection:
        held = read_years(connection, october, october.root, "YS01")
    assert [year.year for year in held] == [2025, 2026]
    assert {(year.total_target, year.total_actual) for year in held} == {(None, None)}


def test_a_year_that_is_not_whole_makes_the_total_at_least(demo_engine: Engine, october: Briefing) -> None:
    with read(demo_engine) as connection:
        held = read_years(connection, october, october.root, "JC01")
    assert held[-1].is_least == bool(held[-1].cell.at_least or held[0].cell.at_least)
    assert held[-1].is_least


def test_what_began_this_year_has_no_other_years(demo_engine: Engine, october: Briefing) -> None:
    with read(demo_engine) as connection:
        assert read_years(connection, october, october.root, "YS03") == []


def test_a_later_year_is_in_the_targets_and_not_in_the_results(
    demo_engine: Engine, october: Briefing
) -> None:
    """Seen from 2025 the 2026 of a programme is asked for, and has brought nothing."""
    before = replace(october, frame=replace(october.frame, year=2025))
    with read(demo_engine) as connection:
        held = read_years(connection, before, october.root, "ZF01")
    assert held[-1].total_actual is None and held[-1].total_target is not None
