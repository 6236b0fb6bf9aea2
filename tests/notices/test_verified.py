"""What a check of a snapshot found is told in the reader's words: names, states, amounts, days, and never raw data."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from briefing.frozen import freeze
from briefing.load import Briefing
from briefing.snapshots import verify
from briefing.villages import Villages
from data_access.directory import read_directory
from data_access.engine import read
from metrics.fingerprints import Differing, canonical, differences, is_table
from metrics.words import Lang
from notices.places import Names, names_of, place_text
from notices.verified import verified
from notices.words import WORDS
from tests.data_access.county import NORTH
from tests.notices.office import TODAY, WHOLE


@pytest.fixture(scope="module")
def held(october: Briefing) -> Names:
    return names_of(october.directory)


@pytest.fixture(scope="module")
def content(villages: Villages) -> dict[str, Any]:
    frame = replace(villages.county.frame, known_at=villages.county.frame.moment)
    known = replace(villages, county=replace(villages.county, frame=frame))
    made: dict[str, Any] = json.loads(canonical(freeze(known, {})))
    return made


def _tables(content: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if is_table(content):
        yield path, content
    elif isinstance(content, dict):
        for name, part in content.items():
            yield from _tables(part, (*path, name))


def test_every_column_and_every_part_has_a_word(content: dict[str, Any]) -> None:
    columns = {name for _, table in _tables(content) for name in table["columns"]}
    columns |= {name for part in ("things", "flags") for name in content["judgement"][part][0]}
    assert len(columns) > 100
    assert {name for name in columns if f"place.{name}" not in WORDS} == set()
    parts = {*content["frame"]}
    parts |= {name for part in ("directory", "board", "records", "judgement") for name in content[part]}
    assert {name for name in parts if f"kept.{name}" not in WORDS and f"place.{name}" not in WORDS} == set()


def _bent(value: Any) -> Any:
    """Another value of the same shape."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return None


def test_whatever_column_differs_no_english_and_no_raw_data_is_told(
    content: dict[str, Any], held: Names
) -> None:
    told = []
    for path, table in _tables(content):
        rows = table["rows"][:3] + table["rows"][-3:]
        bent = {**table, "rows": [[*row[:0], *map(_bent, row)] for row in rows]}
        keys = [table["columns"].index(name) for name in table["key"]]
        for row, other in zip(rows, bent["rows"], strict=True):
            for place in keys:
                other[place] = row[place]
        found = differences({**table, "rows": rows}, bent, path)
        # What a county calls by letters of its own is no English of ours.
        told += [(each.path, place_text(each, held, "zh")) for each in found]
    assert len(told) > 500
    own = {"XP", "xlsx"}
    for path, text in told:
        if "settings" in path or path[-1] in ("content", "file_hash", "content_hash", "points", "item"):
            continue
        words = {word for word in re.findall(r"[a-z]{3,}(?:_[a-z]+)*", text) if word not in own}
        assert not words, (path, text)
        assert "{" not in text and "None" not in text, text


def _place(held: Names, path: tuple[str, ...], was: Any, now: Any, lang: Lang = "zh") -> str:
    return place_text(Differing(path, was, now), held, lang)


@pytest.fixture
def row(october: Briefing) -> tuple[tuple[str, ...], str]:
    """The way to a cell whose amounts have two decimals, and how it is called."""
    indicator = next(code for code, each in october.definitions.items() if each["scale"] == 2)
    unit = october.cells["unit"][october.cells["indicator"] == indicator].iloc[-1]
    name = f"{october.names[unit]} {october.definitions[indicator]['name']}"
    return ("judgement", "cells", f"{unit} {indicator} 县政府"), f"评判结果 / 县和乡镇各项 / {name} 县政府"


@pytest.mark.parametrize(
    ("column", "was", "now", "said"),
    [
        ("state", "far_behind", "behind", "状态：严重滞后 → 滞后"),
        ("light", "red", "yellow", "灯色：红灯 → 黄灯"),
        ("days_behind", 71, 31, "滞后天数：71天 → 31天"),
        ("completion", 0.5, 0.74, "完成率：50.0% → 74.0%"),
        ("gap", -0.442, None, "较序时：−44.2个百分点 → —"),
        ("is_principal", True, False, "主要目标：是 → 否"),
        ("units_in", 11, 12, "已报单位数：11 → 12"),
        ("text", "长" * 80, "短", f"文字：{'长' * 59}… → 短"),
        # Printed with one decimal both are the same.
        ("completion", 0.50001, 0.50002, "完成率：0.50001 → 0.50002"),
    ],
)
def test_a_value_is_told_by_its_column(
    held: Names, row: tuple[tuple[str, ...], str], column: str, was: Any, now: Any, said: str
) -> None:
    path, name = row
    assert _place(held, (*path, column), was, now) == f"{name} / {said}"


def test_an_amount_has_the_decimals_and_the_measure_of_its_indicator(
    held: Names, row: tuple[tuple[str, ...], str], october: Briefing
) -> None:
    path, name = row
    indicator = path[2].split(" ")[1]
    measure = october.definitions[indicator]["measure"]
    told = _place(held, (*path, "actual"), 1025, 103500)
    assert told == f"{name} / 实际完成：10.25{measure} → 1,035.00{measure}"
    assert _place(held, (*path, "monthly_need"), 58.5, None).endswith(f"每月需完成：0.585{measure} → —")
    # A target's record does not say in its key which indicator it is of.
    unknown = _place(held, ("board", "targets", "12", "low"), 1025, 1035)
    assert unknown == "评判依据 / 目标 / 记录12 / 目标下限：1025（最小计量单位） → 1035（最小计量单位）"


def test_what_a_ratio_is_short_of_is_counted_as_its_numerator(held: Names) -> None:
    """Three persons, not three hundredths of a percent."""
    path = ("judgement", "villages", "990521102001 JK02 None", "shortfall")
    told = _place(held, path, 3, 2.5)
    assert told.endswith("：3 → 2.5") and "%" not in told


def test_days_moments_and_lists_are_told_without_their_shapes(held: Names) -> None:
    key = "990521001 XC01 {'day': '2026-03-31'}"
    told = _place(held, ("records", "explanations", key, "promised_day", "day"), "2026-05-28", "2026-06-28")
    assert told.endswith(" 2026-03-31 / 承诺日：2026年5月28日 → 2026年6月28日")
    told = _place(held, ("records", "explanations", key, "promised_day"), None, {"day": "2026-06-28"})
    assert told.endswith("承诺日：— → 2026年6月28日")
    told = _place(held, ("frame", "known_at", "moment"), "2026-10-31T17:00:00+00:00", None)
    assert told == "范围和时点 / 数据时点：2026-11-01 01:00:00 → —"
    told = _place(held, ("directory", "indicators", "XC01", "shared", "list"), ["JT"], ["JT", "LT"])
    assert told.endswith("配合部门：县教育体育局 → 县教育体育局、县交通运输局")
    assert _place(held, ("judgement", "things"), [{"a": 1}], []).endswith("重点调度事项：共1项 → 无")


def test_a_row_on_one_side_alone_is_told_and_not_shown(held: Names, october: Briefing) -> None:
    person = {"code": "P0001", "phone": "138****2918"}
    path = ("directory", "persons", "P0001")
    name = october.directory.persons.set_index("code").at["P0001", "name"]
    assert _place(held, path, None, person) == f"名册 / 人员 / {name}：重新计算多出这一条（快照中没有）"
    assert _place(held, path, person, None) == f"名册 / 人员 / {name}：缺少这一条（快照中有）"
    assert "138" not in _place(held, path, person, None, "en")


def test_a_village_is_called_with_its_township(held: Names, october: Briefing) -> None:
    code = next(iter(october.units.index[october.units["level"] == "village"]))
    assert held.names[code] == october.whole_name(code)


def test_missing_numbers_are_named_and_those_that_were_changed_beside_them(office: Engine) -> None:
    with read(office) as connection:
        found = verify(connection, WHOLE, 1)
        directory = read_directory(connection, WHOLE, day=TODAY, known_at=None)
    names = names_of(directory)
    assert verified(found, names, "zh").sentences == (
        "第1号快照一致：用当时已知的原始数据重新计算，结果完全相同。",
    )
    gone = replace(found, missing=(3, 4))
    assert verified(gone, names, "zh").sentences == ("第1号快照：缺第3号、第4号，已被删除。",)
    assert verified(gone, names, "en").sentences == ("Snapshot 1: missing number 3, number 4; deleted.",)
    both = replace(found, missing=(3,), broken=(5,))
    [first, second] = verified(both, names, "zh").sentences
    assert first == "第1号快照：缺第3号，已被删除。" and second.startswith("第1号快照：第5号处前后链接断开")


def test_records_that_were_changed_are_told_by_table_and_township(office: Engine) -> None:
    with read(office) as connection:
        found = verify(connection, WHOLE, 1)
        directory = read_directory(connection, WHOLE, day=TODAY, known_at=None)
    names = names_of(directory)
    changed = replace(found, records=(("report", NORTH), ("setting", "")))
    [said] = verified(changed, names, "zh").sentences
    assert said == f"第1号快照：当时已知的原始记录被改动——上报数（{names.names[NORTH]}）、全县设置。"
