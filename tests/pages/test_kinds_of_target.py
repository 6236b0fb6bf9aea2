"""Every kind of target reads on its page as its document writes it, with a bar only where there is a way to go."""

import re

import pytest

from briefing.load import Briefing
from tests.pages.conftest import Screens

TOWNSHIP = "990521101"


def test_points_over_a_base_stand_with_the_level_they_come_to(screens: Screens) -> None:
    text = screens.open("figure", u=TOWNSHIP, i="XC02").page.text
    assert "在年初基础上提高5个百分点（即 ≥ " in text


def test_a_base_that_is_missing_says_so(screens: Screens, october: Briefing) -> None:
    without = next(code for code, name in october.names.items() if name == "竹坪乡")
    text = screens.open("figure", u=without, i="XC02").page.text
    assert "基数缺失" in text and "在年初基础上提高5个百分点" in text and "即 ≥" not in text


@pytest.mark.parametrize(
    ("unit", "code", "said"),
    [
        ("990521", "SR01", ("高于全市平均（6.31）", "全市平均 6.31（2026年9月30日），国家统计局市调查队")),
        (TOWNSHIP, "JK01", ("不低于全县平均（", "全县平均 ")),
        (TOWNSHIP, "JK03", ("不高于上年同期（", "2025年9月30日")),
    ],
)
def test_comparisons_say_with_whom_and_of_which_day(
    screens: Screens, unit: str, code: str, said: tuple[str, ...]
) -> None:
    text = screens.open("figure", u=unit, i=code).page.text
    for words in said:
        assert words in text
    assert "各期数值与界限" in text


def test_a_mean_with_a_floor_counts_who_is_below(screens: Screens, october: Briefing) -> None:
    text = screens.open("figure", u=october.root, i="BQ02").page.text
    assert "平均 ≥ 97.00，最低 ≥ 90.00" in text and "均不低于90.00" in text


def test_a_pair_stands_together_and_says_how_it_is_counted(screens: Screens, october: Briefing) -> None:
    text = screens.open("figure", u=october.root, i="JC01").page.text
    assert "两项都完成才算完成" in text and "不相加" in text
    sheet = screens.open("townships", u=TOWNSHIP).page.text
    assert "（与“监测对象风险消除人数”同一任务）" in sheet


def test_years_and_totals_stand_in_columns_of_their_own(screens: Screens, october: Briefing) -> None:
    shown = screens.open("figure", u=october.root, i="ZF01")
    (held,) = [table for table in shown.tables if "累计目标" in table.titles]
    assert held.column("年度") == ["2025", "2026"]
    assert held.column("当年目标") != held.column("累计目标")


def test_what_is_striven_for_says_so(screens: Screens) -> None:
    sheet = screens.open("townships", u="990521102").page.text
    assert "力争 约" in sheet and "标“力争”的为力争目标" in sheet
    assert "这是力争目标" in screens.open("figure", u="990521102", i="CY07").page.text


def test_a_limit_shows_its_margin_and_no_bar(screens: Screens) -> None:
    shown = screens.open("townships", u=TOWNSHIP)
    (sheet,) = [table for table in shown.tables if "进度（竖线为序时）" in table.titles]
    rows = dict(zip(sheet.column("指标"), sheet.column("进度（竖线为序时）"), strict=True))
    kept = next(text for name, text in rows.items() if name.startswith("脱贫人口住院费用"))
    assert kept.startswith(("余量 ", "超限 "))


def test_the_words_are_english_in_english(screens: Screens) -> None:
    text = screens.open("figure", u=TOWNSHIP, i="JK01", lang="en").page.text
    assert "at least county mean (" in text and "to spare" in text


def test_a_checklist_says_how_many_items_and_which_are_missing_most(screens: Screens) -> None:
    for page, unit in (("indicators", ""), ("figure", "990521100")):
        text = screens.open(page, i="XC06", **({"u": unit} if unit else {})).page.text
        assert re.search(r"\d+个单位查过清单，缺得最多的：.+（\d+个单位缺）", text)
        counts = [int(each) for each in re.findall(r"（(\d+)个单位缺）", text)]
        assert counts == sorted(counts, reverse=True)
    assert "730/780" in screens.open("indicators", i="XC06").page.text


def test_a_target_of_words_shows_what_was_reported(screens: Screens) -> None:
    page = screens.open("figure", u="990521100", i="XC04").page
    shown = dict(zip([each.text for each in page.find("dt")], page.find("dd"), strict=True))
    assert shown["实际 A"].text == "村容村貌明显改善，主干道两侧乱堆乱放基本清零"
    assert shown["已报单位"].text == "1/1"
    assert "16/16" in screens.open("indicators", i="XC04").page.text
