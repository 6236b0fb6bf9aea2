"""Figures as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.figures import Figure, measure_of, parse_figure, parse_milestone
from intake.problems import Fault
from metrics.vocabulary import Quality

HOUSEHOLDS = measure_of("户", 0)
MONEY = measure_of("万元", 2)
PERCENT = measure_of("%", 2)
TIMES = measure_of("人次", 0)


def read(raw: object, measure: object = HOUSEHOLDS) -> Figure:
    figure = parse_figure(raw, measure)  # type: ignore[arg-type]
    assert isinstance(figure, Figure), figure
    return figure


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0, 0),
        ("0", 0),
        (12, 12),
        (12.0, 12),
        ("１２３", 123),
        ("1,234", 1234),
        (" 1 234 ", 1234),
        ("35户", 35),
    ],
)
def test_plain_numbers(raw: object, value: int) -> None:
    assert read(raw) == Figure(value, Quality.EXACT)


@pytest.mark.parametrize("raw", [None, "", "  ", "-", "—", "——", "–", "/", "未报", "N/A"])
def test_a_blank_is_not_reported_and_never_zero(raw: object) -> None:
    assert read(raw) == Figure(None, None)


@pytest.mark.parametrize(
    ("raw", "value", "high", "quality"),
    [
        ("50余", 50, None, Quality.APPROXIMATE),
        ("50余户", 50, None, Quality.APPROXIMATE),
        ("约470", 470, None, Quality.APPROXIMATE),
        ("100户左右", 100, None, Quality.APPROXIMATE),
        ("70以上", 70, None, Quality.AT_LEAST),
        ("不少于30户", 30, None, Quality.AT_LEAST),
        ("30户以内", 30, None, Quality.AT_MOST),
        ("10–20", 10, 20, Quality.RANGE),
        ("3---5", 3, 5, Quality.RANGE),
        ("100-200户", 100, 200, Quality.RANGE),
        ("10至20", 10, 20, Quality.RANGE),
        ("1~2", 1, 2, Quality.RANGE),
    ],
)
def test_inexact_numbers_keep_their_words(raw: str, value: int, high: int | None, quality: Quality) -> None:
    found = read(raw)
    assert (found.value, found.high, found.quality, found.text) == (value, high, quality, raw)


@pytest.mark.parametrize("raw", ["xx", "***", "xxx户", "2xx", "×××", "某"])
def test_masked_values_are_missing(raw: str) -> None:
    found = read(raw)
    assert (found.value, found.quality) == (None, Quality.MASKED)
    assert [note.code for note in found.notes] == ["masked"]


@pytest.mark.parametrize("raw", ["即将完成", "有望实现", "基本完成", "正在推进"])
def test_statements_in_words_are_not_quantified(raw: str) -> None:
    assert (read(raw).value, read(raw).quality, read(raw).text) == (None, Quality.QUALITATIVE, raw)


@pytest.mark.parametrize(
    ("raw", "measure", "value", "notes"),
    [
        ("4.382亿元", MONEY, 4_382_000, ["unit_converted"]),
        ("5000元", MONEY, 50, ["unit_converted"]),
        ("3.5万", MONEY, 350, []),
        ("3万元", MONEY, 300, []),
        (7003.5, MONEY, 700_350, []),
        ("1.2万户", HOUSEHOLDS, 12_000, ["unit_converted"]),
        ("97.99%", PERCENT, 9_799, []),
        (["p", 0.9799], PERCENT, 9_799, []),
        (97.99, PERCENT, 9_799, []),
        (0.1 + 0.2, MONEY, 30, []),
        (12.345, MONEY, 1_235, ["rounded"]),
    ],
)
def test_units_and_decimals(raw: object, measure: object, value: int, notes: list[str]) -> None:
    found = read(raw, measure)
    assert (found.value, [note.code for note in found.notes]) == (value, notes)


def test_persons_or_person_times_is_kept_as_written_with_a_warning() -> None:
    found = read("1万人(次)", TIMES)
    assert (found.value, found.text, [note.code for note in found.notes]) == (
        10_000,
        "1万人(次)",
        ["unit_ambiguous"],
    )


@pytest.mark.parametrize(
    ("raw", "measure", "code"),
    [
        ("abc", HOUSEHOLDS, "not_a_number"),
        ("石门乡", HOUSEHOLDS, "not_a_number"),
        ("5*3", HOUSEHOLDS, "not_a_number"),
        ("3,45", HOUSEHOLDS, "not_a_number"),
        ("十二", HOUSEHOLDS, "not_a_number"),
        (True, HOUSEHOLDS, "not_a_number"),
        (float("inf"), HOUSEHOLDS, "not_a_number"),
        ("无", HOUSEHOLDS, "none_or_zero"),
        ("12.5", HOUSEHOLDS, "not_whole"),
        (12.5, HOUSEHOLDS, "not_whole"),
        ("20-10", HOUSEHOLDS, "range_reversed"),
        (["d", "2026-03-05"], HOUSEHOLDS, "date_for_number"),
        (["e", "#REF!"], HOUSEHOLDS, "error_value"),
        (["f", "=A1"], HOUSEHOLDS, "formula_uncomputed"),
        (["p", 0.5], MONEY, "percent_unexpected"),
        ("300人", MONEY, "unit_differs"),
        ("1万人", TIMES, "unit_differs"),
        ("5个百分点", PERCENT, "unit_differs"),
        (10**16, HOUSEHOLDS, "too_large"),
    ],
)
def test_what_cannot_be_read_is_a_fault(raw: object, measure: object, code: str) -> None:
    found = parse_figure(raw, measure)  # type: ignore[arg-type]
    assert isinstance(found, Fault) and found.code == code


@pytest.mark.parametrize(("raw", "value"), [("是", 1), ("√", 1), (1, 1), (True, 1), ("否", 0), (0, 0)])
def test_milestones(raw: object, value: int) -> None:
    assert parse_milestone(raw) == Figure(value, Quality.EXACT)


def test_a_milestone_under_way_is_neither() -> None:
    found = parse_milestone("即将开工")
    assert isinstance(found, Figure) and found.quality is Quality.QUALITATIVE
    assert parse_milestone("—") == Figure(None, None)
    assert isinstance(parse_milestone("70"), Fault)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_any_quantity_survives_being_written(value: int, scale: int) -> None:
    measure = measure_of("亩", scale)
    whole, rest = divmod(abs(value), 10**scale)
    text = f"{'-' if value < 0 else ''}{whole:,}" + (f".{rest:0{scale}d}" if scale else "")
    assert read(text, measure) == Figure(value, Quality.EXACT)
