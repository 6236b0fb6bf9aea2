"""Frames as content that can be kept word for word, and back: every value, its kind, and the order of the rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from metrics.fingerprints import is_table

# How a value that JSON has no form for is written: an object with this one name.
DAY, MOMENT, LISTED, PARTS = "day", "moment", "list", "fraction"
DIGITS = 12


def table_of(frame: pd.DataFrame, key: Sequence[str] = ()) -> dict[str, Any]:
    """A frame as a table (`metrics.fingerprints.is_table`); its index is not kept.

    TypeError for a value that cannot be kept; fractions of a share are kept to twelve digits.
    """
    columns = [_plain_column(frame[name]) for name in frame.columns]
    return {
        "columns": list(frame.columns),
        "kinds": [str(frame[name].dtype) for name in frame.columns],
        "key": list(key),
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def frame_of(table: dict[str, Any]) -> pd.DataFrame:
    """The frame that a table was made of, with an index of its own."""
    if not is_table(table):
        raise ValueError("this is no table")
    columns = zip(*table["rows"], strict=True) if table["rows"] else ((),) * len(table["columns"])
    held = {
        name: _column(values, kind)
        for name, kind, values in zip(table["columns"], table["kinds"], columns, strict=True)
    }
    return pd.DataFrame(held, columns=table["columns"])


def plain(value: Any) -> Any:
    """A value as content."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return _number(float(value))
    return _named(value)


def _named(value: Any) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Fraction):
        return {PARTS: [value.numerator, value.denominator]}
    if isinstance(value, tuple):
        return {LISTED: [plain(each) for each in value]}
    raise TypeError(f"{type(value).__name__} cannot be kept in a snapshot: {value!r}")


def revived(value: Any) -> Any:
    """The value that `plain` was given; of a number that was none, None."""
    if not isinstance(value, dict):
        return value
    [(name, held)] = value.items()
    if name == MOMENT:
        return datetime.fromisoformat(held)
    if name == DAY:
        return date.fromisoformat(held)
    return Fraction(*held) if name == PARTS else tuple(revived(each) for each in held)


def _number(value: float) -> float | None:
    if np.isnan(value):
        return None
    # Neither the last digit of a sum, which two machines may have otherwise, nor a zero below zero is said.
    return float(f"{value:.{DIGITS}g}") + 0.0


def _plain_column(column: "pd.Series[Any]") -> list[Any]:
    return [plain(value) for value in column.astype(object)]


def _column(values: Sequence[Any], kind: Any) -> Any:
    held = [revived(value) for value in values]
    if kind == "object":
        out = np.empty(len(held), dtype=object)
        for place, value in enumerate(held):
            out[place] = value
        return out
    if kind.startswith("datetime64"):
        return pd.DatetimeIndex(held, dtype=kind)
    if kind.startswith("float"):
        return np.array([np.nan if value is None else value for value in held], dtype=kind)
    return pd.array(held, dtype=kind)
