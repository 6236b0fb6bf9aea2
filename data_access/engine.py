"""Engines, and the two ways to use one: `read` sees one state throughout, `write` commits all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from data_access import dialect
from data_access.errors import (
    DatabaseBusy,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
    NotADatabase,
    SchemaTooOld,
)


def make_engine(url: str, *, pool_size: int = 10, statement_seconds: int = 5) -> Engine:
    """An engine for an SQLite file (its folder is made) or PostgreSQL. Does not connect yet."""
    address = dialect.driver_url(make_url(url))
    if address.get_backend_name() == dialect.SQLITE and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, **dialect.engine_options(address, pool_size, statement_seconds))
    dialect.prepare(engine)
    return engine


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database until the block ends.

    Raises `DatabaseUnreachable`, `DatabaseBusy` or `SchemaTooOld` instead of the driver's errors, and
    `DatabaseMissing` rather than make an empty file.
    """
    if dialect.is_missing(engine.url):
        raise DatabaseMissing(_where(engine))
    with _connected(engine) as connection, _translated(engine):
        reader = dialect.reading(connection)
        with reader.begin():
            yield reader


@contextmanager
def write(engine: Engine, county: str | None = None) -> Iterator[Connection]:
    """A transaction: committed when the block ends, undone when it raises. Errors as in `read`.

    Writers of one county follow one another: SQLite holds other writers back from the beginning,
    PostgreSQL from the county's lock on, taken here when `county` is named and by every write besides.
    """
    with _connected(engine) as connection, _translated(engine):
        writer = dialect.writing(connection)
        with writer.begin():
            dialect.begin_writing(writer)
            if county is not None:
                dialect.lock(writer, county)
            yield writer


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except DBAPIError as fault:
        if isinstance(fault, OperationalError) and not dialect.is_read_only(fault):
            raise DatabaseUnreachable(_where(engine)) from fault
        _raise_as_ours(engine, fault)
    with connection:
        yield connection


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        _raise_as_ours(engine, fault)


def _raise_as_ours(engine: Engine, fault: DBAPIError) -> NoReturn:
    if dialect.is_unreachable(fault):
        raise DatabaseUnreachable(_where(engine)) from fault
    if dialect.is_foreign(fault):
        raise NotADatabase(_where(engine)) from fault
    if dialect.is_read_only(fault):
        raise DatabaseReadOnly(_where(engine)) from fault
    if dialect.is_busy(fault):
        raise DatabaseBusy() from fault
    if dialect.is_without_tables(fault):
        raise SchemaTooOld("—", "—") from fault
    raise fault


def _where(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
