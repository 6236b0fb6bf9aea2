"""What is stored, as lookups that rows of a workbook are compared with."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from data_access.records import TargetRecord
from intake.breakdown import TargetKey
from intake.report import CellKey, Held
from metrics.vocabulary import Comparator, Force, Kind, MeasuredFrom, Quality, TargetChange

Row = dict[str, Any]


class Aim(NamedTuple):
    """The target that a reported figure is checked against."""

    kind: Kind
    low: int | None


def rows(frame: pd.DataFrame) -> Iterator[Row]:
    """The rows of a frame with None for what is missing; many times quicker than asking cell by cell."""
    if frame.empty:
        return iter(())
    names = list(frame.columns)
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in names]
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def newest(frame: pd.DataFrame) -> dict[date, dict[CellKey, Held]]:
    """The stored figures by period, then by indicator and unit."""
    found: dict[date, dict[CellKey, Held]] = defaultdict(dict)
    for row in rows(frame):
        found[row["period"]][row["indicator"], row["unit"]] = Held(
            row["value"],
            row["high"],
            row["numerator"],
            row["denominator"],
            Quality(row["quality"]),
            row["text"],
        )
    return found


def targets_held(frame: pd.DataFrame, year: int, day: date) -> dict[TargetKey, TargetRecord]:
    """The version in force on a day of each issuer's target, from rows of board.TARGET_COLUMNS."""
    return {key: _target(row, year) for key, row in _in_force(frame, day).items()}


def versions_held(frame: pd.DataFrame, year: int) -> dict[TargetKey, list[TargetRecord]]:
    """Every version of each issuer's target in the order in which they hold, from rows of board.TARGET_COLUMNS."""
    held: dict[TargetKey, list[TargetRecord]] = defaultdict(list)
    for row in sorted(rows(frame), key=_place):
        held[row["indicator"], row["unit"], row["issuer"]].append(_target(row, year))
    return dict(held)


def principal_aims(frame: pd.DataFrame, day: date) -> dict[CellKey, Aim]:
    """Of each unit and indicator the target that counts: as marked, else the county's own, else the higher."""
    best: dict[CellKey, Row] = {}
    for row in _in_force(frame, day).values():
        key = (row["indicator"], row["unit"])
        if key not in best or _rank(row) > _rank(best[key]):
            best[key] = row
    return {key: _aim(row) for key, row in best.items() if not row["no_task"]}


def _aim(row: Row) -> Aim:
    """A step from something is no figure that a report could be set beside."""
    return Aim(Kind(row["kind"]), None if row["measured_from"] else row["low"])


def _in_force(frame: pd.DataFrame, day: date) -> dict[TargetKey, Row]:
    chosen: dict[TargetKey, Row] = {}
    for row in rows(frame):
        key = (row["indicator"], row["unit"], row["issuer"])
        if row["valid_from"] <= day and (key not in chosen or _place(row) > _place(chosen[key])):
            chosen[key] = row
    return chosen


def _place(row: Row) -> tuple[Any, ...]:
    return row["valid_from"], row["recorded_at"], row["id"]


def _rank(row: Row) -> tuple[bool, bool, int]:
    return bool(row["principal"]), row["is_breakdown"], -1 if row["low"] is None else row["low"]


def _target(row: Row, year: int) -> TargetRecord:
    return TargetRecord(
        indicator=row["indicator"],
        unit=row["unit"],
        year=year,
        issuer=row["issuer"],
        is_breakdown=row["is_breakdown"],
        kind=Kind(row["kind"]),
        comparator=Comparator(row["comparator"]),
        low=row["low"],
        deadline=row["deadline"],
        valid_from=row["valid_from"],
        high=row["high"],
        base=row["base"],
        measured_from=MeasuredFrom(row["measured_from"]) if row["measured_from"] else None,
        reference=row["reference"],
        minimum=row["minimum"],
        no_task=row["no_task"],
        force=Force(row["force"]),
        principal=row["principal"],
        change=TargetChange(row["change"]),
        text=row["text"],
        document=row["document"],
        reason=row["reason"],
    )
