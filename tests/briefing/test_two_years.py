"""Every month's end of the demo county's two years is kept, and holds, on both engines."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from briefing.load import Frame
from briefing.snapshots import take, verify
from data_access.dialect import refresh_statistics
from data_access.engine import make_engine, read
from data_access.schema import metadata
from data_access.scope import Scope
from demo.places import COUNTY
from metrics.periods import periods_of_year
from metrics.vocabulary import Cadence

NOW = datetime(2026, 12, 1, tzinfo=UTC)
ENDS = [
    day for year in (2025, 2026) for day in periods_of_year(Cadence.MONTH, year) if day <= date(2026, 10, 31)
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def county(request: pytest.FixtureRequest, demo_database: Path, tmp_path: Path) -> Iterator[Engine]:
    """The demo county in a database of its own."""
    copy = make_engine(f"sqlite:///{shutil.copyfile(demo_database, tmp_path / 'county.db')}")
    if request.param == "sqlite":
        yield copy
    else:
        engine: Engine = request.getfixturevalue("postgres_engine")
        with copy.connect() as held, engine.begin() as made:
            for table in metadata.sorted_tables:
                rows = [dict(row) for row in held.execute(select(table)).mappings()]
                if rows:
                    made.execute(insert(table), rows)
        # As every import ends: without them the engine plans for empty tables.
        with engine.begin() as made:
            refresh_statistics(made)
        yield engine
    copy.dispose()


@pytest.mark.long
def test_every_month_is_kept_and_holds(county: Engine) -> None:
    scope = Scope.whole(COUNTY)
    for day in ENDS:
        frame = Frame(scope, day.year, day, None, NOW)
        take(county, frame, author="定时", occasion="monthly", now=lambda: NOW)
    for number in range(1, len(ENDS) + 1):
        with read(county) as connection:
            found = verify(connection, scope, number)
        assert not (found.is_tampered or found.differing), (number, found.records, found.differing[:3])
