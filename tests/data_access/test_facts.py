"""What a board holds: moments of knowledge, the tree of the day, words beside figures."""

from datetime import date, datetime

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.errors import DatabaseEmpty, NothingKnown, OutOfScope
from data_access.reads import (
    find_units,
    read_reporting,
    read_submissions,
)
from data_access.records import (
    CurveRecord,
    RuleRecord,
    WorkdayRecord,
)
from metrics.board import CURVE_COLUMNS, FACT_COLUMNS, RULE_COLUMNS, TARGET_COLUMNS, UNIT_COLUMNS
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Layer,
    Level,
    Quality,
    SubmissionState,
    TargetChange,
)
from tests.data_access.boards import (
    EVERY,
    FEBRUARY,
    FIRST,
    FOURTH,
    JANUARY,
    LATEST,
    SECOND,
    THIRD,
    WHOLE,
    amounts,
    board,
    fact,
)
from tests.data_access.county import (
    COUNTY,
    NORTH,
    SOUTH,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
    unit,
)


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
