"""The first sheet of every workbook: how to fill it in, and what each column means."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from intake import style
from intake.choices import choices_of
from intake.setup.rules import flat, threshold_items, written_value
from intake.sheets.model import NOTE_SHEET, TYPE_WORDS, Column, Form
from intake.words import phrase
from intake.words.readings import LIST_MARK
from metrics.rule_content import DEFAULT_CONTENT, OPTIONAL_CONTENT, entry_name

WIDTHS = (16, 18, 12, 8, 86)
HOW_TO = ("how_fill", "how_zero", "how_figure", "how_range", "how_copy", "how_headers")


def write_instructions(book: Workbook, form: Form, lang: str) -> None:
    """Add the instructions of a form as the first sheet."""
    page = book.create_sheet(NOTE_SHEET.of(lang))
    page.sheet_view.showGridLines = False
    for place, width in enumerate(WIDTHS, start=1):
        page.column_dimensions["ABCDE"[place - 1]].width = width
    page["A1"].value, page["A1"].font = form.title.of(lang), style.TITLE
    page["A2"].value, page["A2"].font = form.note.of(lang), style.SUBTITLE
    line = 4
    for number, code in enumerate(HOW_TO, start=1):
        page.cell(line, 1).value = f"{number}. {phrase(code, lang)}"
        page.cell(line, 1).font = style.BODY
        line += 1
    line = _columns(page, form, lang, line + 1)
    if form.kind == "setup":
        _rules(page, lang, line + 1)
    style.paper(page, 2)


def _columns(page: Worksheet, form: Form, lang: str, line: int) -> int:
    _header(page, line, [phrase(code, lang) for code in ("sheet", "column", "type", "required", "meaning")])
    for sheet in form.sheets:
        for column in sheet.columns:
            if column.hidden:
                continue
            line += 1
            required = phrase("yes", lang) if column.required else ""
            values = [
                sheet.title.of(lang),
                column.title.of(lang),
                TYPE_WORDS[column.holds].of(lang),
                required,
            ]
            _row(page, line, [*values, meaning(column, lang)])
    return line + 1


def meaning(column: Column, lang: str) -> str:
    """What a column means, with the words that may stand in it."""
    said = column.note.of(lang)
    if column.choices is not None:
        said += " " + phrase("choices", lang, words=LIST_MARK.join(choices_of(column.choices).of(lang)))
    if column.prefilled:
        said += " " + phrase("prefilled", lang)
    return said


def _rules(page: Worksheet, lang: str, line: int) -> None:
    _header(page, line, [phrase("rule_items", lang), "", "", "", phrase("shipped_value", lang)])
    for item, value in flat(DEFAULT_CONTENT | OPTIONAL_CONTENT):
        line += 1
        shown = written_value(value)
        name = entry_name(item, "en" if lang == "en" else "zh")
        off = phrase("switched_off", lang)
        _row(page, line, [item, "", "", "", f"{off if shown is None else shown} ({name})"])
    for item in threshold_items():
        line += 1
        _row(page, line, [item, "", "", "", phrase("own_threshold", lang)])


def _header(page: Worksheet, line: int, texts: list[str]) -> None:
    for place, text in enumerate(texts, start=1):
        cell = page.cell(line, place)
        cell.value, cell.font, cell.fill = text, style.HEADER, style.HEADER_FILL
        cell.alignment, cell.border = style.CENTRE, style.BORDER


def _row(page: Worksheet, line: int, texts: list[str]) -> None:
    for place, text in enumerate(texts, start=1):
        cell = page.cell(line, place)
        cell.value, cell.font = text, style.BODY
        cell.alignment, cell.border = style.LEFT, style.BORDER
