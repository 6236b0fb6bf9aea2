"""The Excel snapshot: overview, matrix, ranking, lagging villages and open items, as-of one day.

Every sheet prints on A4 landscape with its title, provenance and rule. Text that came from people is
written as text and can never become a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Number:
    """A number with the format of its own that keeps it from rounding on to a threshold."""

    value: float
    number_format: str


Value = str | int | float | date | Number | None

FONT = "宋体"
HEAD_FONT = "黑体"
# Inches. A sheet of A4 on its side then holds about 145 characters of the body at its full size.
MARGIN = 0.5
BODY_SIZE = 10
LINE = 14
# A character of the width of a column in pixels, and a pixel in points.
CHARACTER_PIXELS, POINTS_PER_PIXEL = 7, 0.75
PICTURE_ROW, LEAST_PICTURE = 20, 70.0
THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="E6EAEF")
# Grey grounds that stay apart on a black-and-white printer; the word stands in the cell as well.
STATE_FILLS = {
    "far_behind": PatternFill("solid", fgColor="F4C7C3"),
    "unfinished": PatternFill("solid", fgColor="F4C7C3"),
    "behind": PatternFill("solid", fgColor="FFE8B8"),
}


@dataclass(frozen=True)
class Column:
    """A column: its title, width in characters, number format, whether it wraps, whether it holds the state."""

    title: str
    width: float
    number_format: str = "General"
    wraps: bool = False
    is_state: bool = False

    @property
    def is_figure(self) -> bool:
        """Figures stand to the right."""
        return self.number_format != "General"


@dataclass(frozen=True)
class Block:
    """A table with a heading; `states` names the state of each row for the ground of its state's cell.

    `picture` is a PNG of what the table says; it stands above it, as wide as the sheet.
    """

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    states: Sequence[str] = field(default_factory=tuple)
    picture: bytes = b""


@dataclass(frozen=True)
class Page:
    """One sheet: its name, title, lines of provenance above and notes below its blocks.

    The head of the last block is repeated on every page that is printed after it: a long block stands last.
    Where blocks are `is_apart` each begins a page of its own instead. At the foot stands `footer`, else the provenance.
    """

    name: str
    title: str
    provenance: str
    blocks: Sequence[Block]
    notes: Sequence[str]
    lead: str = ""
    footer: str = ""
    is_wide: bool = True
    is_apart: bool = False


def workbook(pages: Sequence[Page]) -> bytes:
    """The pages as an .xlsx file."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for page in pages:
        _draw(book.create_sheet(page.name), page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _draw(sheet: Worksheet, page: Page) -> None:
    width = max(len(block.columns) for block in page.blocks)
    middle = Alignment(horizontal="center", vertical="center")
    _line(sheet, 1, page.title, width, Font(name=HEAD_FONT, size=16), middle)
    _wrapped(sheet, 2, page.provenance, width, page, Font(name=FONT, size=9), "center")
    sheet.row_dimensions[1].height = 28
    row = 3
    if page.lead:
        _wrapped(sheet, row, page.lead, width, page, Font(name=FONT, size=11))
        row += 1
    for place, block in enumerate(page.blocks):
        if place and page.is_apart:
            sheet.row_breaks.append(Break(id=row - 1))
        if block.picture:
            row = _picture(sheet, row, block.picture, page)
        if block.heading:
            heading = Font(name=HEAD_FONT, size=12, bold=True)
            _line(sheet, row, block.heading, width, heading, Alignment(vertical="center"))
            sheet.row_dimensions[row].height = 20
            row += 1
        # What is repeated is repeated to the end: the head of a table that others follow would be wrong for them.
        if not page.is_apart and block is page.blocks[-1]:
            sheet.print_title_rows = f"{row}:{row}"
        if place == 0 and not page.is_apart and len(block.columns) == width:
            sheet.freeze_panes = f"B{row + 1}"
        row = _table(sheet, row, block) + 1
    for note in page.notes:
        _wrapped(sheet, row, note, width, page, Font(name=FONT, size=9))
        row += 1
    _widths(sheet, page)
    _print_setup(sheet, page)


def _wrapped(
    sheet: Worksheet, row: int, text: str, width: int, page: Page, font: Font, side: str | None = None
) -> None:
    """A text over the whole width, its row as high as it needs."""
    _line(sheet, row, text, width, font, Alignment(horizontal=side, wrap_text=True, vertical="center"))
    lines = 1 + int(width_of(text) * font.size / BODY_SIZE) // _characters(page)
    sheet.row_dimensions[row].height = (font.size + 4) * lines


def _characters(page: Page) -> int:
    return max(20, int(max(sum(column.width for column in block.columns) for block in page.blocks)))


def _line(sheet: Worksheet, row: int, text: str, width: int, font: Font, alignment: Alignment) -> None:
    cell = sheet.cell(row, 1)
    _put(cell, text)
    cell.font, cell.alignment = font, alignment
    if width > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def _table(sheet: Worksheet, row: int, block: Block) -> int:
    """Draw the header and rows; the number of the row after the last."""
    for place, column in enumerate(block.columns, start=1):
        cell = sheet.cell(row, place)
        _put(cell, column.title)
        cell.font, cell.fill, cell.border = Font(name=HEAD_FONT, size=BODY_SIZE, bold=True), HEAD_FILL, BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = LINE * max(
        _lines(replace(each, wraps=True), each.title) for each in block.columns
    )
    for offset, values in enumerate(block.rows, start=1):
        fill = STATE_FILLS.get(block.states[offset - 1]) if block.states else None
        for place, (column, value) in enumerate(zip(block.columns, values, strict=True), start=1):
            _body_cell(sheet.cell(row + offset, place), column, value, fill if column.is_state else None)
        lines = max(
            (_lines(column, value) for column, value in zip(block.columns, values, strict=True)), default=1
        )
        sheet.row_dimensions[row + offset].height = LINE * lines + 2
    return row + len(block.rows) + 1


def _lines(column: Column, value: Value) -> int:
    """How many lines a wrapped text takes: no spreadsheet program sizes rows by itself when it opens a file."""
    if not column.wraps or not isinstance(value, str):
        return 1
    return sum(max(1, ceil(width_of(line) / (column.width - 1))) for line in value.split("\n"))


def width_of(text: str) -> int:
    """How wide a text is: a Chinese character is as wide as two of the units that column widths are counted in."""
    return sum(1 if character.isascii() else 2 for character in text)


def _body_cell(cell: Cell | MergedCell, column: Column, value: Value, fill: PatternFill | None) -> None:
    number_format, bare = column.number_format, value
    if isinstance(value, Number):
        number_format, bare = value.number_format, value.value
    _write_body(cell, column, bare, number_format, fill)


def _write_body(
    cell: Cell | MergedCell, column: Column, value: Any, number_format: str, fill: PatternFill | None
) -> None:
    _put(cell, "—" if value is None or value == "" else value)
    cell.font, cell.border = Font(name=FONT, size=BODY_SIZE), BOX
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    horizontal = "right" if is_number or column.is_figure else "left" if column.wraps else "center"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=column.wraps)
    if is_number or isinstance(value, date):
        cell.number_format = number_format
    if fill is not None:
        cell.fill = fill


def _put(cell: Cell | MergedCell, value: str | int | float | date | None) -> None:
    """Write a value; text stays text even after somebody edits the cell and presses Enter."""
    if isinstance(value, str):
        # Cleaned first: behind a control character a formula could hide until it is gone.
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.value = text
        if text[:1] in "=+-@\t\r\n＝＋－＠" and text != "—":
            cell.data_type = "s"
            cell.quotePrefix = True
        return
    cell.value = value


def _picture(sheet: Worksheet, row: int, content: bytes, page: Page) -> int:
    """Draw a picture over rows that are kept free for it; the number of the row after them."""
    picture = Image(BytesIO(content))
    ratio = picture.height / picture.width
    # A table of two columns would leave nothing to read.
    picture.width = int(max(LEAST_PICTURE, sum(_widest(page).values())) * CHARACTER_PIXELS)
    picture.height = int(picture.width * ratio)
    sheet.add_image(picture, f"A{row}")
    # A row may not be as high as a picture. One more: programs draw a picture a little larger than it says.
    rows = ceil(picture.height * POINTS_PER_PIXEL / PICTURE_ROW) + 1
    for place in range(row, row + rows):
        sheet.row_dimensions[place].height = PICTURE_ROW
    return row + rows


def _widest(page: Page) -> dict[int, float]:
    """How wide each column of the sheet is, in characters: its blocks share them."""
    widest: dict[int, float] = {}
    for block in page.blocks:
        for place, column in enumerate(block.columns, start=1):
            widest[place] = max(widest.get(place, 0.0), column.width)
    return widest


def _widths(sheet: Worksheet, page: Page) -> None:
    for place, width in _widest(page).items():
        sheet.column_dimensions[get_column_letter(place)].width = width


def _print_setup(sheet: Worksheet, page: Page) -> None:
    sheet.page_setup.orientation = "landscape" if page.is_wide else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    # Fitted in its width alone: fitted in height as well it would have no breaks of its own.
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
    footer = HeaderFooterItem(
        left=_HeaderFooterPart((page.footer or page.provenance).replace("&", "&&")[:200], size=8)
    )
    footer.right = _HeaderFooterPart("&P / &N")
    sheet.HeaderFooter = HeaderFooter(oddFooter=footer)
