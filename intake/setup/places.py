"""Rows of the sheets about units, departments, persons, duties and work days to records."""

from datetime import date

from data_access.records import (
    DepartmentRecord,
    DutyRecord,
    PersonRecord,
    SettingRecord,
    UnitRecord,
    WorkdayRecord,
)
from intake.cells import parse_day
from intake.entries import Entry
from intake.known import CLOSED_UNTIL, Known, Unit
from intake.names import tidy_name
from intake.problems import Fault
from intake.setup.references import (
    Setup,
    department_code,
    indicator_code,
    resolved,
    sort,
    tidied,
    unit_code,
)
from intake.tables import Table
from metrics.vocabulary import Level


def learn_units(setup: Setup) -> None:
    """Let the workbook's own units be known before anything refers to them, townships resolved."""
    added = []
    for _, entry in setup.of("units"):
        if entry.broken.intersection(("code", "level", "name")):
            continue
        unit = Unit(
            entry.get("code"),
            Level(entry.get("level")),
            entry.get("parent") or "",
            "",
            tidy_name(entry.get("name")),
            entry.get("tags") or (),
        )
        setup.known.add_unit(unit)
        added.append(unit.code)
    for code in added:
        unit = setup.known.units[code]
        setup.known.units[code] = Unit(
            unit.code, unit.level, unit.parent, _township(setup.known, unit), unit.name, unit.tags
        )


def _township(known: Known, unit: Unit) -> str:
    """The township a unit lies in; empty above the townships or where the tree is broken."""
    for _ in range(len(Level)):
        if unit.level is Level.TOWNSHIP:
            return unit.code
        if unit.parent not in known.units:
            return ""
        unit = known.units[unit.parent]
    return ""


def unit(setup: Setup, table: Table, entry: Entry) -> UnitRecord | None:
    """A unit from a day on."""
    if entry.broken:
        return None
    return UnitRecord(
        code=entry.get("code"),
        level=Level(entry.get("level")),
        parent=entry.get("parent"),
        name=tidied(table, entry, "name"),
        kind=entry.get("kind"),
        sort=sort(table, entry),
        valid_from=entry.get("valid_from"),
        tags=entry.get("tags") or (),
        households=entry.get("households"),
        persons=entry.get("persons"),
        withdrawn=bool(entry.get("withdrawn")),
    )


def department(setup: Setup, table: Table, entry: Entry) -> DepartmentRecord | None:
    """A department, which the rest of the workbook then knows."""
    if entry.broken:
        return None
    name, aliases = tidied(table, entry, "name"), entry.get("aliases") or ()
    setup.known.add_department(entry.get("code"), name, entry.get("short_name"), *aliases)
    return DepartmentRecord(
        code=entry.get("code"),
        name=name,
        short_name=entry.get("short_name"),
        sort=sort(table, entry),
        aliases=aliases,
        withdrawn=bool(entry.get("withdrawn")),
    )


def person(setup: Setup, table: Table, entry: Entry) -> PersonRecord | None:
    """A person, whom the rest of the workbook then knows."""
    unit, department = unit_code(setup, table, entry), department_code(setup, table, entry)
    if entry.broken or entry.get("code") is None:
        return None
    setup.known.persons.add(entry.get("code"))
    return PersonRecord(
        code=entry.get("code"),
        name=entry.get("name"),
        post=entry.get("post"),
        phone=entry.get("phone"),
        unit=unit,
        department=department,
        withdrawn=bool(entry.get("withdrawn")),
    )


def duty(setup: Setup, table: Table, entry: Entry) -> DutyRecord | None:
    """Who answers for what."""
    unit, department = unit_code(setup, table, entry), department_code(setup, table, entry)
    indicator = indicator_code(setup, table, entry)
    person = resolved(table, entry, "person", setup.known.find_person)
    if entry.broken or person is None:
        return None
    return DutyRecord(
        person=person,
        role=entry.get("role"),
        valid_from=entry.get("valid_from"),
        unit=unit,
        department=department,
        indicator=indicator,
        valid_to=entry.get("valid_to"),
        withdrawn=bool(entry.get("withdrawn")),
    )


def workday(setup: Setup, table: Table, entry: Entry) -> WorkdayRecord | None:
    """A day that is not what its weekday says."""
    if entry.broken:
        return None
    return WorkdayRecord(entry.get("day"), entry.get("is_work"), entry.get("note"))


def setting(setup: Setup, table: Table, entry: Entry) -> SettingRecord | None:
    """One of the county's own choices; days are stored as 2026-03-31 whatever their writing."""
    if entry.broken:
        return None
    name, value = entry.get("name"), entry.get("value")
    if name == CLOSED_UNTIL:
        day = parse_day(value)
        if not isinstance(day, date):
            table.fault(day or Fault("not_a_day", {"found": value}), entry.number, "value")
            return None
        value = day.isoformat()
    return SettingRecord(name, value)
