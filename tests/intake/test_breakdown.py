"""The breakdown: targets as documents write them, plans as curves, and each of its checks."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.engine import read
from data_access.facts import read_curves, read_targets
from data_access.scope import Scope
from intake.checks.places import announcements, run_together
from intake.errors import WorkbookRefused
from metrics.curves import Curve, Shape, parse_points, share
from tests.intake.county import (
    COUNTY,
    NOW,
    SCOPE,
    TOWNSHIPS,
    breakdown_workbook,
    codes,
    load,
    look,
    target,
)

FIRST, SECOND, THIRD = TOWNSHIPS
VILLAGE = FIRST + "201"
LATER = datetime(2026, 4, 3, tzinfo=UTC)


def _stored(engine: Engine) -> pd.DataFrame:
    with read(engine) as connection:
        return read_targets(connection, SCOPE, year=2026).set_index(["indicator", "unit"])


def test_targets_as_documents_write_them(county: Engine) -> None:
    rows = [
        target("ZF01", COUNTY, 100, document="试发〔2026〕1号"),
        target("ZF01", FIRST, "约40"),
        target("ZF01", SECOND, "30–50"),
        target("ZF01", THIRD, no_task=True),
        target("ZJ01", COUNTY, "3000万元以上"),
        target("ZJ01", FIRST, "0.12亿元"),
        target("YS01", COUNTY, "95%", base=85),
        target("JD01", VILLAGE, "是", deadline="2026年9月"),
        target("DX01", COUNTY, text="明显改善"),
        target("ZF01", COUNTY, 120, issuer="某市", force="strive"),
    ]
    load(county, breakdown_workbook(rows))
    held = _stored(county)
    own = held[held["is_breakdown"]]

    def of(indicator: str, unit: str) -> dict[str, Any]:
        row = own.loc[(indicator, unit)]
        return {
            name: row[name] for name in ("kind", "comparator", "low", "high", "base", "no_task", "deadline")
        }

    assert (of("ZF01", COUNTY)["low"], of("ZF01", COUNTY)["comparator"]) == (100, ">=")
    assert of("ZF01", FIRST)["comparator"] == "about"
    assert (of("ZF01", SECOND)["comparator"], of("ZF01", SECOND)["low"], of("ZF01", SECOND)["high"]) == (
        "range",
        30,
        50,
    )
    assert of("ZF01", THIRD)["no_task"]
    assert of("ZJ01", COUNTY)["low"] == 300_000 and of("ZJ01", FIRST)["low"] == 120_000
    assert (of("YS01", COUNTY)["low"], of("YS01", COUNTY)["base"]) == (9_500, 8_500)
    assert (of("JD01", VILLAGE)["low"], of("JD01", VILLAGE)["deadline"]) == (1, date(2026, 9, 30))
    assert of("DX01", COUNTY)["kind"] == "qualitative" and pd.isna(of("DX01", COUNTY)["low"])
    city = held[~held["is_breakdown"]]
    assert (city["issuer"].item(), city["low"].item(), city["force"].item()) == ("某市", 120, "strive")


def test_a_row_without_a_target_sets_none(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", COUNTY, 100), target("ZF01", FIRST)]))
    assert len(_stored(county)) == 1


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"month_3": 10, "month_6": 40, "month_9": 70, "month_12": 100}, {3: 0.1, 6: 0.4, 9: 0.7, 12: 1.0}),
        ({"quarter_1": 10, "quarter_2": 40, "quarter_3": 70, "quarter_4": 100}, {3: 0.1, 6: 0.4, 9: 0.7}),
        ({"month_6": 50}, {6: 0.5, 12: 1.0}),
    ],
)
def test_plan_columns_become_the_units_curve(
    county: Engine, plan: dict[str, int], expected: dict[int, float]
) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 100, **plan)]))
    with read(county) as connection:
        row = read_curves(connection, SCOPE, year=2026, units=[FIRST]).iloc[0]
    curve = Curve(row["name"], Shape(row["shape"]), parse_points(row["points"]))
    for month, planned in expected.items():
        assert share(curve, date(2026, month, 31 if month in (3, 12) else 30)) == pytest.approx(planned)


def test_the_plan_of_a_level_runs_from_its_base(county: Engine) -> None:
    load(county, breakdown_workbook([target("YS01", FIRST, 95, base=85, month_6=90, month_12=95)]))
    with read(county) as connection:
        row = read_curves(connection, SCOPE, year=2026, units=[FIRST]).iloc[0]
    assert dict(parse_points(row["points"])) == {"06-30": 0.5, "12-31": 1.0}


def _problems(shared: Engine, row: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    looked = look(shared, breakdown_workbook([row]))
    for problem in looked.problems:
        assert "{" not in problem.sentence("zh") + problem.remedy("en") + problem.sentence("en")
    return {problem.code: (problem.cell, problem.blocking) for problem in looked.problems}


CASES = {
    "zero": (target("ZF01", FIRST, 0), "target_zero", "H4", True),
    "negative": (target("ZF01", FIRST, -5), "target_negative", "H4", True),
    "masked": (target("ZF01", FIRST, "xx"), "target_masked", "H4", True),
    "in words": (target("ZF01", FIRST, "基本完成"), "target_in_words", "H4", True),
    "text": (target("ZF01", FIRST, "石门"), "not_a_number", "H4", True),
    "no task with target": (target("ZF01", FIRST, 5, no_task=True), "no_task_with_target", "K4", True),
    "open range": (target("ZF01", FIRST, 5, comparator="range"), "range_without_high", "I4", True),
    "range upside down": (target("ZF01", FIRST, 5, high=3), "high_below_low", "I4", True),
    "two comparators": (
        target("ZF01", FIRST, 5, high=9, comparator=">="),
        "high_without_range",
        "I4",
        True,
    ),
    "no base": (target("YS01", FIRST, 95), "base_missing", "J4", False),
    "other year": (target("ZF01", FIRST, 5, deadline=date(2027, 6, 30)), "deadline_elsewhere", "P4", True),
    "valid elsewhere": (
        target("ZF01", FIRST, 5, valid_from=date(2025, 6, 30)),
        "valid_elsewhere",
        "S4",
        True,
    ),
    "due before it holds": (
        target("ZF01", FIRST, 5, deadline=date(2026, 2, 1), valid_from=date(2026, 6, 1)),
        "deadline_before",
        "P4",
        True,
    ),
    "raised on its last day": (
        target(
            "ZF01",
            FIRST,
            5,
            deadline=date(2026, 11, 30),
            valid_from=date(2026, 11, 30),
            change="raise",
            document="云农领〔2026〕9号",
            reason="追加",
        ),
        "raised_too_late",
        "S4",
        True,
    ),
    "unreasoned": (target("ZF01", FIRST, 5, change="raise"), "change_unreasoned", "R4", True),
    "change of nothing": (target("ZF01", FIRST, 5, change="lower"), "change_of_nothing", "Q4", True),
    "below the level": (target("ZJ01", VILLAGE, 5), "other_level", "C4", False),
    "plan without target": (target("ZF01", FIRST, month_3=5), "target_missing", "H4", True),
    "two plans": (target("ZF01", FIRST, 9, month_12=9, quarter_4=9), "plan_both", "AN4", True),
    "falling plan": (target("ZF01", FIRST, 9, month_3=5, month_6=4), "plan_falls", "H4", True),
    "short plan": (target("ZF01", FIRST, 9, month_12=8), "plan_not_target", "H4", True),
    "long plan": (target("ZF01", FIRST, 9, month_6=12), "plan_not_target", "H4", True),
    "plan of a milestone": (target("JD01", FIRST, "是", month_6=1), "plan_unfit", "F4", True),
    "plan in words": (target("ZF01", FIRST, 9, month_6="一半"), "not_a_number", "AD4", True),
    "no such unit": (target("ZF01", "990001109", 9), "unknown_unit", "C4", True),
    "no such indicator": (target("ZF1", FIRST, 9), "unknown_indicator", "A4", True),
    "name of another": (
        target("ZF01", FIRST, 9, unit_name="白沙镇"),
        "name_differs",
        "C4",
        True,
    ),
    "base in words": (target("YS01", FIRST, 95, base="不详"), "not_a_number", "J4", True),
    "run together": (target("SF01", COUNTY, 1020), "dash_lost", "H4", False),
    "named otherwise": (
        target("SF01", COUNTY, 10, text="建成贝母、大蒜、肉鸽和甲村等10个科技扶贫基地"),
        "names_differ",
        "U4",
        False,
    ),
    "persons or times": (target("PX01", COUNTY, "1万人(次)"), "unit_ambiguous", "H4", False),
}


@pytest.mark.parametrize("name", CASES)
def test_each_check_names_its_place(shared: Engine, name: str) -> None:
    row, code, cell, blocking = CASES[name]
    assert _problems(shared, row).get(code) == (cell, blocking)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (1020, (10, 20)),
        (2050, (20, 50)),
        (510, (5, 10)),
        (35, (3, 5)),
        (312, None),
        (17, None),
        (600, None),
        (2000, None),
        (7, None),
    ],
)
def test_two_numbers_run_together(value: int, parts: tuple[int, int] | None) -> None:
    assert run_together(value) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建成贝母、大蒜、肉鸽等10个科技扶贫基地", [(10, 3)]),
        ("甲村、乙村、丙村和丁村等4个村", [(4, 4)]),
        ("和平村、和谐村2个村", [(2, 2)]),
        ("完成15个专业村建设", []),
        ("明显改善", []),
    ],
)
def test_names_in_a_row_and_their_number(text: str, found: list[tuple[int, int]]) -> None:
    assert list(announcements(text)) == found


def test_a_change_keeps_its_reason_and_document(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 10)]))
    change = {"document": "试发〔2026〕9号", "reason": "上级追加", "valid_from": date(2026, 4, 1)}
    load(county, breakdown_workbook([target("ZF01", FIRST, 12, change="raise", **change)]), now=LATER)
    raised = _stored(county).iloc[-1]
    assert (raised["low"], raised["document"], raised["reason"]) == (12, "试发〔2026〕9号", "上级追加")


def test_a_count_below_the_number_of_villages_lost_no_dash(shared: Engine) -> None:
    assert "dash_lost" not in _problems(shared, target("SF01", COUNTY, 12))


@pytest.mark.parametrize(
    ("parts", "said"),
    [((40, 30, 20), "机动 10 户"), ((60, 30, 20), "加码 10 户"), ((40, 30), "另有 1 个单位未下达")],
)
def test_parts_and_whole_are_compared_and_the_difference_named(
    shared: Engine, parts: tuple[int, ...], said: str
) -> None:
    rows = [
        target("ZF01", COUNTY, 100),
        *(target("ZF01", unit, low) for unit, low in zip(TOWNSHIPS, parts, strict=False)),
    ]
    looked = look(shared, breakdown_workbook(rows))
    found = [problem for problem in looked.problems if problem.code == "parts_differ"]
    assert len(found) == 1 and said in found[0].sentence() and looked.may_apply


def test_parts_that_add_up_say_nothing(shared: Engine) -> None:
    rows = [target("ZF01", COUNTY, 90), *(target("ZF01", unit, 30) for unit in TOWNSHIPS)]
    assert look(shared, breakdown_workbook(rows)).problems == ()


@pytest.mark.parametrize("since", [None, date(2026, 3, 1), date(2025, 12, 31)])
def test_a_row_that_says_the_new_amount_of_the_months_before_it_held_is_refused(
    county: Engine, since: date | None
) -> None:
    """100, raised to 150 in August: 150 from January would make the months between ones of 150."""
    load(county, breakdown_workbook([target("ZF01", FIRST, 100)]))
    since_august = {"document": "试发〔2026〕9号", "valid_from": date(2026, 8, 31), "reason": "追加"}
    raised = target("ZF01", FIRST, 150, change="raise", **since_august)
    load(county, breakdown_workbook([raised]), now=LATER)
    again = {} if since is None else {"valid_from": since}
    october = {"now": LATER, "today": date(2026, 10, 1)}
    looked = look(county, breakdown_workbook([target("ZF01", FIRST, 150, **again)]), **october)
    assert "already_set" in codes(looked) and not looked.may_apply
    same = target("ZF01", FIRST, 150, valid_from=date(2026, 9, 1))
    assert "already_set" not in codes(look(county, breakdown_workbook([same]), **october))


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        ("F4", {"kind": "level", "base": 20}),
        ("F4", {"kind": "duty"}),
        ("G4", {"comparator": "about"}),
        ("P4", {"deadline": date(2026, 6, 30)}),
        ("O4", {"principal": True}),
    ],
)
def test_how_a_target_is_judged_changes_with_a_word_on_it_only(
    county: Engine, cell: str, other: dict[str, object]
) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 100)]))
    october = {"now": LATER, "today": date(2026, 10, 1)}
    looked = look(county, breakdown_workbook([target("ZF01", FIRST, 100, **other)]), **october)
    [found] = [problem for problem in looked.problems if problem.code == "set_otherwise"]
    assert not looked.may_apply and found.cell == cell
    why = {
        "change": "correct",
        "document": "试发〔2026〕9号",
        "valid_from": date(2026, 1, 1),
        "reason": "笔误",
    }
    mended = look(county, breakdown_workbook([target("ZF01", FIRST, 100, **other, **why)]), **october)
    assert "set_otherwise" not in codes(mended)
    assert codes(look(county, breakdown_workbook([target("ZF01", FIRST, 100)]), **october)) == set()


def test_a_base_that_was_missing_may_be_handed_in_later(county: Engine) -> None:
    level = {"kind": "level"}
    load(county, breakdown_workbook([target("ZF01", FIRST, 100, **level)]))
    looked = look(county, breakdown_workbook([target("ZF01", FIRST, 100, base=20, **level)]), now=LATER)
    assert looked.may_apply and codes(looked) == set()


def test_a_task_is_not_taken_away_without_a_word(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 100)]))
    assert "set_otherwise" in codes(look(county, breakdown_workbook([target("ZF01", FIRST, no_task=True)])))


def test_a_target_that_was_set_changes_with_a_word_on_it_only(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 100)]))
    assert "already_set" in codes(look(county, breakdown_workbook([target("ZF01", FIRST, 150)])))
    raised = target(
        "ZF01",
        FIRST,
        150,
        change="raise",
        document="试发〔2026〕9号",
        valid_from=date(2026, 8, 31),
        reason="追加",
    )
    looked = look(county, breakdown_workbook([raised]), now=LATER, today=date(2026, 9, 1))
    assert [(change.old, change.new, change.what) for change in looked.changes] == [
        ("100 户", "150 户", "corrected")
    ]
    wrong = look(county, breakdown_workbook([{**raised, "low": 90}]), now=LATER)
    assert "change_direction" in codes(wrong)
    load(county, breakdown_workbook([raised]), now=LATER, today=date(2026, 9, 1))
    assert len(_stored(county)) == 2


def test_two_principals(shared: Engine) -> None:
    rows = [
        target("ZF01", FIRST, 9, principal=True),
        target("ZF01", FIRST, 12, principal=True, issuer="某市"),
    ]
    assert "two_principals" in codes(look(shared, breakdown_workbook(rows)))


def test_ten_times_last_years_target(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 30)], year=2025), today=date(2025, 2, 1))
    found = look(county, breakdown_workbook([target("ZF01", FIRST, 300)]), now=LATER)
    assert codes(found) == {"target_jump"} and found.may_apply


def test_names_do_without_codes(shared: Engine) -> None:
    row = {"indicator": "危房改造竣工", "unit": "石門鄉", "low": 9}
    looked = look(shared, breakdown_workbook([row]))
    assert [(change.unit, change.indicator) for change in looked.changes] == [("石门乡", "危房改造竣工")]


def test_a_township_sets_targets_for_its_own_villages_only(shared: Engine) -> None:
    scope = Scope.of(COUNTY, units=[FIRST])
    inside = look(shared, breakdown_workbook([target("ZF01", VILLAGE, 3)]), scope=scope)
    assert inside.may_apply
    outside = look(shared, breakdown_workbook([target("ZF01", SECOND, 3)]), scope=scope)
    assert not outside.may_apply and codes(outside) & {"outside_scope", "unknown_unit"}


def test_a_breakdown_without_its_year(shared: Engine) -> None:
    from intake.sheets import BREAKDOWN
    from intake.writer import Content, write_workbook

    content = write_workbook(BREAKDOWN, {"targets": Content([target("ZF01", FIRST, 3)])}, {"shared": COUNTY})
    with pytest.raises(WorkbookRefused, match="missing_meta"):
        look(shared, content, now=NOW)


def test_a_milestone_of_a_parent_counts_its_villages(shared: Engine) -> None:
    looked = look(shared, breakdown_workbook([target("JD01", COUNTY, 6), target("JD01", VILLAGE, "是")]))
    assert looked.problems == () and [change.new for change in looked.changes] == ["6 项", "1 项"]


def test_of_a_ceiling_a_lower_figure_asks_for_more(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", FIRST, 100, comparator="<=")]))
    papers = {"document": "试发〔2026〕9号", "valid_from": date(2026, 8, 31), "reason": "收紧"}
    found = {
        (change, low): "change_direction"
        in codes(
            look(
                county,
                breakdown_workbook([target("ZF01", FIRST, low, comparator="<=", change=change, **papers)]),
                now=LATER,
            )
        )
        for change in ("raise", "lower")
        for low in (90, 120)
    }
    assert [key for key, refused in found.items() if refused] == [("raise", 120), ("lower", 90)]
