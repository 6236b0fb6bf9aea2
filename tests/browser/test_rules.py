"""A county changes its rule: drafted, looked at, recorded, and the overview shows it; the day before does not."""

from playwright.sync_api import Page

from tests.browser.conftest import NewTab, Tab
from tests.browser.reading import cards, read, rows
from tests.served import Served

OCTOBER, SEPTEMBER = "y=2026&asof=2026-10-31", "y=2026&asof=2026-09-30"


def _counts(tab: Tab, day: str) -> dict[str, int]:
    return {label: count for label, count, _ in cards(read(tab, f"/?{day}"))}


DRAFT = {
    "文号": "云督〔2026〕9号",
    "标题": "从严办法",
    "生效日（如 2026-11-01）": "2026-10-01",
    "登记人": "督查室 王敏",
    "较序时不高于此数为滞后": "-5",
}


def _look(tab: Tab) -> Page:
    page = read(tab, f"/settings?s=rules&draft=1&{OCTOBER}")
    for label, text in DRAFT.items():
        _type(page, label, text)
    page.get_by_role("button", name="试算").click()
    return page


def _type(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")


def test_a_drafted_rule_is_looked_at_recorded_and_shown(writable_app: Served, new_tab: NewTab) -> None:
    tab = new_tab(writable_app)
    october, september = _counts(tab, OCTOBER), _counts(tab, SEPTEMBER)
    page = _look(tab)
    page.get_by_role("button", name="确认登记").wait_for()
    moved = {(row[0], row[1]): int(row[3]) for row in rows(page, "按新规则")}
    assert set(moved) == {("◐ 略滞后", "▲ 滞后")} and moved["◐ 略滞后", "▲ 滞后"] > 0
    assert _counts(tab, OCTOBER) == october, "looking writes nothing"

    page = _look(tab)
    page.get_by_role("button", name="确认登记").click()
    page.wait_for_selector(".xs p.fine:has-text('已登记')")
    after = _counts(tab, OCTOBER)
    assert after["▲ 滞后"] == october["▲ 滞后"] + moved["◐ 略滞后", "▲ 滞后"]
    assert "云督〔2026〕9号" in tab.page.locator("p.edges").last.inner_text()
    assert _counts(tab, SEPTEMBER) == september
    assert not tab.errors
