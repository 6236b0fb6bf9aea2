"""What a draft is said to change is what it does change once it is written."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from briefing.aims import Chains, changed, read_chains
from briefing.courses import periods_of
from briefing.curves import read_book
from briefing.load import Briefing, Frame, load
from briefing.trials import Drafts, tried
from data_access.engine import read
from data_access.records import CurveRecord, TargetRecord
from data_access.scope import Scope
from metrics.curves import BY_MONTH
from metrics.periods import month_end
from metrics.vocabulary import Level, TargetChange
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

DAY = date(2026, 9, 30)
NOW = moment(10, 20)
LATE = CurveRecord("晚开工", "linear", (("06-30", 0.2), ("12-31", 1.0)), date(2026, 8, 1), indicator=COUNT)
OWN = CurveRecord(
    "高寒",
    "step",
    (("09-30", 0.5), ("12-31", 1.0)),
    date(2026, 9, 1),
    indicator=COUNT,
    unit=NORTH,
    year=2026,
    reason="解冻晚",
    document="云农〔2026〕9号",
)


@pytest.fixture
def county(engine: Engine) -> Engine:
    """Two townships that report themselves, 10 a month of 120."""
    put(engine, *basics(), indicator(COUNT, level_reported=Level.TOWNSHIP))
    put(engine, target(COUNT, COUNTY, 240), *(target(COUNT, town, 120) for town in VILLAGES))
    for month in range(1, 10):
        day = month_end(2026, month)
        reports = [report(COUNT, town, day, 10) for town in VILLAGES]
        hand_in_now(engine, reports, at=moment(month + 1, 2), period=day)
    return engine


def brief(engine: Engine, root: str | None = None) -> Briefing:
    with read(engine) as connection:
        return load(connection, Frame(Scope.whole(COUNTY), 2026, DAY, None, NOW), root)


def chains(engine: Engine, briefing: Briefing) -> Chains:
    with read(engine) as connection:
        return read_chains(connection, briefing, COUNT)


def raised(engine: Engine, briefing: Briefing) -> TargetRecord:
    last = chains(engine, briefing)[NORTH, "县"][-1]
    return changed(
        last, TargetChange.RAISE, 180, day=date(2026, 8, 31), document="云办〔2026〕20号", reason="追加"
    )


def of(cells: pd.DataFrame, unit: str) -> dict[str, Any]:
    (row,) = cells[cells["unit"] == unit].to_dict("records")
    # Numbers that the database gives out are not known before it has given them.
    return {str(name): str(value) for name, value in row.items() if name not in ("target_id", "curve_id")}


def test_a_target_tried_is_the_target_written(county: Engine) -> None:
    before = brief(county, NORTH)
    record = raised(county, before)
    drafts = Drafts(NOW, targets=(record,))
    with read(county) as connection:
        trial = tried(connection, before, drafts)
        course = periods_of(connection, before, NORTH, COUNT, drafts)
        plain = periods_of(connection, before, NORTH, COUNT)
    put(county, record, at=NOW)
    after = brief(county, NORTH)
    assert of(trial, NORTH) == of(after.cells, NORTH) != of(before.cells, NORTH)
    with read(county) as connection:
        written = periods_of(connection, after, NORTH, COUNT)
    names = ["data_day", "target", "planned", "state"]
    pd.testing.assert_frame_equal(course[names], written[names])
    early = [day < date(2026, 8, 31) for day in plain["data_day"]]
    pd.testing.assert_frame_equal(course.loc[early, names], plain.loc[early, names])
    assert chains(county, after)[NORTH, "县"][-1].record == record


@pytest.mark.parametrize("record", [LATE, OWN], ids=["of all units", "of one unit"])
def test_a_curve_tried_is_the_curve_written(county: Engine, record: CurveRecord) -> None:
    before = brief(county)
    with read(county) as connection:
        trial = tried(connection, before, Drafts(NOW, curves=(record,)))
    put(county, record, at=NOW)
    after = brief(county)
    for unit in (NORTH, SOUTH) if record is OWN else (NORTH, SOUTH, COUNTY):
        assert of(trial, unit) == of(after.cells, unit)
    assert of(trial, NORTH) != of(before.cells, NORTH)
    assert (of(trial, SOUTH) == of(before.cells, SOUTH)) == (record is OWN)


def test_nothing_drafted_changes_nothing(county: Engine) -> None:
    before = brief(county)
    with read(county) as connection:
        pd.testing.assert_frame_equal(tried(connection, before, Drafts(NOW)), before.cells)


def test_the_book_says_what_each_follows_on_the_day(county: Engine) -> None:
    def book_on(day: date) -> Any:
        frame = Frame(Scope.whole(COUNTY), 2026, day, None, NOW)
        with read(county) as connection:
            return read_book(connection, load(connection, frame))

    put(county, CurveRecord(BY_MONTH.name, "linear", BY_MONTH.points, date(2026, 2, 1)), LATE, OWN)
    names = {
        day: [book_on(day).curve(*key).name for key in ((None, None), (COUNT, None), (COUNT, NORTH))]
        for day in (date(2026, 7, 31), date(2026, 8, 31), DAY)
    }
    assert names == {
        date(2026, 7, 31): ["按月均衡", "按月均衡", "按月均衡"],
        date(2026, 8, 31): ["按月均衡", "晚开工", "晚开工"],
        DAY: ["按月均衡", "晚开工", "高寒"],
    }
    held = book_on(DAY)
    assert held.units_of(COUNT) == [NORTH] and book_on(date(2026, 8, 31)).units_of(COUNT) == []
    assert held.of(COUNT, NORTH)[0].reason == "解冻晚"
    assert book_on(date(2026, 1, 31)).followed(None) is None
