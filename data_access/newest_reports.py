"""The newest figure of each unit and indicator that nobody returned: what a new workbook is compared with."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, func, select

from data_access.acceptance import states
from data_access.frames import Columns, query
from data_access.schema import report
from data_access.scope import Scope
from data_access.versions import recorded_by
from metrics.vocabulary import Layer, SubmissionState

NEWEST: Columns = {
    "unit": "str",
    "indicator": "str",
    "period": "object",
    "revision": "Int64",
    "value": "Int64",
    "high": "Int64",
    "numerator": "Int64",
    "denominator": "Int64",
    "quality": "str",
    "text": "str",
    "state": "str",
}


def read_newest_reports(
    connection: Connection,
    scope: Scope,
    *,
    homes: Sequence[str],
    periods: Sequence[date],
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """One row per (unit, indicator, period) of the reported layer, accepted or still waiting.

    `homes` are the townships whose units reported (the county itself for its own figures). Columns as in
    NEWEST, quantities in the indicator's smallest unit.
    """
    state = states(scope.county, known_at).subquery("state")
    place = func.row_number().over(
        partition_by=(report.c.indicator, report.c.unit, report.c.period),
        order_by=report.c.revision.desc(),
    )
    columns = [report.c[name] for name in NEWEST if name != "state"]
    ranked = (
        select(*columns, state.c.state, place.label("place"))
        .outerjoin(state, state.c.submission == report.c.submission)
        .where(scope.sees(report, unit=report.c.unit, indicator=report.c.indicator))
        .where(report.c.township.in_(homes), report.c.period.in_(periods))
        .where(report.c.layer == Layer.REPORTED, state.c.state != SubmissionState.RETURNED)
        .where(*recorded_by(report, known_at))
        .subquery("ranked")
    )
    return query(connection, select(*(ranked.c[name] for name in NEWEST)).where(ranked.c.place == 1), NEWEST)
