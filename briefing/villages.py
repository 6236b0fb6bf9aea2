"""Every village of the county, judged on one day: who lags, and why."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from briefing.judging import rules_of
from briefing.lists import principal
from briefing.load import Briefing, Draft, Frame, judging_of, load
from metrics.lagging import Flag, lagging_units
from metrics.vocabulary import LAGGING_STATES, State


@dataclass(frozen=True)
class Villages:
    """The judged cells of all villages, of the periods before, and the villages flagged with reasons."""

    county: Briefing
    cells: pd.DataFrame
    earlier: tuple[pd.DataFrame, ...]
    flags: tuple[Flag, ...]


def load_villages(connection: Connection, frame: Frame) -> Villages:
    """Load the county and judge every village of it."""
    return judge_villages(connection, load(connection, frame))


def judge_villages(connection: Connection, county: Briefing, draft: Draft | None = None) -> Villages:
    """Judge every village of a county, or with documents drafted."""
    judging = judging_of(connection, county, county.frame.county, "villages", draft)
    cells = judging.cells()
    in_force = county.rules if draft is None else rules_of(judging.board)
    earlier = judging.earlier(in_force, cells)
    found = lagging_units(cells, earlier, county.directory.indicators, county.issues, None, in_force)
    return Villages(county, cells, earlier, tuple(found))


def village_rows(villages: Villages, *, township: str = "", tag: str = "", text: str = "") -> pd.DataFrame:
    """One row per village: judged, on plan, lagging, unreported, worst gap, flagged; most lagging first."""
    units = villages.county.directory.units
    units = units[units["level"] == "village"]
    if township:
        units = units[units["parent"] == township]
    if tag:
        units = units[units["tags"].map(lambda tags: tag in tags).astype(bool)]
    if text:
        units = units[
            units["name"].str.contains(text, regex=False) | units["code"].str.contains(text, regex=False)
        ]
    cells = principal(villages.cells)
    cells = cells[cells["unit"].isin(units["code"])]
    by_unit = cells.groupby("unit")
    flagged = {flag.unit for flag in villages.flags}
    rows = units.assign(
        on_plan=_counted(cells, (State.DONE, State.ON_PLAN), units),
        lagging=_counted(cells, LAGGING_STATES, units),
        far_behind=_counted(cells, (State.FAR_BEHIND, State.UNFINISHED), units),
        slightly=_counted(cells, (State.SLIGHTLY_BEHIND,), units),
        unreported=_counted(cells, (State.UNREPORTED,), units),
        worst_gap=units["code"].map(by_unit["gap"].min()),
        flagged=units["code"].isin(flagged),
    )
    rows = rows.assign(judged=rows["on_plan"] + rows["slightly"] + rows["lagging"])
    return rows.sort_values(
        ["flagged", "far_behind", "lagging", "worst_gap", "sort"],
        ascending=[False, False, False, True, True],
        kind="stable",
    )


def _counted(cells: pd.DataFrame, states: tuple[State, ...], units: pd.DataFrame) -> pd.Series:
    held = cells[cells["state"].isin(states)].groupby("unit").size()
    return units["code"].map(held).fillna(0).astype(int)
