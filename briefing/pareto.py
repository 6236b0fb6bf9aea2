"""Which villages make the shortfall of one figure, the largest first."""

from dataclasses import dataclass

import pandas as pd

from briefing.lists import principal
from metrics.shortfall import share_of_shortfall
from metrics.vocabulary import State

# The question a Pareto answers: how few make most of it.
MOST = 0.8


@dataclass(frozen=True)
class Pareto:
    """`rows`: unit, shortfall (smallest units), share, cumulative; `few` of them make `few_share` of it all.

    `judged` counts the units that have a target and a figure, `unknown` those that have a target alone.
    """

    rows: pd.DataFrame
    few: int
    few_share: float
    judged: int
    unknown: int


def pareto(cells: pd.DataFrame, indicator: str) -> Pareto | None:
    """The shortfall by unit, of the units in `cells`; None where none of them has a target of its own."""
    held = principal(cells)
    held = held[held["indicator"] == indicator]
    with_target = held[held["target"].notna() & (held["state"] != State.NO_TASK)]
    if with_target.empty:
        return None
    judged = int(with_target["shortfall"].notna().sum())
    unknown = len(with_target) - judged
    shares = with_target.assign(share=share_of_shortfall(with_target))
    short = shares[shares["share"] > 0].sort_values(["share", "unit"], ascending=[False, True])
    rows = short[["unit", "shortfall", "share"]].assign(cumulative=short["share"].cumsum())
    rows = rows.reset_index(drop=True)
    if rows.empty:
        return Pareto(rows, 0, 0.0, judged, unknown)
    few = int((rows["cumulative"].round(9) < MOST).sum()) + 1
    return Pareto(rows, few, float(rows["cumulative"].iloc[few - 1]), judged, unknown)
