"""The workbook of a part holds its own targets and those below, in the words of the pages, and nobody else's."""

import io
from collections import Counter
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from briefing.lists import principal
from briefing.load import Briefing
from briefing.part import load_part, name_in_county, scope_of
from briefing.ranking import flags, ranking
from briefing.villages import Villages
from data_access.engine import read
from metrics.columns import records
from metrics.vocabulary import Level
from metrics.wording import short_words
from metrics.words import state_mark
from notices.part import MOST_INDICATORS, annexes_of
from notices.snapshot import file_name
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
    own = {row["code"] for row in indicators.to_dict("records") if department == row["lead"]}
    cells = principal(october.cells_at(Level.COUNTY))
    assert len(table(book["总览"], "单位")) == cells["indicator"].isin(own).sum()
    assert _townships(book["各乡镇进度"]) == (october.directory.units["level"] == "township").sum()


def _townships(sheet: Worksheet) -> int:
    """How many townships stand in the rows, or in the columns where the table is turned."""
    is_turned = sheet["A3"].value == "指标"
    return len(table(sheet, "指标")[0]) - 1 if is_turned else len(table(sheet, "单位"))


def test_a_whole_county_has_the_annexes_it_always_had(villages: Villages) -> None:
    book = load_workbook(io.BytesIO(annexes_of(villages)))
    assert book.sheetnames == ["总览", "乡镇重点指标", "乡镇排名", "滞后村", "整改在办"]


def test_what_a_department_shares_stands_apart_and_is_not_counted(
    demo_engine: Engine, october: Briefing
) -> None:
    rows = october.directory.indicators.to_dict("records")
    cells = principal(october.cells_at(Level.COUNTY))
    held = set(cells["indicator"])
    led = {row["code"]: row["lead"] for row in rows if row["code"] in held}
    department, shared = next(
        (name, row["name"])
        for row in rows
        for name in row["shared"]
        if row["code"] in held and name != row["lead"] and name in led.values()
    )
    own = {row["name"] for row in rows if row["lead"] == department and row["code"] in held}
    sheet = _book(demo_engine, october, october.frame.county, department)["总览"]
    lines = [str(row[0].value) for row in sheet.iter_rows()]
    first, second, states = map(lines.index, ("全部目标", "配合的指标（不计入）", "目标按状态"))
    named = {cell.value for cell in sheet["B"][first + 2 : second] if cell.value}
    assert named == own and shared in {cell.value for cell in sheet["B"][second + 2 :]}
    # A long table stands last, for its head is repeated to the end.
    assert states < first and sheet.print_title_rows == f"${second + 2}:${second + 2}"
    said = str(sheet["A3"].value)
    assert f"牵头的应评判目标 {len(own)} 项" in said and "不计入。" in said
    totals = {row["状态"].value: row["项数"].value for row in table(sheet, "状态")}
    assert totals["合计"] + totals["不参与评判"] == len(own)


def test_a_department_that_leads_nothing_is_said_to(demo_engine: Engine, october: Briefing) -> None:
    rows = october.directory.indicators.to_dict("records")
    leads, held = {row["lead"] for row in rows}, set(october.cells_at(Level.COUNTY)["indicator"])
    department = next(
        name for row in rows for name in row["shared"] if name not in leads and row["code"] in held
    )
    sheet = _book(demo_engine, october, october.frame.county, department)["总览"]
    assert "没有牵头的目标。另配合" in str(sheet["A3"].value)
    lines = [str(row[0].value) for row in sheet.iter_rows()]
    assert "配合的指标（不计入）" in lines and "全部目标" not in lines and "目标按状态" not in lines


def test_townships_stand_by_what_a_department_leads_before_what_it_shares(
    demo_engine: Engine, october: Briefing
) -> None:
    rows = october.directory.indicators.to_dict("records")
    below = set(principal(october.cells_at(Level.TOWNSHIP))["indicator"])
    sharers = {name for row in rows if row["code"] in below for name in row["shared"] if name != row["lead"]}
    department = next(row["lead"] for row in rows if row["code"] in below and row["lead"] in sharers)
    sheet = _book(demo_engine, october, october.frame.county, department)["各乡镇进度"]
    is_turned = sheet["A3"].value == "指标"
    heads = (
        [str(row["指标"].value) for row in table(sheet, "指标")]
        if is_turned
        else [str(cell.value) for cell in sheet[3]][1:]
    )
    is_shared = [head.endswith("（配合）") for head in heads]
    assert any(is_shared) and not all(is_shared) and is_shared == sorted(is_shared)


def _of_most(october: Briefing) -> str:
    """The department that leads or shares the most that townships have."""
    below = set(principal(october.cells_at(Level.TOWNSHIP))["indicator"])
    rows = [row for row in october.directory.indicators.to_dict("records") if row["code"] in below]
    held = Counter(name for row in rows for name in {row["lead"], *row["shared"]})
    return max(held, key=lambda name: held[name])


def test_a_department_of_many_indicators_has_them_one_under_the_other(
    demo_engine: Engine, october: Briefing
) -> None:
    sheet = _book(demo_engine, october, october.frame.county, _of_most(october))["各乡镇进度"]
    rows = table(sheet, "指标")
    units = october.directory.units
    townships = set(units.loc[units["level"] == Level.TOWNSHIP, "name"])
    assert len(rows) > MOST_INDICATORS and set(rows[0]) == {"指标"} | townships
    definitions = {row["name"]: code for code, row in october.definitions.items()}
    states = {(row.unit, row.indicator): row for row in records(principal(october.cells))}
    codes = dict(zip(units["name"], units["code"], strict=True))
    for row in rows:
        code = definitions[str(row["指标"].value).removesuffix("（配合）")]
        for name in townships:
            cell = states.get((codes[name], code))
            shown = "—" if cell is None else f"{state_mark(cell.state)} {short_words(cell, 'zh')}"
            assert row[name].value == shown
    _fits(sheet)


def test_where_units_are_many_as_well_the_table_goes_on_on_the_next_page(
    demo_engine: Engine, october: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notices.part.MOST_UNITS", 3)
    sheet = _book(demo_engine, october, october.frame.county, _of_most(october))["各乡镇进度"]
    heads = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "单位"]
    assert len(heads) > 1 and [each.id + 1 for each in sheet.row_breaks.brk] == heads[1:]
    named = [sheet.cell(row, at).value for row in heads for at in range(2, MOST_INDICATORS + 2)]
    assert len(set(filter(None, named))) == len(list(filter(None, named))) > MOST_INDICATORS
    _fits(sheet)


def _fits(sheet: Worksheet) -> None:
    """On A4 on its side, at three quarters of its size or more."""
    width = sum(sheet.column_dimensions[get_column_letter(at)].width for at in range(1, sheet.max_column + 1))
    assert width <= 185
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1


def test_what_waits_is_said_where_figures_are_made_without_it(demo_engine: Engine, october: Briefing) -> None:
    cells = principal(october.cells_at(Level.COUNTY))
    waiting = cells[(cells["units_waiting"] > 0) & cells["target_in"].notna() & cells["actual_in"].notna()]
    code = waiting["indicator"].iloc[0]
    sheet = _book(demo_engine, october, october.frame.county, october.indicators.at[code, "lead"])["总览"]
    assert "（其中待审 " in str(sheet["A2"].value)
    name = october.definitions[code]["name"]
    [note] = [
        str(cell.value) for row in sheet for cell in row if f"{october.name}“{name}”已报" in str(cell.value)
    ]
    assert f"另有 {waiting['units_waiting'].iloc[0]} 个单位待审" in note


def test_the_county_s_name_is_not_said_twice(demo_engine: Engine, october: Briefing) -> None:
    departments = october.directory.departments.to_dict("records")
    with_it, without = (
        next(row["code"] for row in departments if row["name"].startswith("县") is is_so)
        for is_so in (True, False)
    )
    names = october.directory.departments.set_index("code")["name"]
    for department in (with_it, without):
        scope = scope_of(october.frame.county, october.frame.county, department)
        own = replace(october, frame=replace(october.frame, scope=scope))
        said = f"{october.name}{names[department].removeprefix('县')}"
        assert name_in_county(own) == said
        assert file_name(own) == f"{said}进度快照_截至2026-10-31.xlsx"
    assert name_in_county(october) == october.name
