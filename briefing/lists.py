"""Which judged cells a card counts and the list behind it shows: one selection serves both."""

from dataclasses import dataclass

import pandas as pd

from briefing.load import Briefing
from metrics.vocabulary import JUDGED_STATES, REPORTING_STATES, Level, State

# Worst first: the order in which cells want attention, and the order the state strip is read backwards.
NEED = (
    State.UNFINISHED,
    State.FAR_BEHIND,
    State.BEHIND,
    State.UNREPORTED,
    State.SLIGHTLY_BEHIND,
    State.AWAITING,
    State.NOT_YET_REPORTED,
    State.ON_PLAN,
    State.DONE,
)
COUNTED = (*JUDGED_STATES, *REPORTING_STATES)
# In the place of one state: all that the states shown add up to, and all that are left out beside them.
ALL_COUNTED, LEFT_OUT = "counted", "left_out"


@dataclass(frozen=True)
class Selection:
    """A choice of principal cells: by level, state (or all counted, or all left out), unit, indicator, lead."""

    level: Level = Level.TOWNSHIP
    state: str = ""
    unit: str = ""
    indicator: str = ""
    department: str = ""
    key_only: bool = False

    def params(self) -> dict[str, str]:
        """The selection as parameters of an address."""
        return {
            "level": self.level,
            "state": self.state,
            "u": self.unit,
            "i": self.indicator,
            "d": self.department,
            "key": "1" if self.key_only else "",
        }


@dataclass(frozen=True)
class Counts:
    """How many cells stand in each state; those left out of the judgement are counted beside."""

    by_state: dict[State, int]
    left_out: dict[State, int]

    @property
    def total(self) -> int:
        """The cells that are judged or should have been: what the states shown add up to."""
        return sum(self.by_state.values())

    @property
    def total_left_out(self) -> int:
        """The cells that are not judged for a reason of their own."""
        return sum(self.left_out.values())


# The figure is reported by the level above alone: there is nothing of the unit's own to judge or to list.
REPORTED_ABOVE = "reported_above"


def principal(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells that count: one for each unit and indicator that has a figure of its own."""
    return cells[cells["is_principal"] & (cells["why"] != REPORTED_ABOVE)]


def select(briefing: Briefing, chosen: Selection) -> pd.DataFrame:
    """The chosen principal cells, worst first, then by the order of units and indicators."""
    cells = principal(briefing.cells_at(chosen.level))
    indicators = briefing.indicators
    if chosen.state == ALL_COUNTED:
        cells = cells[cells["state"].isin(COUNTED)]
    elif chosen.state == LEFT_OUT:
        cells = cells[~cells["state"].isin(COUNTED)]
    elif chosen.state:
        cells = cells[cells["state"] == chosen.state]
    if chosen.unit:
        cells = cells[cells["unit"] == chosen.unit]
    if chosen.indicator:
        cells = cells[cells["indicator"] == chosen.indicator]
    if chosen.department:
        led = indicators.loc[indicators["lead"] == chosen.department, "code"]
        cells = cells[cells["indicator"].isin(led)]
    if chosen.key_only:
        cells = cells[cells["indicator"].isin(indicators.loc[indicators["is_key"], "code"])]
    return by_need(cells, briefing)


def by_need(cells: pd.DataFrame, briefing: Briefing) -> pd.DataFrame:
    """The cells worst first."""
    order = {state: place for place, state in enumerate(NEED)}
    keys = cells.assign(
        _need=cells["state"].map(order).fillna(len(order)),
        _gap=cells["gap"].fillna(0.0),
        _unit=cells["unit"].map(briefing.units["sort"]),
        _indicator=cells["indicator"].map(briefing.indicators["sort"]),
    )
    ordered = keys.sort_values(["_need", "_gap", "_unit", "_indicator"], kind="stable")
    return ordered.drop(columns=["_need", "_gap", "_unit", "_indicator"])


def counts(cells: pd.DataFrame) -> Counts:
    """Count principal cells by state."""
    held = principal(cells)["state"].value_counts().to_dict()
    by_state = {state: int(held.pop(state, 0)) for state in COUNTED}
    return Counts(by_state, {State(str(state)): int(count) for state, count in held.items()})
