"""How many targets of a briefing stand where, of a unit and of a level: counted once, asked for by name."""

from collections import defaultdict
from collections.abc import Hashable
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.lists import COUNTED, Counts, by_need, counts, principal
from briefing.load import Briefing
from briefing.once import once
from metrics.columns import records
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, Level, State

# What of a unit is counted.
OF_A_UNIT = frozenset({"total", "lagging", "unreported", "awaiting", "waiting", "doubted"})


class Standing:
    """The principal targets of one briefing, counted."""

    def __init__(self, county: Briefing) -> None:
        """Take the briefing; nothing is counted before it is asked for."""
        self.county = county
        self.kept: dict[Hashable, object] = {}

    def behind(self, unit: str) -> list[Any]:
        """The cells of a unit that lag, the worst first."""
        return list(self._behind.get(unit, ()))

    def of_unit(self, unit: str, name: str) -> str:
        """How many targets of a unit there are of what `OF_A_UNIT` names; none doubted is an empty text."""
        cells, counted = self._of_unit(unit)
        if name == "doubted":
            return _doubted(cells)
        held = counted.by_state
        found = {
            "total": sum(held.values()),
            "lagging": len(self._behind.get(unit, ())),
            "unreported": held[State.UNREPORTED],
            # What is not judged because it is still on its way.
            "awaiting": held[State.AWAITING] + held[State.NOT_YET_REPORTED],
            "waiting": held[State.AWAITING],
        }
        return str(found[name])

    def of_level(self, level: str, name: str) -> str:
        """How many targets of all units of a level there are: in all, of a state, of several states by a name."""
        cells, counted = self._of_level(level)
        if name == "total":
            return str(counted.total)
        if name == "left_out":
            return str(counted.total_left_out)
        if name == "lagging":
            return str(int(cells["state"].isin(LAGGING_STATES).sum()))
        if name == "doubted":
            return _doubted(cells)
        held = counted.by_state
        if name == "fine":
            return str(held[State.DONE] + held[State.ON_PLAN])
        return str(held[next(state for state in COUNTED if state == name)])

    @cached_property
    def _behind(self) -> dict[str, list[Any]]:
        cells = principal(self.county.cells)
        held: dict[str, list[Any]] = defaultdict(list)
        for row in records(by_need(cells[cells["state"].isin(LAGGING_STATES)], self.county)):
            held[row.unit].append(row)
        return held

    @cached_property
    def _by_unit(self) -> dict[str, pd.DataFrame]:
        return {str(unit): rows for unit, rows in principal(self.county.cells).groupby("unit", sort=False)}

    @once
    def _of_unit(self, unit: str) -> tuple[pd.DataFrame, Counts]:
        cells = self._by_unit.get(unit, self.county.cells.iloc[:0])
        return cells, counts(cells)

    @once
    def _of_level(self, level: str) -> tuple[pd.DataFrame, Counts]:
        cells = principal(self.county.cells_at(Level(level)))
        return cells, counts(cells)


def _doubted(cells: pd.DataFrame) -> str:
    """How many of the judged targets rest on data in doubt; empty for none."""
    return str(int((cells["doubted"].astype(bool) & cells["state"].isin(JUDGED_STATES)).sum()) or "")
