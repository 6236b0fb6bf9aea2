"""The leader: from the county to a village's report in three clicks, and back the way they came."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewTab, Tab
from tests.browser.reading import red, rows, sentence, tables
from tests.served import Served


def _seen(page: Page) -> tuple[str, str, list[str]]:
    return page.url, sentence(page), tables(page)


def _click(tab: Tab, selector: str) -> None:
    before = tab.page.url
    tab.page.locator(selector).first.click()
    tab.page.wait_for_url(lambda url: url != before)
    tab.drawn()


@pytest.fixture
def red_cell(tab: Tab) -> str:
    """The address of a red cell whose figure is made of villages."""
    page = tab.open("/")
    for address in red(page).evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        tab.open(address)
        if "个下级单位构成" in page.inner_text("body"):
            tab.open("/")
            return str(address)
    pytest.fail("no red figure of the overview is made of villages")


def test_from_the_overview_to_a_village_s_report_and_back(tab: Tab, red_cell: str) -> None:
    page, steps = tab.page, [_seen(tab.page)]
    township = page.locator(f"table.matrix a[href='{red_cell}']").get_attribute("aria-label") or ""
    _click(tab, f"table.matrix a[href='{red_cell}']")
    assert township.split()[0] in sentence(page)
    assert page.locator(".box").first.is_visible()
    steps.append(_seen(page))

    village = rows(page, "占缺口")[0][0]
    _click(tab, "table:has(th:text('占缺口')) tbody a")
    assert village in sentence(page)
    versions = rows(page, "版本")
    assert versions and versions[0][2].startswith("第") and versions[0][7]
    steps.append(_seen(page))

    _click(tab, ".crumbs a:last-child")
    assert "/villages?" in page.url and village in sentence(page)
    steps.append(_seen(page))

    _click(tab, "table:has(th:text('版本')) tbody a")
    assert "/figure?" in page.url and village in sentence(page)

    for expected in reversed(steps):
        page.go_back()
        tab.drawn()
        assert _seen(page) == expected
    assert tab.errors == [] and tab.foreign() == []


def test_every_red_cell_says_why(tab: Tab) -> None:
    page = tab.open("/")
    links = red(page).evaluate_all("links => links.map(link => [link.href, link.innerText])")
    assert links
    for address, shown in links[:3]:
        tab.open(address)
        box = page.locator(".box").first.inner_text()
        assert shown.split()[-1] in box
        for word in ("实际 A", "目标 T", "数据日 t", "序时进度 S(t)", "规则 云督〔2026〕3号", "严重滞后"):
            assert word in box


def test_the_menu_keeps_the_day(tab: Tab) -> None:
    page = tab.open("/?y=2026&asof=2026-09-30")
    _click(tab, ".bar nav a[href^='/townships']")
    assert "asof=2026-09-30" in page.url and "截至2026年9月30日" in page.locator(".head").inner_text()
    _click(tab, ".bar nav a[href^='/rectification']")
    assert "asof=2026-09-30" in page.url


def test_another_day_is_chosen_in_the_page(tab: Tab) -> None:
    page = tab.open("/townships")
    page.locator("details.when summary").click()
    page.locator("details.when input[name=asof]").fill("2026-06-30")
    page.locator("details.when button").click()
    page.wait_for_url("**asof=2026-06-30**")
    tab.drawn()
    assert "截至2026年6月30日" in page.locator(".head").inner_text()
    page.go_back()
    tab.drawn()
    assert "截至2026年10月31日" in page.locator(".head").inner_text()


def test_the_fixed_link_shows_the_same_to_somebody_else(app: Served, tab: Tab, new_tab: NewTab) -> None:
    for path in ("/", "/townships", "/rectification?show=overdue"):
        page = tab.open(path)
        link = page.locator(".head a", has_text="本页固定链接").get_attribute("href") or ""
        assert "asof=2026-10-31" in link and "known=" in link and "y=2026" in link
        other = new_tab(app)
        other.open(link)
        assert sentence(other.page) == sentence(page)
        assert tables(other.page) == tables(page)
