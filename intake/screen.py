"""Look at a file before anything reads it: is it a workbook at all, and of a size a person could fill in.

Only the directory of the zip archive is read here. The bounds are far above what a county's largest
report needs (100 000 cells: 1 MB packed, 9 MB unpacked) and far below what would exhaust a server.
"""

import io
import zipfile
from pathlib import Path

from intake.errors import WorkbookRefused

LARGEST_FILE = 20 * 2**20
MOST_MEMBERS = 200
LARGEST_TOTAL = 128 * 2**20
HIGHEST_RATIO = 150
# Below this size a member may be packed as tightly as it likes: blank forms pack better than 150 times.
SMALL_MEMBER = 2**20

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARY_KINDS = (
    (b"%PDF", "is_pdf"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"Rar!", "is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "is_archive"),
    (b"{\\rtf", "is_rtf"),
)
OTHER_DOCUMENTS = (
    ("word/", "is_word"),
    ("ppt/", "is_slides"),
    ("content.xml", "is_open_document"),
    ("xl/workbook.bin", "is_xlsb"),
)
TEXT_ENCODINGS = ("utf-8-sig", "gb18030")


def content_of(file: Path) -> bytes:
    """Read a file that is handed over by its path, unless it is larger than any workbook may be."""
    size = file.stat().st_size
    if size > LARGEST_FILE:
        raise WorkbookRefused("file_too_large", size=_megabytes(size), most=_megabytes(LARGEST_FILE))
    return file.read_bytes()


def screen(content: bytes) -> None:
    """Refuse what is not an .xlsx workbook of bearable size; WorkbookRefused says what it is instead."""
    if not content:
        raise WorkbookRefused("empty_file")
    if len(content) > LARGEST_FILE:
        raise WorkbookRefused("file_too_large", size=_megabytes(len(content)), most=_megabytes(LARGEST_FILE))
    if not content.startswith(b"PK"):
        raise WorkbookRefused(_what_else(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise WorkbookRefused("broken_file") from None
    _screen_members(members)


def _screen_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise WorkbookRefused("bomb", reason=f"{len(members)} > {MOST_MEMBERS}")
    names = {member.filename for member in members}
    if any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names):
        raise WorkbookRefused("unsafe_names")
    if any(member.flag_bits & 1 for member in members):
        raise WorkbookRefused("encrypted")
    total = sum(member.file_size for member in members)
    if total > LARGEST_TOTAL:
        raise WorkbookRefused("bomb", reason=f"{_megabytes(total)} > {_megabytes(LARGEST_TOTAL)}")
    for member in members:
        if member.file_size > SMALL_MEMBER and member.file_size > HIGHEST_RATIO * member.compress_size:
            raise WorkbookRefused("bomb", reason=f"1 : {member.file_size // max(1, member.compress_size)}")
    if "xl/workbook.xml" not in names:
        raise WorkbookRefused(_what_document(names))


def _what_document(names: set[str]) -> str:
    for start, code in OTHER_DOCUMENTS:
        if any(name.startswith(start) for name in names):
            return code
    return "not_a_workbook"


def _what_else(content: bytes) -> str:
    """Name what a file is that is no zip archive."""
    if content.startswith(OLE):
        # The names of an OLE file's streams are UTF-16; an encrypted workbook has these two.
        encrypted = any(
            name.encode("utf-16-le") in content for name in ("EncryptedPackage", "EncryptionInfo")
        )
        return "encrypted" if encrypted else "is_xls"
    for start, code in BINARY_KINDS:
        if content.startswith(start):
            return code
    return _what_text(content[:4096])


def _what_text(head: bytes) -> str:
    if head.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<tabl"):
        return "is_web_page"
    if b"\x00" in head:
        return "not_a_workbook"
    for encoding in TEXT_ENCODINGS:
        try:
            # A character cut in two at the end of the head is no sign of another encoding.
            text = (
                head[: len(head) // 2 * 2 - 4].decode(encoding)
                if len(head) == 4096
                else head.decode(encoding)
            )
        except UnicodeDecodeError:
            continue
        return "is_csv" if any(mark in text for mark in ",;\t") else "is_text"
    return "not_a_workbook"


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"
