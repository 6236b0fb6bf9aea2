"""Dated documents as the judgement reads them: every version of targets, curves and rules known by a moment."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, or_, select

from data_access.frames import Columns, query
from data_access.schema import plan_curve, rule_document, target
from data_access.scope import Scope
from data_access.versions import recorded_by
from metrics.board import CURVE_COLUMNS, RULE_COLUMNS, TARGET_COLUMNS

NUMBERS = ("id", "low", "high", "base", "minimum")
OBJECTS = ("deadline", "valid_from", "recorded_at")
TARGETS: Columns = {
    name: "Int64"
    if name in NUMBERS
    else "object"
    if name in OBJECTS
    else "bool"
    if name in ("is_breakdown", "no_task")
    else "boolean"
    if name == "principal"
    else "str"
    for name in TARGET_COLUMNS
}
CURVES: Columns = {
    name: "Int64" if name == "id" else "object" if name in OBJECTS else "str" for name in CURVE_COLUMNS
}
RULES: Columns = {
    name: "Int64" if name == "id" else "object" if name in OBJECTS else "str" for name in RULE_COLUMNS
}


def read_targets(
    connection: Connection,
    scope: Scope,
    *,
    year: int,
    units: Sequence[str] | None = None,
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """All versions of the year's targets, board.TARGET_COLUMNS; of these units where some are named."""
    statement = select(*(target.c[name] for name in TARGETS)).where(
        scope.sees(target, unit=target.c.unit, indicator=target.c.indicator),
        target.c.year == year,
        *recorded_by(target, known_at),
    )
    if units is not None:
        statement = statement.where(target.c.unit.in_(units))
    return query(connection, statement.order_by(target.c.id), TARGETS)


def read_target_years(
    connection: Connection, scope: Scope, *, before: int, known_at: datetime | None = None
) -> list[int]:
    """The years before one that have targets, the latest first."""
    statement = (
        select(target.c.year)
        .where(
            scope.sees(target, unit=target.c.unit, indicator=target.c.indicator),
            target.c.year < before,
            *recorded_by(target, known_at),
        )
        .distinct()
        .order_by(target.c.year.desc())
    )
    return list(connection.scalars(statement))


def read_curves(
    connection: Connection,
    scope: Scope,
    *,
    year: int,
    units: Sequence[str] | None = None,
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """All versions of plan curves that can hold in the year, board.CURVE_COLUMNS; points as JSON text."""
    curve = plan_curve.c
    statement = select(*(curve[name] for name in CURVES)).where(
        scope.common(plan_curve),
        or_(curve.unit.is_(None), scope.allows(unit=curve.unit, indicator=curve.indicator)),
        or_(curve.year.is_(None), curve.year == year),
        *recorded_by(plan_curve, known_at),
    )
    if units is not None:
        statement = statement.where(or_(curve.unit.is_(None), curve.unit.in_(units)))
    return query(connection, statement.order_by(curve.id), CURVES)


def read_rules(connection: Connection, scope: Scope, *, known_at: datetime | None = None) -> pd.DataFrame:
    """All versions of the county's rule documents, board.RULE_COLUMNS; content as JSON text."""
    statement = select(*(rule_document.c[name] for name in RULES)).where(
        scope.common(rule_document), *recorded_by(rule_document, known_at)
    )
    return query(connection, statement.order_by(rule_document.c.id), RULES)
