"""What a workbook would change, figure by figure, as people read it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from data_access.reads import read_checklist, read_explanations
from data_access.records import ChecklistMarkRecord, ExplanationRecord, TargetRecord
from data_access.scope import Scope
from data_access.writing.context import Count
from data_access.writing.remarks import SAID
from intake.breakdown import Breakdown
from intake.checks.reports import told
from intake.figures import Measure
from intake.printing import printed
from intake.report import Held, Report
from intake.stored import rows
from metrics.words import word

Key = tuple[Any, ...]
TARGET_CONTENT = (
    "is_breakdown",
    "kind",
    "comparator",
    "low",
    "high",
    "base",
    "measured_from",
    "reference",
    "minimum",
    "no_task",
    "force",
    "principal",
    "deadline",
    "text",
    "document",
)


class What(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the workbook against what is stored. `old` is empty for what is new."""

    sheet: str
    cell: str
    what: What
    unit: str
    indicator: str
    old: str
    new: str


def report_changes(report: Report) -> Iterator[Change]:
    """Each figure of the report against the newest one that was not returned."""
    for row in report.rows:
        if row.record is None:
            continue
        held, now = report.held.get(row.key), Held.of(row.record)
        what = What.NEW if held is None else What.UNCHANGED if held == now else What.CORRECTED
        yield Change(
            report.table.name,
            report.table.cell(row.number, "value"),
            what,
            row.unit.name,
            row.indicator.name,
            "" if held is None else told(row, held),
            told(row, now),
        )


def target_changes(breakdown: Breakdown) -> Iterator[Change]:
    """Each target of the breakdown against the one in force of the same issuer."""
    for row in breakdown.rows:
        held = breakdown.held.get(row.key)
        what = What.NEW if held is None else What.UNCHANGED if _same(held, row.record) else What.CORRECTED
        yield Change(
            breakdown.table.name,
            breakdown.table.cell(row.number, "low"),
            what,
            row.unit.name,
            row.indicator.name,
            "" if held is None else _aim(held, row.indicator.measure),
            _aim(row.record, row.indicator.measure),
        )


def _same(held: TargetRecord, record: TargetRecord) -> bool:
    return all(getattr(held, name) == getattr(record, name) for name in TARGET_CONTENT)


def _aim(record: TargetRecord, measure: Measure) -> str:
    if record.low is None:
        return record.text or "—"
    low = printed(record.low, measure)
    aim = low if record.high is None else f"{low} – {printed(record.high, measure)}"
    if record.measured_from is None:
        return aim
    return f"{record.reference or word(record.measured_from, 'zh')} {aim if record.low < 0 else f'+{aim}'}"


def count_explanations(
    connection: Connection,
    scope: Scope,
    records: list[ExplanationRecord],
    period: date,
    known_at: datetime,
) -> Count:
    """How many explanations are new, changed, or said already."""
    if not records:
        return Count()
    frame = read_explanations(connection, scope, known_at=known_at, year=period.year, waiting=True)
    stored = {
        (row["unit"], row["indicator"], row["period"]): tuple(row[name] for name in SAID)
        for row in rows(frame)
    }
    given = (
        ((one.unit, one.indicator, one.period), tuple(getattr(one, name) for name in SAID)) for one in records
    )
    return _count(given, stored)


def count_marks(
    connection: Connection, scope: Scope, records: list[ChecklistMarkRecord], period: date, known_at: datetime
) -> Count:
    """How many checklist marks are new, changed, or made already."""
    if not records:
        return Count()
    frame = read_checklist(connection, scope, day=period, known_at=known_at, waiting=True)
    stored = {
        (row["unit"], row["indicator"], row["item"], row["day"]): (row["met"], row["note"])
        for row in rows(frame)
    }
    given = (((one.unit, one.indicator, one.item, one.day), (one.met, one.note)) for one in records)
    return _count(given, stored)


def _count(records: Iterable[tuple[Key, Key]], stored: Mapping[Key, Key]) -> Count:
    counted = Count()
    for key, content in records:
        is_same = stored.get(key) == content
        counted.new += key not in stored
        counted.unchanged += is_same
        counted.corrected += key in stored and not is_same
    return counted
