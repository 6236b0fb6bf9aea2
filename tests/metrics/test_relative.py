"""Targets counted from something: points over a base, and values compared with those of others."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.vocabulary import State
from tests.metrics.boards import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    cell,
    cells,
    fact,
    indicator,
    reference,
    rolled,
    target,
)

HALF_YEAR = date(YEAR, 6, 30)
PERCENT = {"measure": "%", "scale": 2, "accumulation": "latest"}
RATIO = PERCENT | {"is_ratio": True, "numerator_name": "达标户数", "denominator_name": "总户数"}
FEW = settings(max_examples=40)


def over_base(step: int | None, base: int | None, amount: int, comparator: str = ">=", **more: Any) -> Any:
    """A level asked as a step over its base, on 30 June."""
    terms = {"kind": "level", "measured_from": "base", "base": base, "comparator": comparator} | more
    held = indicator(kind="level", **PERCENT, lower_is_better=comparator in ("<=", "<"))
    return cell([target(TOWN, step, **terms)], [fact(TOWN, amount)], indicators=[held], day=HALF_YEAR)


def compared(step: int, amount: int | None, value: int | None, comparator: str = ">=", **more: Any) -> Any:
    """A rate compared with the same unit's a year before, unless `more` says with what."""
    terms = {"kind": "keep", "measured_from": "last_year", "comparator": comparator} | more
    given_ = {key: terms[key] for key in ("measured_from", "reference") if key in terms}
    held = [] if value is None else [reference(TOWN, value, **given_)]
    return cell(
        [target(TOWN, step, **terms)],
        [fact(TOWN, amount)],
        indicators=[indicator(kind="keep", **PERCENT)],
        references=held,
    )


def test_five_points_over_the_base() -> None:
    """在原基础上提高5个百分点: from 72.00 % to 77.00 %; at 74.50 % half the way is done."""
    row = over_base(500, 7200, 7450)
    assert (row.step, row.low, row.target) == (500, 7700, 7700)
    assert (row.completion, row.state, row.measured_from) == (0.5, "on_plan", "base")


def test_two_points_down_from_the_base() -> None:
    row = over_base(-200, 900, 850, "<=")
    assert (row.target, row.completion, row.state) == (700, 0.25, "behind")


def test_a_range_of_points_over_the_base_has_both_ends_over_it() -> None:
    row = over_base(300, 7200, 7850, "range", high=500)
    assert (row.low, row.high, row.state, row.over) == (7500, 7700, "done", True)


def test_a_step_over_a_missing_base_is_no_target_to_judge() -> None:
    """The base of 在原基础上提高 is often not given: 基数缺失, not 未下达."""
    row = over_base(500, None, 7450)
    assert (row.state, row.why) == ("no_base", "no_base")
    assert str(row.target) == "<NA>" and row.step == 500
    kept = over_base(500, None, 7450, kind="keep")
    assert kept.state == "no_base"


def test_a_step_of_nothing_over_the_base_is_to_be_kept() -> None:
    """不低于年初水平."""
    assert over_base(0, 7200, 7200).kept
    assert not over_base(0, 7200, 7199).kept


def test_a_blank_step_is_no_target() -> None:
    assert over_base(None, 7200, 7450).state == "no_target"


def test_a_step_raised_in_mid_year_plans_the_addition_over_the_rest() -> None:
    """From 3 to 5 points on 31 August: as 100 to 150 of metrics.md 3, with the base below."""
    terms = {"kind": "level", "measured_from": "base", "base": 7200}
    row = cell(
        [
            target(TOWN, 300, **terms),
            target(TOWN, 500, **terms, change="raise", valid_from=date(YEAR, 8, 31)),
        ],
        [fact(TOWN, 7500)],
        indicators=[indicator(kind="level", **PERCENT)],
        day=date(YEAR, 9, 30),
    )
    planned = (300 * 9 / 12 + 200 * (9 / 12 - 8 / 12) / (1 - 8 / 12)) / 500
    assert row.planned == pytest.approx(planned)
    assert row.completion == 0.6


@pytest.mark.parametrize(
    ("comparator", "step", "amount", "kept"),
    [
        (">=", 0, 9200, True),
        (">=", 0, 9199, False),
        (">", 0, 9200, False),
        (">", 0, 9201, True),
        (">=", 200, 9400, True),
        (">=", 200, 9399, False),
        ("<=", 0, 9200, True),
        ("<", 0, 9200, False),
        ("<", -100, 9099, True),
    ],
)
def test_against_last_year(comparator: str, step: int, amount: int, kept: bool) -> None:
    row = compared(step, amount, 9200, comparator)
    assert row.kept == kept
    assert row.state == (State.ON_PLAN if kept else State.BEHIND)
    sign = -1 if comparator in ("<", "<=") else 1
    assert row.margin == sign * (amount - 9200 - step)
    assert (row.target, row.reference_value, row.reference_day) == (
        9200 + step,
        9200,
        date(YEAR - 1, 10, 31),
    )
    assert row.completion != row.completion


def test_an_unknown_comparator_has_no_rule() -> None:
    row = compared(0, 9200, None)
    assert (row.state, row.why, row.light) == ("no_rule", "no_reference", "grey")
    assert compared(0, None, None).state == "no_rule"


def test_the_year_has_not_begun_to_report_when_there_is_nothing_to_compare() -> None:
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="last_year")],
        [fact(TOWN, None)],
        indicators=[indicator(kind="keep", **PERCENT)],
        day=None,
    )
    assert row.state == "not_yet_reported"


def test_an_outside_figure_is_told_apart_by_its_name() -> None:
    """增幅高于省市平均: two figures of others, each by its own name."""
    outside = {"measured_from": "outside", "reference": "全省平均"}
    assert compared(0, 900, 880, ">", **outside).kept
    other = cell(
        [target(TOWN, 0, kind="keep", comparator=">", **outside)],
        [fact(TOWN, 900)],
        indicators=[indicator(kind="keep", **PERCENT)],
        references=[reference(TOWN, 880, measured_from="outside", reference="全市平均", source="市统计局")],
    )
    assert other.state == "no_rule"


def test_the_name_of_an_outside_figure_and_its_publisher_are_told() -> None:
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="outside", reference="全省平均")],
        [fact(TOWN, 900)],
        indicators=[indicator(kind="keep", **PERCENT)],
        references=[reference(TOWN, 880, measured_from="outside", reference="全省平均", source="省统计局")],
    )
    assert (row.reference, row.reference_source) == ("全省平均", "省统计局")


def test_the_countys_mean_is_its_sum_over_its_sum() -> None:
    """98 of 100 and 400 of 600: the county stands at 498 of 700, not at the mean of 98 % and 66.7 %."""
    terms = {"kind": "keep", "measured_from": "county"}
    county = {"measured_from": "county", "numerator": 498, "denominator": 700, "units_owed": 2, "units_in": 2}
    held = cells(
        [target(code, 0, **terms) for code in (TOWN, OTHER_TOWN)],
        [
            fact(TOWN, None, numerator=98, denominator=100),
            fact(OTHER_TOWN, None, numerator=400, denominator=600),
        ],
        units=(TOWN, OTHER_TOWN),
        indicators=[indicator(kind="keep", **RATIO)],
        references=[reference(code, None, **county) for code in (TOWN, OTHER_TOWN)],
    )
    assert [bool(kept) for kept in held["kept"]] == [True, False]
    assert at(held, TOWN).reference_value == pytest.approx(498 / 700 * 10_000)


def test_a_unit_exactly_at_the_mean_has_kept_it() -> None:
    """2 of 3 against 200 of 300: the same share, however it was divided."""
    county = {"measured_from": "county", "numerator": 200, "denominator": 300}
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="county")],
        [fact(TOWN, None, numerator=2, denominator=3)],
        indicators=[indicator(kind="keep", **RATIO)],
        references=[reference(TOWN, None, **county)],
    )
    assert row.kept and row.margin == 0


@pytest.mark.parametrize(
    ("met", "comparator", "is_kept"), [(66_667, ">", True), (66_666, ">=", False), (66_666, "<", True)]
)
def test_less_than_a_smallest_unit_decides_as_well(met: int, comparator: str, is_kept: bool) -> None:
    """Two thirds are 66.67 % on paper; a hair above them is above."""
    county = {"measured_from": "county", "numerator": 2, "denominator": 3}
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="county", comparator=comparator)],
        [fact(TOWN, None, numerator=met, denominator=100_000)],
        indicators=[indicator(kind="keep", **RATIO | {"lower_is_better": comparator == "<"})],
        references=[reference(TOWN, None, **county)],
    )
    assert bool(row.kept) == is_kept


@pytest.mark.parametrize(("base", "low", "amount", "short"), [(80, 96, 85, 3.0), (120, 90, 110, 5.0)])
def test_a_level_is_short_of_where_its_way_ought_to_be(
    base: int, low: int, amount: int, short: float
) -> None:
    """Half of the way from 80 to 96 is 88; half of the way down from 120 to 90 is 105."""
    terms = {"kind": "level", "base": base, "comparator": ">=" if low > base else "<="}
    row = cell(
        [target(TOWN, low, **terms)],
        [fact(TOWN, amount)],
        indicators=[indicator(kind="level", accumulation="latest", lower_is_better=low < base)],
        day=date(YEAR, 6, 30),
    )
    assert (row.planned, row.shortfall) == (0.5, short)


@pytest.mark.parametrize(
    ("came", "settings_", "state"), [(7, RATIO, "no_rule"), (8, RATIO, "on_plan"), (9, PERCENT, "no_rule")]
)
def test_a_comparator_of_too_few_units_is_unknown(came: int, settings_: dict[str, Any], state: str) -> None:
    """Of a ratio the gate must be in, of a sum all: nine villages of ten are not last year."""
    held = {"numerator": 80, "denominator": 100, "units_owed": 10, "units_in": came}
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="last_year")],
        [fact(TOWN, 9000, numerator=90, denominator=100)],
        indicators=[indicator(kind="keep", **settings_)],
        references=[reference(TOWN, 8000, **held)],
    )
    assert row.state == state


def test_an_inexact_comparator_makes_the_comparison_approximate() -> None:
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="last_year")],
        [fact(TOWN, 9000)],
        indicators=[indicator(kind="keep", **PERCENT)],
        references=[reference(TOWN, 8000, is_inexact=True)],
    )
    assert row.approximate


def test_what_is_compared_is_never_added_up() -> None:
    """Two townships each above last year say nothing about what the county owes."""
    terms = {"kind": "keep", "measured_from": "last_year"}
    held = cells(
        [target(TOWN, 0, **terms), target(OTHER_TOWN, 0, **terms)],
        [fact(TOWN, 10), fact(OTHER_TOWN, 20), rolled(COUNTY, 30, 2, 2, units_targeted=0)],
        units=(COUNTY, TOWN, OTHER_TOWN),
        indicators=[indicator(kind="keep")],
        references=[reference(TOWN, 9), reference(OTHER_TOWN, 21)],
    )
    assert (at(held, COUNTY).state, str(at(held, COUNTY).children_target)) == ("no_target", "<NA>")
    assert [at(held, code).state for code in (TOWN, OTHER_TOWN)] == ["on_plan", "behind"]


@FEW
@given(
    st.integers(1, 400), st.integers(1, 400), st.integers(1, 400), st.integers(1, 400), st.integers(-300, 300)
)
def test_the_comparison_is_that_of_exact_fractions(k: int, n: int, j: int, m: int, step: int) -> None:
    """However the shares divide, the comparison is that of the fractions themselves."""
    row = cell(
        [target(TOWN, step, kind="keep", measured_from="county")],
        [fact(TOWN, None, numerator=k, denominator=n)],
        indicators=[indicator(kind="keep", **RATIO)],
        references=[reference(TOWN, None, measured_from="county", numerator=j, denominator=m)],
    )
    assert row.kept == (Fraction(k, n) * 10_000 >= Fraction(j, m) * 10_000 + step)


@FEW
@given(st.integers(0, 9000), st.integers(1, 900), st.integers(0, 10_000))
def test_a_step_over_a_base_is_judged_as_the_level_it_comes_to(base: int, step: int, amount: int) -> None:
    stepped = over_base(step, base, amount)
    plain = over_base(base + step, base, amount, measured_from=None)
    for name in ("completion", "planned", "gap", "state", "target", "days_behind"):
        assert str(getattr(stepped, name)) == str(getattr(plain, name)), name


def test_equality_of_fractions_is_not_lost_in_their_last_binary_digit() -> None:
    """124 of 1200 is exactly two points above 1 of 12; in floats it is a hair below."""
    row = cell(
        [target(TOWN, 200, kind="keep", measured_from="county")],
        [fact(TOWN, None, numerator=12_400, denominator=120_000)],
        indicators=[indicator(kind="keep", **RATIO)],
        references=[reference(TOWN, None, measured_from="county", numerator=1, denominator=12)],
    )
    assert row.kept and row.margin == 0


def test_a_note_beside_last_year_is_no_name_of_another_figure() -> None:
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="last_year", reference="上年决算")],
        [fact(TOWN, 9000)],
        indicators=[indicator(kind="keep", **PERCENT)],
        references=[reference(TOWN, 8000)],
    )
    assert row.reference_value == 8000


@pytest.mark.parametrize(
    ("of", "given_", "expected"),
    [
        # The gate asks for 2.4 of three, and two are not as many.
        (RATIO, {"numerator": 1, "denominator": 2, "units_owed": 3, "units_in": 2}, None),
        (RATIO, {"numerator": 1, "denominator": 2, "units_owed": 3, "units_in": 3}, 5000),
        # A ratio without its parts is the value that was printed.
        (RATIO, {"numerator": None, "denominator": 100, "value": 8000}, 8000),
        (RATIO, {"numerator": 50, "denominator": None, "value": 8000}, 8000),
        (RATIO, {"numerator": 0, "denominator": 0, "value": 8000}, 8000),
        (RATIO, {"numerator": 1, "denominator": None, "value": None}, None),
        # What is no ratio has no parts.
        (PERCENT, {"numerator": 50, "denominator": 100, "value": 8000}, 8000),
    ],
)
def test_the_value_compared_with(of: dict[str, Any], given_: dict[str, Any], expected: int | None) -> None:
    row = cell(
        [target(TOWN, 0, kind="keep", measured_from="last_year")],
        [fact(TOWN, 9000, numerator=90, denominator=100)],
        indicators=[indicator(kind="keep", **of)],
        references=[
            reference(TOWN, given_.get("value"), **{k: v for k, v in given_.items() if k != "value"})
        ],
    )
    assert row.reference_value == expected if expected is not None else row.state == "no_rule"
