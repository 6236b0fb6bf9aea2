"""What changed between two views, and the record behind each change."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from briefing.changes import Cause, Change, Difference, between, compare, span_between
from briefing.load import Briefing, Frame, load
from data_access.engine import make_engine, read, write
from data_access.recorded import Span
from data_access.records import CurveRecord, PersonRecord, RuleRecord, UnitRecord, WorkdayRecord
from data_access.scope import Scope
from data_access.writes import write_records
from demo.places import COUNTY
from metrics.rules import DEFAULT_CONTENT
from metrics.vocabulary import Level
from tests.pages.later import Later
from tests.views import NOW, OCTOBER, Brief

WHOLE = Scope.whole(COUNTY)
START = date(2026, 1, 1)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def county(small_copy: Path) -> Engine:
    """A county of this test's own."""
    return make_engine(f"sqlite:///{small_copy}")


def _view(engine: Engine, known_at: datetime | None, day: date = OCTOBER) -> Briefing:
    with read(engine) as connection:
        return load(connection, Frame(WHOLE, 2026, day, known_at, LATER))


def _since(engine: Engine, before: Briefing, until: datetime | None = None) -> Difference:
    after = _view(engine, until)
    assert span_between(before, after) is not None
    with read(engine) as connection:
        return between(connection, before, after)


def _written(engine: Engine, *made: object) -> None:
    with write(engine) as connection:
        write_records(connection, COUNTY, made, recorded_at=LATER, author="督查室 王明")  # type: ignore[arg-type]


def _kinds(change: Change) -> set[str]:
    return {cause.kind for cause in change.causes}


def test_a_correction_is_named_with_its_reason_on_every_level_it_moves(county: Engine) -> None:
    before = _view(county, NOW)
    unit, indicator = Later(county, COUNTY, NOW, Random(4)).correct()
    found = _since(county, before)
    assert {each.indicator for each in found.changes} == {indicator}
    assert {each.unit for each in found.changes} == {unit[:9], COUNTY}
    for change in found.changes:
        (cause,) = change.causes
        assert (cause.kind, cause.row.reason, cause.row.corrected) == ("report", "现场核实后更正", 1)
        assert change.after.actual != change.before.actual


def test_a_return_is_named_with_its_note(county: Engine) -> None:
    before = _view(county, NOW)
    unit = Later(county, COUNTY, NOW, Random(4)).turn_back()
    found = _since(county, before)
    assert {each.unit for each in found.changes} == {unit, COUNTY}
    told = [cause.row for change in found.changes for cause in change.causes]
    assert all((row.state, row.note, row.actor) == ("returned", "佐证不足", "督查员") for row in told)
    assert all(change.causes for change in found.changes)


def _rule() -> RuleRecord:
    content = {**DEFAULT_CONTENT, "gap_points": {"behind": -1, "far_behind": -2}}
    return RuleRecord("云督〔2026〕40号", "从严", content, date(2026, 9, 1))


def _curve() -> CurveRecord:
    return CurveRecord("前紧后松", "linear", (("03-31", 0.9), ("12-31", 1.0)), START, "ZF01", reason="抢工期")


@pytest.mark.parametrize(
    ("made", "kind"), [(_rule, "rule_document"), (_curve, "plan_curve")], ids=["rule", "curve"]
)
def test_a_document_is_the_cause_of_what_it_changes(
    county: Engine, made: Callable[[], object], kind: str
) -> None:
    before = _view(county, NOW)
    _written(county, made())
    found = _since(county, before)
    assert found.changes and all(_kinds(each) == {kind} for each in found.changes)
    assert found.restated > 0
    if kind == "plan_curve":
        assert {each.indicator for each in found.changes} == {"ZF01"}


def test_a_document_of_a_later_day_explains_nothing(county: Engine) -> None:
    before = _view(county, NOW)
    _written(county, RuleRecord("云督〔2026〕41号", "明年", dict(DEFAULT_CONTENT), date(2026, 11, 30)))
    Later(county, COUNTY, LATER, Random(4)).correct()
    found = _since(county, before)
    assert found.changes and all(_kinds(each) == {"report"} for each in found.changes)


def test_a_village_that_moved_is_named(county: Engine) -> None:
    before = _view(county, NOW)
    units = before.directory.units
    first, second = units.loc[units["level"] == Level.TOWNSHIP, "code"].head(2)
    row = units[units["parent"] == first].iloc[0]
    _written(
        county,
        UnitRecord(row["code"], Level.VILLAGE, second, row["name"], row["kind"], int(row["sort"]), START),
    )
    found = _since(county, before)
    assert {first, second} <= {each.unit for each in found.changes} <= {first, second, COUNTY}
    moved = [each for each in found.changes if each.unit == first]
    assert all("unit_version" in _kinds(each) for each in moved)


def test_what_changes_no_figure_is_counted_and_no_cause(county: Engine) -> None:
    before = _view(county, NOW)
    _written(county, PersonRecord("NEW", "李四", "镇长"))
    found = _since(county, before)
    assert found.changes == () and dict(found.others) == {"person": 1}


def test_a_calendar_that_moves_the_due_day_is_named(county: Engine) -> None:
    moment = datetime.fromisoformat("2026-11-06T09:00+08:00")
    before = _view(county, moment)
    day = max(day for day in before.board.data_days.values() if day)
    assert day == OCTOBER, "the reports of October were due the day before"
    holidays = [WorkdayRecord(date(2026, 11, each), False, "临时放假") for each in (5, 6)]
    with write(county) as connection:
        write_records(connection, COUNTY, holidays, recorded_at=moment + timedelta(minutes=1), author="甲")
    found = _since(county, before, moment + timedelta(minutes=2))
    assert found.changes and all({"data_day", "workday"} <= _kinds(each) for each in found.changes)


def test_when_the_time_to_report_is_over_the_day_itself_is_the_cause(brief: Brief) -> None:
    before = brief(OCTOBER, datetime.fromisoformat("2026-10-20T09:00+08:00"))
    found = compare(before, brief(OCTOBER, None), None)
    moved = [each for each in found.changes if "data_day" in _kinds(each)]
    assert moved and moved[0].causes == (Cause("data_day", (date(2026, 9, 30), OCTOBER)),)


def test_what_was_recorded_between_is_looked_for_whichever_side_knows_more(brief: Brief) -> None:
    early, late = (datetime(2026, month, 20, tzinfo=UTC) for month in (10, 11))
    forth, back = (
        span_between(brief(date(2026, 9, 30), one), brief(OCTOBER, other))
        for one, other in ((early, late), (late, early))
    )
    assert forth == back == Span(early, late)


def test_two_days_of_one_moment_need_no_record(brief: Brief) -> None:
    before, after = brief(date(2026, 9, 30), None), brief(OCTOBER, None)
    assert span_between(before, after) is None
    found = compare(before, after, None)
    assert found.restated == sum(each.is_restated for each in found.changes) > 0
    assert found.moved("better") + found.moved("worse") <= found.restated
    order = [each.moved for each in found.changes]
    assert order == sorted(order, key=["worse", "better", ""].index)


def test_one_unit_and_one_indicator_are_the_whole_list_narrowed(brief: Brief) -> None:
    found = compare(brief(date(2026, 9, 30), None), brief(OCTOBER, None), None)
    unit, indicator = found.changes[0].unit, found.changes[0].indicator
    assert found.only("", "") == found
    assert found.only(unit, indicator).changes == (found.changes[0],)
    assert {each.unit for each in found.only(unit, "").changes} == {unit}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 20))])
def test_every_change_has_a_record_behind_it(county: Engine, seed: int) -> None:
    """Whatever was recorded: nothing in the list is left without a reason."""
    before = _view(county, NOW)
    later = Later(county, COUNTY, NOW, Random(seed))
    for _ in range(4):
        later.anything()
    found = _since(county, before)
    assert [(each.unit, each.indicator) for each in found.changes if not each.causes] == []
