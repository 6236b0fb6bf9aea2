"""Snapshots taken and checked: what was kept is found again, and whatever was changed is found and named."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, update

from briefing import snapshots
from briefing.load import Frame
from briefing.snapshots import (
    SnapshotOfADayToCome,
    SnapshotOfAMomentToCome,
    SnapshotOfNobody,
    take,
    verify,
)
from data_access.engine import read
from data_access.errors import BeforeSnapshot, SnapshotDamaged, SnapshotUnknown
from data_access.records import SettingRecord
from data_access.schema import report, snapshot, target
from data_access.scope import Scope
from data_access.snapshots import read_content, read_snapshots
from metrics.fingerprints import BEGINNING
from tests.briefing.keeping import EVERY, MAY, NOW, WHOLE, checked, frame, took
from tests.data_access import county as held
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    VILLAGES,
    hand_in_now,
    moment,
    put,
)


def _unguarded(connection: Connection) -> None:
    """What somebody with the database's own password could do."""
    if connection.dialect.name == "sqlite":
        for change in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER snapshot_is_kept_{change}")
    else:
        connection.exec_driver_sql("DROP TRIGGER snapshot_is_kept ON snapshot")


def _tamper(engine: Engine, *statements: Any) -> None:
    with engine.begin() as connection:
        _unguarded(connection)
        for statement in statements:
            connection.execute(statement)


def test_snapshots_are_numbered_and_linked(office: Engine) -> None:
    first, second = took(office), took(office, now=NOW + timedelta(hours=1))
    assert (first.heading.number, second.heading.number) == (1, 2)
    assert (first.previous, second.previous) == (BEGINNING, first.link)
    with read(office) as connection:
        assert read_snapshots(connection, Scope.whole(COUNTY)) == [second, first]
        assert read_snapshots(connection, Scope.of(COUNTY, units=[NORTH])) == []


def test_the_same_facts_have_the_same_fingerprint(office: Engine) -> None:
    first = took(office, known_at=moment(6, 15))
    later = took(office, known_at=moment(6, 15), now=NOW + timedelta(days=1))
    assert first.fingerprint == later.fingerprint and first.link != later.link


def test_what_is_recorded_later_does_not_matter(office: Engine) -> None:
    took(office)
    put(office, held.target(COUNT, EVERY[0], 90), at=NOW + timedelta(days=1))
    again = [held.report(COUNT, village, MAY, 9, reason="漏报") for village in VILLAGES[NORTH]]
    hand_in_now(office, again, at=NOW + timedelta(days=2), of=NORTH, period=MAY)
    found = checked(office)
    assert not found.is_tampered and found.differing == () and found.records == ()
    assert took(office, now=NOW + timedelta(days=3)).fingerprint != found.snapshot.fingerprint


def test_a_view_of_the_past_is_kept_as_it_was_known(office: Engine) -> None:
    # In the county's own zone, as commands hand it in.
    took(office, known_at=moment(5, 15).astimezone(timezone(timedelta(hours=8))))
    assert not checked(office).is_tampered


def test_a_long_post_is_cut_and_the_name_is_not(office: Engine) -> None:
    long = f"王文（{'长' * 100}）"
    made = take(office, frame(), author=long, occasion="by_hand", now=lambda: NOW)
    assert made.heading.author == long[:80]
    assert not checked(office).is_tampered


def test_a_moment_to_come_is_refused_and_this_one_is_not(office: Engine) -> None:
    with pytest.raises(SnapshotOfAMomentToCome) as refused:
        took(office, known_at=NOW + timedelta(seconds=1))
    assert refused.value.sentence() == (
        "数据时点 2026-06-20 08:00:01 还没有到（现在是 2026-06-20 08:00:00），不能生成快照。"
    )
    assert took(office, known_at=NOW).heading.known_at == NOW


@pytest.mark.parametrize("author", ["", " ", "\u3000\t"])
def test_a_snapshot_without_an_author_is_refused(office: Engine, author: str) -> None:
    with pytest.raises(SnapshotOfNobody):
        take(office, frame(), author=author, occasion="by_hand", now=lambda: NOW)
    with read(office) as connection:
        assert read_snapshots(connection, WHOLE) == []


def test_a_changed_fact_is_named_by_its_table_and_township(office: Engine) -> None:
    took(office)
    changed = update(report).where(report.c.unit == EVERY[0], report.c.period == MAY).values(value=31)
    _tamper(office, changed)
    found = checked(office)
    assert found.is_tampered and found.records == (("report", NORTH),)
    assert not found.is_altered and found.broken == ()


def test_a_deleted_target_is_named(office: Engine) -> None:
    took(office)
    _tamper(office, delete(target).where(target.c.unit == EVERY[-1]))
    found = checked(office)
    assert ("target", EVERY[-1][:9]) in found.records
    assert any(each.path[0] == "judgement" and EVERY[-1] in " ".join(each.path) for each in found.differing)


def test_one_changed_byte_of_the_content_is_found(office: Engine) -> None:
    import zlib

    took(office)
    with read(office) as connection:
        content = read_content(connection, Scope.whole(COUNTY), 1)
    place = content.index(b'"actual"') + 1
    spoilt = content[:place] + b"A" + content[place + 1 :]
    _tamper(office, update(snapshot).values(content=zlib.compress(spoilt)))
    found = checked(office)
    assert found.is_altered and found.is_tampered and found.records == ()
    assert found.differing, "what the content says otherwise is named"


def test_a_content_that_cannot_be_read_is_said_to_be_so(office: Engine) -> None:
    took(office)
    _tamper(office, update(snapshot).values(content=b"nothing"))
    found = checked(office)
    assert found.is_altered and not found.is_readable
    with read(office) as connection, pytest.raises(SnapshotDamaged):
        read_content(connection, Scope.whole(COUNTY), 1)


def test_another_heading_breaks_the_chain_from_there_on(office: Engine) -> None:
    took(office)
    took(office, now=NOW + timedelta(hours=1))
    _tamper(office, update(snapshot).where(snapshot.c.number == 1).values(author="别人"))
    assert checked(office, 1).broken == (1,)
    assert checked(office, 2).broken == (1,)


def test_a_snapshot_taken_out_breaks_the_chain(office: Engine) -> None:
    for hour in range(3):
        took(office, now=NOW + timedelta(hours=hour))
    _tamper(office, delete(snapshot).where(snapshot.c.number == 2))
    found = checked(office, 3)
    assert (found.missing, found.broken) == ((2,), ()) and found.is_tampered
    assert not checked(office, 1).is_tampered
    with read(office) as connection, pytest.raises(SnapshotUnknown):
        verify(connection, Scope.whole(COUNTY), 2)


def test_newer_formulas_are_no_tampering(office: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    took(office)
    made = snapshots.freeze

    def newer(*of: Any) -> dict[str, Any]:
        content = made(*of)
        content["judgement"]["villages"]["rows"].pop()
        return content

    monkeypatch.setattr(snapshots, "freeze", newer)
    assert checked(office).is_tampered, "the same formulas cannot say otherwise"
    monkeypatch.setattr(snapshots, "formulas", lambda: "f" * 64)
    found = checked(office)
    assert found.is_newer and not found.is_tampered and len(found.differing) == 1


def test_nothing_is_recorded_before_a_snapshot_that_does_not_hold_it(office: Engine) -> None:
    took(office)
    with pytest.raises(BeforeSnapshot):
        put(office, held.target(COUNT, EVERY[0], 90), at=NOW - timedelta(seconds=1))
    assert not checked(office).is_tampered
    put(office, held.target(COUNT, EVERY[0], 90), at=NOW + timedelta(seconds=1))


def test_who_writes_meanwhile_is_waited_for(office: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made, times = snapshots.content_of, iter(range(100))
    clock = iter(NOW + timedelta(minutes=minute) for minute in range(100))

    def meanwhile(connection: Connection, of: Frame) -> dict[str, Any]:
        content = made(connection, of)
        if (time := next(times)) < writes:
            put(office, held.target(COUNT, EVERY[0], 61 + time), at=NOW + timedelta(seconds=time + 1))
        return content

    monkeypatch.setattr(snapshots, "content_of", meanwhile)
    writes = 2
    kept = take(office, frame(), author="王文", occasion="monthly", now=lambda: next(clock))
    assert kept.heading.known_at == NOW + timedelta(minutes=2)
    monkeypatch.setattr(snapshots, "content_of", made)
    assert not checked(office).is_tampered


def test_every_one_taken_out_is_named_and_a_changed_one_beside_it_as_well(office: Engine) -> None:
    for hour in range(5):
        took(office, now=NOW + timedelta(hours=hour))
    changed = update(snapshot).where(snapshot.c.number == 4).values(author="别人")
    _tamper(office, delete(snapshot).where(snapshot.c.number.in_((1, 3))), changed)
    found = checked(office, 5)
    assert (found.missing, found.broken) == ((1, 3), (4,))
    assert (checked(office, 2).missing, checked(office, 2).broken) == ((1,), ())


def test_a_day_to_come_is_refused_by_the_county_s_own_clock(office: Engine) -> None:
    # An hour after midnight in the county, the day before in Greenwich.
    night = datetime(2026, 6, 20, 17, tzinfo=UTC)
    with pytest.raises(SnapshotOfADayToCome) as refused:
        took(office, as_of=date(2026, 6, 22), now=night)
    assert "2026-06-22 还没有到（今天是 2026-06-21）" in refused.value.sentence("zh")
    assert "2026-06-22 has not come yet" in refused.value.sentence("en")
    with read(office) as connection:
        assert read_snapshots(connection, Scope.whole(COUNTY)) == []
    assert took(office, as_of=date(2026, 6, 21), now=night).heading.as_of == date(2026, 6, 21)


def test_the_day_on_which_a_county_s_screens_are_fixed_has_come(office: Engine) -> None:
    put(office, SettingRecord("clock.as_of", "2026-06-30"))
    assert took(office, as_of=date(2026, 6, 30)).heading.as_of == date(2026, 6, 30)
    with pytest.raises(SnapshotOfADayToCome):
        took(office, as_of=date(2026, 7, 1), now=NOW + timedelta(hours=1))
