"""Workbooks handed in: where each stands, and the moves from one state to the next."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from data_access import dialect
from data_access.acceptance import states
from data_access.errors import MoveRefused, NotFound, SubmissionUnknown
from data_access.records import SubmissionRecord
from data_access.rollup import refresh
from data_access.schema import checklist_mark, report, submission, submission_event, unit_version
from data_access.stamps import stamp
from data_access.touches import Touch, mark_touches, report_touches
from metrics.vocabulary import SubmissionState

MOVES = {
    SubmissionState.SUBMITTED: (SubmissionState.ACCEPTED, SubmissionState.RETURNED),
    # An acceptance given in error is taken back by returning; the history keeps both.
    SubmissionState.ACCEPTED: (SubmissionState.RETURNED,),
    SubmissionState.RETURNED: (),
}


def record_submission(
    connection: Connection,
    county: str,
    record: SubmissionRecord,
    *,
    recorded_at: datetime,
    state: SubmissionState,
    actor: str,
) -> int:
    """Record a workbook handed in and return its id.

    One that arrives as accepted or returned was submitted at the same moment: both events are kept.
    Raises `NotFound` for an unknown unit.
    """
    dialect.lock(connection, county)
    known = select(unit_version.c.unit).where(
        unit_version.c.county == county, unit_version.c.unit == record.unit
    )
    if connection.scalars(known).first() is None:
        raise NotFound("unit", record.unit)
    row = {
        "county": county,
        "unit": record.unit,
        "form": record.form,
        "period": record.period,
        "file_name": record.file_name,
        "file_hash": record.file_hash,
        "content_hash": record.content_hash,
        "submitted_by": record.submitted_by,
        "submitted_at": record.submitted_at,
        "recorded_at": recorded_at,
    }
    made = connection.execute(insert(submission).values(row).returning(submission.c.id)).scalar_one()
    reached = [SubmissionState.SUBMITTED]
    if state is not SubmissionState.SUBMITTED:
        reached.append(state)
    for each in reached:
        _add_event(connection, county, made, each, actor, recorded_at, None)
    stamp(connection, county, recorded_at)
    return made


def move_submission(
    connection: Connection,
    county: str,
    submission_id: int,
    state: SubmissionState,
    *,
    actor: str,
    at: datetime,
    note: str | None = None,
    defer_rollup: bool = False,
) -> None:
    """Accept or return a workbook; the roll-up follows. Raises `SubmissionUnknown`, `MoveRefused`."""
    dialect.lock(connection, county)
    current = states(county).subquery("state")
    statement = select(current.c.state).where(current.c.submission == submission_id)
    found = connection.scalar(statement)
    if found is None:
        raise SubmissionUnknown(submission_id)
    if state not in MOVES[SubmissionState(found)]:
        raise MoveRefused(found, str(state))
    _add_event(connection, county, submission_id, state, actor, at, note)
    stamp(connection, county, at)
    if not defer_rollup:
        refresh(connection, county, _touched(connection, county, submission_id))


def _add_event(
    connection: Connection,
    county: str,
    submission_id: int,
    state: SubmissionState,
    actor: str,
    at: datetime,
    note: str | None,
) -> None:
    row = {
        "county": county,
        "submission": submission_id,
        "state": state,
        "actor": actor,
        "at": at,
        "note": note,
    }
    connection.execute(insert(submission_event), [row])


def _touched(connection: Connection, county: str, submission_id: int) -> list[Touch]:
    """The roll-ups that the reports and marks of a workbook go into."""
    mark = checklist_mark.c
    marks = select(mark.unit, mark.indicator, mark.day).where(
        mark.county == county, mark.submission == submission_id
    )
    statement = select(report.c.unit, report.c.indicator, report.c.period, report.c.layer).where(
        report.c.county == county, report.c.submission == submission_id
    )
    return report_touches(connection.execute(statement)) + mark_touches(connection.execute(marks))
