"""Snapshots kept: added under the county's lock, read back, and the marks by which a changed record is found."""

import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, insert, select

from data_access.errors import SnapshotDamaged, SnapshotUnknown
from data_access.schema import (
    agenda,
    metadata,
    notice,
    notice_event,
    notice_file,
    notice_wording,
    rollup,
    snapshot,
    submission,
    submission_event,
    unit_ancestor,
)
from data_access.scope import Scope

# What no figure rests on, or what is worked out of the rest.
_PASSED_OVER = frozenset(
    {agenda, notice, notice_event, notice_file, notice_wording, rollup, snapshot, unit_ancestor}
)
_MOMENTS = {submission.name: "submitted_at", submission_event.name: "at"}
_TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Heading:
    """What a snapshot is of and who made it; `number` counts up from 1 in each county.

    `root` is the unit it is of, with all below it; of a department's snapshot `department` is its code, and `root`
    the county. `occasion` is `by_hand` or `monthly`; `version` and `formulas` say which software made it.
    """

    county: str
    number: int
    root: str
    year: int
    as_of: date
    known_at: datetime
    recorded_at: datetime
    author: str
    occasion: str
    version: str
    formulas: str
    department: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is of the whole county."""
        return self.root == self.county and self.department is None

    def content(self) -> dict[str, Any]:
        """The heading as content (`metrics.fingerprints`)."""
        held = asdict(self)
        # In one zone, whichever the moments came in.
        held |= {name: held[name].astimezone(UTC) for name in ("known_at", "recorded_at")}
        # The first snapshots were linked before there were any of departments.
        said = {name: value for name, value in held.items() if value is not None}
        return {name: value if isinstance(value, int) else str(value) for name, value in said.items()}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as listed: its heading, the fingerprint of its content, its place in the chain."""

    heading: Heading
    fingerprint: str
    previous: str
    link: str


def read_snapshots(connection: Connection, scope: Scope) -> list[Snapshot]:
    """The snapshots of the units and departments a reader sees, the newest first."""
    statement = _headings().where(_visible(scope)).order_by(snapshot.c.number.desc())
    return [_snapshot(row) for row in connection.execute(statement).mappings()]


def read_snapshot(connection: Connection, scope: Scope, number: int) -> Snapshot:
    """One snapshot as listed; `SnapshotUnknown` where the reader sees none of that number."""
    row = (
        connection.execute(_headings().where(_visible(scope), snapshot.c.number == number)).mappings().first()
    )
    if row is None:
        raise SnapshotUnknown(number)
    return _snapshot(row)


def read_content(connection: Connection, scope: Scope, number: int) -> bytes:
    """The canonical content of a snapshot, unpacked; `SnapshotDamaged` where it cannot be."""
    read_snapshot(connection, scope, number)
    of_number = (snapshot.c.county == scope.county, snapshot.c.number == number)
    packed = connection.execute(select(snapshot.c.content).where(*of_number)).scalar_one()
    try:
        return zlib.decompress(packed)
    except (zlib.error, TypeError) as fault:
        # SQLite keeps a text where somebody wrote one.
        raise SnapshotDamaged(number) from fault


def add_snapshot(connection: Connection, made: Snapshot, content: bytes) -> None:
    """Keep a snapshot. Call it in the `write` of the county in which its number was asked for."""
    values = asdict(made.heading) | {
        "content": zlib.compress(content, 9),
        "fingerprint": made.fingerprint,
        "previous": made.previous,
        "link": made.link,
    }
    connection.execute(insert(snapshot).values(**values))


def last_link(connection: Connection, county: str) -> tuple[int, str] | None:
    """The number and the link of a county's newest snapshot; None before the first."""
    newest = select(snapshot.c.number, snapshot.c.link).where(snapshot.c.county == county)
    row = connection.execute(newest.order_by(snapshot.c.number.desc()).limit(1)).first()
    return None if row is None else (row.number, row.link)


def read_chain(connection: Connection, county: str) -> list[Snapshot]:
    """Every snapshot of a county, the first one first: for checking how they hang together."""
    statement = _headings().where(snapshot.c.county == county).order_by(snapshot.c.number)
    return [_snapshot(row) for row in connection.execute(statement).mappings()]


def record_marks(connection: Connection, county: str, known_at: datetime) -> dict[str, dict[str, list[Any]]]:
    """Of each table that figures rest on, how many rows were known by a moment, and the fingerprint of them all.

    Apart for each township where rows name a unit, so that a changed row is found by its table and township:
    `{table: {township: [rows, fingerprint]}}`.
    """
    marks: dict[str, dict[str, list[Any]]] = {}
    for table in metadata.sorted_tables:
        moment = _MOMENTS.get(table.name, "recorded_at")
        if table not in _PASSED_OVER and "county" in table.c and moment in table.c:
            held = _marks_of(connection, table, table.c[moment], county, known_at)
            # A table that a later version brings had nothing in it then.
            marks |= {table.name: held} if held else {}
    return marks


def _marks_of(
    connection: Connection, table: Table, moment: Any, county: str, known_at: datetime
) -> dict[str, list[Any]]:
    rows = connection.execute(select(table).where(table.c.county == county, moment <= known_at))
    place = list(table.c.keys()).index("unit") if "unit" in table.c else None
    digests: dict[str, list[bytes]] = {}
    for row in rows:
        owner = "" if place is None else (row[place] or "")[:_TOWNSHIP_DIGITS]
        digests.setdefault(owner, []).append(sha256(repr(tuple(map(_said, row))).encode()).digest())
    # In the order of their digests: engines sort text each in their own way.
    return {
        owner: [len(held), sha256(b"".join(sorted(held))).hexdigest()]
        for owner, held in sorted(digests.items())
    }


def _said(value: Any) -> Any:
    """A value as both engines say it."""
    return value.isoformat() if isinstance(value, date) else value


def _visible(scope: Scope) -> ColumnElement[bool]:
    return scope.sees(snapshot, unit=snapshot.c.root, department=snapshot.c.department)


def _headings() -> Select[Any]:
    return select(*(column for column in snapshot.c if column.name != "content"))


def _snapshot(row: Any) -> Snapshot:
    held = dict(row)
    marks = {name: held.pop(name) for name in ("fingerprint", "previous", "link")}
    return Snapshot(Heading(**held), **marks)


def snapshot_after(connection: Connection, county: str, moment: datetime) -> tuple[int, datetime] | None:
    """A snapshot that would hold a record of this moment, were it not made already: its number and its moment."""
    held = snapshot.c
    whose = held.county == county if county else held.county != ""
    later = select(held.number, held.known_at).where(whose, held.known_at >= moment)
    row = connection.execute(later.order_by(held.known_at.desc()).limit(1)).first()
    return None if row is None else (row.number, row.known_at)
