"""No address breaks a page: what cannot be used falls back with a note, and nothing in it becomes markup."""

import pytest

from tests.pages.conftest import EVERY_PAGE, Screens
from tests.pages.places import Places

# Every parameter that any page reads.
OWN = (
    *("u", "i", "d", "n", "state", "level", "key", "tw", "tag", "only", "q"),
    *("order", "show", "source", "form", "period", "age", "anything"),
)
FRAME = ("y", "asof", "known", "lang")
ATTACK = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'</td></table>{0}{x}%s' OR 1=1 --"
BAD_FRAMES = (
    ({"asof": "2026-13-45"}, "链接里的截至日期无法识别，已改用默认日期。"),
    ({"asof": "1887-01-01"}, "链接里的截至日期无法识别，已改用默认日期。"),
    ({"asof": "明天"}, "链接里的截至日期无法识别，已改用默认日期。"),
    ({"y": "MMXXVI"}, "链接里的年度无法识别，已改用截至日期所在年度。"),
    ({"y": "99999"}, "链接里的年度无法识别，已改用截至日期所在年度。"),
    ({"known": "yesterday"}, "链接里的数据时点无法识别，已按当前数据显示。"),
    ({"known": "9999-12-31T23:59:59.999999Z"}, "链接里的数据时点无法识别，已按当前数据显示。"),
    ({"lang": "fr"}, "链接里的语言无法识别，已用中文显示。"),
)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_an_attack_in_every_parameter_shows_a_page_and_no_markup(screens: Screens, page: str) -> None:
    shown = screens.open(page, **dict.fromkeys(OWN, ATTACK))
    assert shown.sentence
    assert "<script" not in shown.markup and "<img" not in shown.markup
    for node in shown.page.walk():
        assert not any(name.startswith("on") for name in node.attrs)


def test_an_attack_in_the_frame_is_a_note_each(screens: Screens) -> None:
    shown = screens.open("overview", **dict.fromkeys(FRAME, ATTACK))
    assert len([note for note in shown.notes if "链接" in note]) == len(FRAME)
    assert "<script" not in shown.markup


@pytest.mark.parametrize(("frame", "note"), BAD_FRAMES, ids=lambda value: str(value)[:20])
def test_what_cannot_be_read_falls_back_with_a_note(
    screens: Screens, frame: dict[str, str], note: str
) -> None:
    shown = screens.open("overview", **frame)
    assert note in shown.notes and "16 个乡镇" in shown.sentence
    assert "截至2026年10月31日" in shown.page.find("p", "head")[0].text
    assert not screens.open("overview").notes


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("townships", {"u": "999999999"}),
        ("villages", {"u": "999999999999"}),
        ("departments", {"d": "nobody"}),
        ("rectification", {"n": "ZG0000-000"}),
        ("figure", {"u": "999999999", "i": "none"}),
        ("figure", {"u": "999999999"}),
        ("villages", {"tw": "nowhere"}),
        ("villages", {"tag": "no such tag"}),
        ("targets", {"i": "no such indicator"}),
        ("targets", {"u": "999999999"}),
        ("reporting", {"form": "report", "u": "999999999", "period": "2026-10-31"}),
        ("reporting", {"form": "report", "u": "990521", "period": "2026-10-30"}),
    ],
    ids=lambda value: str(value),
)
def test_an_unknown_name_shows_a_list_or_says_so(screens: Screens, page: str, params: dict[str, str]) -> None:
    shown = screens.open(page, **params)
    assert shown.sentence
    known = screens.open(page)
    listed = sum(len(table.rows) for table in shown.tables)
    assert listed in (0, sum(len(table.rows) for table in known.tables))


def test_an_unknown_figure_says_so(screens: Screens, places: Places) -> None:
    shown = screens.open("figure", u=places.township, i="nothing")
    assert shown.sentence == "没有这个指标或单位，请从上方菜单进入。"


@pytest.mark.parametrize("frame", [{"known": "2001-01-01T00:00"}, {"y": "2001", "asof": "2001-01-31"}])
def test_a_time_before_the_county_says_that_nothing_was_known(
    screens: Screens, frame: dict[str, str]
) -> None:
    shown = screens.open("overview", **frame)
    assert "还没有本县的任何资料" in shown.sentence
    assert shown.notes == ["请换一个较晚的截至日期或数据时点。"]


@pytest.mark.parametrize(
    ("page", "year"), [("overview", "2024"), ("overview", "2027"), ("reporting", "2027"), ("targets", "2027")]
)
def test_a_year_without_figures_has_none(screens: Screens, page: str, year: str) -> None:
    shown = screens.open(page, y=year, asof=f"{year}-12-31")
    assert shown.sentence
    assert not any(text.endswith("%") and text != "—" for text in _percentages(shown))


def _percentages(shown: object) -> list[str]:
    return [
        cell.text
        for table in shown.tables  # type: ignore[attr-defined]
        for title in ("完成率", "达序时率")
        if title in table.titles
        for cell in (row[table.titles.index(title)] for row in table.rows)
    ]


def test_a_bad_parameter_is_not_carried_on(screens: Screens) -> None:
    """Links of the frame are built from what was understood."""
    shown = screens.open("overview", asof="2026-13-45", lang="fr")
    links = [link.attrs["href"] for link in shown.page.find("nav")[0].find("a")]
    assert all("asof=2026-10-31" in link and "fr" not in link for link in links)
