"""What a target or a plan curve would change before it is written: the same board judged with the draft on it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from briefing.judging import BoardOf
from briefing.load import Briefing, judging_of
from data_access.documents import CURVES, TARGETS
from data_access.frames import Columns, frame
from data_access.records import CurveRecord, TargetRecord
from metrics.board import Board


@dataclass(frozen=True)
class Drafts:
    """Documents not written yet, as if they had been recorded at a moment."""

    recorded_at: datetime
    targets: tuple[TargetRecord, ...] = ()
    curves: tuple[CurveRecord, ...] = ()

    def on(self, board: Board) -> Board:
        """The board with the drafts as its newest versions."""
        return replace(board, targets=self.with_targets(board.targets), curves=self.with_curves(board.curves))

    def with_targets(self, held: pd.DataFrame) -> pd.DataFrame:
        """The targets of a board and the drafted ones."""
        return _with(held, [self._row(record, TARGETS) for record in self.targets], TARGETS)

    def with_curves(self, held: pd.DataFrame) -> pd.DataFrame:
        """The curves of a board and the drafted ones."""
        return _with(held, [self._row(record, CURVES) for record in self.curves], CURVES)

    def _row(self, record: TargetRecord | CurveRecord, columns: Columns) -> dict[str, Any]:
        said = {name: getattr(record, name) for name in columns if name not in ("id", "recorded_at")}
        if isinstance(record, CurveRecord):
            said["points"] = json.dumps([list(point) for point in record.points])
        return said | {"recorded_at": self.recorded_at}


def tried(connection: Connection, briefing: Briefing, drafts: Drafts) -> pd.DataFrame:
    """The cells of a briefing as they would be with the drafts, the periods before it included."""

    def drafted(board_of: BoardOf) -> BoardOf:
        return lambda back: drafts.on(board_of(back))

    return judging_of(connection, briefing, briefing.root, draft=drafted).cells()


def _with(held: pd.DataFrame, rows: Iterable[dict[str, Any]], columns: Columns) -> pd.DataFrame:
    first = int(held["id"].max()) + 1 if len(held) else 1
    numbered = [row | {"id": first + place} for place, row in enumerate(rows)]
    if not numbered:
        return held
    drafted = frame([[row[name] for name in columns] for row in numbered], columns)
    return drafted if held.empty else pd.concat([held, drafted[list(held)]], ignore_index=True)
