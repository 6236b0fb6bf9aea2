"""The rows of units for a view: from the roll-up where it holds the day, else from the versions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, or_, select

from data_access.asked import Asked
from data_access.calendar import fits
from data_access.frames import query
from data_access.schema import rollup
from data_access.sums import all_rows, leaf_rows
from data_access.viewing import FACTS, View
from metrics.vocabulary import Cadence, Level


def is_stored(view: View, day: date) -> bool:
    """Whether the roll-up answers: it knows what is known now, at the ends of months."""
    return view.known_at is None and fits(Cadence.MONTH, day)


def read_rows(connection: Connection, view: View, units: pd.DataFrame) -> pd.DataFrame:
    """One row per unit, indicator and plan key on the days of the view. `FACTS`."""
    held = {day for day in view.days if is_stored(view, day)}
    parts = []
    if held:
        parts.append(_stored(connection, view, units, held))
    if len(held) < len(view.days):
        parts.append(_from_versions(connection, view, units, view.days.keys() - held))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def rows_asked(asked: Asked, levels: set[str]) -> Select:
    """The statement that sums the rows of units of these levels from the versions; sent with the asked's values."""
    return leaf_rows(asked) if levels == {Level.VILLAGE} else all_rows(asked)


def leaves_of(view: View, members: frozenset[str]) -> tuple[FromClause, Mapping[str, Any]]:
    """The rows of some units that report themselves, on the days of the view; scope is the reader's to ask.

    With the values to send.
    """
    if all(is_stored(view, day) for day in view.days):
        return select(rollup).where(*_conditions(view, members, set(view.days))).subquery("leaf"), {}
    asked = view.asked(None, None, members)
    return leaf_rows(asked).subquery("leaf"), asked.values


def _conditions(view: View, units: Iterable[str], days: Iterable[date]) -> list[ColumnElement[bool]]:
    asked = [
        and_(rollup.c.period == day, rollup.c.indicator.in_(sorted(view.days[day]))) for day in sorted(days)
    ]
    return [
        rollup.c.county == view.scope.county,
        rollup.c.ancestor.in_(sorted(units)),
        rollup.c.layer == view.layer,
        or_(*asked),
    ]


def _stored(connection: Connection, view: View, units: pd.DataFrame, days: set[date]) -> pd.DataFrame:
    statement = select(*_columns(rollup)).where(
        view.scope.sees(rollup, unit=rollup.c.ancestor, indicator=rollup.c.indicator),
        *_conditions(view, units["code"], days),
    )
    return query(connection, _in_order(statement), FACTS)


def _from_versions(connection: Connection, view: View, units: pd.DataFrame, days: set[date]) -> pd.DataFrame:
    levels = set(units["level"])
    # Townships are summed alone; whatever lies above them needs all of them.
    is_below = levels <= {Level.VILLAGE, Level.TOWNSHIP}
    homes = frozenset(units["township"].dropna()) if is_below else None
    chosen = {day: view.days[day] for day in sorted(days)}
    asked = view.asked(homes, chosen)
    rows = rows_asked(asked, levels).subquery("summed")
    statement = select(*_columns(rows)).where(
        view.scope.allows(unit=rows.c.ancestor, indicator=rows.c.indicator),
        rows.c.ancestor.in_(sorted(units["code"])),
    )
    return query(connection, _in_order(statement), FACTS, asked.values)


def _in_order(statement: Select) -> Select:
    chosen = statement.selected_columns
    return statement.order_by(chosen.ancestor, chosen.indicator, chosen.plan_key, chosen.period)


def _columns(rows: FromClause) -> list[ColumnElement]:
    return [rows.c["ancestor" if name == "unit" else name] for name in FACTS]
