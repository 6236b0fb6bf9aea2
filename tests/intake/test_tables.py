"""Finding a form on a sheet: moved, renamed and missing columns, merged cells, rows of sums."""

import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from intake.errors import WorkbookRefused
from intake.plan import Plan
from tests.intake.county import TOWNSHIPS, codes, figure, load, look, report_workbook, setup_workbook
from tests.intake.files import saved

VILLAGE = TOWNSHIPS[0] + "201"
SHEET = "报送数据"


def _changed(change: Any, *rows: dict[str, Any]) -> bytes:
    """A good report after `change` was done to its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(rows or [figure("ZF01", VILLAGE, 3)])))
    change(book)
    return saved(book)


def _problem(looked: Plan, code: str) -> tuple[str, str, str]:
    found = next(problem for problem in looked.problems if problem.code == code)
    return found.sheet, found.cell, found.sentence()


def test_columns_may_stand_anywhere(shared: Engine) -> None:
    def move(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        order = list(range(1, sheet.max_column + 1))[::-1]
        rows = [[row[place - 1] for place in order] for row in sheet.values]
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                sheet.cell(number + 5, place + 2).value = value
        sheet.delete_rows(1, 5)

    looked = look(shared, _changed(move))
    assert [change.new for change in looked.changes] == ["3 户"]
    assert looked.may_apply


@pytest.mark.parametrize("header", ["本期值(户)", " 本 期 值 ", "This period", "本期值*", "value"])
def test_a_header_may_be_written_in_its_ways(shared: Engine, header: str) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book[SHEET]["J3"].value = header

    assert look(shared, _changed(rename)).may_apply


def test_a_renamed_header_is_named_with_its_likely_meaning(shared: Engine) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book[SHEET]["J3"].value = "本期数值"

    looked = look(shared, _changed(rename))
    sheet, cell, sentence = _problem(looked, "missing_column")
    assert (sheet, cell) == (SHEET, "3")
    assert "本期值" in sentence and "本期数值" in sentence
    assert not looked.may_apply


def test_a_column_of_ones_own_is_named_and_not_read(shared: Engine) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book[SHEET].cell(3, 25).value = "我的备注"

    looked = look(shared, _changed(add))
    assert _problem(looked, "unknown_column")[1] == "Y3"
    assert looked.may_apply


def test_a_column_twice(shared: Engine) -> None:
    def double(book: openpyxl.Workbook) -> None:
        book[SHEET].cell(3, 25).value = "本期值"

    assert "column_twice" in codes(look(shared, _changed(double)))


def test_a_missing_sheet_and_a_strange_one(shared: Engine) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book[SHEET].title = "改了名"

    looked = look(shared, _changed(rename))
    assert {"missing_sheet", "unknown_sheet"} <= codes(looked)
    assert not looked.may_apply


def test_a_sheet_without_its_header(shared: Engine) -> None:
    def cut(book: openpyxl.Workbook) -> None:
        book[SHEET].delete_rows(3)

    assert "no_header" in codes(look(shared, _changed(cut)))


def test_merged_cells_in_the_table_are_refused_by_their_place(shared: Engine) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book[SHEET].merge_cells("J4:J6")

    assert _problem(look(shared, _changed(merge)), "merged")[1] == "J4:J6"


def test_a_merged_title_is_nobodys_business(shared: Engine) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book[SHEET].merge_cells("A1:J1")

    assert look(shared, _changed(merge)).may_apply


def test_rows_of_sums_are_compared_and_left_out(shared: Engine) -> None:
    rows = [figure("ZF01", VILLAGE, 3), figure("ZF01", TOWNSHIPS[0] + "202", 4)]
    summed = {"indicator": "ZF01", "unit": "小计", "value": 8}
    looked = look(shared, report_workbook([*rows, summed]))
    assert _problem(looked, "sum_row")[1] == "C6"
    assert _problem(looked, "sum_differs")[2] == "合计行为 8 户，各行相加为 7 户。"
    assert len(looked.changes) == 2 and looked.may_apply


def test_a_row_twice(shared: Engine) -> None:
    looked = look(shared, report_workbook([figure("ZF01", VILLAGE, 3), figure("ZF01", VILLAGE, 4)]))
    assert _problem(looked, "duplicate_row")[1] == "A5"
    assert not looked.may_apply


@pytest.mark.parametrize("column", [1, 3], ids=["indicator", "unit"])
def test_without_the_column_that_tells_rows_apart_nothing_is_called_a_duplicate(
    shared: Engine, column: int
) -> None:
    def cut(book: openpyxl.Workbook) -> None:
        book[SHEET].delete_cols(column)

    rows = [figure("ZF01", VILLAGE, 3), figure("ZF01", TOWNSHIPS[0] + "202", 4), figure("ZF02", VILLAGE, 1)]
    looked = look(shared, _changed(cut, *rows))
    assert "missing_column" in codes(looked) and "duplicate_row" not in codes(looked)
    assert not looked.may_apply


def _meta(key: str, value: str | None) -> Any:
    def change(book: openpyxl.Workbook) -> None:
        for row in book["_xushi"].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return change


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("version", "99", "wrong_version"),
        ("version", "x", "bad_meta"),
        ("kind", "census", "unknown_form"),
        ("county", "999999", "wrong_county"),
        ("period", None, "missing_meta"),
        ("period", "2026-03-15", "not_a_period"),
        ("period", "三月", "bad_meta"),
        ("unit", None, "missing_meta"),
        ("unit", "990001999", "unknown_home"),
        ("unit", VILLAGE, "unknown_home"),
    ],
)
def test_what_the_workbook_says_of_itself(shared: Engine, key: str, value: str | None, code: str) -> None:
    with pytest.raises(WorkbookRefused, match=code):
        look(shared, _changed(_meta(key, value)))


def test_without_the_hidden_sheet_the_form_is_known_by_its_sheets(shared: Engine) -> None:
    def drop(book: openpyxl.Workbook) -> None:
        del book["_xushi"]

    book = openpyxl.load_workbook(io.BytesIO(setup_workbook()))
    drop(book)
    assert look(shared, saved(book)).kind == "setup"
    with pytest.raises(WorkbookRefused, match="missing_meta"):
        look(shared, _changed(drop))


def test_a_workbook_with_nothing_in_it(shared: Engine) -> None:
    looked = look(shared, report_workbook([figure("ZF01", VILLAGE)]))
    assert codes(looked) == {"empty_workbook"}
    assert not looked.may_apply


def test_problems_stand_in_the_order_of_sheets_and_cells(shared: Engine) -> None:
    rows = [figure("ZF01", VILLAGE, "abc"), figure("XX99", VILLAGE, 1), figure("ZF01", "1", 2)]
    places = [(problem.row, problem.column) for problem in look(shared, report_workbook(rows)).problems]
    assert places == sorted(places) and len(places) == 3


def test_load_writes_what_was_looked_at(county: Engine) -> None:
    assert load(county, report_workbook([figure("ZF01", VILLAGE, 3)])).written.new == 1
