"""Judging 1 000 000 cells against ten group-bys of the judged frame.

The cells are the demo county's villages on its own day, the same county again and again under other codes.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from benchmarks.county import database
from benchmarks.results import Result, milliseconds, show
from briefing.load import Frame, boards, data_days, load
from data_access.engine import make_engine, read
from data_access.reads import counties, read_setting
from data_access.scope import Scope
from metrics.board import Board
from metrics.judge import judge
from tests.served import sqlite_url

CELLS = 1_000_000
GROUP_BYS = 10
FIGURES = ["target", "actual", "completion", "planned", "gap"]


def demo_villages() -> Board:
    """The board of all villages of the demo county on the day its screens open on."""
    with read(make_engine(sqlite_url(database()))) as connection:
        county = counties(connection)[0]
        day = datetime.fromisoformat(str(read_setting(connection, county, "clock.as_of"))).date()
        frame = Frame(Scope.whole(county), day.year, day, None, datetime(day.year + 1, 1, 1, tzinfo=UTC))
        directory = load(connection, frame).directory
        return boards(connection, frame, directory, data_days(directory, frame), county, "villages")(0)


def repeated(board: Board, times: int) -> Board:
    """The same board many times side by side, each time under unit codes of its own."""
    return replace(
        board,
        units=_copies(board.units, times, ("code", "parent", "township")),
        facts=_copies(board.facts, times, ("unit", "plan_key")),
        targets=_copies(board.targets, times, ("unit",)),
        curves=pd.concat(
            [
                board.curves[board.curves["unit"].isna()],
                _copies(board.curves[board.curves["unit"].notna()], times, ("unit",)),
            ],
            ignore_index=True,
        ),
    )


def _copies(frame: pd.DataFrame, times: int, codes: tuple[str, ...]) -> pd.DataFrame:
    copies = []
    for number in range(times):
        renamed = {code: _renamed(frame[code], number) for code in codes if code in frame}
        copies.append(frame.assign(**renamed))
    return pd.concat(copies, ignore_index=True)


def _renamed(codes: "pd.Series", number: int) -> "pd.Series":
    return codes.where(codes.isna() | (codes == ""), codes + f"-{number}")


def group_by(cells: pd.DataFrame) -> object:
    """One pandas group-by of the judged frame, with pandas' own settings: five figures summed."""
    return cells.groupby(["unit", "indicator"])[FIGURES].sum()


def cpu_seconds(act: Callable[[], object]) -> float:
    """Best of three in seconds of processor time: both run on one core, and others may use the machine."""
    times = []
    for _ in range(3):
        started = time.process_time()
        act()
        times.append(time.process_time() - started)
    return min(times)


def main() -> bool:
    """Measure and print. Whether the limit held."""
    village = demo_villages()
    each = len(village.units) * len(village.indicators)
    board = repeated(village, -(-CELLS // each))
    cells = judge(board)
    seconds = cpu_seconds(lambda: judge(board))
    one = cpu_seconds(lambda: group_by(cells))
    ratio = seconds / one
    return show(
        "Judging",
        [
            Result(
                f"{len(cells):,} cells judged, of processor time",
                f"{milliseconds(seconds)}; one group-by {milliseconds(one)}; ratio {ratio:.1f}",
                f"≤ {GROUP_BYS} group-bys",
                ratio <= GROUP_BYS,
            )
        ],
    )


if __name__ == "__main__":
    main()
