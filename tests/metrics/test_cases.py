"""Figures that real documents printed, with what the judgement makes of them."""

from datetime import date

import pytest

from metrics.curves import Curve, Shape, share
from metrics.figures import percent
from metrics.judge import judge
from tests.metrics.boards import COUNTY, at, board, cells, curve, fact, indicator, target

# A prefecture city's supervision notice on poverty work, figures to the end of July 2014.
LONGNAN = date(2014, 7, 31)
TASKS = {
    "财政专项扶贫资金安排到特困片区": (19_030_00, 20_830_00, 0.913586, "91.4%", "on_plan"),
    "易地扶贫搬迁投资": (7_003_50, 43_820_00, 0.159824, "16.0%", "far_behind"),
    "两后生培训招生": (3_980, 9_000, 0.442222, "44.2%", "behind"),
    "两后生电商培训注册网店": (612, 1_000, 0.612, "61.2%", "on_plan"),
    "危旧房改造竣工": (5_603, 30_000, 0.186767, "18.7%", "far_behind"),
}


@pytest.fixture(scope="module")
def longnan() -> object:
    start = date(2014, 1, 1)
    codes = [*TASKS, "沥青路", "形象进度", "互助社注册", "参合率"]
    kinds = {"沥青路": {"measure": "%", "accumulation": "latest"}, "参合率": {"measure": "%", "scale": 2}}
    targets = [
        target(COUNTY, low, code, valid_from=start, deadline=date(2014, 12, 31))
        for code, (_, low, *_) in TASKS.items()
    ]
    targets += [target(COUNTY, 100, code, valid_from=start) for code in ("沥青路", "形象进度", "互助社注册")]
    facts = [fact(COUNTY, amount, code) for code, (amount, *_) in TASKS.items()]
    facts += [
        fact(COUNTY, 70, "形象进度", quality="at_least", text="70%以上"),
        fact(COUNTY, None, "互助社注册", quality="qualitative", text="即将完成"),
        fact(COUNTY, 9799, "参合率"),
    ]
    indicators = [indicator(code, level_reported="county", **kinds.get(code, {})) for code in codes]
    return judge(board(targets, facts, units=(COUNTY,), indicators=indicators, day=LONGNAN, year=2014))


@pytest.mark.parametrize("code", TASKS)
def test_longnan_completion_and_state_on_a_straight_line_by_month(longnan: object, code: str) -> None:
    row = at(longnan, COUNTY, code)
    _, _, completion, shown, state = TASKS[code]
    assert row.completion == pytest.approx(completion, abs=5e-7)
    assert percent(row.completion) == shown
    assert row.planned == pytest.approx(0.583333, abs=5e-7)
    assert row.state == state


def test_longnan_words_and_bounds_are_not_figures(longnan: object) -> None:
    assert at(longnan, COUNTY, "互助社注册").state == "unquantified"
    assert at(longnan, COUNTY, "形象进度").state == "on_plan"  # 70 % or more, where 58.3 % is planned
    assert at(longnan, COUNTY, "沥青路").state == "unreported"
    assert at(longnan, COUNTY, "参合率").state == "no_target"
    assert at(longnan, COUNTY, "参合率").actual == 9799


def test_quarter_shares_and_payment_dates_as_a_district_wrote_them() -> None:
    quarters = Curve(
        "培训 10/30/30/30", Shape.LINEAR, (("03-31", 0.10), ("06-30", 0.40), ("09-30", 0.70), ("12-31", 1.0))
    )
    for day, expected in {"03-31": 0.10, "06-30": 0.40, "08-15": 0.55, "09-30": 0.70, "12-31": 1.0}.items():
        assert share(quarters, date.fromisoformat(f"2021-{day}")) == pytest.approx(expected)
    payments = Curve("雨露计划", Shape.STEP, (("06-30", 0.5), ("12-31", 1.0)))
    for day, expected in {"06-29": 0.0, "06-30": 0.5, "12-30": 0.5, "12-31": 1.0}.items():
        assert share(payments, date.fromisoformat(f"2021-{day}")) == expected


def test_a_year_of_a_programme_is_not_the_programme() -> None:
    """After 2017 is done 140 of 200 are reached in all, and nothing yet of the 60 of 2018."""
    annual = indicator("annual", level_reported="county")
    total = indicator("total", level_reported="county", accumulation="cumulative")
    day = date(2018, 3, 31)
    held = judge(
        board(
            [
                target(COUNTY, low, code, valid_from=date(2018, 1, 1))
                for code, low in (("annual", 60), ("total", 200))
            ],
            [fact(COUNTY, 0, "annual"), fact(COUNTY, 140, "total")],
            units=(COUNTY,),
            indicators=[annual, total],
            day=day,
            year=2018,
        )
    )
    assert percent(at(held, COUNTY, "annual").completion) == "0.0%"
    assert percent(at(held, COUNTY, "total").completion) == "70.0%"


def test_an_eighth_county_without_the_task_reads_no_task() -> None:
    """Two targets over seven counties: 14 in all, and one county that has none."""
    counties = [f"99052{n}" for n in range(1, 9)]
    parts = [2, 2, 2, 2, 2, 2, 2, None]
    held = cells(
        [target(code, low, no_task=low is None) for code, low in zip(counties, parts, strict=True)],
        [fact(code, 1) for code in counties[:7]],
        units=counties,
        indicators=[indicator(level_reported="county")],
        day=date(2026, 6, 30),
        curves=[curve([("12-31", 1.0)])],
    )
    assert held["target"].sum() == 14
    assert list(held["state"]) == ["on_plan"] * 7 + ["no_task"]
