"""Appending: what is new, corrected or unchanged; nothing written is ever changed or taken away."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from data_access.directory import read_directory
from data_access.engine import read, write
from data_access.errors import (
    ConflictingRecords,
    MoveRefused,
    NotFound,
    PeriodMisfit,
    ReasonMissing,
    SubmissionUnknown,
    TreeBroken,
)
from data_access.reads import counties, data_version, read_setting, read_versions
from data_access.records import (
    AgendaRecord,
    ChecklistMarkRecord,
    CurveRecord,
    DepartmentRecord,
    DutyRecord,
    ExplanationRecord,
    IssueEventRecord,
    IssueRecord,
    PersonRecord,
    RuleRecord,
    SettingRecord,
    SubmissionRecord,
    WorkdayRecord,
)
from data_access.schema import metadata
from data_access.schema import report as report_table
from data_access.scope import Scope
from data_access.writes import move_submission, record_submission, write_records
from metrics.vocabulary import IssueState, Kind, Level, Quality, SubmissionState
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
JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)
DERIVED = {"rollup", "unit_ancestor", "data_version"}
FACTS = {table.name for table in metadata.sorted_tables} - DERIVED


@pytest.fixture
def county(engine: Engine) -> Engine:
    put(engine, *basics(), indicator("count"), indicator("five", kind=Kind.CHECKLIST, items=(("w", "通水"),)))
    return engine


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement the engine sends."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def everything() -> list[Any]:
    """One record of every kind that may be written without a workbook."""
    return [
        unit(NORTH, Level.TOWNSHIP, COUNTY, name="北山镇", tags=("山区",), households=9, persons=30),
        DepartmentRecord("D03", "县教育局", "教育", 3, aliases=("教体局",)),
        PersonRecord("P1", "王明", "镇长", phone="138****1234", unit=NORTH),
        indicator("count", name="新名", shared=("D02",)),
        DutyRecord("P1", "lead", date(2026, 1, 1), unit=NORTH),
        target("count", FIRST, 10),
        CurveRecord("春秋", "linear", (("06-30", 0.4), ("12-31", 1.0)), date(2026, 1, 1), "count"),
        RuleRecord("云督〔2026〕3号", "督查规则", {"gate": 0.8}, date(2026, 1, 1)),
        WorkdayRecord(date(2026, 1, 1), False, "元旦"),
        ExplanationRecord("count", NORTH, JANUARY, text="雨水多"),
        ChecklistMarkRecord("five", FIRST, "w", date(2026, 1, 10), True),
        IssueRecord(
            "Z1", NORTH, "督查发现", "资料不全", "缺台账", "说明", date(2026, 1, 5), date(2026, 2, 5)
        ),
        IssueEventRecord("Z1", IssueState.ASSIGNED, date(2026, 1, 5), "督查室"),
        SettingRecord("county.title", "云岭县"),
        AgendaRecord("1", "周例会", {"entries": []}, 0),
    ]


def test_the_same_records_again_change_nothing(county: Engine) -> None:
    first = put(county, *everything(), at=moment(2, 1))
    with read(county) as connection:
        version = data_version(connection, COUNTY)
        rows = _rows(connection)
    again = put(county, *everything(), at=moment(2, 2))
    with read(county) as connection:
        assert data_version(connection, COUNTY) == version
        assert _rows(connection) == rows
    assert first.new > 10 and first.corrected == 2
    assert (again.new, again.corrected) == (0, 0)
    assert again.unchanged == first.new + first.corrected + first.unchanged


def _rows(connection: Any) -> dict[str, int]:
    return {
        table.name: connection.scalar(select(func.count()).select_from(table))
        for table in metadata.sorted_tables
    }


def test_nothing_written_is_changed_or_taken_away(county: Engine) -> None:
    with statements(county) as sent:
        put(county, *everything(), at=moment(2, 1))
        hand_in_now(county, [report("count", FIRST, JANUARY, 5)], at=moment(2, 3))
        hand_in_now(county, [report("count", FIRST, JANUARY, 6, reason="漏报")], at=moment(2, 5))
        changed = [replace(each, name="改名") for each in everything()[:2]]
        put(county, *changed, target("count", FIRST, 12, reason="更正"), at=moment(2, 6))
        put(county, replace(everything()[4], withdrawn=True), at=moment(2, 7))
        put(county, unit(SECOND, Level.VILLAGE, SOUTH, valid_from=date(2026, 3, 1)), at=moment(2, 8))
    touched = re.compile(r"^\s*(?:UPDATE|DELETE FROM)\s+(\w+)")
    written = {found[1] for statement in sent if (found := touched.match(statement))}
    assert written == DERIVED and not written & FACTS
    assert any(statement.startswith("INSERT INTO report") for statement in sent)


def test_the_newest_version_up_to_the_day_and_moment_holds(county: Engine) -> None:
    put(county, indicator("count", name="二月起", valid_from=date(2026, 2, 1)), at=moment(3, 1))
    put(county, indicator("count", name="更正名"), at=moment(4, 1))
    seen = {
        (day, known): _name(county, day, known)
        for day in (date(2026, 1, 15), date(2026, 2, 15))
        for known in (moment(2, 1), moment(3, 2), moment(4, 2))
    }
    assert list(seen.values()) == ["指标count", "指标count", "更正名", "指标count", "二月起", "二月起"]


def _name(engine: Engine, day: date, known_at: Any) -> str:
    with read(engine) as connection:
        held = read_directory(connection, WHOLE, day=day, known_at=known_at).indicators
    return str(held.set_index("code").at["count", "name"])


def test_two_different_versions_of_one_moment_are_refused(county: Engine) -> None:
    put(county, target("count", FIRST, 10), at=moment(2, 1))
    with pytest.raises(ConflictingRecords):
        put(county, target("count", FIRST, 11), at=moment(2, 1))
    with pytest.raises(ConflictingRecords):
        put(county, target("count", SECOND, 1), target("count", SECOND, 2), at=moment(2, 2))
    with pytest.raises(ConflictingRecords):
        put(county, DepartmentRecord("D09", "县文旅局", "文旅", 9, aliases=("农业局",)), at=moment(2, 3))
        put(county, DepartmentRecord("D01", "县农业农村局", "农业", 1, aliases=("农业局",)), at=moment(2, 3))
    with pytest.raises(ConflictingRecords):
        put(county, indicator("count", lead="D01", shared=("D01",)), at=moment(2, 4))
    with pytest.raises(ConflictingRecords):
        put(county, replace(everything()[11]), at=moment(2, 5))
        put(county, replace(everything()[11], title="另一题"), at=moment(2, 6))


def test_tags_departments_and_items_no_longer_named_end(county: Engine) -> None:
    put(county, unit(NORTH, Level.TOWNSHIP, COUNTY, tags=("山区", "老区")), at=moment(2, 1))
    put(
        county,
        unit(NORTH, Level.TOWNSHIP, COUNTY, tags=("老区",), valid_from=date(2026, 3, 1)),
        at=moment(3, 1),
    )
    changed = indicator(
        "five", kind=Kind.CHECKLIST, items=(("e", "通电"),), lead="D02", valid_from=date(2026, 3, 1)
    )
    put(county, changed, at=moment(3, 1))
    with read(county) as connection:
        before = read_directory(connection, WHOLE, day=date(2026, 2, 1))
        after = read_directory(connection, WHOLE, day=date(2026, 3, 1))
    tags = [held.units.set_index("code").at[NORTH, "tags"] for held in (before, after)]
    assert tags == [("山区", "老区"), ("老区",)] or tags == [("老区", "山区"), ("老区",)]
    assert [list(held.checklists["item"]) for held in (before, after)] == [["w"], ["e"]]
    lead = [held.indicators.set_index("code").at["five", "lead"] for held in (before, after)]
    assert lead == ["D01", "D02"]


def test_withdrawing_what_never_was_is_refused(county: Engine) -> None:
    with pytest.raises(NotFound):
        put(county, PersonRecord("P9", "无此人", "—", withdrawn=True), at=moment(2, 1))
    put(county, PersonRecord("P1", "王明", "镇长"), at=moment(2, 1))
    gone = PersonRecord("P1", "王明", "镇长", withdrawn=True)
    assert put(county, gone, at=moment(2, 2)).corrected == 1
    assert put(county, gone, at=moment(2, 3)).unchanged == 1
    with read(county) as connection:
        assert read_directory(connection, WHOLE, day=date(2026, 3, 1)).persons.empty
    assert put(county, PersonRecord("P1", "王明", "镇长"), at=moment(2, 4)).corrected == 1


@pytest.mark.parametrize(
    "record",
    [
        target("count", "990521109201", 1),
        target("unknown", FIRST, 1),
        PersonRecord("P1", "王明", "镇长", unit="990521999"),
        PersonRecord("P1", "王明", "镇长", department="D99"),
        DutyRecord("P404", "lead", date(2026, 1, 1)),
        ChecklistMarkRecord("five", FIRST, "x", date(2026, 1, 10), True),
        IssueEventRecord("Z404", IssueState.ASSIGNED, date(2026, 1, 5), "督查室"),
        unit("990521103201", Level.VILLAGE, "990521103"),
    ],
)
def test_unknown_names_are_refused_by_name(county: Engine, record: Any) -> None:
    with pytest.raises(NotFound) as fault:
        put(county, record, at=moment(2, 1))
    assert fault.value.sentence("zh") and fault.value.remedy("en")


@pytest.mark.parametrize(
    "record",
    [
        unit(NORTH, Level.VILLAGE, SOUTH),
        unit("990521101209", Level.VILLAGE, COUNTY),
        unit("990521101209", Level.VILLAGE, None),
        unit("990521109", Level.TOWNSHIP, SOUTH),
    ],
)
def test_a_broken_tree_is_refused(county: Engine, record: Any) -> None:
    with pytest.raises(TreeBroken):
        put(county, record, at=moment(2, 1))


def test_a_unit_of_another_county_cannot_be_taken_over(county: Engine) -> None:
    with write(county) as connection, pytest.raises(ConflictingRecords):
        record = unit(NORTH, Level.TOWNSHIP, None)
        write_records(connection, "990522", [record], recorded_at=moment(2, 1), author="甲")


def test_reports_are_numbered_and_a_correction_needs_a_reason(county: Engine) -> None:
    hand_in_now(county, [report("count", FIRST, JANUARY, 5)], at=moment(2, 3))
    with pytest.raises(ReasonMissing):
        hand_in_now(county, [report("count", FIRST, JANUARY, 6, reason=" ")], at=moment(2, 4))
    hand_in_now(county, [report("count", FIRST, JANUARY, 6, reason="漏报一户")], at=moment(2, 5))
    hand_in_now(county, [report("count", FIRST, JANUARY, 6)], at=moment(2, 6))
    with read(county) as connection:
        versions = read_versions(connection, WHOLE, FIRST, "count")
        early = read_versions(connection, WHOLE, FIRST, known_at=moment(2, 4))
    assert list(versions["revision"]) == [1, 2]
    assert list(versions["value"]) == [5, 6]
    assert list(versions["state"]) == ["accepted", "accepted"]
    assert list(early["value"]) == [5]


def test_an_answer_to_a_return_needs_no_reason_and_may_say_the_same(county: Engine) -> None:
    hand_in_now(county, [report("count", FIRST, JANUARY, 5)], at=moment(2, 3), state=SubmissionState.RETURNED)
    hand_in_now(county, [report("count", FIRST, JANUARY, 5)], at=moment(2, 4))
    with read(county) as connection:
        versions = read_versions(connection, WHOLE, FIRST, "count")
    assert list(zip(versions["revision"], versions["state"], strict=True)) == [
        (1, "returned"),
        (2, "accepted"),
    ]


def test_reports_are_refused_where_they_can_never_count(county: Engine) -> None:
    put(county, indicator("quarterly", cadence="quarter"), at=moment(2, 1))
    for record in (report("quarterly", FIRST, JANUARY, 1), report("count", FIRST, date(2026, 1, 30), 1)):
        with pytest.raises(PeriodMisfit):
            hand_in_now(county, [record], at=moment(2, 3))
    with pytest.raises(ConflictingRecords):
        hand_in_now(
            county,
            [report("count", FIRST, JANUARY, 1), report("count", FIRST, JANUARY, 2, reason="改")],
            at=moment(2, 3),
        )
    with pytest.raises(ValueError, match="submission"):
        put(county, report("count", FIRST, JANUARY, 1), at=moment(2, 3))
    with pytest.raises(NotFound):
        put(county, report("count", FIRST, JANUARY, 1), at=moment(2, 3), submission=404)
    with read(county) as connection:
        assert connection.scalar(select(func.count()).select_from(report_table)) == 0


def test_a_masked_value_and_a_true_zero_stay_apart(county: Engine) -> None:
    said = [
        report("count", FIRST, JANUARY, 0),
        report("count", SECOND, JANUARY, None, quality=Quality.MASKED, text="xx"),
    ]
    hand_in_now(county, said, at=moment(2, 3))
    with read(county) as connection:
        zero = read_versions(connection, WHOLE, FIRST, "count")
        masked = read_versions(connection, WHOLE, SECOND, "count")
    assert zero["value"].tolist() == [0]
    assert masked["value"].isna().all() and masked["text"].tolist() == ["xx"]


def test_submissions_move_by_the_table_only(county: Engine) -> None:
    made = hand_in_now(county, [report("count", FIRST, JANUARY, 5)], at=moment(2, 3))
    with write(county) as connection, pytest.raises(MoveRefused):
        move_submission(connection, COUNTY, made, SubmissionState.ACCEPTED, actor="甲", at=moment(2, 4))
    with write(county) as connection:
        move_submission(
            connection, COUNTY, made, SubmissionState.RETURNED, actor="甲", at=moment(2, 4), note="误接收"
        )
    with write(county) as connection, pytest.raises(MoveRefused):
        move_submission(connection, COUNTY, made, SubmissionState.ACCEPTED, actor="甲", at=moment(2, 5))
    with write(county) as connection, pytest.raises(SubmissionUnknown):
        move_submission(connection, COUNTY, 404, SubmissionState.ACCEPTED, actor="甲", at=moment(2, 5))
    form = SubmissionRecord("990521999", "report", None, "f", "0", "0", "乙", moment(2, 5))
    with write(county) as connection, pytest.raises(NotFound):
        record_submission(
            connection, COUNTY, form, recorded_at=moment(2, 5), state=SubmissionState.ACCEPTED, actor="乙"
        )


def test_anything_else_is_no_record(county: Engine) -> None:
    with pytest.raises(TypeError):
        put(county, "not a record", at=moment(2, 1))  # type: ignore[arg-type]


def test_a_failed_write_leaves_nothing(county: Engine) -> None:
    with read(county) as connection:
        before = _rows(connection)
    with pytest.raises(NotFound):
        put(
            county,
            target("count", FIRST, 10),
            PersonRecord("P1", "王明", "镇长", unit="990521999"),
            at=moment(2, 1),
        )
    with read(county) as connection:
        assert _rows(connection) == before


def test_every_county_sees_a_change_of_the_calendar(county: Engine) -> None:
    with read(county) as connection:
        other, own = data_version(connection, "990522"), data_version(connection, COUNTY)
    put(county, WorkdayRecord(date(2026, 5, 1), False, "劳动节"), at=moment(4, 1))
    with read(county) as connection:
        assert data_version(connection, "990522") == other + 1
        assert data_version(connection, COUNTY) > own


def test_settings_and_counties_are_read(county: Engine) -> None:
    put(county, SettingRecord("clock.as_of", "2026-10-31"), at=moment(2, 1))
    put(county, SettingRecord("clock.as_of", "2026-11-30"), at=moment(3, 1))
    with read(county) as connection:
        assert counties(connection) == [COUNTY]
        assert read_setting(connection, COUNTY, "clock.as_of") == "2026-11-30"
        assert read_setting(connection, COUNTY, "clock.as_of", moment(2, 2)) == "2026-10-31"
        assert read_setting(connection, COUNTY, "absent") is None
