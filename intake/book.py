"""A workbook as one of the known forms: which form, whose, for which period, and its tables."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake.cells import parse_day, written
from intake.errors import WorkbookRefused
from intake.names import plain_name
from intake.problems import Problem, shown
from intake.reader import RawSheet
from intake.sheets import FORMS
from intake.sheets.model import META_SHEET, META_WORDS, NOTE_SHEET, Form, Sheet
from intake.tables import Table, find_table


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet says the workbook is; blank where it does not say."""

    kind: str = ""
    version: int | None = None
    county: str = ""
    unit: str = ""
    year: int | None = None
    period: date | None = None


@dataclass(slots=True)
class Book:
    """A workbook taken apart. `order` ranks the names of its sheets for the list of problems."""

    form: Form
    meta: Meta
    tables: dict[str, Table]
    order: dict[str, int]
    problems: list[Problem] = field(default_factory=list)


def take_apart(sheets: list[RawSheet]) -> Book:
    """Find the tables of a workbook's form; WorkbookRefused for what is no form of Xushi."""
    meta = _meta(sheets)
    form = _form(sheets, meta)
    if meta.version is not None and meta.version != form.version:
        raise WorkbookRefused("wrong_version", found=meta.version, version=form.version)
    book = Book(form, meta, {}, {sheet.name: place for place, sheet in enumerate(sheets)})
    claimed = _claim(form, sheets)
    for sheet in form.sheets:
        if sheet.key in claimed:
            book.tables[sheet.key] = find_table(sheet, claimed[sheet.key])
        elif not sheet.optional:
            book.problems.append(Problem("missing_sheet", True, sheet.title.zh, facts={"title": sheet.title}))
    _name_the_rest(book, sheets, {raw.name for raw in claimed.values()})
    return book


def _meta(sheets: list[RawSheet]) -> Meta:
    raw = next((sheet for sheet in sheets if sheet.name == META_SHEET), None)
    if raw is None:
        return Meta()
    said = {str(row[0]): row[1] for row in raw.rows if len(row) >= 2 and row[0] is not None}
    return Meta(
        kind=written(said.get("kind")),
        version=_number(said, "version"),
        county=written(said.get("county")),
        unit=written(said.get("unit")),
        year=_number(said, "year"),
        period=_day(said, "period"),
    )


def _number(said: dict[str, Any], name: str) -> int | None:
    text = written(said.get(name)).strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise WorkbookRefused("bad_meta", name=META_WORDS[name], found=shown(text))
    return int(text)


def _day(said: dict[str, Any], name: str) -> date | None:
    value = parse_day(said.get(name))
    if isinstance(value, date) or value is None:
        return value
    raise WorkbookRefused("bad_meta", name=META_WORDS[name], found=shown(written(said.get(name))))


def _form(sheets: list[RawSheet], meta: Meta) -> Form:
    """The form that the workbook names, else the one whose sheets it has."""
    if meta.kind:
        if meta.kind not in FORMS:
            raise WorkbookRefused("unknown_form", found=shown(meta.kind))
        return FORMS[meta.kind]
    scores = {form.kind: len(_claim(form, sheets)) for form in FORMS.values()}
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] == 0:
        names = ", ".join(shown(sheet.name) for sheet in sheets[:5])
        raise WorkbookRefused("unknown_form", found=names)
    return FORMS[best]


def _claim(form: Form, sheets: list[RawSheet]) -> dict[str, RawSheet]:
    by_name = {plain_name(raw.name): raw for raw in sheets}
    found = {sheet.key: _by_title(sheet, by_name) for sheet in form.sheets}
    return {key: raw for key, raw in found.items() if raw is not None}


def _by_title(sheet: Sheet, by_name: dict[str, RawSheet]) -> RawSheet | None:
    for title in (sheet.title.zh, sheet.title.en, sheet.key):
        if plain_name(title) in by_name:
            return by_name[plain_name(title)]
    return None


def _name_the_rest(book: Book, sheets: list[RawSheet], claimed: set[str]) -> None:
    ours = claimed | {META_SHEET, NOTE_SHEET.zh, NOTE_SHEET.en}
    for raw in sheets:
        if raw.name not in ours and any(raw.rows) and not raw.hidden:
            found: dict[str, object] = {"found": shown(raw.name)}
            book.problems.append(Problem("unknown_sheet", False, raw.name, facts=found))
