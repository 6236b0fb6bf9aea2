"""The values that relative targets are compared with: last year's, the county's own, an outside figure's.

Source: metrics.md 1, "keep … relative to a comparator of the same day". A value that is not known, or of
which too little had come in, is none: the target then reads 无规则.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from metrics.columns import MISSING, Bools, Floats, Ints, records
from metrics.grid import MEASURED, Grid
from metrics.vocabulary import COMPARED, MeasuredFrom

COMPARED_PLACES = tuple(MEASURED.index(one) for one in COMPARED)


@dataclass(frozen=True)
class References:
    """One entry a row: the value in smallest units (NaN: none or unknown), whether it is inexact, and its
    place among the board's references (or MISSING).
    """

    value: Floats
    is_inexact: Bools
    place: Ints


def find_references(grid: Grid, target: Ints, indicator: Ints, gate: Floats) -> References:
    """The value that each row's target is compared with.

    `target` and `indicator` are the rows' places on the board, `gate` the rule's share of units that must be in.
    """
    rows = len(target)
    found = References(np.full(rows, np.nan), np.zeros(rows, dtype=bool), np.full(rows, MISSING))
    frame, held = grid.board.targets, grid.board.references
    known = {_key(one): one for one in records(held.reset_index(drop=True))}
    asked = frame["measured_from"].isin([str(one) for one in COMPARED]).to_numpy(dtype=bool)
    for row in np.flatnonzero(np.append(asked, False)[target]):
        one = known.get(_key(frame.iloc[int(target[row])]))
        if one is not None:
            found.place[row] = one.Index
            found.value[row] = _value(grid, int(indicator[row]), one, float(gate[row]))
            found.is_inexact[row] = bool(one.is_inexact)
    return found


def _key(one: Any) -> tuple[Any, ...]:
    """Values of one's own are told apart by where they are from, those of others by their names as well."""
    name = one.reference if one.measured_from == MeasuredFrom.OUTSIDE else ""
    return one.unit, one.indicator, one.measured_from, name


def _value(grid: Grid, indicator: int, one: Any, gate: float) -> float:
    """A ratio from its parts. Of a sum all units must be in, of a ratio as many as the gate asks."""
    is_ratio = bool(grid.measures.is_ratio[indicator])
    needed = max(1, ceil(round(gate * one.units_owed, 9)) if is_ratio else one.units_owed)
    if one.units_in < needed:
        return np.nan
    if is_ratio and pd.notna(one.numerator) and pd.notna(one.denominator) and one.denominator > 0:
        return int(one.numerator) * int(grid.measures.ratio_size[indicator]) / int(one.denominator)
    return float(one.value) if pd.notna(one.value) else np.nan
