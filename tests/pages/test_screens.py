"""Every page draws its sentence, its frame and its figures, in both languages."""

import re

import pytest

from tests.pages.conftest import EVERY_PAGE, Screens, Shown
from tests.pages.markup import Node
from tests.pages.places import Places
from ui.registry import PAGES

CHINESE = re.compile("[\u4e00-\u9fff]")
MENU = [page.key for page in PAGES if page.in_menu]


def _details(places: Places) -> dict[str, tuple[str, dict[str, str]]]:
    """Every kind of view there is: a page and its parameters."""
    return {
        **{page: (page, {}) for page in EVERY_PAGE},
        "a township": ("townships", {"u": places.township}),
        "a village": ("villages", {"u": places.village}),
        "a department": ("departments", {"d": places.department}),
        "an item": ("rectification", {"n": places.issue}),
        "a figure of the county": ("figure", {"u": places.county, "i": places.indicator}),
        "a figure of a township": ("figure", {"u": places.township, "i": places.indicator}),
        "a figure of a village": ("figure", {"u": places.village, "i": places.indicator}),
        "the targets of a village": ("targets", {"u": places.village, "level": "village"}),
        "a report's template": (
            "reporting",
            {"form": "report", "u": places.township, "period": "2026-10-31"},
        ),
    }


VIEWS = sorted(_details(Places("", "", "", "", "", "")))


def _open(screens: Screens, places: Places, view: str, **more: str) -> Shown:
    page, params = _details(places)[view]
    return screens.open(page, **params, **more)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_answers_in_one_sentence_within_its_frame(screens: Screens, places: Places, view: str) -> None:
    shown = _open(screens, places, view)
    assert CHINESE.search(shown.sentence) and not any("链接" in note for note in shown.notes)
    head = shown.page.find("p", "head")[0].text
    for part in ("截至2026年10月31日", "数据截至", "数据时点", "已报", "规则 云督〔2026〕3号", "范围 全县"):
        assert part in head
    assert "未启用登录" in head
    links = shown.page.find("nav")[0].find("a")
    assert len(links) == len(MENU)
    assert all("y=2026&asof=2026-10-31" in link.attrs["href"] for link in links)
    page, _ = _details(places)[view]
    current = [link.attrs["href"] for link in links if link.attrs.get("aria-current")]
    assert len(current) == (page in MENU)
    assert "云督〔2026〕3号" in shown.page.find("p", "foot")[0].text


def _chrome(page: Node) -> list[str]:
    """Words that are ours, not data: menu, heads of columns, labels of cards and fields, buttons."""
    nodes = [
        *page.find("nav"),
        *(head for table in page.find("table") for head in table.find("thead")[0].find("th")),
        *page.find("span", "label"),
        *page.find("button"),
        *page.find("summary"),
        *page.find("dt"),
        *(span for span in page.find("span", "s")),
    ]
    labels = [node.children[0] for node in page.find("label")]
    return [node.text for node in nodes] + [str(label) for label in labels]


@pytest.mark.parametrize("view", VIEWS)
def test_the_english_view_speaks_english(screens: Screens, places: Places, view: str) -> None:
    shown = _open(screens, places, view, lang="en")
    indicators = {link.text for link in shown.page.find("table", "matrix") for link in link.find("a")}
    for word in _chrome(shown.page):
        assert word in indicators or not CHINESE.search(word), word
    links = [link.attrs["href"] for link in shown.page.find("a") if "href" in link.attrs]
    kept = [link for link in links if "lang=en" in link]
    assert len(kept) >= len(links) - 1, "every link but the one to the other language keeps the language"
    for widget in (*shown.run.button, *shown.run.text_input, *shown.run.checkbox, *shown.run.radio):
        assert not CHINESE.search(widget.label), widget.label


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_page_that_runs_without_the_router_shows_nothing(page: str, screens: Screens) -> None:
    shown = Shown(screens.alone(page))
    assert shown.sentence == "请从首页进入。"
    assert shown.tables == [] and shown.page.find("nav") == []


def test_the_overview_s_sentence_counts_what_the_ranking_flags(screens: Screens) -> None:
    sentence = screens.open("overview").sentence
    townships = screens.open("townships")
    ranking = next(table for table in townships.tables if "位次" in table.titles)
    flagged = [row[0].text for row in ranking.rows if row[-1].text == "滞后单位"]
    silent = [row[0].text for row in ranking.rows if row[1].text == "—"]
    assert f"{len(ranking.rows)} 个乡镇中 {len(flagged)} 个滞后" in sentence
    named = re.findall(r"[\u4e00-\u9fff]+[乡镇场道]", sentence.split("：")[1].split("；")[0])
    assert named and set(named) <= set(flagged)
    assert f"{len(silent)} 个报送不足" in sentence and all(name in sentence for name in silent)


def test_the_matrix_reads_the_same_without_colour(screens: Screens) -> None:
    matrix = screens.open("overview").page.find("table", "matrix")[0]
    assert len(matrix.find("tbody")[0].find("tr")) == 16
    for cell in matrix.find("tbody")[0].find("td"):
        links = cell.find("a")
        if not links:
            assert "m-grey" in cell.attrs["class"]
            continue
        assert links[0].attrs["aria-label"].count(" ") >= 2
        shape = links[0].text[0]
        light = cell.attrs["class"].split()[0]
        shapes = {"m-green": "✓●", "m-blue": "◐", "m-yellow": "▲", "m-red": "■"}
        assert shape in shapes.get(light, "○◇…▷—※□△▽")


def test_a_missing_figure_draws_no_bar(screens: Screens, places: Places) -> None:
    shown = screens.open("targets", state="unreported")
    (table,) = shown.tables
    assert table.rows
    for row in table.rows:
        drawn = row[table.titles.index("进度（竖线为序时）")]
        assert drawn.find("span", "bb") == [] and drawn.find("span", "nobar")
        assert row[table.titles.index("完成率")].text == "—"


def test_a_past_moment_is_named(screens: Screens, places: Places) -> None:
    shown = screens.open("overview", known="2026-11-22T11:59")
    assert "数据时点 2026-11-22 11:59（历史）" in shown.page.find("p", "head")[0].text
