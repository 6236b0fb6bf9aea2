"""Read one workbook away from everything else: content on standard input, JSON on standard output.

Run as a file by `intake.reader`, never imported by it: this process has no database, no other module of
ours, little memory and little time, and whatever a hostile file does to it ends with it. Modules that
openpyxl would pull in without need are kept out, they cost start-up time and address space.

Output: {"sheets": [{"name", "state", "rows", "merged"}]} with rows from the first line on, or
{"refused": code, ...}. Cells are null, bool, number or text as such, and otherwise a pair:
["d", ISO date], ["p", number shown as a percentage], ["f", formula without a computed value],
["e", error value]. Any other end of the process means a workbook that cannot be read.
"""

import io
import json
import re
import sys
import zipfile
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from xml.parsers import expat

if __name__ == "__main__":
    for module in ("numpy", "lxml", "defusedxml", "pandas", "PIL"):
        sys.modules[module] = None  # type: ignore[assignment]

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MEMORY = 768 * 2**20
ROWS = 99_999
CELLS = 1_000_000
COLUMNS = 120
SHEETS = 60
CELL_TEXT = 4_000
TOTAL_TEXT = 48 * 2**20
CHUNK = 2**18

# A value, text or formula in a cell beyond ROWS or column ZZ: reading up to it would fill the memory.
# Empty cells out there are harmless: WPS and LibreOffice write them for whole formatted columns.
FAR_CELL = re.compile(
    rb'r="((?:[A-Z]{3}[0-9]+|[A-Z]{1,2}[0-9]{6,}))"[^>]*(?<!/)>\s*<(?:[A-Za-z0-9]+:)?(?:v|is|f)[\s/>]'
)
FORMULA = re.compile(rb"<(?:[A-Za-z0-9]+:)?f[\s/>]")
MERGE = re.compile(rb'<(?:[A-Za-z0-9]+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
OVERLAP = 400
MERGES = 2_000


class RefusedError(Exception):
    """The workbook is not read, for a reason that has a sentence of its own."""

    def __init__(self, code: str, **places: str | int) -> None:
        """Take a code of the catalogue and its facts."""
        super().__init__(code)
        self.answer = {"refused": code, **places}


class _RootError(Exception):
    """The first element was reached: a document type can only stand before it."""


def limit_memory() -> None:
    """Bound the address space where the platform knows how (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ValueError, OSError):
        # macOS refuses this limit; the clock and the screened sizes still hold there.
        return


def refuse_document_type(part: Any) -> None:
    """Refuse an XML part that declares a document type: entities and outside references need one."""

    def found(*_: object) -> None:
        raise RefusedError("document_type")

    def root(*_: object) -> None:
        raise _RootError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found
    parser.StartElementHandler = root
    try:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk)
    except _RootError:
        return


def scan(part: Any) -> tuple[bytes | None, bool, list[str]]:
    """Look a worksheet through as bytes: the first far cell, whether it has formulas, its merges."""
    merges: list[str] = []
    formulas = False
    kept = b""
    while chunk := part.read(CHUNK):
        window = kept + chunk
        if far := FAR_CELL.search(window):
            return far.group(1), formulas, merges
        formulas = formulas or FORMULA.search(window) is not None
        end = 0
        for merge in MERGE.finditer(window):
            merges.append(merge.group(1).decode())
            end = merge.end()
            if len(merges) > MERGES:
                raise RefusedError("merges")
        kept = window[max(end, len(window) - OVERLAP) :]
    return None, formulas, merges


def examine(content: bytes) -> tuple[bool, dict[str, list[str]]]:
    """Go through the parts before openpyxl does: whether any formula stands in it, merges by part."""
    merges: dict[str, list[str]] = {}
    formulas = False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    refuse_document_type(part)
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    far, found, merged = scan(part)
                if far is not None:
                    raise RefusedError("far_cell", part=name, cell=far.decode())
                formulas = formulas or found
                merges[name] = merged
    return formulas, merges


class Cells:
    """Turn openpyxl's cells into what JSON can carry, and count the text that goes out."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._percent: dict[int, bool] = {}
        self._text = 0
        self._count = 0

    def _is_percent(self, cell: Any) -> bool:
        style = cell._style_id
        if style not in self._percent:
            self._percent[style] = "%" in str(cell.number_format)
        return self._percent[style]

    def plain(self, cell: Any) -> Any:
        """Give the value of one cell."""
        value = cell.value
        if value is None:
            return None
        self._count += 1
        if self._count > CELLS:
            raise RefusedError("too_many_cells", most=CELLS)
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            if cell.data_type == "e":
                return ["e", value[:20]]
            self._text += len(value)
            if self._text > TOTAL_TEXT:
                raise RefusedError("too_much_text")
            # One more than may stand there, so that the reader can tell that it was longer.
            return value[: CELL_TEXT + 1]
        if isinstance(value, int | float):
            return ["p", value] if cell._style_id and self._is_percent(cell) else value
        if isinstance(value, datetime):
            return ["d", value.date().isoformat()]
        if isinstance(value, date | time):
            return ["d", value.isoformat()]
        return str(value)[: CELL_TEXT + 1]


def read_sheet(sheet: Any, cells: Cells) -> list[list[Any]]:
    """Read the rows of a sheet up to the last that holds anything, within the bounds."""
    rows: list[list[Any]] = []
    used = 0
    sheet.reset_dimensions()
    for number, row in enumerate(islice(sheet.iter_rows(max_row=ROWS), ROWS), start=1):
        values = [cells.plain(cell) for cell in row]
        while values and values[-1] is None:
            values.pop()
        if len(values) > COLUMNS:
            raise RefusedError("too_many_columns", sheet=sheet.title, most=COLUMNS)
        if values:
            used = number
        rows.append(values)
    return rows[:used]


def open_book(content: bytes, *, computed: bool) -> Any:
    """Open the workbook for reading; `computed` gives the values that formulas last had."""
    return load_workbook(io.BytesIO(content), read_only=True, data_only=computed, keep_links=False)


def uncomputed(content: bytes, sheets: list[dict[str, Any]]) -> None:
    """Mark the cells whose formula was saved without a value, and never take them for empty."""
    cells = Cells()
    for sheet, found in zip(open_book(content, computed=False).worksheets, sheets, strict=True):
        sheet.reset_dimensions()
        for number, row in enumerate(islice(sheet.iter_rows(max_row=ROWS), ROWS)):
            for place, cell in enumerate(row[:COLUMNS]):
                if cell.data_type != "f":
                    continue
                while number >= len(found["rows"]):
                    found["rows"].append([])
                values = found["rows"][number]
                values.extend([None] * (place + 1 - len(values)))
                if values[place] is None:
                    values[place] = ["f", str(cells.plain(cell))[:200]]


def read(content: bytes) -> dict[str, Any]:
    """Read a whole workbook; RefusedError for what is out of bounds."""
    formulas, merges = examine(content)
    cells = Cells()
    book = open_book(content, computed=True)
    if len(book.worksheets) > SHEETS:
        raise RefusedError("too_many_sheets", most=SHEETS)
    if not book.worksheets:
        raise RefusedError("no_sheets")
    sheets = [
        {
            "name": sheet.title,
            "state": sheet.sheet_state,
            "rows": read_sheet(sheet, cells),
            "merged": merges.get(str(getattr(sheet, "_worksheet_path", "")), []),
        }
        for sheet in book.worksheets
    ]
    if formulas:
        uncomputed(content, sheets)
    return {"sheets": sheets}


def main() -> None:
    """Answer on standard output; an unforeseen fault leaves a trace on standard error and status 1."""
    limit_memory()
    content = sys.stdin.buffer.read()
    try:
        answer = read(content)
        encoded = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    except RefusedError as refused:
        encoded = json.dumps(refused.answer).encode()
    except MemoryError:
        encoded = b'{"refused":"memory"}'
    except InvalidFileException:
        encoded = b'{"refused":"broken"}'
    sys.stdout.buffer.write(encoded)


if __name__ == "__main__":
    main()
