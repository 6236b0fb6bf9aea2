"""What would take a unit off the list of lagging units: the fewest figures to lift, the items to close."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.columns import records
from metrics.lagging import Flag
from metrics.lifts import Lift
from metrics.rules import Rules
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, State

# What each reason asks of the figure it is about.
ASKED = {"far_on_key": State.BEHIND, "running": State.SLIGHTLY_BEHIND}
Lifts = Mapping[tuple[str, State], Lift | None]


@dataclass(frozen=True)
class WayOut:
    """The least that removes every reason of a flag.

    `lifts` of figures, the least effort first; `items` to close, by number; `stuck`: the indicators that would
    have to be lifted and that no amount lifts. Where any is stuck there is no way out by amounts alone.
    """

    lifts: tuple[Lift, ...]
    items: tuple[str, ...]
    stuck: tuple[str, ...]


def way_out(flag: Flag, cells: pd.DataFrame, lifts: Lifts, rules: Rules) -> WayOut:
    """The way out of a flag. `cells` are the unit's principal ones, `lifts` by indicator and state wanted."""
    asked: dict[str, State] = {}
    for reason in flag.because:
        if reason.code in ASKED:
            # Of two reasons about one figure the one that asks more holds.
            asked[reason.about] = max(asked.get(reason.about, State.BEHIND), ASKED[reason.code], key=_place)
    stuck = [code for code, state in asked.items() if lifts.get((code, state)) is None]
    if any(reason.code == "many_behind" for reason in flag.because):
        asked, short = _fewer_behind(cells, asked, lifts, rules)
        stuck += [code for code in short if code not in stuck]
    chosen = [lift for key in asked.items() if (lift := lifts.get(key)) is not None]
    items = tuple(reason.about for reason in flag.because if reason.code == "overdue")
    return WayOut(tuple(sorted(chosen, key=lambda lift: lift.share)), items, tuple(stuck))


def _place(state: State) -> int:
    """Better states have higher places."""
    return -JUDGED_STATES.index(state)


def _fewer_behind(
    cells: pd.DataFrame, asked: dict[str, State], lifts: Lifts, rules: Rules
) -> tuple[dict[str, State], list[str]]:
    """What is asked, with as many figures out of 滞后 as it takes; those already asked for come first.

    The second part names figures behind that no amount lifts, where too few are left without them.
    """
    judged = int(cells["state"].isin(JUDGED_STATES).sum())
    behind = [row.indicator for row in records(cells[cells["state"].isin(LAGGING_STATES)])]
    allowed = max(
        count
        for count in range(len(behind))
        if count < rules.lagging_count or count < rules.lagging_share * judged
    )
    can = [code for code in behind if lifts.get((code, State.SLIGHTLY_BEHIND)) is not None]
    can.sort(
        key=lambda code: (asked.get(code) != State.SLIGHTLY_BEHIND, code not in asked, _effort(lifts, code))
    )
    needed = len(behind) - allowed
    chosen = asked | dict.fromkeys(can[:needed], State.SLIGHTLY_BEHIND)
    return chosen, [code for code in behind if code not in can] if len(can) < needed else []


def _effort(lifts: Lifts, code: str) -> float:
    lift = lifts[code, State.SLIGHTLY_BEHIND]
    return lift.share if lift is not None else 0.0
