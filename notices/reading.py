"""An edited Word file read back: its lines of text, with the keys of the controls that are still in it.

The file comes from outside. Only its directory is looked at before anything is unpacked, and its text is streamed
through a parser that refuses document types, so that neither size nor entities can do harm. What was deleted with
changes tracked is gone, what was inserted is there.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from data_access.errors import UserFacing

LARGEST_FILE = 20 * 2**20
LARGEST_TEXT = 32 * 2**20
MOST_MEMBERS = 2_000
HIGHEST_RATIO = 200
SMALL_MEMBER = 2**20
BODY = "word/document.xml"
# What stands under the text is read after it, then what is written at the head and foot of its pages.
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
COMMENTS = "word/comments.xml"
# How a file of Word's older kind, or an encrypted one, begins.
OLE = b"\xd0\xcf\x11\xe0"
CHUNK = 2**18
# Where a line ends within a paragraph.
BREAK = "\n"
# What a file that is not whole ends in.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    expat.ExpatError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
# Text in here is not read: deleted, moved away, codes of fields, and the second writing of a text box.
_PASSED_OVER = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback"})
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})


class FileRefused(UserFacing):
    """The file is not read: it is no Word file, broken, or larger than any notice. `why` is one of `TERMS`."""

    code = "file_refused"
    fields = ("why",)
    zh = "这个文件不能读取：{why}。"
    en = "This file cannot be read: {why}."
    remedy_zh = "请用 Word 或 WPS 打开由本系统生成的通报，另存为 .docx 后重新上传。"
    remedy_en = "Open the notice that was made here in Word or WPS, save it as .docx and upload it again."


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `key` is the tag of the control it stands in, empty outside."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a row of a table with its cells one after another.

    `table` and `row` count from 1; both are 0 for a paragraph outside tables.
    """

    pieces: tuple[Piece, ...]
    table: int = 0
    row: int = 0

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says: its lines in order, how many of its changes are still tracked, and what is remarked in it."""

    lines: tuple[Line, ...]
    tracked: int = 0
    comments: tuple[str, ...] = ()


def read_text(content: bytes) -> Text:
    """What a .docx file says. `FileRefused` where it cannot be read."""
    _screen(content)
    reader, remarks = _Reader(), _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in _read_parts(archive.namelist()):
                with archive.open(name) as part:
                    into = remarks if name == COMMENTS else reader
                    into.read(part, is_margin=MARGINS.fullmatch(name) is not None)
    except _DocumentTypeError:
        raise FileRefused("file_document_type") from None
    except BROKEN:
        raise FileRefused("file_broken") from None
    return Text(tuple(reader.lines()), reader.tracked, tuple(line.text for line in remarks.lines()))


def read_lines(content: bytes) -> list[Line]:
    """The lines alone."""
    return list(read_text(content).lines)


def _read_parts(names: list[str]) -> list[str]:
    """Which parts are read, in their order."""
    margins = sorted(name for name in names if MARGINS.fullmatch(name))
    return [name for name in (BODY, *NOTES, *margins, COMMENTS) if name in names]


def _screen(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise FileRefused("file_too_large")
    if not content.startswith(b"PK"):
        raise FileRefused("file_encrypted" if content.startswith(OLE) else "file_not_word")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise FileRefused("file_broken") from None
    held = {member.filename: member for member in members}
    if BODY not in held:
        raise FileRefused("file_not_word")
    read = [held[name] for name in _read_parts(list(held))]
    if any(part.flag_bits & 1 for part in read):
        raise FileRefused("file_encrypted")
    if len(members) > MOST_MEMBERS or any(map(_is_too_large, read)):
        raise FileRefused("file_too_large")


def _is_too_large(part: zipfile.ZipInfo) -> bool:
    is_bomb = part.file_size > SMALL_MEMBER and part.file_size > HIGHEST_RATIO * max(1, part.compress_size)
    return part.file_size > LARGEST_TEXT or is_bomb


class _DocumentTypeError(Exception):
    """The part declares a document type."""


@dataclass
class _Control:
    """A content control that is open: its tag, and whether it shows a prompt instead of a text."""

    tag: str = ""
    is_prompt: bool = False


@dataclass
class _Reader:
    """Streams the body of a document."""

    found: list[Line] = field(default_factory=list)
    controls: list[_Control] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    row_pieces: list[Piece] = field(default_factory=list)
    passed_over: int = 0
    takes_text: bool = False
    depth: int = 0
    table: int = 0
    row: int = 0
    tracked: int = 0
    # Numbers of pages are fields; those of the text are read as they stand.
    is_margin: bool = False
    fields: int = 0

    def read(self, part: IO[bytes], *, is_margin: bool = False) -> None:
        """Stream a part through; `is_margin` where it is the head or foot of a page."""
        self._begin()
        self.is_margin, self.fields = is_margin, 0
        while chunk := part.read(CHUNK):
            self.parser.Parse(chunk)
        self.parser.Parse(b"", True)

    def _begin(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._take

    def lines(self) -> Iterator[Line]:
        return (line for line in self.found if line.text.strip() or any(piece.key for piece in line.pieces))

    @staticmethod
    def _refuse(*_: object) -> None:
        raise _DocumentTypeError

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.tracked += local in _TRACKED
        if local == "fldSimple":
            self.fields += 1
        elif local == "fldChar":
            self.fields += {"begin": 1, "end": -1}.get(_value(attributes, "fldCharType"), 0)
        if local in _PASSED_OVER:
            self.passed_over += 1
        elif local == "sdt":
            self.controls.append(_Control())
        elif local == "tag" and self.controls:
            self.controls[-1].tag = _value(attributes)
        elif local == "showingPlcHdr" and self.controls:
            self.controls[-1].is_prompt = _value(attributes) not in ("0", "false")
        elif local == "t":
            self.takes_text = True
        elif local == "tab" and not self.passed_over:
            self._say(" ")
        elif local in ("br", "cr") and not self.passed_over:
            self._say(BREAK)
        elif local == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.table, self.row = self.table + 1, 0
        elif local == "tr" and self.depth == 1:
            self.row += 1
            self.row_pieces = []

    def _close(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self.fields -= local == "fldSimple"
        if local in _PASSED_OVER:
            self.passed_over -= 1
        elif local == "sdt":
            self.controls.pop()
        elif local == "t":
            self.takes_text = False
        elif local == "p":
            self._end_paragraph()
        elif local == "tc" and self.depth:
            # What stands in two cells is two words.
            self.row_pieces.append(Piece(" "))
        elif local == "tr" and self.depth == 1:
            self.found.append(Line(_joined(_unbroken(self.row_pieces)), self.table, self.row))
        elif local == "tbl":
            self.depth -= 1

    def _end_paragraph(self) -> None:
        if self.depth:
            self.row_pieces.extend(self.pieces)
        else:
            line = Line(_joined(_unbroken(self.pieces)))
            # The dashes beside the number of a page say nothing.
            if not self.is_margin or any(map(str.isalnum, line.text)):
                self.found.append(line)
        self.pieces = []

    def _take(self, text: str) -> None:
        if self.takes_text and not self.passed_over:
            self._say(text)

    def _say(self, text: str) -> None:
        held = next((each for each in reversed(self.controls) if each.tag), None)
        if any(each.is_prompt for each in self.controls) or (self.is_margin and self.fields > 0):
            return
        self.pieces.append(Piece(text, held.tag if held else ""))


def _value(attributes: dict[str, str], wanted: str = "val") -> str:
    return next((value for name, value in attributes.items() if name.rpartition(" ")[2] == wanted), "")


def _unbroken(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces of a paragraph without the ends of its lines: a blank, and within Chinese text nothing."""
    for place, piece in enumerate(pieces):
        if piece.text != BREAK:
            yield piece
            continue
        before = pieces[place - 1].text[-1:] if place else ""
        after = pieces[place + 1].text[:1] if place + 1 < len(pieces) else ""
        if before.isascii() or after.isascii():
            yield Piece(" ", piece.key)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Runs that were split while editing are one piece again."""
    out: list[Piece] = []
    for piece in pieces:
        if out and out[-1].key == piece.key and piece.key:
            out[-1] = Piece(out[-1].text + piece.text, piece.key)
        elif out and not out[-1].key and not piece.key:
            out[-1] = Piece(out[-1].text + piece.text)
        else:
            out.append(piece)
    return tuple(out)
