"""A link kept from an earlier moment: it shows what was known then, and leads to what changed since."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import NewTab, Serve, Tab
from tests.browser.reading import rows, sentence
from tests.served import Served, sqlite_url

# Two villages' figures of October were corrected on 18 November.
PAST = "/?y=2026&asof=2026-10-31&known=2026-11-09T09:00:30"


@pytest.fixture(scope="module")
def app(serve: Serve, browser: Browser, small_database: Path) -> Iterator[Served]:
    """The application over the smaller county: looking back sums every figure anew."""
    with serve(sqlite_url(small_database)) as running:
        yield running


@pytest.fixture
def tab(app: Served, new_tab: NewTab) -> Tab:
    return new_tab(app)


def test_from_a_past_page_to_the_reason_of_a_correction(tab: Tab) -> None:
    page = tab.open(PAST)
    line = page.locator(".since")
    assert "按2026-11-09 09:00:30的数据" in line.inner_text()
    (count,) = re.findall(r"此后有 (\d+) 项变化", line.inner_text())
    before = page.url
    line.locator("a").click()
    page.wait_for_url(lambda url: url != before)
    tab.drawn()
    assert f"有{count}项变化" in sentence(page)
    listed = rows(page, "为什么变")
    assert len(listed) == int(count) > 0
    assert all("数据更正1项：" in row[-1] and "接收" in row[-1] for row in listed[1:])

    then = page.locator("table:has(th:text('为什么变')) tbody tr").nth(1).locator("td a").first
    then.click()
    page.wait_for_url("**/figure?**known=2026-11-09T09%3A00%3A30**")
    tab.drawn()
    assert page.locator(".since").is_visible() and page.locator(".box").first.is_visible()
    page.go_back()
    tab.drawn()
    assert rows(page, "为什么变") == listed
    assert tab.errors == [] and tab.foreign() == []


def test_one_unit_is_chosen_and_the_address_holds_it(tab: Tab) -> None:
    page = tab.open("/changes?y=2026&asof=2026-10-31&since=2026-11-09T09:00:30")
    everything = rows(page, "为什么变")
    unit = everything[-1][0]
    page.locator("form.filters select[name=u]").select_option(label=unit)
    page.locator("form.filters button").click()
    page.wait_for_url("**u=**")
    tab.drawn()
    assert "since=2026-11-09T09%3A00%3A30" in page.url
    listed = rows(page, "为什么变")
    assert listed and unit in {row[0] for row in listed} and len(listed) >= 2, "with the villages behind it"


def test_the_link_to_keep_writes_the_second(tab: Tab) -> None:
    page = tab.open("/")
    link = page.locator(".head a").get_attribute("href") or ""
    assert re.search(r"known=\d{4}-\d\d-\d\dT\d\d%3A\d\d(%3A\d\d)?(&|$)", link)
    tab.open(link)
    assert page.locator(".since").inner_text().endswith("此后有 0 项变化")
