"""The door for everything that is written: one call, one transaction, one count of what it changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from data_access import dialect
from data_access.records import (
    AgendaRecord,
    ChecklistMarkRecord,
    CurveRecord,
    DepartmentRecord,
    DutyRecord,
    ExplanationRecord,
    IndicatorRecord,
    IssueEventRecord,
    IssueRecord,
    OutsideFigureRecord,
    PersonRecord,
    ReportRecord,
    RuleRecord,
    SettingRecord,
    TargetRecord,
    UnitRecord,
    WorkdayRecord,
)
from data_access.rollup import rebuild, refresh
from data_access.stamps import EVERY_COUNTY, stamp
from data_access.submissions import move_submission, record_submission
from data_access.tree import refresh_tree
from data_access.writing import agendas, measures, people, remarks, reports, units
from data_access.writing.context import Count, Writing

Record = (
    UnitRecord
    | DepartmentRecord
    | PersonRecord
    | IndicatorRecord
    | DutyRecord
    | TargetRecord
    | OutsideFigureRecord
    | CurveRecord
    | RuleRecord
    | WorkdayRecord
    | ReportRecord
    | ExplanationRecord
    | ChecklistMarkRecord
    | IssueRecord
    | IssueEventRecord
    | SettingRecord
    | AgendaRecord
)
# In the order in which records may name one another.
WRITERS: dict[type, Callable[[Writing, Any], None]] = {
    UnitRecord: units.write_units,
    DepartmentRecord: people.write_departments,
    PersonRecord: people.write_persons,
    IndicatorRecord: measures.write_indicators,
    DutyRecord: people.write_duties,
    TargetRecord: measures.write_targets,
    OutsideFigureRecord: measures.write_outside_figures,
    CurveRecord: measures.write_curves,
    RuleRecord: measures.write_rules,
    WorkdayRecord: measures.write_workdays,
    ReportRecord: reports.write_reports,
    ExplanationRecord: remarks.write_explanations,
    ChecklistMarkRecord: remarks.write_marks,
    IssueRecord: remarks.write_issues,
    IssueEventRecord: remarks.write_issue_events,
    SettingRecord: people.write_settings,
    AgendaRecord: agendas.write_agendas,
}


@dataclass(frozen=True)
class Written:
    """What a write came to, by kind of record: unit, target, report … (see `Document.kind`)."""

    counts: dict[str, Count]

    @property
    def new(self) -> int:
        """Records of things not known before."""
        return sum(count.new for count in self.counts.values())

    @property
    def corrected(self) -> int:
        """Records that supersede a version in force."""
        return sum(count.corrected for count in self.counts.values())

    @property
    def unchanged(self) -> int:
        """Records equal to the version in force, not written."""
        return sum(count.unchanged for count in self.counts.values())


def write_records(
    connection: Connection,
    county: str,
    records: Iterable[Record],
    *,
    recorded_at: datetime,
    author: str,
    submission: int | None = None,
    defer_rollup: bool = False,
) -> Written:
    """Write any mix of records; what they touch in the derived tables follows in the same transaction.

    With `defer_rollup` the roll-up is left as it was: call `rebuild` before anyone reads. Raises the
    errors of the writers; whoever opened the transaction must let it be undone then.
    """
    dialect.lock(connection, county)
    by_kind: dict[type, list[Record]] = {kind: [] for kind in WRITERS}
    for record in records:
        if type(record) not in by_kind:
            raise TypeError(f"not a record that can be written: {record!r}")
        by_kind[type(record)].append(record)
    writing = Writing(connection, county, recorded_at, author, submission)
    for kind, writer in WRITERS.items():
        if by_kind[kind]:
            writer(writing, by_kind[kind])
            _keep_tree(writing)
    if not defer_rollup:
        refresh(connection, county, writing.touches)
    if any(count.changed for count in writing.counts.values()):
        stamp(connection, county, recorded_at)
    if writing.changed_calendar:
        dialect.lock(connection, EVERY_COUNTY)
        stamp(connection, EVERY_COUNTY, recorded_at)
    return Written(writing.counts)


def _keep_tree(writing: Writing) -> None:
    if writing.moved_units:
        refresh_tree(writing.connection, writing.county)
        writing.moved_units = False


__all__ = [
    "Record",
    "Written",
    "move_submission",
    "rebuild",
    "record_submission",
    "write_records",
]
