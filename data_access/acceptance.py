"""The state of every workbook handed in, as known at a moment: what decides whether its figures count."""

from datetime import datetime

from sqlalchemy import Select, func, select

from data_access.schema import submission_event


def states(county: str, known_at: datetime | None = None) -> Select[tuple[int, str]]:
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
