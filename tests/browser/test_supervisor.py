"""The supervisor: find villages, look at one, and come back to the same list."""

from playwright.sync_api import Page

from tests.browser.conftest import Tab
from tests.browser.reading import cards, read, rows, sentence


def _filter(tab: Tab, **chosen: str) -> Page:
    page = tab.page
    for name, value in chosen.items():
        field = page.locator(f"form.filters [name={name}]")
        field.fill(value) if name == "q" else field.select_option(value)
    page.locator("form.filters button").click()
    page.wait_for_url(lambda url: all(f"{name}=" in url for name in chosen))
    return tab.drawn()


def _values(page: Page) -> dict[str, str]:
    fields = page.locator("form.filters select, form.filters input[type=search]")
    return dict(fields.evaluate_all("fields => fields.map(field => [field.name, field.value])"))


def test_villages_by_township_and_tag_and_back_again(tab: Tab) -> None:
    page = tab.open("/villages")
    everything = rows(page, "滞后原因")
    township = page.locator("form.filters [name=tw] option").nth(4).get_attribute("value") or ""
    _filter(tab, tw=township)
    in_township = rows(page, "滞后原因")
    assert 0 < len(in_township) < len(everything) and len({row[1] for row in in_township}) == 1
    tag = next(row[2].split("、")[0] for row in in_township if row[2] != "—")
    _filter(tab, tw=township, tag=tag)
    found, address, held = rows(page, "滞后原因"), page.url, _values(page)
    assert 0 < len(found) <= len(in_township) and all(tag in row[2] for row in found)
    assert (held["tw"], held["tag"]) == (township, tag)

    page.locator("table tbody th a").first.click()
    page.wait_for_url("**/villages?*u=*")
    tab.drawn()
    assert found[0][0] in sentence(page) and "报送台账" in page.inner_text("body")
    page.go_back()
    tab.drawn()
    assert page.url == address and rows(page, "滞后原因") == found and _values(page) == held
    page.go_back()
    tab.drawn()
    assert rows(page, "滞后原因") == in_township and _values(page)["tag"] == ""


def test_a_village_by_name_and_the_filters_taken_off(tab: Tab) -> None:
    page = tab.open("/villages?only=flagged")
    name = rows(page, "滞后原因")[0][0]
    _filter(tab, q=name)
    assert all(name in row[0] for row in rows(page, "滞后原因")) and _values(page)["only"] == "flagged"
    page.locator("form.filters a").click()
    page.wait_for_url(lambda url: "q=" not in url)
    tab.drawn()
    assert _values(page) == {"tw": "", "tag": "", "only": "", "q": ""}


def test_an_item_tells_its_history(tab: Tab) -> None:
    page = tab.open("/rectification?show=overdue")
    first = rows(page, "整改期限")[0]
    page.locator("table tbody th a").first.click()
    page.wait_for_url("**n=*")
    tab.drawn()
    assert first[0] in sentence(page) and first[2] in sentence(page)
    assert page.locator("ul.line li").count() >= 1 and "逾期" in page.locator(".box").inner_text()


def _walk(tab: Tab, path: str) -> int:
    """Open every card of a page and count the rows behind it."""
    held = cards(tab.open(path))
    for label, count, address in held:
        page = read(tab, address)
        title = "整改期限" if "/rectification" in address else "指标"
        assert len(rows(page, title)) == count, f"{path}: {label} {count} ({address})"
    return len(held)


def test_every_card_opens_as_many_rows_as_it_says(tab: Tab) -> None:
    page = tab.open("/townships")
    township = page.locator("table.matrix tbody th a").first.get_attribute("href") or ""
    page = tab.open("/departments")
    department = page.locator("table tbody th a").first.get_attribute("href") or ""
    # Those of the overview and of the ledger: tests/pages/test_cards.py, without a browser.
    assert _walk(tab, township) >= 8
    assert _walk(tab, department) >= 2
    assert tab.errors == [] and tab.foreign() == []
