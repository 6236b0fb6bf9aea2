"""Small pieces of SQL that the roll-up statement is written with."""

from typing import TypeVar

from sqlalchemy import BigInteger, ColumnElement, Integer, case, cast, func

T = TypeVar("T")


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 or 0: what both engines can add up."""
    return case((condition, 1), else_=0)


def count(value: ColumnElement[int]) -> ColumnElement[int]:
    """A sum of counts."""
    return cast(func.sum(value), Integer)


def total(value: ColumnElement[int]) -> ColumnElement[int]:
    """A sum as a whole number: PostgreSQL would make it a decimal."""
    return cast(func.sum(value), BigInteger)


def given(column: ColumnElement[T]) -> ColumnElement[T]:
    """The same value, in a form that no index finds: in a join, its table is read first.

    SQLite knows no sizes before `ANALYZE` and takes no hints: left to itself it begins at every workbook
    of a county, or at every report, where a handful was asked for. PostgreSQL plans by its statistics.
    """
    same: ColumnElement[T] = func.coalesce(column, column)
    return same
