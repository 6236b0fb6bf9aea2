"""How much more lifts a cell to a better state, found by judging: by the very tests that give the state.

No threshold is read here. A cell is copied onto a board of its own many times over, each copy with a little more
done, and the board is judged: the least amount that gives the state wanted is the answer, whatever rule, curve,
comparator or whole thing decided it. One unit less was judged as well, and does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.board import Board
from metrics.columns import Ints, records
from metrics.judge import judge
from metrics.periods import month_end, periods_of_year
from metrics.vocabulary import JUDGED_STATES, OF_A_DAY, Accumulation, Cadence, Comparator, Kind, State

# Best first.
ORDER = {str(state): place for place, state in enumerate(JUDGED_STATES)}
# Amounts judged at once, both ends among them.
COPIES = 26


@dataclass(frozen=True)
class Wanted:
    """A cell, and the worst state that will do for it."""

    unit: str
    indicator: str
    at_least: State


@dataclass(frozen=True)
class Lift:
    """The least that has to be added to a figure, and the state it then has.

    `amount` is in the smallest unit of the indicator and negative where the figure has to fall; `in_parts`: it
    is of the numerator, the denominator as it is, and of a checklist in items; of a milestone it is the units
    still missing. `share` is its part of the whole year's work, which makes different measures comparable.
    """

    unit: str
    indicator: str
    amount: int
    state: State
    share: float
    in_parts: bool


@dataclass(frozen=True)
class _Way:
    """Where a figure can go: which column of its fact, in which direction, in what steps, and how far."""

    column: str
    sign: int
    step: int
    most: int
    whole: int


def find_lifts(board: Board, cells: pd.DataFrame, wanted: Sequence[Wanted]) -> list[Lift | None]:
    """For each cell wanted the least amount that gives at least that state; None where no amount does.

    `cells` are the board's own. A cell that is not judged, or stands as well already, has no lift; nor has a
    year's count that would have to fall, or a share whose every part already counts.
    """
    held = {(row.unit, row.indicator): row for row in records(cells[cells["is_principal"]])}
    indicators = {row.code: row for row in records(board.indicators)}
    found: list[Lift | None] = [None] * len(wanted)
    open_: list[tuple[int, Wanted, _Way]] = []
    for at, one in enumerate(wanted):
        cell = held.get((one.unit, one.indicator))
        if cell is None or cell.state not in ORDER or _will_do(cell.state, one.at_least):
            continue
        way = _way(board, cell, indicators[one.indicator])
        if way is not None and way.most > 0:
            open_.append((at, one, way))
    if not open_:
        return found
    with_children = any(held[one.unit, one.indicator].target_source == "children" for _, one, _ in open_)
    for at, lift in _search(board, open_, with_children=with_children):
        found[at] = lift
    return found


def at_next_period(board: Board) -> Board:
    """The same facts at the end of the next period of each indicator: what is asked by then.

    An indicator whose year has no further period has no data day on it.
    """
    following: dict[str, date | None] = {}
    for row in records(board.indicators):
        day = board.data_days.get(row.code)
        ends = periods_of_year(Cadence(row.cadence), board.year)
        following[row.code] = next((end for end in ends if day is not None and end > day), None)
    ends = periods_of_year(Cadence.MONTH, board.year)
    as_of = next((end for end in ends if end > board.as_of), month_end(board.year, 12))
    return replace(board, data_days=following, as_of=as_of, not_yet_due=frozenset())


def _will_do(state: str, at_least: State) -> bool:
    return ORDER.get(state, len(ORDER)) <= ORDER[at_least]


def _way(board: Board, cell: Any, indicator: Any) -> _Way | None:
    """The way a figure can be lifted; None where what is missing cannot be an amount."""
    facts = board.facts
    mine = facts[(facts["unit"] == cell.unit) & (facts["indicator"] == cell.indicator)]
    if mine.empty:
        return None
    size = 10 ** int(indicator.scale)
    numerator, denominator = (int(mine[name].fillna(0).sum()) for name in ("numerator", "denominator"))
    amount = int(mine["amount"].fillna(0).sum())
    sign = _sign(cell, indicator)
    if cell.kind == Kind.MILESTONE:
        missing = int(mine["units_owed"].sum()) - amount
        return _Way("amount", 1, 1, missing, max(missing + amount, 1))
    if denominator > 0 and (indicator.is_ratio or cell.kind == Kind.CHECKLIST):
        most = denominator - numerator if sign > 0 else numerator
        return _Way("numerator", sign, 1, most, denominator)
    step = size if indicator.is_whole else 1
    is_between = cell.comparator == Comparator.RANGE and cell.kind == Kind.KEEP and pd.notna(cell.high)
    if sign < 0:
        can_fall = indicator.accumulation == Accumulation.LATEST
        lowest = int(cell.low) if is_between else 0
        return _Way("amount", -1, step, (amount - lowest) // step if can_fall else 0, max(amount, 1))
    if is_between:
        return _Way("amount", 1, step, (int(cell.high) - amount) // step, max(int(cell.low), 1))
    base = 0 if pd.isna(cell.base) else int(cell.base)
    goal = max(abs(int(value)) for value in (cell.target, cell.target_in, 0) if pd.notna(value))
    whole = abs(goal - base) if cell.kind == Kind.LEVEL else goal
    return _Way("amount", 1, step, (goal + abs(amount) + abs(base)) // step + 2, max(whole, 1))


def _sign(cell: Any, indicator: Any) -> int:
    """1 where the figure has to grow, -1 where it has to fall."""
    if cell.comparator == Comparator.RANGE and cell.kind == Kind.KEEP and pd.notna(cell.high):
        return -1 if pd.notna(cell.actual) and cell.actual > cell.high else 1
    if cell.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return -1
    is_one_sided = cell.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    return -1 if indicator.lower_is_better and not is_one_sided else 1


def _search(
    board: Board, open_: list[tuple[int, Wanted, _Way]], *, with_children: bool
) -> list[tuple[int, Lift]]:
    """Narrow every amount down between one that does not do and one that does, all cells at once."""
    wanted = [one for _, one, _ in open_]
    probing = _Probing(board, wanted, [way for _, _, way in open_], with_children=with_children)
    low = np.zeros(len(open_), dtype=np.int64)
    high = np.array([way.most for _, _, way in open_], dtype=np.int64)
    reached: dict[int, str] = {}
    is_open = np.ones(len(open_), dtype=bool)
    while is_open.any():
        amounts = _between(low, high)
        states = probing.states(amounts)
        for row in np.flatnonzero(is_open):
            done = np.array([_will_do(state, wanted[row].at_least) for state in states[row]])
            if done[0] or not done[-1]:
                # As it stands it would do, so that another day or unit decided it; or nothing does.
                is_open[row] = False
                continue
            first = int(np.argmax(done))
            high[row], reached[int(row)] = amounts[row, first], str(states[row][first])
            low[row] = amounts[row, first - 1]
            is_open[row] = high[row] - low[row] > 1
    return [
        (at, _lift(one, way, int(high[row]), State(reached[row])))
        for row, (at, one, way) in enumerate(open_)
        if row in reached
    ]


def _between(low: Ints, high: Ints) -> Ints:
    """COPIES amounts a row from one to the other, both ends among them."""
    # Whole numbers throughout: a product of money in cents fits, a fraction would not be exact.
    return low[:, None] + (high - low)[:, None] * np.arange(COPIES)[None, :] // (COPIES - 1)


def _lift(one: Wanted, way: _Way, steps: int, state: State) -> Lift:
    amount = way.sign * way.step * steps
    return Lift(one.unit, one.indicator, amount, state, abs(amount) / way.whole, way.column == "numerator")


class _Probing:
    """A board of copies: every cell wanted once for each of COPIES amounts, as an indicator of its own."""

    def __init__(
        self, board: Board, wanted: Sequence[Wanted], ways: Sequence[_Way], *, with_children: bool
    ) -> None:
        self._wanted, self._ways = wanted, ways
        codes = [one.indicator for one in wanted]
        self._names = [[f"{row}@{at}" for at in range(COPIES)] for row in range(len(wanted))]
        roots = {one.unit for one in wanted}
        is_needed = board.units["code"].isin(roots) | (board.units["parent"].isin(roots) & with_children)
        units = board.units[is_needed].reset_index(drop=True)
        facts = board.facts[board.facts["unit"].isin(units["code"])]
        curves, is_common = board.curves, board.curves["indicator"].isna()
        own = _copied(curves[~is_common], "indicator", codes, self._names)
        self._board = replace(
            board,
            units=units,
            indicators=_copied(board.indicators, "code", codes, self._names),
            facts=_copied(facts, "indicator", codes, self._names),
            targets=_copied(board.targets, "indicator", codes, self._names),
            curves=pd.concat([curves[is_common], own], ignore_index=True),
            data_days={
                name: board.data_days.get(code)
                for code, mine in zip(codes, self._names, strict=True)
                for name in mine
            },
            not_yet_due=frozenset(),
        )
        self._places = self._first_facts()

    def states(self, amounts: Ints) -> list[list[str]]:
        """The state of each cell wanted with each of its amounts (in steps) added."""
        judged = judge(replace(self._board, facts=self._lifted(amounts)))
        judged = judged[judged["is_principal"]]
        pairs = zip(judged["unit"], judged["indicator"], strict=True)
        found = dict(zip(pairs, judged["state"], strict=True))
        return [
            [found[one.unit, name] for name in mine]
            for one, mine in zip(self._wanted, self._names, strict=True)
        ]

    def _first_facts(self) -> Ints:
        """Where the first fact of each copy stands: what is added to it is added to the cell."""
        facts = self._board.facts
        pairs = zip(facts["unit"], facts["indicator"], strict=True)
        at = {pair: place for place, pair in reversed(list(enumerate(pairs)))}
        rows = zip(self._wanted, self._names, strict=True)
        return np.array([[at[one.unit, name] for name in mine] for one, mine in rows], dtype=np.int64)

    def _lifted(self, amounts: Ints) -> pd.DataFrame:
        """The facts with the amounts added; a milestone as if all of its units had been looked at."""
        facts = self._board.facts.copy()
        for column in ("amount", "numerator"):
            added = np.zeros(len(facts), dtype=np.int64)
            for row, way in enumerate(self._ways):
                if way.column == column:
                    added[self._places[row]] = way.sign * way.step * amounts[row]
            value = facts[column].astype("Int64")
            facts[column] = value.where(value.notna() | (added == 0), 0) + added
        kinds = self._board.indicators.set_index("code")["kind"]
        is_in = facts["units_in"].to_numpy(dtype=np.int64, copy=True)
        owed = facts["units_owed"].to_numpy(dtype=np.int64)
        for row, way in enumerate(self._ways):
            if way.column == "amount" and kinds[self._names[row][0]] in OF_A_DAY:
                places = self._places[row]
                is_in[places] = np.where(amounts[row] > 0, owed[places], is_in[places])
        return facts.assign(units_in=is_in)


def _copied(
    frame: pd.DataFrame, column: str, codes: Sequence[str], names: Sequence[Sequence[str]]
) -> pd.DataFrame:
    """The rows of each code once for every name of its copies: one take, for many small ones are slow."""
    held = frame[column].to_numpy()
    at = [np.flatnonzero(held == code) for code in codes]
    places = [np.tile(mine, COPIES) for mine in at]
    named = [np.repeat(list(mine), len(own)) for mine, own in zip(names, at, strict=True)]
    return frame.iloc[np.concatenate(places)].assign(**{column: np.concatenate(named)}).reset_index(drop=True)
