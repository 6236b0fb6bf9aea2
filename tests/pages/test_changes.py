"""A past page says how many figures changed since; the page of changes lists exactly those, with why."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from data_access.engine import make_engine
from demo.places import COUNTY
from tests.pages.conftest import Screens, ScreensOver, Shown
from tests.pages.later import Later
from tests.pages.places import param
from tests.served import sqlite_url
from tests.views import NOW
from ui import clock
from ui.address import moment_text

THEN = NOW - timedelta(days=1)
KNOWN = moment_text(THEN)


@pytest.fixture(scope="module")
def county(small_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str]:
    """A county in which one village's figure was corrected: its address, the village and the indicator."""
    path = Path(shutil.copyfile(small_database, tmp_path_factory.mktemp("corrected") / "xushi.db"))
    engine = make_engine(sqlite_url(path))
    later = Later(engine, COUNTY, NOW - timedelta(hours=1), Random(2))
    chosen = later._accepted()
    while len(str(chosen["unit"])) != 12:
        chosen = later._accepted()
    unit, indicator = later.correct(chosen)
    engine.dispose()
    return sqlite_url(path), unit, indicator


@pytest.fixture
def corrected(screens_over: ScreensOver, county: tuple[str, str, str]) -> tuple[Screens, str, str]:
    """The pages over that county, the village and the indicator."""
    url, unit, indicator = county
    return screens_over(url), unit, indicator


@pytest.fixture
def screens(screens_over: ScreensOver, county: tuple[str, str, str]) -> Screens:
    return screens_over(county[0])


def _since(shown: Shown) -> tuple[int, str]:
    """The number of changes that a past page names, and where its link leads."""
    (line,) = shown.page.find("p", "since")
    (link,) = line.find("a")
    (number,) = re.findall(r"\d+", link.text)
    return int(number), link.attrs["href"]


def _listed(shown: Shown) -> list[str]:
    return shown.tables[0].column("为什么变") if shown.tables else []


# One line of the frame of every page.
@pytest.mark.parametrize(
    "page",
    ["overview", *(pytest.param(page, marks=pytest.mark.long) for page in ("departments", "reporting"))],
)
def test_the_line_names_as_many_as_the_page_lists(corrected: tuple[Screens, str, str], page: str) -> None:
    screens, unit, _ = corrected
    count, link = _since(screens.open(page, known=KNOWN))
    shown = screens.follow(link)
    causes = _listed(shown)
    assert count == len(causes) == 2, "the township and the county"
    assert all("现场核实后更正" in cause and "核实员" in cause for cause in causes)
    assert "2项变化" in shown.sentence
    assert unit[:9] in shown.markup


def test_a_village_and_its_township_count_their_own(corrected: tuple[Screens, str, str]) -> None:
    screens, unit, indicator = corrected
    count, link = _since(screens.open("villages", u=unit, known=KNOWN))
    assert count == len(_listed(screens.follow(link))) == 1 and param(link, "u") == unit
    count, link = _since(screens.open("townships", u=unit[:9], known=KNOWN))
    assert count == len(_listed(screens.follow(link))) == 2 and param(link, "u") == unit[:9]
    shown = screens.open("changes", since=KNOWN, u=unit[:9], i="no such indicator")
    assert _listed(shown) == [] and shown.notes == [] and shown.page.text.count("没有数据变化") == 1
    assert len(_listed(screens.open("changes", since=KNOWN, i=indicator))) == 2


def test_both_sides_open_the_figure_as_it_was_and_as_it_became(corrected: tuple[Screens, str, str]) -> None:
    screens, unit, indicator = corrected
    shown = screens.open("changes", since=KNOWN, u=unit)
    (row,) = shown.tables[0].rows
    before, after = (cell.find("a")[0].attrs["href"] for cell in row if cell.find("a"))
    assert param(before, "known") == KNOWN and not param(after, "known")
    assert (param(before, "u"), param(before, "i")) == (unit, indicator)
    old, new = (screens.follow(link) for link in (before, after))
    assert old.page.find("div", "box")[0].text != new.page.find("div", "box")[0].text
    told = shown.tables[0].column("实际")[0].split(" → ")
    assert len(told) == 2 and told[0] in old.markup and told[1] in new.markup


def test_a_page_of_now_or_of_a_moment_to_come_says_nothing(screens: Screens) -> None:
    assert not screens.open("overview").page.find("p", "since")
    ahead = moment_text(clock.now() + timedelta(days=5))
    assert not screens.open("overview", known=ahead).page.find("p", "since")


def test_up_to_an_earlier_moment_only_what_was_known_by_then(corrected: tuple[Screens, str, str]) -> None:
    screens, _, _ = corrected
    until = moment_text(NOW - timedelta(hours=2))
    shown = screens.open("changes", since=KNOWN, known=until)
    assert shown.sentence.endswith("没有数据变化。") and "0项" not in shown.page.text
    assert _listed(shown) == []


def test_without_a_start_the_month_before_is_compared(screens: Screens) -> None:
    shown = screens.open("changes")
    assert shown.sentence.startswith("2026年9月30日到2026年10月31日：") and not shown.notes
    assert len(_listed(shown)) > 100
    assert screens.open("changes", day="2026-06-30").sentence.startswith("2026年6月30日到")


def test_that_the_data_day_moved_is_said_once_and_not_in_every_row(screens: Screens) -> None:
    shown = screens.open("changes")
    moved = [each.text for each in shown.page.find("p") if "项指标的数据日由" in each.text]
    assert [each.partition("项")[2] for each in moved] == [
        "指标的数据日由2026年9月30日改为2026年10月31日，下表不再逐行写。"
    ]
    assert int(moved[0].partition("项")[0]) == len({row[1].text for row in shown.tables[0].rows})
    causes = shown.tables[0].column("为什么变")
    assert "数据日改变（见表上说明）" in causes and not any("数据日由" in each for each in causes)
    english = screens.open("changes", lang="en")
    assert english.page.text.count("The data day of") == 1
    assert "data day moved (see above)" in english.tables[0].column("Why it changed")


@pytest.mark.parametrize(
    "asked",
    [{"since": "yesterday"}, {"since": "2100-01-01T00:00"}, {"day": "2026-13-45"}, {"day": "2026-12-31"}],
)
def test_a_start_that_cannot_be_is_said(screens: Screens, asked: dict[str, str]) -> None:
    shown = screens.open("changes", **asked)
    assert shown.notes == ["链接里的比较起点无法识别，或晚于终点，已改与上月末比较。"]
    assert shown.sentence.startswith("2026年9月30日到")


def test_in_english_as_well(corrected: tuple[Screens, str, str]) -> None:
    screens, _, _ = corrected
    shown = screens.open("changes", since=KNOWN, lang="en")
    assert "2 changed, 1 of them in state (1 better, 0 worse, 0 not judged on one side)" in shown.sentence
    assert all("corrected: 现场核实后更正" in cause for cause in shown.tables[0].column("Why it changed"))
