"""The order of attention (重点调度事项): which cells need a decision first (metrics.md 4)."""

import pandas as pd

from metrics.rules import Rules
from metrics.shortfall import share_of_shortfall
from metrics.vocabulary import Clock, State

_WORST = (State.FAR_BEHIND, State.UNFINISHED)


def order_of_attention(
    cells: pd.DataFrame,
    indicators: pd.DataFrame,
    issues: pd.DataFrame,
    explanations: pd.DataFrame,
    rules: Rules,
) -> pd.DataFrame:
    """The cells that need attention, in the rule's order, all of them (the rule's limit is the reader's).

    `cells` are those of one level, `issues` the standing of items, `explanations` the newest of unit and
    indicator. Added columns: `attention` (class), `share` of the indicator's shortfall, `overdue_number`
    and `overdue_days` of the longest overdue item on the cell, `waits_on`: the body that the cell waits on
    ("" for none), with which it is listed instead of with the unit. Items on no cell are in the ledger.
    """
    principal = cells[cells["is_principal"]]
    keys = indicators.loc[indicators["is_key"].astype(bool), "code"]
    asked = principal.assign(share=share_of_shortfall(principal))
    asked = asked.merge(_longest_overdue(issues), on=["unit", "indicator"], how="left")
    asked = asked.merge(_waits(explanations), on=["unit", "indicator"], how="left")
    asked = asked.assign(waits_on=asked["waits_on"].fillna(""), attention=_class(asked, set(keys)))
    asked = asked[asked["attention"] != ""]
    place = {name: at for at, name in enumerate(rules.attention_order)}
    order = asked.assign(
        _place=asked["attention"].map(place),
        _share=-asked["share"],
        _days=-asked["overdue_days"].fillna(0).astype("int64"),
    ).sort_values(["_place", "_share", "_days"], kind="stable")
    return asked.loc[order.index].reset_index(drop=True)


def _class(cells: pd.DataFrame, keys: set[str]) -> pd.Series:
    """The first class a cell belongs to; empty for none."""
    worst = cells["state"].isin(_WORST)
    out = pd.Series("", index=cells.index, dtype="str")
    out = out.mask(cells["state"] == State.BEHIND, "behind")
    out = out.mask(cells["overdue_days"].notna(), "overdue")
    out = out.mask(worst, "far")
    return out.mask(worst & cells["indicator"].isin(keys), "far_on_key")


def _longest_overdue(issues: pd.DataFrame) -> pd.DataFrame:
    late = issues[(issues["clock"] == Clock.OVERDUE) & issues["indicator"].notna()]
    late = late.sort_values("days", ascending=False, kind="stable")
    late = late.drop_duplicates(["unit", "indicator"])[["unit", "indicator", "number", "days"]]
    return late.rename(columns={"number": "overdue_number", "days": "overdue_days"})


def _waits(explanations: pd.DataFrame) -> pd.DataFrame:
    newest = explanations.sort_values("period", kind="stable").drop_duplicates(
        ["unit", "indicator"], keep="last"
    )
    return newest[["unit", "indicator", "waits_on"]]
