"""The real application and a real browser. Skipped with one line where no Chromium is installed."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.served import Served, find_chromium, served, sqlite_url

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asks for anything but the application must fail here as it would in the county.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# Streamlit's client looks for its base path under deep pages first; the 404 it gets is part of the search.
HARMLESS_PATHS = ("/_stcore/health", "/_stcore/host-config")
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
SIZES = {"desk": (1366, 768), "wall": (1920, 1080)}


# As long as all the others together: a worker for each half, with a browser and an application of its own.
SECOND_HALF = ("test_look", "test_meeting", "test_supervisor", "test_typeface")


# First: xdist must find the group when it names the tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Few browsers and applications: one of each for every test starves a machine of two cores."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            half = "second" if item.path.stem in SECOND_HALF else "first"
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser-{half}"))


@dataclass
class Tab:
    """A page in a browser of its own (no cookies, no history), and all that it asked and complained about."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._note_request)
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> Page:
        """Go to a path of the application (or a whole address) and wait until the page is drawn."""
        self.page.goto(path if "://" in path else self.base + path)
        return self.drawn()

    def drawn(self) -> Page:
        """Wait until a page that was just opened is drawn to its end."""
        # Connected and idle is also what the client says before its first run: the sentence comes with that run.
        self.page.wait_for_selector(".xs h1", state="attached")
        self.page.wait_for_selector(READY, state="attached")
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return self.page

    def settle(self) -> Page:
        """Wait until nothing more comes: after a press on the page itself, or to see every late request."""
        self.page.wait_for_selector(READY, state="attached")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def foreign(self) -> list[str]:
        """Every address asked that is not the application's own."""
        own = urlsplit(self.base).netloc
        asked = [url for url in self.requests if urlsplit(url).scheme not in ("data", "blob", "about")]
        return [url for url in asked if urlsplit(url).netloc != own]

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location.get("url", "")).path
        if message.type == "error" and not where.endswith(HARMLESS_PATHS):
            self.errors.append(f"{message.text} ({where})")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium on this machine: install the package chromium to run the browser tests")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))
        yield running
        running.close()


Serve = Callable[[str], AbstractContextManager[Served]]
NewTab = Callable[..., Tab]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Start an application of its own over a database: for cold starts, writes and outages."""
    folder = tmp_path_factory.mktemp("served")
    numbers = iter(range(1000))
    # Nobody waits here for what is drawn ahead, and a dozen applications that draw share two cores.
    own = {"XUSHI_DRAW_AHEAD": "false"}
    return lambda url: served(url, folder / f"{next(numbers)}.log", environment=own)


@pytest.fixture(scope="session")
def app(browser: Browser, serve: Serve, demo_database: Path) -> Iterator[Served]:
    """The application over the demo county, shared by all tests that only read."""
    with serve(sqlite_url(demo_database)) as running:
        yield running


@pytest.fixture
def writable_app(browser: Browser, serve: Serve, small_copy: Path) -> Iterator[Served]:
    """The application over a copy of the smaller county of this test's own."""
    with serve(sqlite_url(small_copy)) as running:
        yield running


@pytest.fixture(scope="module")
def database(small_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the smaller county that the tests of one file write to, or look back into."""
    return Path(shutil.copyfile(small_database, tmp_path_factory.mktemp("office") / "xushi.db"))


@pytest.fixture(scope="module")
def office(browser: Browser, serve: Serve, database: Path) -> Iterator[Served]:
    """The application over that copy."""
    with serve(sqlite_url(database)) as running:
        yield running


@pytest.fixture
def desk(office: Served, new_tab: NewTab) -> Tab:
    """A fresh browser on it, 1366×768, Chinese."""
    return new_tab(office)


@pytest.fixture
def new_tab(browser: Browser) -> Iterator[NewTab]:
    """Open a fresh browser on an application: `new_tab(app, size="wall", locale="en-US")`."""
    with ExitStack() as open_contexts:

        def make(running: Served, size: str = "desk", locale: str = "zh-CN") -> Tab:
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
            open_contexts.callback(context.close)
            context.set_default_timeout(60_000)
            return Tab(context.new_page(), running.url)

        yield make


@pytest.fixture
def tab(app: Served, new_tab: NewTab) -> Tab:
    """A fresh browser on the demo county, 1366×768, Chinese."""
    return new_tab(app)
