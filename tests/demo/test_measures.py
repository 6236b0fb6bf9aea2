"""Indicators, curves, targets: every kind there is, sums that agree, documents for every change."""

import re
from collections import Counter
from datetime import date

import pytest

from data_access.records import TargetRecord
from demo.aims import NOT_SET, RAISED_ON, STRETCH
from demo.curves import CURVES
from demo.holidays import workday_records, workdays
from demo.indicators import BY_CODE, SPECS, curve_of
from demo.measures import Manner
from demo.places import COUNTY, Land
from demo.sharing import share_out
from demo.targets import CITY_OFFICE, COUNTY_OFFICE, FROM_PROVINCE, PROVINCE_OFFICE, WITHOUT_BASE
from metrics.curves import Shape, share
from metrics.vocabulary import Accumulation, Cadence, Comparator, Force, Kind, Level, TargetChange

Targets = dict[tuple[str, str, int, str], list[TargetRecord]]


def test_every_sort_of_indicator_occurs() -> None:
    held = [one.record for one in SPECS]
    assert 42 <= len(held) <= 50
    assert 10 <= sum(one.is_key for one in held) <= 13
    assert {one.accumulation for one in held} == set(Accumulation)
    assert {one.kind for one in held} == set(Kind)
    assert {one.cadence for one in held} == {Cadence.MONTH, Cadence.QUARTER, Cadence.HALF_YEAR}
    assert {one.level_reported for one in held} == {Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY}
    assert any(one.is_ratio and one.numerator_name is None for one in held)
    assert any(one.kind is Kind.LEVEL and one.lower_is_better for one in held)


def test_indicators_are_named_and_defined_for_people() -> None:
    held = [one.record for one in SPECS]
    assert len({one.short_name for one in held}) == len({one.name for one in held}) == len(held)
    assert all(2 <= len(one.short_name) <= 4 for one in held)
    assert all(one.definition.endswith("。") and len(one.definition) >= 25 for one in held)
    assert all(re.search(r"〔20\d\d〕\d+号", one.source) for one in held)
    assert all(one.highest is not None for one in held if one.kind is not Kind.QUALITATIVE)


def test_the_checklist_has_fifteen_items() -> None:
    items = BY_CODE["XC06"].record.items
    assert len(items) == len({code for code, _ in items}) == 15
    assert [name[0] for _, name in items] == ["通"] * 5 + ["有"] * 5 + ["能"] * 5


def test_every_curve_named_exists_and_runs_its_whole_year() -> None:
    named = {name for year in (2025, 2026) for name in curve_of(year).values()}
    assert named <= set(CURVES)
    assert named >= {
        "培训10/30/30/30",
        "雨露计划两次发放",
        "春秋两季种植",
        "预算年度支出",
        "学年送教",
        "工程施工季",
    }
    for curve in CURVES.values():
        assert share(curve, date(2026, 12, 31)) == 1.0
    assert {curve.shape for curve in CURVES.values()} == set(Shape)


@pytest.mark.parametrize(
    ("total", "weights", "quantum", "parts"),
    [
        (10, [1, 1, 1], 1, [4, 3, 3]),
        (100, [3, 1, 0], 10, [80, 20, 0]),
        (7, [0, 1, 1], 5, [0, 7, 0]),
        (0, [1, 2], 1, [0, 0]),
    ],
)
def test_sharing_out_loses_nothing(total: int, weights: list[float], quantum: int, parts: list[int]) -> None:
    assert share_out(total, weights, quantum) == parts


def test_nobody_to_share_with_is_an_error() -> None:
    with pytest.raises(ValueError, match="nobody"):
        share_out(5, [0.0, 0.0])


def _last(targets: Targets, code: str, unit: str, year: int, issuer: str) -> TargetRecord | None:
    held = targets.get((code, unit, year, issuer))
    return held[-1] if held else None


def _amounts(targets: Targets, code: str, units: list[str], year: int) -> int:
    held = [_last(targets, code, unit, year, COUNTY_OFFICE) for unit in units]
    return sum(one.low or 0 for one in held if one is not None)


@pytest.mark.parametrize("year", [2025, 2026])
def test_parts_add_to_their_whole(targets: Targets, country: Land, year: int) -> None:
    """Villages to their township, townships to the county, but for the two that say 加码 and 机动."""
    townships = [township.code for township in country.townships]
    for one in SPECS:
        if (
            one.plan.manner not in (Manner.WORK, Manner.BATCH, Manner.STOCK, Manner.TIMES)
            or year not in one.plan.years
        ):
            continue
        county = _last(targets, one.code, COUNTY, year, CITY_OFFICE)
        if one.plan.down_to is Level.COUNTY or county is None:
            continue
        handed_down = _amounts(targets, one.code, townships, year)
        assert handed_down == STRETCH.get((one.code, year), county.low), one.code
        if one.plan.down_to is Level.VILLAGE:
            for township in country.townships:
                villages = [village.code for village in country.below(township.code)]
                held = _last(targets, one.code, township.code, year, COUNTY_OFFICE)
                assert held is not None
                assert _amounts(targets, one.code, villages, year) == held.low, (one.code, township.name)


def test_one_is_stretched_and_one_kept_back() -> None:
    differences = {code: total - BY_CODE[code].plan.totals[1] for (code, _), total in STRETCH.items()}
    assert differences["JY02"] > 0 > differences["ZJ01"]


def test_two_issuers_ask_for_different_amounts(targets: Targets) -> None:
    assert len(FROM_PROVINCE) == 2
    for code in FROM_PROVINCE:
        city = _last(targets, code, COUNTY, 2026, CITY_OFFICE)
        province = _last(targets, code, COUNTY, 2026, PROVINCE_OFFICE)
        assert city is not None and province is not None
        assert (city.low or 0) > (province.low or 0) > 0


def test_a_task_was_raised_in_august_with_its_document(targets: Targets, country: Land) -> None:
    raised = [held[-1] for held in targets.values() if held[-1].change is TargetChange.RAISE]
    assert {one.indicator for one in raised} == {"ZF01"}
    assert {one.valid_from for one in raised} == {RAISED_ON}
    assert all(one.document and one.reason for one in raised)
    county = [one for one in raised if one.unit == COUNTY]
    added = sum((one.low or 0) for one in county) - BY_CODE["ZF01"].plan.totals[1]
    assert added == 60
    flooded = {country.by_name[name].code for name in ("石门乡", "高寨乡")}
    assert {one.unit[:9] for one in raised if one.unit != COUNTY} == flooded


def test_a_misprint_was_corrected_and_a_road_taken_out(targets: Targets, country: Land) -> None:
    changes = {
        (held[0].indicator, country.by_code[held[0].unit].name): (held[0].low, held[-1])
        for held in targets.values()
        if held[-1].change in (TargetChange.CORRECT, TargetChange.LOWER)
    }
    assert set(changes) == {("XC08", "清溪镇"), ("LT01", "竹坪乡")}
    before, after = changes["XC08", "清溪镇"]
    assert before == 10 * (after.low or 0)
    before, after = changes["LT01", "竹坪乡"]
    assert (before or 0) - (after.low or 0) == 350
    assert all(held.reason and held.document for _, held in changes.values())


def test_every_sort_of_target_occurs(targets: Targets) -> None:
    held = [versions[-1] for versions in targets.values()]
    assert {one.comparator for one in held} == set(Comparator) - {Comparator.LESS_THAN}
    assert {one.force for one in held} == set(Force)
    assert any(one.no_task for one in held)
    assert all(one.low == 0 for one in held if one.no_task)
    assert any(one.high is not None and one.comparator is Comparator.RANGE for one in held)
    assert Counter(one.deadline.month for one in held).keys() >= {8, 9, 10, 11, 12}


def test_what_was_never_set_is_left_out(targets: Targets, country: Land) -> None:
    for code, name in NOT_SET:
        assert (code, country.by_name[name].code, 2026, COUNTY_OFFICE) not in targets
    for code, name in WITHOUT_BASE:
        held = _last(targets, code, country.by_name[name].code, 2026, COUNTY_OFFICE)
        assert held is not None and held.base is None


def test_what_begins_in_2026_has_no_target_before(targets: Targets) -> None:
    late = {one.code for one in SPECS if 2025 not in one.plan.years}
    assert late == {"JX03", "XC05", "XC06", "YS03"}
    assert not {code for code, _, year, _ in targets if year == 2025} & late


def test_holidays_differ_from_weekdays_only() -> None:
    for year in (2025, 2026):
        for one in workday_records(year):
            assert one.is_work == (one.day.weekday() >= 5), one
    calendar = workdays()
    assert not calendar.is_work(date(2026, 2, 17))
    assert calendar.is_work(date(2026, 10, 10))
    assert calendar.on_or_after(date(2026, 10, 5)) == date(2026, 10, 8)
