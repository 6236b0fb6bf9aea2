"""The periodic report to figures, explanations and checklist marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Protocol

from data_access.records import ChecklistMarkRecord, ExplanationRecord, ReportRecord
from intake.book import Book
from intake.entries import Entry, read_entries
from intake.figures import Figure, Measure, parse_figure, parse_milestone
from intake.known import Indicator, Known, Unit
from intake.problems import Fault, Problem, shown
from intake.tables import Table
from metrics.grid import PARTS_OF_ONE
from metrics.periods import period_end
from metrics.vocabulary import Kind, Quality

# Readings that may mean two things: the figure stands, and somebody must look.
IN_DOUBT = frozenset({"unit_ambiguous"})
EXPLAINED = ("cause", "text", "action", "promised_day", "waits_on")
DOUBT_LENGTH = 200
DOUBTS_APART = "；"
PLACE_LENGTH = 60
CellKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """What is stored for one unit, indicator and period: the newest revision that was not returned."""

    value: int | None
    high: int | None
    numerator: int | None
    denominator: int | None
    quality: Quality
    text: str | None

    @classmethod
    def of(cls, record: ReportRecord) -> "Held":
        """The same of a record about to be written."""
        return cls(
            record.value, record.high, record.numerator, record.denominator, record.quality, record.text
        )


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the report whose unit and indicator are known; `record` is None when nothing is reported."""

    number: int
    indicator: Indicator
    unit: Unit
    entry: Entry
    figure: Figure
    record: ReportRecord | None

    @property
    def key(self) -> CellKey:
        """What tells one figure of the report from another."""
        return self.indicator.code, self.unit.code


class AnnualTarget(Protocol):
    """The target that a figure is checked against."""

    @property
    def kind(self) -> Kind:
        """How it is judged."""

    @property
    def low(self) -> int | None:
        """The amount, in the indicator's smallest unit."""


@dataclass
class Report:
    """The report read so far: `held` and `before` are what is stored for this period and the one before,
    `history` for every period that was looked up, `targets` the principal targets in force at its end.
    `doubts` are those that lie in the writing itself, by row.
    """

    table: Table
    known: Known
    home: Unit
    period: date
    today: date
    held: dict[CellKey, Held]
    before: dict[CellKey, Held]
    targets: Mapping[CellKey, AnnualTarget]
    history: Mapping[date, Mapping[CellKey, Held]] = field(default_factory=dict)
    doubts: dict[int, list[Problem]] = field(default_factory=dict)
    rows: list[ReportRow] = field(default_factory=list)

    @cached_property
    def reported(self) -> list[tuple[ReportRow, ReportRecord, int]]:
        """The rows that report a number, with it; to be asked once all rows are read."""
        return [
            (row, row.record, row.record.value)
            for row in self.rows
            if row.record is not None and row.record.value is not None
        ]


def read_report(
    book: Book,
    known: Known,
    home: Unit,
    *,
    period: date,
    today: date,
    held: dict[CellKey, Held],
    before: dict[CellKey, Held],
    targets: Mapping[CellKey, AnnualTarget],
    history: Mapping[date, Mapping[CellKey, Held]],
) -> Report:
    """Read the rows of the report; problems stand in its table."""
    table = book.tables["figures"]
    report = Report(table, known, home, period, today, held, before, targets, history)
    for entry in read_entries(table):
        row = _row(report, entry)
        if row is not None:
            report.rows.append(row)
    return report


def explanations(report: Report) -> list[ExplanationRecord]:
    """What the report says of figures behind their plan."""
    return [
        ExplanationRecord(
            indicator=row.indicator.code,
            unit=row.unit.code,
            period=report.period,
            cause=row.entry.get("cause"),
            text=row.entry.get("text"),
            measure=row.entry.get("action"),
            promised_day=row.entry.get("promised_day"),
            waits_on=row.entry.get("waits_on"),
        )
        for row in report.rows
        if any(row.entry.get(key) is not None for key in EXPLAINED)
    ]


def with_doubts(report: Report, *found: Mapping[int, list[Problem]]) -> list[ReportRecord]:
    """The figures to be written, each with what its writing and the checks leave in doubt."""
    doubts: dict[int, list[Problem]] = {}
    for each in (report.doubts, *found):
        for number, problems in each.items():
            doubts.setdefault(number, []).extend(problems)
    return [
        _doubted(row.record, doubts[row.number]) if row.number in doubts else row.record
        for row in report.rows
        if row.record is not None
    ]


def _doubted(record: ReportRecord, problems: list[Problem]) -> ReportRecord:
    said = DOUBTS_APART.join(problem.sentence("zh").rstrip("。") for problem in problems)
    return replace(record, doubt=said[:DOUBT_LENGTH])


def read_marks(book: Book, known: Known, home: Unit, period: date) -> list[ChecklistMarkRecord]:
    """Read the checklist sheet; problems stand in its table. A blank mark was not checked."""
    table = book.tables.get("marks")
    if table is None:
        return []
    marks = (_mark(table, known, home, period, entry) for entry in read_entries(table))
    return [mark for mark in marks if mark is not None]


def _row(report: Report, entry: Entry) -> ReportRow | None:
    table = report.table
    if entry.broken.intersection(("indicator", "unit")):
        return None
    found = _subject(table, report.known, report.home, entry)
    if found is None:
        return None
    indicator, unit = found
    if period_end(indicator.cadence, report.period) != report.period:
        if entry.get("value") is not None:
            table.problem("not_its_period", entry.number, "value", {"indicator": indicator.name})
        return None
    figure = _figure(report, entry, indicator)
    if figure is None or entry.broken:
        return None
    record = _record(report, entry, indicator, unit, figure)
    return ReportRow(entry.number, indicator, unit, entry, figure, record)


def _subject(table: Table, known: Known, home: Unit, entry: Entry) -> tuple[Indicator, Unit] | None:
    indicator = known.find_indicator(entry.get("indicator"), entry.get("indicator_name"))
    if isinstance(indicator, Fault):
        table.fault(indicator, entry.number, "indicator")
        return None
    unit = known.find_unit(entry.get("unit"), entry.get("unit_name"), home.code)
    if isinstance(unit, Fault):
        table.fault(unit, entry.number, "unit")
        return None
    if home.code not in (unit.code, unit.township):
        table.problem("other_township", entry.number, "unit", {"unit": unit.name, "home": home.name})
        return None
    return indicator, unit


def _figure(report: Report, entry: Entry, indicator: Indicator) -> Figure | None:
    table = report.table
    raw = entry.get("value")
    is_milestone = indicator.kind is Kind.MILESTONE
    figure = parse_milestone(raw) if is_milestone else parse_figure(raw, indicator.measure)
    if isinstance(figure, Fault) and indicator.kind is Kind.QUALITATIVE:
        return Figure(None, Quality.QUALITATIVE, text=shown(raw))
    if isinstance(figure, Fault):
        table.fault(figure, entry.number, "value")
        return None
    for note in figure.notes:
        if not (note.code == "in_words" and indicator.kind is Kind.QUALITATIVE):
            table.fault(note, entry.number, "value")
            if note.code in IN_DOUBT:
                report.doubts.setdefault(entry.number, []).append(table.problems[-1])
    return figure


def _record(
    report: Report, entry: Entry, indicator: Indicator, unit: Unit, figure: Figure
) -> ReportRecord | None:
    part = _part(report.table, entry, "numerator", indicator.numerator)
    whole = _part(report.table, entry, "denominator", indicator.denominator)
    if part is None or whole is None:
        return None
    numerator, denominator = part.value, whole.value
    value, quality = figure.value, figure.quality
    if numerator is not None and denominator is not None and indicator.is_ratio:
        value, quality = share_of(numerator, denominator, indicator.measure), Quality.EXACT
    if quality is None:
        if numerator is not None or denominator is not None:
            report.table.problem("part_missing", entry.number, "numerator")
        return None
    return ReportRecord(
        indicator=indicator.code,
        unit=unit.code,
        township=unit.township or unit.code,
        period=report.period,
        value=value,
        quality=quality,
        high=figure.high,
        numerator=numerator,
        denominator=denominator,
        text=figure.text,
        reason=entry.get("reason"),
        place=f"{report.table.name}!{report.table.cell(entry.number, 'value')}"[:PLACE_LENGTH],
    )


def _part(table: Table, entry: Entry, key: str, measure: Measure) -> Figure | None:
    """A part of a ratio; None when the cell cannot be read, which then is a problem."""
    figure = parse_figure(entry.get(key), measure)
    if isinstance(figure, Fault):
        table.fault(figure, entry.number, key)
        return None
    if figure.quality not in (None, Quality.EXACT):
        table.problem("not_a_number", entry.number, key, {"found": figure.text})
        return None
    return figure


def share_of(numerator: int, denominator: int, measure: Measure) -> int | None:
    """A ratio in the smallest unit of its measure, halves away from zero; None over zero."""
    if denominator == 0:
        return None
    parts = PARTS_OF_ONE.get(measure.word, 1) * 10**measure.scale
    exact = Decimal(numerator) * parts / Decimal(denominator)
    return int(exact.to_integral_value(ROUND_HALF_UP))


def _mark(table: Table, known: Known, home: Unit, period: date, entry: Entry) -> ChecklistMarkRecord | None:
    if entry.broken or entry.get("met") is None:
        return None
    found = _subject(table, known, home, entry)
    if found is None:
        return None
    indicator, unit = found
    item = entry.get("item")
    if item not in known.items.get(indicator.code, {}):
        table.problem("unknown_item", entry.number, "item", {"found": item, "indicator": indicator.name})
        return None
    day = entry.get("day") or period
    if day > period:
        table.problem("checked_later", entry.number, "day", {"found": day, "period": period})
        return None
    return ChecklistMarkRecord(indicator.code, unit.code, item, day, entry.get("met"), entry.get("note"))
