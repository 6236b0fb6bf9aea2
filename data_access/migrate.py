"""Bringing a database to the structure this program needs, and telling which structure it has."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from data_access import dialect
from data_access.engine import read, write
from data_access.errors import SchemaTooNew, SchemaTooOld
from data_access.reads import counties
from data_access.rollup import rebuild

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaState(StrEnum):
    """How a database's structure stands to the program's."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEW = "new"


def migrate(engine: Engine) -> None:
    """Bring the database to the newest structure, derived tables included, in one transaction.

    Safe to run twice or at once. Raises `SchemaTooNew` when a later program made the database.
    """
    with write(engine) as connection:
        dialect.lock(connection, "migrate")
        found = _found(connection)
        if _state(found) is SchemaState.NEW:
            raise SchemaTooNew(found, _needed())
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if _state(found) is SchemaState.OLD:
            # What is derived may mean something else in the newer structure.
            for county in counties(connection):
                rebuild(connection, county)


def schema_state(engine: Engine) -> SchemaState:
    """Whether the database is empty (or its file not there yet), older, as needed, or newer than the program."""
    if dialect.is_missing(engine.url):
        return SchemaState.EMPTY
    with read(engine) as connection:
        return _state(_found(connection))


def require_current(engine: Engine) -> None:
    """Raise `SchemaTooOld` or `SchemaTooNew` unless the structure is the one this program needs."""
    with read(engine) as connection:
        found = _found(connection)
    state = _state(found)
    if state is SchemaState.NEW:
        raise SchemaTooNew(found, _needed())
    if state is not SchemaState.CURRENT:
        raise SchemaTooOld(found or "—", _needed())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _needed() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _state(found: str | None) -> SchemaState:
    if found is None:
        return SchemaState.EMPTY
    if found == _needed():
        return SchemaState.CURRENT
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return SchemaState.OLD if found in known else SchemaState.NEW
