"""The setup workbook to records: units first, because everything else names them."""

from collections.abc import Callable
from datetime import date

from intake.book import Book
from intake.entries import Entry, read_entries
from intake.known import Known
from intake.setup import issues, measures, places
from intake.setup.references import Setup, SetupRecord
from intake.setup.rules import rule_records
from intake.tables import Table

BUILDERS: dict[str, Callable[[Setup, Table, Entry], SetupRecord | None]] = {
    "units": places.unit,
    "departments": places.department,
    "persons": places.person,
    "indicators": measures.indicator,
    "duties": places.duty,
    "curves": measures.curve,
    "outside": measures.outside,
    "workdays": places.workday,
    "settings": places.setting,
    "issues": issues.issue,
    "events": issues.event,
}


def read_setup(book: Book, known: Known, today: date) -> Setup:
    """Read every sheet of the workbook; problems stand in its tables. `known` gains what it defines."""
    setup = Setup(book, known, today)
    for key, table in book.tables.items():
        setup.entries[key] = read_entries(table)
    places.learn_units(setup)
    for key, build in BUILDERS.items():
        for table, entry in setup.of(key):
            record = build(setup, table, entry)
            if record is not None and not entry.broken:
                setup.records.append(record)
    if "rules" in book.tables:
        setup.records += rule_records(book.tables["rules"], setup.entries["rules"], known)
    return setup
