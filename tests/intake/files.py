"""Workbooks made or broken by hand, part by part."""

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook

CELL = '<c r="{0}"><v>1</v></c>'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def plain_book(rows: list[list[Any]], title: str = "表") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def raw_book(sheet: str, **parts: str) -> bytes:
    """A workbook of one sheet whose XML is given."""
    held = {
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} {RELS}><sheets><sheet name="表" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships><Relationship Id="r1" Type="{KIND}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return packed({**held, **{name.replace("__", "/"): text for name, text in parts.items()}})


def sheet_of(data: str, after: str = "") -> str:
    return f"{HEAD}<worksheet {MAIN}><sheetData>{data}</sheetData>{after}</worksheet>"


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    """The same workbook with one part in place of its own, or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return packed({**parts, name: part})


def encrypted_zip(content: bytes) -> bytes:
    """The flag of an encrypted member set in both of its headers."""
    broken = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = broken.find(mark)
        flags = struct.unpack_from("<H", broken, at + offset)[0]
        struct.pack_into("<H", broken, at + offset, flags | 1)
    return bytes(broken)


def ole(*streams: str) -> bytes:
    """The beginning of an OLE file with streams of these names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(s.encode("utf-16-le") for s in streams)
