"""The setup workbook: a county from nothing, and each of its checks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.facts import read_curves, read_issues, read_rules
from intake.errors import WorkbookRefused
from metrics.rules import parse_rules
from tests.intake.county import (
    COUNTY,
    INDICATORS,
    NOW,
    SCOPE,
    START,
    TODAY,
    TOWNSHIPS,
    codes,
    indicator_row,
    load,
    look,
    setup_sheets,
    setup_workbook,
    unit_rows,
)
from tests.intake.rules import rules

POINTS = (("03-31", 0.1), ("06-30", 0.4), ("12-31", 1.0))


def curve(**more: Any) -> dict[str, Any]:
    return {"name": "季度", "shape": "linear", "points": POINTS, "valid_from": START} | more


def event(**more: Any) -> dict[str, Any]:
    return {"number": "ZG-1", "state": "working", "day": date(2026, 2, 3), "actor": "李明"} | more


ISSUE = {
    "number": "ZG-1",
    "unit": TOWNSHIPS[0],
    "department": "建设局",
    "indicator": "ZF01",
    "source": "督查发现",
    "problem_class": "工程进度慢",
    "title": "危房改造开工慢",
    "detail": "三户未开工。",
    "opened_on": date(2026, 2, 1),
    "first_deadline": date(2026, 3, 1),
    "responsible": "P1",
}


def test_a_county_from_nothing_on_both_engines(engine: Engine) -> None:
    load(engine, setup_workbook())
    with read(engine) as connection:
        directory = read_directory(connection, SCOPE, day=TODAY, known_at=NOW)
    units = directory.units.set_index("code")
    assert len(units) == 1 + 3 + 18
    assert units.at[TOWNSHIPS[0] + "201", "township"] == TOWNSHIPS[0]
    assert units.at[TOWNSHIPS[0] + "201", "tags"] == ("重点村",)
    assert units.at[TOWNSHIPS[0] + "201", "households"] == 100
    indicators = directory.indicators.set_index("code")
    assert indicators.at["ZF01", "lead"] == "D1"
    assert (indicators.at["YS01", "is_ratio"], indicators.at["YS01", "kind"]) == (True, "level")
    assert list(directory.checklists["item"]) == ["Q1", "Q2", "Q3"]
    assert list(directory.persons["department"]) == ["D1"]
    assert not look(engine, setup_workbook()).may_apply


def test_curves_rules_work_days_issues_and_settings(county: Engine) -> None:
    sheets = {
        "curves": [curve(), curve(indicator="ZF01", name="阶梯", shape="step")],
        "rules": rules(**{"gap_points.behind": -8, "slope_days.behind_from": 45}),
        "workdays": [{"day": date(2026, 10, 1), "is_work": False, "note": "国庆节"}],
        "settings": [{"name": "county.title", "value": "试验县督查平台"}],
        "issues": [ISSUE],
        "events": [
            event(),
            event(state="verifying", day=date(2026, 2, 20)),
            event(state="closed", day=date(2026, 2, 25), evidence="验收单.pdf"),
        ],
    }
    load(county, setup_workbook(sheets))
    with read(county) as connection:
        curves = read_curves(connection, SCOPE, year=2026)
        documents = read_rules(connection, SCOPE)
        issues, events = read_issues(connection, SCOPE)
        directory = read_directory(connection, SCOPE, day=TODAY)
    assert sorted(curves["shape"]) == ["linear", "step"]
    held = parse_rules("x", "y", documents.iloc[0]["content"])
    assert (held.behind_gap, held.own.general.slope_behind, held.far_gap) == (-0.08, 45, -0.3)
    assert list(issues["responsible"]) == ["P1"] and list(events["state"]) == [
        "working",
        "verifying",
        "closed",
    ]
    assert list(directory.settings["value"]) == ["试验县督查平台"]
    assert look(county, setup_workbook(sheets)).changes_nothing


def _units(**more: Any) -> dict[str, Any]:
    row = {
        "code": "990001101209",
        "level": "village",
        "parent": TOWNSHIPS[0],
        "name": "新村",
        "kind": "行政村",
    }
    return row | {"valid_from": START} | more


CASES: dict[str, tuple[Mapping[str, Any], str, str]] = {
    "bad code": ({"units": [_units(code="石门")]}, "bad_unit_code", "A4"),
    "other county": ({"units": [{**unit_rows()[0], "code": "990002"}]}, "county_row", "A4"),
    "no parent": ({"units": [_units(parent="990001199")]}, "unknown_parent", "C4"),
    "parent below": (
        {"units": [_units(level="township", parent=TOWNSHIPS[1] + "201")]},
        "parent_level",
        "B4",
    ),
    "same name": (
        {"units": [_units(), _units(code="990001101210")]},
        "name_twice",
        "D5",
    ),
    "pinyin": ({"units": [_units(name="崀(làng)村")]}, "tidied", "D4"),
    "no level": ({"units": [_units(level="区")]}, "not_a_choice", "B4"),
    "no name": ({"units": [_units(name=None)]}, "required", "D4"),
    "no day": ({"units": [_units(valid_from="明年")]}, "not_a_day", "J4"),
    "negative households": ({"units": [_units(households=-3)]}, "negative", "G4"),
    "no department": (
        {"persons": [{"code": "P2", "name": "王强", "post": "站长", "department": "住房局"}]},
        "unknown_department",
        "F4",
    ),
    "duty for nothing": (
        {"duties": [{"person": "P1", "role": "信息员", "valid_from": START}]},
        "no_object",
        "C4",
    ),
    "duty of nobody": (
        {"duties": [{"person": "P9", "role": "信息员", "unit": COUNTY, "valid_from": START}]},
        "unknown_person",
        "A4",
    ),
    "duty ends before": (
        {
            "duties": [
                {
                    "person": "P1",
                    "role": "信息员",
                    "unit": COUNTY,
                    "valid_from": START,
                    "valid_to": date(2024, 12, 31),
                }
            ]
        },
        "days_reversed",
        "G4",
    ),
    "due day": ({"indicators": [indicator_row("NEW", "新指标", due_day=32)]}, "day_impossible", "K4"),
    "decimals": (
        {"indicators": [indicator_row("NEW", "新指标", scale=9, is_whole=False)]},
        "too_many_decimals",
        "F4",
    ),
    "whole things": ({"indicators": [indicator_row("NEW", "新指标", scale=1)]}, "whole_with_decimals", "F4"),
    "ratio": ({"indicators": [indicator_row("NEW", "新指标", is_ratio=True)]}, "ratio_without_parts", "O4"),
    "parts unlike": (
        {
            "indicators": [
                indicator_row(
                    "NEW",
                    "新指标",
                    is_ratio=True,
                    numerator_name="支出(万元,2位小数)",
                    denominator_name="下达(万元)",
                )
            ]
        },
        "parts_unlike",
        "Q4",
    ),
    "bounds": (
        {"indicators": [indicator_row("NEW", "新指标", lowest=9, highest=3)]},
        "bounds_reversed",
        "T4",
    ),
    "bound in words": ({"indicators": [indicator_row("NEW", "新指标", lowest="很低")]}, "not_a_number", "T4"),
    "no lead": ({"indicators": [indicator_row("NEW", "新指标", lead="D7")]}, "unknown_department", "V4"),
    "no support": (
        {"indicators": [indicator_row("NEW", "新指标", shared=("D1", "D7"))]},
        "unknown_department",
        "W4",
    ),
    "no items": (
        {"indicators": [indicator_row("NEW", "新指标", kind="checklist")]},
        "checklist_without_items",
        "G4",
    ),
    "item alone": ({"items": [{"indicator": "QD01", "item": "Q9", "name": "通网"}]}, "item_alone", "A4"),
    "item of a count": (
        {
            "indicators": [indicator_row("NEW", "新指标")],
            "items": [{"indicator": "NEW", "item": "Q9", "name": "通网"}],
        },
        "not_a_checklist",
        "A4",
    ),
    "own curve": (
        {"curves": [curve(indicator="ZF01", unit=TOWNSHIPS[0])]},
        "own_curve_unreasoned",
        "G4",
    ),
    "falling": ({"curves": [curve(points="03-31 40%;06-30 30%;12-31 100%")]}, "curve_falls", "E4"),
    "not full": ({"curves": [curve(points="03-31 40%;12-31 90%")]}, "curve_not_full", "E4"),
    "no such day": ({"curves": [curve(points="02-30 40%;12-31 100%")]}, "curve_impossible", "E4"),
    "no points": ({"curves": [curve(points="按月")]}, "not_points", "E4"),
    "curve of no indicator": ({"curves": [curve(indicator="ZF0")]}, "unknown_indicator", "A4"),
    "deadline before": (
        {"issues": [{**ISSUE, "first_deadline": date(2026, 1, 1)}]},
        "days_reversed",
        "J4",
    ),
    "step of nothing": ({"events": [event()]}, "unknown_issue", "A4"),
    "closed unproved": (
        {"issues": [ISSUE], "events": [event(state="closed")]},
        "close_without_evidence",
        "J4",
    ),
    "deferred": ({"issues": [ISSUE], "events": [event(state="deferred")]}, "defer_without_review", "G4"),
    "withdrawn": ({"issues": [ISSUE], "events": [event(state="withdrawn")]}, "withdraw_without_reason", "I4"),
    "crowded": ({"units": [_units(households=10, persons=80)]}, "household_size", "H4"),
    "lonely": ({"units": [_units(households=100, persons=190)]}, "household_size", "H4"),
    "opened tomorrow": (
        {"issues": [{**ISSUE, "opened_on": date(2026, 4, 3), "first_deadline": date(2026, 5, 1)}]},
        "day_to_come",
        "I4",
    ),
    "done tomorrow": ({"issues": [ISSUE], "events": [event(day=date(2026, 4, 3))]}, "day_to_come", "C4"),
    "extended into the past": (
        {"issues": [ISSUE], "events": [event(deadline=date(2026, 2, 1))]},
        "days_reversed",
        "F4",
    ),
    "closed unverified": (
        {"issues": [ISSUE], "events": [event(), event(state="closed", evidence="x")]},
        "move_impossible",
        "B5",
    ),
    "verified before it began": (
        {"issues": [ISSUE], "events": [event(state="verifying")]},
        "move_impossible",
        "B4",
    ),
    "moved after it was withdrawn": (
        {
            "issues": [ISSUE],
            "events": [event(state="withdrawn", note="立项有误"), event(day=date(2026, 2, 9))],
        },
        "move_impossible",
        "B5",
    ),
    "closed until never": (
        {"settings": [{"name": "reports.closed_until", "value": "上个月"}]},
        "not_a_day",
        "B4",
    ),
    "before it was": (
        {"issues": [ISSUE], "events": [event(day=date(2026, 1, 1))]},
        "before_opened",
        "C4",
    ),
}
WARNINGS = {"name_twice", "tidied", "household_size"}


@pytest.mark.parametrize("name", CASES)
def test_each_check_names_its_place(shared: Engine, name: str) -> None:
    sheets, code, cell = CASES[name]
    looked = look(shared, setup_workbook(sheets))
    found = [problem for problem in looked.problems if problem.code == code]
    assert found, codes(looked)
    assert found[0].cell.startswith(cell)
    assert found[0].blocking is (code not in WARNINGS)
    assert looked.may_apply is (code in WARNINGS)
    assert "{" not in found[0].sentence("zh") + found[0].remedy("en")


def _course(*steps: tuple[str, int, int]) -> list[dict[str, Any]]:
    proof = {"evidence": "验收单", "note": "理由", "review_day": date(2026, 6, 1)}
    return [event(state=state, day=date(2026, 2, day), round=turn, **proof) for state, day, turn in steps]


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ([("working", 2, 1), ("working", 5, 1), ("verifying", 6, 1), ("closed", 6, 1)], None),
        ([("working", 2, 1), ("verifying", 3, 1), ("returned", 4, 1), ("working", 5, 1)], None),
        ([("deferred", 2, 1), ("working", 3, 1), ("withdrawn", 4, 1)], None),
        ([("working", 2, 1), ("verifying", 3, 1), ("closed", 4, 1), ("working", 9, 2)], None),
        ([("working", 2, 1), ("verifying", 3, 1), ("closed", 4, 1), ("working", 9, 1)], "B7"),
        ([("working", 2, 1), ("verifying", 3, 1), ("closed", 4, 1), ("closed", 9, 1)], "B7"),
        ([("verifying", 9, 1), ("closed", 12, 1), ("working", 10, 1)], "B4"),
        ([("working", 2, 2)], "B4"),
        ([("returned", 2, 1)], "B4"),
    ],
)
def test_the_course_of_an_item(shared: Engine, steps: list[tuple[str, int, int]], wrong: str | None) -> None:
    looked = look(shared, setup_workbook({"issues": [ISSUE], "events": _course(*steps)}))
    cells = [each.cell for each in looked.problems if each.code == "move_impossible"]
    assert cells[:1] == ([wrong] if wrong else []), [each.sentence() for each in looked.problems]


def test_a_course_goes_on_where_the_stored_one_ended(county: Engine) -> None:
    begun = {"issues": [ISSUE], "events": _course(("working", 3, 1))}
    load(county, setup_workbook(begun))
    assert look(county, setup_workbook(begun)).changes_nothing, "the same ledger again"
    later = NOW.replace(day=3)

    def says(*steps: tuple[str, int, int]) -> set[str]:
        return codes(look(county, setup_workbook({"events": _course(*steps)}), now=later))

    assert says(("verifying", 5, 1)) == set()
    assert says(("closed", 5, 1)) == {"move_impossible"}
    assert says(("verifying", 2, 1)) == {"move_impossible"}, "it would stand before what is stored"
    early = [event(day=date(2026, 1, 1))]
    assert codes(look(county, setup_workbook({"events": early}), now=later)) == {"before_opened"}


def test_units_without_their_county(engine: Engine) -> None:
    looked = look(engine, setup_workbook({"units": [_units(level="township", code=TOWNSHIPS[0])]}))
    assert "no_county_row" in codes(looked)


def test_a_county_that_is_not_set_up_takes_no_targets(sqlite_engine: Engine) -> None:
    from tests.intake.county import breakdown_workbook, target

    with pytest.raises(WorkbookRefused, match="no_county_yet"):
        look(sqlite_engine, breakdown_workbook([target("ZF01", COUNTY, 3)]))


def test_what_the_database_refuses_is_a_problem_of_the_preview(shared: Engine) -> None:
    """A township under itself is no matter of a single row."""
    row = {"code": TOWNSHIPS[0], "level": "village", "parent": TOWNSHIPS[1], "name": "石门乡", "kind": "乡"}
    looked = look(shared, setup_workbook({"units": [row | {"valid_from": TODAY}]}))
    assert "refused" in codes(looked) and not looked.may_apply


def test_an_indicator_keeps_its_items_when_the_sheet_of_items_is_empty(county: Engine) -> None:
    row = next(dict(row) for row in INDICATORS if row["code"] == "QD01")
    load(county, setup_workbook({"indicators": [row | {"name": "五通达标", "valid_from": TODAY}]}))
    with read(county) as connection:
        directory = read_directory(connection, SCOPE, day=TODAY)
    assert list(directory.checklists["item"]) == ["Q1", "Q2", "Q3"]


def test_sheets_left_empty_change_nothing(shared: Engine) -> None:
    sheets = setup_sheets()
    looked = look(shared, setup_workbook({"departments": sheets["departments"]}))
    assert looked.changes_nothing and not looked.blocking
    assert "相同" in looked.note("zh") and "nothing changes" in looked.note("en")
