"""Rows of the sheets about rectification to records."""

from data_access.records import IssueEventRecord, IssueRecord
from intake.entries import Entry
from intake.setup.references import Setup, department_code, indicator_code, resolved, unit_code
from intake.tables import Table


def issue(setup: Setup, table: Table, entry: Entry) -> IssueRecord | None:
    """A rectification item as it was opened."""
    unit, department = unit_code(setup, table, entry), department_code(setup, table, entry)
    indicator = indicator_code(setup, table, entry)
    responsible = resolved(table, entry, "responsible", setup.known.find_person)
    if entry.broken or unit is None:
        return None
    return IssueRecord(
        **{name: entry.get(name) for name in PLAIN_ISSUE},
        unit=unit,
        department=department,
        indicator=indicator,
        responsible=responsible,
    )


PLAIN_ISSUE = ("number", "source", "problem_class", "title", "detail", "opened_on", "first_deadline")


def event(setup: Setup, table: Table, entry: Entry) -> IssueEventRecord | None:
    """One step of an item."""
    if entry.broken:
        return None
    return IssueEventRecord(
        **{name: entry.get(name) for name in PLAIN_EVENT},
        round=entry.get("round") or 1,
    )


PLAIN_EVENT = ("number", "state", "day", "actor", "actor_unit", "deadline", "review_day", "note", "evidence")
