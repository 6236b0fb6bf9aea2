"""What the guarded reader gives, against openpyxl reading the same file."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from intake.reader import read_workbook
from tests.intake.files import HEAD, MAIN, RELS, packed, plain_book, raw_book, saved, sheet_of

TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e9, 1e9).map(lambda number: round(number, 6))
DAYS = st.dates(date(1900, 3, 1), date(2999, 12, 31))
VALUES = st.none() | st.booleans() | NUMBERS | TEXTS | DAYS


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=30))
def test_it_reads_what_openpyxl_reads(rows: list[list[Any]]) -> None:
    content = plain_book(rows)
    expected = [
        [_as_ours(cell) for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(content), data_only=False).worksheets[0].values
    ]
    found = read_workbook(content)[0].rows
    assert [_padded(row, expected) for row in found] == expected[: len(found)]
    assert not any(any(cell is not None for cell in row) for row in expected[len(found) :])


def _as_ours(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()]
    if isinstance(value, str) and value.startswith("=") and len(value) > 1:
        return ["f", value]
    return value


def _padded(row: list[Any], like: list[list[Any]]) -> list[Any]:
    return row + [None] * (len(like[0]) - len(row))


def test_dates_percentages_and_formats() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for place, (value, number_format) in enumerate(
        [
            (date(2026, 10, 31), "yyyy-mm-dd"),
            (46326, 'yyyy"年"m"月"d"日"'),
            (46326, "[$-804]m月d日;@"),
            (0.85, "0.00%"),
            (0.85, '0.00"%"'),
            (12, "#,##0.00_);[Red](#,##0.00)"),
            (0.5, "h:mm"),
            (3, "mm:ss"),
            (1.5, "General"),
        ],
        start=1,
    ):
        sheet.cell(1, place).value = value
        sheet.cell(1, place).number_format = number_format
    row = read_workbook(saved(book))[0].rows[0]
    day = ["d", "2026-10-31"]
    assert row == [day, day, day, ["p", 0.85], 0.85, 12, 0.5, 3, 1.5]


def test_a_formula_counts_with_its_saved_value_and_is_named_without_one() -> None:
    data = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c><c r="C1"><f>A1</f><v/></c>'
    data += '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    found = read_workbook(raw_book(sheet_of(data)))[0].rows
    assert found == [[2, ["f", "=A1"], ["f", "=A1"], None, ["e", "#DIV/0!"]]]


def test_an_array_formula_without_a_value() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = ArrayFormula("A1:A2", "=SUM(B1:B2)")
    assert read_workbook(saved(book))[0].rows[0][0][0] == "f"


def test_cells_and_rows_without_addresses_follow_one_another() -> None:
    data = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert read_workbook(raw_book(sheet_of(data)))[0].rows == [[1, 2], [3]]


def test_prefixed_elements_rich_text_and_guides_to_the_sound() -> None:
    strings = f'{HEAD}<x:sst xmlns:x="{MAIN[7:-1]}"><x:si><x:r><x:t>石</x:t></x:r><x:r><x:t>门乡</x:t></x:r>'
    strings += "<x:rPh><x:t>shi</x:t></x:rPh></x:si></x:sst>"
    sheet = f'{HEAD}<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:sheetData><x:row r="2"><x:c r="B2" t="s">'
    sheet += "<x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    rels = f'{HEAD}<Relationships><Relationship Id="a" Type="t/worksheet" Target="/xl/w.xml"/>'
    rels += '<Relationship Id="b" Type="t/sharedStrings" Target="s.xml"/></Relationships>'
    book = f'{HEAD}<workbook {MAIN} {RELS}><workbookPr date1904="1"/><sheets>'
    book += '<sheet name="隐" state="hidden" r:id="a"/></sheets></workbook>'
    content = packed(
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": rels,
            "xl/w.xml": sheet,
            "xl/s.xml": strings,
        }
    )
    found = read_workbook(content)[0]
    assert (found.name, found.hidden, found.rows) == ("隐", True, [[], [None, "石门乡"]])


@pytest.mark.parametrize(
    ("serial", "day"), [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (46326, "2026-10-31")]
)
def test_days_of_the_first_calendar(serial: int, day: str) -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.number_format = serial, "yyyy-mm-dd"
    assert read_workbook(saved(book))[0].rows == [[["d", day]]]


def test_a_long_text_is_cut_so_that_it_is_seen_to_be_too_long() -> None:
    assert len(read_workbook(plain_book([["长" * 9_000]]))[0].rows[0][0]) == 4_001
