"""The corrections of reports that still count: those that neither another one followed nor anybody returned."""

from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Connection, exists, select

from data_access.acceptance import states
from data_access.frames import Columns, query
from data_access.recorded import Span
from data_access.schema import report
from data_access.scope import Scope
from metrics.vocabulary import Layer, SubmissionState

KEY = ("county", "township", "indicator", "unit", "period", "layer")
CORRECTIONS: Columns = {
    "home": "str",
    "indicator": "str",
    "period": "object",
    "submission": "Int64",
    "reason": "str",
}


def read_corrections(connection: Connection, scope: Scope, span: Span, *, year: int) -> pd.DataFrame:
    """What of a year was corrected within a span and counts at its end: each reason of a workbook and a period once."""
    state = states(scope.county, span.until).subquery("state")
    accepted = select(state.c.submission).where(state.c.state == SubmissionState.ACCEPTED)
    later = report.alias("later")
    is_followed = exists().where(
        *(later.c[name] == report.c[name] for name in KEY),
        later.c.revision > report.c.revision,
        later.c.submission.in_(accepted),
        *([] if span.until is None else [later.c.recorded_at <= span.until]),
    )
    own = report.c
    columns: list[ColumnElement] = [own.township, own.indicator, own.period, own.submission, own.reason]
    statement = (
        select(*(column.label(name) for column, name in zip(columns, CORRECTIONS, strict=True)))
        .where(scope.sees(report, unit=own.unit, indicator=own.indicator))
        .where(own.layer == Layer.REPORTED, own.period.between(date(year, 1, 1), date(year, 12, 31)))
        .where(own.revision > 1, own.submission.in_(accepted), span.holds(own.recorded_at), ~is_followed)
        .distinct()
        .order_by(own.township, own.indicator, own.period, own.submission, own.reason)
    )
    return query(connection, statement, CORRECTIONS)
