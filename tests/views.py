"""The demo county as judged on 31 October 2026, loaded once a run for all tests that only read it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from briefing.load import Briefing, Frame, load
from briefing.villages import Villages, load_villages
from data_access.engine import make_engine, read
from data_access.scope import Scope
from demo.places import COUNTY

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
OCTOBER = date(2026, 10, 31)
# One worker for all who use these fixtures: loaded once, not once a worker.
GROUP = pytest.mark.xdist_group("views")
Brief = Callable[..., Briefing]


@pytest.fixture(scope="session")
def demo_engine(demo_database: Path) -> Iterator[Engine]:
    """The demo county's database, for reading."""
    engine = make_engine(f"sqlite:///{demo_database}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def villages(demo_engine: Engine) -> Villages:
    """Every village on the day, as known three weeks later."""
    with read(demo_engine) as connection:
        return load_villages(connection, _frame(OCTOBER, None))


@pytest.fixture(scope="session")
def october(villages: Villages) -> Briefing:
    """The county on the same day."""
    return villages.county


@pytest.fixture(scope="session")
def brief(demo_engine: Engine, october: Briefing) -> Brief:
    """Load a briefing: `brief(as_of, known_at, root)`, each of them once."""

    @cache
    def load_once(
        as_of: date = OCTOBER, known_at: datetime | None = None, root: str | None = None
    ) -> Briefing:
        if (as_of, known_at, root) == (OCTOBER, None, None):
            return october
        with read(demo_engine) as connection:
            return load(connection, _frame(as_of, known_at), root)

    return load_once


def _frame(as_of: date, known_at: datetime | None) -> Frame:
    return Frame(Scope.whole(COUNTY), as_of.year, as_of, known_at, NOW)
