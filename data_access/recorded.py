"""What was recorded between two moments: the reports, documents and moves that may have changed a figure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, literal, null, or_, select

from data_access.expressions import flag
from data_access.frames import Columns, frame, query
from data_access.schema import (
    checklist,
    checklist_mark,
    department,
    duty,
    explanation,
    indicator_version,
    issue,
    issue_event,
    person,
    plan_curve,
    report,
    rule_document,
    setting,
    submission_event,
    target,
    unit_base,
    unit_tag,
    unit_version,
    workday,
)
from data_access.scope import Scope
from metrics.vocabulary import Layer

# The newest so many of each kind: who looks back over years is told that there was more.
MOST = 3000
DOCUMENTS: Columns = {
    "kind": "str",
    "unit": "str",
    "indicator": "str",
    "issuer": "str",
    "name": "str",
    "document": "str",
    "reason": "str",
    "author": "str",
    "valid_from": "object",
    "at": "moment",
}
REPORTS: Columns = {
    "home": "str",
    "unit": "str",
    "indicator": "str",
    "period": "object",
    "submission": "Int64",
    "corrected": "Int64",
    "first": "Int64",
    "author": "str",
    "reason": "str",
    "reasons": "Int64",
    "recorded_at": "moment",
    "state": "str",
    "actor": "str",
    "note": "str",
    "at": "moment",
}


@dataclass(frozen=True)
class Span:
    """After one moment, up to another; None is now."""

    after: datetime
    until: datetime | None = None

    def holds(self, moment: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition that a moment lies within."""
        begun = moment > self.after
        return begun if self.until is None else and_(begun, moment <= self.until)


@dataclass(frozen=True)
class Recorded:
    """`reports` (`REPORTS`) and `documents` (`DOCUMENTS`), the newest first; `is_cut`: there was more."""

    reports: pd.DataFrame
    documents: pd.DataFrame
    is_cut: bool


def read_recorded(
    connection: Connection, scope: Scope, span: Span, *, year: int, township: str | None = None
) -> Recorded:
    """What was recorded of a year's figures within a span of moments.

    Reports and checklist marks are counted by workbook, period and indicator: how many first figures and
    how many corrections were recorded, with one of their `reasons` (how many there are), and the move of
    the workbook that came last. With a township they are counted by unit, of its own units only; otherwise
    by township alone, and `unit` is missing.
    """
    reports = query(connection, _reports(scope, span, year, township), REPORTS)
    marks = query(connection, _marks(scope, span, year), REPORTS)
    found = [list(connection.execute(one)) for one in _documents(scope, span, year)]
    documents = frame([row for rows in found for row in rows], DOCUMENTS)
    handed_in = pd.concat([reports, marks], ignore_index=True)
    return Recorded(
        reports=handed_in.sort_values("at", ascending=False, kind="stable", ignore_index=True),
        documents=documents.sort_values("at", ascending=False, kind="stable", ignore_index=True),
        is_cut=MOST in (len(reports), len(marks), *map(len, found)),
    )


def count_others(connection: Connection, scope: Scope, span: Span) -> dict[str, int]:
    """How many records that change no figure came within a span, by kind; kinds without any are left out."""
    seen = {
        "issue": scope.sees(
            issue, unit=issue.c.unit, indicator=issue.c.indicator, department=issue.c.department
        ),
        "issue_event": _on_items(scope),
        "explanation": scope.sees(explanation, unit=explanation.c.unit, indicator=explanation.c.indicator),
        "person": scope.sees(person, unit=person.c.unit, department=person.c.department),
        "duty": scope.sees(duty, unit=duty.c.unit, indicator=duty.c.indicator, department=duty.c.department),
        "department": scope.common(department),
        "unit_base": scope.sees(unit_base, unit=unit_base.c.unit),
        "setting": scope.common(setting),
    }
    tables = (issue, issue_event, explanation, person, duty, department, unit_base, setting)
    counted = {
        table.name: connection.scalar(
            select(func.count()).select_from(table).where(seen[table.name], span.holds(table.c.recorded_at))
        )
        for table in tables
    }
    return {name: int(number) for name, number in counted.items() if number}


def _on_items(scope: Scope) -> ColumnElement[bool]:
    seen = scope.sees(issue, unit=issue.c.unit, indicator=issue.c.indicator, department=issue.c.department)
    return and_(scope.common(issue_event), issue_event.c.number.in_(select(issue.c.number).where(seen)))


def _moves(scope: Scope, span: Span) -> Any:
    """The last move of each workbook within the span."""
    place = func.row_number().over(
        partition_by=submission_event.c.submission,
        order_by=(submission_event.c.at.desc(), submission_event.c.id.desc()),
    )
    names = ("submission", "state", "actor", "note", "at")
    ranked = (
        select(*(submission_event.c[name] for name in names), place.label("place"))
        .where(scope.common(submission_event), span.holds(submission_event.c.at))
        .subquery("ranked_move")
    )
    return select(*(ranked.c[name] for name in names)).where(ranked.c.place == 1).cte("move")


def _reports(scope: Scope, span: Span, year: int, township: str | None) -> Select:
    move, own = _moves(scope, span), report.c
    fresh = span.holds(own.recorded_at)
    unit = own.unit if township is not None else null()
    by = [own.township, own.indicator, own.period, own.submission]
    by += [own.unit] if township is not None else []
    statement = (
        select(
            own.township,
            unit.label("unit"),
            own.indicator,
            own.period,
            own.submission,
            func.sum(flag(and_(fresh, own.revision > 1))),
            func.sum(flag(and_(fresh, own.revision == 1))),
            func.max(own.author),
            func.max(case((fresh, own.reason))),
            func.count(case((fresh, own.reason)).distinct()),
            func.max(case((fresh, own.recorded_at))).label("recorded_at"),
            func.max(move.c.state),
            func.max(move.c.actor),
            func.max(move.c.note),
            func.coalesce(func.max(move.c.at), func.max(own.recorded_at)).label("at"),
        )
        .outerjoin(move, move.c.submission == own.submission)
        .where(scope.sees(report, unit=own.unit, indicator=own.indicator))
        .where(own.layer == Layer.REPORTED, own.period.between(date(year, 1, 1), date(year, 12, 31)))
        .where(or_(fresh, move.c.submission.is_not(None)))
        .group_by(*by)
        .order_by(func.coalesce(func.max(move.c.at), func.max(own.recorded_at)).desc(), *by)
        .limit(MOST)
    )
    return statement if township is None else statement.where(own.township == township)


def _marks(scope: Scope, span: Span, year: int) -> Select:
    """Marks count as figures of the day they were found, first ones all; the county's own come in no workbook."""
    move, own = _moves(scope, span), checklist_mark.c
    fresh = span.holds(own.recorded_at)
    by = (own.unit, own.indicator, own.submission)
    last = func.coalesce(func.max(move.c.at), func.max(own.recorded_at))
    return (
        select(
            null(),
            own.unit,
            own.indicator,
            func.max(own.day),
            own.submission,
            literal(0),
            func.sum(flag(fresh)),
            func.max(own.author),
            null(),
            literal(0),
            func.max(case((fresh, own.recorded_at))).label("recorded_at"),
            func.max(move.c.state),
            func.max(move.c.actor),
            func.max(move.c.note),
            last.label("at"),
        )
        .outerjoin(move, move.c.submission == own.submission)
        .where(scope.sees(checklist_mark, unit=own.unit, indicator=own.indicator))
        .where(own.day <= date(year, 12, 31), or_(fresh, move.c.submission.is_not(None)))
        .group_by(*by)
        .order_by(last.desc(), *by)
        .limit(MOST)
    )


def _documents(scope: Scope, span: Span, year: int) -> list[Select]:
    """Everything dated that judges: columns of `DOCUMENTS`, None where a kind has no such thing."""
    curve, aim, tag, place = plan_curve.c, target.c, unit_tag.c, unit_version.c
    of_year = or_(curve.year.is_(None), curve.year == year)
    seen_curve = or_(curve.unit.is_(None), scope.allows(unit=curve.unit, indicator=curve.indicator))
    return [
        _rows(
            span,
            target,
            scope.sees(target, unit=aim.unit, indicator=aim.indicator),
            aim.year == year,
            unit=aim.unit,
            indicator=aim.indicator,
            issuer=aim.issuer,
            name=aim.change,
            document=aim.document,
            reason=aim.reason,
            author=aim.author,
        ),
        _rows(
            span,
            plan_curve,
            scope.common(plan_curve),
            of_year,
            seen_curve,
            unit=curve.unit,
            indicator=curve.indicator,
            name=curve.name,
            document=curve.document,
            reason=curve.reason,
            author=curve.author,
        ),
        _rows(
            span,
            rule_document,
            scope.common(rule_document),
            name=rule_document.c.title,
            document=rule_document.c.number,
            author=rule_document.c.author,
        ),
        _rows(
            span, unit_version, scope.sees(unit_version, unit=place.unit), unit=place.unit, name=place.name
        ),
        _rows(span, unit_tag, scope.sees(unit_tag, unit=tag.unit), unit=tag.unit, name=tag.tag),
        *(
            _rows(span, table, scope.common(table), indicator=table.c.indicator)
            for table in (indicator_version, checklist)
        ),
        _rows(span, workday, name=workday.c.note, valid_from=workday.c.day),
    ]


def _rows(span: Span, table: Table, *seen: ColumnElement[bool], **known: ColumnElement[Any]) -> Select:
    known = {"kind": literal(table.name), "at": table.c.recorded_at, **known}
    if "valid_from" in table.c:
        known["valid_from"] = table.c.valid_from
    columns = [known.get(name, null()).label(name) for name in DOCUMENTS]
    order = [table.c.recorded_at.desc(), *table.primary_key.columns]
    return select(*columns).where(*seen, span.holds(table.c.recorded_at)).order_by(*order).limit(MOST)
