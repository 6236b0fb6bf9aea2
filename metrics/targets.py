"""Which version of each target holds on the data day, and which of several issuers' targets counts.

Source: metrics.md 1 ("Which target counts") and 3 (raised, lowered, corrected).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.columns import Bools, Ints, day_numbers, integers, moments, positions, true
from metrics.grid import Grid
from metrics.target_changes import DOWNWARD
from metrics.vocabulary import Kind, MeasuredFrom, TargetChange

Raises = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Held:
    """The versions in force, one entry per (cell, issuer).

    `row` points into the board's targets; `raises` gives, for entries raised in mid-year, the day
    numbers and amounts (the amount the year began with first).
    """

    row: Ints
    cell: Ints
    is_principal: Bools
    raises: dict[int, Raises]


def targets_in_force(grid: Grid) -> Held:
    """The versions valid on each indicator's data day, in the order of cells, the principal first."""
    frame = grid.board.targets
    cell = grid.cell_of(frame["unit"], frame["indicator"])
    start = day_numbers(frame["valid_from"], grid.board.year)
    alive = np.flatnonzero((cell >= 0) & (start <= grid.measures.valid_on[cell % grid.width]))
    count = np.bincount(cell[alive], minlength=grid.all_cells)
    is_alone = count[cell[alive]] == 1
    row, principal = alive[is_alone], np.ones(int(is_alone.sum()), dtype=bool)
    raises: dict[int, Raises] = {}
    if not is_alone.all():
        several = _latest_versions(frame, alive[~is_alone], cell, start)
        row, raises = np.concatenate((row, several.index)), several.raises
        principal = np.concatenate((principal, _principal(frame, several, cell)))
    order = np.lexsort((~principal, cell[row]))
    raised = np.flatnonzero(np.isin(row[order], list(raises)))
    place = {int(row[order[at]]): int(at) for at in raised}
    return Held(
        row=row[order],
        cell=cell[row[order]],
        is_principal=principal[order],
        raises={place[source]: steps for source, steps in raises.items()},
    )


@dataclass(frozen=True)
class _Latest:
    index: Ints
    raises: dict[int, Raises]


def _latest_versions(frame: pd.DataFrame, rows: Ints, cell: Ints, start: Ints) -> _Latest:
    """The newest version of each (cell, issuer) among rows of cells that hold several."""
    held = frame.iloc[rows]
    issuer = positions(held["issuer"], pd.Index(held["issuer"].unique()))
    chain = cell[rows] * (len(rows) + 1) + issuer
    order = np.lexsort((integers(held["id"])[0], moments(held["recorded_at"]), start[rows], chain))
    ordered, chain = rows[order], chain[order]
    is_last = np.append(chain[1:] != chain[:-1], True)
    way = _asked(frame.iloc[ordered])
    raised = np.isin(chain, chain[way.is_raise])
    begin = start[ordered]
    raises = {
        int(ordered[block[-1]]): steps
        for block in _blocks(chain, np.flatnonzero(raised))
        if len(steps := _steps(begin[block], way.only(block))) > 1
    }
    return _Latest(ordered[is_last], raises)


def _blocks(chain: Ints, places: Ints) -> list[Ints]:
    """The places grouped by chain; places come in the order of chains."""
    return np.split(places, np.flatnonzero(np.diff(chain[places])) + 1)


@dataclass(frozen=True)
class _Way:
    """What each version asks the year to bring; `up` is 1 where more is asked by a higher figure, -1 by a lower."""

    asked: Ints
    present: Bools
    up: Ints
    is_raise: Bools
    is_set: Bools

    def only(self, rows: Ints) -> "_Way":
        """Those of some versions."""
        asked, present, up = self.asked[rows], self.present[rows], self.up[rows]
        return _Way(asked, present, up, self.is_raise[rows], self.is_set[rows])


def _steps(begin: Ints, way: _Way) -> Raises:
    """How one chain of versions grew in the year: a raise adds from its day, any other amount starts anew."""
    steps: list[tuple[int, int]] = []
    is_raise = False
    for at, amount in enumerate(way.asked.tolist()):
        is_same_day = at > 0 and begin[at] == begin[at - 1]
        # The same amount set once more on the day of a raise words the raise anew, and no more.
        is_worded = is_same_day and way.is_set[at] and way.present[at - 1] and amount == way.asked[at - 1]
        is_raise = is_raise if is_worded else bool(way.is_raise[at])
        is_mended = at + 1 < len(begin) and begin[at] == begin[at + 1]
        if is_mended or not way.present[at]:
            continue
        last = steps[-1][1] if steps else None
        if amount == last:
            continue
        if is_raise and last is not None and _grows(last, amount, int(way.up[at])):
            # What is kept already asks for no way: all of it is an addition.
            steps = [(0, 0)] if amount * last < 0 else steps
            steps.append((max(int(begin[at]), 0), amount))
        else:
            steps = [(0, amount)]
    return tuple(steps)


def _grows(last: int, amount: int, up: int) -> bool:
    """Whether more is asked. A level that falls is raised by a longer way down; from nothing both grow."""
    return abs(amount) > abs(last) if amount * last >= 0 else amount * up > 0


def _asked(held: pd.DataFrame) -> _Way:
    """What the year is asked to bring: the target, of a level its way from the base, of no task nothing."""
    low, has_low = integers(held["low"])
    base, has_base = integers(held["base"])
    is_level = held["kind"].eq(str(Kind.LEVEL)).to_numpy(dtype=bool, na_value=False)
    # What is written as a step over the base is the way itself.
    is_level = is_level & held["measured_from"].isna().to_numpy(dtype=bool)
    has_none = true(held["no_task"])
    change = held["change"]
    return _Way(
        asked=np.where(has_none, 0, np.where(is_level, low - base, low)),
        present=has_none | (has_low & (has_base | ~is_level)),
        up=np.where(held["comparator"].isin([str(each) for each in DOWNWARD]), -1, 1),
        is_raise=change.eq(str(TargetChange.RAISE)).to_numpy(dtype=bool, na_value=False),
        is_set=change.eq(str(TargetChange.SET)).to_numpy(dtype=bool, na_value=False),
    )


def _principal(frame: pd.DataFrame, latest: _Latest, cell: Ints) -> Bools:
    """As marked; else the county's own breakdown; else the higher; else the one set first."""
    held, of = frame.iloc[latest.index], cell[latest.index]
    low, has_low = integers(held["low"])
    # A step over a base is as high as the two together.
    is_step = held["measured_from"].eq(str(MeasuredFrom.BASE)).to_numpy(dtype=bool, na_value=False)
    base = np.where(is_step, integers(held["base"])[0], 0)
    order = np.lexsort(
        (
            -integers(held["id"])[0],
            # Steps may be below nothing; what is not put in figures comes after all of them.
            np.where(has_low, low + base, np.iinfo(np.int64).min),
            true(held["is_breakdown"]),
            true(held["principal"]),
            of,
        )
    )
    is_best = np.append(of[order][1:] != of[order][:-1], True)
    out = np.zeros(len(order), dtype=bool)
    out[order[is_best]] = True
    return out
