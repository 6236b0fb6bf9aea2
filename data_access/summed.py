"""Sums of townships and above for a view: from the roll-up where it holds the day, else from the versions."""

from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, and_, or_, select

from data_access.calendar import fits
from data_access.frames import Columns, query
from data_access.schema import rollup
from data_access.sums import COUNTS, SUMS, all_sums
from data_access.viewing import View
from metrics.vocabulary import Cadence, Level

SUMMED: Columns = {
    "unit": "str",
    "indicator": "str",
    "plan_key": "str",
    **dict.fromkeys(SUMS, "Int64"),
    **dict.fromkeys(COUNTS, "Int64"),
}


def read_sums(connection: Connection, view: View, units: pd.DataFrame) -> pd.DataFrame:
    """One row per unit (townships and above), indicator and plan key on the days of the view. `SUMMED`."""
    # The roll-up knows what is known now, at the ends of months.
    held = {day for day in view.days if view.known_at is None and fits(Cadence.MONTH, day)}
    parts = []
    if held:
        parts.append(_stored(connection, view, units, held))
    if len(held) < len(view.days):
        parts.append(_from_versions(connection, view, units, view.days.keys() - held))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def _stored(connection: Connection, view: View, units: pd.DataFrame, days: set[date]) -> pd.DataFrame:
    asked = [
        and_(rollup.c.period == day, rollup.c.indicator.in_(sorted(view.days[day]))) for day in sorted(days)
    ]
    statement = select(*_columns(rollup)).where(
        view.scope.sees(rollup, unit=rollup.c.ancestor, indicator=rollup.c.indicator),
        rollup.c.layer == view.layer,
        rollup.c.ancestor.in_(sorted(units["code"])),
        or_(*asked),
    )
    return query(connection, statement, SUMMED)


def _from_versions(connection: Connection, view: View, units: pd.DataFrame, days: set[date]) -> pd.DataFrame:
    # Townships are summed alone; whatever lies above them needs all of them.
    are_homes = set(units["level"]) == {Level.TOWNSHIP}
    homes = frozenset(units["code"]) if are_homes else None
    chosen = {day: view.days[day] for day in sorted(days)}
    rows = all_sums(view.asked(homes, chosen)).subquery("summed")
    statement = select(*_columns(rows)).where(
        view.scope.allows(unit=rows.c.ancestor, indicator=rows.c.indicator),
        rows.c.ancestor.in_(sorted(units["code"])),
    )
    return query(connection, statement, SUMMED)


def _columns(rows: FromClause) -> list[ColumnElement]:
    return [rows.c["ancestor" if name == "unit" else name] for name in SUMMED]
