"""A small county to write facts into: 2 townships of 2 villages, one indicator of each accumulation."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine

from data_access.engine import write
from data_access.records import (
    DepartmentRecord,
    IndicatorRecord,
    ReportRecord,
    SubmissionRecord,
    TargetRecord,
    UnitRecord,
)
from data_access.snapshots import Heading, Snapshot
from data_access.writes import Record, Written, move_submission, record_submission, write_records
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Comparator,
    Kind,
    Level,
    SubmissionState,
)

COUNTY = "990521"
NORTH, SOUTH = "990521101", "990521102"
VILLAGES = {NORTH: ("990521101201", "990521101202"), SOUTH: ("990521102201", "990521102202")}
START = date(2025, 1, 1)
SET_UP = datetime(2025, 1, 5, tzinfo=UTC)
COUNT, RATE = "count", "rate"


def moment(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def unit(code: str, level: Level, parent: str | None, **changes: Any) -> UnitRecord:
    made = UnitRecord(code, level, parent, f"单位{code[-3:]}", "镇", int(code[-3:]), START)
    return replace(made, **changes)


def units() -> list[UnitRecord]:
    made = [unit(COUNTY, Level.COUNTY, None)]
    for township, villages in VILLAGES.items():
        made.append(unit(township, Level.TOWNSHIP, COUNTY))
        made += [unit(village, Level.VILLAGE, township) for village in villages]
    return made


def indicator(code: str, **changes: Any) -> IndicatorRecord:
    made = IndicatorRecord(
        code=code,
        name=f"指标{code}",
        short_name=code[:4],
        field="产业",
        measure="户",
        scale=0,
        kind=Kind.ACCUMULATE,
        lower_is_better=False,
        accumulation=Accumulation.INCREMENT,
        cadence=Cadence.MONTH,
        due_day=5,
        level_reported=Level.VILLAGE,
        is_key=True,
        is_whole=True,
        is_ratio=False,
        definition="口径",
        source="文件",
        sort=1,
        valid_from=START,
        lead="D01",
    )
    return replace(made, **changes)


def target(code: str, of: str, low: int | None, **changes: Any) -> TargetRecord:
    made = TargetRecord(
        indicator=code,
        unit=of,
        year=2026,
        issuer="县",
        is_breakdown=True,
        kind=Kind.ACCUMULATE,
        comparator=Comparator.AT_LEAST,
        low=low,
        deadline=date(2026, 12, 31),
        valid_from=date(2026, 1, 1),
    )
    return replace(made, **changes)


def report(code: str, of: str, period: date, value: int | None, **changes: Any) -> ReportRecord:
    made = ReportRecord(code, of, of[:9], period, value)
    return replace(made, **changes)


def basics() -> list[Record]:
    return [
        *units(),
        DepartmentRecord("D01", "县农业农村局", "农业", 1),
        DepartmentRecord("D02", "县水利局", "水利", 2),
    ]


def put(engine: Engine, *records: Record, at: datetime = SET_UP, **more: Any) -> Written:
    with write(engine) as connection:
        return write_records(connection, COUNTY, records, recorded_at=at, author="测试", **more)


def hand_in(
    connection: Connection,
    records: Iterable[Record],
    *,
    at: datetime,
    state: SubmissionState = SubmissionState.ACCEPTED,
    of: str = NORTH,
    period: date | None = None,
) -> int:
    """Hand in reports as one submission and bring it to a state; gives its id."""
    record = SubmissionRecord(of, "report", period, "月报.xlsx", "0" * 64, "0" * 64, "信息员", at)
    made = record_submission(
        connection, COUNTY, record, recorded_at=at, state=SubmissionState.SUBMITTED, actor="信息员"
    )
    write_records(connection, COUNTY, records, recorded_at=at, author="信息员", submission=made)
    if state is not SubmissionState.SUBMITTED:
        move_submission(connection, COUNTY, made, state, actor="审核员", at=at)
    return made


def hand_in_now(engine: Engine, records: Iterable[Record], **more: Any) -> int:
    with write(engine) as connection:
        return hand_in(connection, records, **more)


def kept_snapshot(number: int, *, root: str = COUNTY, known_at: datetime, link: str = "c") -> Snapshot:
    """A snapshot as its row has it; nobody asks here whether its marks are those of any content."""
    heading = Heading(
        county=COUNTY,
        number=number,
        root=root,
        year=2026,
        as_of=date(2026, 5, 31),
        known_at=known_at,
        recorded_at=known_at,
        author="王文",
        occasion="by_hand",
        version="1",
        formulas="f" * 64,
    )
    return Snapshot(heading, "a" * 64, "b" * 64, link * 64)
