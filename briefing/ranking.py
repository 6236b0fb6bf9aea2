"""Townships in order: rank by the county's rule, flags with their reasons, movement since last period."""

import pandas as pd

from briefing.lists import by_need, principal
from briefing.load import Briefing
from briefing.once import once
from metrics.columns import records
from metrics.groups import peer_groups
from metrics.lagging import Flag, lagging_units
from metrics.ranks import rank_by_gap, rank_change, rank_units
from metrics.vocabulary import Level


@once
def ranking(briefing: Briefing, level: Level = Level.TOWNSHIP) -> pd.DataFrame:
    """One row per unit: peer group, rank in it, rate, counts, last period's rank and the change.

    Gated units have no rank.
    """
    cells = principal(briefing.cells_at(level))
    groups = peer_groups(briefing.directory.units, briefing.rules)
    now = rank_units(cells, briefing.reporting, briefing.rules, groups)
    earlier = principal(briefing.earlier[0])
    # Whom the gate kept out of the ranking then was not ranked in both periods.
    held = earlier[earlier["unit"].isin(cells["unit"])]
    before = rank_units(held, briefing.reporting_before, briefing.rules, groups)
    return rank_change(now, before)


@once
def ranking_by(briefing: Briefing, indicator: str) -> pd.DataFrame:
    """One row per township with a target of the indicator: peer group, rank by gap, last period's, the change.

    What has no gap, or is not judged, has no rank.
    """
    groups = peer_groups(briefing.directory.units, briefing.rules)
    now, before = (
        _by_gap(principal(cells), groups, indicator)
        for cells in (briefing.cells_at(Level.TOWNSHIP), briefing.earlier[0])
    )
    return rank_change(now, before[before["unit"].isin(now["unit"])])


def _by_gap(cells: pd.DataFrame, groups: "pd.Series[str]", indicator: str) -> pd.DataFrame:
    mine = cells[cells["indicator"] == indicator]
    group = mine["unit"].map(groups).fillna("")
    ranks = [rank_by_gap(mine[group == one]) for one in dict.fromkeys(group)]
    rank = pd.concat(ranks).reindex(mine.index) if ranks else pd.Series(dtype="Int64")
    return pd.DataFrame({"unit": mine["unit"], "group": group, "rank": rank})


@once
def flags(briefing: Briefing, level: Level = Level.TOWNSHIP) -> list[Flag]:
    """The lagging units of a level with their reasons, the most reasons first."""
    wanted = set(briefing.directory.units.loc[briefing.directory.units["level"] == level, "code"])
    found = lagging_units(
        briefing.cells,
        briefing.earlier,
        briefing.directory.indicators,
        briefing.issues,
        briefing.reporting,
        briefing.rules,
    )
    return [flag for flag in found if flag.unit in wanted]


@once
def key_indicators(briefing: Briefing, level: Level = Level.TOWNSHIP) -> list[str]:
    """The key indicators that have a cell at this level, in the order of the record."""
    held = set(principal(briefing.cells_at(level))["indicator"])
    rows = briefing.directory.indicators
    return [row.code for row in records(rows) if row.is_key and row.code in held]


@once
def units_by_need(briefing: Briefing, level: Level = Level.TOWNSHIP) -> list[str]:
    """The units of a level in the order in which they want attention: most and worst red first."""
    cells = by_need(principal(briefing.cells_at(level)), briefing)
    weights = {"far_behind": 100, "unfinished": 100, "behind": 10, "unreported": 5, "slightly_behind": 1}
    need = cells["state"].map(weights).fillna(0).groupby(cells["unit"]).sum()
    units = briefing.directory.units
    units = units[units["level"] == level]
    order = units.assign(need=units["code"].map(need).fillna(0))
    return list(order.sort_values(["need", "sort"], ascending=[False, True], kind="stable")["code"])
