"""Every page works where there is no internet, draws without an error, and asks nobody but the application."""

import pytest

from tests.browser.conftest import NewTab
from tests.served import Served
from ui.registry import PAGES

# test_look asks the same of every view it opens; here are those that open further connections or widgets.
FIRST = ("overview", "reporting", "settings", "meeting")


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, id=page.key, marks=() if page.key in FIRST else pytest.mark.long) for page in PAGES],
)
def test_a_page_asks_the_application_only(app: Served, new_tab: NewTab, page: object) -> None:
    tab = new_tab(app)
    tab.open(page.path)  # type: ignore[attr-defined]
    drawn = tab.settle()
    assert drawn.locator(".xs h1").count() > 0, drawn.inner_text("body")
    assert tab.foreign() == []
    assert tab.errors == []


def test_an_address_is_completed_before_the_page_is_drawn(app: Served, new_tab: NewTab) -> None:
    tab = new_tab(app)
    tab.open("/townships")
    assert "asof=2026-10-31" in tab.page.url and "y=2026" in tab.page.url
    assert tab.page.evaluate("history.length") == 2, (
        "the blank page and the complete address, nothing between"
    )
