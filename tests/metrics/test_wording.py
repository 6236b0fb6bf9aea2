"""How targets read: as their documents write them, in both languages, with what stands beside the figure."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from metrics.wording import (
    amount_words,
    beside,
    lacking_words,
    limit_of,
    limit_words,
    margin_words,
    minimum_words,
    reference_words,
    short_words,
    step_words,
    target_words,
)
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
    part,
    reference,
    rolled,
    target,
)

SHARE = {
    "measure": "%",
    "scale": 2,
    "accumulation": "latest",
    "is_ratio": True,
    "numerator_name": "达标户数",
    "denominator_name": "总户数",
}


def made(
    terms: dict[str, Any], of: dict[str, Any], known: dict[str, Any] | None = None, **said: Any
) -> tuple[Any, dict[str, Any]]:
    """The row of one township and the definition of its indicator."""
    defined = indicator(kind=terms.get("kind", "keep"), **of)
    references = [reference(TOWN, **known)] if known else []
    facts = [fact(TOWN, said.pop("amount", None), **said)]
    held = target(TOWN, terms.pop("low"), **({"kind": "keep"} | terms))
    return cell([held], facts, indicators=[defined], references=references), defined


def words(
    terms: dict[str, Any], of: dict[str, Any], known: dict[str, Any] | None = None, **said: Any
) -> list[str]:
    row, defined = made(terms, of, known, **said)
    return [target_words(row, defined, lang) for lang in ("zh", "en")]


POINTS = {"measure": "%", "scale": 2, "accumulation": "latest"}
BASED = {"kind": "level", "measured_from": "base", "base": 7200}
COUNTS = {"measure": "户"}


@pytest.mark.parametrize(
    ("terms", "of", "zh", "en"),
    [
        ({"low": 100, "kind": "accumulate"}, COUNTS, "≥ 100", "≥ 100"),
        ({"low": 100, "kind": "accumulate", "force": "strive"}, COUNTS, "力争 ≥ 100", "strive for ≥ 100"),
        (
            {"low": 3, "high": 5, "kind": "accumulate", "comparator": "range", "force": "strive"},
            COUNTS,
            "力争 3–5",
            "strive for 3–5",
        ),
        ({"low": None, "no_task": True}, COUNTS, "", ""),
        ({"low": None}, COUNTS, "", ""),
        ({"low": None, "kind": "qualitative", "text": "明显改善"}, COUNTS, "明显改善", "明显改善"),
        ({"low": 10_000}, SHARE, "全覆盖（100%）", "full coverage (100%)"),
        ({"low": 10_000}, POINTS, "≥ 100.00", "≥ 100.00"),
        ({"low": 10_000, "comparator": "<="}, SHARE, "≤ 100.00", "≤ 100.00"),
        (
            {"low": 300, "minimum": 200},
            SHARE | {"measure": "名"},
            "平均 ≥ 3.00，最低 ≥ 2.00",
            "mean ≥ 3.00, lowest ≥ 2.00",
        ),
        (
            {"low": 500} | BASED,
            POINTS,
            "比年初提高5.00个百分点（即 ≥ 77.00）",
            "up 5.00 pp on the start of the year (to ≥ 77.00)",
        ),
        (
            {"low": -200, "comparator": "<="} | BASED,
            POINTS,
            "比年初下降2.00个百分点（即 ≤ 70.00）",
            "down 2.00 pp on the start of the year (to ≤ 70.00)",
        ),
        (
            {"low": 300, "high": 500, "comparator": "range", "text": "提高3—5个百分点"} | BASED,
            POINTS,
            "提高3—5个百分点（即 75.00–77.00）",
            "提高3—5个百分点 (to 75.00–77.00)",
        ),
        (
            {"low": 0} | BASED,
            POINTS,
            "不差于年初（即 ≥ 72.00）",
            "no worse than the start of the year (to ≥ 72.00)",
        ),
        (
            {"low": 300} | BASED | {"base": None},
            {"measure": "元"},
            "比年初提高300元",
            "up 300 元 on the start of the year",
        ),
        (
            {"low": 0, "measured_from": "last_year"},
            POINTS,
            "不低于上年同期（参照数未知）",
            "at least same period of last year (not known)",
        ),
    ],
)
def test_a_target_reads_as_its_document_writes_it(
    terms: dict[str, Any], of: dict[str, Any], zh: str, en: str
) -> None:
    assert words(dict(terms), of, amount=7400) == [zh, en]


@pytest.mark.parametrize(
    ("comparator", "step", "zh"),
    [
        (">=", 0, "不低于上年同期（92.00）"),
        (">", 0, "高于上年同期（92.00）"),
        ("<=", 0, "不高于上年同期（92.00）"),
        ("<", 0, "低于上年同期（92.00）"),
        (">=", 200, "不低于上年同期加2.00个百分点（92.00）"),
        ("<=", -100, "不高于上年同期减1.00个百分点（92.00）"),
    ],
)
def test_a_comparison_says_with_whom(comparator: str, step: int, zh: str) -> None:
    terms = {"low": step, "measured_from": "last_year", "comparator": comparator}
    assert words(terms, POINTS, {"value": 9200}, amount=9300)[0] == zh


def test_an_outside_figure_says_its_name_its_day_and_its_publisher() -> None:
    outside = {"measured_from": "outside", "reference": "全省平均"}
    known = outside | {"value": 880, "source": "省统计局", "day": date(YEAR, 9, 30)}
    row, defined = made({"low": 0} | outside, POINTS, known, amount=900)
    assert reference_words(row, defined, "zh") == "全省平均 8.80（2026年9月30日），省统计局"
    plain, _ = made({"low": 0, "measured_from": "last_year"}, POINTS, {"value": 880}, amount=900)
    assert reference_words(plain, defined, "en") == "same period of last year 8.80 (2025-10-31)"
    unknown, _ = made({"low": 0} | outside, POINTS, amount=900)
    assert reference_words(unknown, defined, "zh") == ""


def test_a_strive_target_of_its_own_wording_says_so_once() -> None:
    terms = {"low": 300, "force": "strive", "text": "力争 提高3个百分点"} | BASED
    assert words(terms, POINTS, amount=7400)[0] == "力争 提高3个百分点（即 ≥ 75.00）"


@pytest.mark.parametrize(
    ("terms", "amount", "of", "zh"),
    [
        ({"low": 950, "comparator": "<="}, 910, POINTS, "余量 0.40个百分点"),
        ({"low": 950, "comparator": "<="}, 1000, POINTS, "超限 0.50个百分点"),
        ({"low": 950, "comparator": ">="}, 900, POINTS, "尚差 0.50个百分点"),
        ({"low": 950, "comparator": ">="}, 950, POINTS, "恰在界限上"),
        ({"low": 0, "comparator": "<="}, 2, {"measure": "人"}, "超限 2人"),
        ({"low": 0, "comparator": "<"}, 0, {"measure": "人"}, "恰在界限上"),
    ],
)
def test_a_limit_says_its_margin(terms: dict[str, Any], amount: int, of: dict[str, Any], zh: str) -> None:
    row, defined = made(dict(terms), of, amount=amount)
    assert margin_words(row, defined, "zh") == zh
    assert beside(row, defined, "zh") == (zh,)


def test_a_margin_smaller_than_its_last_decimal_is_not_printed_as_none() -> None:
    row, defined = made({"low": 6666, "comparator": ">="}, SHARE, numerator=66_661, denominator=100_000)
    assert margin_words(row, defined, "zh") == "余量 < 0.01个百分点"


def test_none_where_none_may_happen_is_not_close_to_anything() -> None:
    """零辍学, kept: zero is not the edge of a limit."""
    row, defined = made({"low": 0, "comparator": "<="}, {"measure": "人"}, amount=0)
    assert row.kept and margin_words(row, defined, "zh") == ""


PARTLY = {"units_owed": 10, "units_in": 9, "units_targeted": 9}


def test_while_units_are_missing_limit_and_margin_are_said_to_be_of_those_in() -> None:
    """At work: 900 of the 880 asked of nine; 至少900 beside 1,000 and 达标 would seem to contradict itself."""
    sums = {"target_in": 880, "target_owed": 1000} | PARTLY
    row, defined = made({"low": 1000}, {"measure": "人", "level_reported": "village"}, amount=900, **sums)
    assert row.kept and row.at_least
    assert [margin_words(row, defined, lang) for lang in ("zh", "en")] == [
        "余量 20人（已报单位）",
        "20 人 to spare (units in)",
    ]
    assert limit_words(row, defined, "zh") == "≥ 880（已报单位）"
    assert (limit_of(row).target, row.target) == (880, 1000)


def test_a_kept_zero_of_those_in_says_whose_it_is() -> None:
    sums = {"target_in": 0, "target_owed": 0} | PARTLY
    terms = {"low": 0, "comparator": "<="}
    row, defined = made(terms, {"measure": "人", "level_reported": "village"}, amount=0, **sums)
    assert row.kept
    assert [margin_words(row, defined, lang) for lang in ("zh", "en")] == ["仅已报单位", "units in alone"]


def test_with_everybody_in_the_limit_is_the_target() -> None:
    row, defined = made({"low": 1000}, {"measure": "人"}, amount=1003)
    assert limit_of(row) is row and limit_words(row, defined, "zh") == "≥ 1,000"
    assert margin_words(row, defined, "zh") == "余量 3人"


def test_an_unjudged_value_has_no_margin() -> None:
    row, defined = made({"low": 950}, POINTS)
    assert (margin_words(row, defined, "zh"), beside(row, defined, "zh")) == ("", ())


@pytest.mark.parametrize(
    ("name", "met", "zh", "en"),
    [
        ("达标户数", 1488, "尚差12户", "12 households missing"),
        ("参保人数", 1488, "尚差12人", "12 persons missing"),
        ("合格次数", 1488, "尚差12", "12 missing"),
        ("达标户数", 1500, "已全部覆盖", "all covered"),
        ("支出（万元）", 1488, "", ""),
    ],
)
def test_coverage_says_how_many_are_missing(name: str, met: int, zh: str, en: str) -> None:
    """建档立卡户全覆盖 of 1500: what is missing is said in households, not in points."""
    row, defined = made({"low": 10_000}, SHARE | {"numerator_name": name}, numerator=met, denominator=1500)
    assert [lacking_words(row, defined, lang) for lang in ("zh", "en")] == [zh, en]
    assert not zh or beside(row, defined, "zh") == (zh,)


def test_a_share_that_was_reached_misses_nobody() -> None:
    row, defined = made({"low": 9800}, SHARE, numerator=1490, denominator=1500)
    assert lacking_words(row, defined, "zh") == ""


def test_a_mean_says_its_lowest() -> None:
    mean = indicator(kind="keep", **SHARE | {"measure": "名", "level_reported": "village"})
    whole = rolled(TOWN, None, 2, 2, numerator=9, denominator=3)
    parts = [part(TOWN, 1, numerator=8, denominator=2), part(TOWN, 2, numerator=1, denominator=1)]

    def said(minimum: int | None, lang: Any = "zh") -> str:
        held = target(TOWN, 300, kind="keep", minimum=minimum)
        row = cell([held], [whole], indicators=[mean], parts=parts)
        return minimum_words(row, mean, lang)

    assert said(200) == "最低 1.00，1个单位低于2.00"
    assert said(100, "en") == "lowest 1.00, none below 1.00"
    assert said(None) == ""


def test_a_difference_is_in_points_or_in_the_measure() -> None:
    assert step_words(150, indicator(**POINTS), "zh") == "1.50个百分点"
    assert step_words(150, indicator(measure="元"), "en") == "150 元"


@pytest.mark.parametrize(("step", "zh"), [(1, "比年初提高1元"), (-1, "比年初下降1元")])
def test_the_smallest_step_over_a_base_has_its_direction(step: int, zh: str) -> None:
    terms = {"low": step, **BASED, "base": None}
    assert words(terms, {"measure": "元"})[0] == zh


def test_the_smallest_step_over_another_has_its_sign() -> None:
    terms = {"low": 1, "measured_from": "last_year", "comparator": ">="}
    assert words(terms, POINTS, {"value": 9200}, amount=9300)[0] == "不低于上年同期加0.01个百分点（92.00）"


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"), [(3, 5, "3–5", "3–5"), (None, 5, "≤ 5", "≤ 5"), (3, None, "≥ 3", "≥ 3")]
)
def test_an_end_that_is_not_there_is_not_written(low: int | None, high: int | None, zh: str, en: str) -> None:
    comparator = ">=" if high is None else "range" if low is not None else "<="
    assert words({"low": low, "high": high, "comparator": comparator}, COUNTS) == [zh, en]


@pytest.mark.parametrize(
    ("met", "zh"),
    [(66_658, "尚差 < 0.01个百分点"), (66_654, "尚差 0.01个百分点"), (66_640, "尚差 0.02个百分点")],
)
def test_a_margin_is_rounded_and_what_rounds_to_nothing_is_said_to_be_less(met: int, zh: str) -> None:
    row, defined = made({"low": 6666}, SHARE, numerator=met, denominator=100_000)
    assert margin_words(row, defined, "zh") == zh


def test_a_count_may_be_called_by_the_word_for_number_alone() -> None:
    row, defined = made({"low": 10_000}, SHARE | {"numerator_name": "户数"}, numerator=7, denominator=9)
    assert lacking_words(row, defined, "zh") == "尚差2户"


def test_whom_it_is_compared_with_is_said_in_the_language_asked_for() -> None:
    row, defined = made({"low": 0, "measured_from": "last_year"}, POINTS, {"value": 880}, amount=900)
    assert reference_words(row, defined, "zh") == "上年同期 8.80（2025年10月31日）"


def test_a_level_without_its_base_still_reads_as_it_was_written() -> None:
    assert words({"low": 9500, "kind": "level"}, POINTS, amount=9000)[0] == "≥ 95.00"


@pytest.mark.parametrize("terms", [{}, {"base": 100, "kind": "level", "measured_from": "base"}])
def test_about_is_said_in_the_language_asked_for(terms: dict[str, Any]) -> None:
    zh, en = words({"low": 300, "comparator": "about"} | terms, {"measure": "元"}, amount=200)
    assert ("约" in zh, "约" in en) == (True, False)


def test_a_parent_without_a_target_of_its_own_is_asked_for_the_sum_of_its_parts() -> None:
    held = cells(
        [target(TOWN, 40), target(OTHER_TOWN, 60)],
        [fact(TOWN, 1), fact(OTHER_TOWN, 1), rolled(COUNTY, 2, 2, 2, target_in=100, target_owed=100)],
        units=(COUNTY, TOWN, OTHER_TOWN),
    )
    county = at(held, COUNTY)
    assert pd.isna(county.low) and target_words(county, indicator(), "zh") == "100"


@pytest.mark.parametrize(
    ("share", "shown"), [(0.98980, "98.98%"), (0.99, "99.0%"), (0.9904, "99.04%"), (0.95, "95.0%")]
)
def test_a_share_is_not_rounded_onto_its_limit(share: float, shown: str) -> None:
    held = SimpleNamespace(
        kind="keep",
        numerator=pd.NA,
        denominator=pd.NA,
        actual_ratio=share,
        actual=1,
        target=9900,
        high=pd.NA,
        margin=pd.NA,
        at_least=False,
        approximate=False,
    )
    assert amount_words(held, {"scale": 2, "is_ratio": True, "measure": "%"}, "zh") == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, ("1,200", "1,200")),
        ({"at_least": True}, ("至少1,200", "at least 1,200")),
        ({"at_least": True, "approximate": True}, ("至少约1,200", "at least about 1,200")),
        ({"actual": pd.NA}, ("—", "—")),
    ],
)
def test_an_amount_is_said_as_exactly_as_it_is_known(said: dict[str, Any], shown: tuple[str, str]) -> None:
    known = {"actual": 1200, "actual_ratio": pd.NA, "at_least": False, "approximate": False}
    known |= {"kind": "accumulate", "numerator": pd.NA, "denominator": pd.NA}
    held = SimpleNamespace(**(known | said))
    definition = {"scale": 0, "is_ratio": False, "measure": "户"}
    assert tuple(amount_words(held, definition, lang) for lang in ("zh", "en")) == shown


@pytest.mark.parametrize(
    ("terms", "amount", "zh", "en"),
    [
        ({"low": 950, "comparator": "<="}, 910, "达标", "kept"),
        ({"low": 950, "comparator": "<="}, 990, "未达标", "not kept"),
        ({"low": 950, "comparator": "<="}, None, "未报", "not reported"),
        ({"low": 1000, "kind": "accumulate"}, 500, "−33.3", "−33.3"),
    ],
)
def test_where_there_is_no_room_a_limit_is_kept_or_not_and_a_plan_has_its_gap(
    terms: dict[str, Any], amount: int | None, zh: str, en: str
) -> None:
    row, _ = made(dict(terms), {}, amount=amount)
    assert [short_words(row, lang) for lang in ("zh", "en")] == [zh, en]


@pytest.mark.parametrize("comparator", ["<=", ">="])
@pytest.mark.parametrize("met", [9_580, 9_584, 9_585, 9_586, 9_415, 9_425, 9_600, 9_500, 9_496, 9_504, 8_000])
def test_limit_actual_and_margin_agree_with_each_other(comparator: str, met: int) -> None:
    """不高于9.50%, 9.6%, 超限 0.08: who subtracts found 0.1."""
    row, defined = made({"low": 950, "comparator": comparator}, SHARE, numerator=met, denominator=100_000)
    shown = Decimal(amount_words(row, defined, "zh").rstrip("%"))
    said = margin_words(row, defined, "zh")
    if "<" in said:
        assert 0 < abs(shown - Decimal("9.50")) < Decimal("0.01")
    else:
        margin = Decimal(said.split()[1].removesuffix("个百分点")) if " " in said else Decimal(0)
        assert abs(shown - Decimal("9.50")) == margin
