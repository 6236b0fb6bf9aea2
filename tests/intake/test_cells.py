"""Dates, yes and no, choices, codes, names, control points."""

from datetime import date

import pytest

from intake.cells import (
    parse_choice,
    parse_code,
    parse_count,
    parse_day,
    parse_names,
    parse_points,
    parse_rule_value,
    parse_text,
    parse_yes,
)
from intake.names import is_sum_row, nearest, plain_name, tidy_name
from intake.problems import Fault
from metrics.vocabulary import Comparator, Kind, Level


@pytest.mark.parametrize(
    "raw",
    [
        ["d", "2026-10-31"],
        "2026-10-31",
        "2026/10/31",
        "2026年10月31日",
        "20261031",
        "２０２６年10月31日",
        " 2026.10.31 ",
    ],
)
def test_days(raw: object) -> None:
    assert parse_day(raw) == date(2026, 10, 31)


def test_a_month_is_its_last_day_only_where_a_promise_is_made() -> None:
    assert parse_day("2026年2月", month_end=True) == date(2026, 2, 28)
    assert isinstance(parse_day("2026年2月"), Fault)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("10月底", "not_a_day"),
        ("2026-02-30", "no_such_day"),
        (45961, "not_a_day"),
        (["e", "#N/A"], "error_value"),
    ],
)
def test_what_is_no_day(raw: object, code: str) -> None:
    found = parse_day(raw)
    assert isinstance(found, Fault) and found.code == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [("是", True), ("√", True), ("Yes", True), (1, True), ("否", False), ("×", False), ("—", None)],
)
def test_yes_and_no(raw: object, value: bool | None) -> None:
    assert parse_yes(raw) is value


def test_choices_by_word_value_and_synonym() -> None:
    assert parse_choice("累计完成", Kind) is Kind.ACCUMULATE
    assert parse_choice("accumulate", Kind) is Kind.ACCUMULATE
    assert parse_choice("乡镇", Level) is Level.TOWNSHIP
    assert parse_choice("不低于", Comparator) is Comparator.AT_LEAST
    assert parse_choice("高于", Comparator) is Comparator.MORE_THAN
    assert parse_choice("低于", Comparator) is Comparator.LESS_THAN
    found = parse_choice("大概", Comparator)
    assert isinstance(found, Fault) and found.code == "not_a_choice"


@pytest.mark.parametrize(
    "raw", ["990001101", 990001101, 990001101.0, " 990001101 ", "９９０００１１０１", "'990001101"]
)
def test_codes_whether_number_or_text(raw: object) -> None:
    assert parse_code(raw, 32) == "990001101"


def test_texts() -> None:
    assert parse_text("  甲\x07乙 ", 10) == "甲乙"
    assert parse_text("", 10) is None
    found = parse_text("长" * 11, 10)
    assert isinstance(found, Fault) and found.facts == {"length": 11, "most": 10}


def test_counts() -> None:
    assert parse_count("1,204") == 1204
    assert isinstance(parse_count(-3), Fault)
    assert isinstance(parse_count("3.5"), Fault)


def test_lists_of_names() -> None:
    assert parse_names("山区、重点村,老区村;", 100) == ("山区", "重点村", "老区村")


@pytest.mark.parametrize("text", ["03-31 10%;12-31 100%", "3月31日 10%;12月31日 100%", "03-31 0.1; 12-31 1"])
def test_control_points(text: str) -> None:
    assert parse_points(text, 100) == (("03-31", 0.1), ("12-31", 1.0))


def test_what_is_no_control_point() -> None:
    assert isinstance(parse_points("三月 10%", 100), Fault)


@pytest.mark.parametrize(
    ("raw", "value"), [(-10, -10), (5.0, 5), ("是", True), ("否", False), ("1/3", "1/3"), ("[1, 2]", [1, 2])]
)
def test_rule_values(raw: object, value: object) -> None:
    assert parse_rule_value(raw, 100) == value


def test_names_are_equal_whatever_their_writing() -> None:
    assert plain_name("崀(làng)山镇") == plain_name("崀山镇")
    assert plain_name("石門鄉") == plain_name("石门乡")
    assert plain_name("石 门\u3000乡") == "石门乡"
    assert plain_name("整改臺帳") == plain_name("整改台帐") == "整改台账"
    assert plain_name("ＡＢ村") == "ab村"
    assert tidy_name("乌赞乡(wū)吐尔克村 ") == "乌赞乡吐尔克村"


@pytest.mark.parametrize("text", ["合计", "小 计", "全县合计", "乡总计", "共计:"])
def test_rows_of_sums(text: str) -> None:
    assert is_sum_row(text)


def test_a_village_is_no_row_of_sums() -> None:
    assert not is_sum_row("计家村")
    assert not is_sum_row(12)


def test_the_nearest_name() -> None:
    assert nearest("ZF1", ["ZF01", "PX01"]) == "ZF01"
    assert nearest("完全不同", ["ZF01"]) == ""
