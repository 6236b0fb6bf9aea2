"""The workbooks that Xushi hands out: empty for setting up, pre-filled for targets and reports."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection

from data_access.directory import read_directory
from data_access.documents import read_targets
from data_access.errors import NotFound
from data_access.records import TargetRecord
from data_access.scope import Scope
from intake.breakdown import TargetKey
from intake.expected import Expected, read_expected
from intake.known import Indicator, Known, Unit, known_from
from intake.printing import cell_number
from intake.sheets import BREAKDOWN, REPORT, SETUP
from intake.stored import targets_held
from intake.words import phrase
from intake.writer import SCALE_KEY, Content, RowValues, write_workbook
from metrics.periods import period_end
from metrics.vocabulary import Kind, Level

LEVELS = tuple(Level)


def setup_template(county: str = "", *, lang: str = "zh") -> bytes:
    """The empty setup workbook; `county` is the 6-digit code it will be imported for, where it is known."""
    return write_workbook(SETUP, {}, {"county": county or None, "lang": lang}, lang=lang)


def breakdown_template(
    connection: Connection,
    scope: Scope,
    year: int,
    unit: str,
    *,
    day: date,
    known_at: datetime | None = None,
    lang: str = "zh",
) -> bytes:
    """The breakdown of a unit's targets over its children, filled with what is set already.

    `day` is the day whose units, definitions and targets it shows. Raises `NotFound` for an unknown unit.
    """
    known = known_from(read_directory(connection, scope, day=day, known_at=known_at))
    if unit not in known.units:
        raise NotFound("unit", unit)
    codes = [unit, *(child.code for child in known.below(unit))]
    frame = read_targets(connection, scope, year=year, units=codes, known_at=known_at)
    held = targets_held(frame, year, day)
    rows = [
        row
        for indicator in _sorted(known)
        for code in codes
        for row in _target_rows(known, indicator, known.units[code], held)
    ]
    title = phrase("breakdown_title", lang, unit=known.units[unit].name, year=year)
    meta = {"county": scope.county, "unit": unit, "year": year, "lang": lang}
    return write_workbook(BREAKDOWN, {"targets": Content(rows, title)}, meta, lang=lang)


def report_template(
    connection: Connection,
    scope: Scope,
    township: str,
    period: date,
    *,
    known_at: datetime | None = None,
    cells: pd.DataFrame | None = None,
    lang: str = "zh",
) -> bytes:
    """The report that a township, or the county itself, owes for the period that ends on `period`.

    `cells` are judged cells of the period before (columns of `metrics.cells`): figures that were behind
    are marked and their explanation asked for. Raises `NotFound` for an unknown unit.
    """
    known = known_from(read_directory(connection, scope, day=period, known_at=known_at))
    if township not in known.units:
        raise NotFound("unit", township)
    home = known.units[township]
    expected = read_expected(connection, scope, home, period, known_at=known_at, cells=cells)
    pairs = [
        (indicator, unit) for indicator in _due(known, period) for unit in _reporters(known, indicator, home)
    ]
    rows = [_figure_row(indicator, unit, expected, lang) for indicator, unit in pairs]
    asked = frozenset(index for index, row in enumerate(rows) if row.get("behind"))
    facts = {"unit": home.name, "year": period.year, "month": period.month, "count": len(asked)}
    contents = {
        "figures": Content(
            rows, phrase("report_title", lang, **facts), phrase("report_note", lang, **facts), asked
        )
    }
    marks = list(_mark_rows(known, home))
    if marks:
        contents["marks"] = Content(marks, phrase("marks_title", lang, **facts))
    meta = {"county": scope.county, "unit": township, "period": period, "lang": lang}
    return write_workbook(REPORT, contents, meta, lang=lang, locked=True)


def _sorted(known: Known) -> list[Indicator]:
    return sorted(known.indicators.values(), key=lambda one: (one.sort, one.code))


def _due(known: Known, period: date) -> list[Indicator]:
    """The indicators that have a period ending on this day; checklists have their own sheet."""
    return [
        one
        for one in _sorted(known)
        if period_end(one.cadence, period) == period and one.kind is not Kind.CHECKLIST
    ]


def _reporters(known: Known, indicator: Indicator, home: Unit) -> list[Unit]:
    """The units of a township that report an indicator; of the county only the county itself."""
    inside = [home] if home.level is not Level.TOWNSHIP else [home, *known.below(home.code)]
    return [unit for unit in inside if indicator.includes(unit)]


def _figure_row(indicator: Indicator, unit: Unit, expected: Expected, lang: str) -> RowValues:
    key, measure = (indicator.code, unit.code), indicator.measure

    def number(found: Mapping[tuple[str, str], int]) -> int | float | None:
        return cell_number(found[key], measure) if key in found else None

    return {
        "indicator": indicator.code,
        "indicator_name": indicator.name,
        "unit": unit.code,
        "unit_name": unit.name,
        "measure": measure.word,
        "accumulation": phrase(f"covers_{indicator.accumulation}", lang),
        "target": number(expected.target),
        "planned": number(expected.planned),
        "last": number(expected.last),
        "behind": expected.behind_words(key, lang),
        SCALE_KEY: measure.scale,
    }


def _mark_rows(known: Known, home: Unit) -> Iterator[RowValues]:
    for indicator in _sorted(known):
        for unit in _reporters(known, indicator, home):
            for item, name in known.items.get(indicator.code, {}).items():
                yield {
                    "indicator": indicator.code,
                    "indicator_name": indicator.name,
                    "unit": unit.code,
                    "unit_name": unit.name,
                    "item": item,
                    "item_name": name,
                }


def _target_rows(
    known: Known, indicator: Indicator, unit: Unit, held: dict[TargetKey, TargetRecord]
) -> Iterator[RowValues]:
    """One row per issuer's target, or one empty row where none is set."""
    if LEVELS.index(unit.level) > LEVELS.index(indicator.level_reported):
        return
    if indicator.scope_tag and unit.level is indicator.level_reported and not indicator.includes(unit):
        return
    named: RowValues = {
        "indicator": indicator.code,
        "indicator_name": indicator.name,
        "unit": unit.code,
        "unit_name": unit.name,
        "measure": indicator.measure.word,
        SCALE_KEY: indicator.measure.scale,
    }
    mine = [record for key, record in held.items() if key[:2] == (indicator.code, unit.code)]
    for record in sorted(mine, key=lambda one: (not one.is_breakdown, one.issuer)):
        yield {**named, **_target_values(record, indicator)}
    if not mine:
        yield {**named, "kind": indicator.kind}


def _target_values(record: TargetRecord, indicator: Indicator) -> RowValues:
    def number(value: int | None) -> int | float | None:
        return None if value is None else cell_number(value, indicator.measure)

    return {
        "kind": record.kind,
        "comparator": record.comparator,
        "low": None if record.no_task else number(record.low),
        "high": number(record.high),
        "base": number(record.base),
        "no_task": record.no_task or None,
        "force": record.force,
        "issuer": record.issuer,
        "is_breakdown": record.is_breakdown,
        "principal": record.principal,
        "deadline": record.deadline,
        "document": record.document,
        "valid_from": record.valid_from,
        "text": record.text,
        "measured_from": record.measured_from,
        "reference": record.reference,
        "minimum": number(record.minimum),
    }
