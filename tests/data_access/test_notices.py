"""Notices as rows: drafts, steps, files and wordings added and read back, and nothing ever changed."""

import zlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from data_access.engine import read, write
from data_access.errors import NoticeDamaged, NoticeUnknown
from data_access.notices import (
    Notice,
    NoticeEvent,
    NoticeFile,
    Wording,
    add_event,
    add_file,
    add_notice,
    add_wording,
    next_number,
    read_events,
    read_file,
    read_notice,
    read_notices,
    read_wording,
)
from data_access.schema import notice, notice_event, notice_file, notice_wording
from data_access.scope import Scope
from data_access.snapshots import add_snapshot
from metrics.fingerprints import canonical, fingerprint
from tests.data_access.county import COUNTY, NORTH, SOUTH, basics, indicator, kept_snapshot, put

NOW = datetime(2026, 6, 20, 1, 2, 3, 456789, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
WHOLE = Scope.whole(COUNTY)
PART = Scope.of(COUNTY, units=[NORTH])
OTHER = Scope.whole("990522")
CONTENT = {"paper": {"name": "通报"}, "named": [NORTH], "notes": []}
DRAFTED = NoticeEvent("drafted", "P1", "王文（主任）", NOW)
WORD = NoticeFile("通报.docx", b"PK\x00\xff")


@pytest.fixture
def office(own_engine: Engine) -> Engine:
    """A county with a snapshot of the whole and one of a township, in a database of its own."""
    put(own_engine, *basics(), indicator("count"))
    with write(own_engine, COUNTY) as connection:
        for number, root in ((1, COUNTY), (2, NORTH)):
            add_snapshot(connection, kept_snapshot(number, root=root, known_at=NOW, link=str(number)), b"{}")
    return own_engine


def drafted(number: int = 1, snapshot: int = 1, corrects: int | None = None) -> Notice:
    return Notice(number, snapshot, corrects, NOW, CONTENT | {"number": number})


def keep(engine: Engine, *made: Notice) -> None:
    with write(engine, COUNTY) as connection:
        for each in made:
            add_notice(connection, COUNTY, each)


def step(engine: Engine, *events: NoticeEvent, of: int = 1) -> None:
    with write(engine, COUNTY) as connection:
        for event in events:
            add_event(connection, COUNTY, of, event)


def hand_in(engine: Engine, *files: NoticeFile, of: int = 1, at: datetime = NOW) -> list[str]:
    with write(engine, COUNTY) as connection:
        return [add_file(connection, COUNTY, of, file, at) for file in files]


def say(engine: Engine, text: str, at: datetime, sentence: str = "title", *, withdrawn: bool = False) -> None:
    with write(engine, COUNTY) as connection:
        add_wording(connection, COUNTY, Wording(sentence, text, "王文", at, withdrawn))


def test_what_is_kept_is_read_back(office: Engine) -> None:
    keep(office, drafted(), drafted(2, corrects=1))
    with read(office) as connection:
        assert read_notices(connection, WHOLE) == [drafted(2, corrects=1), drafted()]
        assert read_notice(connection, WHOLE, 2) == drafted(2, corrects=1)
        assert read_notice(connection, WHOLE, 1).recorded_at.tzinfo is UTC
        mark = connection.scalar(select(notice.c.fingerprint).where(notice.c.number == 1))
    assert mark == fingerprint(canonical(drafted().content))


def test_a_moment_is_the_same_in_every_zone(office: Engine) -> None:
    here = NOW.astimezone(timezone(timedelta(hours=8)))
    keep(office, Notice(1, 1, None, here, CONTENT))
    with read(office) as connection:
        assert read_notice(connection, WHOLE, 1).recorded_at == NOW


def test_numbers_count_up_in_each_county(office: Engine) -> None:
    with write(office, COUNTY) as connection:
        assert next_number(connection, COUNTY) == 1
        add_notice(connection, COUNTY, drafted())
        assert next_number(connection, COUNTY) == 2
        add_notice(connection, COUNTY, drafted(7))
        assert next_number(connection, COUNTY) == 8
        assert next_number(connection, "990522") == 1


def test_a_number_is_given_once_and_only_to_a_snapshot_that_is_there(office: Engine) -> None:
    keep(office, drafted())
    for wrong in (drafted(), drafted(2, snapshot=9), drafted(0)):
        with pytest.raises(IntegrityError):
            keep(office, wrong)
    with read(office) as connection:
        assert read_notices(connection, WHOLE) == [drafted()]


def test_a_reader_sees_the_notices_of_what_they_see(office: Engine) -> None:
    keep(office, drafted(), drafted(2, snapshot=2))
    with read(office) as connection:
        assert [each.number for each in read_notices(connection, WHOLE)] == [2, 1]
        assert [each.number for each in read_notices(connection, PART)] == [2]
        assert read_notices(connection, Scope.of(COUNTY, units=[SOUTH])) == []
        assert read_notices(connection, Scope.of(COUNTY, departments=["D01"])) == []
        assert read_notices(connection, OTHER) == []
        assert read_notice(connection, PART, 2) == drafted(2, snapshot=2)
        for scope in (PART, OTHER):
            with pytest.raises(NoticeUnknown):
                read_notice(connection, scope, 1)


def test_a_number_that_is_not_there(office: Engine) -> None:
    with read(office) as connection, pytest.raises(NoticeUnknown) as unknown:
        read_notice(connection, WHOLE, 3)
    assert "第 3 号通报" in unknown.value.sentence("zh")
    assert "notice 3" in unknown.value.sentence("en")
    with pytest.raises(IntegrityError):
        step(office, DRAFTED, of=3)
    with pytest.raises(IntegrityError):
        hand_in(office, WORD, of=3)


def test_steps_come_back_in_their_order_with_all_that_belongs_to_them(office: Engine) -> None:
    keep(office, drafted(), drafted(2), drafted(3))
    [mark] = hand_in(office, WORD)
    told = [{"kind": "changed", "found": "12.5%", "wanted": "11.5%"}]
    events = [
        DRAFTED,
        NoticeEvent("edited", "P1", "王文", LATER, file=mark, findings=told),
        # Of one moment, and before the one above by the clock: the order is that in which they were taken.
        NoticeEvent("checked", "P2", "李武", NOW, findings=[]),
        NoticeEvent("asked", "P1", "王文", NOW, day=date(2026, 6, 25)),
        NoticeEvent("answered", "P1", "王文", NOW, unit=NORTH, objects=True, note="数字有误"),
    ]
    step(office, *events[:3])
    step(office, DRAFTED, of=2)
    step(office, *events[3:])
    with read(office) as connection:
        assert read_events(connection, WHOLE, [1, 2, 3]) == {1: events, 2: [DRAFTED], 3: []}
        assert read_events(connection, WHOLE, []) == {}
        assert read_events(connection, OTHER, [1]) == {1: []}
        places = connection.execute(select(notice_event.c.place).where(notice_event.c.notice == 1))
        assert sorted(places.scalars()) == [1, 2, 3, 4, 5]


def test_a_name_with_its_post_has_room(office: Engine) -> None:
    """160 characters: more than the longest name with the longest post (40, 80 and two brackets)."""
    long = NoticeEvent("drafted", "P1", f"{'王' * 77}（{'长' * 81}）", NOW)
    assert len(long.actor_name) == 160
    keep(office, drafted())
    step(office, long)
    with read(office) as connection:
        assert read_events(connection, WHOLE, [1]) == {1: [long]}


def test_a_file_is_kept_word_for_word(office: Engine) -> None:
    keep(office, drafted(), drafted(2))
    [mark] = hand_in(office, WORD)
    assert mark == fingerprint(WORD.content)
    with read(office) as connection:
        assert read_file(connection, WHOLE, 1, mark) == WORD
        for scope, number, wanted in ((WHOLE, 2, mark), (WHOLE, 1, "0" * 64), (OTHER, 1, mark)):
            with pytest.raises(NoticeUnknown):
                read_file(connection, scope, number, wanted)


def test_a_file_handed_in_twice_is_kept_once(office: Engine) -> None:
    keep(office, drafted(), drafted(2))
    first = hand_in(office, WORD)
    assert hand_in(office, WORD, NoticeFile("另一个名字.docx", WORD.content), at=LATER) == first * 2
    other = hand_in(office, NoticeFile("通报.docx", b"PK"))
    assert other != first
    # The same file for another notice is a file of that one.
    assert hand_in(office, WORD, of=2) == first
    with read(office) as connection:
        assert connection.scalar(select(func.count()).select_from(notice_file)) == 3
        assert read_file(connection, WHOLE, 1, first[0]) == WORD


def test_the_newest_wording_of_a_sentence_counts(office: Engine) -> None:
    say(office, "关于进展的通报", LATER)
    # Recorded after the one above, but of an earlier moment.
    say(office, "关于工作的通报", NOW)
    say(office, "（截至{截至}）", NOW, "subtitle")
    with read(office) as connection:
        assert read_wording(connection, WHOLE) == [
            Wording("subtitle", "（截至{截至}）", "王文", NOW, False),
            Wording("title", "关于进展的通报", "王文", LATER, False),
        ]
        assert read_wording(connection, OTHER) == []


def test_a_wording_that_was_withdrawn_is_told_as_such(office: Engine) -> None:
    say(office, "关于进展的通报", NOW)
    say(office, "关于进展的通报", LATER, withdrawn=True)
    with read(office) as connection:
        [held] = read_wording(connection, WHOLE)
    assert (held.withdrawn, held.recorded_at) == (True, LATER)
    say(office, "关于工作的通报", LATER + timedelta(seconds=1))
    with read(office) as connection:
        assert [(each.text, each.withdrawn) for each in read_wording(connection, WHOLE)] == [
            ("关于工作的通报", False)
        ]


CHANGES = [
    pytest.param(change, id=f"{name}-{table.name}")
    for table, value in (
        (notice, {"snapshot": 2}),
        (notice_event, {"actor": "P9"}),
        (notice_file, {"name": "别的.docx"}),
        (notice_wording, {"text": "别的"}),
    )
    for name, change in (("update", update(table).values(**value)), ("delete", delete(table)))
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_change_what_is_kept(office: Engine, change: Any) -> None:
    keep(office, drafted())
    step(office, DRAFTED)
    [mark] = hand_in(office, WORD)
    say(office, "关于进展的通报", NOW)
    with pytest.raises(DBAPIError, match="only added to"), office.begin() as connection:
        connection.execute(change)
    with read(office) as connection:
        assert read_notices(connection, WHOLE) == [drafted()]
        assert read_events(connection, WHOLE, [1]) == {1: [DRAFTED]}
        assert read_file(connection, WHOLE, 1, mark) == WORD
        assert [each.text for each in read_wording(connection, WHOLE)] == ["关于进展的通报"]


def _tamper(engine: Engine, number: int, **values: Any) -> None:
    """What somebody with the database's own password could do."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER notice_is_kept_update")
        else:
            connection.exec_driver_sql("DROP TRIGGER notice_is_kept ON notice")
        connection.execute(update(notice).where(notice.c.number == number).values(**values))


WHOLLY_OTHER = zlib.compress(canonical(drafted().content | {"named": [SOUTH]}))
ENDED_EARLY = zlib.compress(canonical(drafted().content), 9)[:-5]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"content": WHOLLY_OTHER}, id="another"),
        pytest.param({"content": zlib.compress(b"{}")}, id="empty"),
        pytest.param({"content": zlib.compress(b"no content")}, id="no-json"),
        pytest.param({"content": ENDED_EARLY}, id="cut"),
        pytest.param({"content": canonical(drafted().content)}, id="not-packed"),
        pytest.param({"content": b""}, id="nothing"),
        pytest.param({"fingerprint": "0" * 64}, id="fingerprint"),
    ],
)
def test_a_draft_that_was_changed_is_not_read(office: Engine, changed: dict[str, Any]) -> None:
    keep(office, drafted(), drafted(2, snapshot=2))
    _tamper(office, 1, **changed)
    with read(office) as connection:
        for scope_reads in (read_notices, lambda held, scope: read_notice(held, scope, 1)):
            with pytest.raises(NoticeDamaged) as damaged:
                scope_reads(connection, WHOLE)
            assert "第 1 号通报" in damaged.value.sentence("zh")
            assert "notice 1" in damaged.value.sentence("en")
        # The others are read as before, and who does not see it is not told of it.
        assert read_notice(connection, WHOLE, 2) == drafted(2, snapshot=2)
        assert read_notices(connection, PART) == [drafted(2, snapshot=2)]
        with pytest.raises(NoticeUnknown):
            read_notice(connection, PART, 1)


def test_a_draft_packed_in_another_way_is_the_same(office: Engine) -> None:
    keep(office, drafted())
    _tamper(office, 1, content=zlib.compress(canonical(drafted().content), 1))
    with read(office) as connection:
        assert read_notice(connection, WHOLE, 1) == drafted()


def test_a_draft_that_is_a_text_is_not_read(sqlite_engine: Engine) -> None:
    """SQLite keeps any kind of value in any column; PostgreSQL does not."""
    put(sqlite_engine, *basics(), indicator("count"))
    with write(sqlite_engine, COUNTY) as connection:
        add_snapshot(connection, kept_snapshot(1, known_at=NOW), b"{}")
    keep(sqlite_engine, drafted())
    _tamper(sqlite_engine, 1, content=text("'a text'"))
    with read(sqlite_engine) as connection, pytest.raises(NoticeDamaged):
        read_notice(connection, WHOLE, 1)
