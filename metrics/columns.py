"""From the columns of a board to numpy: the one place that knows how pandas keeps missing values."""

from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.curves import day_number

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Held = TypeVar("Held")

MISSING = -1
NO_DAY = -1_000_000

# An instance, because pandas takes as long to find a type by its name as to convert a county.
_WHOLE = pd.Int64Dtype()
_TEXT = pd.StringDtype(na_value=np.nan)


def positions(values: "pd.Series", index: pd.Index) -> Ints:
    """Where each value stands in an index of distinct values; MISSING where it is not there."""
    # Values repeat far more often than they differ: hash once, look up the few distinct ones.
    codes, distinct = pd.factorize(values.array)
    return np.append(index.get_indexer(pd.Index(distinct)), MISSING).astype(np.int64)[codes]


def members(values: "pd.Series", vocabulary: Sequence[StrEnum]) -> Ints:
    """Each value as its place in a vocabulary; MISSING for none or an unknown word."""
    codes, distinct = pd.factorize(values.array)
    place = {str(member): at for at, member in enumerate(vocabulary)}
    return np.array([*(place.get(value, MISSING) for value in distinct), MISSING], dtype=np.int64)[codes]


def among(values: Ints, *places: int) -> Bools:
    """Where a place in a vocabulary is one of some; a lookup, several times quicker than a search."""
    table = np.zeros(max(places) + 2, dtype=bool)
    table[list(places)] = True
    return table[np.minimum(values, max(places) + 1)]


def integers(values: "pd.Series") -> tuple[Ints, Bools]:
    """Whole numbers and where they are present; 0 stands in the gaps and must not be read there."""
    if values.dtype == np.int64:
        return values.to_numpy(), np.ones(len(values), dtype=bool)
    held = values.array
    if not isinstance(held, pd.arrays.IntegerArray):
        held = values.astype(_WHOLE).array
    whole: Ints = np.asarray(held.to_numpy(dtype=np.int64, na_value=0), dtype=np.int64)
    return whole, ~np.asarray(held.isna())


def true(values: "pd.Series") -> Bools:
    """Where a value is true; a missing one is not."""
    held = values if values.dtype == np.bool_ else values.eq(True)
    return held.to_numpy(dtype=bool, na_value=False)


def day_numbers(values: "pd.Series", year: int) -> Ints:
    """Days (date or timestamp) as day numbers of a year; NO_DAY where missing."""
    codes, distinct = pd.factorize(values.array)
    days = [day_number(year, pd.Timestamp(day).date()) for day in distinct]
    return np.array([*days, NO_DAY], dtype=np.int64)[codes]


def texts(values: Iterable[str | None]) -> Any:
    """A short array of text."""
    return pd.array(list(values), dtype=_TEXT)


def moments(values: "pd.Series") -> Ints:
    """Aware moments as comparable integers."""
    naive = pd.to_datetime(values, utc=True).dt.tz_localize(None)
    return naive.to_numpy(dtype="datetime64[ns]").astype(np.int64)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame as named tuples, `Index` first.

    As `itertuples`, several times quicker: each column is turned into a list in one go.
    """
    columns = [frame.index.tolist(), *(held.tolist() for _, held in frame.items())]
    return map(_row_of(tuple(frame.columns))._make, zip(*columns, strict=True))


@cache
def _row_of(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", ("Index", *columns), rename=True)


def take(held: Held, at: Ints) -> Held:
    """A dataclass of arrays, entry by entry, at some places; what is not an array stays as it is."""
    parts: dict[str, Any] = {one.name: _taken(getattr(held, one.name), at) for one in fields(held)}  # type: ignore[arg-type]
    return type(held)(**parts)


def _taken(part: Any, at: Ints) -> Any:
    if isinstance(part, np.ndarray):
        return part[at]
    return take(part, at) if is_dataclass(part) else part
