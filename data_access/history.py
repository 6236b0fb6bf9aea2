"""Every version of dated documents with who recorded it and why, as the settings list them."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from data_access.records import CurveRecord, TargetRecord
from data_access.schema import plan_curve, target
from data_access.scope import Scope
from data_access.versions import oldest_first, recorded_by

STAMP = ("id", "recorded_at", "author")
# As they were written, whatever a record may say besides one day: a later version is made from the last one.
CURVE_VERSIONS = (*(field.name for field in fields(CurveRecord)), *STAMP)
TARGET_VERSIONS = (*(field.name for field in fields(TargetRecord)), *STAMP)


def read_target_versions(
    connection: Connection,
    scope: Scope,
    *,
    year: int,
    indicator: str,
    known_at: datetime | None = None,
) -> Sequence[Any]:
    """Every version of the targets of an indicator in a year, oldest first: rows of `TARGET_VERSIONS`."""
    statement = (
        select(*(target.c[name] for name in TARGET_VERSIONS))
        .where(
            scope.sees(target, unit=target.c.unit, indicator=target.c.indicator),
            target.c.year == year,
            target.c.indicator == indicator,
            *recorded_by(target, known_at),
        )
        .order_by(*oldest_first(target))
    )
    return connection.execute(statement).all()


def read_curve_versions(
    connection: Connection, scope: Scope, *, year: int, known_at: datetime | None = None
) -> Sequence[Any]:
    """Every version of every plan curve that can hold in a year, oldest first: rows of `CURVE_VERSIONS`.

    Points are JSON text.
    """
    curve = plan_curve.c
    statement = (
        select(*(curve[name] for name in CURVE_VERSIONS))
        .where(
            scope.common(plan_curve),
            or_(curve.unit.is_(None), scope.allows(unit=curve.unit, indicator=curve.indicator)),
            or_(curve.year.is_(None), curve.year == year),
            *recorded_by(plan_curve, known_at),
        )
        .order_by(*oldest_first(plan_curve))
    )
    return connection.execute(statement).all()
