"""The workbook of a part holds its own targets and those below, in the words of the pages, and nobody else's."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from briefing.lists import principal
from briefing.load import Briefing
from briefing.part import load_part, scope_of
from briefing.ranking import flags, ranking
from briefing.villages import Villages
from data_access.engine import read
from metrics.vocabulary import Level
from notices.part import annexes_of
from tests.notices.conftest import table


@pytest.fixture(scope="module")
def flagged(october: Briefing) -> str:
    return flags(october)[0].unit


def _book(engine: Engine, whole: Briefing, unit: str, department: str | None = None) -> Workbook:
    of = whole.frame
    scope = scope_of(of.county, unit, department)
    with read(engine) as connection:
        part = load_part(connection, type(of)(scope, of.year, of.as_of, of.known_at, of.now))
    return load_workbook(io.BytesIO(annexes_of(part)))


@pytest.fixture(scope="module")
def of_township(demo_engine: Engine, october: Briefing, flagged: str) -> Workbook:
    return _book(demo_engine, october, flagged)


def test_a_township_has_every_target_its_villages_and_its_place_among_all(
    of_township: Workbook, october: Briefing, villages: Villages, flagged: str
) -> None:
    name = october.names[flagged]
    assert of_township.sheetnames == ["总览", "各村重点指标", "乡镇排名", "滞后村", "整改在办"]
    rows = table(of_township["总览"], "单位")
    own = principal(october.cells[october.cells["unit"] == flagged])
    assert [row["单位"].value for row in rows] == [name] * len(own)
    assert {row["指标"].value for row in rows} == {
        october.definitions[code]["name"] for code in own["indicator"]
    }
    [ranked] = table(of_township["乡镇排名"], "单位")
    assert ranked["位次"].value == ranking(october).set_index("unit").at[flagged, "rank"]
    units = october.directory.units
    below = units.loc[units["parent"] == flagged, "name"]
    assert [row["单位"].value for row in table(of_township["各村重点指标"], "单位")] == list(below)
    mine = [flag.unit for flag in villages.flags if flag.unit.startswith(flagged)]
    assert [row["村"].value for row in table(of_township["滞后村"], "乡镇")] == [
        october.names[code] for code in mine
    ]
    assert f"范围：{name}" in str(of_township["总览"]["A2"].value)


def test_nobody_else_is_named(of_township: Workbook, october: Briefing, flagged: str) -> None:
    units = october.directory.units
    others = set(units.loc[(units["level"] == Level.TOWNSHIP) & (units["code"] != flagged), "name"])
    said = " ".join(str(cell.value) for sheet in of_township for row in sheet for cell in row if cell.value)
    assert [name for name in others if name in said] == []


def test_the_tables_are_numbered_without_a_gap(of_township: Workbook) -> None:
    titles = [str(sheet["A1"].value) for sheet in of_township]
    assert [title[:2] for title in titles] == ["表1", "表2", "表3", "表4", "表5"]


def test_a_village_has_its_own_targets_alone(demo_engine: Engine, october: Briefing) -> None:
    units = october.directory.units
    village = units.loc[units["level"] == Level.VILLAGE, "code"].iloc[0]
    book = _book(demo_engine, october, village)
    assert book.sheetnames == ["总览"]
    assert {row["单位"].value for row in table(book["总览"], "单位")} == {october.names[village]}
    # What a village owes is reported by its township.
    assert "已报" not in str(book["总览"]["A2"].value)


def test_a_department_has_its_figures_and_every_township(demo_engine: Engine, october: Briefing) -> None:
    indicators = october.directory.indicators
    department = str(indicators["lead"].iloc[0])
    book = _book(demo_engine, october, october.frame.county, department)
    assert "各乡镇进度" in book.sheetnames and "乡镇排名" not in book.sheetnames
    own = {
        row["code"] for row in indicators.to_dict("records") if department in (row["lead"], *row["shared"])
    }
    cells = principal(october.cells_at(Level.COUNTY))
    assert len(table(book["总览"], "单位")) == cells["indicator"].isin(own).sum()
    assert len(table(book["各乡镇进度"], "单位")) == (october.directory.units["level"] == "township").sum()


def test_a_whole_county_has_the_annexes_it_always_had(villages: Villages) -> None:
    book = load_workbook(io.BytesIO(annexes_of(villages)))
    assert book.sheetnames == ["总览", "乡镇重点指标", "乡镇排名", "滞后村", "整改在办"]
