"""The demo county's briefings, each loaded once for all tests of this folder."""

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
from metrics.vocabulary import LAGGING_STATES, Level
from tests.briefing.evidence import Evidence

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
OCTOBER = date(2026, 10, 31)
Brief = Callable[..., Briefing]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker for the folder: its briefings are loaded once, not once a worker."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("briefing"))


@pytest.fixture(scope="session")
def demo_engine(demo_database: Path) -> Iterator[Engine]:
    """The demo county's database, for reading."""
    engine = make_engine(f"sqlite:///{demo_database}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def brief(demo_engine: Engine) -> Brief:
    """Load a briefing: `brief(as_of, known_at, root)`, each of them once."""

    @cache
    def load_once(
        as_of: date = OCTOBER, known_at: datetime | None = None, root: str | None = None
    ) -> Briefing:
        frame = Frame(Scope.whole(COUNTY), as_of.year, as_of, known_at, NOW)
        with read(demo_engine) as connection:
            return load(connection, frame, root)

    return load_once


@pytest.fixture(scope="session")
def october(brief: Brief) -> Briefing:
    """The county on 31 October 2026 as known three weeks later."""
    return brief()


@pytest.fixture(scope="session")
def summed(october: Briefing) -> tuple[str, str]:
    """A township and an indicator of its villages that has a shortfall."""
    cells = october.cells_at(Level.TOWNSHIP)
    reported = october.indicators["level_reported"]
    short = cells[
        cells["is_principal"]
        & cells["state"].isin(LAGGING_STATES)
        & (cells["shortfall"] > 0)
        & (cells["indicator"].map(reported) == Level.VILLAGE)
        & (cells["kind"] == "accumulate")
    ]
    worst = short.sort_values("gap").iloc[0]
    return str(worst["unit"]), str(worst["indicator"])


@pytest.fixture(scope="session")
def villages(demo_engine: Engine) -> Villages:
    """Every village on 31 October 2026."""
    with read(demo_engine) as connection:
        return load_villages(connection, Frame(Scope.whole(COUNTY), 2026, OCTOBER, None, NOW))


@pytest.fixture(scope="session")
def evidence(demo_engine: Engine) -> Evidence:
    """The rows behind the demo county's figures of 2026."""
    return Evidence(demo_engine, date(2026, 1, 1))
