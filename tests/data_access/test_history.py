"""Every version of a target and of a curve, with who recorded it; and days before a version keep the one before."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.facts import read_board
from data_access.history import CURVE_VERSIONS, TARGET_VERSIONS, read_curve_versions, read_target_versions
from data_access.records import CurveRecord
from data_access.scope import Scope
from metrics.columns import records
from metrics.judge import judge
from metrics.vocabulary import Level, TargetChange
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    RATE,
    SOUTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
)

WHOLE = Scope.whole(COUNTY)
JULY, SEPTEMBER = date(2026, 7, 1), date(2026, 9, 30)
STRAIGHT = CurveRecord("均衡", "linear", (("12-31", 1.0),), date(2025, 1, 1))
LATE = CurveRecord(
    "汛后", "linear", (("06-30", 0.2), ("12-31", 1.0)), JULY, indicator=COUNT, document="云农〔2026〕9号"
)
OWN = replace(LATE, name="高寒", unit=NORTH, year=2026, reason="解冻晚", valid_from=date(2026, 8, 1))
RAISED = target(
    COUNT,
    NORTH,
    180,
    change=TargetChange.RAISE,
    valid_from=date(2026, 8, 31),
    document="云办〔2026〕20号",
    reason="省里追加",
)


@pytest.fixture
def county(engine: Engine) -> Engine:
    """Two townships that report themselves; a curve and a raise come in the course of the year."""
    by_town = {"level_reported": Level.TOWNSHIP}
    put(engine, *basics(), indicator(COUNT, **by_town), indicator(RATE, **by_town), STRAIGHT)
    put(engine, *(target(COUNT, town, 120) for town in VILLAGES), target(RATE, NORTH, 5))
    return engine


@pytest.fixture
def reported(county: Engine) -> Engine:
    """The same with 10 a month of each."""
    for month in range(1, 10):
        day = (pd.Timestamp(2026, month, 1) + pd.offsets.MonthEnd(0)).date()
        reports = [report(COUNT, town, day, 10) for town in VILLAGES]
        hand_in_now(county, reports, at=moment(month + 1, 2), period=day)
    return county


def planned(engine: Engine, day: date, known_at: datetime | None = None) -> dict[str, tuple[str, float, int]]:
    """Curve, planned share and target of each township on a data day."""
    with read(engine) as connection:
        directory = read_directory(connection, WHOLE, day=day, known_at=known_at)
        board = read_board(
            connection,
            WHOLE,
            directory=directory,
            year=2026,
            as_of=day,
            known_at=known_at,
            data_days={COUNT: day},
            root=COUNTY,
            depth="children",
        )
    cells = judge(board)
    held = cells[(cells["indicator"] == COUNT) & cells["unit"].isin(list(VILLAGES))]
    return {row.unit: (row.curve, round(row.planned, 4), row.target) for row in records(held)}


def month_ends() -> list[date]:
    return [(pd.Timestamp(2026, month, 1) + pd.offsets.MonthEnd(0)).date() for month in range(1, 10)]


def test_past_days_keep_their_curve_and_their_target(reported: Engine) -> None:
    """What is written from a day on changes no day before it; and the moment before knows nothing of it."""
    county = reported
    before = {day: planned(county, day) for day in month_ends()}
    put(county, LATE, OWN, RAISED, at=moment(9, 5))
    after = {day: planned(county, day) for day in month_ends()}
    for day in month_ends():
        if day < JULY:
            assert after[day] == before[day]
        assert planned(county, day, moment(9, 4)) == before[day]
    share = round(0.2 + 0.8 * 31 / 184, 4)
    assert after[date(2026, 7, 31)] == {NORTH: ("汛后", share, 120), SOUTH: ("汛后", share, 120)}
    august = after[date(2026, 8, 31)]
    assert august[SOUTH][0] == "汛后" and august[NORTH][0] == "高寒"
    assert august[NORTH][2] == 180 and august[SOUTH][2] == 120
    whole = 0.2 + 0.8 * 62 / 184
    assert august[NORTH][1] == round(120 * whole / 180, 4)
    now = 0.2 + 0.8 * 92 / 184
    rest = (now - whole) / (1 - whole)
    assert after[SEPTEMBER][NORTH][1] == round((120 * now + 60 * rest) / 180, 4)


def test_every_version_of_a_target_says_who_why_and_when(county: Engine) -> None:
    put(county, RAISED, at=moment(9, 5))
    with read(county) as connection:
        held = read_target_versions(connection, WHOLE, year=2026, indicator=COUNT)
        known = read_target_versions(connection, WHOLE, year=2026, indicator=COUNT, known_at=moment(9, 4))
        other_year = read_target_versions(connection, WHOLE, year=2025, indicator=COUNT)
    assert held[0]._fields == TARGET_VERSIONS
    assert {row.indicator for row in held} == {COUNT}
    mine = [row for row in held if row.unit == NORTH]
    assert [(row.low, row.change) for row in mine] == [(120, "set"), (180, "raise")]
    assert (mine[1].document, mine[1].reason) == ("云办〔2026〕20号", "省里追加")
    assert (mine[1].author, mine[1].recorded_at) == ("测试", moment(9, 5))
    assert len(known) == 2 and not other_year


def test_every_version_of_a_curve_says_who_why_and_when(county: Engine) -> None:
    put(county, LATE, OWN, replace(OWN, year=2025, valid_from=date(2025, 2, 1)), at=moment(9, 5))
    with read(county) as connection:
        held = read_curve_versions(connection, WHOLE, year=2026)
        known = read_curve_versions(connection, WHOLE, year=2026, known_at=moment(9, 4))
    assert held[0]._fields == CURVE_VERSIONS
    rows: list[Any] = list(held)
    assert [(row.name, row.indicator, row.unit, row.year) for row in rows] == [
        ("均衡", None, None, None),
        ("汛后", COUNT, None, None),
        ("高寒", COUNT, NORTH, 2026),
    ]
    assert (rows[2].reason, rows[2].document, rows[2].author) == ("解冻晚", "云农〔2026〕9号", "测试")
    assert [row.name for row in known] == ["均衡"]


def test_a_reader_of_one_township_sees_its_versions_only(county: Engine) -> None:
    put(county, LATE, OWN, replace(OWN, unit=SOUTH), at=moment(9, 5))
    scope = Scope.of(COUNTY, units=[NORTH])
    with read(county) as connection:
        targets = read_target_versions(connection, scope, year=2026, indicator=COUNT)
        curves = read_curve_versions(connection, scope, year=2026)
    assert {row.unit for row in targets} == {NORTH}
    assert [(row.name, row.unit) for row in curves] == [
        ("均衡", None),
        ("汛后", None),
        ("高寒", NORTH),
    ]
