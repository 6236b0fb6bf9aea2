"""Whoever asks why finds the answer on the page: what decides, over whom, who is missing, which rule."""

from datetime import date

import pytest
from sqlalchemy import Engine

from briefing.lists import principal
from briefing.load import Briefing, Frame, load
from data_access.engine import read
from data_access.scope import Scope
from demo.places import COUNTY
from metrics.figures import quantity
from metrics.rules import rules_in_force
from metrics.vocabulary import Accumulation, Kind, Level
from tests.pages.conftest import Screens, Shown
from tests.views import NOW


def _box(shown: Shown) -> str:
    return shown.page.find("div", "box")[0].text


def test_both_sides_of_those_that_are_in_stand_beside_the_whole(screens: Screens, october: Briefing) -> None:
    """Otherwise the share does not follow from the figures printed."""
    held = principal(october.cells)
    cells = held[held["target_in"].notna() & held["completion"].notna() & (held["kind"] == Kind.ACCUMULATE)]
    cell = cells.iloc[0]
    shown = screens.open("figure", u=cell["unit"], i=cell["indicator"])
    scale = int(october.definitions[cell["indicator"]]["scale"])
    box = _box(shown).replace(" ", "")
    assert f"其中已报单位目标{quantity(int(cell['target_in']), scale)}" in box
    assert f"其中已报单位完成{quantity(int(cell['actual_in']), scale)}" in box
    assert f"至少{quantity(int(cell['actual']), scale)}" in box
    whole = held[held["target_in"].isna() & (held["kind"] == Kind.ACCUMULATE)].iloc[0]
    assert "其中已报单位目标" not in _box(screens.open("figure", u=whole["unit"], i=whole["indicator"]))


@pytest.mark.parametrize(
    ("is_latest", "says"),
    [(False, "上级数量按其本年上次接收的数计入"), (True, "未计入上级合计")],
    ids=["carried", "latest"],
)
def test_units_that_are_missing_are_named_with_their_last_figure(
    screens: Screens, october: Briefing, is_latest: bool, says: str
) -> None:
    latest = october.indicators["accumulation"] == Accumulation.LATEST
    held = october.cells_at(Level.TOWNSHIP)
    silent = held[(held["units_in"] == 0) & held["last_amount"].notna() & held["is_principal"]]
    silent = silent[silent["indicator"].isin(october.indicators.index[latest]) == is_latest]
    indicator = silent["indicator"].iloc[0]
    notes = " ".join(screens.open("figure", u=october.root, i=indicator).notes)
    for row in silent[silent["indicator"] == indicator].itertuples():
        assert f"{october.names[row.unit]}（" in notes
    assert says in notes


@pytest.mark.parametrize(
    ("chosen", "says", "says_not"),
    [
        (lambda cells: cells["kind"] == Kind.KEEP, "守住为达标", "较序时 ≥ 0"),
        (lambda cells: cells["curve_shape"] == "step", "天数 > 30 为严重滞后", "较序时 ≥ 0"),
        (lambda cells: cells["why"] == "whole_thing", "缺口不足1，按达序时计", "守住"),
    ],
    ids=["kept", "stepped", "whole"],
)
def test_the_rule_beneath_a_figure_is_the_one_that_decides_it(
    screens: Screens, october: Briefing, chosen: object, says: str, says_not: str
) -> None:
    cells = principal(october.cells)
    cell = cells[chosen(cells)].iloc[0]  # type: ignore[operator]
    text = _box(screens.open("figure", u=cell["unit"], i=cell["indicator"]))
    assert says in text and says_not not in text


def test_a_flagged_village_says_why(screens: Screens) -> None:
    (table,) = screens.open("villages").tables
    at = next(place for place, reason in enumerate(table.column("滞后原因")) if reason)
    name = table.column("村")[at]
    (link,) = {
        each.attrs["href"]
        for each in screens.open("villages").page.find("a")
        if each.text == name and "u=" in each.attrs["href"]
    }
    told = screens.follow(link).page.find("p", "fault")
    assert told and table.column("滞后原因")[at].split("；")[0] in told[0].text


def test_the_head_names_the_rule_of_the_day_the_figures_speak_for(
    demo_engine: Engine, screens: Screens
) -> None:
    """In January the figures are those of December, and so is the rule."""
    with read(demo_engine) as connection:
        held = load(connection, Frame(Scope.whole(COUNTY), 2025, date(2026, 1, 15), None, NOW))
    reported = held.cells[held.cells["data_day"] == date(2025, 12, 31)]
    (number,) = set(reported["rule_number"].dropna())
    assert number != rules_in_force(held.board.rules, date(2026, 1, 15)).number
    assert held.rules.number == number
    head = screens.open("overview", y="2025", asof="2026-01-15").page.find("p", "head")[0].text
    assert number in head


def test_what_a_township_has_not_reported_is_named_item_by_item(screens: Screens, october: Briefing) -> None:
    """From the record of reporting to the list, and the list adds up to what is missing."""
    held = october.reporting
    row = held[(held["reported"] < held["owed"]) & (held["unit"] != october.root)].iloc[0]
    record = screens.open("reporting")
    said = f"{row['reported']}/{row['owed']}"
    (href,) = [link.attrs["href"] for link in record.page.find("a") if link.text == said]
    shown = screens.follow(href.partition("#")[0])
    assert len([one for one in shown.page.walk() if one.attrs.get("id") == "missing"]) == 1
    total = int(row["owed"] - row["reported"])
    assert f"本期缺报（{total} 项）" in shown.page.text
    assert sum(count for _, count in row["missing"]) == total
    for code, count in row["missing"]:
        assert f"{october.definitions[code]['name']} {count} 项" in shown.page.text
    whole = held[held["reported"] == held["owed"]].iloc[0]
    assert "本期缺报" not in screens.open("townships", u=whole["unit"]).page.text
