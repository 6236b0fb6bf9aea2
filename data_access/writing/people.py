"""Departments, persons, who answers for what, and the county's own choices."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from data_access.errors import ConflictingRecords
from data_access.records import DepartmentRecord, DutyRecord, PersonRecord, SettingRecord
from data_access.schema import department, department_alias, duty, person, setting
from data_access.writing.context import Writing
from data_access.writing.documents import Document, append

DEPARTMENT = Document("department", department, ("code",), ("name", "short_name", "sort"))
PERSON = Document("person", person, ("code",), ("name", "post", "phone", "unit", "department"))
DUTY = Document(
    "duty", duty, ("person", "role", "unit", "department", "indicator", "valid_from"), ("valid_to",)
)
SETTING = Document("setting", setting, ("name",), ("value",))


def write_departments(writing: Writing, records: Sequence[DepartmentRecord]) -> None:
    """Write departments and their aliases; an alias belongs to one department for good."""
    rows = [
        {
            "code": record.code,
            "name": record.name,
            "short_name": record.short_name,
            "sort": record.sort,
            "withdrawn": record.withdrawn,
        }
        for record in records
    ]
    append(writing, DEPARTMENT, rows)
    _write_aliases(writing, records)


def _write_aliases(writing: Writing, records: Sequence[DepartmentRecord]) -> None:
    statement = select(department_alias.c.alias, department_alias.c.department).where(
        department_alias.c.county == writing.county
    )
    held = {row.alias: row.department for row in writing.connection.execute(statement)}
    known = set(held)
    for record in records:
        for alias in record.aliases:
            if held.setdefault(alias, record.code) != record.code:
                raise ConflictingRecords("department", alias)
    stamp = {"county": writing.county, "recorded_at": writing.recorded_at}
    fresh = [{"alias": alias, "department": held[alias], **stamp} for alias in held if alias not in known]
    if fresh:
        writing.connection.execute(insert(department_alias), fresh)


def write_persons(writing: Writing, records: Sequence[PersonRecord]) -> None:
    """Write persons. Raises `NotFound` for an unknown unit or department."""
    writing.require_units(record.unit for record in records)
    writing.require_departments(record.department for record in records)
    rows = [
        {
            "code": record.code,
            "name": record.name,
            "post": record.post,
            "phone": record.phone,
            "unit": record.unit,
            "department": record.department,
            "withdrawn": record.withdrawn,
        }
        for record in records
    ]
    append(writing, PERSON, rows)


def write_duties(writing: Writing, records: Sequence[DutyRecord]) -> None:
    """Write duties. Raises `NotFound` for an unknown person, unit, department or indicator."""
    writing.require_persons(record.person for record in records)
    writing.require_units(record.unit for record in records)
    writing.require_departments(record.department for record in records)
    writing.require_indicators(record.indicator for record in records)
    rows = [
        {
            "person": record.person,
            "role": record.role,
            "unit": record.unit,
            "department": record.department,
            "indicator": record.indicator,
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
            "withdrawn": record.withdrawn,
        }
        for record in records
    ]
    append(writing, DUTY, rows)


def write_settings(writing: Writing, records: Sequence[SettingRecord]) -> None:
    """Write the county's own choices."""
    rows = [{"name": record.name, "value": record.value, "author": writing.author} for record in records]
    append(writing, SETTING, rows)
