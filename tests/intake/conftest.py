"""A county that was set up through its own workbook, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.engine import make_engine
from tests.intake.county import load, setup_workbook


@pytest.fixture(scope="session")
def county_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the small county. Only for copying."""
    path = Path(shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("county") / "county.db"))
    engine = make_engine(f"sqlite:///{path}")
    load(engine, setup_workbook())
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def shared(county_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The small county for tests that only look: nothing may ever be written to it.

    One engine for all of them, because each engine compiles its statements anew.
    """
    engine = make_engine(
        f"sqlite:///{shutil.copyfile(county_file, tmp_path_factory.mktemp('shared') / 'c.db')}"
    )
    yield engine
    engine.dispose()


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
