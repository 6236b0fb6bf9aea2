"""How much more lifts a cell to a better state, found by judging: by the very tests that give the state.

No threshold is read here. A cell is copied onto a board of its own many times over, each copy with a little more
done, and the board is judged: the least amount that gives the state wanted is the answer, whatever rule, curve,
comparator or whole thing decided it. One unit less was judged as well, and does not.
"""

from collections.abc import Mapping, Sequence
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
PROBES = 24


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
    is_first = True
    while is_open.any():
        amounts = _between(low, high, with_ends=is_first)
        states = probing.states(amounts)
        for row in np.flatnonzero(is_open):
            done = np.array([_will_do(state, wanted[row].at_least) for state in states[row]])
            if is_first and (done[0] or not done[-1]):
                # As it stands it would do, so that another day or unit decided it; or nothing does.
                is_open[row] = False
                continue
            first = int(np.argmax(done)) if done.any() else len(done)
            if first < len(done):
                high[row], reached[int(row)] = amounts[row, first], str(states[row][first])
            low[row] = amounts[row, first - 1] if first > 0 else low[row]
            is_open[row] = high[row] - low[row] > 1
        is_first = False
    return [
        (at, _lift(one, way, int(high[row]), State(reached[row])))
        for row, (at, one, way) in enumerate(open_)
        if row in reached
    ]


def _between(low: Ints, high: Ints, *, with_ends: bool) -> Ints:
    """Amounts between two, rising: PROBES of them a row, both ends besides where they were not judged yet."""
    parts = np.arange(0, PROBES + 2)[1 - with_ends : PROBES + 1 + with_ends]
    # Whole numbers throughout: a product of money in cents fits, a fraction would not be exact.
    return low[:, None] + (high - low)[:, None] * parts[None, :] // (PROBES + 1)


def _lift(one: Wanted, way: _Way, steps: int, state: State) -> Lift:
    amount = way.sign * way.step * steps
    return Lift(one.unit, one.indicator, amount, state, abs(amount) / way.whole, way.column == "numerator")


class _Probing:
    """A board of copies: every cell wanted once for each amount, as an indicator of its own."""

    def __init__(
        self, board: Board, wanted: Sequence[Wanted], ways: Sequence[_Way], *, with_children: bool
    ) -> None:
        self._board, self._wanted, self._ways = board, wanted, ways
        roots = {one.unit for one in wanted}
        units = board.units
        is_needed = units["code"].isin(roots) | (units["parent"].isin(roots) & with_children)
        self._units = units[is_needed].reset_index(drop=True)
        self._facts = board.facts[board.facts["unit"].isin(self._units["code"])]
        self._common_curves = board.curves[board.curves["indicator"].isna()]

    def states(self, amounts: Ints) -> list[list[str]]:
        """The state of each cell wanted with each of its amounts (in steps) added."""
        count = amounts.shape[1]
        names = [[f"{row}@{at}" for at in range(count)] for row in range(len(self._wanted))]
        codes = [one.indicator for one in self._wanted]
        facts = [self._lifted(row, names[row], amounts[row]) for row in range(len(codes))]
        curves = self._board.curves[self._board.curves["indicator"].notna()]
        board = replace(
            self._board,
            units=self._units,
            indicators=_copied(self._board.indicators, "code", codes, names),
            facts=pd.concat(facts, ignore_index=True),
            targets=_copied(self._board.targets, "indicator", codes, names),
            curves=pd.concat(
                [self._common_curves, _copied(curves, "indicator", codes, names)], ignore_index=True
            ),
            data_days={
                name: self._board.data_days.get(code)
                for code, mine in zip(codes, names, strict=True)
                for name in mine
            },
            not_yet_due=frozenset(),
        )
        judged = judge(board)
        judged = judged[judged["is_principal"]]
        found: Mapping[tuple[str, str], str] = dict(
            zip(zip(judged["unit"], judged["indicator"], strict=True), judged["state"], strict=True)
        )
        return [
            [found[one.unit, name] for name in mine] for one, mine in zip(self._wanted, names, strict=True)
        ]

    def _lifted(self, row: int, names: list[str], amounts: Ints) -> pd.DataFrame:
        """The facts of one cell wanted, copied with its amounts; of a milestone as if all had been looked at."""
        one, way = self._wanted[row], self._ways[row]
        mine = self._facts[self._facts["indicator"] == one.indicator]
        copies = mine.iloc[np.tile(np.arange(len(mine)), len(names))].reset_index(drop=True)
        copies = copies.assign(indicator=np.repeat(names, len(mine)))
        first = int(np.argmax((mine["unit"] == one.unit).to_numpy()))
        at = first + len(mine) * np.arange(len(names))
        added = np.zeros(len(copies), dtype=np.int64)
        added[at] = way.sign * way.step * amounts
        value = copies[way.column].astype("Int64")
        copies[way.column] = value.where(value.notna() | (added == 0), 0) + added
        kind = self._board.indicators.set_index("code").at[one.indicator, "kind"]
        if kind in OF_A_DAY and way.column == "amount":
            is_in = copies["units_in"].to_numpy(dtype=np.int64, copy=True)
            owed = copies["units_owed"].to_numpy(dtype=np.int64)
            is_in[at] = np.where(added[at] > 0, owed[at], is_in[at])
            copies["units_in"] = is_in
        return copies


def _copied(
    frame: pd.DataFrame, column: str, codes: Sequence[str], names: Sequence[Sequence[str]]
) -> pd.DataFrame:
    """The rows of each code once for every name of its copies."""
    parts = []
    for code, mine in zip(codes, names, strict=True):
        rows = frame[frame[column] == code]
        copies = rows.iloc[np.tile(np.arange(len(rows)), len(mine))]
        parts.append(copies.assign(**{column: np.repeat(list(mine), len(rows))}))
    return pd.concat(parts, ignore_index=True)
