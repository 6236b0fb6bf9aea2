"""What counts while something is missing: acceptance, months not yet filled, what was reported before."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data_access.engine import read, write
from data_access.reads import (
    read_checklist,
    read_explanations,
)
from data_access.records import (
    ChecklistMarkRecord,
    ExplanationRecord,
)
from data_access.rollup import check
from data_access.writes import move_submission
from metrics.vocabulary import (
    Kind,
    Level,
    Quality,
    SubmissionState,
)
from tests.data_access.boards import (
    EVERY,
    FEBRUARY,
    FIRST,
    FOURTH,
    JANUARY,
    LATEST,
    MARCH,
    SECOND,
    THIRD,
    WHOLE,
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
)


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


def test_nothing_is_owed_for_the_months_before_an_indicator_was_defined(county: Engine) -> None:
    """Defined in March: one month is all there is of the year so far, and then two."""
    put(county, indicator("late", valid_from=date(2026, 3, 1)), at=moment(3, 1))
    put(county, *(target("late", village, 12, valid_from=date(2026, 3, 1)) for village in EVERY))
    hand_in_now(county, [report("late", village, MARCH, 2) for village in EVERY], at=moment(4, 3))
    held = board(county, as_of=MARCH)
    assert (fact(held, NORTH, "late")["units_in"], fact(held, NORTH, "late")["amount"]) == (2, 4)
    april = date(2026, 4, 30)
    hand_in_now(county, [report("late", FIRST, april, 3)], at=moment(5, 3))
    villages = board(county, as_of=april, depth="villages")
    assert fact(villages, FIRST, "late")["amount"] == 5
    assert fact(villages, SECOND, "late")["units_in"] == 0


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


def _judged_mark(engine: Engine, **more: Any) -> tuple[int, int, Any]:
    held = fact(board(engine, depth="villages", as_of=date(2026, 3, 31), **more), FIRST, "five")
    return held["units_in"], held["units_waiting"], held["numerator"]


def test_a_mark_counts_while_its_workbook_is_accepted(county: Engine) -> None:
    """Handed in, accepted, taken back, handed in anew with the same words."""
    put(county, indicator("five", kind=Kind.CHECKLIST, items=(("w", "通水"), ("e", "通电")), **LATEST))
    marks = [
        ChecklistMarkRecord("five", FIRST, "w", date(2026, 1, 10), True),
        ChecklistMarkRecord("five", FIRST, "e", date(2026, 2, 10), False),
    ]
    why = ExplanationRecord("count", FIRST, JANUARY, text="春耕推迟")

    def said(**more: Any) -> tuple[list[bool], list[str]]:
        with read(county) as connection:
            marked = read_checklist(connection, WHOLE, day=MARCH, **more)
            explained = read_explanations(connection, WHOLE, **more)
        return list(marked["met"]), list(explained["text"])

    made = hand_in_now(county, [*marks, why], at=moment(3, 1), state=SubmissionState.SUBMITTED)
    assert _judged_mark(county)[:2] == (0, 1)
    assert said() == ([], []) and said(waiting=True) == ([False, True], ["春耕推迟"])
    with write(county) as connection:
        move_submission(connection, COUNTY, made, SubmissionState.ACCEPTED, actor="甲", at=moment(3, 2))
    assert _judged_mark(county) == (1, 0, 1)
    assert said() == ([False, True], ["春耕推迟"])
    with write(county) as connection:
        move_submission(connection, COUNTY, made, SubmissionState.RETURNED, actor="甲", at=moment(3, 3))
    assert _judged_mark(county)[:2] == (0, 0)
    assert said() == said(waiting=True) == ([], [])
    assert said(known_at=moment(3, 2)) == ([False, True], ["春耕推迟"])
    assert _judged_mark(county, known_at=moment(3, 2)) == (1, 0, 1)
    hand_in_now(county, [*marks, why], at=moment(3, 4))
    assert _judged_mark(county) == (1, 0, 1)
    assert said() == ([False, True], ["春耕推迟"])
    with read(county) as connection:
        assert check(connection, COUNTY) == []
