"""The moment a meeting is opened: to the second, unless that would leave out what the page just showed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from data_access.engine import write
from data_access.records import SettingRecord
from data_access.writes import write_records
from tests.data_access.county import COUNTY, basics, put
from tests.pages.conftest import ScreensOver
from tests.views import NOW
from ui import clock
from ui.meeting.moment import is_fixed, opened_now

HALF = timedelta(milliseconds=500)


@pytest.fixture
def office(sqlite_engine: Engine, screens_over: ScreensOver) -> Engine:
    put(sqlite_engine, *basics())
    screens_over(sqlite_engine.url.render_as_string())
    return sqlite_engine


def _record(office: Engine, at: datetime) -> None:
    with write(office) as connection:
        record = SettingRecord("county.title", at.isoformat())
        write_records(connection, COUNTY, [record], recorded_at=at, author="测试")


@pytest.mark.parametrize(
    ("recorded", "opened"),
    [
        (NOW - timedelta(days=1), "2026-11-22T12:00"),
        (NOW, "2026-11-22T12:00"),
        (NOW + HALF / 2, "2026-11-22T12:00:00.500000"),
        (NOW + timedelta(seconds=3), "2026-11-22T12:00:03"),
    ],
)
def test_nothing_that_was_shown_is_left_out(
    office: Engine, monkeypatch: pytest.MonkeyPatch, recorded: datetime, opened: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + HALF)
    _record(office, recorded)
    assert opened_now() == opened


def test_there_is_no_moment_where_the_database_is_away(screens_over: ScreensOver, tmp_path: object) -> None:
    screens_over(f"sqlite:///{tmp_path}/none.db")
    assert opened_now() is None


def test_a_moment_to_come_is_not_fixed(office: Engine) -> None:
    assert is_fixed(NOW, NOW, COUNTY) and is_fixed(NOW - HALF, NOW, COUNTY)
    assert not is_fixed(None, NOW, COUNTY) and not is_fixed(NOW + HALF, NOW, COUNTY)
    # Recorded by a clock that is ahead: shown already, so it belongs to the meeting.
    _record(office, NOW + HALF)
    assert is_fixed(NOW + HALF, NOW, COUNTY) and not is_fixed(NOW + 2 * HALF, NOW, COUNTY)
