"""A link kept from an earlier moment: it shows what was known then, and leads to what changed since."""

import re

from tests.browser.conftest import Tab
from tests.browser.reading import rows, sentence

# Two villages' figures of October were corrected on 18 November.
PAST = "/?y=2026&asof=2026-10-31&known=2026-11-09T09:00:30"


def test_from_a_past_page_to_the_reason_of_a_correction(desk: Tab) -> None:
    page = desk.open(PAST)
    line = page.locator(".since")
    assert "按2026-11-09 09:00:30的数据" in line.inner_text()
    (count,) = re.findall(r"此后有 (\d+) 项变化", line.inner_text())
    before = page.url
    line.locator("a").click()
    page.wait_for_url(lambda url: url != before)
    desk.drawn()
    assert f"有{count}项变化" in sentence(page)
    listed = rows(page, "为什么变")
    assert len(listed) == int(count) > 0
    assert all("数据更正1项：" in row[-1] and "接收" in row[-1] for row in listed[1:])

    then = page.locator("table:has(th:text('为什么变')) tbody tr").nth(1).locator("td a").first
    then.click()
    page.wait_for_url("**/figure?**known=2026-11-09T09%3A00%3A30**")
    desk.drawn()
    assert page.locator(".since").is_visible() and page.locator(".box").first.is_visible()
    page.go_back()
    desk.drawn()
    assert rows(page, "为什么变") == listed
    assert desk.errors == [] and desk.foreign() == []


def test_one_unit_is_chosen_and_the_address_holds_it(desk: Tab) -> None:
    page = desk.open("/changes?y=2026&asof=2026-10-31&since=2026-11-09T09:00:30")
    everything = rows(page, "为什么变")
    unit = everything[-1][0]
    page.locator("form.filters select[name=u]").select_option(label=unit)
    page.locator("form.filters button").click()
    page.wait_for_url("**u=**")
    desk.drawn()
    assert "since=2026-11-09T09%3A00%3A30" in page.url
    listed = rows(page, "为什么变")
    assert listed and unit in {row[0] for row in listed} and len(listed) >= 2, "with the villages behind it"


def test_the_link_to_keep_writes_the_second(desk: Tab) -> None:
    page = desk.open("/")
    link = page.locator(".head a").get_attribute("href") or ""
    assert re.search(r"known=\d{4}-\d\d-\d\dT\d\d%3A\d\d(%3A\d\d)?(&|$)", link)
    desk.open(link)
    assert page.locator(".since").inner_text().endswith("此后有 0 项变化")
