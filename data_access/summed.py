"""The rows of units for a view: from the roll-up where it holds the day, else from the versions."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, Select, select, union_all

from data_access.asked import Asked
from data_access.frames import query
from data_access.outdated import Days, kept_on
from data_access.schema import rollup
from data_access.sums import COLUMNS, all_rows, leaf_rows
from data_access.viewing import FACTS, View
from metrics.vocabulary import Level

ORDER = ("unit", "indicator", "plan_key", "period")


def read_rows(connection: Connection, view: View, units: pd.DataFrame) -> pd.DataFrame:
    """One row per unit, indicator and plan key on the days of the view. `FACTS`."""
    stored, summed = view.outdated.parted(view.days)
    parts = []
    if stored or not summed:
        parts.append(_stored(connection, view, units, stored))
    if summed:
        parts.append(_from_versions(connection, view, units, summed))
    return parts[0] if len(parts) == 1 else pd.concat(parts).sort_values(list(ORDER), ignore_index=True)


def rows_asked(asked: Asked, levels: set[str]) -> Select:
    """The statement that sums the rows of units of these levels from the versions; sent with the asked's values."""
    return leaf_rows(asked) if levels == {Level.VILLAGE} else all_rows(asked)


def leaves_of(view: View, members: frozenset[str]) -> tuple[FromClause, Mapping[str, Any]]:
    """The rows of some units that report themselves, on the days of the view; scope is the reader's to ask.

    With the values to send.
    """
    stored, summed = view.outdated.parted(view.days)
    parts, values = [], {}
    if stored or not summed:
        parts.append(select(*(rollup.c[name] for name in COLUMNS)).where(*_conditions(view, members, stored)))
    if summed:
        asked = view.asked(None, summed, members)
        parts.append(leaf_rows(asked))
        values = asked.values
    return union_all(*parts).subquery("leaf"), values


def _conditions(view: View, units: Iterable[str], days: Days) -> list[ColumnElement[bool]]:
    return [
        rollup.c.county == view.scope.county,
        rollup.c.ancestor.in_(sorted(units)),
        rollup.c.layer == view.layer,
        kept_on(days),
    ]


def _stored(connection: Connection, view: View, units: pd.DataFrame, days: Days) -> pd.DataFrame:
    statement = select(*_columns(rollup)).where(
        view.scope.sees(rollup, unit=rollup.c.ancestor, indicator=rollup.c.indicator),
        *_conditions(view, units["code"], days),
    )
    return query(connection, _in_order(statement), FACTS)


def _from_versions(connection: Connection, view: View, units: pd.DataFrame, days: Days) -> pd.DataFrame:
    levels = set(units["level"])
    # Townships are summed alone; whatever lies above them needs all of them.
    is_below = levels <= {Level.VILLAGE, Level.TOWNSHIP}
    homes = frozenset(units["township"].dropna()) if is_below else None
    asked = view.asked(homes, days)
    rows = rows_asked(asked, levels).subquery("summed")
    statement = select(*_columns(rows)).where(
        view.scope.allows(unit=rows.c.ancestor, indicator=rows.c.indicator),
        rows.c.ancestor.in_(sorted(units["code"])),
    )
    return query(connection, _in_order(statement), FACTS, asked.values)


def _in_order(statement: Select) -> Select:
    chosen = statement.selected_columns
    return statement.order_by(chosen.ancestor, *(chosen[name] for name in ORDER[1:]))


def _columns(rows: FromClause) -> list[ColumnElement]:
    return [rows.c["ancestor" if name == "unit" else name] for name in FACTS]
