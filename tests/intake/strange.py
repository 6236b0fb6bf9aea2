"""One honest report and the many ways in which people and programs spoil it, as bytes of a file."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.intake.county import TOWNSHIPS, Rows, figure, report_workbook
from tests.intake.files import HEAD, MAIN, encrypted_zip, ole, packed, with_part

HOME = TOWNSHIPS[0]
VILLAGE = f"{HOME}201"
HONEST = report_workbook([figure("ZF01", VILLAGE, 3)])
SHEET = "xl/worksheets/sheet1.xml"
# The cell of the one figure: every spoilt value stands in its place.
VALUE = '<c r="J4"><v>3</v></c>'
LONG = "很长的说明" * 60


def part(name: str) -> str:
    """A part of the honest report."""
    with zipfile.ZipFile(io.BytesIO(HONEST)) as archive:
        return archive.read(name).decode()


def cell(xml: str) -> bytes:
    """The honest report with this in the place of its one figure."""
    return sheet(lambda held: held.replace(VALUE, xml))


def sheet(change: Callable[[str], str]) -> bytes:
    """The honest report with its sheet changed."""
    held = part(SHEET)
    changed = change(held)
    assert changed != held
    return with_part(HONEST, SHEET, changed)


def said(value: Any, **more: Any) -> bytes:
    """A report of this one value."""
    return report_workbook([figure("ZF01", VILLAGE, value, **more)])


def rows(*held: dict[str, Any], **more: Any) -> bytes:
    """A report of these rows."""
    lines: Rows = held
    return report_workbook(lines, **more)


def written(text: str) -> bytes:
    """The figure as text, as it stands in the file."""
    return cell(f'<c r="J4" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')


def renamed_sheet() -> bytes:
    return with_part(HONEST, "xl/workbook.xml", part("xl/workbook.xml").replace("报送数据", "数据表"))


def hidden_sheet() -> bytes:
    """The sheet of figures hidden: what stands on it is read all the same."""
    book = part("xl/workbook.xml").replace('sheetId="1"', 'sheetId="1" state="hidden"')
    return with_part(HONEST, "xl/workbook.xml", book)


def empty_rows(count: int) -> bytes:
    """Rows that were once filled and carry nothing but their format."""
    return sheet(lambda held: closing(held, "".join(f'<row r="{n}" ht="15"/>' for n in range(5, count + 5))))


def closing(held: str, lines: str = "", after: str = "") -> str:
    """More rows, and what follows all rows."""
    return held.replace("</sheetData>", f"{lines}</sheetData>{after}")


def merged(reference: str) -> bytes:
    merges = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    return sheet(lambda held: closing(held, after=merges))


def wide_header(columns: int) -> bytes:
    from openpyxl.utils import get_column_letter

    extra = "".join(f'<c r="{get_column_letter(n)}3" s="0"/>' for n in range(30, columns))
    return sheet(lambda held: held.replace('</row><row r="4">', f'{extra}</row><row r="4">'))


def linked() -> bytes:
    """Figures that refer to another workbook: the saved value counts, nothing is fetched."""
    content = cell('<c r="J4"><f>[1]表!A1</f><v>3</v></c>')
    return with_part(content, "xl/externalLinks/externalLink1.xml", f"{HEAD}<externalLink {MAIN}/>")


def macros() -> bytes:
    return with_part(HONEST, "xl/vbaProject.bin", ole("VBA"))


FILES: dict[str, tuple[str, bytes, str]] = {
    "old format": ("月报.xls", ole("Workbook"), "旧格式"),
    "password": ("月报.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "打开密码"),
    "password of the archive": ("月报.xlsx", encrypted_zip(HONEST), "打开密码"),
    "csv renamed": ("月报.xlsx", "单位,数值\n石门乡,3\n".encode("gb18030"), "文本表格"),
    "rtf renamed": ("月报.xlsx", rb"{\rtf1\ansi\deff0 {\fonttbl}}", "RTF"),
    "word": ("月报.xlsx", packed({"word/document.xml": "<a/>"}), "Word"),
    "cut in half": ("月报.xlsx", HONEST[: len(HONEST) // 2], "已损坏"),
    "a bomb": ("月报.xlsx", packed({f"xl/{n}.xml": "" for n in range(300)}), "异常庞大"),
    "empty": ("月报.xlsx", b"", "空的"),
    "a document type": (
        "月报.xlsx",
        with_part(HONEST, "xl/workbook.xml", f'{HEAD}<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
        "DTD",
    ),
    "a value at the end of the sheet": (
        "月报.xlsx",
        sheet(lambda held: closing(held, '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
        "A1048576",
    ),
}
"""Refused as a whole: name, content, and what the sentence must name."""

SPOILT: dict[str, tuple[bytes, str, str]] = {
    "text": (said("abc"), "not_a_number", "J4"),
    "a formula never computed": (cell('<c r="J4"><f>SUM(A1:A3)</f></c>'), "formula_uncomputed", "J4"),
    "a call to another program": (
        cell('<c r="J4"><f>cmd|&apos;/c calc&apos;!A0</f></c>'),
        "formula_uncomputed",
        "J4",
    ),
    "an error value": (cell('<c r="J4" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), "error_value", "J4"),
    "a formula as text": (written("=1+1"), "not_a_number", "J4"),
    "not a number at all": (written("NaN"), "not_a_number", "J4"),
    "infinite": (written("inf"), "not_a_number", "J4"),
    "infinite in the file": (cell('<c r="J4"><v>1e999</v></c>'), "not_a_number", "J4"),
    "exponents in text": (written("1e5"), "not_a_number", "J4"),
    "more than there is": (said(10**16), "too_large", "J4"),
    "negative": (said(-3), "negative", "J4"),
    "negative in brackets": (written("(3)"), "not_a_number", "J4"),
    "zero or none": (said("无"), "none_or_zero", "J4"),
    "half a household": (said(2.5), "not_whole", "J4"),
    "another unit": (said("3亩"), "unit_differs", "J4"),
    "a date": (said(date(2026, 3, 5)), "date_for_number", "J4"),
    "yes for a number": (cell('<c r="J4" t="b"><v>1</v></c>'), "not_a_number", "J4"),
    "two numbers": (written("3,5"), "not_a_number", "J4"),
    "a day in words": (said(3, promised_day="下个月"), "not_a_day", "Q4"),
    "a day that is none": (said(3, promised_day="2026-02-30"), "no_such_day", "Q4"),
    "a long text": (said(3, cause=LONG), "too_long", "N4"),
    "unknown unit": (rows(figure("ZF01", "990001101999", 3)), "unknown_unit", "C4"),
    "unknown indicator": (rows(figure("XX99", VILLAGE, 3)), "unknown_indicator", "A4"),
    "a unit of another township": (rows(figure("ZF01", f"{TOWNSHIPS[1]}201", 3)), "other_township", "C4"),
    "a slipped row": (said(3, unit_name="甲2村"), "name_differs", "C4"),
    "the same row twice": (
        rows(figure("ZF01", VILLAGE, 3), figure("ZF01", VILLAGE, 4)),
        "duplicate_row",
        "A5",
    ),
    "no unit": (rows(figure("ZF01", None, 3)), "required", "C4"),
    "no such sheet": (renamed_sheet(), "missing_sheet", ""),
    "no header": (
        sheet(lambda held: held[: held.index('<row r="3">')] + held[held.index('<row r="4">') :]),
        "no_header",
        "",
    ),
    "a column renamed": (sheet(lambda held: held.replace(">本期值<", ">本期数值<")), "missing_column", "3"),
    "a column twice": (sheet(lambda held: held.replace(">分子<", ">本期值<")), "column_twice", "J3"),
    "merged rows": (
        merged("A4:A6"),
        "merged",
        "A4:A6",
    ),
    "a period to come": (rows(figure("ZF01", VILLAGE, 3), period=date(2026, 6, 30)), "period_not_begun", ""),
    "nothing filled in": (rows(figure("ZF01", VILLAGE)), "empty_workbook", ""),
}
"""One cell or header spoilt: what is said of it, and at which cell."""

READ: dict[str, tuple[bytes, int | None]] = {
    "as it is": (HONEST, 3),
    "full-width digits": (said("１２"), 12),
    "thousands": (written("1,234"), 1_234),
    "ten thousands": (said("0.0012万户"), 12),
    "about": (said("约12"), 12),
    "a dash": (rows(figure("ZF01", VILLAGE, "—"), figure("ZF01", f"{HOME}202", 1)), None),
    "stars": (said("＊＊"), None),
    "zero": (said(0), 0),
    "scientific notation of the file": (cell('<c r="J4"><v>1.2E1</v></c>'), 12),
    "a saved formula": (cell('<c r="J4"><f>1+2</f><v>3</v></c>'), 3),
    "a link to another workbook": (linked(), 3),
    "macros": (macros(), 3),
    "a hidden sheet": (hidden_sheet(), 3),
    "a hidden row": (sheet(lambda held: held.replace('<row r="4">', '<row r="4" hidden="1">')), 3),
    "blanks around": (written(" 3 "), 3),
    "marks that nobody sees": (written("\u200b3\ufeff"), 3),
    "a merged title": (
        merged("A1:J1"),
        3,
    ),
    "sixteen thousand dressed columns": (wide_header(16_384), 3),
    "a million dressed rows": (empty_rows(1_000_000), 3),
}
"""Odd but readable, and the value that must come out (None: not reported, or masked)."""
