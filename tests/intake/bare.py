"""A filled form without its looks, written at once: what the reader needs and nothing else.

The templates' own writer dresses every cell, which takes a hundred times as long; where a test is about
what a workbook says and not about the template, this one serves. Header row, columns and hidden sheet
stand where the template has them.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from intake.choices import choice_word
from intake.sheets.model import META_KEYS, META_SHEET, CellType, Column, Form, Sheet
from intake.words.readings import LIST_MARK, NO_WORD, YES_WORD
from intake.writer import HEADER_ROW

FIRST_DAY = date(1899, 12, 30)
SPACE = "http://schemas.openxmlformats.org"
MAIN = f'xmlns="{SPACE}/spreadsheetml/2006/main"'
KIND = f"{SPACE}/officeDocument/2006/relationships"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = (
    f'{HEAD}<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
Rows = Sequence[Mapping[str, Any]]


def bare_workbook(form: Form, sheets: Mapping[str, Rows], meta: Mapping[str, object]) -> bytes:
    """The sheets that are given, in the order of the form, and the hidden one."""
    pages = [
        (sheet.title.zh, "", _page(sheet, sheets[sheet.key])) for sheet in form.sheets if sheet.key in sheets
    ]
    said = {"kind": form.kind, "version": form.version, **meta}
    hidden = [[key, None if said.get(key) is None else str(said[key])] for key in META_KEYS]
    pages.append((META_SHEET, ' state="veryHidden"', _sheet(dict(enumerate(hidden, start=1)))))
    return _packed(pages)


def _page(sheet: Sheet, rows: Rows) -> str:
    columns = [c for c in sheet.columns if not c.hidden or any(row.get(c.key) is not None for row in rows)]
    lines: dict[int, list[Any]] = {1: [sheet.title.zh], HEADER_ROW: [column.title.zh for column in columns]}
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        lines[number] = [_written(row.get(column.key), column) for column in columns]
    return _sheet(lines)


def _written(value: Any, column: Column) -> Any:
    if isinstance(value, bool):
        return YES_WORD if value else NO_WORD
    if value is not None and column.choices is not None and value in list(column.choices):
        return choice_word(column.choices(value), "zh")
    if column.holds is CellType.POINTS and not isinstance(value, str):
        return "; ".join(f"{day} {share * 100:.10g}%" for day, share in value)
    return LIST_MARK.join(map(str, value)) if isinstance(value, tuple | list) else value


def _sheet(lines: Mapping[int, Sequence[Any]]) -> str:
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(place, number, value) for place, value in enumerate(line, 1))}</row>'
        for number, line in lines.items()
    )
    return f"{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def _cell(place: int, number: int, value: Any) -> str:
    if value is None or value == "":
        return ""
    at = f"{get_column_letter(place)}{number}"
    if isinstance(value, date):
        return f'<c r="{at}" s="1"><v>{(value - FIRST_DAY).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value!r}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _packed(pages: Sequence[tuple[str, str, str]]) -> bytes:
    numbered = list(enumerate(pages, start=1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}"{state} r:id="r{n}"/>' for n, (name, state, _) in numbered
    )
    relations = "".join(_relation(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered)
    types = "".join(_type(f"xl/worksheets/sheet{n}.xml", "worksheet") for n, _ in numbered)
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{SPACE}/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_type('xl/workbook.xml', 'sheet.main')}{_type('xl/styles.xml', 'styles')}{types}</Types>",
        "_rels/.rels": _relations(_relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{KIND}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(relations + _relation("s", "styles", "styles.xml")),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": xml for n, (_, _, xml) in numbered},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(each: str) -> str:
    return f'{HEAD}<Relationships xmlns="{SPACE}/package/2006/relationships">{each}</Relationships>'


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{KIND}/{kind}" Target="{target}"/>'


def _type(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{MEDIA}.{kind}+xml"/>'
