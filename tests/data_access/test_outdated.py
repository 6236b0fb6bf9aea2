"""A look back takes from the roll-up what nothing recorded since has changed, and sums the rest anew."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, select

from data_access.asked import Asked
from data_access.calendar import month_ends
from data_access.engine import read, write
from data_access.outdated import Outdated, outdated
from data_access.records import ChecklistMarkRecord, CurveRecord
from data_access.schema import rollup
from data_access.sums import COLUMNS, all_rows
from data_access.writes import move_submission
from metrics.vocabulary import Accumulation, Kind, Layer, Level, SubmissionState, TargetChange
from tests.conftest import written_once
from tests.data_access.boards import EVERY, FEBRUARY, FIRST, JANUARY, LATEST, MARCH, SECOND, board
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

MID_MARCH, APRIL, MAY_DAY = date(2026, 3, 15), date(2026, 4, 30), date(2026, 5, 1)
THEN, SINCE = moment(5, 1), moment(5, 2)
CODES = frozenset(("count", "total", "list"))
CURVE = CurveRecord("阶梯", "step", (("12-31", 1.0),), date(2026, 4, 1), "total")
LIST = indicator("list", kind=Kind.CHECKLIST, items=(("Q1", "通水"),), **LATEST)


def _report_three_months(engine: Engine) -> None:
    """Three months reported of two indicators, a checklist, and a workbook of April that waits."""
    put(engine, *basics(), indicator("count"), *(target("count", village, 10) for village in EVERY))
    put(engine, indicator("total", accumulation=Accumulation.YEAR_TO_DATE), LIST)
    put(engine, *(target("total", village, 10) for village in EVERY))
    for month in (JANUARY, FEBRUARY, MARCH):
        said = [report(code, village, month, month.month) for code in ("count", "total") for village in EVERY]
        hand_in_now(engine, said, at=moment(month.month + 1, 3))
    put(engine, ChecklistMarkRecord("list", FIRST, "Q1", JANUARY, True), at=moment(2, 4))
    waits = [report("count", FIRST, APRIL, 4), ChecklistMarkRecord("list", SECOND, "Q1", MID_MARCH, True)]
    hand_in_now(engine, waits, at=THEN, state=SubmissionState.SUBMITTED)


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_once(sqlite_template, tmp_path_factory.mktemp("reported"), _report_three_months)


@pytest.fixture
def office(sqlite_engine: Engine) -> Engine:
    """A copy of the county that reported."""
    return sqlite_engine


def _moved(state: SubmissionState) -> Callable[[Engine], None]:
    def move(engine: Engine) -> None:
        with write(engine) as connection:
            last = connection.exec_driver_sql("SELECT max(id) FROM submission").scalar_one()
            move_submission(connection, COUNTY, last, state, actor="审核员", at=SINCE)

    return move


def _handed_in(*said: Any) -> Callable[[Engine], None]:
    return lambda engine: hand_in_now(engine, said, at=SINCE) and None


def _put(*records: Any) -> Callable[[Engine], None]:
    return lambda engine: put(engine, *records, at=SINCE) and None


RECORDED: dict[str, tuple[Callable[[Engine], None], Mapping[str, date] | None]] = {
    "a correction": (_handed_in(report("total", FIRST, FEBRUARY, 9, reason="重复")), {"total": FEBRUARY}),
    "a later period": (_handed_in(report("total", FIRST, APRIL, 9)), {"total": APRIL}),
    "a workbook accepted": (_moved(SubmissionState.ACCEPTED), {"count": APRIL, "list": MID_MARCH}),
    "a workbook returned": (_moved(SubmissionState.RETURNED), {"count": APRIL, "list": MID_MARCH}),
    "a mark": (_put(ChecklistMarkRecord("list", FIRST, "Q1", MID_MARCH, False)), {"list": MID_MARCH}),
    "a target": (
        _put(target("count", FIRST, 12, valid_from=MAY_DAY, change=TargetChange.RAISE)),
        {"count": date(2026, 1, 1)},
    ),
    "a target of the next year": (_put(target("count", FIRST, 12, year=2027)), {"count": date(2027, 1, 1)}),
    "a unit's own curve": (
        _put(CurveRecord("自定", "step", CURVE.points, CURVE.valid_from, "total", FIRST)),
        {"total": CURVE.valid_from},
    ),
    "everybody's curve": (_put(CURVE), {}),
    "a definition": (
        _put(indicator("total", accumulation=Accumulation.YEAR_TO_DATE, name="改名", valid_from=MAY_DAY)),
        {"total": MAY_DAY},
    ),
    "an item of a checklist": (
        _put(replace(LIST, items=(("Q1", "通水"), ("Q2", "通路")), valid_from=MARCH)),
        {"list": MARCH},
    ),
    "a unit that moved": (_put(unit(FIRST, Level.VILLAGE, SOUTH, valid_from=MARCH)), None),
    "a unit that was marked": (
        _put(unit(FIRST, Level.VILLAGE, NORTH, tags=("重点村",), valid_from=MARCH)),
        None,
    ),
}


@pytest.mark.parametrize("recorded", RECORDED)
def test_what_was_recorded_since_is_told_by_indicator_and_day(office: Engine, recorded: str) -> None:
    """And all else is in the roll-up as it was summed then; the boards of then are what they were."""
    do, expected = RECORDED[recorded]
    before = _boards(office)
    do(office)
    held = _outdated(office)
    assert (held.is_all, dict(held.since)) == (expected is None, expected or {})
    _agrees(office, held)
    for was, now in zip(before, _boards(office), strict=True):
        pd.testing.assert_frame_equal(was, now)


@pytest.mark.postgres
def test_postgresql_tells_the_same(postgres_engine: Engine) -> None:
    _report_three_months(postgres_engine)
    before = _boards(postgres_engine)
    several = ("a workbook accepted", "a correction", "a mark", "a target", "a unit's own curve")
    expected: dict[str, date] = {}
    for recorded in several:
        do, found = RECORDED[recorded]
        do(postgres_engine)
        for code, day in (found or {}).items():
            expected[code] = min(day, expected.get(code, day))
    held = _outdated(postgres_engine)
    assert (held.is_all, dict(held.since)) == (False, expected)
    _agrees(postgres_engine, held, may_be_none=True)
    for was, now in zip(before, _boards(postgres_engine), strict=True):
        pd.testing.assert_frame_equal(was, now)
    do, _ = RECORDED["a unit that moved"]
    do(postgres_engine)
    assert _outdated(postgres_engine).is_all


def test_a_look_at_now_finds_nothing_outdated_and_the_verified_layer_is_summed(office: Engine) -> None:
    with read(office) as connection:
        assert outdated(connection, COUNTY, None, Layer.REPORTED, [MARCH]) == Outdated()
        assert outdated(connection, COUNTY, THEN, Layer.VERIFIED, [MARCH]).is_all


def test_a_day_within_a_month_and_a_year_without_sums_are_summed(office: Engine) -> None:
    held = _outdated(office)
    days = {day: frozenset(("count",)) for day in (MARCH, date(2026, 4, 15), date(2031, 1, 31))}
    stored, summed = held.parted(days)
    assert (set(stored), set(summed)) == ({MARCH}, days.keys() - {MARCH})
    assert held.parted({MARCH: frozenset()}) == ({MARCH: frozenset()}, {})


def test_the_figures_of_a_workbook_are_written_when_it_is_handed_in(office: Engine) -> None:
    """Whoever looks back goes by what happened to the workbooks."""
    made = hand_in_now(office, [], at=SINCE)
    with pytest.raises(ValueError, match="at the moment"):
        put(office, report("total", FIRST, APRIL, 9), at=moment(5, 3), submission=made)


def _outdated(engine: Engine) -> Outdated:
    with read(engine) as connection:
        return outdated(connection, COUNTY, THEN, Layer.REPORTED, month_ends(2026))


def _agrees(engine: Engine, held: Outdated, *, may_be_none: bool = False) -> None:
    stored, _ = held.parted(dict.fromkeys(month_ends(2026), CODES))
    named = {(code, day) for day, codes in stored.items() for code in codes}
    assert may_be_none or bool(named) is not held.is_all
    with read(engine) as connection:
        kept = connection.execute(select(*(rollup.c[name] for name in COLUMNS))).all()
        asked = Asked(COUNTY, dict.fromkeys(month_ends(2026)), known_at=THEN)
        summed = connection.execute(all_rows(asked), asked.values).all()
    rows = [{tuple(row) for row in each if (row[2], row[1]) in named} for each in (kept, summed)]
    assert rows[0] == rows[1]


def _boards(engine: Engine) -> list[pd.DataFrame]:
    asked = ((MARCH, "children"), (date(2026, 5, 31), "villages"))
    return [board(engine, known_at=THEN, as_of=day, depth=depth).facts for day, depth in asked]
