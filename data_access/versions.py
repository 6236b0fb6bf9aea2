"""Which version of a dated document is in force: the latest `valid_from`, then the latest `recorded_at`,
among those not later than the day asked about and the moment of knowledge.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Table, func, select

from data_access.schema import END_OF_DAYS

# A moment of knowledge: itself, or the place that a statement holds for it; None is all that is known.
Known = datetime | ColumnElement[datetime] | None

LAST_DAY = date.fromisoformat(END_OF_DAYS)


def recorded_by(table: Table, known_at: Known) -> list[ColumnElement[bool]]:
    """The condition that a row was recorded by a moment; none where all that is known counts."""
    return [] if known_at is None else [table.c.recorded_at <= known_at]


def oldest_first(table: Table) -> list[ColumnElement[Any]]:
    """The order in which versions of one document supersede one another."""
    return [table.c[name] for name in ("valid_from", "recorded_at", "id") if name in table.c]


def in_force(
    table: Table,
    keys: Sequence[str],
    *conditions: ColumnElement[bool],
    day: date | None = None,
    known_at: Known = None,
    name: str | None = None,
) -> Subquery:
    """The version of each key in force on a day; withdrawn ones left out.

    Without a day the newest counts; tables without `valid_from` are ordered by `recorded_at` alone.
    """
    place = func.row_number().over(
        partition_by=[table.c[key] for key in keys],
        order_by=[column.desc() for column in oldest_first(table)],
    )
    limits = [*conditions, *recorded_by(table, known_at)]
    if day is not None and "valid_from" in table.c:
        limits.append(table.c.valid_from <= day)
    ranked = select(*table.c, place.label("place")).where(*limits).subquery()
    held = [ranked.c.place == 1]
    if "withdrawn" in ranked.c:
        held.append(ranked.c.withdrawn.is_(False))
    columns = [ranked.c[column.name] for column in table.c]
    return select(*columns).where(*held).subquery(name or f"{table.name}_in_force")


def spans(
    table: Table,
    keys: Sequence[str],
    *conditions: ColumnElement[bool],
    known_at: Known = None,
    only: Sequence[str] = (),
    also: Sequence[ColumnElement[Any]] = (),
) -> Subquery:
    """Each version with the day `valid_to` (exclusive) from which the next one of its key counts.

    A version corrected on its own first day spans no day at all. Withdrawn versions are kept: they end
    the one before, and whoever joins leaves them out. `only` names the columns wanted where not all are,
    `also` are further ones.
    """
    following = func.lead(table.c.valid_from, 1, LAST_DAY).over(
        partition_by=[table.c[key] for key in keys],
        order_by=oldest_first(table),
    )
    limits = [*conditions, *recorded_by(table, known_at)]
    columns = [table.c[name] for name in only] or list(table.c)
    return select(*columns, following.label("valid_to"), *also).where(*limits).subquery(f"{table.name}_spans")
