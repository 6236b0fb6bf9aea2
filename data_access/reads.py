"""What pages read besides the board: versions, workbooks, reporting, explanations, rectification, names."""

from datetime import date, datetime

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from data_access.acceptance import is_accepted, is_not_returned, states
from data_access.frames import Columns, query
from data_access.reporting import read_reporting
from data_access.schema import (
    checklist_mark,
    explanation,
    issue,
    issue_event,
    report,
    setting,
    submission,
    target,
    unit,
    unit_version,
)
from data_access.scope import Scope
from data_access.stamps import data_version, newest_moment
from data_access.versions import in_force, recorded_by
from metrics.vocabulary import Level

VERSIONS: Columns = {
    "unit": "str",
    "indicator": "str",
    "period": "object",
    "layer": "str",
    "revision": "Int64",
    "value": "Int64",
    "high": "Int64",
    "numerator": "Int64",
    "denominator": "Int64",
    "quality": "str",
    "text": "str",
    "doubt": "str",
    "reason": "str",
    "author": "str",
    "recorded_at": "moment",
    "place": "str",
    "submission": "Int64",
    "state": "str",
    "submitted_by": "str",
    "submitted_at": "moment",
    "file_name": "str",
    "file_hash": "str",
}
SUBMISSIONS: Columns = {
    "id": "Int64",
    "unit": "str",
    "form": "str",
    "period": "object",
    "file_name": "str",
    "file_hash": "str",
    "content_hash": "str",
    "submitted_by": "str",
    "submitted_at": "moment",
    "recorded_at": "moment",
    "state": "str",
}
EXPLANATIONS: Columns = {
    "unit": "str",
    "indicator": "str",
    "period": "object",
    "cause": "str",
    "text": "str",
    "measure": "str",
    "promised_day": "object",
    "waits_on": "str",
    "author": "str",
    "recorded_at": "moment",
}
MARKS: Columns = {
    "unit": "str",
    "indicator": "str",
    "item": "str",
    "day": "object",
    "met": "bool",
    "note": "str",
    "author": "str",
    "recorded_at": "moment",
}
ISSUES: Columns = {
    "number": "str",
    "unit": "str",
    "department": "str",
    "indicator": "str",
    "source": "str",
    "problem_class": "str",
    "title": "str",
    "detail": "str",
    "opened_on": "object",
    "first_deadline": "object",
    "responsible": "str",
    "author": "str",
    "recorded_at": "moment",
}
ISSUE_EVENTS: Columns = {
    "id": "Int64",
    "number": "str",
    "state": "str",
    "day": "object",
    "deadline": "object",
    "review_day": "object",
    "round": "Int64",
    "actor": "str",
    "actor_unit": "str",
    "note": "str",
    "evidence": "str",
    "recorded_at": "moment",
}
UNITS_FOUND: Columns = {"code": "str", "level": "str", "parent": "str", "name": "str", "kind": "str"}


def counties(connection: Connection) -> list[str]:
    """The codes of the counties that the database holds, in order."""
    held = select(unit.c.code).where(unit.c.level == Level.COUNTY).order_by(unit.c.code)
    return list(connection.scalars(held))


def read_setting(
    connection: Connection, county: str, name: str, known_at: datetime | None = None
) -> str | None:
    """One of the county's own choices; None where it made none."""
    statement = (
        select(setting.c.value)
        .where(setting.c.county == county, setting.c.name == name, *recorded_by(setting, known_at))
        .order_by(setting.c.recorded_at.desc())
        .limit(1)
    )
    return connection.scalar(statement)


def years_aimed(
    connection: Connection, scope: Scope, unit_code: str, indicator: str, known_at: datetime | None = None
) -> list[int]:
    """The years for which a unit was set a target of an indicator, in order."""
    statement = select(target.c.year).where(
        scope.sees(target, unit=target.c.unit, indicator=target.c.indicator),
        target.c.unit == unit_code,
        target.c.indicator == indicator,
        *recorded_by(target, known_at),
    )
    return sorted(connection.scalars(statement.distinct()))


def read_versions(
    connection: Connection,
    scope: Scope,
    unit_code: str,
    indicator: str | None = None,
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """Every revision of every period a unit reported, of one indicator or all, oldest first. `VERSIONS`."""
    state = states(scope.county, known_at).subquery("state")
    of_submission = ("submitted_by", "submitted_at", "file_name", "file_hash")
    columns: list[ColumnElement] = [
        state.c.state if name == "state" else submission.c[name] if name in of_submission else report.c[name]
        for name in VERSIONS
    ]
    statement = (
        select(*columns)
        .join(
            submission, and_(submission.c.county == report.c.county, submission.c.id == report.c.submission)
        )
        .outerjoin(state, state.c.submission == report.c.submission)
        .where(scope.sees(report, unit=report.c.unit, indicator=report.c.indicator))
        .where(report.c.unit == unit_code, *recorded_by(report, known_at))
        .order_by(report.c.indicator, report.c.period, report.c.layer, report.c.revision)
    )
    if indicator is not None:
        statement = statement.where(report.c.indicator == indicator)
    return query(connection, statement, VERSIONS)


def read_submissions(
    connection: Connection,
    scope: Scope,
    *,
    known_at: datetime | None = None,
    unit_code: str | None = None,
    since: date | None = None,
) -> pd.DataFrame:
    """Workbooks handed in with the state each is in, newest first; of a unit, and of periods from a day on."""
    state = states(scope.county, known_at).subquery("state")
    statement = (
        select(*(submission.c[name] for name in SUBMISSIONS if name != "state"), state.c.state)
        .join(state, state.c.submission == submission.c.id)
        .where(scope.sees(submission, unit=submission.c.unit), *recorded_by(submission, known_at))
        .order_by(submission.c.submitted_at.desc(), submission.c.id.desc())
    )
    if unit_code is not None:
        statement = statement.where(submission.c.unit == unit_code)
    if since is not None:
        statement = statement.where(submission.c.period >= since)
    return query(connection, statement, SUBMISSIONS)


def read_explanations(
    connection: Connection,
    scope: Scope,
    *,
    known_at: datetime | None = None,
    year: int | None = None,
    waiting: bool = False,
) -> pd.DataFrame:
    """The latest accepted explanation of each unit, indicator and period. `EXPLANATIONS`.

    With `waiting` also those of workbooks that are not accepted yet; never what was returned.
    """
    limits = [scope.sees(explanation, unit=explanation.c.unit, indicator=explanation.c.indicator)]
    limits.append(_stands(explanation, scope, known_at, waiting))
    if year is not None:
        limits.append(explanation.c.period.between(date(year, 1, 1), date(year, 12, 31)))
    held = in_force(explanation, ("unit", "indicator", "period"), *limits, known_at=known_at)
    statement = select(*(held.c[name] for name in EXPLANATIONS))
    return query(connection, statement.order_by(held.c.period, held.c.unit, held.c.indicator), EXPLANATIONS)


def read_checklist(
    connection: Connection,
    scope: Scope,
    *,
    day: date,
    known_at: datetime | None = None,
    unit_code: str | None = None,
    waiting: bool = False,
) -> pd.DataFrame:
    """The newest accepted mark of each unit, indicator and item up to a day. `MARKS`.

    With `waiting` also those of workbooks that are not accepted yet; never what was returned.
    """
    mark = checklist_mark.c
    limits = [scope.sees(checklist_mark, unit=mark.unit, indicator=mark.indicator), mark.day <= day]
    limits.append(_stands(checklist_mark, scope, known_at, waiting))
    if unit_code is not None:
        limits.append(mark.unit == unit_code)
    place = func.row_number().over(
        partition_by=(mark.unit, mark.indicator, mark.item),
        order_by=(mark.day.desc(), mark.recorded_at.desc()),
    )
    ranked = (
        select(*(mark[name] for name in MARKS), place.label("place"))
        .where(*limits, *recorded_by(checklist_mark, known_at))
        .subquery("ranked_mark")
    )
    statement = select(*(ranked.c[name] for name in MARKS)).where(ranked.c.place == 1)
    return query(connection, statement.order_by(ranked.c.unit, ranked.c.indicator, ranked.c.item), MARKS)


def _stands(table: Table, scope: Scope, known_at: datetime | None, waiting: bool) -> ColumnElement[bool]:
    state = states(scope.county, known_at).subquery("state")
    return is_not_returned(table, state) if waiting else is_accepted(table, state)


def read_issues(
    connection: Connection, scope: Scope, *, known_at: datetime | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rectification items as they were opened (`ISSUES`) and all their moves in order (`ISSUE_EVENTS`)."""
    seen = scope.sees(issue, unit=issue.c.unit, indicator=issue.c.indicator, department=issue.c.department)
    seen = and_(seen, *recorded_by(issue, known_at))
    opened = select(*(issue.c[name] for name in ISSUES)).where(seen).order_by(issue.c.number)
    on_item = and_(issue.c.county == issue_event.c.county, issue.c.number == issue_event.c.number)
    moves = (
        select(*(issue_event.c[name] for name in ISSUE_EVENTS))
        .join(issue, on_item)
        .where(scope.common(issue_event), seen, *recorded_by(issue_event, known_at))
        .order_by(issue_event.c.number, issue_event.c.day, issue_event.c.id)
    )
    return query(connection, opened, ISSUES), query(connection, moves, ISSUE_EVENTS)


def find_units(
    connection: Connection, scope: Scope, text: str, *, day: date, known_at: datetime | None = None
) -> pd.DataFrame:
    """Units whose name holds the text or whose code begins with it, townships first. `UNITS_FOUND`."""
    held = in_force(unit_version, ("unit",), scope.common(unit_version), day=day, known_at=known_at)
    columns = (held.c.unit, unit.c.level, held.c.parent, held.c.name, held.c.kind)
    statement = (
        select(*columns)
        .join(unit, unit.c.code == held.c.unit)
        .where(
            or_(held.c.name.contains(text, autoescape=True), held.c.unit.startswith(text, autoescape=True))
        )
        .order_by(func.length(held.c.unit), held.c.sort, held.c.unit)
    )
    if not scope.sees_all_units:
        statement = statement.where(held.c.unit.in_(scope.subtree()))
    return query(connection, statement, UNITS_FOUND)


__all__ = [
    "counties",
    "data_version",
    "find_units",
    "newest_moment",
    "read_checklist",
    "read_explanations",
    "read_issues",
    "read_reporting",
    "read_setting",
    "read_submissions",
    "read_versions",
    "years_aimed",
]
