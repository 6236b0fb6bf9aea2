"""Templates: filled, locked, safe, and read back as they were written."""

import io
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import Engine

from data_access.engine import read
from data_access.errors import NotFound
from intake.reader import read_workbook
from intake.sheets import FORMS, SETUP
from intake.templates import breakdown_template, report_template, setup_template
from intake.writer import put_text, write_workbook
from tests.intake.county import (
    APRIL,
    COUNTY,
    NOW,
    SCOPE,
    TODAY,
    TOWNSHIPS,
    breakdown_workbook,
    codes,
    figure,
    load,
    look,
    report_workbook,
    setup_workbook,
    target,
)
from tests.intake.files import saved

HOME = TOWNSHIPS[0]
VILLAGES = [f"{HOME}20{number}" for number in range(1, 7)]
MAY = datetime(2026, 5, 3, tzinfo=UTC)
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", '=HYPERLINK("http://x")', "'=1"]


def _report(county: Engine, cells: pd.DataFrame | None = None, period: date = APRIL) -> Workbook:
    with read(county) as connection:
        content = report_template(connection, SCOPE, HOME, period, known_at=NOW, cells=cells)
    return openpyxl.load_workbook(io.BytesIO(content))


def _cells_by_header(book: Workbook, sheet: str = "报送数据") -> list[dict[str, Any]]:
    rows = list(book[sheet].values)
    return [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]


@pytest.fixture
def targeted(county: Engine) -> Engine:
    """The county with targets and the figures of March."""
    rows = [*(target("ZF01", village, 12) for village in VILLAGES), target("ZJ01", HOME, 1200)]
    load(county, breakdown_workbook([*rows, target("ZF01", VILLAGES[5], 12, issuer="某市")]))
    load(county, report_workbook([figure("ZF01", village, 2) for village in VILLAGES[:4]]), now=MAY)
    return county


def test_a_report_comes_filled_with_what_is_known(targeted: Engine) -> None:
    with read(targeted) as connection:
        content = report_template(connection, SCOPE, HOME, APRIL, known_at=MAY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {(row["指标代码"], row["单位代码"]): row for row in _cells_by_header(book)}
    first = rows["ZF01", VILLAGES[0]]
    assert (first["单位名称"], first["计量单位"], first["填报口径"]) == ("甲1村", "户", "年内累计")
    assert (first["本年目标"], first["序时应完成"], first["上期数"], first["本期值"]) == (12, 4, 2, None)
    assert rows["ZF01", VILLAGES[4]]["上期数"] is None
    assert (rows["ZJ01", HOME]["本年目标"], rows["ZJ01", HOME]["序时应完成"]) == (1200, 400)
    # A quarterly figure is not asked for in April, another level's not here, another township's never.
    assert not any(code == "YS01" for code, _ in rows)
    assert {unit for _, unit in rows} == {HOME, *VILLAGES}
    assert book["报送数据"]["A1"].value == "石门乡2026年4月报送表"


def test_the_end_of_a_quarter_asks_for_quarterly_figures(county: Engine) -> None:
    rows = _cells_by_header(_report(county, period=date(2026, 6, 30)))
    assert sum(row["指标代码"] == "YS01" for row in rows) == 6


def test_checklists_have_a_sheet_of_their_own(county: Engine) -> None:
    rows = _cells_by_header(_report(county), "清单")
    assert [(row["单位名称"], row["清单项"]) for row in rows[:3]] == [
        ("甲1村", "通水"),
        ("甲1村", "通电"),
        ("甲1村", "通路"),
    ]
    assert len(rows) == 18


def test_figures_that_were_behind_are_marked_and_asked_for(targeted: Engine) -> None:
    cells = pd.DataFrame(
        {
            "unit": VILLAGES[:3],
            "indicator": ["ZF01"] * 3,
            "is_principal": [True, True, True],
            "state": ["far_behind", "on_plan", "slightly_behind"],
            "gap": [-0.352, 0.02, -0.04],
        }
    )
    book = _report(targeted, cells)
    said = [row["需说明"] for row in _cells_by_header(book)[:3]]
    assert said == ["严重滞后 −35.2个百分点", None, "略滞后 −4.0个百分点"]
    sheet = book["报送数据"]
    amber = [sheet.cell(row, 15).fill.fgColor.rgb for row in (4, 5, 6)]
    assert amber[0] == amber[2] != amber[1]
    assert "2 项" in str(sheet["A2"].value)


def test_only_the_cells_to_fill_in_can_be_written(county: Engine) -> None:
    sheet = _report(county)["报送数据"]
    locked = {sheet.cell(3, place).value: sheet.cell(4, place).protection.locked for place in range(1, 20)}
    assert sheet.protection.sheet
    assert [name for name, is_locked in locked.items() if not is_locked] == [
        "本期值", "分子", "分母", "滞后原因类别", "滞后原因", "措施", "预计达序时时间", "需协调事项", "更正原因",
    ]  # fmt: skip
    assert sheet.freeze_panes == "E4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_the_hidden_sheet_says_what_it_is(county: Engine) -> None:
    sheet = _report(county)["_xushi"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert sheet.sheet_state == "veryHidden"
    assert said["kind"] == "report" and said["county"] == COUNTY and said["unit"] == HOME
    assert said["period"] == "2026-04-30"


def test_a_template_filled_in_is_read_back(county: Engine) -> None:
    book = _report(county, period=date(2026, 3, 31))
    sheet = book["报送数据"]
    headers = {cell.value: cell.column for cell in sheet[3]}
    given = {}
    for number in range(4, sheet.max_row + 1):
        if sheet.cell(number, headers["指标代码"]).value == "ZF01":
            sheet.cell(number, headers["本期值"]).value = number
            given[sheet.cell(number, headers["单位名称"]).value] = f"{number} 户"
    looked = look(county, saved(book))
    assert {change.unit: change.new for change in looked.changes} == given
    assert looked.may_apply


def test_a_breakdown_comes_filled_and_read_back_changes_nothing(targeted: Engine) -> None:
    load(
        targeted,
        breakdown_workbook(
            [
                target("ZF01", COUNTY, 90),
                target("YS01", COUNTY, 95, base=85),
                target("ZF01", HOME, no_task=True),
            ]
        ),
        now=MAY,
    )
    for unit in (COUNTY, HOME):
        with read(targeted) as connection:
            content = breakdown_template(connection, SCOPE, 2026, unit, day=TODAY, known_at=MAY)
        looked = look(targeted, content, now=MAY)
        assert looked.changes_nothing and not looked.blocking, codes(looked)
        assert looked.changes and {str(change.what) for change in looked.changes} == {"unchanged"}


def test_the_county_comes_first_and_every_township_below_it(county: Engine) -> None:
    with read(county) as connection:
        content = breakdown_template(connection, SCOPE, 2026, COUNTY, day=TODAY)
    rows = _cells_by_header(openpyxl.load_workbook(io.BytesIO(content)), "任务分解")
    assert [row["单位名称"] for row in rows[:4]] == ["试验县", "石门乡", "白沙镇", "云台乡"]


def test_an_unknown_unit(county: Engine) -> None:
    with read(county) as connection:
        with pytest.raises(NotFound):
            report_template(connection, SCOPE, "990001999", APRIL)
        with pytest.raises(NotFound):
            breakdown_template(connection, SCOPE, 2026, "990001999", day=TODAY)


def test_the_setup_template_holds_every_sheet_with_its_lists() -> None:
    book = openpyxl.load_workbook(io.BytesIO(setup_template(COUNTY)))
    for sheet in SETUP.sheets:
        page = book[sheet.title.zh]
        titles = [str(cell.value).rstrip("*") for cell in page[3]]
        assert titles == [column.title.zh for column in sheet.columns]
    lists = [each.formula1 for each in book["指标"].data_validations.dataValidation]
    assert any("累计完成" in str(each) for each in lists)


@pytest.mark.parametrize("kind", FORMS)
def test_templates_in_english(kind: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(FORMS[kind], {}, {}, lang="en")))
    for sheet in FORMS[kind].sheets:
        assert [str(cell.value).rstrip("*") for cell in book[sheet.title.en][3]] == [
            column.title.en for column in sheet.columns if not column.hidden
        ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_can_never_become_a_formula(text: str) -> None:
    book = Workbook()
    put_text(book.worksheets[0]["A1"], text)
    cell = openpyxl.load_workbook(io.BytesIO(saved(book))).worksheets[0]["A1"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert read_workbook(saved(book))[0].rows == [[text]]


def test_names_that_look_like_formulas_come_out_inert(county: Engine) -> None:
    row = {"code": VILLAGES[0], "level": "village", "parent": HOME, "name": "=1+1", "kind": "行政村"}
    load(county, setup_workbook({"units": [row | {"valid_from": TODAY}]}))
    sheet = _report(county)["报送数据"]
    assert sheet["D4"].value == "=1+1" and sheet["D4"].data_type == "s" and sheet["D4"].quotePrefix


TEXT = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="、,,;;"), min_size=1, max_size=20
)
CLEAN = TEXT.map(lambda text: " ".join(text.split())).filter(bool)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(CLEAN, CLEAN, st.booleans()), min_size=1, max_size=8))
def test_what_is_written_is_read_back(shared: Engine, people: list[tuple[str, str, bool]]) -> None:
    rows = [
        {
            "code": f"P{number:03d}",
            "name": name,
            "post": post,
            "withdrawn": False,
            "phone": "138****0000" if has else None,
        }
        for number, (name, post, has) in enumerate(people)
    ]
    looked = look(shared, setup_workbook({"persons": rows}))
    assert not looked.blocking, [problem.sentence() for problem in looked.blocking]
    read_back = [(one.name, one.post) for one in looked.records]
    assert read_back == [(name, post) for name, post, _ in people]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing")
def test_another_program_opens_and_saves_it(county: Engine, tmp_path: Path) -> None:
    """A workbook filled in elsewhere: opened and saved by LibreOffice, read back by us."""
    content = report_workbook([figure("ZF01", VILLAGES[0], 3, text="=1+1", promised_day=date(2026, 6, 30))])
    (tmp_path / "in.xlsx").write_bytes(content)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / "in.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    looked = look(county, (tmp_path / "out" / "in.xlsx").read_bytes())
    assert [change.new for change in looked.changes] == ["3 户"] and looked.may_apply
    assert looked.records[1].text == "=1+1"
    assert looked.records[1].promised_day == date(2026, 6, 30)
