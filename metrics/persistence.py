"""What the periods before make of a day's judgement: persistence, escalation, the unexplained (metrics.md 2).

A run is counted from the period judged backwards, each by its own judgement of the day: a period without a
report neither counts nor breaks it, a second one does, and so does a period that was not judged.

- persistence n: the colour is the best of the last n periods of the run. So it worsens only after n periods in
  a row, improves at once, and while the run is shorter than n it stays where the year begins, on plan.
- escalation n: the colour goes one step worse than the best of the last n periods, where none was on plan.
- unexplained n: behind or worse for n periods in a row, none with an accepted explanation, is far behind.

A cell that is not judged, or is at its own deadline, keeps the state of the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.columns import Bools, Ints
from metrics.rules import Rules, rules_in_force
from metrics.vocabulary import LAGGING_STATES, LIGHT_OF, REPORTING_STATES, State

# The colours from the best to the worst, each with the state it is given when the periods decide.
_STEPS = (State.ON_PLAN, State.SLIGHTLY_BEHIND, State.BEHIND, State.FAR_BEHIND)
_STEP_OF: dict[str, int] = {
    State.DONE: 0,
    **{state: step for step, state in enumerate(_STEPS)},
    State.UNFINISHED: len(_STEPS) - 1,
}
_WORST, _BEHIND = len(_STEPS) - 1, _STEPS.index(State.BEHIND)
_SILENT, _NOT_JUDGED = -1, -2
_STEP_OF_SILENCE = dict.fromkeys(REPORTING_STATES, _SILENT)
MOST_SILENT = 1


def periods_to_read(documents: pd.DataFrame, days: Iterable[date]) -> int:
    """How many periods before the colours of these days can depend on: one more than the run, for a silent one."""
    asked = max((rules_in_force(documents, day).periods_asked for day in set(days)), default=1)
    return asked if asked > 1 else 0


def over_periods(
    cells: pd.DataFrame, before: Sequence[pd.DataFrame], documents: pd.DataFrame, explanations: pd.DataFrame
) -> pd.DataFrame:
    """The cells of a day (`metrics.judge`) with state, light and why as the periods before make them.

    `before` are the cells of the periods before as `metrics.judge` gave them, the nearest first; `documents`
    the rule documents (`board.RULE_COLUMNS`), `explanations` the accepted ones: unit, indicator, period. The
    column `state_of_day` keeps the judgement of the day alone.
    """
    own = cells.assign(state_of_day=cells["state"])
    asked = _asked(cells, documents)
    if asked.is_nothing:
        return own
    counted = _count(cells, before, asked, explanations)
    now = _steps(cells["state"])
    step = np.maximum(counted.persisted, np.where(counted.lasting > 0, counted.lasting + 1, 0))
    step = np.minimum(step, _WORST)
    step = np.where(counted.is_unexplained, _WORST, step)
    changes = (now >= 0) & (cells["state"] != State.UNFINISHED).to_numpy() & (step != now)
    why = np.where(step < now, "held", np.where(counted.is_unexplained, "unexplained", "escalated"))
    rows = np.flatnonzero(changes)
    states = [_STEPS[each] for each in step[rows]]
    given: dict[str, Iterable[str]] = {
        "state": states,
        "light": [LIGHT_OF[each] for each in states],
        "why": list(why[rows]),
    }
    return own.assign(**{name: _put(own[name], rows, values) for name, values in given.items()})


def _put(column: pd.Series, rows: Ints, values: Iterable[str]) -> pd.Series:
    out = column.copy()
    out.iloc[rows] = [str(each) for each in values]
    return out


@dataclass(frozen=True)
class _Asked:
    """What the rule of each row's data day asks; 0 where it asks nothing."""

    persistence: Ints
    escalation: Ints
    unexplained: Ints

    @property
    def is_nothing(self) -> bool:
        """Whether no row depends on the periods before."""
        return not ((self.persistence > 1).any() or self.escalation.any() or self.unexplained.any())


def _asked(cells: pd.DataFrame, documents: pd.DataFrame) -> _Asked:
    codes, days = pd.factorize(cells["data_day"])
    rules = [rules_in_force(documents, day) for day in days]

    def each(plain: int, name: str) -> Ints:
        held = [getattr(one, name) or 0 for one in rules]
        # The last one is for rows without a data day, which have no judgement to change.
        return np.array([*held, plain], dtype=np.int64)[codes]

    return _Asked(each(1, "persistence"), each(0, "escalation"), each(0, "unexplained_periods"))


@dataclass
class _Counted:
    """The best step of the run that persistence and escalation ask for (0: no such run), and the third clause."""

    persisted: Ints
    lasting: Ints
    is_unexplained: Bools


def _count(
    cells: pd.DataFrame, before: Sequence[pd.DataFrame], asked: _Asked, explanations: pd.DataFrame
) -> _Counted:
    rows, keys = len(cells), _keys(cells)
    out = _Counted(np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.zeros(rows, bool))
    length, silent, behind = (np.zeros(rows, dtype=np.int64) for _ in range(3))
    broken, explained = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    best = np.full(rows, _WORST)
    for frame in (cells, *before):
        step = _aligned(frame, keys)
        silent += step == _SILENT
        broken |= (step == _NOT_JUDGED) | (silent > MOST_SILENT)
        counts = (step >= 0) & ~broken
        length += counts
        best = np.where(counts, np.minimum(best, step), best)
        out.persisted = np.where(counts & (length == asked.persistence), best, out.persisted)
        out.lasting = np.where(counts & (length == asked.escalation), best, out.lasting)
        explained |= counts & ((step < _BEHIND) | _is_explained(frame, keys, explanations))
        behind += counts & ~explained
        out.is_unexplained |= counts & (asked.unexplained > 0) & (behind >= asked.unexplained)
    return out


def _keys(cells: pd.DataFrame) -> pd.MultiIndex:
    """The principal target is followed whoever issued it, the others by their issuer."""
    issuer = cells["issuer"].where(~cells["is_principal"], "").fillna("")
    return pd.MultiIndex.from_arrays([cells["unit"], cells["indicator"], issuer])


def _steps(states: pd.Series) -> Ints:
    known = _STEP_OF | _STEP_OF_SILENCE
    return np.array([known.get(state, _NOT_JUDGED) for state in states], dtype=np.int64)


def _aligned(frame: pd.DataFrame, keys: pd.MultiIndex) -> Ints:
    """The steps of a period at the rows of another; a target that was not there then was not judged."""
    place = _keys(frame).get_indexer(keys)
    return np.append(_steps(frame["state"]), _NOT_JUDGED)[place]


def _is_explained(frame: pd.DataFrame, keys: pd.MultiIndex, explanations: pd.DataFrame) -> Bools:
    """Where the unit's own explanation of the period's month has been accepted."""
    said = {
        (unit, indicator, period.year, period.month)
        for unit, indicator, period in zip(
            explanations["unit"], explanations["indicator"], explanations["period"], strict=True
        )
    }
    told = [
        not pd.isna(day) and (unit, indicator, day.year, day.month) in said
        for unit, indicator, day in zip(frame["unit"], frame["indicator"], frame["data_day"], strict=True)
    ]
    place = _keys(frame).get_indexer(keys)
    return np.append(np.array(told, dtype=bool), False)[place]


def hangs(cells: pd.DataFrame, earlier: Sequence[pd.DataFrame], rules: Rules) -> bool:
    """Whether the lagging rule's run of some cell would be decided by one more period before.

    So it is where a silent period stands in a run that is one short.
    """
    keys = _keys(cells)
    run = cells["state"].isin(LAGGING_STATES).to_numpy() & cells["is_principal"].to_numpy()
    silent = np.zeros(len(cells), dtype=np.int64)
    for frame in earlier:
        step = _aligned(frame, keys)
        silent += step == _SILENT
        run &= (step >= _BEHIND) | (step == _SILENT)
    return bool((run & (silent == MOST_SILENT)).any()) and len(earlier) < rules.lagging_run
