"""A process that has served nobody yet runs the guard first, whatever it is asked for."""

from pathlib import Path

import pytest

from tests.browser.conftest import NewTab, Serve
from tests.served import sqlite_url


@pytest.mark.parametrize("key", ["townships", pytest.param("villages", marks=pytest.mark.long)])
def test_the_first_page_of_a_cold_process_comes_through_the_router(
    serve: Serve, new_tab: NewTab, demo_database: Path, key: str
) -> None:
    with serve(sqlite_url(demo_database)) as cold:
        drawn = new_tab(cold).open(f"/{key}")
        assert (
            drawn.locator(".bar nav a[aria-current]")
            .get_attribute("href", timeout=1000)
            .startswith(f"/{key}?")
        )


def test_the_name_of_a_page_file_is_no_address(serve: Serve, new_tab: NewTab, demo_database: Path) -> None:
    """Streamlit's own discovery would answer with the bare page, without menu and guard."""
    with serve(sqlite_url(demo_database)) as cold:
        drawn = new_tab(cold).open("/townships.py")
        assert drawn.locator(".bar nav a[aria-current]").get_attribute("href").startswith("/?")
