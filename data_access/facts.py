"""Filling a board: the facts of one unit and its children, or of the villages below it, on their data days.

A board of now is read from the roll-up, one of an earlier moment summed from the versions by the same
statement that fills the roll-up. Whoever reads names the scope; nothing outside it comes back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import pandas as pd
from sqlalchemy import Connection

from data_access.carried import read_carried
from data_access.directory import Directory
from data_access.documents import read_curves, read_rules, read_target_years, read_targets
from data_access.errors import DatabaseEmpty, NothingKnown, OutOfScope
from data_access.frames import frame
from data_access.last_known import with_carried, with_last_known
from data_access.reads import (
    counties,
    find_units,
    read_checklist,
    read_explanations,
    read_issues,
    read_reporting,
    read_submissions,
    read_versions,
)
from data_access.references import read_parts, read_references
from data_access.scope import Scope
from data_access.stamps import newest_moment
from data_access.summed import read_rows
from data_access.viewing import FACTS, View, days_asked, view_of
from metrics.board import REFERENCE_COLUMNS, UNIT_COLUMNS, Board
from metrics.vocabulary import Layer, Level

Depth = Literal["children", "villages"]


def read_board(
    connection: Connection,
    scope: Scope,
    *,
    directory: Directory,
    year: int,
    as_of: date,
    known_at: datetime | None,
    data_days: Mapping[str, date | None],
    root: str,
    depth: Depth,
    layer: Layer = Layer.REPORTED,
) -> Board:
    """Read the board of a unit and its children, or of all villages below it.

    Indicators that `data_days` does not name have no facts; milestones and checklists are read on
    `as_of` whatever it says. A unit that does not owe a figure has no fact. Raises `OutOfScope` for a
    root that the directory does not show, `NothingKnown` where the county had no units yet.
    """
    newest = newest_moment(connection, scope.county)
    if newest is None:
        raise DatabaseEmpty(scope.county)
    if directory.units.empty and scope.sees_all_units:
        raise NothingKnown(as_of)
    units = _units(directory, root, depth)
    days = days_asked(directory, year, as_of, data_days)
    view = view_of(connection, scope, directory, days, known_at, layer)
    facts = _facts(connection, view, units)
    codes = sorted({*units["code"], *facts["plan_key"]} - {""})
    targets = read_targets(connection, scope, year=year, units=codes, known_at=view.known_at)
    of_units = targets[targets["unit"].isin(units["code"])]
    return Board(
        county=scope.county,
        year=year,
        as_of=as_of,
        known_at=known_at or newest,
        data_days=dict(data_days),
        units=units,
        indicators=directory.indicators,
        facts=facts,
        targets=targets,
        curves=read_curves(connection, scope, year=year, units=codes, known_at=view.known_at),
        rules=read_rules(connection, scope, known_at=view.known_at),
        references=read_references(connection, view, of_units)[list(REFERENCE_COLUMNS)],
        parts=read_parts(connection, view, of_units),
    )


def read_periods(
    connection: Connection,
    scope: Scope,
    *,
    directory: Directory,
    year: int,
    known_at: datetime | None,
    root: str,
    periods: Mapping[date, frozenset[str]],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Some indicators of a unit and its children on many days of a year: facts, targets and curves.

    `periods` names the indicators of each day. Columns as on a board, the facts' `period` besides; nobody has
    a last known figure, parents have what is carried forward.
    """
    units = _units(directory, root, "children")
    view = view_of(connection, scope, directory, periods, known_at)
    facts = read_rows(connection, view, units) if periods else frame([], FACTS)
    codes = sorted({*units["code"], *facts["plan_key"]} - {""})
    targets = read_targets(connection, scope, year=year, units=codes, known_at=view.known_at)
    curves = read_curves(connection, scope, year=year, units=codes, known_at=view.known_at)
    # Of a sum that nobody is in for, as of all of those to come, there is nothing to add to.
    is_in = facts.groupby(["unit", "indicator", "period"])["units_in"].transform("sum") > 0
    held = read_carried(connection, view, facts[is_in.astype(bool)])
    facts = with_carried(facts, held).assign(
        last_period=pd.Series([None] * len(facts), index=facts.index, dtype="object"),
        last_amount=pd.array([None] * len(facts), dtype="Int64"),
    )
    of_all = curves["indicator"].isna() | curves["indicator"].isin(view.indicators)
    return facts, targets[targets["indicator"].isin(view.indicators)], curves[of_all]


def _units(directory: Directory, root: str, depth: Depth) -> pd.DataFrame:
    units = directory.units
    own = units.loc[units["code"] == root, "level"]
    if own.empty:
        raise OutOfScope(root)
    is_village = units["level"] == Level.VILLAGE
    if depth == "children":
        chosen = (units["code"] == root) | (units["parent"] == root)
    elif own.iloc[0] == Level.VILLAGE:
        chosen = units["code"] == root
    elif own.iloc[0] == Level.TOWNSHIP:
        chosen = is_village & (units["township"] == root)
    else:
        chosen = is_village
    return units.loc[chosen, list(UNIT_COLUMNS)].reset_index(drop=True)


def _facts(connection: Connection, view: View, units: pd.DataFrame) -> pd.DataFrame:
    facts = read_rows(connection, view, units) if view.days else frame([], FACTS)
    return with_last_known(connection, view, facts, units)


__all__ = [
    "Depth",
    "counties",
    "find_units",
    "read_board",
    "read_checklist",
    "read_curves",
    "read_explanations",
    "read_issues",
    "read_reporting",
    "read_rules",
    "read_submissions",
    "read_target_years",
    "read_targets",
    "read_versions",
]
