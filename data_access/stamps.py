"""How often a county was written to, and the newest moment it knows of: what caches are keyed by."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from data_access.errors import BeforeSnapshot
from data_access.schema import data_version as table
from data_access.snapshots import snapshot_after

# What all counties share (the work-day calendar) is counted under no county at all.
EVERY_COUNTY = ""


def data_version(connection: Connection, county: str) -> int:
    """A number that grows with every write that this county's pages may show."""
    statement = select(func.sum(table.c.version)).where(table.c.county.in_((county, EVERY_COUNTY)))
    return int(connection.scalar(statement) or 0)


def newest_moment(connection: Connection, county: str) -> datetime | None:
    """The latest moment at which anything of the county was recorded; None before the first write."""
    return connection.scalar(select(table.c.newest).where(table.c.county == county))


def newest_shown(connection: Connection, county: str) -> datetime | None:
    """The latest moment at which anything was recorded that the county's pages may show, the calendar included."""
    held = table.c.county.in_((county, EVERY_COUNTY))
    return connection.scalar(select(func.max(table.c.newest)).where(held))


def earlier_moment(connection: Connection, county: str, known_at: datetime | None) -> datetime | None:
    """The moment asked for, or None where all that is known by now was known then."""
    newest = newest_moment(connection, county)
    return None if known_at is None or newest is None or known_at >= newest else known_at


def stamp(connection: Connection, county: str, moment: datetime) -> None:
    """Count one write. Call it in the write's own transaction, under the county's lock.

    `BeforeSnapshot` where a snapshot was made since the moment: what it says would no longer be all that was known.
    """
    made = snapshot_after(connection, county, moment)
    if made is not None:
        raise BeforeSnapshot(made[0], made[1].isoformat(timespec="seconds"))
    own = table.c.county == county
    newest = newest_moment(connection, county)
    if newest is None:
        connection.execute(insert(table).values(county=county, version=1, newest=moment))
        return
    later = max(newest, moment)
    connection.execute(update(table).where(own).values(version=table.c.version + 1, newest=later))
