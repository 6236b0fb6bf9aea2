"""A machine without a Chinese font reads every page; a machine with one fetches nothing for it."""

import os
import re
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from notices.typeface import truetype
from tests.browser.conftest import SWITCHES, Tab
from tests.browser.reading import read, red
from tests.served import Served, find_chromium

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{fonts}/cache</cachedir></fontconfig>"""
# How many dark dots a text leaves, and where: two texts drawn alike leave the same.
INK = """([text, family]) => {
    const paper = Object.assign(document.createElement('canvas'), {width: 400, height: 60}).getContext('2d');
    paper.font = `40px ${family}`;
    paper.fillText(text, 5, 45);
    return [...paper.getImageData(0, 0, 400, 60).data].filter((_, at) => at % 4 === 3).join('');
}"""
# Slices come in turns, and between two turns all that were asked for are there: what counts is what the text wants.
ARRIVED = """text => document.fonts.status === 'loaded'
    && [...text].every(each => document.fonts.check("16px 'XS Sans'", each))"""
SIGNS = "县乡序时未报达■▲◐○〔〕"
LOADED = "() => [...document.fonts].filter(face => face.family.includes('XS Sans') && face.status === 'loaded').length"


@pytest.fixture(scope="module")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser on a machine whose one font knows Latin letters only."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "latin.ttf").write_bytes(truetype(string.printable, 400, "LatinOnly"))
    config = folder / "fonts.conf"
    config.write_text(FONTCONFIG.format(fonts=folder))
    running = browser.browser_type.launch(
        executable_path=find_chromium(),
        args=list(SWITCHES),
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )
    yield running
    running.close()


def _fetched(tab: Tab) -> list[str]:
    """The slices that were asked for."""
    return [
        path
        for path in (urlsplit(url).path for url in tab.requests)
        if path.startswith("/fonts/") and path.endswith(".woff2")
    ]


def _has_chinese_font() -> bool:
    try:
        listed = subprocess.run(["fc-list", ":lang=zh-cn"], check=True, capture_output=True).stdout
    except FileNotFoundError:
        return False
    return bool(listed.strip())


def test_nothing_is_fetched_where_a_chinese_font_is_installed(tab: Tab) -> None:
    if not _has_chinese_font():
        pytest.skip("no Chinese font on this machine: install fonts-noto-cjk to see that none is fetched")
    for path in ("/", "/rectification", "/reporting"):
        tab.open(path)
    assert _fetched(tab) == []
    assert any(url.endswith("/xs-sans.css") for url in tab.requests)


def test_a_machine_without_a_chinese_font_draws_every_character(app: Served, bare: Browser) -> None:
    context = bare.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    tab = Tab(context.new_page(), app.url)
    page = tab.open("/")
    _await_drawn(page, page.inner_text("body"))
    assert page.evaluate(LOADED) == len(_fetched(tab)) > 5
    assert tab.errors == [] and tab.foreign() == []
    context.close()


def _await_drawn(page: Page, text: str) -> None:
    """Every character of a text comes in a slice; a few of them look like themselves, not like a box."""
    family = "'XS Sans', 'XS Sans Rare', LatinOnly"
    page.wait_for_function(ARRIVED, arg="".join(sorted(set(CHINESE.findall(text)))))
    page.evaluate("""text => document.fonts.load("16px 'XS Sans'", text)""", SIGNS)
    drawn = {each: page.evaluate(INK, [each, family]) for each in SIGNS}
    assert len(set(drawn.values())) == len(drawn), "two characters look the same: both are the missing sign"
    box = page.evaluate(INK, ["县", "LatinOnly"])
    assert drawn["县"] != box


def test_the_theme_s_own_typeface_can_stand_alone(tab: Tab) -> None:
    """The same on any machine: installed fonts forbidden by the style of the page."""
    page = tab.open("/snapshots")
    before = page.evaluate("() => document.querySelector('h1').offsetHeight")
    page.add_style_tag(content="* { font-family: 'XS Sans' !important }")
    _await_drawn(page, page.inner_text("h1"))
    assert before > 0 and page.evaluate(LOADED) == len(_fetched(tab)) > 3


def test_what_is_kept_for_ever_has_an_address_of_its_own(tab: Tab) -> None:
    page = read(tab, "/")
    sheet = next(url for url in tab.requests if url.endswith("/xs-sans.css"))
    answer = page.request.get(sheet.replace("xs-sans.css", "4.woff2"))
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert page.request.get(sheet.replace("xs-sans.css", "LICENSE")).status == 404
    assert page.request.get(sheet.replace("/fonts/", "/fonts/0")).status == 404


def test_the_course_of_a_figure_is_taken_away_as_a_picture(tab: Tab) -> None:
    tab.open("/")
    page = tab.open(red(tab.page).first.get_attribute("href") or "")
    with page.expect_download() as waited:
        page.get_by_role("button", name="下载图片").click()
    assert waited.value.suggested_filename.endswith(".png")
    picture = Path(waited.value.path()).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) > 20_000
