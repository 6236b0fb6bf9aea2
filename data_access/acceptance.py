"""The state of every workbook handed in, as known at a moment: what decides whether its figures count."""

from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, func, select

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


def state_of(state: FromClause, reports: FromClause) -> ColumnElement[bool]:
    """The join of `states` to the reports of a workbook.

    Written as a sum so that SQLite looks the state up for each report found; by its own choice it walks
    every workbook of the county and all reports in it.
    """
    joined: ColumnElement[bool] = state.c.submission == reports.c.submission + 0
    return joined


def state_now(county: str, reports: FromClause, known_at: datetime | None = None) -> ScalarSelect[str]:
    """The state of the workbook of each row of `reports`, looked up row by row."""
    event = submission_event.alias("its_event")
    newest = (
        select(event.c.state)
        .where(event.c.county == county, event.c.submission == reports.c.submission)
        .order_by(event.c.at.desc(), event.c.id.desc())
        .limit(1)
    )
    if known_at is not None:
        newest = newest.where(event.c.at <= known_at)
    return newest.correlate(reports).scalar_subquery()
