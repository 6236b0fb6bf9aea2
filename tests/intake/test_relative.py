"""Targets counted from something, as documents write them: read, refused, kept, and judged."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.documents import read_targets
from data_access.engine import read
from intake.figures import Figure, measure_of
from intake.problems import Fault
from intake.steps import parse_step
from metrics.vocabulary import MeasuredFrom, Quality
from tests.intake.county import (
    COUNTY,
    SCOPE,
    START,
    TOWNSHIPS,
    breakdown_workbook,
    codes,
    indicator_row,
    load,
    look,
    setup_workbook,
    target,
)

FIRST = TOWNSHIPS[0]
PERCENT, MONEY = measure_of("%", 2), measure_of("元", 0)
RATIO = {
    "measure": "%",
    "scale": 2,
    "kind": "keep",
    "accumulation": "latest",
    "is_whole": False,
    "is_ratio": True,
    "numerator_name": "达标户数",
    "denominator_name": "总户数",
    "level_reported": "township",
}
RATE = indicator_row("DB01", "达标率", **RATIO)


def outside(value: Any, **more: Any) -> dict[str, Any]:
    row = {"indicator": "DB01", "name": "全省平均", "value": value, "source": "省统计局快报"}
    return row | {"valid_from": date(2026, 1, 31)} | more


@pytest.fixture
def rated(county: Engine) -> Engine:
    load(county, setup_workbook({"indicators": [RATE], "outside": [outside(88.5)]}))
    return county


def _held(engine: Engine) -> pd.DataFrame:
    with read(engine) as connection:
        return read_targets(connection, SCOPE, year=2026).set_index(["indicator", "unit"])


@pytest.mark.parametrize(
    ("text", "start", "value", "quality"),
    [
        ("提高5个百分点", "base", 500, Quality.EXACT),
        ("在原基础上提高5个百分点", "base", 500, Quality.EXACT),
        ("比上年末提高3个百分点以上", "base", 300, Quality.AT_LEAST),
        ("比上年提高约5个百分点", "base", 500, Quality.APPROXIMATE),
        ("下降2个百分点", "base", -200, Quality.EXACT),
        ("较上年同期下降2个百分点以上", "last_year", -200, Quality.AT_MOST),
        ("降低2-3个百分点", "base", -200, Quality.AT_MOST),
        ("提高3—5个百分点", "base", 300, Quality.RANGE),
    ],
)
def test_steps_in_words(text: str, start: str, value: int, quality: Quality) -> None:
    """卫生厕所在原基础上提高5个百分点, 报销比例提高3个百分点以上: as two health plans wrote them."""
    found = parse_step(text, PERCENT)
    assert isinstance(found, tuple)
    assert (found[0], found[1].value, found[1].quality) == (MeasuredFrom(start), value, quality)
    assert found[1].text == "".join(text.split())


def test_an_amount_grows_in_its_own_measure() -> None:
    """人均增收300元以上."""
    found = parse_step("增加300元以上", MONEY)
    assert isinstance(found, tuple) and isinstance(found[1], Figure)
    assert (found[1].value, found[1].quality) == (300, Quality.AT_LEAST)


@pytest.mark.parametrize("text", ["增长3%", "降低2%"])
def test_points_and_per_cent_are_not_taken_for_each_other(text: str) -> None:
    found = parse_step(text, PERCENT)
    assert isinstance(found, Fault) and found.code == "step_unclear"


@pytest.mark.parametrize("text", ["95%", "下降到2%", "提高到95%", "减少至2%", "基本完成", 3, None])
def test_what_is_no_step(text: Any) -> None:
    found = parse_step(text, PERCENT)
    assert found is None or isinstance(found, Fault)


def test_steps_and_comparisons_are_kept_as_written(rated: Engine) -> None:
    rows = [
        target("YS01", FIRST, "提高5个百分点", base=72),
        target("YS01", TOWNSHIPS[1], -2, base=9, measured_from="年初基数"),
        target("DB01", FIRST, 0, measured_from="上年同期"),
        target("DB01", TOWNSHIPS[1], 1, measured_from="outside", reference="全省平均", comparator=">"),
        target("DB01", COUNTY, 90, minimum=80),
    ]
    load(rated, breakdown_workbook(rows))
    held = _held(rated)

    def of(code: str, unit: str) -> tuple[Any, ...]:
        row = held.loc[(code, unit)]
        return tuple(row[name] for name in ("kind", "comparator", "low", "measured_from"))

    assert of("YS01", FIRST)[:3] == ("level", ">=", 500)
    assert held.loc[("YS01", FIRST), "text"] == "提高5个百分点"
    assert of("YS01", TOWNSHIPS[1]) == ("level", "<=", -200, "base")
    assert of("DB01", FIRST) == ("keep", ">=", 0, "last_year")
    assert of("DB01", TOWNSHIPS[1]) == ("keep", ">", 100, "outside")
    assert held.loc[("DB01", TOWNSHIPS[1]), "reference"] == "全省平均"
    assert held.loc[("DB01", COUNTY), "minimum"] == 8000
    assert look(rated, breakdown_workbook(rows)).changes_nothing


def test_another_start_is_another_target(rated: Engine) -> None:
    load(rated, breakdown_workbook([target("DB01", FIRST, 0, measured_from="last_year")]))
    again = look(rated, breakdown_workbook([target("DB01", FIRST, 0, measured_from="county")]))
    assert "already_set" in codes(again)


CASES = {
    "amount over a base": (
        target("ZF01", FIRST, 5, kind="accumulate", measured_from="base"),
        "relative_kind",
        "F4",
    ),
    "level against last year": (
        target("DB01", FIRST, 0, kind="level", measured_from="last_year"),
        "relative_kind",
        "F4",
    ),
    "range of others": (target("DB01", FIRST, "1–2", measured_from="last_year"), "relative_range", "G4"),
    "nameless": (target("DB01", FIRST, 0, measured_from="outside"), "reference_missing", "W4"),
    "name alone": (target("DB01", FIRST, 90, reference="全省平均"), "reference_unasked", "W4"),
    "county of amounts": (target("ZF01", FIRST, 0, measured_from="county"), "county_of_amounts", "V4"),
    "county itself": (target("DB01", COUNTY, 0, measured_from="county"), "county_with_itself", "V4"),
    "floor of a sum": (target("ZF01", FIRST, 5, minimum=1), "minimum_unfit", "X4"),
    "floor of a ceiling": (target("DB01", FIRST, 5, minimum=1, comparator="<="), "minimum_unfit", "X4"),
    "floor above the mean": (target("DB01", FIRST, 50, minimum=60), "minimum_above_mean", "X4"),
    "floor in words": (target("DB01", FIRST, 50, minimum="不详"), "not_a_number", "X4"),
    "points or per cent": (target("YS01", FIRST, "增长3%", base=70), "step_unclear", "H4"),
    "two starts": (
        target("YS01", FIRST, "提高3个百分点", base=70, measured_from="last_year"),
        "step_elsewhere",
        "H4",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_check_names_its_place(rated: Engine, name: str) -> None:
    row, code, cell = CASES[name]
    found = {one.code: one for one in look(rated, breakdown_workbook([row])).problems}
    assert code in found, found
    assert (found[code].cell, found[code].blocking) == (cell, True)
    assert "{" not in found[code].sentence("zh") + found[code].remedy("en")


def test_warnings_do_not_stand_in_the_way(rated: Engine) -> None:
    named = look(
        rated, breakdown_workbook([target("DB01", FIRST, 0, measured_from="outside", reference="全市平均")])
    )
    assert codes(named) == {"reference_unknown"} and named.may_apply
    baseless = look(rated, breakdown_workbook([target("YS01", FIRST, "提高5个百分点")]))
    assert codes(baseless) == {"base_missing"} and baseless.may_apply


def test_the_plan_of_a_step_ends_at_the_level_it_comes_to(rated: Engine) -> None:
    row = target("YS01", FIRST, "提高5个百分点", base=72, month_6=74, month_12=77)
    assert codes(look(rated, breakdown_workbook([row]))) == set()
    short = target("YS01", FIRST, "提高5个百分点", base=72, month_12=76)
    assert "plan_not_target" in codes(look(rated, breakdown_workbook([short])))


SETUP_CASES = {
    "nothing to pair with": ({"indicators": [RATE | {"pair": "NO"}]}, "pair_unknown"),
    "paired with itself": ({"indicators": [RATE | {"pair": "DB01"}]}, "pair_itself"),
    "published tomorrow": ({"outside": [outside(88, valid_from=date(2030, 1, 31))]}, "day_to_come"),
    "value in words": ({"outside": [outside("较高")]}, "not_a_number"),
    "about a value": ({"outside": [outside("约88")]}, "not_a_number"),
    "no value": ({"outside": [outside(None)]}, "required"),
    "no such indicator": ({"outside": [outside(88, indicator="NO")]}, "unknown_indicator"),
}


@pytest.mark.parametrize("name", SETUP_CASES)
def test_pairs_and_figures_of_others_are_checked(rated: Engine, name: str) -> None:
    sheets, code = SETUP_CASES[name]
    looked = look(rated, setup_workbook(sheets))
    assert code in codes(looked) and not looked.may_apply


def test_two_indicators_may_be_defined_and_paired_at_once(county: Engine) -> None:
    rows = [
        indicator_row("TP01", "脱贫户数", pair="TP02", valid_from=START),
        indicator_row("TP02", "脱贫人数", measure="人", valid_from=START),
    ]
    load(county, setup_workbook({"indicators": rows}))
    assert look(county, setup_workbook({"indicators": rows})).changes_nothing
