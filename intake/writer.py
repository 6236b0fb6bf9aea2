"""Write a form as a workbook: title, header, rows, lists to choose from, and the hidden sheet that says
what it is. Text that people gave can never become a formula.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from intake import style
from intake.choices import choice_word, choices_of
from intake.instructions import write_instructions
from intake.sheets.model import META_KEYS, META_SHEET, CellType, Column, Form, Sheet
from intake.words import phrase
from intake.words.readings import LIST_MARK, NO_WORD, YES_WORD

HEADER_ROW = 3
SPARE_ROWS = 500
# An empty form shows lines to write on, whose cells keep codes as text.
EMPTY_ROWS: Sequence[Mapping[str, Any]] = ({},) * 60
LONGEST_LIST = 255
EXPLAINED = ("cause", "text", "action", "promised_day", "waits_on", "behind")
SCALE_KEY = "scale_of_row"
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
RowValues = Mapping[str, Any]
AnyCell = Cell | MergedCell


@dataclass(frozen=True, slots=True)
class Content:
    """What goes on one sheet: values by column key, SCALE_KEY giving the decimals of a row's quantities.

    `asked` marks rows (by index) whose explanation columns are highlighted.
    """

    rows: Sequence[RowValues] = ()
    title: str = ""
    subtitle: str = ""
    asked: frozenset[int] = field(default_factory=frozenset)


def write_workbook(
    form: Form,
    contents: Mapping[str, Content],
    meta: Mapping[str, object],
    *,
    lang: str = "zh",
    locked: bool = False,
) -> bytes:
    """Give the workbook as bytes. `meta` fills the hidden sheet (see META_KEYS); with `locked` only the
    cells to be filled in can be written (no password).
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    write_instructions(book, form, lang)
    for sheet in form.sheets:
        if sheet.key in contents or not locked:
            _write_sheet(book, sheet, contents.get(sheet.key, Content()), lang, locked=locked)
    _write_meta(book, form, meta)
    book.active = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put_text(cell: AnyCell, text: str) -> None:
    """Write text as text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if text.startswith(FORMULA_MARKS):
        cell.quotePrefix = True


def _write_sheet(book: Workbook, sheet: Sheet, content: Content, lang: str, *, locked: bool) -> None:
    page = book.create_sheet(sheet.title.of(lang))
    columns = [column for column in sheet.columns if not column.hidden or _is_given(column, content)]
    put_text(page["A1"], content.title or sheet.title.of(lang))
    page["A1"].font = style.TITLE
    put_text(page["A2"], content.subtitle or sheet.note.of(lang))
    page["A2"].font = style.SUBTITLE
    page.row_dimensions[1].height = 28
    page.row_dimensions[HEADER_ROW].height = 32
    for place, column in enumerate(columns, start=1):
        _write_header(page, place, column, lang)
        _write_column(page, place, column, content, lang)
        _offer_list(page, place, column, content, lang)
    for number in range(len(content.rows)):
        page.row_dimensions[HEADER_ROW + 1 + number].height = style.ROW_HEIGHT
    frozen = _frozen(columns)
    style.paper(page, HEADER_ROW, wide=len(columns) > style.MOST_COLUMNS)
    page.print_title_cols = f"A:{get_column_letter(frozen)}"
    page.freeze_panes = f"{get_column_letter(frozen + 1)}{HEADER_ROW + 1}"
    last = get_column_letter(len(columns))
    page.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + max(1, len(content.rows))}"
    if locked:
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False
        page.protection.autoFilter = page.protection.sort = False


def _is_given(column: Column, content: Content) -> bool:
    return any(row.get(column.key) is not None for row in content.rows)


def _frozen(columns: Sequence[Column]) -> int:
    """The columns that name a row stay in sight."""
    names = [
        place for place, column in enumerate(columns, start=1) if column.key in ("unit_name", "item_name")
    ]
    return names[0] if names else min(2, len(columns))


def _write_header(page: Worksheet, place: int, column: Column, lang: str) -> None:
    cell = page.cell(HEADER_ROW, place)
    put_text(cell, column.title.of(lang) + ("*" if column.required and not column.prefilled else ""))
    cell.font, cell.fill, cell.alignment, cell.border = (
        style.HEADER,
        style.HEADER_FILL,
        style.CENTRE,
        style.BORDER,
    )
    page.column_dimensions[get_column_letter(place)].width = column.width


def _write_column(page: Worksheet, place: int, column: Column, content: Content, lang: str) -> None:
    asks = column.key in EXPLAINED
    models: dict[tuple[str, bool], AnyCell] = {}
    for index, row in enumerate(content.rows or EMPTY_ROWS):
        cell = page.cell(HEADER_ROW + 1 + index, place)
        _put(cell, row.get(column.key), column, lang)
        scale = row.get(SCALE_KEY) if column.holds is CellType.QUANTITY else None
        number_format = style.number_format(column) if scale is None else style.decimals(scale)
        if isinstance(cell.value, date):
            number_format = style.DAY_FORMAT
        kind = (number_format, asks and index in content.asked)
        if kind not in models:
            models[kind] = cell
            style.dress(cell, column, number_format, asked=kind[1])
        _dress_like(cell, models[kind])


def _dress_like(cell: Any, model: Any) -> None:
    """Setting a style anew costs twenty times as much as taking it from a cell that has it."""
    is_quoted = cell.quotePrefix
    cell._style = copy(model._style)
    if is_quoted:
        cell.quotePrefix = True


def _put(cell: AnyCell, value: Any, column: Column, lang: str) -> None:
    if value is None or value == ():
        return
    if isinstance(value, bool):
        put_text(cell, YES_WORD if value else NO_WORD) if lang == "zh" else put_text(cell, str(value).lower())
    elif column.choices is not None and value in list(column.choices):
        put_text(cell, choice_word(column.choices(value), lang))
    elif column.holds is CellType.POINTS and not isinstance(value, str):
        put_text(cell, "; ".join(f"{day} {share * 100:.10g}%" for day, share in value))
    elif isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, tuple | list):
        put_text(cell, LIST_MARK.join(map(str, value)))
    elif isinstance(value, date):
        cell.value = value
    else:
        cell.value = value


def _offer_list(page: Worksheet, place: int, column: Column, content: Content, lang: str) -> None:
    words = _words(column, lang)
    joined = ",".join(words)
    if not words or len(joined) > LONGEST_LIST or column.prefilled:
        return
    binding = not column.suggestions
    validation = DataValidation(
        type="list", formula1=f'"{joined}"', allow_blank=True, showErrorMessage=binding
    )
    validation.errorTitle = column.title.of(lang)
    validation.error = phrase("choose", lang)
    letter = get_column_letter(place)
    last = HEADER_ROW + max(len(content.rows), SPARE_ROWS)
    validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
    page.add_data_validation(validation)


def _words(column: Column, lang: str) -> Iterable[str] | list[str]:
    if column.choices is not None:
        return list(choices_of(column.choices).of(lang))
    if column.holds is CellType.YES_NO:
        return [YES_WORD, NO_WORD] if lang == "zh" else ["yes", "no"]
    return [suggestion.of(lang) for suggestion in column.suggestions]


def _write_meta(book: Workbook, form: Form, meta: Mapping[str, object]) -> None:
    page = book.create_sheet(META_SHEET)
    said = {"kind": form.kind, "version": form.version, **meta}
    for number, key in enumerate(META_KEYS, start=1):
        put_text(page.cell(number, 1), key)
        value = said.get(key)
        if value is not None:
            put_text(page.cell(number, 2), value.isoformat() if isinstance(value, date) else str(value))
    page.sheet_state = "veryHidden"
