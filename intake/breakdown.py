"""The breakdown to targets and plan curves."""

from dataclasses import dataclass, field, replace
from datetime import date

from data_access.records import CurveRecord, TargetRecord
from data_access.scope import Scope
from intake.book import Book
from intake.entries import Entry, read_entries
from intake.figures import Figure, parse_figure, parse_milestone
from intake.known import Indicator, Known, Unit
from intake.problems import Fault, shown
from intake.sheets.breakdown import MONTH_COLUMNS, QUARTER_COLUMNS
from intake.steps import parse_step
from intake.tables import Table
from intake.words import phrase
from metrics.curves import MONTH_ENDS
from metrics.vocabulary import Comparator, Force, Kind, MeasuredFrom, Quality, TargetChange

COMPARATOR_OF = {
    Quality.RANGE: Comparator.RANGE,
    Quality.APPROXIMATE: Comparator.ABOUT,
    Quality.AT_LEAST: Comparator.AT_LEAST,
    Quality.AT_MOST: Comparator.AT_MOST,
}
WITHOUT_FIGURE = (Kind.MILESTONE, Kind.QUALITATIVE)
PLANNED = (Kind.ACCUMULATE, Kind.LEVEL)
TargetKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of the breakdown that sets a target. `plan` are planned running totals by day of the year."""

    number: int
    indicator: Indicator
    unit: Unit
    record: TargetRecord
    plan: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> TargetKey:
        """What tells one target of the year from another."""
        return self.record.indicator, self.record.unit, self.record.issuer


@dataclass(slots=True)
class Breakdown:
    """The breakdown read so far.

    `held` are the targets of the year in force, `last_year` those before, `versions` all of the year's in the
    order in which they hold.
    """

    table: Table
    known: Known
    scope_units: frozenset[str] | None
    year: int
    today: date
    held: dict[TargetKey, TargetRecord] = field(default_factory=dict)
    last_year: dict[TargetKey, TargetRecord] = field(default_factory=dict)
    versions: dict[TargetKey, list[TargetRecord]] = field(default_factory=dict)
    rows: list[TargetRow] = field(default_factory=list)

    def then(self, row: TargetRow) -> TargetRecord | None:
        """The version that a row would take the place of: the one in force on its day, else the first one."""
        versions = self.versions.get(row.key, [])
        begun = [one for one in versions if one.valid_from <= row.record.valid_from]
        return begun[-1] if begun else next(iter(versions), None)

    def records(self) -> list[TargetRecord | CurveRecord]:
        """Every target, and the curve of each that carries a plan."""
        curves = [curve for row in self.rows if (curve := curve_of(row)) is not None]
        return [*(row.record for row in self.rows), *curves]


def read_breakdown(
    book: Book,
    known: Known,
    scope: Scope,
    *,
    year: int,
    today: date,
    held: dict[TargetKey, TargetRecord],
    last_year: dict[TargetKey, TargetRecord],
    versions: dict[TargetKey, list[TargetRecord]],
) -> Breakdown:
    """Read the rows of the breakdown; problems stand in its table. A row without a target sets none."""
    table = book.tables["targets"]
    visible = None if scope.is_whole else visible_units(known, scope)
    breakdown = Breakdown(table, known, visible, year, today, held, last_year, versions)
    for entry in read_entries(table):
        row = _row(breakdown, entry)
        if row is not None:
            breakdown.rows.append(row)
    return breakdown


def visible_units(known: Known, scope: Scope) -> frozenset[str]:
    """The units below those that a scope names."""
    found = set(scope.units)
    for unit in known.units.values():
        above: Unit | None = unit
        while above is not None:
            if above.code in scope.units:
                found.add(unit.code)
            above = known.units.get(above.parent)
    return frozenset(found)


def _row(breakdown: Breakdown, entry: Entry) -> TargetRow | None:
    table, known = breakdown.table, breakdown.known
    if entry.broken.intersection(("indicator", "unit")):
        return None
    indicator = known.find_indicator(entry.get("indicator"), entry.get("indicator_name"))
    if isinstance(indicator, Fault):
        table.fault(indicator, entry.number, "indicator")
        return None
    unit = known.find_unit(entry.get("unit"), entry.get("unit_name"))
    if isinstance(unit, Fault):
        table.fault(unit, entry.number, "unit")
        return None
    if breakdown.scope_units is not None and unit.code not in breakdown.scope_units:
        table.problem("outside_scope", entry.number, "unit", {"unit": unit.name})
        return None
    if entry.broken:
        return None
    return _target_row(breakdown, entry, indicator, unit)


def _target_row(breakdown: Breakdown, entry: Entry, indicator: Indicator, unit: Unit) -> TargetRow | None:
    step = parse_step(entry.get("low"), indicator.measure)
    start = _start(breakdown.table, entry, step)
    kind = Kind(entry.get("kind") or _kind_of(start, indicator))
    if isinstance(step, Fault):
        breakdown.table.fault(step, entry.number, "low")
        return None
    low = step[1] if step else _low(breakdown.table, entry, indicator, kind)
    high = _quantity(breakdown.table, entry, indicator, "high")
    base = _quantity(breakdown.table, entry, indicator, "base")
    minimum = _quantity(breakdown.table, entry, indicator, "minimum")
    if low is None or high is None or base is None or minimum is None:
        return None
    if not _is_set(entry, low, kind):
        if any(entry.get(key) is not None for key in ("high", "base", *MONTH_COLUMNS, *QUARTER_COLUMNS)):
            breakdown.table.problem("target_missing", entry.number, "low")
        return None
    record = _record(breakdown, entry, indicator, unit, kind, low, high.value, base.value)
    record = replace(record, measured_from=start, reference=entry.get("reference"), minimum=minimum.value)
    plan = _plan(breakdown.table, entry, indicator, record)
    return TargetRow(entry.number, indicator, unit, record, plan)


def _start(
    table: Table, entry: Entry, step: tuple[MeasuredFrom, Figure] | Fault | None
) -> MeasuredFrom | None:
    """What the target is counted from: as its column says, else as its words do; both must agree."""
    given = entry.get("measured_from")
    said = step[0] if isinstance(step, tuple) else None
    if given is not None and said is not None and given != said:
        table.problem("step_elsewhere", entry.number, "low", {"found": shown(entry.get("low"))})
    return said if given is None else MeasuredFrom(given)


def _kind_of(start: MeasuredFrom | None, indicator: Indicator) -> Kind:
    """The kind of a target that names none: a step over a base is a level, a comparison is to be kept."""
    if start is None:
        return indicator.kind
    return Kind.LEVEL if start is MeasuredFrom.BASE else Kind.KEEP


def _low(table: Table, entry: Entry, indicator: Indicator, kind: Kind) -> Figure | None:
    """The target as written; None when the cell cannot be read, which then is a problem."""
    raw = entry.get("low")
    figure = parse_milestone(raw) if kind is Kind.MILESTONE else parse_figure(raw, indicator.measure)
    if isinstance(figure, Fault) and kind is Kind.MILESTONE:
        # Of a township or the county: how many of its villages are to reach it.
        figure = parse_figure(raw, indicator.measure)
    if isinstance(figure, Fault) and kind is Kind.QUALITATIVE:
        return Figure(None, Quality.QUALITATIVE, text=shown(raw))
    if isinstance(figure, Fault):
        table.fault(figure, entry.number, "low")
        return None
    if figure.quality is Quality.MASKED:
        table.problem("target_masked", entry.number, "low", {"found": figure.text})
        return None
    if figure.quality is Quality.QUALITATIVE and kind is not Kind.QUALITATIVE:
        table.problem("target_in_words", entry.number, "low", {"found": figure.text})
        return None
    for note in figure.notes:
        if note.code != "in_words":
            table.fault(note, entry.number, "low")
    return figure


def _quantity(table: Table, entry: Entry, indicator: Indicator, key: str) -> Figure | None:
    figure = parse_figure(entry.get(key), indicator.measure)
    if isinstance(figure, Fault):
        table.fault(figure, entry.number, key)
        return None
    if figure.quality not in (None, Quality.EXACT, Quality.APPROXIMATE):
        table.problem("not_a_number", entry.number, key, {"found": figure.text})
        return None
    return figure


def _is_set(entry: Entry, low: Figure, kind: Kind) -> bool:
    """Whether a row sets a target at all; templates list every unit, and a blank is 未下达."""
    if entry.get("no_task"):
        return True
    if kind is Kind.QUALITATIVE:
        return bool(entry.get("text") or low.text)
    return low.quality is not None


def _record(
    breakdown: Breakdown,
    entry: Entry,
    indicator: Indicator,
    unit: Unit,
    kind: Kind,
    low: Figure,
    high: int | None,
    base: int | None,
) -> TargetRecord:
    issuer = entry.get("issuer")
    own = entry.get("is_breakdown")
    year = breakdown.year
    no_task = bool(entry.get("no_task"))
    return TargetRecord(
        indicator=indicator.code,
        unit=unit.code,
        year=year,
        issuer=issuer or breakdown.known.county_name,
        is_breakdown=issuer is None if own is None else own,
        kind=kind,
        comparator=_comparator(entry, indicator, low, high),
        low=0 if no_task and low.value is None else low.value,
        deadline=entry.get("deadline") or date(year, 12, 31),
        valid_from=entry.get("valid_from") or date(year, 1, 1),
        high=low.high if low.high is not None else high,
        base=base,
        no_task=no_task,
        force=Force(entry.get("force") or Force.MUST),
        principal=entry.get("principal"),
        change=TargetChange(entry.get("change") or TargetChange.SET),
        text=entry.get("text") or low.text,
        document=entry.get("document"),
        reason=entry.get("reason"),
    )


def _comparator(entry: Entry, indicator: Indicator, low: Figure, high: int | None) -> Comparator:
    """As given; else as the figure is written; else what the direction of the indicator asks for."""
    given = entry.get("comparator")
    if given is not None:
        return Comparator(given)
    if low.quality in COMPARATOR_OF:
        return COMPARATOR_OF[low.quality]
    if high is not None:
        return Comparator.RANGE
    if (entry.get("measured_from") or low.text) and low.value and low.value < 0:
        return Comparator.AT_MOST
    return Comparator.AT_MOST if indicator.lower_is_better else Comparator.AT_LEAST


def _plan(
    table: Table, entry: Entry, indicator: Indicator, record: TargetRecord
) -> tuple[tuple[str, int], ...]:
    months = [key for key in MONTH_COLUMNS if entry.get(key) is not None]
    quarters = [key for key in QUARTER_COLUMNS if entry.get(key) is not None]
    if months and quarters:
        table.problem("plan_both", entry.number, quarters[0])
        return ()
    ends = dict(zip(MONTH_COLUMNS, MONTH_ENDS, strict=True)) | dict(
        zip(QUARTER_COLUMNS, MONTH_ENDS[2::3], strict=True)
    )
    plan: list[tuple[str, int]] = []
    for key in months or quarters:
        figure = parse_figure(entry.get(key), indicator.measure)
        if isinstance(figure, Fault):
            table.fault(figure, entry.number, key)
        elif figure.value is None or figure.quality is not Quality.EXACT:
            if figure.quality is not None:
                table.problem("not_a_number", entry.number, key, {"found": figure.text})
        else:
            plan.append((ends[key], figure.value))
    return tuple(plan)


def goal_of(record: TargetRecord) -> int | None:
    """The value that a target comes to: a step over a base is added to it; None while that is missing."""
    if record.measured_from is not MeasuredFrom.BASE:
        return record.low
    return None if record.low is None or record.base is None else record.base + record.low


def curve_of(row: TargetRow) -> CurveRecord | None:
    """The curve that the plan columns of a row describe; None without a plan or where none can be.

    Shares are of the way to go: from zero for amounts, from the base for levels (metrics.md 1).
    """
    target, start = goal_of(row.record), 0
    if row.record.kind is Kind.LEVEL:
        start = row.record.base if row.record.base is not None else target or 0
    if not row.plan or target is None or target == start or row.record.kind not in PLANNED:
        return None
    points = [(day, (value - start) / (target - start)) for day, value in row.plan]
    if points[-1][0] != MONTH_ENDS[-1]:
        points.append((MONTH_ENDS[-1], 1.0))
    return CurveRecord(
        name=phrase("plan_curve", "zh"),
        shape="linear",
        points=tuple(points),
        valid_from=row.record.valid_from,
        indicator=row.record.indicator,
        unit=row.record.unit,
        year=row.record.year,
        reason=phrase("plan_curve_reason", "zh"),
        document=row.record.document,
    )
