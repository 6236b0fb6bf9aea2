"""What is said about figures and found in villages: explanations, checklist marks, rectification items."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from data_access.errors import ConflictingRecords, NotFound
from data_access.records import (
    ChecklistMarkRecord,
    ExplanationRecord,
    IssueEventRecord,
    IssueRecord,
)
from data_access.schema import checklist, checklist_mark, explanation, issue, issue_event
from data_access.touches import mark_touches
from data_access.writing.context import Count, Writing
from data_access.writing.documents import Document, append

SAID = ("cause", "text", "measure", "promised_day", "waits_on")
EXPLANATION = Document("explanation", explanation, ("unit", "indicator", "period"), SAID)
MARK = Document("mark", checklist_mark, ("unit", "indicator", "item", "day"), ("met", "note"))
OPENING = (
    "unit",
    "department",
    "indicator",
    "source",
    "problem_class",
    "title",
    "detail",
    "opened_on",
    "first_deadline",
    "responsible",
)
MOVE = ("state", "day", "deadline", "review_day", "round", "actor", "actor_unit", "note", "evidence")


def write_explanations(writing: Writing, records: Sequence[ExplanationRecord]) -> None:
    """Write why figures are behind their plan. Raises `NotFound` for an unknown unit or indicator."""
    writing.require_units(record.unit for record in records)
    writing.require_indicators(record.indicator for record in records)
    periods = sorted({record.period for record in records})
    rows = [
        {name: getattr(record, name) for name in (*EXPLANATION.keys, *SAID)}
        | {"author": writing.author, "submission": writing.submission}
        for record in records
    ]
    append(writing, EXPLANATION, rows, explanation.c.period.in_(periods))


def write_marks(writing: Writing, records: Sequence[ChecklistMarkRecord]) -> None:
    """Write checklist marks. Raises `NotFound` for an unknown unit or item."""
    writing.require_units(record.unit for record in records)
    statement = select(checklist.c.indicator, checklist.c.item).where(checklist.c.county == writing.county)
    known = {(code, item) for code, item in writing.connection.execute(statement)}
    for record in records:
        if (record.indicator, record.item) not in known:
            raise NotFound("checklist", f"{record.indicator} {record.item}")
    rows = [
        {name: getattr(record, name) for name in (*MARK.keys, "met", "note")}
        | {"author": writing.author, "submission": writing.submission}
        for record in records
    ]
    fresh = append(writing, MARK, rows)
    writing.touches += mark_touches((row["unit"], row["indicator"], row["day"]) for row in fresh)


def write_issues(writing: Writing, records: Sequence[IssueRecord]) -> None:
    """Open rectification items. A number is opened once: all that follows is events."""
    writing.require_units(record.unit for record in records)
    writing.require_departments(record.department for record in records)
    writing.require_indicators(record.indicator for record in records)
    writing.require_persons(record.responsible for record in records)
    statement = select(issue).where(issue.c.county == writing.county)
    held = {
        row["number"]: {name: row[name] for name in OPENING}
        for row in writing.connection.execute(statement).mappings()
    }
    counted, fresh = Count(), []
    for record in records:
        row = {name: getattr(record, name) for name in OPENING}
        if record.number not in held:
            held[record.number] = row
            counted.new += 1
            fresh.append(_issue(writing, record.number, row))
        elif held[record.number] == row:
            counted.unchanged += 1
        else:
            raise ConflictingRecords("issue", record.number)
    if fresh:
        writing.connection.execute(insert(issue), fresh)
    writing.count("issue", counted)


def _issue(writing: Writing, number: str, row: dict[str, Any]) -> dict[str, Any]:
    stamp = {"county": writing.county, "recorded_at": writing.recorded_at, "author": writing.author}
    return row | stamp | {"number": number}


def write_issue_events(writing: Writing, records: Sequence[IssueEventRecord]) -> None:
    """Write moves of rectification items in the order given; one that is already there is unchanged."""
    numbers = sorted({record.number for record in records})
    statement = select(issue.c.number).where(issue.c.county == writing.county)
    missing = sorted(set(numbers).difference(writing.connection.scalars(statement)))
    if missing:
        raise NotFound("issue", "、".join(missing[:10]))
    columns = [issue_event.c[name] for name in ("number", *MOVE)]
    known = select(*columns).where(issue_event.c.county == writing.county)
    held = {tuple(row) for row in writing.connection.execute(known)}
    counted, fresh = Count(), []
    for record in records:
        row = {name: getattr(record, name) for name in ("number", *MOVE)}
        if tuple(row.values()) in held:
            counted.unchanged += 1
            continue
        held.add(tuple(row.values()))
        counted.new += 1
        fresh.append(row | {"county": writing.county, "recorded_at": writing.recorded_at})
    if fresh:
        writing.connection.execute(insert(issue_event), fresh)
    writing.count("issue_event", counted)
