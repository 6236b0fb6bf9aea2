"""The pages run through the router without a browser, over the demo county or a database of the test's own."""

import shutil
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

from briefing.load import Frame
from briefing.snapshots import take
from data_access.engine import make_engine
from data_access.scope import Scope
from data_access.settings import settings
from demo.places import COUNTY
from tests.pages.markup import Node, Table, parse, tables
from tests.pages.places import Places, links_to, param, red_cells
from tests.served import sqlite_url
from tests.views import NOW
from ui import clock, views
from ui.registry import HOME, PAGES

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "ui" / "router.py"
# When `with_snapshot` kept the end of October.
TAKEN = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY = {"y": "2026", "asof": "2026-10-31"}
# A slide has no frame of a page round it: test_meeting.
EVERY_PAGE = [page.key for page in PAGES if not page.is_slide]


# First: xdist must find the group when it names the tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker: what the pages have loaded is kept between tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("pages"))


@dataclass
class Shown:
    """What a run of a page drew."""

    run: AppTest

    def __post_init__(self) -> None:
        assert not self.run.exception, [each.value for each in self.run.exception]
        self.page: Node = parse(self.markup)

    @property
    def markup(self) -> str:
        """Everything drawn as HTML."""
        return "".join(each.proto.body for each in self.run.get("html"))

    @property
    def sentence(self) -> str:
        """The sentence on top; there is exactly one."""
        heads = self.page.find("h1")
        assert len(heads) == 1
        return heads[0].text

    @property
    def notes(self) -> list[str]:
        """What the page could not use or find."""
        return [note.text for note in self.page.find("p", "note")]

    @property
    def tables(self) -> list[Table]:
        """Every table drawn."""
        return tables(self.page)


class Screens:
    """Opens pages by address; what is loaded of the databases that `keeps` names waits while others are shown."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, keeps: frozenset[str]) -> None:
        self.monkeypatch = monkeypatch
        self.keeps = keeps
        self.url = ""
        self.aside: dict[str, list[OrderedDict[Hashable, object]]] = {}

    def over(self, url: str) -> "Screens":
        """The same screens over a database."""
        if url != self.url:
            if self.url in self.keeps:
                self.aside[self.url] = [keep._held.copy() for keep in views.ALL]
            self.url = url
            self.monkeypatch.setenv("DATABASE_URL", url)
            forget()
            for keep, held in zip(views.ALL, self.aside.get(url, ()), strict=False):
                keep._held.update(held)
        return self

    def open(self, page: str, **params: str) -> Shown:
        """Run a page with the parameters of its address."""
        return Shown(self.run(page, {**DAY, **params}))

    def follow(self, link: str) -> Shown:
        """Open a link that a page drew."""
        parts = urlsplit(link)
        return Shown(self.run(parts.path.strip("/") or HOME, dict(parse_qsl(parts.query))))

    def run(self, page: str, params: dict[str, str]) -> AppTest:
        """The run itself, with whatever it came to."""
        app = AppTest.from_file(str(ROUTER), default_timeout=120)
        for name, value in params.items():
            app.query_params[name] = value
        if page != HOME:
            app.switch_page(f"../pages/{page}.py")
        return app.run()

    def alone(self, page: str) -> AppTest:
        """Run a page's file without the router, as a cold process would that found it by itself."""
        return AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=120).run()


def forget() -> None:
    """Drop what this process knows of a database: the address, the engine and all that was loaded."""
    settings.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()
    views.forget()


def _ended(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for a run to end, without asking a thousand times a second: each time the run itself stands still."""
    thread = runner._script_thread
    assert thread is not None
    thread.join(timeout)
    assert not thread.is_alive(), f"the page was not drawn in {timeout} s"


@pytest.fixture(scope="session")
def _screens(demo_database: Path, small_database: Path) -> Iterator[Screens]:
    only_read = frozenset(map(sqlite_url, (demo_database, small_database)))
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(clock, "now", lambda: NOW)
        monkeypatch.setattr(clock, "today", NOW.date)
        # Every run of a page looks through all packages of the machine for components; they are the same.
        scan = cache(manifest_scanner.scan_component_manifests)
        monkeypatch.setattr(manifest_scanner, "scan_component_manifests", scan)
        monkeypatch.setattr(local_script_runner, "require_widgets_deltas", _ended)
        yield Screens(monkeypatch, only_read)
    forget()


@pytest.fixture
def screens(_screens: Screens, demo_database: Path) -> Screens:
    """The pages over the demo county."""
    return _screens.over(sqlite_url(demo_database))


ScreensOver = Callable[[str], Screens]


@pytest.fixture
def screens_over(_screens: Screens) -> ScreensOver:
    """The pages over a database of the test's own."""
    return _screens.over


@pytest.fixture(scope="session")
def places(_screens: Screens, demo_database: Path) -> Places:
    """What the tests open: the first red cell of the overview and what lies around it."""
    screens = _screens.over(sqlite_url(demo_database))
    for link in red_cells(screens.open("overview").page):
        figure = screens.follow(link)
        villages = [
            param(each, "u")
            for each in links_to(figure.page, "figure", "u")
            if len(param(each, "u")) == 12 and param(each, "i") == param(link, "i")
        ]
        if villages:
            break
    departments = screens.open("departments").page
    ledger = screens.open("rectification").page
    return Places(
        county=param(link, "u")[:6],
        township=param(link, "u"),
        village=villages[0],
        indicator=param(link, "i"),
        department=param(links_to(departments, "departments", "d")[0], "d"),
        issue=param(links_to(ledger, "rectification", "n")[0], "n"),
    )


@pytest.fixture(scope="session")
def with_snapshot(small_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smaller county with a snapshot of the end of October."""
    path = Path(shutil.copyfile(small_database, tmp_path_factory.mktemp("kept") / "xushi.db"))
    engine = make_engine(sqlite_url(path))
    frame = Frame(Scope.whole(COUNTY), 2026, date(2026, 10, 31), None, TAKEN)
    take(engine, frame, author="王文", occasion="by_hand", now=lambda: TAKEN)
    engine.dispose()
    return path
