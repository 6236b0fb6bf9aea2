"""The tree of units with its dates: `unit_ancestor` is derived from `unit_version` here and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from data_access.errors import TreeBroken
from data_access.schema import unit_ancestor, unit_version
from data_access.versions import LAST_DAY, Known

OPEN_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """That `unit` lies below `ancestor` at this depth from a day until (not including) another."""

    ancestor: str
    unit: str
    depth: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class _Stay:
    """A time in which a unit exists under one parent."""

    parent: str | None
    valid_from: date
    valid_to: date


def closure(versions: Iterable[Mapping[str, Any]]) -> set[Place]:
    """Every unit with all its ancestors over all time, itself at depth 0. Raises `TreeBroken` on a circle."""
    stays = _stays(versions)
    known: dict[str, list[Place]] = {}

    def ancestors(unit: str, path: tuple[str, ...]) -> list[Place]:
        if unit in path:
            raise TreeBroken(unit)
        if unit not in known:
            known[unit] = [
                place for stay in stays[unit] for place in _places(unit, stay, path, stays, ancestors)
            ]
        return known[unit]

    return {place for unit in list(stays) for place in _merged(ancestors(unit, ()))}


def _places(unit: str, stay: _Stay, path: tuple[str, ...], stays: Any, ancestors: Any) -> list[Place]:
    own = [Place(unit, unit, 0, stay.valid_from, stay.valid_to)]
    if stay.parent is None or stay.parent not in stays:
        return own
    above = ancestors(stay.parent, (*path, unit))
    for place in above:
        first, last = max(place.valid_from, stay.valid_from), min(place.valid_to, stay.valid_to)
        if first < last:
            own.append(Place(place.ancestor, unit, place.depth + 1, first, last))
    return own


def _stays(versions: Iterable[Mapping[str, Any]]) -> dict[str, list[_Stay]]:
    by_unit: dict[str, dict[date, Mapping[str, Any]]] = defaultdict(dict)
    for version in sorted(versions, key=lambda each: (each["valid_from"], each["recorded_at"])):
        by_unit[version["unit"]][version["valid_from"]] = version
    stays: dict[str, list[_Stay]] = {}
    for unit, dated in by_unit.items():
        ends = [*list(dated)[1:], LAST_DAY]
        stays[unit] = [
            _Stay(version["parent"], first, last)
            for (first, version), last in zip(dated.items(), ends, strict=True)
            if not version["withdrawn"]
        ]
    return stays


def _merged(places: list[Place]) -> list[Place]:
    """Join places that follow one another without a gap: a new name alone does not move a unit."""
    merged: list[Place] = []
    for place in sorted(places):
        last = merged[-1] if merged else None
        same = last and (last.ancestor, last.depth, last.valid_to) == (
            place.ancestor,
            place.depth,
            place.valid_from,
        )
        if last and same:
            merged[-1] = Place(last.ancestor, last.unit, last.depth, last.valid_from, place.valid_to)
        else:
            merged.append(place)
    return merged


def history(versions: list[Mapping[str, Any]]) -> dict[tuple[Place, datetime], datetime]:
    """Each place with the moment it became known and the moment it was superseded, from all versions."""
    rows: dict[tuple[Place, datetime], datetime] = {}
    current: dict[Place, datetime] = {}
    for moment in sorted({version["recorded_at"] for version in versions}):
        held = closure(version for version in versions if version["recorded_at"] <= moment)
        for place in [place for place in current if place not in held]:
            rows[place, current.pop(place)] = moment
        for place in held - current.keys():
            current[place] = moment
    rows.update(dict.fromkeys(current.items(), OPEN_MOMENT))
    return rows


def tree_of(day: date | ColumnElement[date], known_at: Known) -> list[ColumnElement[bool]]:
    """The conditions that a row of `unit_ancestor` holds on a day, as known at a moment."""
    table = unit_ancestor.c
    return [table.valid_from <= day, table.valid_to > day, *tree_known(known_at)]


def tree_known(known_at: Known) -> list[ColumnElement[bool]]:
    """The conditions that a row of `unit_ancestor` was known at a moment, of whatever day it speaks."""
    table = unit_ancestor.c
    if known_at is None:
        return [table.superseded_at == OPEN_MOMENT]
    return [table.recorded_at <= known_at, table.superseded_at > known_at]


def refresh_tree(connection: Connection, county: str) -> bool:
    """Bring `unit_ancestor` in line with `unit_version`; True when anything changed."""
    wanted, stored = history(_versions(connection, county)), stored_tree(connection, county)
    gone = [key for key in stored if key not in wanted]
    fresh = [key for key in wanted if key not in stored]
    moved = [key for key in wanted if key in stored and stored[key] != wanted[key]]
    for place, since in gone:
        connection.execute(delete(unit_ancestor).where(*_is(county, place, since)))
    for place, since in moved:
        connection.execute(
            update(unit_ancestor).where(*_is(county, place, since)).values(superseded_at=wanted[place, since])
        )
    if fresh:
        rows = [_row(county, place, since, wanted[place, since]) for place, since in fresh]
        connection.execute(insert(unit_ancestor), rows)
    return bool(gone or fresh or moved)


def stored_tree(connection: Connection, county: str) -> dict[tuple[Place, datetime], datetime]:
    """`unit_ancestor` as it stands, in the form of `history`."""
    rows = connection.execute(select(unit_ancestor).where(unit_ancestor.c.county == county)).mappings()
    return {
        (
            Place(row["ancestor"], row["unit"], row["depth"], row["valid_from"], row["valid_to"]),
            row["recorded_at"],
        ): row["superseded_at"]
        for row in rows
    }


def wanted_tree(connection: Connection, county: str) -> dict[tuple[Place, datetime], datetime]:
    """`unit_ancestor` as it should stand."""
    return history(_versions(connection, county))


def _versions(connection: Connection, county: str) -> list[Mapping[str, Any]]:
    columns = ("unit", "parent", "valid_from", "recorded_at", "withdrawn")
    statement = select(*(unit_version.c[name] for name in columns)).where(unit_version.c.county == county)
    return [dict(row) for row in connection.execute(statement).mappings()]


def _is(county: str, place: Place, since: datetime) -> list[Any]:
    table = unit_ancestor.c
    return [
        table.county == county,
        table.ancestor == place.ancestor,
        table.unit == place.unit,
        table.valid_from == place.valid_from,
        table.recorded_at == since,
    ]


def _row(county: str, place: Place, since: datetime, until: datetime) -> dict[str, Any]:
    return {
        "county": county,
        "ancestor": place.ancestor,
        "unit": place.unit,
        "depth": place.depth,
        "valid_from": place.valid_from,
        "valid_to": place.valid_to,
        "recorded_at": since,
        "superseded_at": until,
    }
