"""The one place where boards become the cells that everybody reads: the day judged, with the periods before."""

from collections.abc import Callable

import pandas as pd

from metrics.board import Board
from metrics.judge import judge
from metrics.persistence import hangs, over_periods, periods_to_read
from metrics.rules import Rules, rules_in_force

# The board a number of periods before the day in view, 0 for the day itself.
BoardOf = Callable[[int], Board]


class Judging:
    """The cells of a day and of the periods before it, each judged with the periods before itself.

    A board is read when it is first needed, and none that no rule asks for.
    """

    def __init__(self, board_of: BoardOf, explanations: pd.DataFrame) -> None:
        """`explanations` are the accepted ones of the year (unit, indicator, period)."""
        self._board_of = board_of
        self._explanations = explanations
        self._boards: list[Board] = []
        self._of_day: list[pd.DataFrame] = []

    @property
    def board(self) -> Board:
        """The board of the day itself."""
        return self._read(0)

    @property
    def board_before(self) -> Board:
        """The board of the period before."""
        return self._read(1)

    def cells(self, back: int = 0) -> pd.DataFrame:
        """The cells of a period as they stood: by its own rules, with the periods before it."""
        board = self._read(back)
        days = [day for day in board.data_days.values() if day is not None]
        depth = periods_to_read(board.rules, [*days, board.as_of])
        self._read(back + depth)
        before = self._of_day[back + 1 : back + 1 + depth]
        return over_periods(self._of_day[back], before, board.rules, self._explanations)

    def earlier(self, rules: Rules, cells: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
        """The periods before, nearest first: as many as the lagging rule counts, and one for the rank before.

        Where a run hangs on a period without a report, one more.
        """
        held = [self.cells(back) for back in range(1, max(rules.lagging_run, 2))]
        if hangs(cells, held, rules):
            held.append(self.cells(len(held) + 1))
        return tuple(held)

    def _read(self, back: int) -> Board:
        while len(self._boards) <= back:
            board = self._board_of(len(self._boards))
            self._boards.append(board)
            self._of_day.append(judge(board))
        return self._boards[back]


def rules_of(board: Board) -> Rules:
    """The rule of the day that the figures of a board speak for, as the cells themselves have it."""
    days = [day for day in board.data_days.values() if day is not None]
    return rules_in_force(board.rules, max(days, default=board.as_of))
