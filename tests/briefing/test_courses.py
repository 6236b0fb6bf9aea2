"""Courses over a year in which targets change: all of it laid out by the version that holds at its end."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from briefing.courses import read_courses
from briefing.load import Frame, load
from data_access.engine import read
from metrics.courses import UnitsCourse, units_course
from metrics.forecast import Silence
from metrics.periods import month_end
from metrics.vocabulary import Accumulation, Kind, TargetChange
from tests.briefing.keeping import EVERY, WHOLE
from tests.data_access.county import (
    COUNT,
    NORTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
)

JULY, MAY_ON = date(2026, 7, 31), date(2026, 5, 10)
NOW = datetime(2026, 8, 20, tzinfo=UTC)
FIRST = EVERY[0]


@pytest.fixture
def running(own_engine: Engine) -> Engine:
    """Four villages with 120 each, of which they report 10 more every month until July."""
    put(own_engine, *basics(), indicator(COUNT, accumulation=Accumulation.YEAR_TO_DATE))
    put(own_engine, *(target(COUNT, village, 120) for village in EVERY))
    for month in range(1, 8):
        day = month_end(2026, month)
        for town, villages in VILLAGES.items():
            reports = [report(COUNT, village, day, 10 * month) for village in villages]
            hand_in_now(own_engine, reports, at=moment(month + 1, 2), of=town, period=day)
    return own_engine


def _cells(engine: Engine, root: str | None = None) -> pd.DataFrame:
    with read(engine) as connection:
        below = load(connection, Frame(WHOLE, 2026, JULY, None, NOW), root)
        return read_courses(connection, below).of(COUNT).this


def _of(engine: Engine, unit: str, root: str | None = None) -> UnitsCourse:
    cells = _cells(engine, root)
    return units_course(cells[cells["unit"] == unit], JULY)


def _change(engine: Engine, change: TargetChange, low: int, **more: Any) -> None:
    given = {"change": change, "valid_from": MAY_ON, "document": "云〔2026〕9号", "reason": "调整"} | more
    put(engine, target(COUNT, FIRST, low, **given), at=moment(5, 10))


def test_without_a_change_the_year_is_that_of_each_period(running: Engine) -> None:
    cells = _cells(running, NORTH)
    for name in ("target", "completion", "planned"):
        pd.testing.assert_series_equal(cells[name], cells[f"year_{name}"], check_names=False)


@pytest.mark.parametrize("change", [TargetChange.CORRECT, TargetChange.LOWER])
def test_what_counts_from_the_start_of_the_year_is_planned_from_there(
    running: Engine, change: TargetChange
) -> None:
    """120 in January, 60 since May: five a month were planned all along, and ten were done."""
    _change(running, change, 60)
    held = _of(running, FIRST, NORTH).course
    assert held.planned[0] == pytest.approx([5.0 * month for month in range(1, 13)])
    assert held.done[0, :7] == pytest.approx([10.0 * month for month in range(1, 8)])
    assert held.whole.tolist() == [60.0]


def test_a_raise_leaves_the_months_before_their_plan(running: Engine) -> None:
    _change(running, TargetChange.RAISE, 240)
    held = _of(running, FIRST, NORTH).course
    assert held.planned[0, :4] == pytest.approx([10.0, 20.0, 30.0, 40.0])
    assert held.planned[0, -1] == 240 and held.whole.tolist() == [240.0]
    assert held.done[0, :7] == pytest.approx([10.0 * month for month in range(1, 8)])


def test_a_level_begins_at_the_base_that_was_corrected(running: Engine) -> None:
    level = {"kind": Kind.LEVEL, "base": 60}
    put(running, target(COUNT, FIRST, 120, **level), at=moment(1, 6))
    _change(running, TargetChange.CORRECT, 120, kind=Kind.LEVEL, base=0)
    held = _of(running, FIRST, NORTH)
    assert held.start.tolist() == [0.0] and held.course.whole.tolist() == [120.0]
    assert held.course.done[0, :7] == pytest.approx([10.0 * month for month in range(1, 8)])


def test_a_kind_that_was_corrected_is_that_of_the_whole_year(running: Engine) -> None:
    """A count of 120 that was meant as a level of 120 from a base of 60."""
    _change(running, TargetChange.CORRECT, 120, kind=Kind.LEVEL, base=60)
    held = _of(running, FIRST, NORTH)
    assert held.course.planned[0] == pytest.approx([5.0 * month for month in range(1, 13)])
    assert held.course.done[0, :7] == pytest.approx([10.0 * month - 60 for month in range(1, 8)])
    assert held.start.tolist() == [60.0] and not held.course.floor


def test_a_sum_of_targets_that_changed_is_not_forecast(running: Engine) -> None:
    """The township has no target of its own; what its villages were asked in all was another before May."""
    assert _of(running, NORTH).silent == {}
    _change(running, TargetChange.CORRECT, 60)
    assert _of(running, NORTH).silent == {NORTH: Silence.CHANGED}


def test_of_units_whose_targets_were_others_no_share_is_known(running: Engine) -> None:
    """In March the smaller village is silent, and its township's own target is corrected in May."""
    of_north = {FIRST: 30, EVERY[1]: 210, NORTH: 240}
    put(running, *(target(COUNT, unit, low) for unit, low in of_north.items()), at=moment(1, 6))
    silent = report(COUNT, FIRST, month_end(2026, 3), None, text="无", reason="撤回")
    hand_in_now(running, [silent], at=moment(4, 6))
    assert _of(running, NORTH).course.done[0, 2] == pytest.approx(240 * 30 / 210)
    given = {"change": TargetChange.CORRECT, "valid_from": MAY_ON, "document": "号", "reason": "调整"}
    put(running, target(COUNT, NORTH, 120, **given), at=moment(5, 10))
    done = _of(running, NORTH).course.done[0, :7]
    assert pd.isna(done).tolist() == [False, False, True, False, False, False, False]
    assert done[1] == pytest.approx(40.0)
