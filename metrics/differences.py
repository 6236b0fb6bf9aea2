"""What differs between two judgements of the same units: by another rule, another moment of knowledge, another day."""

import pandas as pd

# What is shown of a cell on both sides; any of them may be what differs.
COMPARED = (
    "state",
    "light",
    "target",
    "actual",
    "completion",
    "planned",
    "gap",
    "days_behind",
    "rule_number",
)
_KEYS = ["unit", "indicator"]
_DECIMALS = 9


def differences(before: pd.DataFrame, after: pd.DataFrame, of: tuple[str, ...] = COMPARED) -> pd.DataFrame:
    """The principal cells in which any column `of` COMPARED differs, in the order of `after`.

    Columns unit, indicator, `is_new` and `is_gone` (on one side only), and each COMPARED column twice, with
    `_before` and `_after`. Missing equals missing; shares are compared to nine decimals.
    """
    sides = {name: _side(cells) for name, cells in (("before", before), ("after", after))}
    after_index, before_index = sides["after"].index, sides["before"].index
    every = after_index.append(before_index.difference(after_index))
    both = pd.concat([side.reindex(every).add_suffix(f"_{name}") for name, side in sides.items()], axis=1)
    is_new, is_gone = (~both.index.isin(sides[name].index) for name in ("before", "after"))
    differs = is_new | is_gone
    for name in of:
        differs |= _differs(both[f"{name}_before"], both[f"{name}_after"])
    return both.assign(is_new=is_new, is_gone=is_gone)[differs].reset_index()


def _side(cells: pd.DataFrame) -> pd.DataFrame:
    return cells[cells["is_principal"]].set_index(_KEYS)[list(COMPARED)]


def _differs(before: "pd.Series", after: "pd.Series") -> "pd.Series[bool]":
    if pd.api.types.is_float_dtype(before) and pd.api.types.is_float_dtype(after):
        before, after = before.round(_DECIMALS), after.round(_DECIMALS)
    same = (before == after).astype("boolean").fillna(False).astype(bool)
    return ~(same | (before.isna() & after.isna()))
