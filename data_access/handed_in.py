"""Whether a workbook of the same content was handed in before, and where that one stands."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from data_access.acceptance import states
from data_access.schema import submission
from data_access.scope import Scope
from metrics.vocabulary import SubmissionState


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A workbook that was handed in."""

    id: int
    unit: str
    period: date | None
    file_name: str
    submitted_by: str
    submitted_at: datetime
    state: SubmissionState


def find_handed_in(connection: Connection, scope: Scope, content_hash: str) -> HandedIn | None:
    """The latest submission of the county with this content; None where there is none to be seen."""
    state = states(scope.county).subquery("state")
    held = submission.c
    statement = (
        select(
            held.id,
            held.unit,
            held.period,
            held.file_name,
            held.submitted_by,
            held.submitted_at,
            state.c.state,
        )
        .join(state, state.c.submission == held.id)
        .where(scope.sees(submission, unit=held.unit), held.content_hash == content_hash)
        .order_by(held.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else HandedIn(*row[:-1], SubmissionState(row.state))
