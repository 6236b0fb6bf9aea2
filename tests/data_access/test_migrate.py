"""The structure in the database is the one in the code, on both engines, however often it is made."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    Table,
    delete,
    func,
    inspect,
    select,
    text,
    update,
)

from data_access import migrate as migrations
from data_access.engine import read, write
from data_access.errors import SchemaTooNew, SchemaTooOld
from data_access.migrate import SchemaState, migrate, require_current, schema_state
from data_access.rollup import check
from data_access.schema import metadata, rollup
from metrics.judge import judge
from tests.data_access.boards import board
from tests.data_access.county import COUNTY, VILLAGES, basics, indicator, put, target


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, metadata)


def test_migrations_make_what_the_metadata_says(engine: Engine) -> None:
    with read(engine) as connection:
        assert _differences(connection) == []


def test_the_comparison_can_fail(engine: Engine) -> None:
    Table("forgotten", metadata, Column("id", Integer, primary_key=True))
    try:
        with read(engine) as connection:
            assert _differences(connection) != []
    finally:
        metadata.remove(metadata.tables["forgotten"])


def test_constraints_carry_their_names(engine: Engine) -> None:
    with read(engine) as connection:
        held = inspect(connection)
        for table in metadata.sorted_tables:
            assert held.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
            named = {key["name"] for key in held.get_foreign_keys(table.name)}
            assert named == {key.name for key in table.foreign_key_constraints}
            unique = {each["name"] for each in held.get_unique_constraints(table.name)}
            check = {each["name"] for each in held.get_check_constraints(table.name)}
            ours = {str(each.name) for each in table.constraints if each.name}
            assert unique | check <= ours


def test_states_are_told_apart(bare_engine: Engine) -> None:
    assert schema_state(bare_engine) is SchemaState.EMPTY
    with write(bare_engine):
        pass
    with pytest.raises(SchemaTooOld):
        require_current(bare_engine)
    migrate(bare_engine)
    assert schema_state(bare_engine) is SchemaState.CURRENT
    require_current(bare_engine)
    migrate(bare_engine)
    assert schema_state(bare_engine) is SchemaState.CURRENT


def test_an_older_database_has_its_sums_made_anew(bare_engine: Engine) -> None:
    migrate(bare_engine)
    villages = [village for of in VILLAGES.values() for village in of]
    put(bare_engine, *basics(), indicator("count"), *(target("count", village, 10) for village in villages))
    with write(bare_engine) as connection:
        # As the first structure had it: townships and above, nothing that was said.
        connection.execute(delete(rollup).where(rollup.c.ancestor.in_(villages)))
        for name in ("quality", "high", "text"):
            connection.execute(text(f"ALTER TABLE rollup DROP COLUMN {name}"))
        connection.execute(text("DROP INDEX ix_unit_level"))
        connection.execute(text("DROP INDEX ix_checklist_mark_submission"))
        connection.execute(text("ALTER TABLE checklist_mark DROP COLUMN submission"))
        _forget_what_came_after_0004(connection)
    _stamp(bare_engine, "0001")
    assert schema_state(bare_engine) is SchemaState.OLD
    migrate(bare_engine)
    with read(bare_engine) as connection:
        assert check(connection, COUNTY) == [] and _differences(connection) == []
        assert connection.scalar(select(func.count()).where(rollup.c.ancestor.in_(villages)))


def test_targets_of_an_older_database_mean_what_they_meant(bare_engine: Engine) -> None:
    migrate(bare_engine)
    villages = [village for of in VILLAGES.values() for village in of]
    put(bare_engine, *basics(), indicator("count"), *(target("count", village, 10) for village in villages))
    before = judge(board(bare_engine))
    with write(bare_engine) as connection:
        _forget_what_came_after_0004(connection)
    _stamp(bare_engine, "0004")
    migrate(bare_engine)
    with read(bare_engine) as connection:
        assert check(connection, COUNTY) == [] and _differences(connection) == []
    assert judge(board(bare_engine)).equals(before)


def test_a_later_structure_is_left_alone(bare_engine: Engine) -> None:
    migrate(bare_engine)
    _stamp(bare_engine, "9999")
    assert schema_state(bare_engine) is SchemaState.NEW
    with pytest.raises(SchemaTooNew):
        migrate(bare_engine)
    with pytest.raises(SchemaTooNew):
        require_current(bare_engine)


def test_two_migrating_at_once_make_it_once(bare_engine: Engine) -> None:
    start = threading.Barrier(2)
    faults: list[BaseException] = []

    def run() -> None:
        start.wait()
        try:
            migrate(bare_engine)
        except BaseException as fault:  # noqa: BLE001 a thread's fault must reach the test
            faults.append(fault)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert schema_state(bare_engine) is SchemaState.CURRENT


def test_a_broken_migration_leaves_nothing(bare_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(bare_engine)
    assert schema_state(bare_engine) is SchemaState.EMPTY
    with read(bare_engine) as connection:
        assert "report" not in inspect(connection).get_table_names()


def _forget_what_came_after_0004(connection: Connection) -> None:
    """The structure before targets were counted from anything, before agendas, snapshots and notices."""
    for table, names in {
        "target": ("measured_from", "reference", "minimum"),
        "indicator_version": ("pair",),
    }.items():
        for name in names:
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
    connection.execute(text("DROP TABLE outside_figure"))
    connection.execute(text("DROP TABLE agenda"))
    newer = ("notice_event", "notice_file", "notice_wording", "notice", "snapshot")
    for table in newer:
        connection.execute(text(f"DROP TABLE {table}"))
    if connection.dialect.name == "postgresql":
        for table in newer:
            connection.execute(text(f"DROP FUNCTION {table}_is_kept"))


def _stamp(engine: Engine, revision: str) -> None:
    with write(engine) as connection:
        table = migrations.MigrationContext.configure(connection)._version
        connection.execute(update(table).values(version_num=revision))
