"""What is measured and aimed at: indicators, targets, plan curves, rule documents, the work-day calendar."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from data_access.errors import ConflictingRecords
from data_access.records import (
    CurveRecord,
    IndicatorRecord,
    OutsideFigureRecord,
    RuleRecord,
    TargetRecord,
    WorkdayRecord,
)
from data_access.schema import (
    checklist,
    indicator,
    indicator_department,
    indicator_version,
    outside_figure,
    plan_curve,
    rule_document,
    target,
    workday,
)
from data_access.touches import Touch
from data_access.versions import in_force
from data_access.writing.context import Writing
from data_access.writing.documents import Document, Row, append

# Below this many codes a condition that names them is quicker than reading the county's whole year.
FEW = 500
DEFINITION = (
    "name",
    "short_name",
    "field",
    "measure",
    "scale",
    "kind",
    "lower_is_better",
    "accumulation",
    "cadence",
    "due_day",
    "level_reported",
    "is_key",
    "is_whole",
    "is_ratio",
    "numerator_name",
    "denominator_name",
    "scope_tag",
    "pair",
    "lowest",
    "highest",
    "definition",
    "source",
    "sort",
)
AIM = (
    "is_breakdown",
    "kind",
    "comparator",
    "low",
    "high",
    "base",
    "measured_from",
    "reference",
    "minimum",
    "no_task",
    "force",
    "principal",
    "deadline",
    "text",
    "document",
)
INDICATOR = Document("indicator", indicator_version, ("indicator",), DEFINITION)
RESPONSIBLE = Document("responsible", indicator_department, ("indicator", "department"), ("role",))
ITEM = Document("checklist", checklist, ("indicator", "item"), ("name", "sort"))
TARGET = Document("target", target, ("unit", "indicator", "year", "issuer"), AIM)
CURVE = Document(
    "curve", plan_curve, ("indicator", "unit", "year"), ("name", "shape", "points", "reason", "document")
)
OUTSIDE = Document("outside", outside_figure, ("indicator", "name"), ("value", "source"))
RULE = Document("rule", rule_document, ("number",), ("title", "content"))
WORKDAY = Document("workday", workday, ("day",), ("is_work", "note"))


def write_indicators(writing: Writing, records: Sequence[IndicatorRecord]) -> None:
    """Write definitions with their departments and checklist items. Raises `NotFound` (department)."""
    for record in records:
        if record.lead in record.shared:
            raise ConflictingRecords("department", record.lead)
    writing.require_departments(code for record in records for code in (record.lead, *record.shared))
    statement = select(indicator.c.code).where(indicator.c.county == writing.county)
    known = set(writing.connection.scalars(statement))
    fresh = [
        {"county": writing.county, "code": code}
        for code in dict.fromkeys(record.code for record in records)
        if code not in known
    ]
    if fresh:
        writing.connection.execute(insert(indicator), fresh)
    # A pair names the other of two, which may be defined by the same workbook.
    writing.require_indicators(record.pair for record in records)
    changed = append(writing, INDICATOR, [_definition(record) for record in records])
    append(writing, RESPONSIBLE, _responsible(writing, records))
    changed += append(writing, ITEM, _items(writing, records))
    for row in changed:
        writing.touches.append(Touch(None, frozenset([row["indicator"]]), row["valid_from"]))


def _definition(record: IndicatorRecord) -> Row:
    held = {name: getattr(record, name) for name in DEFINITION}
    return held | {
        "indicator": record.code,
        "valid_from": record.valid_from,
        "withdrawn": record.withdrawn,
    }


def _responsible(writing: Writing, records: Sequence[IndicatorRecord]) -> list[Row]:
    rows = []
    for record in records:
        roles = dict.fromkeys(record.shared, "shared") | ({record.lead: "lead"} if record.lead else {})
        rows += [_part(record, {"department": code, "role": role}) for code, role in roles.items()]
        for code, role in _held(writing, RESPONSIBLE, record, "department", "role"):
            if code not in roles:
                rows.append(_part(record, {"department": code, "role": role}, withdrawn=True))
    return rows


def _items(writing: Writing, records: Sequence[IndicatorRecord]) -> list[Row]:
    rows = []
    for record in records:
        named = {code for code, _ in record.items}
        rows += [
            _part(record, {"item": code, "name": name, "sort": place})
            for place, (code, name) in enumerate(record.items, start=1)
        ]
        for code, name, sort in _held(writing, ITEM, record, "item", "name", "sort"):
            if code not in named:
                rows.append(_part(record, {"item": code, "name": name, "sort": sort}, withdrawn=True))
    return rows


def _part(record: IndicatorRecord, values: dict[str, Any], *, withdrawn: bool = False) -> Row:
    return {
        "indicator": record.code,
        "valid_from": record.valid_from,
        "withdrawn": withdrawn or record.withdrawn,
        **values,
    }


def _held(writing: Writing, document: Document, record: IndicatorRecord, *columns: str) -> list[Any]:
    table = document.table
    held = in_force(
        table,
        document.keys,
        table.c.county == writing.county,
        table.c.indicator == record.code,
        day=record.valid_from,
        known_at=writing.recorded_at,
    )
    return list(writing.connection.execute(select(*(held.c[name] for name in columns))))


def write_targets(writing: Writing, records: Sequence[TargetRecord]) -> None:
    """Write targets. Raises `NotFound` for an unknown unit or indicator."""
    writing.require_units(record.unit for record in records)
    writing.require_indicators(record.indicator for record in records)
    years = sorted({record.year for record in records})
    narrow: list[ColumnElement[bool]] = [target.c.year.in_(years)]
    units = sorted({record.unit for record in records})
    if len(units) <= FEW:
        narrow.append(target.c.unit.in_(units))
    for row in append(writing, TARGET, [_target(writing, record) for record in records], *narrow):
        writing.touches.append(
            Touch(frozenset([row["unit"]]), frozenset([row["indicator"]]), row["valid_from"], row["year"])
        )


def _target(writing: Writing, record: TargetRecord) -> Row:
    held = {name: getattr(record, name) for name in (*TARGET.keys, *AIM)}
    return held | {
        "change": record.change,
        "valid_from": record.valid_from,
        "reason": record.reason,
        "author": writing.author,
        "submission": writing.submission,
    }


def write_outside_figures(writing: Writing, records: Sequence[OutsideFigureRecord]) -> None:
    """Write figures of others. No sum is made of them, so nothing derived grows stale."""
    writing.require_indicators(record.indicator for record in records)
    names = (*OUTSIDE.keys, *OUTSIDE.content, "valid_from", "withdrawn")
    rows = [{name: getattr(record, name) for name in names} for record in records]
    append(writing, OUTSIDE, [row | {"author": writing.author} for row in rows])


def write_curves(writing: Writing, records: Sequence[CurveRecord]) -> None:
    """Write plan curves; the points are stored as a JSON list of [day, share]."""
    writing.require_units(record.unit for record in records)
    writing.require_indicators(record.indicator for record in records)
    rows = [
        {
            "indicator": record.indicator,
            "unit": record.unit,
            "year": record.year,
            "name": record.name,
            "shape": record.shape,
            "points": json.dumps([list(point) for point in record.points]),
            "reason": record.reason,
            "document": record.document,
            "valid_from": record.valid_from,
            "author": writing.author,
            "submission": writing.submission,
        }
        for record in records
    ]
    for row in append(writing, CURVE, rows):
        # Only a unit's own curve moves it into a plan group of its own; other curves change no sum.
        if row["unit"] is not None and row["indicator"] is not None:
            writing.touches.append(
                Touch(frozenset([row["unit"]]), frozenset([row["indicator"]]), row["valid_from"], row["year"])
            )


def write_rules(writing: Writing, records: Sequence[RuleRecord]) -> None:
    """Write rule documents; the content is stored as JSON."""
    rows = [
        {
            "number": record.number,
            "title": record.title,
            "content": json.dumps(record.content, ensure_ascii=False, sort_keys=True),
            "valid_from": record.valid_from,
            "author": writing.author,
        }
        for record in records
    ]
    append(writing, RULE, rows)


def write_workdays(writing: Writing, records: Sequence[WorkdayRecord]) -> None:
    """Write days that are not what their weekday says. They hold for every county of the database."""
    rows = [{"day": record.day, "is_work": record.is_work, "note": record.note} for record in records]
    # The calendar has no county of its own.
    if append(writing, WORKDAY, rows):
        writing.changed_calendar = True
