"""One figure: what it is the sum of, and its course over the year."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from briefing.courses import Courses, read_courses
from briefing.figure import Figure, course, find, parts
from briefing.load import Briefing
from data_access.engine import read
from tests.views import OCTOBER, Brief


def _figure(engine: Engine, county: Briefing, below: Briefing, unit: str, indicator: str) -> Figure:
    with read(engine) as connection:
        years = read_courses(connection, below, [indicator])
    found = find(county, below, unit, indicator, years)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def figure(demo_engine: Engine, brief: Brief, summed: tuple[str, str]) -> Figure:
    """The figure of that township."""
    unit, indicator = summed
    return _figure(demo_engine, brief(), brief(root=unit), unit, indicator)


@pytest.fixture(scope="session")
def county_figure(demo_engine: Engine, october: Briefing, summed: tuple[str, str]) -> Figure:
    """The same indicator for the county."""
    return _figure(demo_engine, october, october, october.root, summed[1])


@pytest.mark.parametrize("name", ["figure", "county_figure"])
def test_shares_of_the_parts_make_one(name: str, request: pytest.FixtureRequest) -> None:
    held = parts(request.getfixturevalue(name))
    assert held["shortfall_share"].sum() == pytest.approx(1)
    assert held["shortfall_share"].dropna().ge(0).all()
    missing = held[held["actual"].isna()]
    assert missing["shortfall_share"].isna().all()


@pytest.mark.parametrize("name", ["figure", "county_figure"])
def test_the_parts_are_the_children_and_make_the_whole(name: str, request: pytest.FixtureRequest) -> None:
    figure = request.getfixturevalue(name)
    held = parts(figure)
    units = figure.below.directory.units
    assert set(held["unit"]) <= set(units.loc[units["parent"] == figure.unit, "code"])
    whole = figure.cells.iloc[0]
    assert held.loc[held["is_principal"], "actual"].sum() == whole["actual"]


def test_a_whole_without_a_shortfall_has_no_shares(figure: Figure) -> None:
    cells = figure.below.cells.assign(shortfall=0.0)
    even = Figure(
        figure.briefing,
        _with_cells(figure.below, cells),
        figure.unit,
        figure.indicator,
        cells,
        figure.courses,
    )
    assert parts(even)["shortfall_share"].isna().all()


def _with_cells(briefing: Briefing, cells: pd.DataFrame) -> Briefing:
    facts = {name: getattr(briefing, name) for name in briefing.__dataclass_fields__ if name != "kept"}
    return Briefing(**{**facts, "cells": cells})


def test_the_course_ends_where_the_figure_stands(figure: Figure) -> None:
    cell, line = figure.cells.iloc[0], course(figure)
    last = line[line["month"] == OCTOBER.month].set_index("name")["share"]
    assert last["actual"] == pytest.approx(cell["completion"])
    assert last["plan"] == pytest.approx(cell["planned"])
    assert list(line["month"]) == sorted(line["month"])
    planned = line[line["name"] == "plan"]
    assert planned["share"].is_monotonic_increasing
    assert list(planned["month"]) == list(range(1, 13)) and planned["share"].iloc[-1] == pytest.approx(1)
    assert line.loc[line["name"] == "actual", "month"].max() == OCTOBER.month


def test_a_course_is_the_same_as_each_day_judged_by_itself(
    demo_engine: Engine, brief: Brief, figure: Figure
) -> None:
    june = brief(date(2026, 6, 30), None, figure.unit)
    cells = june.cells
    alone = cells[(cells["unit"] == figure.unit) & (cells["indicator"] == figure.indicator)].iloc[0]
    (of_course,) = (cell for _, cell in figure.periods.iterrows() if cell["data_day"] == alone["data_day"])
    for name in ("actual", "target", "planned", "completion", "state", "kind", "base"):
        held, other = of_course[name], alone[name]
        assert pd.isna(held) == pd.isna(other) and (pd.isna(held) or held == other), name


def test_a_month_without_a_figure_has_no_point(figure: Figure) -> None:
    silent = figure.courses.this.assign(completion=float("nan"))
    years = Courses(figure.courses.root, silent, ())
    bare = Figure(figure.briefing, figure.below, figure.unit, figure.indicator, figure.cells, years)
    assert set(course(bare)["name"]) == {"plan"}


def test_each_period_is_judged_on_its_own_day(figure: Figure) -> None:
    days = list(figure.periods["data_day"])
    assert days == sorted(days) and days[0] == date(2026, 1, 31) and days[-1] == date(2026, 12, 31)
    assert OCTOBER in days


def test_an_unknown_figure_is_none(october: Briefing, figure: Figure) -> None:
    assert find(october, october, figure.unit, "no such indicator", figure.courses) is None
    assert find(october, october, "000000000", figure.indicator, figure.courses) is None


def test_last_year_stands_beside_month_by_month(county_figure: Figure) -> None:
    line = course(county_figure)
    last = line[line["name"] == "last"]
    assert list(last["month"]) == list(range(1, 13))
    assert {day.year for day in county_figure.last_year["data_day"]} == {2025}


def test_the_forecast_begins_where_the_actual_ends(county_figure: Figure) -> None:
    expected = pd.Series({"share": 0.97, "share_low": 0.94, "share_high": 1.01})
    line = course(county_figure, expected)
    ahead = line[line["name"] == "forecast"]
    actual = line[line["name"] == "actual"].iloc[-1]
    assert ahead[["month", "share", "low", "high"]].values.tolist() == [
        [OCTOBER.month, actual["share"], actual["share"], actual["share"]],
        [12, 0.97, 0.94, 1.01],
    ]
    assert "forecast" not in set(course(county_figure)["name"])
