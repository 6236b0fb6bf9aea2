"""Files that are not what they say, or mean harm: each ends in one sentence and leaves nothing behind."""

import io
import subprocess
import time
import zipfile

import pytest
from sqlalchemy import Engine, func, select

from data_access.schema import metadata
from intake import child
from intake.errors import WorkbookRefused
from intake.reader import read_workbook
from intake.screen import LARGEST_FILE, screen
from tests.intake.county import figure, look, report_workbook
from tests.intake.files import (
    HEAD,
    MAIN,
    encrypted_zip,
    ole,
    packed,
    plain_book,
    raw_book,
    sheet_of,
    with_part,
)

GOOD = plain_book([["a", 1]])


def _bomb(size: int) -> bytes:
    """A member that unpacks to `size` and packs to nearly nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(size // 2**20):
                part.write(bytes(2**20))
    return out.getvalue()


def _entities() -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    sheet = f'{HEAD}<!DOCTYPE worksheet [{declared}]><worksheet {MAIN}><sheetData><row r="1"><c r="A1" '
    return raw_book(sheet + 't="inlineStr"><is><t>&e8;</t></is></c></row></sheetData></worksheet>')


HOSTILE = {
    "empty": (b"", "empty_file"),
    "too large": (b"PK" + bytes(LARGEST_FILE), "file_too_large"),
    "old format": (ole("Workbook"), "is_xls"),
    "password": (ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "password of the archive": (encrypted_zip(GOOD), "encrypted"),
    "csv": ("单位,数值\n石门乡,3\n".encode(), "is_csv"),
    "csv in the national encoding": ("单位,数值\n石门乡,3\n".encode("gb18030"), "is_csv"),
    "text": ("各乡镇:".encode(), "is_text"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "is_web_page"),
    "pdf": (b"%PDF-1.7 ...", "is_pdf"),
    "picture": (b"\x89PNG\r\n\x1a\n", "is_picture"),
    "noise": (bytes(range(256)) * 8, "not_a_workbook"),
    "broken archive": (GOOD[: len(GOOD) // 2], "broken_file"),
    "word document": (packed({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "is_word"),
    "open document": (packed({"mimetype": "x", "content.xml": "<a/>"}), "is_open_document"),
    "binary workbook": (packed({"xl/workbook.bin": "x"}), "is_xlsb"),
    "some archive": (packed({"a.txt": "x"}), "not_a_workbook"),
    "many members": (packed({f"xl/{n}.xml": "" for n in range(300)}), "bomb"),
    "unpacks to much": (_bomb(130 * 2**20), "bomb"),
    "packs too well": (_bomb(20 * 2**20), "bomb"),
    "climbs out": (with_part(GOOD, "xl/../../evil.xml", "x"), "unsafe_names"),
    "entities": (_entities(), "document_type"),
    "outside entity": (
        with_part(GOOD, "xl/workbook.xml", f'{HEAD}<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
        "document_type",
    ),
    "broken xml": (raw_book(f"{HEAD}<worksheet {MAIN}><sheetData><row>"), "broken_file"),
    "a value far away": (
        raw_book(sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "far_cell",
    ),
    "a value far to the right": (raw_book(sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>')), "far_cell"),
    "merges without end": (
        raw_book(sheet_of("", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 3000 + "</mergeCells>")),
        "merges",
    ),
    "no such string": (raw_book(sheet_of('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')), "broken_file"),
    "no sheets": (
        with_part(GOOD, "xl/workbook.xml", f"{HEAD}<workbook {MAIN}><sheets/></workbook>"),
        "no_sheets",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(name: str) -> None:
    content, code = HOSTILE[name]
    begin = time.perf_counter()
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(content)
    assert refused.value.code == code
    assert time.perf_counter() - begin < 10
    for lang in ("zh", "en"):
        assert refused.value.sentence(lang) and refused.value.remedy(lang)
        assert "{" not in refused.value.sentence(lang) + refused.value.remedy(lang)


def test_a_file_of_a_hundred_megabytes_is_refused_unread() -> None:
    begin = time.perf_counter()
    with pytest.raises(WorkbookRefused, match="file_too_large"):
        screen(b"PK" + bytes(100 * 2**20))
    assert time.perf_counter() - begin < 1


def test_a_merge_of_the_whole_sheet_costs_nothing() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row>'
    content = raw_book(sheet_of(data, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    assert read_workbook(content)[0].merged == ("A1:XFD1048576",)


def test_formatted_cells_without_a_value_may_stand_anywhere() -> None:
    """WPS and LibreOffice write them for whole columns."""
    data = '<row r="1"><c r="A1"><v>7</v></c><c r="XFD1" s="0"/></row><row r="1048576" s="0"/>'
    assert read_workbook(raw_book(sheet_of(data)))[0].rows == [[7]]


@pytest.mark.parametrize(
    ("limit", "most", "code"),
    [("CELLS", 5, "too_many_cells"), ("TOTAL_TEXT", 3, "too_much_text"), ("SHEETS", 0, "too_many_sheets")],
)
def test_bounds_on_what_is_read(limit: str, most: int, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, limit, most)
    with pytest.raises(child.RefusedError) as refused:
        child.read(plain_book([["ab", 1], ["cd", 2], ["ef", 3]]))
    assert refused.value.answer["refused"] == code


def test_a_reader_that_takes_too_long_is_ended() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_000))
    with pytest.raises(WorkbookRefused, match="too_slow"):
        read_workbook(raw_book(sheet_of(rows)), seconds=0.02)


@pytest.mark.parametrize(
    ("status", "trace", "code"),
    [
        (-9, b"", "memory"),
        (1, b"...\nMemoryError\n", "memory"),
        (1, b"KeyError: 'x'", "broken_file"),
        (1, b"", "broken_file"),
    ],
)
def test_whatever_ends_the_reader_is_told_in_one_sentence(
    status: int, trace: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], status, b"", trace)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(WorkbookRefused, match=code):
        read_workbook(GOOD)


def test_a_workbook_that_is_no_form_says_so(shared: Engine) -> None:
    with pytest.raises(WorkbookRefused, match="unknown_form"):
        look(shared, plain_book([["姓名", "电话"]], "通讯录"))


def test_the_database_stays_as_it_was(shared: Engine) -> None:
    before = _everything(shared)
    for content, _ in HOSTILE.values():
        with pytest.raises(WorkbookRefused):
            look(shared, content)
    looked = look(shared, report_workbook([figure("ZF01", "990001101201", "abc")]))
    assert not looked.may_apply
    assert _everything(shared) == before


def _everything(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
