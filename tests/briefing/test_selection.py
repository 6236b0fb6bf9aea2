"""A card counts exactly what the list behind it shows."""

from collections import Counter
from collections.abc import Iterator

import pytest

from briefing.departments import department_rows
from briefing.lists import COUNTED, LEFT_OUT, NEED, Selection, counts, principal, select
from briefing.load import Briefing
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, Level, State
from tests.views import Brief

LEVELS = (Level.COUNTY, Level.TOWNSHIP)


def _by_hand(briefing: Briefing, level: Level) -> list[tuple[str, str, str]]:
    """(unit, indicator, state) of the cells that count, picked one by one."""
    levels = dict(zip(briefing.directory.units["code"], briefing.directory.units["level"], strict=True))
    return [
        (cell.unit, cell.indicator, cell.state)
        for cell in briefing.cells.itertuples()
        if cell.is_principal and cell.why != "reported_above" and levels[cell.unit] == level
    ]


def _listed(briefing: Briefing, chosen: Selection) -> set[tuple[str, str, str]]:
    held = select(briefing, chosen)
    listed = set(zip(held["unit"], held["indicator"], held["state"], strict=True))
    assert len(listed) == len(held), "a cell is listed twice"
    return listed


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("state", [*State, LEFT_OUT, ""])
def test_a_list_holds_the_cells_of_its_state(october: Briefing, level: Level, state: str) -> None:
    wanted = {
        cell
        for cell in _by_hand(october, level)
        if state in ("", cell[2]) or (state == LEFT_OUT and cell[2] not in COUNTED)
    }
    assert _listed(october, Selection(level, state)) == wanted


@pytest.mark.parametrize("level", LEVELS)
def test_every_count_is_the_length_of_its_list(october: Briefing, level: Level) -> None:
    counted = counts(october.cells_at(level))
    for state, count in counted.by_state.items():
        assert len(select(october, Selection(level, state))) == count
    assert len(select(october, Selection(level, LEFT_OUT))) == counted.total_left_out
    assert counted.total + counted.total_left_out == len(principal(october.cells_at(level)))


def _narrowings(briefing: Briefing) -> Iterator[tuple[Selection, set[str], set[str]]]:
    """The selections that pages link to, with the units and indicators each may show."""
    units, indicators = briefing.directory.units, briefing.directory.indicators
    everywhere, everything = set(units["code"]), set(indicators["code"])
    keys = set(indicators.loc[indicators["is_key"], "code"])
    for code in units.loc[units["level"] == Level.TOWNSHIP, "code"]:
        yield Selection(unit=code), {code}, everything
    for code in sorted(keys):
        yield Selection(indicator=code), everywhere, {code}
    for code in briefing.directory.departments["code"]:
        led = set(indicators.loc[indicators["lead"] == code, "code"])
        yield Selection(Level.COUNTY, department=code), everywhere, led
    yield Selection(key_only=True), everywhere, keys


def test_units_indicators_and_departments_narrow_a_list(october: Briefing) -> None:
    cells = {level: _by_hand(october, level) for level in LEVELS}
    for chosen, units, indicators in _narrowings(october):
        wanted = {cell for cell in cells[chosen.level] if cell[0] in units and cell[1] in indicators}
        assert _listed(october, chosen) == wanted, chosen


def test_a_village_s_counts_are_its_lists(brief: Brief, summed: tuple[str, str]) -> None:
    root, _ = summed
    own = brief(root=root)
    for unit in own.directory.units.loc[own.directory.units["parent"] == root, "code"]:
        counted = counts(own.cells[own.cells["unit"] == unit])
        for state, count in counted.by_state.items():
            assert len(select(own, Selection(Level.VILLAGE, state, unit=unit))) == count


def test_the_worst_comes_first(october: Briefing) -> None:
    held = select(october, Selection())
    places = [NEED.index(state) if state in NEED else len(NEED) for state in held["state"]]
    assert places == sorted(places)
    for state in LAGGING_STATES:
        gaps = held.loc[held["state"] == state, "gap"].fillna(0.0)
        assert list(gaps) == sorted(gaps)


def test_the_demo_county_shows_every_state_a_leader_meets(october: Briefing) -> None:
    """Without them the tests above would count empty lists."""
    seen = Counter(state for _, _, state in _by_hand(october, Level.TOWNSHIP))
    assert {*JUDGED_STATES, State.UNREPORTED, State.AWAITING, State.NO_TASK} <= set(seen)


def test_a_department_counts_the_county_s_figures_it_leads(october: Briefing) -> None:
    leads = dict(zip(october.directory.indicators["code"], october.directory.indicators["lead"], strict=True))
    cells = _by_hand(october, Level.COUNTY)
    rows = department_rows(october).set_index("code")
    for code in october.directory.departments["code"]:
        states = [state for _, indicator, state in cells if leads[indicator] == code]
        assert (code in rows.index) == bool(states)
        if not states:
            continue
        row = rows.loc[code]
        assert (
            row["indicators"] == len(states) == len(select(october, Selection(Level.COUNTY, department=code)))
        )
        assert row["judged"] == sum(state in JUDGED_STATES for state in states)
        assert row["on_plan"] == sum(state in (State.DONE, State.ON_PLAN) for state in states)
        assert row["lagging"] == sum(state in LAGGING_STATES for state in states)
        assert row["unreported"] == states.count(State.UNREPORTED)
