"""The only file that names an engine's differences: connecting, locking, upserts, statistics."""

import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, event, func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.sql.dml import Insert

from data_access.schema import metadata

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BUSY_MILLISECONDS = 5000
CONNECT_SECONDS = 3
# Rebuilding a county or migrating takes longer than any page may.
WRITE_SECONDS = 600
# How many times as many rows, or as few, make the planner's counts worthless.
GROWN = 2
# 55P03 lock not available, 57014 statement timeout, 40001 serialisation, 40P01 deadlock.
BUSY_STATES = ("55P03", "57014", "40001", "40P01")


def driver_url(url: URL) -> URL:
    """The address with the driver that Xushi uses."""
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == POSTGRESQL else url


def engine_options(url: URL, pool_size: int, statement_seconds: int) -> dict[str, Any]:
    """Arguments of `create_engine` for this address."""
    options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": pool_size}
    if url.get_backend_name() == POSTGRESQL:
        timeout = f"-c statement_timeout={statement_seconds * 1000}"
        options["pool_pre_ping"] = True
        options["connect_args"] = {"connect_timeout": CONNECT_SECONDS, "options": timeout}
    return options


def is_missing(url: URL) -> bool:
    """Whether the database is a file that is not there: SQLite would make an empty one on the first look."""
    name = url.database
    is_file = url.get_backend_name() == SQLITE and name not in (None, "", ":memory:")
    return is_file and not Path(str(name)).exists()


def prepare(engine: Engine) -> None:
    """Hang the engine's own habits on its connections."""
    if engine.dialect.name == SQLITE:
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _configure_sqlite(dbapi_connection: Any, _record: object) -> None:
    # The driver's own transactions begin late and never IMMEDIATE: take them over.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA cache_size = -16384",
        "PRAGMA temp_store = MEMORY",
    ):
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads before it writes fails at once when another has written between.
    is_writer = connection.get_execution_options().get("is_writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


def reading(connection: Connection) -> Connection:
    """The connection set up to read one state of the database throughout a transaction."""
    if connection.dialect.name == POSTGRESQL:
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection


def writing(connection: Connection) -> Connection:
    """The connection set up to write."""
    return connection.execution_options(is_writer=True)


def begin_writing(connection: Connection) -> None:
    """Give a writer its time; call inside the transaction."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.set_config("statement_timeout", f"{WRITE_SECONDS * 1000}", True)))


def lock(connection: Connection, name: str) -> None:
    """Wait until no other transaction holds the lock of this name; held until the transaction ends.

    On SQLite a writer already holds the whole database from BEGIN IMMEDIATE on.
    """
    if connection.dialect.name == POSTGRESQL:
        digest = hashlib.sha256(name.encode()).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def upsert(connection: Connection, table: Table, keys: tuple[str, ...]) -> Insert:
    """An insert that writes the other columns anew where the keys exist."""
    is_postgresql = connection.dialect.name == POSTGRESQL
    statement = postgresql.insert(table) if is_postgresql else sqlite.insert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def insert_missing(connection: Connection, table: Table) -> Insert:
    """An insert that leaves rows alone whose key exists."""
    if connection.dialect.name == POSTGRESQL:
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def refresh_statistics(connection: Connection) -> None:
    """Let the planner count again the tables that have grown or shrunk much since it last did."""
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("ANALYZE")
        return
    # SQLite reads every row to count, all the nation's units too; its samples mislead it where one
    # county holds all rows.
    held = inspect(connection).has_table("sqlite_stat1")
    stats = connection.exec_driver_sql("SELECT tbl, stat FROM sqlite_stat1").all() if held else []
    counted = {name: int(stat.split()[0]) for name, stat in stats}
    for table in metadata.sorted_tables:
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        before = counted.get(table.name, 0)
        if not before / GROWN <= rows <= before * GROWN:
            connection.exec_driver_sql(f"ANALYZE {table.name}")


def make_fact_statistics(connection: Connection) -> None:
    """Tell PostgreSQL's planner that a village belongs to one township; part of the first migration."""
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql(
            "CREATE STATISTICS st_report (ndistinct) ON county, township, indicator, unit FROM report"
        )


def only_add(connection: Connection, table: str) -> None:
    """Let the database itself refuse to change or delete rows of a table; part of the migration that makes it."""
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql(
            f"CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'rows of {table} are only added to'; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_is_kept()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_is_kept_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added to'); END"
        )


def faults(connection: Connection) -> list[str]:
    """What the engine finds wrong with its stored pages and keys. PostgreSQL guards both by itself."""
    if connection.dialect.name != SQLITE:
        return []
    pages = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    orphans = [
        f"{table} {row} → {parent}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return [line for line in pages if line != "ok"] + orphans


def is_unreachable(fault: DBAPIError) -> bool:
    """Whether a fault means that the connection is gone or never was."""
    if fault.connection_invalidated:
        return True
    state = getattr(fault.orig, "sqlstate", None)
    return isinstance(fault, OperationalError) and (
        "unable to open database file" in str(fault.orig)
        or (state is not None and state[:2] in ("08", "57") and state != "57014")
    )


def is_foreign(fault: DBAPIError) -> bool:
    """Whether a fault means that the file is no database at all."""
    return "file is not a database" in str(fault.orig)


def is_read_only(fault: DBAPIError) -> bool:
    """Whether a fault means that nothing may be written."""
    state = getattr(fault.orig, "sqlstate", None)
    return state in ("25006", "42501") or "readonly database" in str(fault.orig)


def is_busy(fault: DBAPIError) -> bool:
    """Whether a fault means that another writer was in the way for too long."""
    return "database is locked" in str(fault.orig) or getattr(fault.orig, "sqlstate", None) in BUSY_STATES


def is_without_tables(fault: DBAPIError) -> bool:
    """Whether a fault means that a table or column is not there."""
    state = getattr(fault.orig, "sqlstate", None)
    return state in ("42P01", "42703") or "no such table" in str(fault.orig)
