"""What a report template shows beside the empty cells: target, plan, last value, and who was behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection

from data_access.directory import read_directory
from data_access.facts import read_board
from data_access.newest_reports import read_newest_reports
from data_access.scope import Scope
from intake.known import Unit
from intake.report import CellKey
from intake.stored import newest
from metrics.figures import points
from metrics.judge import judge
from metrics.periods import period_end, previous
from metrics.vocabulary import LAGGING_STATES, Cadence, Kind, State
from metrics.words import word

BEHIND = (State.SLIGHTLY_BEHIND, *LAGGING_STATES)


@dataclass(frozen=True, slots=True)
class Expected:
    """Quantities in the indicator's smallest unit by (indicator, unit); `behind` the state and gap last time."""

    target: Mapping[CellKey, int] = field(default_factory=dict)
    planned: Mapping[CellKey, int] = field(default_factory=dict)
    last: Mapping[CellKey, int] = field(default_factory=dict)
    behind: Mapping[CellKey, tuple[str, float | None]] = field(default_factory=dict)

    def behind_words(self, key: CellKey, lang: str) -> str | None:
        """Such as 滞后 −12.3个百分点; None for a figure that was not behind."""
        if key not in self.behind:
            return None
        state, gap = self.behind[key]
        said = word(State(state), "en" if lang == "en" else "zh")
        return said if gap is None else f"{said} {points(gap, 'en' if lang == 'en' else 'zh')}"


def read_expected(
    connection: Connection,
    scope: Scope,
    home: Unit,
    period: date,
    *,
    known_at: datetime | None,
    cells: pd.DataFrame | None,
) -> Expected:
    """Read what the units of a township, or the county itself, are expected to report."""
    directory = read_directory(connection, scope, day=period, known_at=known_at)
    listed = directory.indicators
    cadence = {code: Cadence(one) for code, one in zip(listed["code"], listed["cadence"], strict=True)}
    days = {code: period if period_end(one, period) == period else None for code, one in cadence.items()}
    board = read_board(
        connection,
        scope,
        directory=directory,
        year=period.year,
        as_of=period,
        known_at=known_at,
        data_days=days,
        root=home.code,
        depth="children",
    )
    target, planned = _aims(judge(board))
    periods = {one: previous(one, period) for one in Cadence}
    stored = read_newest_reports(
        connection, scope, homes=[home.code], periods=sorted(set(periods.values())), known_at=known_at
    )
    last: dict[CellKey, int] = {}
    figures = newest(stored)
    for one, day in periods.items():
        for key, held in figures[day].items():
            if cadence.get(key[0]) is one and held.value is not None:
                last[key] = held.value
    return Expected(target, planned, last, _behind(cells))


def _aims(cells: pd.DataFrame) -> tuple[dict[CellKey, int], dict[CellKey, int]]:
    target: dict[CellKey, int] = {}
    planned: dict[CellKey, int] = {}
    for row in cells[cells["is_principal"] & cells["target"].notna()].to_dict("records"):
        if row["no_task"]:
            continue
        key = (row["indicator"], row["unit"])
        target[key] = int(row["target"])
        start = 0
        if row["kind"] == Kind.LEVEL:
            if pd.isna(row["base"]):
                continue
            start = int(row["base"])
        elif row["kind"] != Kind.ACCUMULATE:
            continue
        if pd.notna(row["planned"]):
            planned[key] = round(start + (target[key] - start) * float(row["planned"]))
    return target, planned


def _behind(cells: pd.DataFrame | None) -> dict[CellKey, tuple[str, float | None]]:
    if cells is None:
        return {}
    rows = cells[cells["is_principal"] & cells["state"].isin(BEHIND)]
    return {
        (row["indicator"], row["unit"]): (row["state"], None if pd.isna(row["gap"]) else float(row["gap"]))
        for row in rows.to_dict("records")
    }
