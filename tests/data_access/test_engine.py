"""Connections: writers follow one another, readers see one state, faults become sentences."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, select, update
from sqlalchemy.exc import IntegrityError

from data_access import dialect
from data_access.engine import make_engine, read, write
from data_access.errors import (
    TERMS,
    DatabaseBusy,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
    NotADatabase,
    SchemaTooOld,
    SettingInvalid,
    UserFacing,
)
from data_access.migrate import SchemaState, schema_state
from data_access.reads import counties, data_version, read_versions
from data_access.rollup import check
from data_access.schema import data_version as version_table
from data_access.schema import setting
from data_access.scope import Scope
from data_access.settings import BACKENDS, DEFAULT_DATABASE, load_settings
from data_access.stamps import stamp
from tests.data_access.county import (
    COUNTY,
    VILLAGES,
    basics,
    hand_in,
    indicator,
    moment,
    put,
    report,
)

JANUARY = date(2026, 1, 31)


def run_at_once(*acts: Callable[[], None]) -> list[BaseException]:
    """Run in threads that start together; gives what went wrong."""
    start, faults = threading.Barrier(len(acts)), list[BaseException]()

    def guarded(act: Callable[[], None]) -> None:
        start.wait()
        try:
            act()
        except BaseException as fault:  # noqa: BLE001 a thread's fault must reach the test
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return faults


def test_two_writers_both_arrive_and_the_sums_agree(engine: Engine) -> None:
    put(engine, *basics(), indicator("count"))
    villages = [village for of in VILLAGES.values() for village in of]

    def writer(of: str, minute: int) -> None:
        for number in range(3):
            at = datetime(2026, 2, 3, 9, minute + number, tzinfo=UTC)
            with write(engine) as connection:
                hand_in(connection, [report("count", of, JANUARY, number, reason="改")], at=at)

    faults = run_at_once(*(lambda of=of, n=n: writer(of, 10 * n) for n, of in enumerate(villages)))
    assert faults == []
    with read(engine) as connection:
        for village in villages:
            versions = read_versions(connection, Scope.whole(COUNTY), village)
            assert list(versions["revision"]) == [1, 2, 3]
        assert check(connection, COUNTY) == []


def test_versions_are_counted_without_loss(engine: Engine) -> None:
    def count() -> None:
        for _ in range(5):
            with write(engine, COUNTY) as connection:
                stamp(connection, COUNTY, moment(2, 1))

    assert run_at_once(count, count) == []
    with read(engine) as connection:
        assert data_version(connection, COUNTY) == 10


def test_a_reader_sees_one_state_while_another_writes(engine: Engine) -> None:
    put(engine, *basics())
    with read(engine) as connection:
        before = data_version(connection, COUNTY)
        put(engine, indicator("count"), at=moment(2, 1))
        assert data_version(connection, COUNTY) == before
    with read(engine) as connection:
        assert data_version(connection, COUNTY) > before


def test_a_block_that_raises_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="power cut"), write(engine) as connection:
        stamp(connection, COUNTY, moment(2, 1))
        raise RuntimeError("power cut")
    with read(engine) as connection:
        assert data_version(connection, COUNTY) == 0


def test_readers_cannot_write_on_postgresql(postgres_engine: Engine) -> None:
    with pytest.raises(DatabaseReadOnly), read(postgres_engine) as connection:
        stamp(connection, COUNTY, moment(2, 1))


def test_data_version_is_quick(engine: Engine) -> None:
    put(engine, *basics())
    with read(engine) as connection:
        data_version(connection, COUNTY)
        begun = time.process_time()
        for _ in range(50):
            data_version(connection, COUNTY)
        each = (time.process_time() - begun) / 50
    # One millisecond on a quiet machine; a busy one may take some times longer.
    assert each < 0.005


def test_a_database_that_is_away_is_said_to_be_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    away = make_engine(f"sqlite:///{tmp_path / 'xushi.db'}")
    (tmp_path / "xushi.db").mkdir()
    with pytest.raises(DatabaseUnreachable) as fault, read(away) as connection:
        counties(connection)
    assert "xushi.db" in fault.value.sentence("zh")
    refused = make_engine("postgresql://someone:secret@127.0.0.1:9/none")
    with pytest.raises(DatabaseUnreachable) as fault, read(refused) as connection:
        counties(connection)
    assert "secret" not in fault.value.sentence("en")
    away.dispose()
    refused.dispose()


def test_a_broken_connection_is_said_to_be_broken(postgres_engine: Engine) -> None:
    with pytest.raises(DatabaseUnreachable), read(postgres_engine) as connection:
        number = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
        administrator = create_engine(postgres_engine.url)
        with administrator.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({number})")
        administrator.dispose()
        counties(connection)
    with read(postgres_engine) as connection:
        assert counties(connection) == []


def test_a_file_that_is_something_else_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    path.write_bytes(b"PK\x03\x04 no database" * 100)
    engine = make_engine(f"sqlite:///{path}")
    for look in (read, write):
        with pytest.raises(NotADatabase), look(engine) as connection:
            counties(connection)
    engine.dispose()
    assert path.read_bytes() == b"PK\x03\x04 no database" * 100


def test_a_database_that_may_only_be_read_is_said_to_be(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        name = connection.engine.url.database
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        connection.commit()
    postgres_engine.dispose()
    with pytest.raises(DatabaseReadOnly) as refused, write(postgres_engine) as connection:
        stamp(connection, COUNTY, moment(1, 1))
    assert "没有写入" in refused.value.remedy("zh")
    with read(postgres_engine) as connection:
        assert counties(connection) == []


def test_a_database_without_tables_is_said_to_be_old(bare_engine: Engine) -> None:
    with write(bare_engine):
        pass
    with pytest.raises(SchemaTooOld), read(bare_engine) as connection:
        counties(connection)


def test_a_file_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(DatabaseMissing), read(engine):
        pass
    assert schema_state(engine) is SchemaState.EMPTY
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_waits_too_long_is_told_so(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "BUSY_MILLISECONDS", 50)
    impatient = make_engine(str(sqlite_engine.url))
    with write(sqlite_engine) as connection:
        stamp(connection, COUNTY, moment(2, 1))
        with pytest.raises(DatabaseBusy), write(impatient):
            pass
    impatient.dispose()


def test_a_statement_that_takes_too_long_is_stopped(postgres_engine: Engine) -> None:
    hurried = make_engine(postgres_engine.url.render_as_string(hide_password=False), statement_seconds=1)
    with pytest.raises(DatabaseBusy), read(hurried) as connection:
        connection.exec_driver_sql("SELECT pg_sleep(3)")
    hurried.dispose()


def test_another_fault_stays_what_it_is(engine: Engine) -> None:
    row = {"county": COUNTY, "name": "x", "recorded_at": moment(2, 1), "value": None, "author": "甲"}
    with pytest.raises(IntegrityError), write(engine) as connection:
        connection.execute(setting.insert(), [row])


def test_sqlite_is_set_to_lose_nothing(sqlite_engine: Engine) -> None:
    with read(sqlite_engine) as connection:
        held = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert held == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_pages_and_keys_are_sound(engine: Engine) -> None:
    put(engine, *basics())
    with read(engine) as connection:
        assert dialect.faults(connection) == []


def test_only_tables_that_grew_are_counted_again(engine: Engine) -> None:
    """The nation's units must not be read again for each county that is summed anew."""
    put(engine, *basics(), indicator("count"))
    villages = [village for of in VILLAGES.values() for village in of]
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("ANALYZE"):
            said.append(statement)

    with write(engine) as connection:
        dialect.refresh_statistics(connection)
        event.listen(engine, "before_cursor_execute", note)
        dialect.refresh_statistics(connection)
        unchanged = list(said)
        hand_in(connection, [report("count", each, JANUARY, 1) for each in villages], at=moment(2, 3))
        dialect.refresh_statistics(connection)
    event.remove(engine, "before_cursor_execute", note)
    if engine.dialect.name == "sqlite":
        assert unchanged == []
        assert "ANALYZE report" in said and "ANALYZE unit" not in said
    else:
        # PostgreSQL takes a sample of each table, however large.
        assert set(said) == {"ANALYZE"}


def test_an_upsert_writes_anew_where_the_key_exists(engine: Engine) -> None:
    rows = [{"county": COUNTY, "version": number, "newest": moment(2, 1)} for number in (1, 7)]
    with write(engine) as connection:
        for row in rows:
            connection.execute(dialect.upsert(connection, version_table, ("county",)), [row])
        assert connection.scalar(select(version_table.c.version)) == 7


def test_moments_need_a_zone(engine: Engine) -> None:
    with pytest.raises(Exception, match="time zone"), write(engine) as connection:
        connection.execute(update(version_table).values(newest=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "XUSHI_COUNTY", "XUSHI_POOL_SIZE"):
        monkeypatch.delenv(name, raising=False)
    assert load_settings().database_url == f"sqlite:///{DEFAULT_DATABASE}"
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@db/xushi")
    monkeypatch.setenv("XUSHI_COUNTY", "990521")
    held = load_settings()
    assert (held.database_url, held.county) == ("postgresql://u:p@db/xushi", "990521")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "secret-not-an-address"),
        ("DATABASE_URL", "mysql://u:secret@db/x"),
        ("XUSHI_POOL_SIZE", "many-secret"),
        ("XUSHI_COUNTY", "secret"),
        ("XUSHI_DRAW_AHEAD", "secret"),
    ],
)
def test_a_bad_setting_is_named_and_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingInvalid) as fault:
        load_settings()
    for lang in ("zh", "en"):
        assert name in fault.value.sentence(lang) and "secret" not in fault.value.sentence(lang)
    assert set(BACKENDS) == {"sqlite", "postgresql"}


def _kinds(of: type[UserFacing] = UserFacing) -> list[type[UserFacing]]:
    return [kind for each in of.__subclasses__() for kind in (each, *_kinds(each))]


def test_every_error_says_what_happened_and_what_to_do_in_both_languages() -> None:
    ours = [kind for kind in _kinds() if kind.__module__ == "data_access.errors"]
    assert len(ours) > 10
    assert len({kind.code for kind in ours}) == len(ours)
    for kind in ours:
        fault = kind(*["unit"] * len(kind.fields))
        for lang in ("zh", "en"):
            said = fault.sentence(lang) + fault.remedy(lang)
            assert "{" not in said and fault.sentence(lang) and fault.remedy(lang)
        assert str(fault) == fault.sentence("en")
    assert all(zh != en for zh, en in TERMS.values())


def test_the_counties_are_found_without_reading_every_unit(sqlite_engine: Engine) -> None:
    """Whatever the planner was last told of how many units there are."""
    put(sqlite_engine, *basics())
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    with write(sqlite_engine) as connection:
        dialect.refresh_statistics(connection)
        event.listen(sqlite_engine, "before_cursor_execute", note)
        assert counties(connection) == [COUNTY]
        event.remove(sqlite_engine, "before_cursor_execute", note)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}", ("county",)).all()
    assert [row[3] for row in plan] == ["SEARCH unit USING COVERING INDEX ix_unit_level (level=?)"]
