"""The directory: units, people, definitions and the calendar, each as the version in force on a day."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import CTE, Connection, Select, func, or_, select

from data_access import frames
from data_access.expressions import fenced
from data_access.frames import Columns, query
from data_access.schema import (
    checklist,
    department,
    department_alias,
    duty,
    indicator_department,
    indicator_version,
    person,
    setting,
    unit,
    unit_ancestor,
    unit_base,
    unit_tag,
    unit_version,
    workday,
)
from data_access.scope import Scope
from data_access.tree import OPEN_MOMENT, tree_of
from data_access.versions import in_force, recorded_by
from metrics.board import INDICATOR_COLUMNS
from metrics.vocabulary import Cadence, Level

UNITS: Columns = {
    "code": "str",
    "level": "str",
    "parent": "str",
    "township": "str",
    "name": "str",
    "kind": "str",
    "sort": "Int64",
    "households": "Int64",
    "persons": "Int64",
}
DEPARTMENTS: Columns = {"code": "str", "name": "str", "short_name": "str", "sort": "Int64"}
PERSONS: Columns = {
    "code": "str",
    "name": "str",
    "post": "str",
    "phone": "str",
    "unit": "str",
    "department": "str",
}
DUTIES: Columns = {
    "person": "str",
    "role": "str",
    "unit": "str",
    "department": "str",
    "indicator": "str",
    "valid_from": "object",
    "valid_to": "object",
}
WORKDAYS: Columns = {"day": "object", "is_work": "bool", "note": "str"}
SETTINGS: Columns = {"name": "str", "value": "str"}
CHECKLISTS: Columns = {"indicator": "str", "item": "str", "name": "str", "sort": "Int64"}
WHOLE_NUMBERS = ("scale", "due_day", "sort", "lowest", "highest")
MARKS = ("lower_is_better", "is_key", "is_whole", "is_ratio")


@dataclass(frozen=True)
class Directory:
    """What everything is called on one day, as known at one moment.

    `units` has board.UNIT_COLUMNS, then `households`, `persons` (newest year up to the day) and `tags`
    (a tuple); `indicators` has board.INDICATOR_COLUMNS, then `lowest`, `highest` and `shared` (a tuple of
    department codes); `departments` carries its `aliases` (a tuple). Frames are shared between readers:
    never change one in place.
    """

    county: str
    day: date
    known_at: datetime | None
    units: pd.DataFrame
    departments: pd.DataFrame
    persons: pd.DataFrame
    duties: pd.DataFrame
    indicators: pd.DataFrame
    workdays: pd.DataFrame
    settings: pd.DataFrame
    checklists: pd.DataFrame


def read_directory(
    connection: Connection,
    scope: Scope,
    *,
    day: date,
    known_at: datetime | None = None,
    year: int | None = None,
) -> Directory:
    """Read the directory of a county. A part of it shows the units of the scope and those above them.

    Of a `year` that was over by the day an indicator that began only after it is no part.
    """
    return Directory(
        county=scope.county,
        day=day,
        known_at=known_at,
        units=_units(connection, scope, day, known_at),
        departments=_departments(connection, scope, known_at),
        persons=query(connection, _persons(scope, day, known_at), PERSONS),
        duties=query(connection, _duties(scope, day, known_at), DUTIES),
        indicators=_indicators(connection, scope, day, known_at, year),
        workdays=read_workdays(connection, known_at),
        settings=query(connection, _settings(scope, known_at), SETTINGS),
        checklists=query(connection, _checklists(scope, day, known_at), CHECKLISTS),
    )


def _units(connection: Connection, scope: Scope, day: date, known_at: datetime | None) -> pd.DataFrame:
    units = query(connection, _unit_rows(scope, day, known_at), UNITS)
    tags: dict[str, list[str]] = {}
    held = in_force(unit_tag, ("unit", "tag"), scope.common(unit_tag), day=day, known_at=known_at)
    for code, tag in connection.execute(select(held.c.unit, held.c.tag).order_by(held.c.tag)):
        tags.setdefault(code, []).append(tag)
    return units.assign(tags=frames.objects(tuple(tags.get(code, ())) for code in units["code"]))


def _unit_rows(scope: Scope, day: date, known_at: datetime | None) -> Select:
    # Each part is worked out once: PostgreSQL takes them for one row each and would repeat them for every unit.
    versions = in_force(unit_version, ("unit",), scope.common(unit_version), day=day, known_at=known_at)
    held, base = fenced(select(versions), "held_unit"), _bases(scope, day, known_at)
    above = unit.alias("above")
    township = fenced(
        select(unit_ancestor.c.unit, unit_ancestor.c.ancestor)
        .join(above, above.c.code == unit_ancestor.c.ancestor)
        .where(scope.common(unit_ancestor), above.c.level == Level.TOWNSHIP, *tree_of(day, known_at)),
        "township",
    )
    statement = (
        select(
            held.c.unit,
            unit.c.level,
            held.c.parent,
            township.c.ancestor,
            held.c.name,
            held.c.kind,
            held.c.sort,
            base.c.households,
            base.c.persons,
        )
        .select_from(held)
        .join(unit, unit.c.code == held.c.unit)
        .outerjoin(township, township.c.unit == held.c.unit)
        .outerjoin(base, base.c.unit == held.c.unit)
        .order_by(held.c.sort, held.c.unit)
    )
    if scope.sees_all_units:
        return statement
    return statement.where(or_(held.c.unit.in_(scope.subtree()), held.c.unit.in_(_above(scope))))


def _above(scope: Scope) -> Select:
    """The units a part of the county lies in: their names say where a reader is."""
    below = unit_ancestor.alias("below")
    return select(below.c.ancestor).where(
        scope.common(below), below.c.unit.in_(scope.subtree()), below.c.superseded_at == OPEN_MOMENT
    )


def _bases(scope: Scope, day: date, known_at: datetime | None) -> CTE:
    """Households and persons of the newest year up to the day."""
    held = in_force(
        unit_base,
        ("unit", "year"),
        scope.common(unit_base),
        unit_base.c.year <= day.year,
        known_at=known_at,
    )
    place = func.row_number().over(partition_by=held.c.unit, order_by=held.c.year.desc())
    ranked = select(held.c.unit, held.c.households, held.c.persons, place.label("place")).subquery(
        "ranked_base"
    )
    names = (ranked.c.unit, ranked.c.households, ranked.c.persons)
    return fenced(select(*names).where(ranked.c.place == 1), "base")


def _departments(connection: Connection, scope: Scope, known_at: datetime | None) -> pd.DataFrame:
    held = in_force(department, ("code",), scope.common(department), known_at=known_at)
    statement = select(held.c.code, held.c.name, held.c.short_name, held.c.sort)
    departments = query(connection, statement.order_by(held.c.sort, held.c.code), DEPARTMENTS)
    also = select(department_alias.c.department, department_alias.c.alias).where(
        scope.common(department_alias), *recorded_by(department_alias, known_at)
    )
    aliases: dict[str, list[str]] = {}
    for code, alias in connection.execute(also.order_by(department_alias.c.alias)):
        aliases.setdefault(code, []).append(alias)
    return departments.assign(
        aliases=frames.objects(tuple(aliases.get(code, ())) for code in departments["code"])
    )


def _duties(scope: Scope, day: date, known_at: datetime | None, columns: Columns = DUTIES) -> Select:
    keys = ("person", "role", "unit", "department", "indicator", "valid_from")
    held = in_force(duty, keys, scope.common(duty), known_at=known_at)
    return (
        select(*(held.c[name] for name in columns))
        .where(held.c.valid_from <= day, or_(held.c.valid_to.is_(None), held.c.valid_to >= day))
        .where(scope.sees(held, unit=held.c.unit, indicator=held.c.indicator, department=held.c.department))
        .order_by(held.c.id)
    )


def _persons(scope: Scope, day: date, known_at: datetime | None) -> Select:
    held = in_force(person, ("code",), scope.common(person), known_at=known_at)
    statement = select(*(held.c[name] for name in PERSONS)).order_by(held.c.code)
    if scope.is_whole:
        return statement
    in_charge = _duties(scope, day, known_at, {"person": "str"}).order_by(None)
    own = scope.sees(held, unit=held.c.unit, department=held.c.department)
    return statement.where(or_(own, held.c.code.in_(in_charge)))


def _indicators(
    connection: Connection, scope: Scope, day: date, known_at: datetime | None, year: int | None
) -> pd.DataFrame:
    held = in_force(
        indicator_version, ("indicator",), scope.common(indicator_version), day=day, known_at=known_at
    )
    names = [name for name in INDICATOR_COLUMNS if name != "lead"]
    columns = [held.c.indicator, *(held.c[name] for name in names[1:]), held.c.lowest, held.c.highest]
    statement = select(*columns).order_by(held.c.sort, held.c.indicator)
    if year is not None and year < day.year:
        begun = in_force(
            indicator_version,
            ("indicator",),
            scope.common(indicator_version),
            day=date(year, 12, 31),
            known_at=known_at,
            name="begun",
        )
        statement = statement.where(held.c.indicator.in_(select(begun.c.indicator)))
    dtypes: Columns = {name: _indicator_dtype(name) for name in [*names, "lowest", "highest"]}
    indicators = query(connection, statement, dtypes)
    lead, shared = _responsible(connection, scope, day, known_at)
    indicators = indicators.assign(
        lead=pd.array([lead.get(code) for code in indicators["code"]], dtype="str"),
        shared=frames.objects(tuple(shared.get(code, ())) for code in indicators["code"]),
    )
    return indicators[[*INDICATOR_COLUMNS, "lowest", "highest", "shared"]]


def _indicator_dtype(name: str) -> frames.Dtype:
    if name in WHOLE_NUMBERS:
        return "Int64"
    return "bool" if name in MARKS else "str"


def _responsible(
    connection: Connection, scope: Scope, day: date, known_at: datetime | None
) -> tuple[dict[str, str], dict[str, list[str]]]:
    held = in_force(
        indicator_department,
        ("indicator", "department"),
        scope.common(indicator_department),
        day=day,
        known_at=known_at,
    )
    lead: dict[str, str] = {}
    shared: dict[str, list[str]] = {}
    statement = select(held.c.indicator, held.c.department, held.c.role).order_by(held.c.department)
    for code, office, role in connection.execute(statement):
        if role == "lead":
            lead[code] = office
        else:
            shared.setdefault(code, []).append(office)
    return lead, shared


def read_workdays(connection: Connection, known_at: datetime | None) -> pd.DataFrame:
    """The days on which the week's rule does not hold. `WORKDAYS`."""
    held = in_force(workday, ("day",), known_at=known_at)
    statement = select(held.c.day, held.c.is_work, held.c.note).order_by(held.c.day)
    return query(connection, statement, WORKDAYS)


def read_due_day(connection: Connection, county: str, cadence: Cadence, day: date) -> int | None:
    """The earliest due day of the county's indicators of one cadence; None where it has none of them."""
    of_county = indicator_version.c.county == county
    held = in_force(indicator_version, ("indicator",), of_county, day=day)
    return connection.scalar(select(func.min(held.c.due_day)).where(held.c.cadence == cadence))


def _settings(scope: Scope, known_at: datetime | None) -> Select:
    held = in_force(setting, ("name",), scope.common(setting), known_at=known_at)
    return select(held.c.name, held.c.value).order_by(held.c.name)


def _checklists(scope: Scope, day: date, known_at: datetime | None) -> Select:
    held = in_force(checklist, ("indicator", "item"), scope.common(checklist), day=day, known_at=known_at)
    statement = select(held.c.indicator, held.c.item, held.c.name, held.c.sort)
    return statement.order_by(held.c.indicator, held.c.sort, held.c.item)
