"""Slides: every view in both languages and on days with nothing, from the agenda that the address names."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from briefing.agenda import Entry, View, content_of
from briefing.lists import principal
from briefing.load import Briefing
from data_access.engine import make_engine, write
from data_access.records import AgendaRecord, IssueRecord
from data_access.scope import Scope
from data_access.writes import write_records
from demo.places import COUNTY
from metrics.vocabulary import Level
from tests.pages.conftest import DAY, Screens, ScreensOver, Shown
from tests.pages.markup import Node, parse
from tests.pages.places import param
from tests.served import sqlite_url
from tests.views import NOW
from ui.address import parse as address_of
from ui.clock import county_time
from ui.guard import Here
from ui.html import element
from ui.meeting import deck, frame
from ui.meeting.deck import deck_of
from ui.meeting.entering import agenda_asked
from ui.views import county_view
from ui.words import words_of

CHINESE = re.compile("[\u4e00-\u9fff]")
# The clock of these tests stands still: a meeting opened at this moment keeps to it.
OPENED = county_time(NOW - timedelta(seconds=53)).strftime("%Y-%m-%dT%H:%M:%S")
LATER = NOW - timedelta(hours=1)
EVERY = (
    Entry(View.OVERVIEW),
    Entry(View.THINGS),
    Entry(View.MATRIX, "2"),
    Entry(View.MATRIX),
    Entry(View.RANKING),
    Entry(View.FLAGS),
    Entry(View.UNREPORTED),
    Entry(View.DEPARTMENTS),
    Entry(View.DEPARTMENT, "ZJ"),
    Entry(View.INDICATOR, "ZF01", "危房改造为什么慢"),
    Entry(View.INDICATOR, "JX01"),
    Entry(View.TOWNSHIP, "990521201"),
    Entry(View.LEDGER),
    Entry(View.OVERDUE),
    Entry(View.ISSUE, "ZG2026-035"),
)


@pytest.fixture(scope="module")
def hall(small_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of the demo county with an agenda of every view (1.1, 1.2) and one that nobody can read (2.1)."""
    path = Path(shutil.copyfile(small_database, tmp_path_factory.mktemp("hall") / "xushi.db"))
    engine = make_engine(sqlite_url(path))
    versions = (
        AgendaRecord("2", "坏议程", {"entries": [{"view": "weather"}]}, 0),
        AgendaRecord("1", "周例会", content_of(EVERY[:2], None, None, None), 0),
        AgendaRecord("1", "周调度会", content_of(EVERY, None, None, None), 1),
    )
    for minutes, record in enumerate(versions):
        with write(engine) as connection:
            at = LATER + timedelta(minutes=minutes)
            write_records(connection, COUNTY, [record], recorded_at=at, author="秘书股")
    yield sqlite_url(path)
    engine.dispose()


@pytest.fixture
def room(hall: str, screens_over: ScreensOver) -> Screens:
    return screens_over(hall)


def _slide(room: Screens, **params: str) -> Shown:
    return room.open("meeting", **{"known": OPENED, **params})


@dataclass
class Drawn:
    """A slide as it is drawn, without a run of the page round it: there are many of them."""

    markup: Markup

    def __post_init__(self) -> None:
        self.page: Node = parse(self.markup)

    @property
    def sentence(self) -> str:
        (head,) = self.page.find("h1")
        return head.text

    @property
    def entry(self) -> str:
        """The number of the agenda's entry."""
        return _entry(self)


def _entry(slide: "Drawn | Shown") -> str:
    return slide.page.find("p", "kicker")[0].text.split()[0]


def _all(room: Screens, **params: str) -> list[Drawn]:
    """Every slide of a meeting."""
    address = address_of("meeting", {**DAY, "known": OPENED, **params}, NOW.date())
    here = Here(address, words_of(address.lang), Scope.whole(COUNTY), NOW, NOW.date())
    chosen, _ = agenda_asked(here)
    made = deck_of(here, chosen, None)
    places = range(len(made.contents), made.end)
    return [Drawn(frame.slide(here, made, place)) for place in places]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_is_one_question_a_slide(room: Screens, lang: str) -> None:
    shown = _all(room, lang=lang, a="1.2")
    assert len(shown) > len(EVERY)
    entries = set()
    for number, slide in enumerate(shown, 1):
        assert slide.sentence and slide.page.find("p", "note") == []
        picture = slide.page.find("div", "picture")[0]
        rows = [len(body.find("tr")) for body in picture.find("tbody")]
        assert all(0 < count <= 7 for count in rows), slide.sentence
        assert len(picture.find("div", "card")) <= 16
        for table in picture.find("table", "sixteen"):
            assert len(table.find("td")) <= 16
        assert rows or picture.find("div", "card") or picture.find("p", "none")
        where = slide.page.find("p", "where")[0].text
        assert where.startswith(f"{number} / {len(shown)} · ") and "2026" in where
        sources = slide.page.find("p", "sources")[0].text
        assert "云督〔2026〕3号" in sources and OPENED.replace("T", " ") in sources
        entries.add(slide.entry)
        for gap in ("nan", "NaT", "None", "<NA>"):
            assert gap not in slide.page.text
        if lang == "en":
            heads = [head.text for head in picture.find("th") if head.attrs.get("scope") == "col"]
            if not picture.find("table", "sixteen"):
                assert not any(CHINESE.search(head) for head in heads), heads
            assert not any(CHINESE.search(badge.text) for badge in picture.find("span", "s"))
    assert entries == {str(number) for number in range(1, len(EVERY) + 1)}


def test_the_sentence_is_the_page_s_own(room: Screens) -> None:
    """One sentence, one frame of figures: the slide says what the page says, word for word."""
    pages = {
        View.OVERVIEW: room.open("overview"),
        View.RANKING: room.open("townships"),
        View.DEPARTMENTS: room.open("departments"),
        View.DEPARTMENT: room.open("departments", d="ZJ"),
        View.TOWNSHIP: room.open("townships", u="990521201"),
        View.LEDGER: room.open("rectification"),
        View.ISSUE: room.open("rectification", n="ZG2026-035"),
        View.UNREPORTED: room.open("reporting"),
        View.INDICATOR: room.open("figure", u=COUNTY, i="ZF01"),
    }
    said = {slide.entry: slide.sentence for slide in _all(room)}
    for number, entry in enumerate(EVERY, 1):
        if entry.view in pages and (entry.view is not View.INDICATOR or entry.of == "ZF01"):
            assert said[str(number)] == pages[entry.view].sentence, entry.view


def test_the_cards_are_the_overview_s(room: Screens) -> None:
    cards = {
        card.find("span", "label")[0].text: card.find("span", "value")[0].text
        for card in room.open("overview").page.find("div", "strip")[0].find("a")
    }
    shown = {
        card.find("span", "label")[0].text: card.find("span", "value")[0].text
        for card in _slide(room, n="1").page.find("div", "card")
    }
    assert shown == cards and len(shown) > 5


def test_nobody_is_red_without_a_name(room: Screens) -> None:
    for slide in _all(room):
        for row in slide.page.find("tr"):
            if row.find("span", "s-red") and row.find("th") and slide.page.find("table", "sixteen"):
                assert row.find("th")[0].text in slide.page.find("p", "who")[0].text
        if slide.page.find("span", "s-red"):
            who = slide.page.find("p", "who")[0].text
            assert who, slide.sentence
    things = _all(room)[1]
    for row in things.page.find("table", "things")[0].find("tbody")[0].find("tr"):
        unit = row.find("b")[0].text.split(" · ")[0]
        assert "待协调" in row.text or unit in things.page.find("p", "who")[0].text


def _leaves(view: View, of: str = "") -> list[Drawn]:
    """The pictures and people of one view, in the frame of the other tests."""
    address = address_of("meeting", {**DAY, "known": OPENED}, NOW.date())
    here = Here(address, words_of("zh"), Scope.whole(COUNTY), NOW, NOW.date())
    leaves = deck.DRAWN[view](here, county_view(here), of)
    return [Drawn(element("h1", leaf.sentence) + leaf.picture + element("i", leaf.people)) for leaf in leaves]


def test_the_matrix_says_of_limits_what_the_page_says(screens: Screens) -> None:
    cells = [cell.text for leaf in _leaves(View.MATRIX) for cell in leaf.page.find("td")]
    assert "▲ 未达标" in cells and "● 达标" in cells
    assert "▲ 滞后" not in cells


def test_green_and_behind_is_explained_where_it_stands(screens: Screens) -> None:
    told = "缺口不足1，为达序时"
    leaves = _leaves(View.MATRIX)
    assert any(told in leaf.page.text for leaf in leaves)
    for leaf in leaves:
        greens = [span.text for span in leaf.page.find("span", "said") if "s-green" in span.attrs["class"]]
        assert (told in leaf.page.text) == any(text.startswith("−") for text in greens)


def test_green_and_behind_is_explained_under_bars_too(screens: Screens, october: Briefing) -> None:
    cells = principal(october.cells_at(Level.TOWNSHIP))
    unit = str(cells.loc[cells["why"] == "whole_thing", "unit"].iloc[0])
    told = [leaf for leaf in _leaves(View.TOWNSHIP, unit) if leaf.page.find("p", "beneath")]
    assert told
    for leaf in told:
        rows = [row.find("td") for row in leaf.page.find("tbody")[0].find("tr")]
        assert any(cell[3].text.startswith("● 达序时") and cell[2].text.startswith("−") for cell in rows)


def test_an_indicator_without_townships_shows_the_county_s_own_figure(screens: Screens) -> None:
    (leaf,) = _leaves(View.INDICATOR, "JX03")
    assert "云岭县" in leaf.page.find("table", "bullets")[0].text
    facts = leaf.page.find("table", "facts")[0].text
    assert "目标" in facts and "实际" in facts and not leaf.page.find("p", "none")
    (income,) = _leaves(View.INDICATOR, "SR01")
    targets = [row.find("td")[0].text for row in income.page.find("table", "facts")[0].find("tr")[1:]]
    assert targets[1] == "高于全市平均（6.31）"


def test_whoever_the_sentence_names_has_a_name_below_or_is_counted(screens: Screens) -> None:
    (leaf,) = _leaves(View.OVERVIEW)
    answer = leaf.page.find("i")[-1].text
    named = leaf.sentence.partition("：")[2].partition("；")[0].partition("等")[0].split("、")
    assert len(named) > 4 and (all(name in answer for name in named) or re.search(r"等\d+人$", answer))
    (ledger,) = _leaves(View.LEDGER)
    assert re.search(r"等\d+人$", ledger.page.find("i")[-1].text)


def test_who_is_ahead_is_no_days_behind(screens: Screens) -> None:
    for slide in _all(screens, a="0.0"):
        assert "滞后 0天" not in slide.page.text and "滞后0天" not in slide.page.text
    shown = screens.open("indicators", i="XC06")
    assert shown.sentence.endswith("个百分点（达序时）") and "滞后 0天" not in shown.page.text


def test_the_agenda_lists_its_entries_with_their_slides(room: Screens) -> None:
    shown = [_slide(room, n=f"a{page}") for page in range(3)]
    links = [link for each in shown for link in each.page.find("ol", "contents")[0].find("a")]
    assert shown[0].sentence == "周调度会" and len(links) == len(EVERY)
    assert all(len(each.page.find("li")) <= 7 for each in shown)
    assert "危房改造为什么慢" in links[9].text
    for number, link in enumerate(links, 1):
        slide = room.follow(link.attrs["href"])
        assert _entry(slide) == str(number)
        assert param(link.attrs["href"], "known") == OPENED


def test_every_link_keeps_the_moment(room: Screens) -> None:
    for n in ("a0", "1", "4"):
        slide = _slide(room, n=n, a="1.2")
        links = [link.attrs["href"] for link in slide.page.find("a")]
        assert links and all(param(link, "known") == OPENED for link in links)
        assert all(param(link, "a") == "1.2" for link in links)


def test_the_link_on_a_page_opens_its_own_slide(room: Screens) -> None:
    opens = {
        ("overview", ""): "1",
        ("townships", ""): "3",
        ("departments", ""): "8",
        ("rectification", ""): "13",
        ("townships", "u=990521201"): "12",
        ("departments", "d=ZJ"): "9",
        ("rectification", "n=ZG2026-035"): "15",
    }
    for (page, detail), entry in opens.items():
        params = dict([detail.split("=")]) if detail else {}
        (link,) = room.open(page, **params).page.find("a", "meet")
        assert param(link.attrs["href"], "known") == "", "the door writes the moment as the link is followed"
        slide = room.follow(f"{link.attrs['href']}&known={OPENED}")
        assert _entry(slide) == entry, (page, detail)
    for page in ("villages", "reporting", "settings", "snapshots"):
        assert room.open(page).page.find("a", "meet") == []


def test_what_the_agenda_does_not_have_stands_after_it(room: Screens) -> None:
    slide = _slide(room, v="townships", u="990521101")
    assert slide.page.find("p", "kicker")[0].text.startswith(f"{len(EVERY) + 1} ")
    assert slide.sentence == room.open("townships", u="990521101").sentence
    contents = _slide(room, v="townships", u="990521101", n="a2")
    assert "议程外" in contents.page.find("li")[-1].text
    by_indicator = _slide(room, v="indicators", i="YS01")
    assert by_indicator.sentence == room.open("figure", u=COUNTY, i="YS01").sentence


def test_a_version_that_was_saved_since_does_not_change_the_meeting(room: Screens) -> None:
    first = _slide(room, n="a0", a="1.1")
    assert first.sentence == "周例会" and len(first.page.find("li")) == 2


def test_an_unknown_agenda_is_named_and_an_unreadable_one_refused(room: Screens) -> None:
    for a in ("9.1", "1.7", "1", "x.²"):
        shown = _slide(room, n="a0", a=a)
        assert shown.sentence == "周调度会" and "链接里的议程不存在" in shown.page.text
    refused = _slide(room, a="2.1")
    assert "坏议程" in refused.sentence and "weather" in refused.sentence
    (go, *_) = [link.attrs["href"] for link in refused.page.find("a")]
    assert room.follow(go).sentence.startswith("默认议程")


@pytest.mark.parametrize("known", ["", "yesterday", "2027-01-01T00:00"])
def test_there_is_no_meeting_without_a_moment_that_has_passed(room: Screens, known: str) -> None:
    shown = _slide(room, known=known)
    assert shown.sentence == "这个地址没有可用的数据时点，不能开会。"
    assert room.follow(shown.page.find("a")[0].attrs["href"]).sentence == "周调度会"


def test_numbers_out_of_reach_fall_to_the_nearest(room: Screens) -> None:
    count = len(_all(room, a="1.1"))
    for n, number in (("0", 1), ("1", 1), ("9999", count), (str(count), count)):
        where = _slide(room, n=n, a="1.1").page.find("p", "where")[0].text
        assert where.startswith(f"{number} / {count}"), n
    for n in ("a99", "-1", "²", "x", "ab"):
        assert _slide(room, n=n, a="1.1").sentence == "周例会", n


FRAMES = {
    "before the first report": {"asof": "2026-01-15"},
    "the first day": {"asof": "2026-01-01"},
    "a year after": {"y": "2028", "asof": "2028-01-01"},
    "all have reported": {"asof": "2026-09-30"},
    "as first known": {"known": "2026-01-20T09:00"},
}


@pytest.mark.parametrize("day", FRAMES)
def test_a_slide_with_nothing_to_show_says_so(room: Screens, day: str) -> None:
    slides = _all(room, a="1.2", **FRAMES[day])
    assert len({slide.entry for slide in slides}) == len(EVERY)
    for slide in slides:
        picture = slide.page.find("div", "picture")[0]
        assert slide.sentence and picture.text, slide.page.find("p", "kicker")[0].text
        for gap in ("nan", "NaT", "None", "<NA>"):
            assert gap not in slide.page.text


def test_a_day_of_which_nothing_is_known_is_refused_in_words(room: Screens) -> None:
    assert "还没有本县的任何资料" in _slide(room, y="2024", asof="2024-06-30").sentence


def test_leaving_says_whether_anything_came_in(room: Screens, hall: str) -> None:
    nothing = _slide(room, n="end", v="townships", u="990521201")
    assert nothing.sentence == f"会议用的是 {OPENED.replace('T', ' ')} 的数据；此后没有新数据入库。"
    now, then, again = [link.attrs["href"] for link in nothing.page.find("ul", "contents")[0].find("a")]
    assert (param(now, "known"), param(then, "known")) == ("", OPENED)
    assert room.follow(now).sentence == room.open("townships", u="990521201").sentence
    assert room.follow(again).sentence == "周调度会"
    past = _slide(room, n="end", known="2026-11-02T09:00")
    assert re.search(r"此后新入库：接收报送件 \d+ 份", past.sentence)


# The same in a browser: tests/browser/test_meeting.py.
@pytest.mark.long
def test_slides_stay_while_others_write(room: Screens, hall: str) -> None:
    """Also in a process that draws them for the first time after the write."""
    before = [slide.markup for slide in _all(room, a="1.2")]
    ledger = room.open("rectification").sentence
    opened, due = date(2026, 9, 1), date(2026, 9, 10)
    late = IssueRecord("ZG2026-999", "990521201", "督查发现", "资料不全", "缺台账", "说明", opened, due)
    engine = make_engine(hall)
    with write(engine) as connection:
        at = NOW + timedelta(minutes=1)
        write_records(connection, COUNTY, [late], recorded_at=at, author="测试")
    engine.dispose()
    assert room.open("rectification").sentence != ledger, "the write would show if the meeting let it"
    assert [slide.markup for slide in _all(room, a="1.2")] == before
    room.url = ""
    room.over(hall)
    assert [slide.markup for slide in _all(room, a="1.2")] == before


def test_turning_a_slide_computes_nothing(room: Screens, monkeypatch: pytest.MonkeyPatch) -> None:
    _slide(room, n="1", a="1.2")

    def refuse(*_: object) -> None:
        raise AssertionError("a slide was made while a deck of this moment is kept")

    monkeypatch.setattr(deck, "_made", refuse)
    for n in ("a0", "2", "30"):
        assert _slide(room, n=n, a="1.2").sentence
