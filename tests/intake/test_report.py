"""The periodic report: figures, explanations, checklist marks, and each of its checks."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.engine import read
from data_access.facts import read_checklist, read_explanations, read_versions
from data_access.scope import Scope
from intake.errors import WorkbookRefused
from intake.figures import measure_of
from intake.report import share_of
from tests.intake.county import (
    APRIL,
    COUNTY,
    MARCH,
    SCOPE,
    TOWNSHIPS,
    breakdown_workbook,
    codes,
    figure,
    indicator_row,
    load,
    look,
    report_workbook,
    setup_workbook,
    target,
)

HOME = TOWNSHIPS[0]
VILLAGES = [f"{HOME}20{number}" for number in range(1, 7)]
IN_MAY = datetime(2026, 5, 3, tzinfo=UTC)
MAY = date(2026, 5, 3)


def _versions(engine: Engine, unit: str, indicator: str) -> pd.DataFrame:
    with read(engine) as connection:
        return read_versions(connection, SCOPE, unit, indicator)


def test_figures_of_every_kind(county: Engine) -> None:
    rows = [
        figure("ZF01", VILLAGES[0], 0),
        figure("ZF01", VILLAGES[1], "5"),
        figure("ZF01", VILLAGES[2], "—"),
        figure("PX01", HOME, "50余"),
        figure("ZJ01", HOME, "1,210.5"),
        figure("YS01", VILLAGES[0], numerator=80, denominator=90),
        figure("YS01", VILLAGES[1], "88.5%"),
        figure("SF01", HOME, "xx"),
        figure("JD01", VILLAGES[0], "是"),
        figure("DX01", VILLAGES[0], "正在整治"),
    ]
    load(county, report_workbook(rows))
    zero = _versions(county, VILLAGES[0], "ZF01").iloc[0]
    assert (zero["value"], zero["quality"], zero["place"], zero["state"]) == (
        0,
        "exact",
        "报送数据!J4",
        "accepted",
    )
    assert _versions(county, VILLAGES[2], "ZF01").empty
    about = _versions(county, HOME, "PX01").iloc[0]
    assert (about["value"], about["quality"], about["text"]) == (50, "approximate", "50余")
    assert _versions(county, HOME, "ZJ01").iloc[0]["value"] == 121_050
    ratio = _versions(county, VILLAGES[0], "YS01").iloc[0]
    assert (ratio["value"], ratio["numerator"], ratio["denominator"]) == (8_889, 80, 90)
    assert _versions(county, VILLAGES[1], "YS01").iloc[0]["value"] == 8_850
    masked = _versions(county, HOME, "SF01").iloc[0]
    assert pd.isna(masked["value"]) and masked["quality"] == "masked"
    assert _versions(county, VILLAGES[0], "JD01").iloc[0]["value"] == 1
    assert _versions(county, VILLAGES[0], "DX01").iloc[0]["text"] == "正在整治"


def test_explanations_and_marks_come_with_the_figures(county: Engine) -> None:
    said = {
        "cause": "资金未到位",
        "text": "上级资金尚未下达",
        "action": "已报县财政局",
        "promised_day": "2026年6月",
        "waits_on": "县财政局拨付",
    }
    marks = [
        {"indicator": "QD01", "unit": VILLAGES[0], "item": "Q1", "met": True},
        {"indicator": "QD01", "unit": VILLAGES[0], "item": "Q2", "met": False, "day": date(2026, 3, 9)},
        {"indicator": "QD01", "unit": VILLAGES[0], "item": "Q3"},
    ]
    content = report_workbook(
        [figure("ZF01", VILLAGES[0], 1, **said), figure("ZF01", VILLAGES[1], **said)], marks=marks
    )
    load(county, content)
    with read(county) as connection:
        explained = read_explanations(connection, SCOPE)
        marked = read_checklist(connection, SCOPE, day=MARCH)
    assert len(explained) == 2
    assert explained.iloc[0][["cause", "measure", "promised_day", "waits_on"]].tolist() == [
        "资金未到位",
        "已报县财政局",
        date(2026, 6, 30),
        "县财政局拨付",
    ]
    assert list(zip(marked["item"], marked["met"], marked["day"], strict=True)) == [
        ("Q1", True, MARCH),
        ("Q2", False, date(2026, 3, 9)),
    ]
    assert look(county, content, now=IN_MAY).changes_nothing


def test_a_correction_needs_a_reason_and_becomes_a_version(county: Engine) -> None:
    load(county, report_workbook([figure("ZF01", VILLAGES[0], 3)]))
    unreasoned = look(county, report_workbook([figure("ZF01", VILLAGES[0], 4)]), now=IN_MAY)
    assert codes(unreasoned) == {"correction_unreasoned"} and not unreasoned.may_apply
    assert "3 户" in unreasoned.blocking[0].sentence() and unreasoned.blocking[0].cell == "S4"
    mended = report_workbook([figure("ZF01", VILLAGES[0], 4, reason="漏报一户")])
    looked = look(county, mended, now=IN_MAY)
    assert [(change.old, change.new) for change in looked.changes] == [("3 户", "4 户")]
    load(county, mended, now=IN_MAY)
    versions = _versions(county, VILLAGES[0], "ZF01").sort_values("revision")
    assert list(versions["value"]) == [3, 4] and versions["reason"].iloc[1] == "漏报一户"


def test_a_returned_report_may_come_again_without_a_reason(county: Engine) -> None:
    from data_access.engine import write
    from data_access.writes import move_submission
    from metrics.vocabulary import SubmissionState

    applied = load(county, report_workbook([figure("ZF01", VILLAGES[0], 3)]), accept=False)
    assert applied.submission is not None
    with write(county, COUNTY) as connection:
        move_submission(
            connection,
            COUNTY,
            applied.submission,
            SubmissionState.RETURNED,
            actor="审核员",
            at=IN_MAY,
            note="请核实",
        )
    later = datetime(2026, 5, 4, tzinfo=UTC)
    again = look(county, report_workbook([figure("ZF01", VILLAGES[0], 3)]), now=later)
    assert again.may_apply and [change.what for change in again.changes] == ["new"]


CASES: dict[str, tuple[dict[str, Any], str, str, bool]] = {
    "text": (figure("ZF01", VILLAGES[0], "abc"), "not_a_number", "J4", True),
    "negative": (figure("ZF01", VILLAGES[0], -3), "negative", "J4", True),
    "half a household": (figure("ZF01", VILLAGES[0], 2.5), "not_whole", "J4", True),
    "zero or none": (figure("ZF01", VILLAGES[0], "无"), "none_or_zero", "J4", True),
    "a date": (figure("ZF01", VILLAGES[0], date(2026, 3, 5)), "date_for_number", "J4", True),
    "masked": (figure("ZF01", VILLAGES[0], "**"), "masked", "J4", False),
    "no such unit": (figure("ZF01", "990001101299", 3), "unknown_unit", "C4", True),
    "no such indicator": (figure("ZF09", VILLAGES[0], 3), "unknown_indicator", "A4", True),
    "slipped row": (figure("ZF01", VILLAGES[0], 3, unit_name="甲2村"), "name_differs", "C4", True),
    "other township": (figure("ZF01", TOWNSHIPS[1] + "201", 3), "other_township", "C4", True),
    "wrong level": (figure("ZJ01", VILLAGES[0], 3), "not_owed", "J4", True),
    "half a ratio": (figure("YS01", VILLAGES[0], numerator=3), "part_missing", "K4", True),
    "part over whole": (figure("YS01", VILLAGES[0], numerator=9, denominator=8), "parts_over", "K4", True),
    "over nothing": (figure("YS01", VILLAGES[0], numerator=0, denominator=0), "zero_denominator", "L4", True),
    "part in words": (
        figure("YS01", VILLAGES[0], numerator="多数", denominator=8),
        "not_a_number",
        "K4",
        True,
    ),
    "ratio beside its parts": (
        figure("YS01", VILLAGES[0], 99, numerator=80, denominator=90),
        "ratio_differs",
        "J4",
        False,
    ),
    "more than there are": (figure("ZF01", VILLAGES[0], 101), "above_stock", "J4", False),
    "run together": (figure("SF01", HOME, 510), "dash_lost", "J4", False),
    "promise for yesterday": (
        figure("ZF01", VILLAGES[0], 1, promised_day=date(2026, 2, 1)),
        "promise_past",
        "Q4",
        False,
    ),
    "asked and not explained": (
        figure("ZF01", VILLAGES[0], 1, behind="滞后 −12.0个百分点"),
        "unexplained",
        "O4",
        False,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_check_names_its_place(shared: Engine, name: str) -> None:
    row, code, cell, blocking = CASES[name]
    looked = look(shared, report_workbook([row]))
    found = {problem.code: (problem.cell, problem.blocking) for problem in looked.problems}
    assert found.get(code) == (cell, blocking)
    assert looked.may_apply is not blocking
    for problem in looked.problems:
        assert "{" not in problem.sentence("zh") + problem.sentence("en") + problem.remedy("zh")


def test_a_doubt_goes_with_the_figure(county: Engine) -> None:
    load(county, report_workbook([figure("ZF01", VILLAGES[0], 101), figure("ZF01", VILLAGES[1], 1)]))
    assert _versions(county, VILLAGES[0], "ZF01").iloc[0]["doubt"] == "101 户 超过本单位总数 100 户"
    assert pd.isna(_versions(county, VILLAGES[1], "ZF01").iloc[0]["doubt"])


def test_a_running_total_that_falls(county: Engine) -> None:
    load(county, report_workbook([figure("ZF01", VILLAGES[0], 30)]))
    fallen = report_workbook([figure("ZF01", VILLAGES[0], 28)], period=APRIL)
    assert codes(look(county, fallen, today=MAY, now=IN_MAY)) == {"total_falls"}
    explained = report_workbook([figure("ZF01", VILLAGES[0], 28, reason="两户返工")], period=APRIL)
    looked = look(county, explained, today=MAY, now=IN_MAY)
    assert codes(looked) == {"total_falls_explained"} and looked.may_apply


@pytest.mark.parametrize(("indicator", "first", "second"), [("ZF01", 9, 90), ("ZJ01", 12.5, 125_000)])
def test_ten_or_ten_thousand_times_the_last(county: Engine, indicator: str, first: Any, second: Any) -> None:
    unit = VILLAGES[0] if indicator == "ZF01" else HOME
    load(county, report_workbook([figure(indicator, unit, first)]))
    looked = look(
        county, report_workbook([figure(indicator, unit, second)], period=APRIL), today=MAY, now=IN_MAY
    )
    assert "unit_suspected" in codes(looked) and looked.may_apply


def test_what_may_be_persons_or_times_is_in_doubt(county: Engine) -> None:
    load(county, report_workbook([figure("PX01", HOME, "100人(次)")]))
    held = _versions(county, HOME, "PX01").iloc[0]
    assert (held["value"], held["text"]) == (100, "100人(次)")
    assert "分不清人还是人次" in held["doubt"]


def test_figures_copied_down_a_column(shared: Engine) -> None:
    rows = [figure("ZF01", village, 7) for village in VILLAGES]
    assert "identical" in codes(look(shared, report_workbook(rows)))
    mixed = [figure("ZF01", village, number) for number, village in enumerate(VILLAGES, start=5)]
    assert look(shared, report_workbook(mixed)).problems == ()


def test_everything_exactly_at_its_target(county: Engine) -> None:
    load(
        county,
        breakdown_workbook([target("ZF01", village, low) for low, village in enumerate(VILLAGES, start=5)]),
    )
    full = [figure("ZF01", village, low) for low, village in enumerate(VILLAGES, start=5)]
    looked = look(county, report_workbook(full), now=IN_MAY)
    assert codes(looked) == {"exactly_full"} and len(looked.warnings) == 6
    partly = [figure("ZF01", village, low - 2) for low, village in enumerate(VILLAGES, start=5)]
    assert look(county, report_workbook(partly), now=IN_MAY).problems == ()


def test_a_printed_percentage_that_does_not_follow(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZJ01", HOME, 43820)]))
    wrong = look(county, report_workbook([figure("ZJ01", HOME, 7003.5, printed="15.2%")]), now=IN_MAY)
    assert codes(wrong) == {"printed_differs"} and "16.0%" in wrong.warnings[0].sentence()
    right = look(county, report_workbook([figure("ZJ01", HOME, 7003.5, printed="16.0%")]), now=IN_MAY)
    assert right.problems == ()


def test_out_of_plausible_bounds(county: Engine) -> None:
    load(county, setup_workbook({"indicators": [indicator_row("BD01", "有上限", highest=50, lowest=2)]}))
    looked = look(county, report_workbook([figure("BD01", VILLAGES[0], 60)]), now=IN_MAY)
    assert codes(looked) == {"implausible"} and "2 户 – 50 户" in looked.warnings[0].sentence()


def test_what_is_owed_and_left_blank_is_counted(shared: Engine) -> None:
    rows = [figure("ZF01", VILLAGES[0], 3), *(figure("ZF01", village) for village in VILLAGES[1:])]
    found = look(shared, report_workbook(rows)).warnings
    assert [(problem.code, problem.cell, problem.facts["count"]) for problem in found] == [
        ("blank_owed", "J5", 5)
    ]


@pytest.mark.parametrize(
    ("period", "today", "code", "blocking"),
    [
        (date(2026, 6, 30), date(2026, 5, 20), "period_not_begun", True),
        (date(2026, 5, 31), date(2026, 5, 20), "period_not_over", False),
    ],
)
def test_periods_to_come(shared: Engine, period: date, today: date, code: str, blocking: bool) -> None:
    looked = look(shared, report_workbook([figure("ZF01", VILLAGES[0], 3)], period=period), today=today)
    assert codes(looked) == {code} and looked.may_apply is not blocking


def test_a_closed_period(county: Engine) -> None:
    load(county, setup_workbook({"settings": [{"name": "reports.closed_until", "value": "2026-03-31"}]}))
    closed = look(county, report_workbook([figure("ZF01", VILLAGES[0], 3)]), now=IN_MAY)
    assert codes(closed) == {"period_closed"} and not closed.may_apply
    assert look(
        county, report_workbook([figure("ZF01", VILLAGES[0], 3)], period=APRIL), now=IN_MAY, today=MAY
    ).may_apply


def test_a_quarterly_figure_in_april(shared: Engine) -> None:
    row = figure("YS01", VILLAGES[0], numerator=1, denominator=2)
    early = look(shared, report_workbook([row, figure("YS01", VILLAGES[1], 50)], period=APRIL), today=MAY)
    assert "not_its_period" in codes(early) and not early.may_apply


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ({"item": "Q9", "met": True}, "unknown_item"),
        ({"item": "Q1", "met": True, "day": date(2026, 4, 9)}, "checked_later"),
        ({"item": "Q1", "met": "也许"}, "not_yes_no"),
    ],
)
def test_checks_of_the_checklist(shared: Engine, mark: dict[str, Any], code: str) -> None:
    marks = [{"indicator": "QD01", "unit": VILLAGES[0], **mark}]
    looked = look(shared, report_workbook([figure("ZF01", VILLAGES[0], 3)], marks=marks))
    assert codes(looked) == {code} and not looked.may_apply


def test_a_township_hands_in_its_own_report_only(shared: Engine) -> None:
    content = report_workbook([figure("ZF01", VILLAGES[0], 3)])
    assert look(shared, content, scope=Scope.of(COUNTY, units=[HOME])).may_apply
    with pytest.raises(WorkbookRefused) as refused:
        look(shared, content, scope=Scope.of(COUNTY, units=[TOWNSHIPS[1]]))
    assert refused.value.code in ("wrong_scope", "unknown_home")


def test_parts_of_a_ratio_may_carry_decimals(county: Engine) -> None:
    names = {"numerator_name": "实际支出(万元,2位小数)", "denominator_name": "已下达(万元,2位小数)"}
    ratio = {"is_ratio": True, "is_whole": False, "measure": "%", "scale": 2, "level_reported": "township"}
    rows = [indicator_row("ZC01", "资金支出率", kind="level", accumulation="latest", **ratio, **names)]
    load(county, setup_workbook({"indicators": rows}))
    load(county, report_workbook([figure("ZC01", HOME, numerator="7,003.5", denominator="4.382亿元")]))
    held = _versions(county, HOME, "ZC01").iloc[0]
    assert (held["numerator"], held["denominator"], held["value"]) == (700_350, 4_382_000, 1_598)
    over = look(county, report_workbook([figure("ZC01", HOME, numerator=2.5, denominator=1)]))
    assert "分子 2.50 大于分母 1.00" in next(p.sentence() for p in over.problems if p.code == "parts_over")
    fine = look(county, report_workbook([figure("YS01", VILLAGES[0], numerator=2.5, denominator=9)]))
    assert [each.sentence() for each in fine.blocking] == ["2.5 不是整数，“通水户”须按整数填。"]


@pytest.mark.parametrize(
    ("part", "whole", "value"), [(80, 90, 8889), (1, 3, 3333), (1, 8, 1250), (2, 3, 6667), (0, 5, 0)]
)
def test_a_ratio_in_its_smallest_unit(part: int, whole: int, value: int) -> None:
    assert share_of(part, whole, measure_of("%", 2)) == value
