"""The clerk: a template goes out, comes in corrected, waits, is accepted and shows; a bad file changes nothing."""

import hashlib
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page

from tests.browser.conftest import Tab
from tests.browser.reading import read, rows, sentence

PERIOD = "2026-10-31"
FIGURES = "报送数据"
CHOSEN_INPUT = "[data-testid=stFileUploaderDropzoneInput]"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def _township(tab: Tab) -> str:
    """The code of a township that has reported everything."""
    row = read(tab, "/reporting").locator("table tbody tr:has(th a):has(td:text-is('100.0%'))").first
    return (row.locator("th a").get_attribute("href") or "").split("u=")[1][:9]


def _template(tab: Tab, township: str) -> bytes:
    page = tab.open(f"/reporting?form=report&u={township}&period={PERIOD}")
    with page.expect_download() as started:
        page.locator("[data-testid=stDownloadButton] button").click()
    return Path(started.value.path()).read_bytes()


def _hand_in(tab: Tab, name: str, content: bytes) -> Page:
    page = tab.open("/reporting")
    page.set_input_files(CHOSEN_INPUT, {"name": name, "mimeType": "application/zip", "buffer": content})
    page.wait_for_selector(".xs p.fault, .xs p.fine, [data-testid=stCheckbox]")
    return tab.settle()


def _column(sheet: Worksheet, title: str) -> int:
    for row in sheet.iter_rows(max_row=12):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(title):
                return int(cell.column)
    raise AssertionError(f"no column {title}")


def _corrected(content: bytes) -> tuple[bytes, str, str, int, int]:
    """The template with one village's running total raised by one: (file, indicator, unit, old, new)."""
    book = load_workbook(BytesIO(content))
    sheet = book[FIGURES]
    at = {
        title: _column(sheet, title)
        for title in ("指标代码", "单位代码", "填报口径", "上期数", "本期值", "更正原因")
    }
    for number in range(1, sheet.max_row + 1):
        unit = str(sheet.cell(number, at["单位代码"]).value)
        last = sheet.cell(number, at["上期数"]).value
        if (
            len(unit) == 12
            and "累计" in str(sheet.cell(number, at["填报口径"]).value)
            and isinstance(last, int)
        ):
            sheet.cell(number, at["本期值"]).value = last + 1
            sheet.cell(number, at["更正原因"]).value = "复核后更正"
            out = BytesIO()
            book.save(out)
            return out.getvalue(), str(sheet.cell(number, at["指标代码"]).value), unit, last, last + 1
    raise AssertionError("the template has no running total of a village")


def _digest(database: Path) -> str:
    """What the database holds, table by table."""
    digest = hashlib.sha256()
    with sqlite3.connect(database) as connection:
        for line in ("submission", "submission_event", "report", "explanation", "target", "data_version"):
            for row in connection.execute(f"SELECT * FROM {line} ORDER BY 1, 2, 3"):
                digest.update(repr(row).encode())
    connection.close()
    return digest.hexdigest()


def _actual(tab: Tab, unit: str, indicator: str) -> str:
    page = tab.open(f"/figure?u={unit}&i={indicator}")
    label = page.locator(".box dt", has_text="实际 A").first
    return label.locator("xpath=following-sibling::dd[1]").inner_text()


def test_a_correction_is_planned_written_accepted_and_shown(desk: Tab, database: Path) -> None:
    content, indicator, unit, _, new = _corrected(_template(desk, _township(desk)))
    before, was = _digest(database), _actual(desk, unit, indicator)
    page = _hand_in(desk, "更正表.xlsx", content)
    plan = rows(page, "原值")
    assert len(plan) == 1 and plan[0][2] == "更正" and plan[0][6].split()[0] == f"{new:,}"
    assert _digest(database) == before, "looking writes nothing"

    page.get_by_label("报送人").fill("石门乡 李红梅")
    page.get_by_role("button", name="确认写入").click()
    # The plan that was looked at may still stand beside the answer for a moment.
    page.locator(".xs p.fine", has_text="更正 1 项").wait_for()
    assert _digest(database) != before
    assert _actual(desk, unit, indicator) == was, "what waits does not count yet"

    page = desk.open("/reporting")
    page.locator("[data-testid=stRadio] label", has_text="李红梅").click()
    desk.settle()
    page.get_by_label("审核人").fill("督查室 王敏")
    page.get_by_role("button", name="接收").click()
    page.wait_for_selector(".xs p.fine")
    shown = _actual(desk, unit, indicator)
    assert shown.startswith(f"{new:,} ") and shown != was
    assert [row[2] for row in rows(page, "版本") if row[0] == PERIOD] == ["第2版", "第1版"]


def test_the_same_file_again_changes_nothing_and_says_so(desk: Tab, database: Path) -> None:
    content, *_ = _corrected(_template(desk, _township(desk)))
    page = _hand_in(desk, "甲.xlsx", content)
    if page.locator("[data-testid=stCheckbox]").count():
        page.get_by_label("报送人").fill("白沙镇 赵刚")
        page.locator("[data-testid=stCheckbox] label").click()
        desk.settle()
        page.get_by_role("button", name="确认写入").click()
        page.wait_for_selector(".xs p.fine")
    before = _digest(database)
    page = _hand_in(desk, "乙.xlsx", content)
    assert "不会改变任何数据" in page.locator(".xs p.fine").inner_text()
    assert page.get_by_role("button", name="确认写入").count() == 0
    assert _digest(database) == before


def _with_text_in_a_number(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    sheet = book[FIGURES]
    unit, value = _column(sheet, "单位代码"), _column(sheet, "本期值")
    number = next(row for row in range(1, sheet.max_row) if str(sheet.cell(row, unit).value).isdigit())
    sheet.cell(number, value).value = "很多"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_text_in_a_number_is_named_by_sheet_and_cell(desk: Tab, database: Path) -> None:
    content = _with_text_in_a_number(_template(desk, _township(desk)))
    before = _digest(database)
    page = _hand_in(desk, "月报.xlsx", content)
    assert "处错误" in page.locator(".xs p.fault").first.inner_text()
    (problem,) = (row for row in rows(page, "怎么改") if "很多" in row[3])
    assert problem[0] == FIGURES and problem[1][0].isalpha() and problem[1][-1].isdigit()
    assert problem[2] == "错误" and len(problem[4]) > 4
    assert page.get_by_role("button", name="确认写入").count() == 0
    assert _digest(database) == before


def _foreign_workbook() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active["A1"] = "别的表"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        # Each of them is handed in without a browser in tests/pages.
        pytest.param("文本.xlsx", "只是文字\n".encode() * 50, marks=pytest.mark.long),
        ("加密.xlsx", ENCRYPTED),
        pytest.param("空.xlsx", b"", marks=pytest.mark.long),
        ("别的.xlsx", _foreign_workbook()),
        pytest.param("半截.xlsx", _foreign_workbook()[:900], marks=pytest.mark.long),
        pytest.param("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), marks=pytest.mark.long),
        pytest.param("月报.docx", b"PK nothing of ours", marks=pytest.mark.long),
    ],
    ids=["a text renamed", "encrypted", "empty", "another workbook", "cut in half", "old format", "Word"],
)
def test_a_file_that_is_no_workbook_of_ours_gets_one_sentence(
    desk: Tab, database: Path, name: str, content: bytes
) -> None:
    before = _digest(database)
    page = _hand_in(desk, name, content)
    faults = page.locator(".xs p.fault").all_inner_texts()
    assert len(faults) == 1 and faults[0].count("。") >= 2 and "Traceback" not in page.inner_text("body")
    assert page.get_by_role("button", name="确认写入").count() == 0
    assert _digest(database) == before


def test_a_file_that_is_too_large_is_not_sent_and_says_so(desk: Tab, database: Path, tmp_path: Path) -> None:
    before, file = _digest(database), tmp_path / "大表.xlsx"
    file.write_bytes(b"PK" + bytes(100 * 2**20))
    page = desk.open("/reporting")
    page.set_input_files(CHOSEN_INPUT, str(file))
    page.wait_for_selector("[data-testid=stFileChip][aria-invalid=true]")
    said = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stFileUploader]'), '::after').content"
    )
    assert "超过 20 MB" in said and "重新选择" in said
    assert page.locator(".xs p.fault").count() == 0 and _digest(database) == before


def test_the_snapshot_downloads_as_a_workbook(desk: Tab) -> None:
    page = desk.open("/snapshots")
    with page.expect_download() as started:
        page.locator("[data-testid=stDownloadButton] button").click()
    assert started.value.suggested_filename.endswith("截至2026-10-31.xlsx")
    book = load_workbook(BytesIO(Path(started.value.path()).read_bytes()))
    assert book.sheetnames == ["总览", "乡镇重点指标", "乡镇排名", "滞后村", "整改在办"]
    assert "截至2026年10月31日" in str(book["总览"]["A2"].value)
    assert sentence(page).startswith("把截至2026年10月31日")
