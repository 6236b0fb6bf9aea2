"""Rows of a table to typed values, with every cell that cannot be read named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from intake.cells import (
    parse_choice,
    parse_code,
    parse_count,
    parse_day,
    parse_names,
    parse_points,
    parse_rule_value,
    parse_text,
    parse_yes,
)
from intake.problems import Fault
from intake.sheets.model import CellType, Column
from intake.tables import Row, Table


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with its typed values by column key; figures stay raw until their measure is known.

    `broken` names the columns whose cell could not be read: their value is missing for that reason.
    """

    number: int
    values: dict[str, Any]
    broken: frozenset[str] = frozenset()

    def get(self, key: str) -> Any:
        """The value of a column; None for a blank cell, and for one that could not be read."""
        return self.values.get(key)


def read_entries(table: Table) -> list[Entry]:
    """Read the rows of a table; its problems gain the cells that cannot be read, blanks and duplicates."""
    # A column that is not there has nothing to read.
    readers = [
        (column, _remembered(_reader(column)))
        for column in table.sheet.columns
        if not column.unread and (column.required or column.key in table.places)
    ]
    entries = [_read_row(table, row, readers) for row in table.rows]
    return _without_duplicates(table, entries)


def _read_row(table: Table, row: Row, readers: list[tuple[Column, Callable[[Any], Any]]]) -> Entry:
    values: dict[str, Any] = {}
    broken = set()
    for column, read in readers:
        raw = row.cells.get(column.key)
        value = None if raw is None else read(raw)
        if isinstance(value, Fault):
            table.fault(value, row.number, column.key)
            broken.add(column.key)
        elif value is not None:
            values[column.key] = value
        elif column.required and column.key in table.places:
            table.problem("required", row.number, column.key, {"title": column.title})
            broken.add(column.key)
    return Entry(row.number, values, frozenset(broken))


def _without_duplicates(table: Table, entries: list[Entry]) -> list[Entry]:
    needed = {column.key for column in table.sheet.columns if column.required}
    if needed.intersection(table.sheet.identity).difference(table.places):
        # Without the column that tells rows apart all would look the same: that it is missing says enough.
        return entries
    first: dict[tuple[Any, ...], int] = {}
    kept = []
    for entry in entries:
        identity = tuple(entry.get(key) for key in table.sheet.identity)
        before = first.setdefault(identity, entry.number)
        if before != entry.number and not entry.broken.intersection(table.sheet.identity):
            table.problem("duplicate_row", entry.number, table.sheet.identity[0], {"first": before})
            continue
        kept.append(entry)
    return kept


def _remembered(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Read each text of a column once: names, codes and choices stand there over and over."""
    held: dict[str, Any] = {}

    def once(raw: Any) -> Any:
        if not isinstance(raw, str):
            return read(raw)
        if raw not in held:
            held[raw] = read(raw)
        return held[raw]

    return once


def _reader(column: Column) -> Callable[[Any], Any]:
    """The function that reads a cell of this column."""
    longest = column.longest
    if column.choices is not None:
        choices = column.choices
        return lambda raw: parse_choice(raw, choices)
    if column.holds is CellType.DAY:
        return lambda raw: parse_day(raw, month_end=column.month_end)
    by_type: dict[CellType, Callable[[Any], Any]] = {
        CellType.TEXT: lambda raw: parse_text(raw, longest),
        CellType.CODE: lambda raw: parse_code(raw, longest),
        CellType.COUNT: parse_count,
        CellType.YES_NO: parse_yes,
        CellType.NAMES: lambda raw: parse_names(raw, longest) or None,
        CellType.POINTS: lambda raw: parse_points(raw, longest),
        CellType.VALUE: lambda raw: parse_rule_value(raw, longest),
    }
    # Figures can only be read once the row's indicator, and with it the unit of measure, is known.
    return by_type.get(column.holds, lambda raw: raw)
