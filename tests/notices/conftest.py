"""The demo county's snapshot, made once in each language and read back by openpyxl."""

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from briefing.villages import Villages
from metrics.words import Lang
from notices.snapshot import snapshot
from tests.notices.office import begun
from tests.notices.papers import Notice, notice_of
from tests.views import GROUP

Made = Callable[[Lang], bytes]


# First: xdist must find the group when it names the tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker, with the views they share."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(GROUP)


@pytest.fixture(scope="session")
def made(villages: Villages) -> Made:
    """The snapshot in a language, as bytes."""
    return cache(lambda lang: snapshot(villages, lang))


@pytest.fixture(scope="session")
def book(made: Made) -> Workbook:
    """The Chinese snapshot, read back."""
    return load_workbook(BytesIO(made("zh")))


@pytest.fixture(scope="session", params=["zh", "en"])
def either(request: pytest.FixtureRequest, made: Made) -> Workbook:
    """The snapshot in each language, read back."""
    return load_workbook(BytesIO(made(request.param)))


@pytest.fixture(scope="session")
def notice(villages: Villages) -> Notice:
    """The notice of the demo county, drafted and written once."""
    return notice_of(villages)


@pytest.fixture(scope="session")
def sqlite_start(sqlite_template: Path) -> Path:
    """Every database of a test here begins with the small county and its first notice."""
    return begun(sqlite_template)


@pytest.fixture
def office(sqlite_engine: Engine) -> Engine:
    """A small county of this test's own, of which one township is criticised in a drafted notice."""
    return sqlite_engine


def cells(sheet: Worksheet) -> Iterator[Cell]:
    """Every cell that holds something."""
    for row in sheet.iter_rows():
        yield from (cell for cell in row if cell.value is not None)


def table(sheet: Worksheet, heading: str) -> list[dict[str, Cell]]:
    """The rows under the header row that begins with `heading`, each by the titles of its columns."""
    start = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == heading)
    titles = [cell.value for cell in sheet[start] if cell.value is not None]
    out = []
    for row in range(start + 1, sheet.max_row + 1):
        # A table ends where nothing stands beside its first cell.
        if sheet.cell(row, 2).value is None:
            break
        out.append({title: sheet.cell(row, place) for place, title in enumerate(titles, start=1)})
    return out
