"""The setup workbook as it is read, and how its rows name units, indicators, departments and persons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data_access.records import (
    CurveRecord,
    DepartmentRecord,
    DutyRecord,
    IndicatorRecord,
    IssueEventRecord,
    IssueRecord,
    OutsideFigureRecord,
    PersonRecord,
    RuleRecord,
    SettingRecord,
    UnitRecord,
    WorkdayRecord,
)
from intake.book import Book
from intake.entries import Entry
from intake.known import Known
from intake.names import tidy_name
from intake.problems import Fault
from intake.tables import Table

SetupRecord = (
    UnitRecord
    | DepartmentRecord
    | PersonRecord
    | DutyRecord
    | IndicatorRecord
    | OutsideFigureRecord
    | CurveRecord
    | RuleRecord
    | WorkdayRecord
    | SettingRecord
    | IssueRecord
    | IssueEventRecord
)


@dataclass(slots=True)
class Setup:
    """The setup workbook read so far: entries by sheet, what the county knows with them, the records.

    `today` is the day on which it is handed in.
    """

    book: Book
    known: Known
    today: date
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    records: list[SetupRecord] = field(default_factory=list)

    def of(self, key: str) -> Iterable[tuple[Table, Entry]]:
        """The rows of a sheet with their table."""
        table = self.book.tables.get(key)
        return [(table, entry) for entry in self.entries.get(key, [])] if table else []


def tidied(table: Table, entry: Entry, key: str) -> str:
    """A name without pinyin and traditional characters, with a word where that changed it."""
    given: str = entry.get(key)
    name = tidy_name(given)
    if name != given:
        table.problem("tidied", entry.number, key, {"found": given, "name": name}, blocking=False)
    return name


def sort(table: Table, entry: Entry) -> int:
    """The order given, else that of the rows."""
    given: int | None = entry.get("sort")
    return entry.number - table.header if given is None else given


def unit_code(setup: Setup, table: Table, entry: Entry) -> str | None:
    """The unit a row names."""

    def find(code: str) -> str | Fault:
        unit = setup.known.find_unit(code, None)
        return unit if isinstance(unit, Fault) else unit.code

    return resolved(table, entry, "unit", find)


def indicator_code(setup: Setup, table: Table, entry: Entry) -> str | None:
    """The indicator a row names."""

    def find(code: str) -> str | Fault:
        indicator = setup.known.find_indicator(code, None)
        return indicator if isinstance(indicator, Fault) else indicator.code

    return resolved(table, entry, "indicator", find)


def department_code(setup: Setup, table: Table, entry: Entry, key: str = "department") -> str | None:
    """The department a row names in the given column."""
    return resolved(table, entry, key, setup.known.find_department)


def resolved(table: Table, entry: Entry, key: str, find: Callable[[str], Any]) -> str | None:
    """The code that a cell refers to; None for a blank or an unknown one, which becomes a problem."""
    text = entry.get(key)
    if text is None:
        return None
    found = find(text)
    if isinstance(found, Fault):
        table.fault(found, entry.number, key)
        return None
    return str(found)
