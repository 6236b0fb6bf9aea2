"""The agendas of meetings, and what came in after a meeting was opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from data_access.schema import (
    agenda,
    checklist_mark,
    explanation,
    indicator_version,
    issue,
    issue_event,
    plan_curve,
    rule_document,
    submission_event,
    target,
    unit_version,
)
from data_access.scope import Scope
from data_access.versions import recorded_by
from metrics.vocabulary import SubmissionState

# What may change a figure on a slide, by the word it is told with. Reports count as they are accepted.
CHANGES: dict[str, tuple[Table, ...]] = {
    "issue": (issue, issue_event),
    "target": (target,),
    "curve": (plan_curve,),
    "rule": (rule_document,),
    "explanation": (explanation,),
    "mark": (checklist_mark,),
    "indicator": (indicator_version,),
    "unit": (unit_version,),
}


@dataclass(frozen=True, slots=True)
class AgendaVersion:
    """One version of an agenda, numbered from 1; `content` is JSON (see `briefing.agenda`)."""

    code: str
    version: int
    name: str
    content: str
    author: str
    recorded_at: datetime
    withdrawn: bool


def read_agendas(
    connection: Connection, scope: Scope, *, known_at: datetime | None = None
) -> list[AgendaVersion]:
    """The newest version of each agenda that is not withdrawn, the one saved last first; as known at a moment."""
    newest: dict[str, AgendaVersion] = {}
    for row in connection.execute(_versions(scope).where(*recorded_by(agenda, known_at))).mappings():
        newest[row["code"]] = AgendaVersion(**row)
    held = [each for each in newest.values() if not each.withdrawn]
    return sorted(held, key=lambda each: (each.recorded_at, each.code), reverse=True)


def read_agenda(connection: Connection, scope: Scope, code: str, version: int) -> AgendaVersion | None:
    """One version of one agenda, withdrawn since or not; None where there is none of that number."""
    rows = connection.execute(_versions(scope).where(agenda.c.code == code)).mappings()
    held = [AgendaVersion(**row) for row in rows]
    return held[version - 1] if 0 < version <= len(held) else None


def count_agendas(connection: Connection, scope: Scope) -> int:
    """How many agendas the county ever made, withdrawn ones included: the next code is one more."""
    counted = select(func.count(func.distinct(agenda.c.code))).where(scope.common(agenda))
    return int(connection.scalar(counted) or 0)


def recorded_after(connection: Connection, scope: Scope, moment: datetime) -> dict[str, int]:
    """How many records that pages show came after a moment, by kind (`CHANGES` and submission); none left out."""
    event = submission_event.c
    accepted = select(func.count()).where(
        scope.common(submission_event), event.at > moment, event.state == SubmissionState.ACCEPTED
    )
    found = {"submission": int(connection.scalar(accepted) or 0)}
    for kind, tables in CHANGES.items():
        counts = (
            select(func.count()).where(scope.common(table), table.c.recorded_at > moment) for table in tables
        )
        found[kind] = sum(int(connection.scalar(count) or 0) for count in counts)
    return {kind: count for kind, count in found.items() if count}


def _versions(scope: Scope) -> Select[Any]:
    place = func.row_number().over(partition_by=agenda.c.code, order_by=agenda.c.recorded_at)
    held = agenda.c
    columns = (
        held.code,
        place.label("version"),
        held.name,
        held.content,
        held.author,
        held.recorded_at,
        held.withdrawn,
    )
    return select(*columns).where(scope.common(agenda)).order_by(held.code, held.recorded_at)
