"""Which version of each target holds on the data day, and which of several issuers' targets counts.

Source: metrics.md 1 ("Which target counts") and 3 (raised, lowered, corrected).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.columns import Bools, Ints, day_numbers, integers, moments, positions, true
from metrics.grid import Grid
from metrics.vocabulary import Kind, TargetChange

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
    is_raise = frame["change"].iloc[ordered].eq(str(TargetChange.RAISE)).to_numpy(dtype=bool, na_value=False)
    raised = np.isin(chain, chain[is_raise])
    begin = start[ordered]
    asked, present = _asked(frame.iloc[ordered])
    raises = {
        int(ordered[block[-1]]): steps
        for block in _blocks(chain, np.flatnonzero(raised))
        if len(steps := _steps(begin[block], asked[block], present[block], is_raise[block])) > 1
    }
    return _Latest(ordered[is_last], raises)


def _blocks(chain: Ints, places: Ints) -> list[Ints]:
    """The places grouped by chain; places come in the order of chains."""
    return np.split(places, np.flatnonzero(np.diff(chain[places])) + 1)


def _steps(begin: Ints, asked: Ints, present: Bools, is_raise: Bools) -> Raises:
    """How one chain of versions grew in the year: a raise adds from its day, any other starts anew."""
    steps: list[tuple[int, int]] = []
    for at, amount in enumerate(asked.tolist()):
        is_mended = at + 1 < len(begin) and begin[at] == begin[at + 1]
        if is_mended or not present[at]:
            continue
        # A level that falls is raised by asking for a longer way down, with the same sign; from nothing both grow.
        grows = bool(steps) and amount * steps[-1][1] >= 0 and abs(amount) > abs(steps[-1][1])
        if is_raise[at] and grows:
            steps.append((max(int(begin[at]), 0), amount))
        else:
            steps = [(0, amount)]
    return tuple(steps)


def _asked(held: pd.DataFrame) -> tuple[Ints, Bools]:
    """What the year is asked to bring: the target, of a level its way from the base."""
    low, has_low = integers(held["low"])
    base, has_base = integers(held["base"])
    is_level = held["kind"].eq(str(Kind.LEVEL)).to_numpy(dtype=bool, na_value=False)
    # What is written as a step over the base is the way itself.
    is_level = is_level & held["measured_from"].isna().to_numpy(dtype=bool)
    return np.where(is_level, low - base, low), has_low & (has_base | ~is_level)


def _principal(frame: pd.DataFrame, latest: _Latest, cell: Ints) -> Bools:
    """As marked; else the county's own breakdown; else the higher; else the one set first."""
    held, of = frame.iloc[latest.index], cell[latest.index]
    low, has_low = integers(held["low"])
    order = np.lexsort(
        (
            -integers(held["id"])[0],
            # Steps may be below nothing; what is not put in figures comes after all of them.
            np.where(has_low, low, np.iinfo(np.int64).min),
            true(held["is_breakdown"]),
            true(held["principal"]),
            of,
        )
    )
    is_best = np.append(of[order][1:] != of[order][:-1], True)
    out = np.zeros(len(order), dtype=bool)
    out[order[is_best]] = True
    return out
