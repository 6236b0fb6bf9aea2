"""Every view fits its screen, speaks one language, prints, and works from the keyboard."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SIZES, NewTab, Tab
from tests.browser.reading import read, red, sentence
from tests.served import Served
from ui.registry import PAGES

# A slide is looked at in test_meeting.
FRAMED = [page for page in PAGES if not page.is_slide]
CHINESE = re.compile("[\u4e00-\u9fff]")
# Text wider than the box that holds it, in cells of tables and in cards.
CUT_OFF = """() => [...document.querySelectorAll('.xs td, .xs th, .xs td a, .xs th a, .strip span, .s')]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline')
    .map(each => each.innerText.slice(0, 40))"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
INNER_SIDEWAYS = """() => [...document.querySelectorAll('[data-testid=stMain]')]
    .map(each => each.scrollWidth - each.clientWidth)"""


@pytest.fixture(scope="module")
def views(app: Served, browser: Browser) -> list[str]:
    """The address of every kind of view."""
    context = browser.new_context(locale="zh-CN")
    tab = Tab(context.new_page(), app.url)
    first = red(tab.open("/")).first.get_attribute("href") or ""
    township = re.findall(r"u=(\d+)", first)[0]
    tab.open(f"/townships?u={township}")
    village = tab.page.locator("table.matrix tbody th a").first.get_attribute("href") or ""
    in_village = tab.page.locator("table.matrix tbody td a").first.get_attribute("href") or ""
    tab.open("/rectification")
    item = tab.page.locator("table tbody th a").first.get_attribute("href") or ""
    tab.open("/departments")
    department = tab.page.locator("table tbody th a").first.get_attribute("href") or ""
    context.close()
    return [
        *(page.path for page in FRAMED),
        *(f"/townships?u={township}", village, item, department, first, in_village),
        f"/reporting?form=report&u={township}&period=2026-10-31",
    ]


def _faults(page: Page) -> list[str]:
    out = []
    if page.evaluate(SIDEWAYS) > 0 or any(wide > 0 for wide in page.evaluate(INNER_SIDEWAYS)):
        out.append("scrolls sideways")
    return out + [f"cut off: {text}" for text in page.evaluate(CUT_OFF)]


def test_nothing_scrolls_sideways_and_no_text_is_cut_off(
    app: Served, new_tab: NewTab, views: list[str]
) -> None:
    tab, wrong = new_tab(app), {}
    for view in views:
        page = read(tab, view)
        for name, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(100)
            if found := _faults(page):
                wrong[view, name] = found
    assert wrong == {}
    assert tab.errors == [] and tab.foreign() == []


# The link to the other language is in the other language.
CHROME = ".bar nav a, summary, thead th, .strip .label, label, button, .s, dt, .tag, .legend"


def test_the_english_view_leaves_no_chinese_around_the_data(
    app: Served, new_tab: NewTab, views: list[str]
) -> None:
    tab = new_tab(app, locale="en-US")
    tab.open("/")
    tab.page.locator(".bar > a", has_text="English").click()
    tab.page.wait_for_url("**lang=en**")
    page = tab.drawn()
    assert "townships" in sentence(page)
    left = {}
    # Every page is read in English by tests/pages; a browser shows what Streamlit itself adds.
    for view in views[::4]:
        page = read(tab, view + ("&" if "?" in view else "?") + "lang=en")
        words = page.locator(CHROME).evaluate_all(
            """nodes => nodes.filter(node => !node.closest('.matrix thead a, select, option, [data-testid=stRadio]'))
            .map(node => node.tagName === 'LABEL' && node.firstChild && node.firstChild.nodeType === 3
                 ? node.firstChild.textContent : node.innerText)"""
        )
        heads = set(page.locator(".matrix thead th a").all_inner_texts())
        found = [word for word in words if CHINESE.search(word) and word not in heads]
        # A template's button names the file, and the file is named after the unit.
        found = [word for word in found if not word.startswith("Download")]
        if found:
            left[view] = found
    assert left == {}
    tab.page.locator(".bar > a").click()
    tab.page.wait_for_url(lambda url: "lang=en" not in url)


def test_a_chinese_view_has_no_english_of_streamlit(app: Served, new_tab: NewTab) -> None:
    page = new_tab(app).open("/reporting?form=report&u=990521101&period=2026-10-31")
    body = page.inner_text("body")
    for word in ("Upload", "per file", "Browse", "Drag and drop", "Choose an option", "Deploy", "Running"):
        assert word not in body, word


def test_the_document_says_its_language(tab: Tab) -> None:
    page = read(tab, "/")
    assert page.evaluate("() => document.documentElement.lang") == "zh-CN"
    page = read(tab, "/?lang=en")
    assert page.evaluate("() => document.documentElement.lang") == "en"


def test_the_keyboard_reaches_the_matrix_and_opens_a_cell(tab: Tab) -> None:
    page = tab.open("/")
    inside = (
        "() => { const at = document.activeElement; return at.closest('table.matrix td') ? at.href : '' }"
    )
    for _ in range(120):
        page.keyboard.press("Tab")
        if address := page.evaluate(inside):
            break
    else:
        pytest.fail("120 presses of Tab never reached the matrix")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in ("none", ""), "the cell in focus is not marked"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(address.split("/figure")[1]))
    tab.drawn()
    assert "/figure?" in page.url


def _printed(page: Page, folder: Path) -> list[str]:
    """The text of every sheet of paper, without blanks."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext on this machine: install poppler-utils to read the printed page")
    file = folder / "page.pdf"
    page.pdf(path=str(file), format="A4", prefer_css_page_size=True)
    done = subprocess.run([reader, str(file), "-"], check=True, capture_output=True)
    return ["".join(sheet.split()) for sheet in done.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize(
    ("place", "most"),
    [(0, 1), (len(FRAMED), 2), (len(FRAMED) + 1, 2)],
    ids=["the overview", "a township", "a village"],
)
def test_a_view_prints_on_few_sheets_without_the_menu(
    tab: Tab, views: list[str], tmp_path: Path, place: int, most: int
) -> None:
    page = tab.open(views[place])
    told = sentence(page)
    page.emulate_media(media="print")
    assert not page.locator(".bar").first.is_visible()
    assert page.locator(".head").first.is_visible() and page.locator(".foot").last.is_visible()
    sheets = _printed(page, tmp_path)
    assert len(sheets) <= most
    assert "".join(told.split()) in sheets[0] and "截至2026年10月31日" in sheets[0]
    assert "English" not in "".join(sheets) and "达序时" in sheets[0]


def test_a_village_takes_every_period_along_on_paper(tab: Tab, views: list[str], tmp_path: Path) -> None:
    """The ledger of every version stays on the screen; paper has its figures by indicator and period."""
    page = tab.open(views[len(FRAMED) + 1])
    names = set(page.locator(".noprint tbody tr td:nth-child(2)").all_inner_texts())
    dates = set(page.locator(".noprint tbody tr th").all_inner_texts())
    assert names and len(dates) > 6
    assert not page.locator(".onlyprint table").is_visible()
    page.emulate_media(media="print")
    table = page.locator(".onlyprint table")
    assert set(table.locator("tbody th").all_inner_texts()) == names
    heads = table.locator("thead th").all_inner_texts()[1:]
    assert heads == sorted(each[5:] for each in dates)
    assert all(each in "".join(_printed(page, tmp_path)) for each in heads)
