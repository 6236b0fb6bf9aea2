"""Rows of the database as frames with the dtypes the formulas expect, empty results included.

Text is `str`, quantities nullable `Int64`, marks `bool` (`boolean` where they may be missing), moments
timestamps in UTC; days stay Python dates.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from sqlalchemy import Connection
from sqlalchemy.sql import Executable

Dtype = Literal["str", "Int64", "bool", "boolean", "moment", "object"]
Columns = Mapping[str, Dtype]


def query(
    connection: Connection, statement: Executable, columns: Columns, values: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """The rows of a statement, whose columns come in the order of `columns`; `values` are sent with it."""
    return frame(connection.execute(statement, values).all(), columns)


def frame(rows: Sequence[Sequence[Any]], columns: Columns) -> pd.DataFrame:
    """Rows as a frame with these columns and dtypes."""
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pd.DataFrame(
        {name: _array(column, dtype) for (name, dtype), column in zip(columns.items(), values, strict=True)},
        copy=False,
    )


def objects(values: Iterable[Any]) -> "np.typing.NDArray[np.object_]":
    """Values as they are: dates stay dates, tuples stay tuples."""
    listed = list(values)
    held = np.empty(len(listed), dtype=object)
    for place, value in enumerate(listed):
        held[place] = value
    return held


def _array(values: Sequence[Any], dtype: Dtype) -> Any:
    if dtype == "Int64":
        return _integers(values)
    if dtype == "object":
        return objects(values)
    if dtype == "moment":
        return pd.DatetimeIndex(list(values), dtype="datetime64[us, UTC]")
    return pd.array(list(values), dtype=dtype)


def _integers(values: Sequence[int | None]) -> "pd.arrays.IntegerArray":
    missing = np.fromiter((value is None for value in values), dtype=bool, count=len(values))
    held = np.fromiter((0 if value is None else value for value in values), dtype=np.int64, count=len(values))
    return pd.arrays.IntegerArray(held, missing)
