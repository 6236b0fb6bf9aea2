"""The periods before reach every reader alike, and no more of them are read than the rule asks for."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from briefing import load as loading
from briefing.courses import periods_of
from briefing.load import Briefing, Frame, load, load_below
from briefing.preview import Drafted, preview
from briefing.ranking import ranking
from briefing.villages import judge_villages
from data_access.engine import read
from data_access.records import RuleRecord
from data_access.scope import Scope
from metrics.rules import DEFAULT_CONTENT
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
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

NOW = datetime(2026, 7, 1, tzinfo=UTC)
# Running totals of each village of 60 a year: on plan in February, behind in March, April and May.
DONE = {1: 5, 2: 5, 3: 0, 4: 0, 5: 1}


@pytest.fixture
def county(engine: Engine) -> Engine:
    every = [village for held in VILLAGES.values() for village in held]
    put(
        engine,
        *basics(),
        indicator(COUNT, is_whole=False),
        *(target(COUNT, village, 60) for village in every),
        *(target(COUNT, town, 120) for town in (NORTH, SOUTH)),
    )
    for month, value in DONE.items():
        day = date(2026, month, 28 if month == 2 else 31 if month != 4 else 30)
        for town, villages in VILLAGES.items():
            reports = [report(COUNT, village, day, value) for village in villages]
            hand_in_now(engine, reports, at=moment(month + 1, 2), of=town, period=day)
    return engine


def issue(engine: Engine, number: str, day: date, **sections: Any) -> None:
    record = RuleRecord(number, "督查办法", {**DEFAULT_CONTENT, **sections}, day)
    put(engine, record, at=moment(1, 9))


def frame(day: date) -> Frame:
    return Frame(Scope.whole(COUNTY), 2026, day, None, NOW)


def state(held: Briefing, unit: str = NORTH) -> str:
    return str(held.cells.loc[held.cells["unit"] == unit, "state"].iloc[0])


APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)


def test_every_reader_is_told_the_same_of_the_periods_before(county: Engine) -> None:
    issue(county, "县〔2026〕1号", date(2026, 1, 1), persistence={"periods": 3})
    with read(county) as connection:
        april, may = (load(connection, frame(day)) for day in (APRIL, MAY))
        villages = judge_villages(connection, may)
        below = load_below(connection, may, NORTH)
        course = periods_of(connection, may, NORTH, COUNT)
    assert (state(april), state(may)) == ("on_plan", "slightly_behind")
    by_period = dict(zip(course["data_day"], course["state"], strict=True))
    assert (by_period[APRIL], by_period[MAY]) == (state(april), state(may))
    assert set(course.loc[course["data_day"] == APRIL, "why"]) == {"held"}
    assert state(may.__class__(**{**_plain(may), "cells": may.earlier[0]})) == state(april)
    village = VILLAGES[NORTH][0]
    assert state(below, village) == state(may)
    assert set(villages.cells["state"]) == {state(may)}


def _plain(held: Briefing) -> dict[str, Any]:
    return {
        name: value
        for name, value in held.__dict__.items()
        if name in Briefing.__dataclass_fields__ and name != "kept"
    }


@pytest.mark.parametrize(
    ("sections", "boards"),
    [({}, 3), ({"persistence": {"periods": 2}}, 5), ({"escalation": {"after_periods": 3}}, 6)],
)
def test_no_more_periods_are_read_than_the_rule_asks_for(
    county: Engine, monkeypatch: pytest.MonkeyPatch, sections: dict[str, Any], boards: int
) -> None:
    issue(county, "县〔2026〕1号", date(2026, 1, 1), **sections)
    asked = []
    plain = loading.read_board
    monkeypatch.setattr(
        loading, "read_board", lambda *args, **given: asked.append(1) or plain(*args, **given)
    )
    with read(county) as connection:
        load(connection, frame(MAY))
    assert len(asked) == boards


def test_a_preview_says_what_the_page_shows_once_the_document_is_recorded(county: Engine) -> None:
    issue(county, "县〔2026〕1号", date(2026, 1, 1))
    sections = {"gap_points": {"behind": -5, "far_behind": -12}, "persistence": {"periods": 2}}
    drafted = Drafted("县〔2026〕2号", "从严", {**DEFAULT_CONTENT, **sections}, APRIL)
    with read(county) as connection:
        before = load(connection, frame(MAY))
        found = preview(connection, judge_villages(connection, before), drafted, NOW)
    issue(county, drafted.number, drafted.valid_from, **sections)
    with read(county) as connection:
        after, march = load(connection, frame(MAY)), load(connection, frame(date(2026, 3, 31)))
        villages = judge_villages(connection, after)
    assert found.is_in_force
    told = {row.unit: row.state_after for held in found.levels for row in held.cells.itertuples()}
    shown = dict(zip(after.cells["unit"], after.cells["state"], strict=True))
    shown |= dict(zip(villages.cells["unit"], villages.cells["state"], strict=True))
    assert told and all(shown[unit] == after_state for unit, after_state in told.items())
    assert state(march) == state_of_march(before)


def state_of_march(before: Briefing) -> str:
    return state(before.__class__(**{**_plain(before), "cells": before.earlier[1]}))


def test_a_draft_of_a_later_day_leaves_the_periods_before_to_their_own_rules(county: Engine) -> None:
    issue(county, "县〔2026〕1号", date(2026, 1, 1))
    strict = {"gap_points": {"behind": -1, "far_behind": -2}}
    drafted = Drafted("县〔2026〕2号", "从严", {**DEFAULT_CONTENT, **strict}, date(2026, 12, 1))
    with read(county) as connection:
        before = load(connection, frame(MAY))
        found = preview(connection, judge_villages(connection, before), drafted, NOW)
    township = found.levels[1]
    assert not found.is_in_force and len(township.cells) == 2 and township.judged == 2
    assert set(township.cells["state_after"]) == {"far_behind"}
    assert found.ranks.empty
    assert [flag.unit for flag in township.flagged] == [NORTH, SOUTH] and not township.unflagged


def test_peer_groups_rank_apart(county: Engine) -> None:
    issue(county, "县〔2026〕1号", date(2026, 1, 1), peer_groups=["乡", "镇"])
    with read(county) as connection:
        rows = ranking(load(connection, frame(MAY)))
    assert list(rows["group"]) == ["镇", "镇"] and list(rows["rank"]) == [1, 1]


def test_a_preview_tells_whose_rank_would_be_another(county: Engine) -> None:
    """Both townships are 镇 and share the first rank; grouped they rank apart, a stricter gate moves nobody."""
    issue(county, "县〔2026〕1号", date(2026, 1, 1))
    drafted = Drafted("县〔2026〕2号", "分组", {**DEFAULT_CONTENT, "peer_groups": ["镇"]}, APRIL)
    gated = Drafted("县〔2026〕3号", "门槛", {**DEFAULT_CONTENT, "reporting_gate_percent": 100}, APRIL)
    with read(county) as connection:
        villages = judge_villages(connection, load(connection, frame(MAY)))
        moved = preview(connection, villages, drafted, NOW).ranks
        same = preview(connection, villages, gated, NOW).ranks
    assert list(moved["unit"]) == [NORTH, SOUTH]
    assert list(moved["group_before"]) == ["", ""] and list(moved["group_after"]) == ["镇", "镇"]
    assert list(moved["rank_before"]) == list(moved["rank_after"]) == [1, 1]
    assert same.empty
