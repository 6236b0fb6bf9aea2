"""What a reader sees in a drawn page: its sentence, its tables, its cards."""

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Tab

SENTENCE = ".xs h1"


def read(tab: Tab, address: str) -> Page:
    """Open an address and wait for the foot, which a page draws last: quicker than a network at rest."""
    tab.page.goto(address if "://" in address else tab.base + address)
    tab.page.wait_for_selector(".xs .foot")
    return tab.page


def sentence(page: Page) -> str:
    """The sentence on top."""
    return page.locator(SENTENCE).inner_text()


def rows(page: Page, title: str) -> list[list[str]]:
    """The rows of the first table with a column of this title, cell by cell; none where there is no such table."""
    table = page.locator("table", has=page.locator("thead th", has_text=title)).first
    if table.count() == 0:
        return []
    return table.locator("tbody tr:not(.group)").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
    )


def tables(page: Page) -> list[str]:
    """The text of every table."""
    return page.locator(".xs table").all_inner_texts()


def cards(page: Page) -> list[tuple[str, int, str]]:
    """(label, count, address) of every card that leads to a list."""
    return [
        (label, int(count), address)
        for label, count, address in page.locator(".strip a").evaluate_all(
            "cards => cards.map(card => ["
            "card.querySelector('.label').innerText, card.querySelector('.value').innerText, card.href])"
        )
    ]


def red(page: Page) -> Locator:
    """The red cells of the matrix."""
    return page.locator("table.matrix td.m-red a")
