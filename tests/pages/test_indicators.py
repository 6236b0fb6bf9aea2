"""指标: every figure of the county counted once by what it will come to, and one with its year, parts and villages."""

import json
import re

import pytest

from briefing.forecast import BackTested, Prospect
from briefing.lists import principal
from briefing.load import Briefing
from briefing.villages import Villages
from metrics.forecast import UNTRIED, BackTest
from metrics.vocabulary import Level, State
from tests.pages.conftest import Screens, Shown
from tests.pages.places import param
from ui.panels.forecast import tried_words
from ui.panels.indicators import CHOICES, SHOWN
from ui.words import words_of

CARDS = {
    "done": "已完成",
    Prospect.LIKELY: "预计完成",
    Prospect.AT_RISK: "有风险",
    Prospect.UNLIKELY: "预计完不成",
    "missed": "未完成",
    "silent": "不作预测",
}
HOUSES = "ZF01"


def _listed(shown: Shown) -> list[str]:
    """The indicators of the list, by their codes."""
    (held,) = [node for node in shown.page.find("table") if "滞后乡镇" in node.text]
    return [param(link.attrs["href"], "i") for row in held.find("tr") for link in row.find("a")[:1]]


def test_every_figure_is_on_one_card_and_each_card_leads_to_as_many(
    screens: Screens, october: Briefing
) -> None:
    shown = screens.open("indicators")
    own = principal(october.cells_at(Level.COUNTY))
    asked = own[own["state"] != State.NO_TASK]
    everything = _listed(shown)
    assert sorted(everything) == sorted(asked["indicator"])
    counted = {
        param(card.attrs["href"], "p"): int(card.find("span", "value")[0].text)
        for strip in shown.page.find("div", "strip")
        for card in strip.find("a")
    }
    assert set(counted) == {str(one) for one in CHOICES}
    assert sum(counted.values()) == len(everything)
    found: list[str] = []
    for one, count in counted.items():
        codes = _listed(screens.open("indicators", p=one)) if count else []
        assert len(codes) == count, one
        found += codes
    assert sorted(found) == sorted(everything)


def test_the_overview_names_those_in_danger_worst_first(screens: Screens) -> None:
    shown = screens.open("overview")
    (held,) = [table for table in shown.tables if "区间（竖线为目标）" in table.titles]
    said = held.column("年底能否完成")
    assert 0 < len(said) <= SHOWN
    assert all("预计完不成" in each or "有风险" in each for each in said)
    cards = {
        param(link.attrs["href"], "p"): link.text
        for link in shown.page.find("a")
        if "p=" in link.attrs["href"]
    }
    counted = sum(int(cards[one].split()[-1]) for one in (Prospect.AT_RISK, Prospect.UNLIKELY))
    assert f"另{counted - len(said)}项有风险或预计完不成" in shown.page.text
    shares = [float(each.split("%")[0]) for each in held.column("年底预测（80%区间）")]
    assert shares == sorted(shares)


def test_an_indicator_opens_with_its_forecast_and_the_back_test(screens: Screens, october: Briefing) -> None:
    shown = screens.open("indicators", i=HOUSES)
    assert "农村危房改造竣工户数" in shown.sentence
    text = shown.page.text
    for part in (
        "年底能否完成",
        "80%区间",
        "完成目标的可能性",
        "回测：用当时已知的数据重做",
        "按日历直线推算",
    ):
        assert part in text
    assert "目标版本" in text and "追加" in text


def test_a_township_s_forecast_can_be_made_again_from_the_page(screens: Screens) -> None:
    text = screens.open("figure", u="990521100", i="BQ01").page.text
    assert "本单位最近4期0.250×4＋全县同期0.805×6＋序时计划1×12）÷22＝0.810" in text
    assert "预计年底完成39.6%" in text
    of_itself = screens.open("figure", u="990521104", i="LT01").page.text
    assert "预计年底完成" in of_itself and "回测：用当时已知的数据重做" in of_itself
    assert "不作预测：无任务。" in screens.open("figure", u="990521001", i="BQ01").page.text


def test_a_forecast_names_the_target_s_own_deadline(screens: Screens) -> None:
    assert "预计2026年11月30日完成" in screens.open("indicators", i=HOUSES).page.text


def test_where_the_straight_run_rate_did_better_it_is_said() -> None:
    words = words_of("zh")
    said = tried_words(words, BackTested(BackTest(40, 32, 0.06, 0.05), UNTRIED))
    assert said.endswith("直线推算的误差更小，本预测仅供参考。")
    assert "仅供参考" not in tried_words(words, BackTested(BackTest(40, 32, 0.05, 0.06), UNTRIED))


def test_the_chart_holds_plan_actual_last_year_and_what_is_ahead(screens: Screens) -> None:
    shown = screens.open("indicators", i=HOUSES)
    (chart,) = shown.run.get("vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    drawn = {layer["data"]["values"][0].get("name") for layer in spec["layer"] if layer["data"]["values"]}
    assert {"序时计划", "实际完成", "上年（占上年目标）", "年底预测（浅色为80%区间）"} <= drawn
    written = [
        value.get("text") for layer in spec["layer"] for value in layer["data"]["values"] if "text" in value
    ]
    assert any("目标调整为1,246" in each for each in written)
    assert any("较序时" in each and "滞后" in each for each in written)


@pytest.mark.parametrize(("code", "said"), [(HOUSES, "占全年任务的%"), ("XC02", "距目标的进程%")])
def test_the_axis_says_what_its_shares_are_of(screens: Screens, code: str, said: str) -> None:
    (chart,) = screens.open("indicators", i=code).run.get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["encoding"]["y"]["title"] == said


def test_each_township_has_a_picture_of_its_own_that_leads_to_it(screens: Screens, october: Briefing) -> None:
    shown = screens.open("indicators", i=HOUSES)
    (grid,) = shown.page.find("div", "multiples")
    cards = {param(link.attrs["href"], "u"): link for link in grid.find("a")}
    cells = principal(october.cells_at(Level.TOWNSHIP))
    asked = cells[(cells["indicator"] == HOUSES) & cells["target"].notna()]
    assert set(cards) <= set(asked["unit"]) and len(cards) > 10
    for code, card in cards.items():
        assert october.names[code] in card.text
        (image,) = card.find("img")
        assert image.attrs["src"].startswith("data:image/svg+xml,") and image.attrs["alt"]


def test_the_villages_that_make_the_gap_add_up(screens: Screens, villages: Villages) -> None:
    shown = screens.open("indicators", i=HOUSES)
    (held,) = [table for table in shown.tables if "累计" in table.titles]
    shares = [float(each.rstrip("%")) for each in held.column("占缺口")]
    running = [float(each.rstrip("%")) for each in held.column("累计")]
    assert shares == sorted(shares, reverse=True)
    assert running[-1] == pytest.approx(sum(shares), abs=0.05 * len(shares))
    cells = principal(villages.cells)
    short = cells[(cells["indicator"] == HOUSES) & (cells["shortfall"] > 0)]["shortfall"]
    said = re.search(r"(\d+)个村占缺口的", shown.page.text)
    assert said is not None
    few = int(said[1])
    top = short.sort_values(ascending=False)
    assert top.head(few).sum() >= 0.8 * top.sum() > top.head(few - 1).sum()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("CY10", "按节点分步的计划，不能按进度推算"),
        ("YS01", "今年有计划任务的期数不足4期"),
        ("JX01", "这类目标没有逐期推进的过程"),
        ("CY02", "计划已全部到期"),
    ],
)
def test_where_it_cannot_be_said_the_page_says_why(screens: Screens, code: str, said: str) -> None:
    assert f"不作预测：{said}" in screens.open("indicators", i=code).page.text


def test_where_villages_have_nothing_of_their_own_the_page_says_so(
    screens: Screens, october: Briefing
) -> None:
    above = next(
        row.code
        for row in october.directory.indicators.itertuples()
        if row.level_reported == Level.TOWNSHIP and row.kind == "accumulate"
    )
    assert "由乡镇或部门直接报送，没有村级数据" in screens.open("indicators", i=above).page.text


def test_an_unknown_indicator_is_said_to_be_so_and_the_list_shown(screens: Screens) -> None:
    shown = screens.open("indicators", i="nothing")
    assert any("指标不存在" in note for note in shown.notes)
    assert len(_listed(shown)) > 40


def test_a_village_has_a_forecast_and_no_pictures_of_its_neighbours(
    screens: Screens, villages: Villages
) -> None:
    cells = principal(villages.cells)
    mine = cells[(cells["indicator"] == "XC01") & (cells["target"] > 5) & cells["completion"].notna()].iloc[0]
    shown = screens.open("figure", u=mine["unit"], i="XC01")
    assert "年底能否完成" in shown.page.text
    assert not shown.page.find("div", "multiples")
    assert "缺口在哪些村" not in shown.page.text


def test_a_finished_year_counts_what_was_not_done_and_expects_nothing(screens: Screens) -> None:
    frame = {"y": "2025", "asof": "2026-01-20"}
    shown = screens.open("indicators", **frame)
    counted = re.search(r"全年已完成(\d+)项，未完成(\d+)项；(\d+)项没有定论", shown.sentence)
    assert counted and int(counted[2]) > 0
    assert len(_listed(screens.open("indicators", **frame, p="missed"))) == int(counted[2])
    assert sum(map(int, counted.groups())) == len(_listed(shown))
    assert "预计完成：" not in shown.page.text and "年底预测" not in shown.page.text
    overview = screens.open("overview", **frame).page.text
    assert "全年完成了没有" in overview and "年底能否完成" not in overview


def test_an_indicator_of_the_next_year_is_no_part_of_the_one_judged(screens: Screens) -> None:
    then = set(_listed(screens.open("indicators", y="2025", asof="2025-12-31")))
    assert set(_listed(screens.open("indicators", y="2025", asof="2026-01-15"))) == then
    assert set(_listed(screens.open("indicators", asof="2026-01-15", y="2026"))) > then
