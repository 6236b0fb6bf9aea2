"""A county that was set up through its own workbook, copied for each test."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data_access.directory import Directory, read_directory
from data_access.engine import make_engine
from data_access.scope import Scope
from intake import child, drafts, reader
from tests.conftest import written_once
from tests.intake.county import load, setup_workbook

SHARED = "only-looked-at.db"
GUARDED = ("test_hostile", "test_reader", "test_whole_path")


# First: xdist must find the group when it names the tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker: see `tests/conftest.py`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("intake"))


@pytest.fixture(autouse=True, scope="module")
def near(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read workbooks in the test's own process, except where the guard itself is the thing tested.

    A new interpreter for each of three hundred workbooks costs a quarter of the time of all tests here.
    """
    if request.module.__name__.rpartition(".")[2] in GUARDED:
        yield
        return
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(reader, "_ask_child", _ask_here)
        yield


def _ask_here(content: bytes, _: float) -> Any:
    try:
        answer: dict[str, Any] = json.loads(json.dumps(child.read(content)))
    except child.RefusedError as refused:
        answer = dict(refused.answer)
    return answer


@pytest.fixture(scope="session")
def county_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the small county. Only for copying."""
    folder = tmp_path_factory.mktemp("county")
    return written_once(sqlite_template, folder, lambda engine: load(engine, setup_workbook()))


@pytest.fixture(scope="session")
def shared(county_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The small county for tests that only look: nothing may ever be written to it.

    One engine for all of them, because each engine compiles its statements anew.
    """
    engine = make_engine(
        f"sqlite:///{shutil.copyfile(county_file, tmp_path_factory.mktemp('shared') / SHARED)}"
    )
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True, scope="session")
def read_once() -> Iterator[None]:
    """The directory of `shared` never changes: it is read once for each day and moment asked about."""
    held: dict[Any, Directory] = {}

    def once(connection: Connection, scope: Scope, *, day: date, known_at: datetime) -> Directory:
        if not str(connection.engine.url.database).endswith(SHARED):
            return read_directory(connection, scope, day=day, known_at=known_at)
        asked = (scope, day, known_at)
        if asked not in held:
            held[asked] = read_directory(connection, scope, day=day, known_at=known_at)
        return held[asked]

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(drafts, "read_directory", once)
        yield


@pytest.fixture(scope="session")
def reused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine whose file is laid anew for each test: it compiles every statement once."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('reused') / 'own.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def county(county_file: Path, reused: Engine) -> Iterator[Engine]:
    """The small county in a database of its own."""
    reused.dispose()
    path = Path(str(reused.url.database))
    for leftover in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        leftover.unlink(missing_ok=True)
    shutil.copyfile(county_file, path)
    yield reused
    reused.dispose()


@pytest.fixture(scope="module")
def engines(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Engine]]:
    """Databases that a whole case is loaded into once; its tests only read."""
    made: list[Engine] = []

    def make(name: str) -> Engine:
        path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp(name) / "case.db")
        made.append(make_engine(f"sqlite:///{path}"))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()
