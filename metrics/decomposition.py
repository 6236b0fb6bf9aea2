"""Whether what was given to the units below adds up to what was asked of the unit above (metrics.md 1).

The difference is named, never spread: more than was asked is 加码, less is 机动 (预留), and less while some
unit has not been given its part yet is 未分解.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from metrics.vocabulary import Kind

COLUMNS = (
    "unit",
    "indicator",
    "target",
    "given",
    "difference",
    "share",
    "standing",
    "units_given",
    "units_without",
    "units_outside",
)
# What adds up: amounts, ceilings on amounts, times. Levels, shares and days do not.
ADDED_UP = (Kind.ACCUMULATE, Kind.KEEP, Kind.DUTY)
_KEYS = ["unit", "indicator"]


class Standing(StrEnum):
    """How the parts stand to the whole."""

    EVEN = "even"
    ADDED = "added"
    RESERVE = "reserve"
    UNDIVIDED = "undivided"
    NO_TARGET = "no_target"
    NOT_ADDED = "not_added"


class Part(StrEnum):
    """How one unit below stands to its part."""

    GIVEN = "given"
    WITHOUT = "without"
    OUTSIDE = "outside"
    NONE_OWED = "none_owed"


def part_of(cells: pd.DataFrame, scoped: frozenset[str]) -> "pd.Series[Any]":
    """For each principal cell its `Part`. `scoped` are the indicators that hold for some of the units only.

    A target that was set for a unit outside the scope, or below the level that reports, is judged by nobody:
    OUTSIDE. A unit without the task, or of which nothing is asked, owes none.
    """
    has = cells["target_id"].notna()
    above = cells["why"] == "reported_above"
    out_of_scope = cells["why"] == "out_of_scope"
    strays = (
        cells["indicator"].isin(scoped) & ~(cells["units_owed"].fillna(0) > 0) & cells["data_day"].notna()
    )
    is_asked = has & ~cells["no_task"] & (cells["low"] != 0).fillna(True).astype(bool)
    part = np.select(
        [is_asked & (above | strays), above | out_of_scope | cells["no_task"], has],
        [Part.OUTSIDE, Part.NONE_OWED, Part.GIVEN],
        Part.WITHOUT,
    )
    return pd.Series(part, index=cells.index, dtype="object")


def decompose(
    parents: pd.DataFrame,
    children: pd.DataFrame,
    parent_of: Mapping[str, str],
    *,
    ratios: frozenset[str],
    scoped: frozenset[str],
) -> pd.DataFrame:
    """One row (`COLUMNS`) for each parent and indicator that has a target of its own or below it.

    Both frames are judged cells; only principal ones count. Quantities are smallest units; `difference` is
    given − target and `share` its part of the target, missing where nothing is to be compared.
    """
    mine = parents[parents["is_principal"] & (parents["why"] != "reported_above")].set_index(_KEYS)
    below = children[children["is_principal"]]
    below = below.assign(part=part_of(below, scoped), parent=below["unit"].map(parent_of))
    counted = pd.crosstab([below["parent"], below["indicator"]], below["part"])
    amounts = below[(below["part"] == Part.GIVEN) & below["low"].notna()]
    sums = amounts.groupby(["parent", "indicator"])["low"].sum()
    own = mine["low"].where(mine["target_id"].notna() & ~mine["no_task"]).astype("Int64")
    rows = pd.DataFrame({"target": own, "kind": mine["kind"], "is_given": mine["target_id"].notna()})
    rows = rows.assign(given=sums.reindex(rows.index).astype("Int64"))
    for part in (Part.GIVEN, Part.WITHOUT, Part.OUTSIDE):
        held = counted[part].reindex(rows.index) if part in counted else pd.Series(0, rows.index)
        rows[f"units_{part}"] = held.fillna(0).astype(int)
    is_ratio = rows.index.get_level_values("indicator").isin(ratios)
    rows = rows.assign(adds=rows["kind"].isin(ADDED_UP) & ~is_ratio)
    is_divided = rows["units_given"] + rows["units_outside"] > 0
    could_be = rows["is_given"] & (rows["units_without"] > 0)
    rows = rows[is_divided | could_be]
    return _compared(rows).reset_index()[list(COLUMNS)]


def _compared(rows: pd.DataFrame) -> pd.DataFrame:
    difference = (rows["given"] - rows["target"]).where(rows["adds"])
    over, under, even = (
        test.fillna(False).astype(bool) for test in (difference > 0, difference < 0, difference == 0)
    )
    lacks = rows["units_without"] > 0
    standing = np.select(
        [~rows["adds"], rows["target"].isna(), over, even, under & ~lacks],
        [Standing.NOT_ADDED, Standing.NO_TARGET, Standing.ADDED, Standing.EVEN, Standing.RESERVE],
        Standing.UNDIVIDED,
    )
    whole = rows["target"].where(rows["target"] != 0).astype("float64")
    return rows.assign(difference=difference, share=difference.astype("float64") / whole, standing=standing)
