"""Rows of the sheets about indicators, checklist items and plan curves to records."""

from typing import Any

from data_access.records import CurveRecord, IndicatorRecord, OutsideFigureRecord
from intake.entries import Entry
from intake.figures import Figure, measure_of, parse_figure, part_measure
from intake.known import Indicator
from intake.names import tidy_name
from intake.problems import Fault
from intake.setup.references import Setup, department_code, indicator_code, sort, tidied, unit_code
from intake.tables import Table
from metrics.vocabulary import Quality


def indicator(setup: Setup, table: Table, entry: Entry) -> IndicatorRecord | None:
    """A definition, which the rest of the workbook then knows."""
    lead = department_code(setup, table, entry, "lead")
    shared = _shared(setup, table, entry)
    if entry.broken:
        return None
    measure = measure_of(entry.get("measure"), entry.get("scale"))
    code = entry.get("code")
    plain: dict[str, Any] = {name: entry.get(name) for name in PLAIN_INDICATOR}
    marks: dict[str, Any] = {name: bool(entry.get(name)) for name in MARKS}
    record = IndicatorRecord(
        **plain,
        **marks,
        name=tidied(table, entry, "name"),
        sort=sort(table, entry),
        lead=lead,
        shared=shared,
        lowest=_bound(table, entry, "lowest", setup),
        highest=_bound(table, entry, "highest", setup),
        items=_items(setup, code),
    )
    setup.known.add_indicator(
        Indicator(
            code=code,
            name=record.name,
            measure=measure,
            kind=record.kind,
            lower_is_better=record.lower_is_better,
            accumulation=record.accumulation,
            cadence=record.cadence,
            level_reported=record.level_reported,
            is_whole=record.is_whole,
            is_ratio=record.is_ratio,
            scope_tag=record.scope_tag or "",
            lowest=record.lowest,
            highest=record.highest,
            sort=record.sort,
            numerator=part_measure(record.numerator_name),
            denominator=part_measure(record.denominator_name),
        )
    )
    return record


PLAIN_INDICATOR = (
    "code",
    "short_name",
    "field",
    "measure",
    "scale",
    "kind",
    "accumulation",
    "cadence",
    "due_day",
    "level_reported",
    "numerator_name",
    "denominator_name",
    "scope_tag",
    "pair",
    "definition",
    "source",
    "valid_from",
)
MARKS = ("lower_is_better", "is_key", "is_whole", "is_ratio", "withdrawn")


def _items(setup: Setup, code: str) -> tuple[tuple[str, str], ...]:
    """The items of a checklist: those of the workbook, else those in force.

    A record without items would withdraw them, which a blank sheet does not mean.
    """
    given = [
        (entry.get("item"), tidy_name(entry.get("name")))
        for _, entry in setup.of("items")
        if not entry.broken and entry.get("indicator") == code
    ]
    return tuple(given) or tuple(setup.known.items.get(code, {}).items())


def _shared(setup: Setup, table: Table, entry: Entry) -> tuple[str, ...]:
    found = []
    for text in entry.get("shared") or ():
        department = setup.known.find_department(text)
        if isinstance(department, Fault):
            table.fault(department, entry.number, "shared")
        else:
            found.append(department)
    return tuple(found)


def _bound(table: Table, entry: Entry, key: str, setup: Setup) -> int | None:
    figure = parse_figure(entry.get(key), measure_of(entry.get("measure"), entry.get("scale")))
    if isinstance(figure, Figure):
        return figure.value
    table.fault(figure, entry.number, key)
    return None


def outside(setup: Setup, table: Table, entry: Entry) -> OutsideFigureRecord | None:
    """A figure of somebody else, in the measure of its indicator."""
    code = indicator_code(setup, table, entry)
    if entry.broken or code is None:
        return None
    figure = parse_figure(entry.get("value"), setup.known.indicators[code].measure)
    if isinstance(figure, Fault):
        table.fault(figure, entry.number, "value")
        return None
    if figure.value is None or figure.quality is not Quality.EXACT:
        table.problem("not_a_number", entry.number, "value", {"found": figure.text or entry.get("value")})
        return None
    return OutsideFigureRecord(
        indicator=code,
        name=tidied(table, entry, "name"),
        value=figure.value,
        source=entry.get("source"),
        valid_from=entry.get("valid_from"),
        withdrawn=bool(entry.get("withdrawn")),
    )


def curve(setup: Setup, table: Table, entry: Entry) -> CurveRecord | None:
    """A plan curve of the county, an indicator, or one unit."""
    unit, indicator = unit_code(setup, table, entry), indicator_code(setup, table, entry)
    if entry.broken:
        return None
    return CurveRecord(
        name=entry.get("name"),
        shape=str(entry.get("shape")),
        points=entry.get("points"),
        valid_from=entry.get("valid_from"),
        indicator=indicator,
        unit=unit,
        year=entry.get("year"),
        reason=entry.get("reason"),
        document=entry.get("document"),
    )
