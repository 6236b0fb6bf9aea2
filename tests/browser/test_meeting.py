"""A meeting in a real browser: keys, black screen, Back, deep links, a write in the middle, size of type."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute

from briefing.agenda import Entry, View, content_of
from data_access.engine import make_engine, write
from data_access.records import AgendaRecord, SettingRecord, TargetRecord
from data_access.writes import write_records
from demo.places import COUNTY
from tests.browser.conftest import SIZES, NewTab, Serve, Tab
from tests.served import Served, sqlite_url

WHERE = ".mt .where b:first-child"
LISTENS = "body[data-meeting=listens]"
STARTS = "([where, starts]) => document.querySelector(where)?.innerText.startsWith(starts)"
EVERY = (
    Entry(View.OVERVIEW),
    Entry(View.THINGS),
    Entry(View.MATRIX),
    Entry(View.RANKING),
    Entry(View.FLAGS),
    Entry(View.UNREPORTED),
    Entry(View.DEPARTMENTS),
    Entry(View.DEPARTMENT, "NY"),
    Entry(View.INDICATOR, "ZF01", "危房改造为什么慢"),
    Entry(View.INDICATOR, "JX01"),
    Entry(View.TOWNSHIP, "990521201"),
    Entry(View.LEDGER),
    Entry(View.OVERDUE),
    Entry(View.ISSUE, "ZG2026-034"),
)
# Every line of text with its size and its box.
TEXTS = """() => {
  const out = [];
  const walker = document.createTreeWalker(document.querySelector('.mt'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    if (!node.textContent.trim() || holder.tagName === 'STYLE') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      out.push({ text: node.textContent.trim().slice(0, 30), size: parseFloat(getComputedStyle(holder).fontSize),
        left: box.left, top: box.top, right: box.right, bottom: box.bottom, inBar: !!holder.closest('.bb') });
  }
  return out;
}"""
# The parts of a slide one below the other, and the cells of its rows side by side.
BOXES = """() => {
  const box = node => { const r = node.getBoundingClientRect();
    return { name: node.className || node.tagName, left: r.left, top: r.top, right: r.right, bottom: r.bottom } };
  const content = document.querySelector('.mt .picture').firstElementChild;
  return { parts: ['.kicker', 'h1', '.picture', '.foot'].map(one => box(document.querySelector('.mt ' + one))),
    content: content ? box(content) : null, foot: box(document.querySelector('.mt .foot')),
    cells: [...document.querySelectorAll('.mt td, .mt th')]
      .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText) };
}"""


@pytest.fixture(scope="module")
def database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo county with an agenda of every view."""
    path = Path(shutil.copyfile(demo_database, tmp_path_factory.mktemp("meeting") / "xushi.db"))
    _write(path, AgendaRecord("1", "周调度会", content_of(EVERY, None, None, None), 0))
    return path


def _write(path: Path, *records: AgendaRecord | SettingRecord | TargetRecord) -> None:
    engine = make_engine(sqlite_url(path))
    with write(engine, COUNTY) as connection:
        write_records(connection, COUNTY, records, recorded_at=datetime.now(UTC), author="测试")
    engine.dispose()


@pytest.fixture(scope="module")
def hall(serve: Serve, browser: Browser, database: Path) -> Iterator[Served]:
    with serve(sqlite_url(database)) as running:
        yield running


@pytest.fixture
def wall(hall: Served, new_tab: NewTab) -> Tab:
    """A projector's browser on it."""
    return new_tab(hall, size="wall")


def _at(tab: Tab, number: int) -> Page:
    """Wait until the slide of this number is shown; 0 is the agenda."""
    starts = f"{number} / " if number else "共 "
    tab.page.wait_for_selector(LISTENS, state="attached")
    tab.page.wait_for_function(STARTS, arg=[WHERE, starts])
    return tab.page


def _begun(tab: Tab) -> Page:
    """Begin a meeting at the door."""
    tab.open("/")
    tab.page.locator("a.meet").click()
    return _at(tab, 1)


def _last(tab: Tab) -> int:
    return int(re.findall(r"\d+", tab.open("/meeting?n=a0").inner_text(WHERE))[0])


def test_keys_turn_the_slides_and_back_is_the_slide_before(wall: Tab) -> None:
    page = _begun(wall)
    assert "known=" in page.url and page.locator("[data-testid=stHeader]:visible").count() == 0
    for number, key in enumerate(("ArrowRight", "PageDown", " "), 2):
        page.keyboard.press(key)
        _at(wall, number)
        assert f"n={number}" in page.url
    for number, key in ((3, "ArrowLeft"), (2, "PageUp")):
        page.keyboard.press(key)
        _at(wall, number)
    page.go_back()
    _at(wall, 3)
    # The listener is told of the slide a moment after it is drawn.
    wall.settle()
    page.keyboard.press("ArrowRight")
    _at(wall, 4)
    page.keyboard.press("Home")
    _at(wall, 0)
    assert page.locator(".contents li").count() > 3
    page.keyboard.press("End")
    last = int(re.findall(r"\d+", page.inner_text(WHERE))[-1])
    _at(wall, last)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    _at(wall, last)
    assert wall.errors == [] and wall.foreign() == []


def test_the_mouse_turns_too_and_a_link_of_the_agenda_opens_its_slide(wall: Tab) -> None:
    page = wall.open("/meeting?n=a0")
    page.locator(".contents a").nth(1).click()
    _at(wall, 2)
    page.locator(".turns a", has_text="›").click()
    _at(wall, 3)
    page.locator(".turns a", has_text="‹").click()
    _at(wall, 2)
    page.locator(".turns a", has_text="≡").click()
    _at(wall, 0)
    loads = [url for url in wall.requests if "/meeting?" in url]
    assert len(loads) <= 2, "turning a slide loads no page"


def test_black_is_the_browser_s_own_and_any_key_brings_the_slide_back(wall: Tab) -> None:
    page = wall.open("/meeting?n=2")
    _at(wall, 2)
    covered = "() => document.elementFromPoint(960, 540)?.id === 'xushi-black'"
    for key in ("b", "B", "."):
        page.keyboard.press(key)
        assert page.evaluate(covered), key
        page.keyboard.press("ArrowRight")
        assert not page.evaluate(covered)
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    assert not page.evaluate(covered)
    page.wait_for_timeout(300)
    assert "n=2" in page.url and page.inner_text(WHERE).startswith("2 /")


def test_a_slide_has_an_address_that_opens_it_elsewhere(wall: Tab, hall: Served, new_tab: NewTab) -> None:
    page = wall.open("/meeting?n=4")
    _at(wall, 4)
    said, address = page.inner_text(".mt"), page.url
    other = new_tab(hall, size="desk")
    other.open(address)
    assert _at(other, 4).inner_text(".mt") == said
    assert other.page.url == address, "nothing is rewritten: Back leaves at once"


def test_a_hundred_presses_in_a_row_are_all_counted(wall: Tab) -> None:
    last = _last(wall)
    page = wall.open("/meeting?n=1")
    _at(wall, 1)
    page.wait_for_timeout(300)
    for _ in range(34):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
    goal = min(35, last)
    if last < 36:
        # The last slide stops every further step: the two kinds of steps end one short of it or on it.
        page.keyboard.press("End")
        goal = last
    _at(wall, goal)
    page.wait_for_timeout(800)
    _at(wall, goal)
    page.keyboard.press("Home")
    _at(wall, 0)
    for _ in range(5):
        page.keyboard.press("PageDown")
    contents = len(EVERY) // 7 + (len(EVERY) % 7 > 0)
    _at(wall, 5 - contents + 1)
    assert wall.errors == []


def test_a_press_whose_message_is_lost_is_asked_again(hall: Served, new_tab: NewTab) -> None:
    tab = new_tab(hall, size="wall")
    is_lost: list[bool] = []

    def forward(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if is_lost:
                is_lost.clear()
                return
            server.send(message)

        socket.on_message(pass_on)

    tab.page.route_web_socket(re.compile("/_stcore/stream"), forward)
    page = tab.open("/meeting?n=1")
    _at(tab, 1)
    is_lost.append(True)
    page.keyboard.press("ArrowRight")
    _at(tab, 2)
    assert not is_lost, "a message was lost on the way"


def test_a_write_in_the_middle_changes_nothing_and_leaving_says_so(
    serve: Serve, browser: Browser, new_tab: NewTab, small_copy: Path
) -> None:
    with serve(sqlite_url(small_copy)) as running:
        tab = new_tab(running, size="wall")
        page = _begun(tab)
        last = int(re.findall(r"\d+", page.inner_text(WHERE))[1])
        before = _read_all(tab, last)
        _raise_targets(small_copy)
        assert _read_all(tab, last) == before
        elsewhere = new_tab(running, size="wall")
        elsewhere.open(page.url)
        assert _read_all(elsewhere, last) == before
        now = new_tab(running).open("/").inner_text(".strip")
        assert now != page.inner_text(".mt")
        page.keyboard.press("Escape")
        page.wait_for_function("() => document.querySelector('.mt h1')?.innerText.includes('此后新入库')")
        assert "目标" in page.inner_text(".mt h1")
        page.keyboard.press("Escape")
        page.wait_for_selector(".xs.bar")
        assert "known=" not in page.url and tab.drawn().inner_text(".strip") == now


@pytest.mark.long
def test_a_process_that_never_saw_the_meeting_draws_the_same_of_its_address(
    serve: Serve, browser: Browser, new_tab: NewTab, small_copy: Path
) -> None:
    with serve(sqlite_url(small_copy)) as running:
        tab = new_tab(running, size="wall")
        page = _begun(tab)
        before, address = _read_all(tab, 6), re.sub(r"^https?://[^/]+", "", page.url)
    _raise_targets(small_copy)
    with serve(sqlite_url(small_copy)) as another:
        tab = new_tab(another, size="wall")
        tab.open(address)
        assert _read_all(tab, 6) == before


def _read_all(tab: Tab, last: int) -> list[str]:
    """The text of every slide, from the first on."""
    tab.page.keyboard.press("Home")
    _at(tab, 0)
    out = []
    for number in range(1, last + 1):
        tab.page.keyboard.press("ArrowRight")
        out.append(_at(tab, number).inner_text(".mt"))
    return out


def _raise_targets(path: Path) -> None:
    """Raise a hundred targets of the year by a half: figures all over the county change."""
    from sqlalchemy import select

    from data_access.schema import target
    from metrics.vocabulary import Comparator, Force, Kind, TargetChange

    engine = make_engine(sqlite_url(path))
    with engine.connect() as connection:
        rows = connection.execute(
            select(target)
            .where(target.c.county == COUNTY, target.c.year == 2026, target.c.kind == Kind.ACCUMULATE)
            .where(target.c.low > 10, target.c.is_breakdown.is_(True))
            .order_by(target.c.id.desc())
            .limit(100)
        ).mappings()
        records = [
            TargetRecord(
                indicator=row["indicator"],
                unit=row["unit"],
                year=2026,
                issuer=row["issuer"],
                is_breakdown=True,
                kind=Kind.ACCUMULATE,
                comparator=Comparator(row["comparator"]),
                low=row["low"] * 2,
                deadline=row["deadline"],
                valid_from=row["valid_from"],
                force=Force(row["force"]),
                principal=row["principal"],
                change=TargetChange.CORRECT,
                reason="更正",
            )
            for row in rows
        ]
    engine.dispose()
    _write(path, *{(each.indicator, each.unit, each.issuer): each for each in records}.values())


@pytest.mark.parametrize(
    ("size", "lang"), [("wall", "zh"), pytest.param("wall", "en", marks=pytest.mark.long), ("desk", "zh")]
)
def test_every_slide_is_large_whole_and_without_overlap(
    hall: Served, new_tab: NewTab, size: str, lang: str
) -> None:
    width, height = SIZES[size]
    tab = new_tab(hall, size=size)
    page = tab.open(f"/meeting?n=a0&lang={lang}")
    page.wait_for_selector(LISTENS, state="attached")
    count = int(re.findall(r"\d+", page.inner_text(WHERE))[0])
    wrong: dict[int | str, list[str]] = {"agenda": _faults(page, width, height)}
    for _ in range(len(EVERY) // 7 + (len(EVERY) % 7 > 0) - 1):
        page.keyboard.press("ArrowRight")
    for number in range(1, count + 1):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(STARTS, arg=[WHERE, f"{number} / "])
        wrong[number] = _faults(page, width, height)
    assert {number: found for number, found in wrong.items() if found} == {}


def _faults(page: Page, width: int, height: int) -> list[str]:
    texts, boxes = page.evaluate(TEXTS), page.evaluate(BOXES)
    least = 24 * min(width / 1920, height / 1080) - 0.01
    out = [f"small: {each['text']} {each['size']}" for each in texts if each["size"] < least]
    out += [
        f"off the screen: {each['text']}"
        for each in texts
        if each["left"] < 0 or each["top"] < 0 or each["right"] > width or each["bottom"] > height
    ]
    for above, below in zip(boxes["parts"], boxes["parts"][1:], strict=False):
        if above["bottom"] > below["top"] + 1:
            out.append(f"{above['name']} over {below['name']}")
    content = boxes["content"]
    if content and content["bottom"] > boxes["foot"]["top"] + 1:
        out.append(f"picture over foot by {content['bottom'] - boxes['foot']['top']:.0f}")
    out += [f"cut off: {text}" for text in boxes["cells"]]
    return out + _overlaps([each for each in texts if not each["inBar"]])


# A line's box is as high as its typeface wants, 1.45 of its size for ours; the ink is in the middle of it.
LEADING = 0.25


def _overlaps(texts: list[dict]) -> list[str]:
    """Pieces of text whose ink covers each other."""
    out = []
    for place, one in enumerate(texts):
        for other in texts[place + 1 :]:
            wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
            top = max(each["top"] + LEADING * each["size"] for each in (one, other))
            bottom = min(each["bottom"] - LEADING * each["size"] for each in (one, other))
            if wide > 2 and bottom - top > 2:
                out.append(f"overlap: {one['text']} / {other['text']}")
    return out
