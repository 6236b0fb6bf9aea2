"""乡镇, ranked on one indicator: the order of the gap, a dot each, groups only where things are counted."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from briefing.comparison import townships_compared
from briefing.lists import principal
from briefing.load import Briefing
from metrics.figures import percent
from metrics.vocabulary import JUDGED_STATES, Level
from tests.pages.conftest import Screens, Shown
from ui.panels import dots
from ui.words import Words

TITLE = "单项排名："
PLACE = re.compile(r"left:([\d.]+)%")


def _dots(shown: Shown) -> list[str]:
    """The pictures of the ranking, as they are labelled."""
    return [str(dot.attrs["aria-label"]) for dot in shown.page.find("span", "dp")]


def test_the_order_is_that_of_the_gap_and_whoever_has_none_stands_apart(
    screens: Screens, october: Briefing
) -> None:
    shown = screens.open("townships", i="ZF01")
    assert f"{TITLE}农村危房改造竣工户数" in shown.page.text
    (ranked,) = [table for table in shown.tables if "圆点图" in table.titles]
    cells = principal(october.cells_at(Level.TOWNSHIP))
    mine = cells[cells["indicator"] == "ZF01"]
    judged = mine[mine["state"].isin(JUDGED_STATES) & mine["gap"].notna()].sort_values("gap")
    names = [
        name for name, rank in zip(ranked.column("乡镇"), ranked.column("位次"), strict=True) if rank != "—"
    ]
    assert names[-1] == october.names[judged["unit"].iloc[0]] and len(names) == len(judged)
    assert "不参加本项排名" in shown.page.text and len(names) < len(mine)
    worst = judged.iloc[0]
    assert any(
        label.startswith(f"{percent(worst['completion'])}；序时 {percent(worst['planned'])}")
        for label in _dots(shown)
    )


def test_dots_ticks_and_the_county_stay_on_their_track(screens: Screens) -> None:
    shown = screens.open("townships", i="ZF01")
    drawn = shown.page.find("span", "dp")
    assert len(drawn) > 10
    for dot in drawn:
        styles = [str(each.attrs.get("style", "")) for each in dot.walk()]
        places = [float(at) for style in styles for at in PLACE.findall(style)]
        assert len(places) >= 3 and all(0 <= at <= 100 for at in places)


def test_where_things_are_counted_groups_stand_apart_with_their_intervals(screens: Screens) -> None:
    shown = screens.open("townships", i="XC02")
    assert "无显著差异" in shown.page.text and "横线为 95% 区间" in shown.page.text
    assert "单侧精确检验" in shown.page.text and "两者可以不一致" in shown.page.text


@pytest.mark.parametrize("code", ["", "none", "JK01"], ids=["none asked", "unknown", "a limit has no gap"])
def test_without_an_indicator_to_rank_by_the_page_is_as_ever(screens: Screens, code: str) -> None:
    shown = screens.open("townships", **({"i": code} if code else {}))
    assert TITLE not in shown.page.text and "乡镇排名" in shown.page.text


@pytest.mark.parametrize("groups", [(), ("乡", "镇")], ids=["none", "of the rule"])
def test_groups_of_the_rule_are_not_called_those_that_can_be_told_apart(
    october: Briefing, groups: tuple[str, ...]
) -> None:
    held = townships_compared(october, "XC02")
    here: Any = SimpleNamespace(words=Words("zh"))
    ruled: Any = SimpleNamespace(rules=SimpleNamespace(peer_groups=groups))
    said = dots._of_groups(here, ruled, held)
    assert "横线为 95% 区间" in said
    assert ("单侧精确检验" in said) == (not groups)
