"""The state of every workbook handed in, as known at a moment: what decides whether its figures count."""

from sqlalchemy import ColumnElement, FromClause, Select, func, or_, select

from data_access.schema import submission_event
from data_access.versions import Known
from metrics.vocabulary import SubmissionState


def states(county: str | ColumnElement[str], known_at: Known = None) -> Select[tuple[int, str]]:
    """Each submission of a county with the state it is in: that of its latest event."""
    place = func.row_number().over(
        partition_by=submission_event.c.submission,
        order_by=(submission_event.c.at.desc(), submission_event.c.id.desc()),
    )
    ranked = select(submission_event.c.submission, submission_event.c.state, place.label("place")).where(
        submission_event.c.county == county
    )
    if known_at is not None:
        ranked = ranked.where(submission_event.c.at <= known_at)
    newest = ranked.subquery("ranked_event")
    return select(newest.c.submission, newest.c.state).where(newest.c.place == 1)


def is_accepted(table: FromClause, state: FromClause) -> ColumnElement[bool]:
    """That a row came in a workbook that is accepted, or in none: then the county entered it itself."""
    accepted = select(state.c.submission).where(state.c.state == SubmissionState.ACCEPTED)
    return or_(table.c.submission.is_(None), table.c.submission.in_(accepted))


def is_not_returned(table: FromClause, state: FromClause) -> ColumnElement[bool]:
    """That a row came in a workbook that was not returned, or in none. `state`: see `states`."""
    returned = select(state.c.submission).where(state.c.state == SubmissionState.RETURNED)
    return or_(table.c.submission.is_(None), table.c.submission.not_in(returned))
