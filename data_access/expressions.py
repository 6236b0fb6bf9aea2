"""Small pieces of SQL that the roll-up statement is written with."""

from typing import TypeVar

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    case,
    cast,
    func,
)

T = TypeVar("T")


def fenced(statement: Select | CompoundSelect, name: str) -> CTE:
    """A part of a statement that is worked out once, by itself, before the parts that use it."""
    return statement.cte(name).prefix_with("MATERIALIZED")


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
    """The same value, in a form that no index finds: a join then reads this side first and looks up the other.

    SQLite knows no sizes before `ANALYZE` and takes no hints: left to itself it begins at every report of
    a county where a handful was asked for. PostgreSQL plans by its statistics either way.
    """
    same: ColumnElement[T] = func.coalesce(column, column)
    return same
