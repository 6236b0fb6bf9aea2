"""Filling a board: the facts of one unit and its children, or of the villages below it, on their data days.

A board of now is read from the roll-up, one of an earlier moment summed from the versions by the same
statement that fills the roll-up. Whoever reads names the scope; nothing outside it comes back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, or_, select

from data_access.directory import Directory
from data_access.documents import read_curves, read_rules, read_targets
from data_access.errors import DatabaseEmpty, NothingKnown, OutOfScope
from data_access.frames import frame, query
from data_access.last_known import with_last_known
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
from data_access.schema import report
from data_access.scope import Scope
from data_access.stamps import newest_moment
from data_access.summed import read_sums
from data_access.sums import leaf_facts
from data_access.viewing import FACTS, View, days_asked
from metrics.board import UNIT_COLUMNS, Board
from metrics.vocabulary import Layer, Level, Quality

Depth = Literal["children", "villages"]
WORDS = ("quality", "high", "text")


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
    is_now = known_at is None or known_at >= newest
    days = days_asked(directory, year, as_of, data_days)
    view = View(scope, directory, days, None if is_now else known_at, layer)
    facts = _facts(connection, view, units)
    codes = sorted({*units["code"], *facts["plan_key"]} - {""})
    return Board(
        county=scope.county,
        year=year,
        as_of=as_of,
        known_at=known_at or newest,
        data_days=dict(data_days),
        units=units,
        indicators=directory.indicators,
        facts=facts,
        targets=read_targets(connection, scope, year=year, units=codes, known_at=view.known_at),
        curves=read_curves(connection, scope, year=year, units=codes, known_at=view.known_at),
        rules=read_rules(connection, scope, known_at=view.known_at),
    )


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
    is_village = units["level"] == Level.VILLAGE
    parts = [frame([], FACTS)]
    if view.days and not is_village.all():
        parts.append(_sums(connection, view, units[~is_village]))
    if view.days and is_village.any():
        parts.append(_leaves(connection, view, units[is_village]))
    facts = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return with_last_known(connection, view, facts, units)


def _leaves(connection: Connection, view: View, villages: pd.DataFrame) -> pd.DataFrame:
    rows = leaf_facts(view.asked(frozenset(villages["township"]))).subquery("leaf").c
    statement = select(*rows).where(view.scope.allows(unit=rows.unit, indicator=rows.indicator))
    facts = query(connection, statement, FACTS)
    return facts[facts["unit"].isin(villages["code"])]


def _sums(connection: Connection, view: View, units: pd.DataFrame) -> pd.DataFrame:
    return _with_own_words(connection, view, read_sums(connection, view, units), units)


def _with_own_words(
    connection: Connection, view: View, facts: pd.DataFrame, units: pd.DataFrame
) -> pd.DataFrame:
    """Give units that report themselves the quality, upper end and text of their own figure."""
    reported = view.directory.indicators.set_index("code")["level_reported"]
    level = units.set_index("code")["level"]
    is_own = facts["unit"].map(level) == facts["indicator"].map(reported)
    is_plain = is_own & (facts["units_in"] > 0) & (facts["units_inexact"] == 0)
    facts = facts.assign(
        quality=pd.array([Quality.EXACT.value if plain else None for plain in is_plain], dtype="str"),
        high=pd.array([None] * len(facts), dtype="Int64"),
        text=pd.array([None] * len(facts), dtype="str"),
    )
    spoken = _said_in_words(connection, view, units)
    if spoken:
        days = {day: named & spoken for day, named in view.days.items() if named & spoken}
        rows = leaf_facts(view.asked(frozenset(units["code"]), days)).subquery("leaf").c
        statement = select(rows.unit, rows.indicator, *(rows[name] for name in WORDS)).where(
            view.scope.allows(unit=rows.unit, indicator=rows.indicator)
        )
        said = query(connection, statement, {name: FACTS[name] for name in ("unit", "indicator", *WORDS)})
        facts = _replaced(facts, said)
    return facts


def _said_in_words(connection: Connection, view: View, units: pd.DataFrame) -> frozenset[str]:
    """The indicators for which one of these units did not report a plain number."""
    own = frozenset().union(*(view.own_indicators(level) for level in set(units["level"])))
    if not own:
        return frozenset()
    # Facts of a day come from any report of the year so far, the others from the one of their period.
    days = [day for day, named in view.days.items() if named & own]
    first = date(min(days).year, 1, 1)
    statement = (
        select(report.c.indicator)
        .where(view.scope.sees(report, unit=report.c.unit, indicator=report.c.indicator))
        .where(report.c.period.between(first, max(days)), report.c.indicator.in_(sorted(own)))
        .where(report.c.unit.in_(sorted(units["code"])), report.c.layer == view.layer)
        .where(or_(report.c.quality != Quality.EXACT, report.c.text.is_not(None)))
    )
    return frozenset(connection.scalars(statement.distinct()))


def _replaced(facts: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """Put the words where their unit and indicator stand."""
    keyed = said.set_index(["unit", "indicator"])
    place = keyed.index.get_indexer(pd.MultiIndex.from_frame(facts[["unit", "indicator"]]))
    found = place >= 0
    for name in WORDS:
        values = keyed[name].take(place[found]).array
        column = facts[name].copy()
        column[found] = values
        facts = facts.assign(**{name: column})
    return facts


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
    "read_targets",
    "read_versions",
]
