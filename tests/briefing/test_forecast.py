"""Forecasts of the demo county: what they say, how they did, and that they keep silent where they must."""

import numpy as np
import pytest
from sqlalchemy import Engine

from briefing.courses import Courses, read_courses
from briefing.forecast import BackTested, Prospect, back_tested, forecast, prospect
from briefing.load import Briefing
from briefing.prospects import of_unit, prospects
from data_access.engine import read
from metrics.forecast import UNTRIED, Silence
from tests.views import Brief


@pytest.fixture(scope="session")
def years(demo_engine: Engine, october: Briefing) -> Courses:
    """Every indicator of the county and its townships, this year and before."""
    with read(demo_engine) as connection:
        return read_courses(connection, october)


@pytest.fixture(scope="session")
def trials(october: Briefing, years: Courses) -> dict[str, BackTested]:
    """The back-test of every indicator."""
    days = october.board.data_days
    return {code: back_tested(years.of(code), days[code]) for code in october.indicators.index}


def test_the_interval_holds_what_it_says_on_the_demo_county(trials: dict[str, BackTested]) -> None:
    """metrics.md 5: coverage of the 80 % interval between 75 and 85 %, better than the straight run-rate."""
    parts = together = UNTRIED
    for one in trials.values():
        parts += one.parts
        together += one.together
    both = parts + together
    assert parts.tries > 3000 and together.tries > 100
    assert 0.75 <= both.coverage <= 0.85
    assert 0.75 <= parts.coverage <= 0.85
    assert both.error < 0.4 * both.straight


@pytest.mark.long
def test_it_holds_for_villages_too(
    demo_engine: Engine, october: Briefing, years: Courses, brief: Brief
) -> None:
    found = UNTRIED
    days = october.board.data_days
    townships = october.units.index[october.units["level"] == "township"]
    for township in townships:
        below = brief(root=str(township))
        with read(demo_engine) as connection:
            held = read_courses(connection, below)
        for code in october.indicators.index:
            found += back_tested(held.of(code), days[code]).parts
    assert found.tries > 20000
    assert 0.75 <= found.coverage <= 0.85


def test_shares_and_amounts_say_the_same(october: Briefing, years: Courses) -> None:
    for code in october.indicators.index:
        found = forecast(years.of(code), october.board.data_days[code])
        cells = october.cells[october.cells["is_principal"] & (october.cells["indicator"] == code)]
        held = found.rows.merge(cells, on="unit", suffixes=("_ahead", ""))
        assert len(held) == len(found.rows)
        if held.empty:
            continue
        begin = np.where(held["kind"] == "level", held["base"].astype("float64"), 0.0)
        way = held["target"].astype("float64") - begin
        amounts = begin + held["share"] * way
        assert list(amounts) == pytest.approx(list(held["median"]))
        assert (held["low_ahead"] <= held["median"] + 1e-9).all()
        assert (held["median"] <= held["high_ahead"] + 1e-9).all()
        is_count = held["kind"] == "accumulate"
        assert (held["share"] >= held["completion"] - 1e-9)[is_count].all()


def test_every_unit_is_forecast_or_said_why_not(october: Briefing, years: Courses) -> None:
    for code in october.indicators.index:
        found = forecast(years.of(code), october.board.data_days[code])
        units = set(years.of(code).this["unit"])
        assert set(found.rows["unit"]) | set(found.silent) == units
        assert not set(found.rows["unit"]) & set(found.silent)


def test_without_a_data_day_nothing_is_forecast(years: Courses) -> None:
    found = forecast(years.of("ZF01"), None)
    assert found.rows.empty
    assert set(found.silent.values()) <= {Silence.NO_FIGURE, Silence.NO_COURSE, Silence.STEPPED}
    assert back_tested(years.of("ZF01"), None) == BackTested(UNTRIED, UNTRIED)


def test_a_village_is_drawn_to_the_county_and_not_to_its_township_alone(
    demo_engine: Engine, october: Briefing, years: Courses, brief: Brief, summed: tuple[str, str]
) -> None:
    township, code = summed
    below = brief(root=township)
    with read(demo_engine) as connection:
        held = read_courses(connection, below, [code])
    day = october.board.data_days[code]
    alone, drawn = forecast(held, day), forecast(held, day, years.of(code))
    rows = alone.rows.merge(drawn.rows, on="unit")
    parts = rows[rows["unit"] != township]
    assert len(parts) and (parts["pace_x"] != parts["pace_y"]).all()


@pytest.mark.parametrize(
    ("code", "township"), [("BQ01", "990521100"), ("LT01", "990521104"), ("ZF01", "990521100")]
)
def test_a_township_is_forecast_as_one_of_the_county(
    demo_engine: Engine, october: Briefing, years: Courses, brief: Brief, code: str, township: str
) -> None:
    """LT01 is reported by the townships themselves: the interval comes from all of them."""
    below = brief(root=township)
    with read(demo_engine) as connection:
        held = read_courses(connection, below, [code])
    day = october.board.data_days[code]
    assert day is not None
    mine = of_unit(forecast(held, day, years.of(code)), township)
    assert mine is not None and mine["low"] < mine["high"]
    assert mine["pace"] == pytest.approx((4 * mine["own"] + 6 * mine["county"] + 12) / 22)
    of_year = years.of(code).this.set_index(["unit", "data_day"])
    rows = forecast(years.of(code), day).rows
    townships = rows[rows["unit"] != october.root]
    assert set(townships["county"].round(9)) == {round(mine["county"], 9)} and len(townships) > 1
    cell = of_year.loc[(township, day)]
    left = float(cell["target"]) * (1 - cell["planned"])
    assert mine["median"] == pytest.approx(float(cell["actual"]) + left * mine["pace"])
    if code == "BQ01":
        assert (round(mine["own"], 3), round(mine["county"], 3)) == (0.25, 0.805)
        assert mine["share"] == pytest.approx(0.396, abs=0.0005)


def test_who_has_no_task_is_said_to_have_none(october: Briefing, years: Courses) -> None:
    found = forecast(years.of("BQ01"), october.board.data_days["BQ01"])
    assert found.silent["990521001"] is Silence.NO_TASK


def test_prospects_are_counted_once_each(october: Briefing, years: Courses) -> None:
    found = prospects(october, years)
    counted = sum(found.count(one) for one in Prospect)
    assert counted == len(found.rows) > 10
    own = october.cells[(october.cells["unit"] == october.root) & october.cells["is_principal"]]
    asked = own[~own["state"].isin(["no_task"]) & (own["why"] != "reported_above")]
    each = [*found.rows["indicator"], *found.done, *found.missed, *found.silent]
    assert sorted(each) == sorted(asked["indicator"]) and len(each) == found.total
    assert set(found.done) == set(asked.loc[asked["state"] == "done", "indicator"])
    row = found.rows.iloc[0]
    again = forecast(years.of(row["indicator"]), october.board.data_days[row["indicator"]])
    mine = of_unit(again, october.root)
    assert mine is not None and mine["chance"] == row["chance"]
    assert of_unit(again, "nobody") is None


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, Prospect.LIKELY),
        (0.8, Prospect.LIKELY),
        (0.7999, Prospect.AT_RISK),
        (0.2, Prospect.AT_RISK),
        (0.1999, Prospect.UNLIKELY),
        (0.0, Prospect.UNLIKELY),
    ],
)
def test_the_edges_of_a_prospect(chance: float, said: Prospect) -> None:
    assert prospect(chance) is said
