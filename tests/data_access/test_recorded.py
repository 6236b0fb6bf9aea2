"""What was recorded between two moments: all of it, nothing besides, on both engines."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from data_access import recorded
from data_access.engine import read, write
from data_access.recorded import Recorded, Span, count_others, read_recorded
from data_access.records import (
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
    WorkdayRecord,
)
from data_access.scope import Scope
from data_access.writes import move_submission
from metrics.columns import records
from metrics.vocabulary import IssueState, Kind, Level, SubmissionState
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
THEN = moment(3, 1)


@pytest.fixture
def county(engine: Engine) -> Engine:
    """January reported by both townships, and nothing since the first of March."""
    listed = indicator("five", kind=Kind.CHECKLIST, items=(("w", "通水"), ("e", "通电")))
    put(engine, *basics(), indicator("count"), listed)
    for township, villages in VILLAGES.items():
        said = [report("count", village, JANUARY, 5) for village in villages]
        hand_in_now(engine, said, at=moment(2, 3), of=township, period=JANUARY)
    return engine


def _between(
    engine: Engine, after: datetime = THEN, until: datetime | None = None, township: str | None = None
) -> Recorded:
    with read(engine) as connection:
        return read_recorded(connection, WHOLE, Span(after, until), year=2026, township=township)


def test_nothing_recorded_is_nothing(county: Engine) -> None:
    found = _between(county)
    assert found.reports.empty and found.documents.empty and not found.is_cut
    assert not _between(county, moment(1, 1)).reports.empty


def test_a_correction_comes_with_its_reason_and_who_accepted_it(county: Engine) -> None:
    hand_in_now(county, [report("count", FIRST, JANUARY, 6, reason="漏报")], at=moment(3, 5))
    (row,) = records(_between(county).reports)
    assert (row.home, row.indicator, row.period, row.corrected, row.first) == (NORTH, "count", JANUARY, 1, 0)
    assert (row.reason, row.reasons, row.state) == ("漏报", 1, SubmissionState.ACCEPTED)
    assert row.recorded_at.to_pydatetime() == moment(3, 5)


def test_several_reasons_of_one_workbook_are_counted(county: Engine) -> None:
    both = [
        report("count", FIRST, JANUARY, 6, reason="漏报"),
        report("count", SECOND, JANUARY, 7, reason="重复"),
    ]
    hand_in_now(county, both, at=moment(3, 5))
    (row,) = records(_between(county).reports)
    assert (row.corrected, row.reasons) == (2, 2) and row.reason in ("漏报", "重复")
    told = _between(county, township=NORTH).reports
    assert sorted(zip(told["unit"], told["reason"], strict=True)) == [(FIRST, "漏报"), (SECOND, "重复")]
    assert _between(county, township=SOUTH).reports.empty


def test_a_return_names_who_and_why_though_nothing_was_reported(county: Engine) -> None:
    number = hand_in_now(county, [report("count", FIRST, FEBRUARY, 9)], at=moment(2, 20), period=FEBRUARY)
    with write(county) as connection:
        move_submission(
            connection,
            COUNTY,
            number,
            SubmissionState.RETURNED,
            actor="督查室",
            at=moment(3, 9),
            note="缺佐证",
        )
    (row,) = records(_between(county).reports)
    assert (row.first, row.corrected, row.state, row.actor, row.note) == (
        0,
        0,
        "returned",
        "督查室",
        "缺佐证",
    )
    assert _between(county, until=moment(3, 8)).reports.empty
    assert _between(county, after=moment(3, 9)).reports.empty


def test_marks_are_counted_with_the_workbook_they_came_in(county: Engine) -> None:
    marks = [ChecklistMarkRecord("five", FIRST, item, date(2026, 3, 2), True) for item in ("w", "e")]
    put(county, *marks, at=moment(3, 4))
    (row,) = records(_between(county).reports)
    assert (row.unit, row.indicator, row.first) == (FIRST, "five", 2)
    assert not isinstance(row.home, str) and not isinstance(row.state, str)


def _documents() -> dict[str, object]:
    """One of each kind of document, by the name of its table."""
    return {
        "target": target("count", FIRST, 12, reason="分解有误", document="云督〔2026〕9号"),
        "plan_curve": CurveRecord(
            "春秋", "linear", (("12-31", 1.0),), date(2026, 1, 1), "count", reason="农时"
        ),
        "rule_document": RuleRecord("云督〔2026〕3号", "督查规则", {"gate": 0.8}, date(2026, 1, 1)),
        "unit_version": unit(SECOND, Level.VILLAGE, SOUTH, valid_from=date(2026, 2, 1)),
        "unit_tag": replace(unit(FIRST, Level.VILLAGE, NORTH), tags=("重点村",)),
        "indicator_version": indicator("count", due_day=9),
        "workday": WorkdayRecord(date(2026, 4, 6), False, "清明"),
    }


@pytest.mark.parametrize("kind", _documents())
def test_every_document_that_judges_is_found(county: Engine, kind: str) -> None:
    put(county, _documents()[kind], at=moment(3, 3))
    held = _between(county).documents
    (row,) = records(held[held["kind"] == kind])
    assert row.at.to_pydatetime() == moment(3, 3)
    assert _between(county, until=moment(3, 2)).documents.empty
    named = {"target": ("分解有误", "云督〔2026〕9号", "测试"), "plan_curve": ("农时", None, "测试")}
    if kind in named:
        found = (row.reason, row.document, row.author)
        assert tuple(each if isinstance(each, str) else None for each in found) == named[kind]


def test_an_item_of_a_checklist_is_a_document_too(county: Engine) -> None:
    put(county, indicator("five", kind=Kind.CHECKLIST, items=(("w", "通水"),)), at=moment(3, 3))
    assert "checklist" in set(_between(county).documents["kind"])


def test_what_changes_no_figure_is_counted_by_kind(county: Engine) -> None:
    with read(county) as connection:
        assert count_others(connection, WHOLE, Span(THEN)) == {}
    put(
        county,
        IssueRecord("Z1", FIRST, "督查发现", "资料不全", "缺台账", "说明", JANUARY, FEBRUARY),
        IssueEventRecord("Z1", IssueState.ASSIGNED, JANUARY, "督查室"),
        ExplanationRecord("count", NORTH, JANUARY, text="雨水多"),
        PersonRecord("P1", "王明", "镇长", unit=NORTH),
        DutyRecord("P1", "lead", date(2026, 1, 1), unit=NORTH),
        DepartmentRecord("D03", "县教育局", "教育", 3),
        SettingRecord("county.title", "云岭县"),
        replace(unit(FIRST, Level.VILLAGE, NORTH), households=9, persons=30),
        at=moment(3, 3),
    )
    with read(county) as connection:
        held = count_others(connection, WHOLE, Span(THEN))
        assert count_others(connection, WHOLE, Span(THEN, moment(3, 2))) == {}
        other = count_others(connection, Scope.of(COUNTY, units=[SOUTH]), Span(THEN))
    kinds = ("issue", "issue_event", "explanation", "person", "duty", "department", "unit_base", "setting")
    assert held == dict.fromkeys(kinds, 1)
    assert other == {"department": 1, "setting": 1}


def test_whoever_looks_back_too_far_is_told(county: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "MOST", 2)
    assert _between(county, moment(1, 1)).is_cut
    assert not _between(county).is_cut
