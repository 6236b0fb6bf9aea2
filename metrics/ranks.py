"""The shipped rank of units, the rank on one indicator, and how ranks and completions moved (metrics.md 4)."""

import numpy as np
import pandas as pd

from metrics.reporting import reporting_rates
from metrics.rules import Rules
from metrics.vocabulary import JUDGED_STATES, State

RANK_COLUMNS = (
    "unit",
    "group",
    "rank",
    "rate",
    "judged",
    "on_plan",
    "far_behind",
    "unjudged",
    "reporting_rate",
    "is_gated",
)


def rank_units(
    cells: pd.DataFrame,
    reporting: pd.DataFrame | None,
    rules: Rules,
    groups: "pd.Series[str] | None" = None,
) -> pd.DataFrame:
    """One row a unit (`RANK_COLUMNS`), in the order of the cells.

    `rate` is (done + on plan) ÷ judged principal targets, missing where nothing is judged; equal rates are
    told apart by fewer far behind, then share a rank: 1, 2, 3, 3, 5. `unjudged` counts what is left out.
    `reporting` has unit, owed, reported (see `metrics.reporting`); units below the rule's gate, and those
    without a judged target, have no rank. None means that every unit has reported enough. `groups` are the
    peer groups by unit (`metrics.groups`): each ranks apart, from 1; without them all are in one group, "".
    """
    counted = _counted(cells[cells["is_principal"]])
    rates = None if reporting is None else reporting_rates(reporting).set_index("unit")["reporting_rate"]
    reporting_rate = counted["unit"].map(rates) if rates is not None else pd.Series(np.nan, counted.index)
    is_gated = np.round(reporting_rate.astype("float64"), 9) < rules.reporting_gate
    rate = counted["on_plan"] / counted["judged"].where(counted["judged"] > 0)
    ranked = counted.assign(rate=rate, reporting_rate=reporting_rate, is_gated=is_gated)
    group = pd.Series("", counted.index) if groups is None else counted["unit"].map(groups).fillna("")
    ranked = ranked.assign(group=group)
    ranked = ranked.assign(rank=_shared_rank(rate.where(~is_gated), counted["far_behind"], group))
    return ranked[list(RANK_COLUMNS)]


def rank_by_gap(cells: pd.DataFrame) -> pd.Series:
    """The rank of each cell of one indicator by its gap, the best first, equal gaps sharing it.

    Aligned with `cells`; missing where a cell has no gap or is not judged.
    """
    is_judged = cells["state"].isin(JUDGED_STATES)
    best_first = cells["gap"].where(is_judged).rank(method="min", ascending=False)
    return best_first.astype("Int64")


def rank_change(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """`now` with `rank_before` and `moved` (places gained), both only for units ranked in both periods.

    Places are gained among those of one peer group alone: who drops out of the ranking lifts nobody.
    """
    earlier = now["unit"].map(before.set_index("unit")["rank"]).astype("Int64")
    both = now["rank"].notna() & earlier.notna()
    then, there = (
        ranks.where(both).groupby(now["group"]).rank(method="min").astype("Int64")
        for ranks in (earlier, now["rank"])
    )
    return now.assign(rank_before=earlier.where(both), moved=then - there)


def completion_change(now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """较上期 or 较上年同期: change of completion as a fraction, aligned with `now`.

    `before` holds the cells of the other period; only principal targets are compared, and the change is
    missing where either completion is.
    """
    keys = ["unit", "indicator"]
    other = before[before["is_principal"]].set_index(keys)["completion"]
    matched = other.reindex(pd.MultiIndex.from_frame(now[keys])).to_numpy()
    return (now["completion"] - matched).where(now["is_principal"])


def _counted(principal: pd.DataFrame) -> pd.DataFrame:
    state = principal["state"]
    flags = pd.DataFrame(
        {
            "unit": principal["unit"],
            "judged": state.isin(JUDGED_STATES),
            "on_plan": state.isin((State.DONE, State.ON_PLAN)),
            "far_behind": state == State.FAR_BEHIND,
            "unjudged": ~state.isin(JUDGED_STATES),
        }
    )
    return flags.groupby("unit", sort=False).sum().reset_index()


def _shared_rank(
    rate: "pd.Series[float]", far_behind: "pd.Series[int]", group: "pd.Series[str]"
) -> pd.Series:
    # Division rounds correctly, so equal shares tie however they were divided: 1/3 is 2/6.
    keys = pd.DataFrame({"group": group, "rate": -rate, "far": far_behind}).dropna()
    order = keys.sort_values(["group", "rate", "far"])
    is_new = (order != order.shift()).any(axis=1)
    place = order.groupby("group").cumcount() + 1
    return place.where(is_new).ffill().astype("Int64").reindex(rate.index)
