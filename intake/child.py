"""Read one workbook away from everything else: content on standard input, JSON on standard output.

Run as a file by `intake.reader`, never imported by it: this process has no database, no module that is
not Python's own, little memory and little time, and whatever a hostile file does to it ends with it. The
parts are streamed through expat and only cells that hold something are kept, so neither a cell at
XFD1048576 nor a merge of a whole sheet costs anything; a formula and its computed value are seen at once.
On 100 000 cells this takes a third of the time that openpyxl needs.

Output: {"sheets": [{"name", "state", "rows", "merged"}]} or {"refused": code, ...}. Cells are null, bool,
number or text, otherwise pairs: ["d", ISO date], ["p", number shown as a percentage], ["f", formula without
a computed value], ["e", error value]. Any other end of the process means a workbook that cannot be read.
"""

import io
import json
import posixpath
import re
import sys
import zipfile
from datetime import date, timedelta
from typing import Any
from xml.parsers import expat

MEMORY = 512 * 2**20
ROWS = 99_999
COLUMNS = 120
CELLS = 1_000_000
SHEETS = 60
MERGES = 2_000
CELL_TEXT = 4_000
TOTAL_TEXT = 48 * 2**20
CHUNK = 2**18

BUILT_IN = dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "d") | {9: "p", 10: "p"}
NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
WHOLE = re.compile(r"-?\d{1,15}")
LAST_SERIAL = 2_958_465
Attributes = dict[str, str]


class RefusedError(Exception):
    """The workbook is not read, for a reason that has a sentence of its own."""

    def __init__(self, code: str, **places: str | int) -> None:
        """Take a code of the catalogue and its facts."""
        super().__init__(code)
        self.answer = {"refused": code, **places}


def limit_memory() -> None:
    """Bound the address space where the platform knows how (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ValueError, OSError):
        return  # macOS refuses this limit; the clock and the screened sizes still hold there.


class Part:
    """One XML part, streamed. Subclasses have methods _begin_name(attributes) and _end_name() for the
    elements they care for, prefixes left out, and get the text between them by `keep` and `taken`.
    """

    def __init__(self) -> None:
        """Begin without text."""
        self.text: list[str] = []
        self.keeps_text = False
        self._openers: dict[str, Any] = {}
        self._closers: dict[str, Any] = {}

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        """Stream a part through; a document type is refused: entities and outside references need one."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._take
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)

    def taken(self) -> str:
        """The text since `keep`, and no more from here on."""
        self.keeps_text = False
        text = "".join(self.text)
        self.text.clear()
        return text

    def keep(self, _: Attributes | None = None) -> None:
        """Keep the text from here on."""
        self.text.clear()
        self.keeps_text = True

    @staticmethod
    def _refuse(*_: object) -> None:
        raise RefusedError("document_type")

    def _open(self, name: str, attributes: Attributes) -> None:
        if name not in self._openers:
            self._openers[name] = getattr(self, "_begin_" + _local(name), None)
        if (opener := self._openers[name]) is not None:
            opener(attributes)

    def _close(self, name: str) -> None:
        if name not in self._closers:
            self._closers[name] = getattr(self, "_end_" + _local(name), None)
        if (closer := self._closers[name]) is not None:
            closer()

    def _take(self, text: str) -> None:
        if self.keeps_text:
            self.text.append(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


class Book(Part):
    """xl/workbook.xml: the sheets in order, and from which day days are counted."""

    def __init__(self) -> None:
        """Begin without sheets."""
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.first_day = date(1899, 12, 30)

    def _begin_sheet(self, attributes: Attributes) -> None:
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))
        if len(self.sheets) > SHEETS:
            raise RefusedError("too_many_sheets", most=SHEETS)

    def _begin_workbookpr(self, attributes: Attributes) -> None:
        if attributes.get("date1904", "0") in ("1", "true"):
            self.first_day = date(1904, 1, 1)


class Relations(Part):
    """xl/_rels/workbook.xml.rels: the part and kind of each relation."""

    def __init__(self) -> None:
        """Begin without relations."""
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}

    def _begin_relationship(self, attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
        self.targets[attributes.get("Id", "")] = (path, kind)

    def path_of(self, kind: str) -> str | None:
        """The part of a kind that there is one of."""
        return next((path for path, found in self.targets.values() if found == kind), None)


class Styles(Part):
    """xl/styles.xml: which cell formats show a date, and which a percentage."""

    def __init__(self) -> None:
        """Begin without formats."""
        super().__init__()
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._in_cells = False

    def _begin_numfmt(self, attributes: Attributes) -> None:
        self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")

    def _begin_cellxfs(self, _: Attributes) -> None:
        self._in_cells = True

    def _end_cellxfs(self) -> None:
        self._in_cells = False

    def _begin_xf(self, attributes: Attributes) -> None:
        if self._in_cells:
            self.formats.append(int(attributes.get("numFmtId", "0")))

    def kinds(self) -> list[str]:
        """For each cell format "d", "p" or nothing."""
        return [self._kind(number) for number in self.formats]

    def _kind(self, number: int) -> str:
        if number in BUILT_IN:
            return BUILT_IN[number]
        code = NOT_FORMAT.sub("", self.codes.get(number, "")).lower()
        if "%" in code:
            return "p"
        is_day = "y" in code or "d" in code or ("m" in code and not ("h" in code or "s" in code))
        return "d" if is_day and "general" not in code else ""


class Strings(Part):
    """xl/sharedStrings.xml: the texts that cells point to, phonetic guides left out."""

    def __init__(self) -> None:
        """Begin without texts."""
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._total = 0
        self._in_guide = False

    def _begin_si(self, _: Attributes) -> None:
        self._pieces.clear()

    def _begin_rph(self, _: Attributes) -> None:
        self._in_guide = True

    def _end_rph(self) -> None:
        self._in_guide = False

    def _begin_t(self, _: Attributes) -> None:
        if not self._in_guide:
            self.keep()

    def _end_t(self) -> None:
        if self.keeps_text:
            self._pieces.append(self.taken())

    def _end_si(self) -> None:
        text = "".join(self._pieces)[: CELL_TEXT + 1]
        self._total += len(text)
        if self._total > TOTAL_TEXT:
            raise RefusedError("too_much_text")
        self.texts.append(text)


class Sheet(Part):
    """One worksheet: the cells that hold something, and its merged ranges."""

    def __init__(
        self, name: str, texts: list[str], kinds: list[str], first_day: date, count: list[int]
    ) -> None:
        """`count` holds the cells and the characters of the workbook so far."""
        super().__init__()
        self.name, self.texts, self.kinds, self.first_day, self.count = name, texts, kinds, first_day, count
        self.rows: dict[int, list[Any]] = {}
        self.merged: list[str] = []
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._type = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = int(float(number)) if number else self._row + 1
        self._column = 0

    def _begin_c(self, attributes: Attributes) -> None:
        address = attributes.get("r")
        if address is None:
            self._column += 1
        else:
            letters = address.rstrip("0123456789")
            if letters not in self._columns:
                self._columns[letters] = _column_number(letters)
            self._column = self._columns[letters]
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value = self._formula = None

    _begin_v = _begin_t = _begin_f = Part.keep

    def _end_v(self) -> None:
        self._value = self.taken()

    def _end_t(self) -> None:
        self._value = (self._value or "") + self.taken()

    def _end_f(self) -> None:
        self._formula = self.taken()

    def _begin_mergecell(self, attributes: Attributes) -> None:
        self.merged.append(attributes.get("ref", "")[:30])
        if len(self.merged) > MERGES:
            raise RefusedError("merges")

    def _end_c(self) -> None:
        if self._value is None and self._formula is None:
            return
        value = self._plain()
        if value is None:
            return
        if not 1 <= self._row <= ROWS or self._column > COLUMNS:
            raise RefusedError("far_cell", sheet=self.name, cell=_address(self._column, self._row))
        self.count[0] += 1
        if self.count[0] > CELLS:
            raise RefusedError("too_many_cells", most=CELLS)
        row = self.rows.setdefault(self._row, [])
        if len(row) < self._column:
            row.extend([None] * (self._column - len(row)))
        row[self._column - 1] = value

    def _plain(self) -> Any:
        text, kind = self._value, self._type
        if not text and self._formula is not None and kind != "str":
            return ["f", f"={self._formula}"[:200]]
        if text is None:
            return None
        if kind == "n":
            return self._number(text) if text else None
        if kind == "s":
            return self._said(self.texts[int(text)])
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return ["e", text[:20]]
        if kind == "d":
            return ["d", text[:10]]
        return self._said(text[: CELL_TEXT + 1])

    def _said(self, text: str) -> str | None:
        self.count[1] += len(text)
        if self.count[1] > TOTAL_TEXT:
            raise RefusedError("too_much_text")
        return text or None

    def _number(self, text: str) -> Any:
        value = int(text) if WHOLE.fullmatch(text) else float(text)
        if not self._style:
            return value
        kind = self.kinds[int(self._style)]
        if kind == "p":
            return ["p", value]
        if kind == "d" and 1 <= value < LAST_SERIAL:
            return ["d", self._day(int(value)).isoformat()]
        return value

    def _day(self, serial: int) -> date:
        # The calendar of 1900 has a 29 February that never was; days before it are one off.
        is_before = serial < 60 and self.first_day.year == 1899
        return self.first_day + timedelta(days=serial + is_before)

    def answer(self, state: str) -> dict[str, Any]:
        """The sheet as it goes out."""
        last = max(self.rows, default=0)
        rows = [self.rows.get(number, []) for number in range(1, last + 1)]
        return {"name": self.name, "state": state, "rows": rows, "merged": self.merged}


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _address(column: int, row: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read(content: bytes) -> dict[str, Any]:
    """Read a whole workbook; RefusedError for what is out of bounds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book, relations, styles, strings = Book(), Relations(), Styles(), Strings()
        book.read(archive, "xl/workbook.xml")
        relations.read(archive, "xl/_rels/workbook.xml.rels")
        for kind, part in (("styles", styles), ("sharedStrings", strings)):
            path = relations.path_of(kind)
            if path is not None and path in archive.namelist():
                part.read(archive, path)
        kinds, count, sheets = styles.kinds(), [0, 0], []
        for name, state, relation in book.sheets:
            path, kind = relations.targets[relation]
            if kind == "worksheet":
                sheet = Sheet(name, strings.texts, kinds, book.first_day, count)
                sheet.read(archive, path)
                sheets.append(sheet.answer(state))
    if sheets:
        return {"sheets": sheets}
    raise RefusedError("no_sheets")


def main() -> None:
    """Answer on standard output; an unforeseen fault leaves a trace on standard error and status 1."""
    limit_memory()
    content = sys.stdin.buffer.read()
    try:
        spelt = json.dumps(read(content), ensure_ascii=False, separators=(",", ":"))
        encoded = spelt.encode("utf-8", "replace")
    except RefusedError as refused:
        encoded = json.dumps(refused.answer).encode()
    except MemoryError:
        encoded = b'{"refused":"memory"}'
    sys.stdout.buffer.write(encoded)


if __name__ == "__main__":
    main()
