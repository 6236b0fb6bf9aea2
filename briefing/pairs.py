"""Two units for one task (人 and 户): two indicators that stand together, each judged, never added.

Each stays a principal target of its own in counts and ranks; together they are met only when both are.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.lists import NEED
from briefing.load import Briefing
from briefing.once import once
from metrics.columns import records
from metrics.vocabulary import State


@dataclass(frozen=True)
class Pair:
    """The principal cells of both, and the one that the task as a whole stands at: the worse."""

    own: Any
    other: Any
    worse: Any


@once
def partners(briefing: Briefing) -> dict[str, str]:
    """Each paired indicator with its other one; the pair is named on one of them only."""
    held = briefing.directory.indicators
    named = [
        (code, pair)
        for code, pair in zip(held["code"], held["pair"], strict=True)
        if isinstance(pair, str) and pair in briefing.definitions
    ]
    return dict(named) | {pair: code for code, pair in named}


def partner(briefing: Briefing, indicator: str) -> str | None:
    """The other of two, or None."""
    return partners(briefing).get(indicator)


def pair_of(briefing: Briefing, cells: pd.DataFrame, unit: str, indicator: str) -> Pair | None:
    """Both targets of a unit; None where the indicator has no other, or the unit no task in one of them."""
    other = partner(briefing, indicator)
    held = cells[
        (cells["unit"] == unit) & cells["is_principal"] & cells["indicator"].isin([indicator, other])
    ]
    found = {cell.indicator: cell for cell in records(held) if cell.state != State.NO_TASK}
    if other is None or len(found) < len((indicator, other)):
        return None
    order = {state: place for place, state in enumerate(NEED)}
    # What is not judged is neither met nor missed: the pair waits for it unless the other one is behind.
    waits = order[State.NOT_YET_REPORTED]
    worse = min(found.values(), key=lambda cell: order.get(State(cell.state), waits))
    return Pair(found[indicator], found[other], worse)


def beside_each_other(briefing: Briefing, indicators: "pd.Series[str]") -> "pd.Series[float]":
    """Where each indicator stands in a list: at its own place, the second of a pair right behind the first."""
    sort = briefing.indicators["sort"].to_dict()
    both = partners(briefing)
    place = {
        code: min(sort[code], sort[both[code]]) + (0.5 if sort[code] > sort[both[code]] else 0.0)
        if code in both
        else float(sort[code])
        for code in sort
    }
    return indicators.map(place)
