"""Find a form's table on a sheet by its headers, wherever its columns stand, and take its rows.

What is not part of the form is named, not read; what is missing is named with the nearest header found.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from intake.names import is_sum_row, nearest, plain_name
from intake.problems import Fault, Problem, shown
from intake.reader import RawSheet
from intake.sheets.model import Column, Sheet
from intake.words import Phrase
from intake.words.readings import HEADER_TAIL

HEADER_WITHIN = 30
NOTHING = Phrase("nothing")
MERGED_RANGE = re.compile(r"^([A-Z]+)(\d+):([A-Z]+)(\d+)$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number on the sheet and its raw values by column key."""

    number: int
    cells: dict[str, Any]


@dataclass(slots=True)
class Table:
    """A sheet of the form as it was found. `places` are column numbers from 1 by key, `sums` the rows of
    subtotals, which are compared and never imported.
    """

    sheet: Sheet
    name: str
    header: int = 0
    places: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    sums: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def cell(self, number: int, key: str = "") -> str:
        """The address of a cell, or of a row when the sheet has no such column."""
        place = self.places.get(key)
        return f"{get_column_letter(place)}{number}" if place else str(number)

    def problem(
        self,
        code: str,
        number: int,
        key: str = "",
        facts: Mapping[str, object] | None = None,
        *,
        blocking: bool = True,
    ) -> None:
        """Note a problem at a cell, a row, or (number 0) the whole sheet."""
        cell = self.cell(number, key) if number else ""
        place = self.places.get(key, 0)
        self.problems.append(Problem(code, blocking, self.name, cell, number, place, dict(facts or {})))

    def fault(self, fault: Fault, number: int, key: str) -> None:
        """Give a fault of a value its place."""
        self.problem(fault.code, number, key, fault.facts, blocking=fault.blocking)


def find_table(sheet: Sheet, raw: RawSheet) -> Table:
    """Take the rows of a form's sheet; its problems stand in the table."""
    table = Table(sheet, raw.name)
    titles = _titles(sheet)
    header = _header_row(raw, titles, sheet)
    if header is None:
        if any(raw.rows) or not sheet.optional:
            table.problem("no_header", 0, facts={"sheet": raw.name})
        return table
    table.header = header + 1
    _place_columns(table, raw.rows[header], titles)
    _merged(table, raw)
    _take_rows(table, raw)
    return table


def _titles(sheet: Sheet) -> dict[str, Column]:
    readings: dict[str, Column] = {}
    for column in sheet.columns:
        for words in (column.title, *column.aliases):
            readings.setdefault(plain_name(words.zh), column)
            readings.setdefault(plain_name(words.en), column)
        readings.setdefault(column.key, column)
    return readings


def _column(text: Any, titles: dict[str, Column]) -> Column | None:
    if not isinstance(text, str):
        return None
    plain = plain_name(text)
    # People add the unit: 目标值(户).
    return titles.get(plain) or titles.get(HEADER_TAIL.sub("", plain))


def _header_row(raw: RawSheet, titles: dict[str, Column], sheet: Sheet) -> int | None:
    """The row among the first that holds the most headers; at least two and half of what is needed."""
    needed = max(2, sum(column.required for column in sheet.columns) // 2)
    needed = min(needed, len(sheet.columns))
    best, most = None, needed - 1
    for number, row in enumerate(raw.rows[:HEADER_WITHIN]):
        found = len({column.key for text in row if (column := _column(text, titles))})
        if found > most:
            best, most = number, found
    return best


def _place_columns(table: Table, header: list[Any], titles: dict[str, Column]) -> None:
    unknown: dict[str, int] = {}
    for place, text in enumerate(header, start=1):
        column = _column(text, titles)
        if column is None:
            if text is not None and str(text).strip():
                unknown[shown(text)] = place
        elif column.key in table.places:
            table.problem("column_twice", table.header, column.key, {"title": column.title})
        else:
            table.places[column.key] = place
    renamed = _missing_columns(table, unknown)
    for text, place in unknown.items():
        if text not in renamed:
            cell = f"{get_column_letter(place)}{table.header}"
            found: dict[str, object] = {"found": text}
            table.problems.append(
                Problem("unknown_column", False, table.name, cell, table.header, place, found)
            )


def _missing_columns(table: Table, unknown: dict[str, int]) -> set[str]:
    """Name the columns that are not there; one that seems renamed stops the import in any case."""
    renamed: set[str] = set()
    for column in table.sheet.columns:
        if column.key in table.places:
            continue
        left = [text for text in unknown if text not in renamed]
        near = nearest(column.title.zh, left) or nearest(column.title.en, left)
        if near:
            renamed.add(near)
        if near or column.required or column.expected:
            hint = Phrase("near_header", {"found": near}) if near else NOTHING
            table.problem("missing_column", table.header, facts={"title": column.title, "near": hint})
    return renamed


def _merged(table: Table, raw: RawSheet) -> None:
    known = set(table.places.values())
    for reference in raw.merged:
        match = MERGED_RANGE.match(reference)
        if match is None or int(match.group(4)) <= table.header or match.group(2) == "0":
            continue
        first, last = column_index_from_string(match.group(1)), column_index_from_string(match.group(3))
        if int(match.group(2)) <= len(raw.rows) and known & set(range(first, last + 1)):
            number = int(match.group(2))
            table.problems.append(
                Problem("merged", True, table.name, reference, number, first, {"range": reference})
            )


def _take_rows(table: Table, raw: RawSheet) -> None:
    places = list(table.places.items())
    names = [
        key
        for key in ("unit", "unit_name", "indicator", "indicator_name", "code", "name")
        if key in table.places
    ]
    for number, values in enumerate(raw.rows[table.header :], start=table.header + 1):
        if not values:
            continue
        width = len(values)
        cells = {
            key: values[place - 1]
            for key, place in places
            if place <= width and values[place - 1] is not None
        }
        if not cells:
            continue
        summed = next((key for key in names if is_sum_row(cells.get(key))), None)
        if summed is not None:
            table.problem("sum_row", number, summed, {"found": shown(cells[summed])}, blocking=False)
            table.sums.append(Row(number, cells))
            continue
        table.rows.append(Row(number, cells))
