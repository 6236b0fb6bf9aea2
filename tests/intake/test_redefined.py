"""Indicators that are defined anew: what is stored keeps its meaning, and a year is counted in one way."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.engine import read
from data_access.used import indicators_in_use
from tests.intake.county import (
    COUNTY,
    INDICATORS,
    MARCH,
    NOW,
    SCOPE,
    START,
    TODAY,
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

NEW_YEAR = date(2026, 1, 1)
NEXT_YEAR = date(2027, 1, 1)
LATER = NOW.replace(month=5)


def _again(code: str, **more: Any) -> dict[str, Any]:
    """The row of an indicator of the county, changed."""
    return next(dict(row) for row in INDICATORS if row["code"] == code) | more


def _said(engine: Engine, *rows: dict[str, Any]) -> set[str]:
    looked = look(engine, setup_workbook({"indicators": rows}), now=LATER)
    return codes(looked) & {"measure_changed", "measure_reworded", "counting_changed"}


@pytest.fixture
def used(county: Engine) -> Engine:
    """A county in which PX01 was reported in March and ZJ01 has a target."""
    load(county, report_workbook([figure("PX01", TOWNSHIPS[0], 12)]))
    load(county, breakdown_workbook([target("ZJ01", COUNTY, 100)]))
    return county


def test_what_rests_on_an_indicator_is_known_on_both_engines(engine: Engine) -> None:
    load(engine, setup_workbook())
    load(engine, report_workbook([figure("PX01", TOWNSHIPS[0], 12)]))
    load(engine, breakdown_workbook([target("ZJ01", COUNTY, 100)]), now=LATER)
    with read(engine) as connection:
        now, before = (indicators_in_use(connection, SCOPE, moment) for moment in (None, NOW))
    assert [(each.valid_from, each.accumulation, each.scale) for each in now["PX01"].versions] == [
        (START, "increment", 0)
    ]
    assert now["PX01"][1:] == (MARCH, False)
    assert (now["ZJ01"][1:], before["ZJ01"][1:]) == ((None, True), (None, False))
    assert set(now) == {row["code"] for row in INDICATORS}


@pytest.mark.parametrize("valid_from", [START, TODAY, NEXT_YEAR])
def test_decimals_and_multiples_of_what_is_stored_stay(used: Engine, valid_from: date) -> None:
    assert _said(used, _again("ZJ01", scale=4, valid_from=valid_from)) == {"measure_changed"}
    assert _said(used, _again("ZJ01", measure="元", valid_from=valid_from)) == {"measure_changed"}
    assert _said(used, _again("PX01", scale=2, is_whole=False, valid_from=valid_from)) == {"measure_changed"}


def test_the_sentence_says_what_it_was_and_is(used: Engine) -> None:
    [found] = look(used, setup_workbook({"indicators": [_again("ZJ01", scale=4)]}), now=LATER).blocking
    assert found.cell == "F4"
    assert "原按“万元，2位小数”计，现改为“万元，4位小数”" in found.sentence("zh")
    assert "was counted in 万元, 2 decimals, now in 万元, 4 decimals" in found.sentence("en")


def test_the_parts_of_a_ratio_stay(county: Engine) -> None:
    load(county, breakdown_workbook([target("YS01", COUNTY, "90%")]))
    otherwise = {"numerator_name": "通水户（户，1位小数）", "denominator_name": "总户数（户，1位小数）"}
    assert _said(county, _again("YS01", **otherwise)) == {"measure_changed"}
    looked = look(county, setup_workbook({"indicators": [_again("YS01", **otherwise)]}), now=LATER)
    assert "通水户比总户数" in looked.blocking[0].sentence("zh")
    assert _said(county, _again("YS01", is_ratio=False)) == {"measure_changed"}
    assert _said(county, _again("YS01", numerator_name="已通水户", valid_from=TODAY)) == set()


def test_what_nothing_rests_on_may_be_put_right_but_not_from_a_later_day(county: Engine) -> None:
    assert _said(county, _again("ZJ01", scale=4)) == set()
    assert _said(county, _again("ZJ01", scale=4, valid_from=TODAY)) == {"measure_changed"}


def test_another_word_for_the_unit_is_asked_about(used: Engine) -> None:
    row = _again("PX01", measure="人", valid_from=TODAY)
    assert _said(used, row) == {"measure_reworded"}
    assert look(used, setup_workbook({"indicators": [row]}), now=LATER).may_apply


@pytest.mark.parametrize(
    "changed", [{"accumulation": "year_to_date"}, {"level_reported": "village"}, {"kind": "milestone"}]
)
def test_a_year_is_counted_in_one_way(used: Engine, changed: dict[str, Any]) -> None:
    for day in (START, NEW_YEAR, TODAY, date(2027, 7, 1)):
        assert _said(used, _again("PX01", valid_from=day, **changed)) == {"counting_changed"}, day
    assert _said(used, _again("PX01", valid_from=NEXT_YEAR, **changed)) == set()


def test_what_was_never_reported_may_be_counted_otherwise_from_a_new_year(used: Engine) -> None:
    assert _said(used, _again("SF01", accumulation="increment")) == set()
    assert _said(used, _again("SF01", accumulation="increment", valid_from=NEW_YEAR)) == set()
    assert _said(used, _again("SF01", accumulation="increment", valid_from=TODAY)) == {"counting_changed"}


def test_another_kind_of_amount_changes_no_counting(used: Engine) -> None:
    assert _said(used, _again("PX01", kind="keep", valid_from=TODAY)) == set()


def test_two_rows_of_one_workbook_are_held_against_each_other(county: Engine) -> None:
    """Also where the later stands first, and of an indicator that the county has not had."""
    first, second = indicator_row("NEW", "新指标"), indicator_row("NEW", "新指标", valid_from=TODAY)
    assert _said(county, first, second) == set()
    assert _said(county, second | {"accumulation": "increment"}, first) == {"counting_changed"}
    assert _said(county, second | {"scale": 2, "is_whole": False}, first) == {"measure_changed"}
    new_year = second | {"accumulation": "increment", "valid_from": NEW_YEAR}
    assert _said(county, first, new_year) == set()
    back = first | {"valid_from": TODAY}
    assert _said(county, first, new_year, back) == {"counting_changed"}


def test_a_row_is_held_against_what_held_on_its_own_day(county: Engine) -> None:
    """The same definitions are handed in again, those of before a change among them."""
    later = _again("SF01", accumulation="increment", valid_from=NEW_YEAR)
    load(county, setup_workbook({"indicators": [later]}))
    load(county, report_workbook([figure("SF01", TOWNSHIPS[0], 2)]), now=LATER)
    assert _said(county, _again("SF01"), later) == set()
    assert look(county, setup_workbook({"indicators": [_again("SF01"), later]}), now=LATER).may_apply
    assert _said(county, _again("SF01", valid_from=TODAY)) == {"counting_changed"}
    assert _said(county, _again("SF01", accumulation="increment", valid_from=TODAY)) == set()
