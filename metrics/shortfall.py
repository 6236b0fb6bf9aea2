"""Who makes the gap: each unit's share of the shortfall of an indicator (metrics.md 1)."""

import pandas as pd


def share_of_shortfall(cells: pd.DataFrame) -> pd.Series:
    """Each cell's shortfall ÷ the sum over all cells of its indicator, aligned with `cells`.

    `cells` are those of one level. Only principal targets count; missing where nothing is short.
    """
    short = cells["shortfall"].where(cells["is_principal"])
    total = short.groupby(cells["indicator"]).transform("sum")
    return short / total.where(total > 0)
