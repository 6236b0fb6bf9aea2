"""What a board holds: acceptance, moments of knowledge, the tree of the day, words beside figures."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read, write
from data_access.errors import DatabaseEmpty, NothingKnown, OutOfScope
from data_access.facts import read_board
from data_access.reads import find_units, read_reporting, read_submissions
from data_access.records import ChecklistMarkRecord, CurveRecord, RuleRecord, WorkdayRecord
from data_access.scope import Scope
from data_access.writes import move_submission
from metrics.board import CURVE_COLUMNS, FACT_COLUMNS, RULE_COLUMNS, TARGET_COLUMNS, UNIT_COLUMNS, Board
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Kind,
    Layer,
    Level,
    Quality,
    SubmissionState,
    TargetChange,
)
from tests.data_access.county import (
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
    unit,
)

WHOLE = Scope.whole(COUNTY)
FIRST, SECOND = VILLAGES[NORTH]
THIRD, FOURTH = VILLAGES[SOUTH]
EVERY = (FIRST, SECOND, THIRD, FOURTH)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
LATEST = {"accumulation": Accumulation.LATEST}


@pytest.fixture
def county(engine: Engine) -> Engine:
    put(engine, *basics(), indicator("count"), *(target("count", village, 10) for village in EVERY))
    return engine


def board(engine: Engine, *, known_at: datetime | None = None, **changes: Any) -> Board:
    """The board of the county's children at the end of January, unless told otherwise."""
    asked = {"root": COUNTY, "depth": "children", "as_of": JANUARY, "days": None} | changes
    with read(engine) as connection:
        directory = read_directory(connection, WHOLE, day=asked["as_of"], known_at=known_at)
        days = asked["days"] or dict.fromkeys(directory.indicators["code"], asked["as_of"])
        return read_board(
            connection,
            WHOLE,
            directory=directory,
            year=2026,
            as_of=asked["as_of"],
            known_at=known_at,
            data_days=days,
            root=asked["root"],
            depth=asked["depth"],
            layer=changes.get("layer", Layer.REPORTED),
        )


def fact(held: Board, of: str, code: str = "count") -> pd.Series:
    rows = held.facts[(held.facts["unit"] == of) & (held.facts["indicator"] == code)]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def amounts(held: Board, code: str = "count") -> dict[str, Any]:
    rows = held.facts[held.facts["indicator"] == code]
    return {row.unit: None if pd.isna(row.amount) else int(row.amount) for row in rows.itertuples()}


def test_columns_are_those_of_the_contract(county: Engine) -> None:
    put(county, RuleRecord("一号", "规则", {"gate": 0.8}, date(2026, 1, 1)), at=moment(1, 6))
    for depth in ("children", "villages"):
        held = board(county, depth=depth)
        assert tuple(held.units.columns) == UNIT_COLUMNS
        assert tuple(held.facts.columns) == FACT_COLUMNS
        assert tuple(held.targets.columns) == TARGET_COLUMNS
        assert tuple(held.curves.columns) == CURVE_COLUMNS
        assert tuple(held.rules.columns) == RULE_COLUMNS
        assert held.targets["deadline"].map(type).eq(date).all()
        assert held.facts["amount"].dtype == "Int64"


def test_a_report_counts_from_the_moment_it_is_accepted(county: Engine) -> None:
    made = hand_in_now(
        county, [report("count", FIRST, JANUARY, 5)], at=moment(2, 3), state=SubmissionState.SUBMITTED
    )
    waiting = fact(board(county), NORTH)
    assert (waiting["units_in"], waiting["units_waiting"], waiting["units_owed"]) == (0, 1, 2)
    assert pd.isna(waiting["amount"])
    with write(county) as connection:
        move_submission(connection, COUNTY, made, SubmissionState.ACCEPTED, actor="甲", at=moment(2, 6))
    assert fact(board(county), NORTH)["amount"] == 5
    assert fact(board(county, known_at=moment(2, 5)), NORTH)["units_waiting"] == 1
    assert fact(board(county, known_at=moment(2, 2)), NORTH)["units_waiting"] == 0


def test_what_was_known_can_be_read_again(county: Engine) -> None:
    hand_in_now(county, [report("count", village, JANUARY, 5) for village in EVERY], at=moment(2, 3))
    hand_in_now(county, [report("count", FIRST, JANUARY, 8, reason="漏报")], at=moment(2, 20))
    put(county, target("count", SECOND, 40, reason="更正", change=TargetChange.CORRECT), at=moment(2, 21))
    now, then = board(county), board(county, known_at=moment(2, 10))
    assert amounts(now) == {COUNTY: 23, NORTH: 13, SOUTH: 10}
    assert amounts(then) == {COUNTY: 20, NORTH: 10, SOUTH: 10}
    assert fact(now, NORTH)["target_in"] == 50 and fact(then, NORTH)["target_in"] == 20
    villages = board(county, known_at=moment(2, 10), depth="villages")
    assert amounts(villages) == dict.fromkeys(EVERY, 5)
    assert len(now.targets) == 0 and len(board(county, depth="villages").targets) == 5
    assert now.known_at == moment(2, 21) and then.known_at == moment(2, 10)


def test_the_roll_up_and_the_versions_say_the_same(county: Engine) -> None:
    hand_in_now(county, [report("count", village, JANUARY, 5) for village in EVERY[:3]], at=moment(2, 3))
    put(
        county,
        CurveRecord("自定", "linear", (("12-31", 1.0),), date(2026, 1, 1), "count", FIRST),
        at=moment(2, 4),
    )
    stored = board(county)
    put(county, target("count", THIRD, 11, valid_from=date(2026, 11, 1)), at=moment(12, 1))
    summed = board(county, known_at=moment(2, 4))
    order = ["unit", "indicator", "plan_key"]
    left = stored.facts.sort_values(order, ignore_index=True)
    right = summed.facts.sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(left, right)
    assert set(left["plan_key"]) == {"", FIRST}
    assert set(stored.curves["unit"]) == {FIRST}
    assert FIRST in set(stored.targets["unit"])


def test_increments_wait_for_every_month(county: Engine) -> None:
    hand_in_now(county, [report("count", FIRST, JANUARY, 3)], at=moment(2, 3))
    hand_in_now(county, [report("count", FIRST, MARCH, 4)], at=moment(4, 3))
    villages = board(county, as_of=MARCH, depth="villages")
    held = fact(villages, FIRST)
    assert held["units_in"] == 0 and pd.isna(held["amount"])
    assert held["last_period"] == JANUARY and held["last_amount"] == 3
    hand_in_now(county, [report("count", FIRST, FEBRUARY, 0)], at=moment(4, 5))
    assert fact(board(county, as_of=MARCH, depth="villages"), FIRST)["amount"] == 7
    assert fact(board(county, as_of=MARCH), NORTH)["amount"] == 7


def test_a_silent_township_shows_its_last_sum(county: Engine) -> None:
    hand_in_now(county, [report("count", village, JANUARY, 5) for village in EVERY], at=moment(2, 3))
    hand_in_now(
        county, [report("count", village, FEBRUARY, 5) for village in (THIRD, FOURTH)], at=moment(3, 3)
    )
    for known_at in (None, moment(3, 4)):
        if known_at is not None:
            put(county, target("count", FIRST, 99), at=moment(5, 1))
        held = board(county, as_of=FEBRUARY, known_at=known_at)
        north, south = fact(held, NORTH), fact(held, SOUTH)
        assert (north["last_period"], north["last_amount"]) == (JANUARY, 10)
        assert south["last_period"] is None and pd.isna(south["last_amount"])


def test_what_the_missing_reported_before_is_carried_forward(county: Engine) -> None:
    """By the newest of their own months; of this year, and told of each sum above them."""
    hand_in_now(
        county, [report("count", FIRST, JANUARY, 5), report("count", SECOND, JANUARY, 7)], at=moment(2, 3)
    )
    hand_in_now(county, [report("count", FIRST, FEBRUARY, 2, quality=Quality.APPROXIMATE)], at=moment(3, 3))
    hand_in_now(
        county, [report("count", THIRD, month, 1) for month in (JANUARY, FEBRUARY, MARCH)], at=moment(4, 3)
    )
    for known_at in (None, moment(4, 4)):
        if known_at is not None:
            put(county, target("count", FIRST, 99), at=moment(5, 1))
        held = board(county, as_of=MARCH, known_at=known_at)
        north, whole = fact(held, NORTH), fact(held, COUNTY)
        assert (north["units_in"], north["carried"], north["carried_inexact"]) == (0, 14, 1)
        assert (north["last_period"], north["last_amount"]) == (FEBRUARY, 14)
        assert (whole["amount"], whole["carried"], whole["carried_inexact"]) == (3, 14, 1)
        assert pd.isna(fact(held, SOUTH)["carried"])


def test_last_year_and_latest_values_are_not_carried_forward(engine: Engine) -> None:
    put(engine, *basics(), indicator("stock", **LATEST), indicator("count"))
    put(engine, *(target("count", village, 10) for village in (FIRST, SECOND)), at=moment(1, 6))
    before = date(2025, 12, 31)
    hand_in_now(engine, [report("count", FIRST, before, 9)], at=moment(1, 7))
    hand_in_now(
        engine, [report("stock", FIRST, JANUARY, 9), report("count", SECOND, JANUARY, 1)], at=moment(2, 3)
    )
    hand_in_now(engine, [report("stock", SECOND, FEBRUARY, 3)], at=moment(3, 3))
    held = board(engine, as_of=FEBRUARY)
    assert pd.isna(fact(held, NORTH, "stock")["carried"])
    assert fact(held, NORTH, "count")["carried"] == 1


def test_a_cumulative_figure_needs_its_base(engine: Engine) -> None:
    put(engine, *basics(), indicator("total", accumulation=Accumulation.CUMULATIVE))
    put(engine, target("total", FIRST, 100, base=40), target("total", SECOND, 100), at=moment(1, 6))
    hand_in_now(
        engine, [report("total", village, JANUARY, 55) for village in (FIRST, SECOND)], at=moment(2, 3)
    )
    held = board(engine, depth="villages")
    assert fact(held, FIRST, "total")["amount"] == 15
    assert fact(held, SECOND, "total")["units_in"] == 0
    assert fact(board(engine), NORTH, "total")["amount"] == 15


def test_a_ratio_without_its_parts_stays_at_its_own_level(engine: Engine) -> None:
    put(engine, *basics(), indicator("rate", is_ratio=True, scale=2, measure="%", **LATEST))
    put(engine, indicator("own", is_ratio=True, level_reported=Level.TOWNSHIP, **LATEST), at=moment(1, 6))
    said = [
        report("rate", FIRST, JANUARY, 9000, numerator=9, denominator=10),
        report("rate", SECOND, JANUARY, 8000),
        report("own", NORTH, JANUARY, 75),
    ]
    hand_in_now(engine, said, at=moment(2, 3))
    villages, children = board(engine, depth="villages"), board(engine)
    assert fact(villages, SECOND, "rate")["amount"] == 8000
    north = fact(children, NORTH, "rate")
    assert (north["units_in"], north["numerator"], north["denominator"]) == (1, 9, 10)
    assert pd.isna(north["amount"])
    assert fact(children, NORTH, "own")["amount"] == 75
    assert fact(children, COUNTY, "own")["units_in"] == 0


def test_units_that_report_themselves_speak_in_their_own_words(engine: Engine) -> None:
    put(engine, *basics(), indicator("own", level_reported=Level.TOWNSHIP, **LATEST))
    said = [
        report("own", NORTH, JANUARY, 50, quality=Quality.AT_LEAST, text="50以上", high=60),
        report("own", SOUTH, JANUARY, None, quality=Quality.QUALITATIVE, text="即将完成"),
    ]
    hand_in_now(engine, said, at=moment(2, 3))
    for known_at in (None, moment(2, 3)):
        held = board(engine, known_at=known_at)
        north, south, whole = (fact(held, code, "own") for code in (NORTH, SOUTH, COUNTY))
        assert (north["quality"], north["text"], north["high"]) == ("at_least", "50以上", 60)
        assert (south["quality"], south["text"], south["units_in"]) == ("qualitative", "即将完成", 0)
        assert (whole["units_in"], whole["units_inexact"], whole["amount"]) == (1, 1, 50)
        assert pd.isna(whole["quality"])
        put(engine, target("own", NORTH, 60), at=moment(3, 1))


def test_milestones_and_checklists_are_facts_of_the_day(engine: Engine) -> None:
    items = (("w", "通水"), ("e", "通电"))
    put(engine, *basics(), indicator("five", kind=Kind.CHECKLIST, items=items))
    put(engine, indicator("start", kind=Kind.MILESTONE, level_reported=Level.TOWNSHIP), at=moment(1, 6))
    put(
        engine,
        ChecklistMarkRecord("five", FIRST, "w", date(2026, 1, 10), True),
        ChecklistMarkRecord("five", FIRST, "e", date(2026, 2, 10), True),
        ChecklistMarkRecord("five", FIRST, "w", date(2026, 3, 10), False, "断水"),
        at=moment(3, 11),
    )
    hand_in_now(engine, [report("start", NORTH, FEBRUARY, 1)], at=moment(3, 3))
    days = {"five": None, "start": None}
    seen = {}
    for day in (date(2026, 1, 20), date(2026, 2, 20), FEBRUARY, date(2026, 3, 20)):
        five = fact(board(engine, as_of=day, days=days, depth="villages"), FIRST, "five")
        whole = fact(board(engine, as_of=day, days=days), NORTH, "five")
        start = fact(board(engine, as_of=day, days=days), NORTH, "start")
        seen[day] = (
            five["numerator"],
            five["quality"],
            whole["numerator"],
            whole["amount"],
            start["units_in"],
        )
    assert list(seen.values()) == [
        (1, "at_least", 1, 0, 0),
        (2, "exact", 2, 1, 0),
        (2, "exact", 2, 1, 1),
        (1, "exact", 1, 0, 1),
    ]


def test_the_tree_of_the_data_day_is_used(county: Engine) -> None:
    moved = date(2026, 2, 15)
    for period in (JANUARY, FEBRUARY):
        said = [report("count", village, period, 5) for village in EVERY]
        hand_in_now(county, said, at=moment(period.month + 1, 3))
    put(county, unit(SECOND, Level.VILLAGE, SOUTH, valid_from=moved), at=moment(3, 10))
    assert amounts(board(county)) == {COUNTY: 20, NORTH: 10, SOUTH: 10}
    assert amounts(board(county, as_of=FEBRUARY)) == {COUNTY: 40, NORTH: 10, SOUTH: 30}
    assert amounts(board(county, as_of=FEBRUARY, known_at=moment(3, 5))) == {COUNTY: 40, NORTH: 20, SOUTH: 20}
    north = board(county, as_of=FEBRUARY, root=NORTH)
    assert set(north.units["code"]) == {NORTH, FIRST}
    assert amounts(north) == {NORTH: 10, FIRST: 10}


def test_units_without_the_task_have_no_fact(county: Engine) -> None:
    tagged = indicator("scoped", scope_tag="重点村", **LATEST)
    put(county, tagged, unit(FIRST, Level.VILLAGE, NORTH, tags=("重点村",)), at=moment(1, 6))
    put(county, target("count", SECOND, None, no_task=True), target("count", THIRD, 0), at=moment(1, 7))
    held = board(county, depth="villages")
    assert set(held.facts[held.facts["indicator"] == "count"]["unit"]) == {FIRST, FOURTH}
    assert set(held.facts[held.facts["indicator"] == "scoped"]["unit"]) == {FIRST}
    assert fact(board(county), COUNTY)["units_owed"] == 2


def test_periods_without_a_day_have_no_facts(county: Engine) -> None:
    assert board(county, days={"count": None}).facts.empty
    assert board(county, days={"count": date(2025, 12, 31)}).facts.empty


def test_what_cannot_be_shown_is_refused(county: Engine, bare_engine: Engine) -> None:
    with pytest.raises(OutOfScope):
        board(county, root="990521999")
    with pytest.raises(NothingKnown):
        board(county, known_at=moment(1, 1, year=2020))
    from data_access.migrate import migrate

    migrate(bare_engine)
    with pytest.raises(DatabaseEmpty):
        board(bare_engine)


def test_the_verified_layer_stands_beside(county: Engine) -> None:
    hand_in_now(county, [report("count", village, JANUARY, 5) for village in EVERY], at=moment(2, 3))
    checked = report("count", FIRST, JANUARY, 4, layer=Layer.VERIFIED)
    hand_in_now(county, [checked], at=moment(2, 10))
    held = board(county, layer=Layer.VERIFIED)
    assert amounts(held) == {COUNTY: 4, NORTH: 4}
    assert fact(held, NORTH)["units_owed"] == 1
    assert amounts(board(county)) == {COUNTY: 20, NORTH: 10, SOUTH: 10}


def _reporting(engine: Engine, known_at: datetime | None = None) -> dict[str, tuple[int, ...]]:
    with read(engine) as connection:
        directory = read_directory(connection, WHOLE, day=JANUARY)
        days = dict.fromkeys(directory.indicators["code"], JANUARY)
        held = read_reporting(connection, WHOLE, directory=directory, data_days=days, known_at=known_at)
    return {row.unit: (row.owed, row.reported, row.on_time, row.waiting) for row in held.itertuples()}


def test_reporting_counts_what_was_handed_in_and_when(county: Engine) -> None:
    # The 5th of February is made a holiday, so the 6th is the last day: until midnight in Shanghai.
    put(county, WorkdayRecord(date(2026, 2, 5), False, "放假"), at=moment(1, 6))
    put(county, indicator("own", level_reported=Level.COUNTY, cadence=Cadence.MONTH), at=moment(1, 6))
    hand_in_now(county, [report("count", FIRST, JANUARY, 1)], at=moment(2, 6, 15), period=JANUARY)
    hand_in_now(county, [report("count", SECOND, JANUARY, 1)], at=moment(2, 6, 16), period=JANUARY)
    hand_in_now(county, [report("count", FIRST, JANUARY, 2, reason="改")], at=moment(2, 9), period=JANUARY)
    hand_in_now(
        county,
        [report("count", THIRD, JANUARY, 1)],
        at=moment(2, 4),
        state=SubmissionState.RETURNED,
        of=SOUTH,
        period=JANUARY,
    )
    hand_in_now(
        county,
        [report("count", FOURTH, JANUARY, None, quality=Quality.MASKED)],
        at=moment(2, 4),
        state=SubmissionState.SUBMITTED,
        of=SOUTH,
        period=JANUARY,
    )
    assert _reporting(county) == {COUNTY: (1, 0, 0, 0), NORTH: (2, 2, 1, 0), SOUTH: (2, 1, 1, 1)}
    early = _reporting(county, moment(2, 6, 15))
    assert early[NORTH] == (2, 1, 1, 0)
    with read(county) as connection:
        held = read_submissions(connection, WHOLE, unit_code=SOUTH)
    assert set(held["state"]) == {"returned", "submitted"}


def test_units_are_found_by_name_and_code(county: Engine) -> None:
    put(county, unit(FIRST, Level.VILLAGE, NORTH, name="柳%溪村"), at=moment(1, 6))
    with read(county) as connection:
        by_name = find_units(connection, WHOLE, "柳%", day=JANUARY)
        by_code = find_units(connection, WHOLE, NORTH, day=JANUARY)
        nothing = find_units(connection, WHOLE, "_", day=JANUARY)
    assert list(by_name["code"]) == [FIRST]
    assert list(by_code["code"]) == [NORTH, FIRST, SECOND]
    assert nothing.empty
