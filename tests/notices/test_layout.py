"""The workbook prints on A4 landscape, keeps its heads in view, and says where its figures come from."""

import re
from io import BytesIO

from openpyxl import Workbook, load_workbook

from briefing.load import Briefing
from notices.excel import Block, Column, Page, workbook
from notices.snapshot import provenance_line
from tests.notices.conftest import Made, cells

SHEETS = {
    "zh": ["总览", "乡镇重点指标", "乡镇排名", "滞后村", "整改在办"],
    "en": ["Overview", "Key indicators", "Ranking", "Lagging villages", "Open items"],
}
CHINESE = re.compile("[\u4e00-\u9fff]")


def _lang(book: Workbook) -> str:
    return "zh" if "总览" in book.sheetnames else "en"


def test_the_five_sheets_stand_in_their_order(either: Workbook) -> None:
    assert either.sheetnames == SHEETS[_lang(either)]


def test_every_sheet_says_what_it_is_and_of_which_day(either: Workbook, october: Briefing) -> None:
    lang = _lang(either)
    day = "截至2026年10月31日" if lang == "zh" else "As of 2026-10-31"
    for sheet in either.worksheets:
        assert str(sheet["A1"].value).endswith(sheet.title)
        assert october.name in sheet["A1"].value
        provenance = str(sheet["A2"].value)
        assert provenance == provenance_line(october, "zh" if lang == "zh" else "en")
        assert day in provenance and october.rules.number in provenance
        owed, reported = october.reporting["owed"].sum(), october.reporting["reported"].sum()
        assert f"{reported}/{owed}" in provenance or f"{reported} of {owed}" in provenance


def test_every_sheet_prints_on_a4_landscape_with_its_head_on_each_page(either: Workbook) -> None:
    for sheet in either.worksheets:
        setup = sheet.page_setup
        assert setup.orientation == "landscape" and int(setup.paperSize) == int(sheet.PAPERSIZE_A4)
        assert (setup.fitToWidth, setup.fitToHeight) == (
            1,
            0,
        ) and sheet.sheet_properties.pageSetUpPr.fitToPage
        head = int(sheet.print_title_rows.split("$")[-1])
        # On the screen the head of the first table stays, in print that of the last one is repeated.
        frozen = int(sheet.freeze_panes.removeprefix("B")) - 1
        assert frozen <= head and sheet.freeze_panes == f"B{frozen + 1}"
        for row in (frozen, head):
            assert sheet.cell(row, 1).font.bold and sheet.cell(row, 2).value is not None
        assert sheet.oddFooter.right.text == "&P / &N"


def test_english_sheets_speak_english(made: Made, october: Briefing) -> None:
    """Titles of columns, headings and notes; names of units, indicators and rules are data and stay Chinese."""
    data = set(october.indicators["short_name"])
    names = [october.rules.title, october.rules.number]
    names += [*october.units["name"], *october.indicators["name"]]
    for sheet in load_workbook(BytesIO(made("en"))).worksheets:
        words = [cell for cell in cells(sheet) if cell.row > 2 and (cell.font.bold or cell.font.size == 9)]
        assert len(words) > 3
        for cell in words:
            if cell.value in data:
                continue
            text = str(cell.value)
            for name in names if cell.font.size == 9 else ():
                text = text.replace(name, "")
            assert not CHINESE.search(text), (sheet.title, cell.coordinate, cell.value)


def test_figures_stand_to_the_right_and_texts_wrap(book: Workbook) -> None:
    for sheet in book.worksheets:
        for cell in cells(sheet):
            if isinstance(cell.value, int | float):
                assert cell.alignment.horizontal == "right", (sheet.title, cell.coordinate)


def test_a_block_without_rows_still_makes_a_sheet() -> None:
    page = Page(
        "空", "空表", "截至2026年10月31日", [Block("", [Column("单位", 10), Column("数", 8, "0")], [])], []
    )
    sheet = load_workbook(BytesIO(workbook([page])))["空"]
    assert sheet["A1"].value == "空表" and sheet["A3"].value == "单位"


# A4 on its side, in inches; what a spreadsheet program makes of a column's width, in dots of 1/96 inch.
A4_WIDTH, DOTS_PER_CHARACTER, SMALLEST = 297 / 25.4, 7, 8


def test_every_sheet_can_be_read_on_paper(either: Workbook) -> None:
    """One page wide at eight points or more: a wider sheet would be shrunk below that."""
    for sheet in either.worksheets:
        room = (A4_WIDTH - sheet.page_margins.left - sheet.page_margins.right) * 96
        wide = sum(each.width * DOTS_PER_CHARACTER for each in sheet.column_dimensions.values())
        body = min(cell.font.size for cell in cells(sheet) if cell.border.left.style)
        assert body * min(1, room / wide) >= SMALLEST, sheet.title
        assert all(
            cell.border.left.color.rgb == "00000000" for cell in cells(sheet) if cell.border.left.style
        )
