"""What would change a unit's colour: the figures nearest to a better state, and the way off the list."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from briefing.lists import principal
from briefing.load import Briefing
from briefing.once import once
from briefing.ranking import flags
from metrics.board import Board
from metrics.columns import records
from metrics.judge import judge
from metrics.lagging import Flag
from metrics.lifts import Lift, Wanted, at_next_period, find_lifts
from metrics.vocabulary import LIGHT_OF, OF_A_DAY, Level, Light, State
from metrics.ways_out import WayOut, way_out

NEAREST = 3
# The worst light first; a unit has the colour of its worst figure.
WORST = (Light.RED, Light.YELLOW, Light.BLUE)
# The next better state of each that is behind.
NEXT = {
    State.UNFINISHED: State.DONE,
    State.FAR_BEHIND: State.BEHIND,
    State.BEHIND: State.SLIGHTLY_BEHIND,
    State.SLIGHTLY_BEHIND: State.ON_PLAN,
}


@dataclass(frozen=True)
class Step:
    """One figure behind: what lifts it to the next better state today, and to 达序时 by the end of its next period.

    `by` is that end, None where the year has none left.
    """

    cell: Any
    today: Lift
    next_period: Lift | None
    by: date | None


@dataclass(frozen=True)
class Colour:
    """What a unit's colour hangs on.

    `steps` are the figures of the worst light, and those of the flag, that the least effort lifts; `stuck` the
    indicators of those that no amount lifts.
    """

    worst: Light | None
    steps: tuple[Step, ...]
    stuck: tuple[str, ...]
    flag: Flag | None
    way: WayOut | None


@once
def colour_of(briefing: Briefing, unit: str, level: Level, lead: str = "") -> Colour:
    """What would change the colour of a unit, or of what a department leads of it."""
    cells = principal(briefing.cells[briefing.cells["unit"] == unit])
    if lead:
        cells = cells[cells["indicator"].map(briefing.indicators["lead"]) == lead]
    flag = None if lead else next((one for one in flags(briefing, level) if one.unit == unit), None)
    behind = cells[cells["state"].isin(NEXT)]
    lights = behind["state"].map(lambda state: LIGHT_OF[State(state)])
    worst = next((light for light in WORST if (lights == light).any()), None)
    named = {reason.about for reason in flag.because} if flag else set()
    chosen = behind[(lights == worst) | behind["indicator"].isin(named)] if worst else behind
    lifts = _lifts(briefing, behind, needs_more=flag is not None)
    steps = _steps(briefing, chosen, lifts)
    lifted = {step.cell.indicator for step in steps}
    stuck = tuple(code for code in chosen["indicator"] if code not in lifted)
    way = way_out(flag, cells, lifts, briefing.rules) if flag else None
    return Colour(worst, tuple(steps[:NEAREST]), stuck, flag, way)


def _lifts(
    briefing: Briefing, behind: pd.DataFrame, *, needs_more: bool
) -> dict[tuple[str, State], Lift | None]:
    """The lift of every figure to its next better state; to 略滞后 as well where a flag asks for it."""
    wanted = [Wanted(row.unit, row.indicator, NEXT[State(row.state)]) for row in records(behind)]
    if needs_more:
        far = behind[behind["state"].isin((State.FAR_BEHIND, State.UNFINISHED))]
        goals = (State.BEHIND, State.SLIGHTLY_BEHIND)
        wanted += [Wanted(row.unit, row.indicator, goal) for row in records(far) for goal in goals]
    wanted = list(dict.fromkeys(wanted))
    found = find_lifts(briefing.board, briefing.cells, wanted)
    return {(one.indicator, one.at_least): lift for one, lift in zip(wanted, found, strict=True)}


def _steps(
    briefing: Briefing, chosen: pd.DataFrame, lifts: dict[tuple[str, State], Lift | None]
) -> list[Step]:
    """The steps that can be taken, the least part of the year's work first."""
    rows = [(row, lifts[row.indicator, NEXT[State(row.state)]]) for row in records(chosen)]
    near = sorted(((row, lift) for row, lift in rows if lift is not None), key=lambda pair: pair[1].share)
    if not near:
        return []
    following = _following(briefing.board, {row.indicator for row, _ in near[:NEAREST]})
    wanted = [Wanted(row.unit, row.indicator, State.ON_PLAN) for row, _ in near[:NEAREST]]
    later = find_lifts(following, judge(following), wanted)
    # The others are named only by their number.
    later += [None] * (len(near) - len(later))
    return [
        Step(row, lift, then, _end(following, row)) for (row, lift), then in zip(near, later, strict=True)
    ]


def _following(board: Board, indicators: set[str]) -> Board:
    """The board at the end of the next period, of some indicators alone."""
    ahead = at_next_period(board)
    held = ahead.indicators
    return replace(ahead, indicators=held[held["code"].isin(indicators)].reset_index(drop=True))


def _end(following: Board, cell: Any) -> date | None:
    """The day by which the next period of a figure ends; None where the year has none."""
    if cell.kind in OF_A_DAY:
        return following.as_of if cell.data_day is not None and cell.data_day < following.as_of else None
    return following.data_days.get(cell.indicator)
