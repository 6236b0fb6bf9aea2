"""Units: their place in the tree, their tags, their households and persons."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from data_access.dialect import insert_missing
from data_access.errors import ConflictingRecords, NotFound, TreeBroken
from data_access.records import UnitRecord
from data_access.schema import unit, unit_base, unit_tag, unit_version
from data_access.touches import Touch
from data_access.versions import in_force
from data_access.writing.context import Writing
from data_access.writing.documents import Document, append
from metrics.vocabulary import Level

UNIT = Document("unit", unit_version, ("unit",), ("parent", "name", "kind", "sort"))
TAG = Document("tag", unit_tag, ("unit", "tag"), ())
BASE = Document("base", unit_base, ("unit", "year"), ("households", "persons"))
OWN_LEVELS = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def write_units(writing: Writing, records: Sequence[UnitRecord]) -> None:
    """Write units with tags and bases. Raises `TreeBroken`, `NotFound` (parent), `ConflictingRecords`."""
    _register(writing, records)
    fresh = append(writing, UNIT, [_version(record) for record in records])
    fresh_tags = append(writing, TAG, _tags(writing, records))
    append(writing, BASE, [_base(record) for record in records if _has_base(record)])
    if fresh:
        writing.moved_units = True
    changed = [row["valid_from"] for row in (*fresh, *fresh_tags)]
    if changed:
        writing.touches.append(Touch(None, None, min(changed)))


def _register(writing: Writing, records: Sequence[UnitRecord]) -> None:
    known = {
        row.code: row
        for row in writing.connection.execute(
            select(unit).where(unit.c.code.in_(sorted({record.code for record in records})))
        )
    }
    for record in records:
        held = known.get(record.code)
        if held is None:
            continue
        if held.level != record.level:
            raise TreeBroken(record.code)
        if held.county != writing.county and record.level in OWN_LEVELS:
            raise ConflictingRecords("unit", record.code)
    rows = [{"code": record.code, "county": writing.county, "level": record.level} for record in records]
    if rows:
        writing.connection.execute(insert_missing(writing.connection, unit), rows)
    _require_parents(writing, records)


def _require_parents(writing: Writing, records: Sequence[UnitRecord]) -> None:
    """A parent is known and of a higher level; a village lies in a township, whose sum it goes into."""
    parents = sorted({record.parent for record in records if record.parent is not None})
    statement = select(unit.c.code, unit.c.level).where(unit.c.code.in_(parents))
    levels = {code: Level(level) for code, level in writing.connection.execute(statement)}
    missing = sorted(set(parents) - levels.keys())
    if missing:
        raise NotFound("unit", "、".join(missing))
    order = list(Level)
    for record in records:
        if record.withdrawn:
            continue
        above = None if record.parent is None else levels[record.parent]
        is_village = record.level is Level.VILLAGE
        is_too_low = above is not None and order.index(above) >= order.index(record.level)
        if is_too_low or (is_village and above is not Level.TOWNSHIP):
            raise TreeBroken(record.code)


def _version(record: UnitRecord) -> dict[str, Any]:
    return {
        "unit": record.code,
        "valid_from": record.valid_from,
        "parent": record.parent,
        "name": record.name,
        "kind": record.kind,
        "sort": record.sort,
        "withdrawn": record.withdrawn,
    }


def _tags(writing: Writing, records: Sequence[UnitRecord]) -> list[dict[str, Any]]:
    """The tags of each record, and the end of those it no longer names."""
    rows = [_tag(record, tag, withdrawn=False) for record in records for tag in record.tags]
    days = {record.valid_from for record in records}
    for day in days:
        held = in_force(
            unit_tag,
            ("unit", "tag"),
            unit_tag.c.county == writing.county,
            day=day,
            known_at=writing.recorded_at,
        )
        named = {record.code: record for record in records if record.valid_from == day}
        for code, tag in writing.connection.execute(select(held.c.unit, held.c.tag)):
            if code in named and tag not in named[code].tags:
                rows.append(_tag(named[code], tag, withdrawn=True))
    return rows


def _tag(record: UnitRecord, tag: str, *, withdrawn: bool) -> dict[str, Any]:
    return {"unit": record.code, "tag": tag, "valid_from": record.valid_from, "withdrawn": withdrawn}


def _has_base(record: UnitRecord) -> bool:
    return record.households is not None or record.persons is not None


def _base(record: UnitRecord) -> dict[str, Any]:
    return {
        "unit": record.code,
        "year": record.valid_from.year,
        "households": record.households,
        "persons": record.persons,
    }
