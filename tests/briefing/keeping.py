"""A small county of which snapshots are kept, and how they are taken and checked."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from briefing.load import Frame
from briefing.snapshots import Checked, take, verify
from data_access.engine import read
from data_access.scope import Scope
from data_access.snapshots import Snapshot
from tests.data_access import county as held
from tests.data_access.county import COUNT, COUNTY, VILLAGES, basics, hand_in_now, indicator, moment, put

MAY = date(2026, 5, 31)
NOW = datetime(2026, 6, 20, tzinfo=UTC)
EVERY = [village for villages in VILLAGES.values() for village in villages]
WHOLE = Scope.whole(COUNTY)


def four_villages(engine: Engine) -> Engine:
    """A county of four villages with five months."""
    put(engine, *basics(), indicator(COUNT, is_whole=False))
    put(engine, *(held.target(COUNT, village, 60) for village in EVERY))
    for month, value in {3: 5, 4: 2, 5: 1}.items():
        day = date(2026, month, 30 if month == 4 else 31)
        for town, villages in VILLAGES.items():
            reports = [held.report(COUNT, village, day, value) for village in villages]
            hand_in_now(engine, reports, at=moment(month + 1, 2), of=town, period=day)
    return engine


def frame(known_at: datetime | None = None, as_of: date = MAY, scope: Scope = WHOLE) -> Frame:
    """The end of May of the whole county, or of a part."""
    return Frame(scope, 2026, as_of, known_at, NOW)


def took(
    engine: Engine,
    known_at: datetime | None = None,
    now: datetime = NOW,
    scope: Scope = WHOLE,
    as_of: date = MAY,
) -> Snapshot:
    """A snapshot, kept."""
    return take(engine, frame(known_at, as_of, scope), author="王文", occasion="by_hand", now=lambda: now)


def checked(engine: Engine, number: int = 1) -> Checked:
    """What a check of a kept one finds."""
    with read(engine) as connection:
        return verify(connection, WHOLE, number)
