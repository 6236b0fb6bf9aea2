"""What the tests of briefings share: a figure with a shortfall, and the rows behind the figures."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from briefing.load import Briefing
from metrics.vocabulary import LAGGING_STATES, Level
from tests.briefing.evidence import Evidence
from tests.briefing.keeping import four_villages
from tests.views import GROUP


# First: xdist must find the group when it names the tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker, with the views they share.

    What the database answers is the same on both engines, as tests/data_access proves: what a briefing makes of
    it is tried over the second one in `make test-long` only.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(GROUP)
            if isinstance(item, pytest.Function) and "postgresql" in item.name:
                item.add_marker(pytest.mark.long)


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
def evidence(demo_engine: Engine) -> Evidence:
    """The rows behind the demo county's figures of 2026."""
    return Evidence(demo_engine, date(2026, 1, 1))


@pytest.fixture
def office(own_engine: Engine) -> Engine:
    """The county of `keeping`, in a database of its own: snapshots are not deleted again."""
    return four_villages(own_engine)
