"""The invented county as records, made once; the judged cells of its default day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from briefing.load import Briefing, Frame, load
from data_access.engine import make_engine, read
from data_access.records import ReportRecord, TargetRecord
from data_access.scope import Scope
from demo.batch import Batch
from demo.county import AS_OF, SEED, batches
from demo.places import COUNTY, Land, land
from metrics.vocabulary import Layer, SubmissionState

# When the figures of October had been due for two weeks.
KNOWN_AT = datetime(2026, 11, 20, tzinfo=UTC)


def frame_of(year: int, as_of: date) -> Frame:
    """The whole county on a day, with everything that was ever entered."""
    return Frame(Scope.whole(COUNTY), year, as_of, None, KNOWN_AT)


@pytest.fixture(scope="session")
def country() -> Land:
    return land(SEED)


@pytest.fixture(scope="session")
def entered() -> list[Batch]:
    return batches()


@pytest.fixture(scope="session")
def targets(entered: list[Batch]) -> dict[tuple[str, str, int, str], list[TargetRecord]]:
    """Every version of every target by (indicator, unit, year, issuer), in the order of entry."""
    found: dict[tuple[str, str, int, str], list[TargetRecord]] = defaultdict(list)
    for batch in entered:
        for record in batch.records:
            if isinstance(record, TargetRecord):
                found[record.indicator, record.unit, record.year, record.issuer].append(record)
    return dict(found)


@pytest.fixture(scope="session")
def accepted(entered: list[Batch]) -> dict[tuple[str, str], dict[date, ReportRecord]]:
    """The newest accepted figure by (indicator, unit) and period."""
    found: dict[tuple[str, str], dict[date, ReportRecord]] = defaultdict(dict)
    for batch in entered:
        if batch.move is None or batch.move.state is not SubmissionState.ACCEPTED:
            continue
        for record in batch.records:
            if isinstance(record, ReportRecord) and record.layer is Layer.REPORTED:
                found[record.indicator, record.unit][record.period] = record
    return dict(found)


@pytest.fixture(scope="session")
def briefing(demo_database: Path) -> Iterator[Briefing]:
    """The county on its default day, as the pages have it."""
    engine = make_engine(f"sqlite:///{demo_database}", statement_seconds=60)
    with read(engine) as connection:
        yield load(connection, frame_of(AS_OF.year, AS_OF))
    engine.dispose()


@pytest.fixture(scope="session")
def cells(briefing: Briefing) -> pd.DataFrame:
    """The principal cells of the townships."""
    held = briefing.cells
    return held[held["is_principal"] & (held["unit"] != COUNTY)]
