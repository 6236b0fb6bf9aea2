"""Snapshots as rows: added, listed, read back; and the marks by which changed records are found."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.exc import DBAPIError

from data_access.engine import read, write
from data_access.errors import BeforeSnapshot, SnapshotDamaged, SnapshotUnknown
from data_access.schema import snapshot, target
from data_access.scope import Scope
from data_access.snapshots import (
    Snapshot,
    add_snapshot,
    last_link,
    read_chain,
    read_content,
    read_snapshot,
    read_snapshots,
    record_marks,
)
from tests.data_access import county
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    SOUTH,
    VILLAGES,
    basics,
    indicator,
    kept_snapshot,
    moment,
    put,
)

NOW = datetime(2026, 6, 20, tzinfo=UTC)
WHOLE = Scope.whole(COUNTY)


@pytest.fixture
def office(own_engine: Engine) -> Engine:
    """A small county in a database of its own: what is kept as a snapshot is not deleted again."""
    put(own_engine, *basics(), indicator(COUNT))
    put(own_engine, *(county.target(COUNT, village, 60) for town in VILLAGES for village in VILLAGES[town]))
    return own_engine


def _made(number: int, known_at: datetime = NOW, link: str = "c") -> Snapshot:
    return kept_snapshot(number, known_at=known_at, link=link)


def _keep(engine: Engine, made: Snapshot, content: bytes = b"{}") -> None:
    with write(engine, COUNTY) as connection:
        add_snapshot(connection, made, content)


def test_what_is_kept_is_read_back(office: Engine) -> None:
    _keep(office, _made(1), "云岭".encode())
    _keep(office, _made(2, link="d"))
    with read(office) as connection:
        assert [each.heading.number for each in read_snapshots(connection, WHOLE)] == [2, 1]
        assert [each.heading.number for each in read_chain(connection, COUNTY)] == [1, 2]
        assert read_snapshot(connection, WHOLE, 1) == _made(1)
        assert read_content(connection, WHOLE, 1) == "云岭".encode()
        assert read_snapshots(connection, Scope.of(COUNTY, units=[NORTH])) == []
    with write(office, COUNTY) as connection:
        assert last_link(connection, COUNTY) == (2, "d" * 64)
        assert last_link(connection, "999999") is None


def test_a_number_that_is_not_there(office: Engine) -> None:
    with read(office) as connection, pytest.raises(SnapshotUnknown):
        read_snapshot(connection, WHOLE, 1)


def test_a_content_that_is_no_content(office: Engine) -> None:
    _keep(office, _made(1))
    with office.begin() as connection:
        names = ["_update", "_delete"] if connection.dialect.name == "sqlite" else [""]
        on = "" if connection.dialect.name == "sqlite" else " ON snapshot"
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER snapshot_is_kept{name}{on}")
        connection.execute(update(snapshot).values(content=b"nothing"))
    with read(office) as connection, pytest.raises(SnapshotDamaged):
        read_content(connection, WHOLE, 1)
    if office.dialect.name == "sqlite":
        with office.begin() as connection:
            connection.exec_driver_sql("UPDATE snapshot SET content = 'a text'")
    with read(office) as connection, pytest.raises(SnapshotDamaged):
        read_content(connection, WHOLE, 1)


@pytest.mark.parametrize(
    "change", [update(snapshot).values(author="别人"), delete(snapshot)], ids=["update", "delete"]
)
def test_the_database_itself_refuses_to_change_a_snapshot(office: Engine, change: Any) -> None:
    _keep(office, _made(1))
    with pytest.raises(DBAPIError, match="only added to"), office.begin() as connection:
        connection.execute(change)


def test_a_heading_says_its_moments_in_one_zone() -> None:
    from zoneinfo import ZoneInfo

    elsewhere = _made(1, NOW.astimezone(ZoneInfo("Asia/Shanghai")))
    assert elsewhere.heading.content() == _made(1).heading.content()
    assert _made(1).heading.content()["known_at"] == "2026-06-20 00:00:00+00:00"


def test_marks_are_of_what_was_known_and_name_the_township(office: Engine) -> None:
    with read(office) as connection:
        before = record_marks(connection, COUNTY, NOW)
        # A table of which nothing was known has no mark: one that a later version brings is no change.
        assert "target" not in record_marks(connection, COUNTY, moment(1, 1, year=2024))
    put(office, county.target(COUNT, VILLAGES[NORTH][0], 90), at=NOW + timedelta(days=1))
    with read(office) as connection:
        assert record_marks(connection, COUNTY, NOW) == before
        later = record_marks(connection, COUNTY, NOW + timedelta(days=2))
    assert {name for name in later if later[name] != before.get(name)} == {"target"}
    with office.begin() as connection:
        connection.execute(update(target).where(target.c.unit == VILLAGES[SOUTH][0]).values(low=61))
    with read(office) as connection:
        changed = record_marks(connection, COUNTY, NOW)
    assert [town for town in (NORTH, SOUTH) if changed["target"][town] != before["target"][town]] == [SOUTH]
    assert changed["target"][SOUTH][0] == before["target"][SOUTH][0] == 2


def test_nothing_is_recorded_at_or_before_the_moment_of_a_snapshot(office: Engine) -> None:
    _keep(office, _made(1))
    for at in (NOW - timedelta(days=1), NOW):
        with pytest.raises(BeforeSnapshot) as refused:
            put(office, county.target(COUNT, VILLAGES[NORTH][0], 90), at=at)
        assert "第 1 号快照" in refused.value.sentence("zh")
    put(office, county.target(COUNT, VILLAGES[NORTH][0], 90), at=NOW + timedelta(microseconds=1))
