"""Checks of the periodic report. Those that cast doubt on a figure go with it as 存疑."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from intake.checks.places import run_together, villages_of
from intake.checks.registry import Finding, Registry
from intake.figures import Figure, measure_of, parse_figure
from intake.known import CLOSED_UNTIL
from intake.printing import printed
from intake.report import Held, Report, ReportRow
from intake.words import Phrase
from intake.words.readings import HOUSEHOLDS, PERSONS, PLACES
from metrics.figures import quantity
from metrics.vocabulary import Accumulation, Kind, Quality

FIGURES: Registry[Report] = Registry()
RUNNING = (Accumulation.YEAR_TO_DATE, Accumulation.CUMULATIVE)
# A unit of 元 written for 万元 is about ten thousand times too large; about, because months differ.
TEN_THOUSAND = range(5_000, 20_001)
FEW = 5


@FIGURES.check("period_not_begun", blocking=True)
def period_not_begun(report: Report) -> Iterator[Finding]:
    """Nobody reports a period before it has begun."""
    begin = report.period.replace(day=1)
    if report.today < begin:
        yield Finding(0, "", {"period": report.period, "begin": begin})


@FIGURES.check("period_not_over", blocking=False)
def period_not_over(report: Report) -> Iterator[Finding]:
    """A figure speaks for the last day of its period."""
    if report.period.replace(day=1) <= report.today < report.period:
        yield Finding(0, "", {"period": report.period})


@FIGURES.check("period_closed", blocking=True)
def period_closed(report: Report) -> Iterator[Finding]:
    """The county may close periods: later corrections then go another way."""
    until = report.known.settings.get(CLOSED_UNTIL)
    if until and report.period <= date.fromisoformat(until):
        yield Finding(0, "", {"period": report.period, "until": until})


@FIGURES.check("blank_owed", blocking=False)
def blank_owed(report: Report) -> Iterator[Finding]:
    """What is owed and left blank will show as 未报."""
    blank = [row for row in report.rows if row.record is None and row.indicator.includes(row.unit)]
    owed = [row for row in blank if row.key not in report.held]
    if owed and len(owed) < len(report.rows):
        yield Finding(owed[0].number, "value", {"count": len(owed)})


@FIGURES.check("not_owed", blocking=True)
def not_owed(report: Report) -> Iterator[Finding]:
    """The level that reports is fixed per indicator, and a scope tag leaves units out."""
    for row in report.rows:
        if row.record is not None and not row.indicator.includes(row.unit):
            facts: dict[str, object] = {"indicator": row.indicator.name, "unit": row.unit.name}
            yield Finding(row.number, "value", facts)


@FIGURES.check("correction_unreasoned", blocking=True)
def correction_unreasoned(report: Report) -> Iterator[Finding]:
    """A reported figure changes with a reason only."""
    for row in report.rows:
        held = report.held.get(row.key)
        if held is None or row.record is None or row.record.reason or Held.of(row.record) == held:
            continue
        facts: dict[str, object] = {"old": told(row, held), "new": told(row, Held.of(row.record))}
        yield Finding(row.number, "reason", facts)


@FIGURES.check("negative", blocking=True)
def negative(report: Report) -> Iterator[Finding]:
    """Only an indicator whose plausible values go below zero is ever negative."""
    for row, _, value in report.reported:
        lowest = row.indicator.lowest
        if value < 0 and (lowest is None or lowest >= 0):
            yield Finding(row.number, "value", {"found": printed(value, row.indicator.measure)})


@FIGURES.check("part_missing", blocking=True)
def part_missing(report: Report) -> Iterator[Finding]:
    """A numerator without its denominator says nothing, and the other way round."""
    for row in report.rows:
        if row.record and (row.record.numerator is None) != (row.record.denominator is None):
            yield Finding(row.number, "numerator")


@FIGURES.check("zero_denominator", blocking=True)
def zero_denominator(report: Report) -> Iterator[Finding]:
    """Nothing can be divided by zero; a unit without cases leaves both blank."""
    for row in report.rows:
        if row.indicator.is_ratio and row.record is not None and row.record.denominator == 0:
            yield Finding(row.number, "denominator")


@FIGURES.check("parts_over", blocking=True)
def parts_over(report: Report) -> Iterator[Finding]:
    """A part is not larger than its whole, unless the indicator says that it may be."""
    for row in report.rows:
        record = row.record
        if record is None or record.numerator is None or not record.denominator:
            continue
        whole = 100 * 10**row.indicator.measure.scale
        may_exceed = row.indicator.highest is not None and row.indicator.highest > whole
        if record.numerator > record.denominator and not may_exceed:
            part, total = row.indicator.numerator, row.indicator.denominator
            facts: dict[str, object] = {
                "part": quantity(record.numerator, part.scale),
                "whole": quantity(record.denominator, total.scale),
            }
            yield Finding(row.number, "numerator", facts)


@FIGURES.check("ratio_differs", blocking=False, doubtful=True)
def ratio_differs(report: Report) -> Iterator[Finding]:
    """A ratio written beside its parts must follow from them."""
    for row, record, value in report.reported:
        written = row.figure.value
        if row.indicator.is_ratio and record.denominator and written not in (None, value):
            measure = row.indicator.measure
            told_value = printed(written or 0, measure)
            yield Finding(row.number, "value", {"found": told_value, "computed": printed(value, measure)})


@FIGURES.check("printed_differs", blocking=False, doubtful=True)
def printed_differs(report: Report) -> Iterator[Finding]:
    """A percentage printed beside its figures must follow from value and target."""
    for row, _, value in report.reported:
        target = report.targets.get(row.key)
        raw = row.entry.get("printed")
        if raw is None or target is None or not target.low or row.indicator.accumulation not in RUNNING:
            continue
        found = parse_figure(raw, measure_of("%", 4))
        if isinstance(found, Figure) and found.value is not None:
            digits = _decimals(found.value)
            computed = (Decimal(value) * 100 / target.low).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
            if computed != Decimal(found.value).scaleb(-4):
                facts: dict[str, object] = {"found": f"{Decimal(found.value).scaleb(-4):.{digits}f}%"}
                yield Finding(row.number, "printed", facts | {"computed": f"{computed}%"})


def _decimals(value: int) -> int:
    """How many decimals a percentage of four was written with."""
    text = f"{value % 10_000:04d}".rstrip("0")
    return len(text)


@FIGURES.check("total_falls", blocking=True)
def total_falls(report: Report) -> Iterator[Finding]:
    """A running total does not fall; where it does, somebody must say why."""
    for row, old, new in _falling(report):
        if not row.entry.get("reason"):
            yield Finding(row.number, "value", {"old": old, "new": new})


@FIGURES.check("total_falls_explained", blocking=False, doubtful=True)
def total_falls_explained(report: Report) -> Iterator[Finding]:
    """A running total that falls for a stated reason is kept, with a doubt."""
    for row, old, new in _falling(report):
        if row.entry.get("reason"):
            yield Finding(row.number, "value", {"old": old, "new": new})


def _falling(report: Report) -> Iterator[tuple[ReportRow, str, str]]:
    for row, _, value in report.reported:
        before = report.before.get(row.key)
        if before is None or before.value is None or row.indicator.accumulation not in RUNNING:
            continue
        is_new_year = row.indicator.accumulation is Accumulation.YEAR_TO_DATE and report.period.month == 1
        if value < before.value and not is_new_year:
            yield row, printed(before.value, row.indicator.measure), printed(value, row.indicator.measure)


@FIGURES.check("unit_suspected", blocking=False, doubtful=True)
def unit_suspected(report: Report) -> Iterator[Finding]:
    """Ten or ten thousand times the last value: a digit too many, or 元 for 万元."""
    for row, _, value in report.reported:
        before = report.before.get(row.key)
        if before is None or not before.value or value <= 0 or before.value < 0:
            continue
        small, large = sorted((before.value, value))
        whole = 10**row.indicator.measure.scale
        if small >= FEW * whole and (large == 10 * small or large // small in TEN_THOUSAND):
            measure = row.indicator.measure
            facts: dict[str, object] = {"new": printed(value, measure), "old": printed(before.value, measure)}
            yield Finding(row.number, "value", facts | {"measure": measure.word})


@FIGURES.check("implausible", blocking=False, doubtful=True)
def implausible(report: Report) -> Iterator[Finding]:
    """The indicator's own bounds of what is plausible."""
    for row, _, value in report.reported:
        low, high = row.indicator.lowest, row.indicator.highest
        if (low is not None and value < low) or (high is not None and value > high):
            measure = row.indicator.measure
            bounds = " – ".join("…" if bound is None else printed(bound, measure) for bound in (low, high))
            yield Finding(row.number, "value", {"found": printed(value, measure), "bounds": bounds})


@FIGURES.check("above_stock", blocking=False, doubtful=True)
def above_stock(report: Report) -> Iterator[Finding]:
    """No more persons or households can be served than the unit has."""
    for row, _, value in report.reported:
        measure = row.indicator.measure
        stock = {PERSONS: row.unit.persons, HOUSEHOLDS: row.unit.households}.get(measure.base)
        if stock is not None and value > stock * 10**measure.scale // measure.times:
            facts: dict[str, object] = {"found": printed(value, measure), "stock": f"{stock} {measure.base}"}
            yield Finding(row.number, "value", facts)


@FIGURES.check("dash_lost", blocking=False, doubtful=True)
def dash_lost(report: Report) -> Iterator[Finding]:
    """A count of places above the number of villages that reads as two numbers run together."""
    for row, _, value in report.reported:
        measure = row.indicator.measure
        if measure.base not in PLACES or measure.scale or measure.times != 1:
            continue
        villages, guess = villages_of(report.known), run_together(value)
        if guess and villages and value > villages:
            facts: dict[str, object] = {
                "found": value,
                "unit": report.known.county_name,
                "villages": villages,
            }
            hint = Phrase("dash_guess", {"low": guess[0], "high": guess[1]})
            yield Finding(row.number, "value", facts | {"guess": hint})


@FIGURES.check("identical", blocking=False, doubtful=True)
def identical(report: Report) -> Iterator[Finding]:
    """One figure copied down a column: most units of a township never agree by themselves."""
    by_indicator: dict[str, list[tuple[ReportRow, int]]] = defaultdict(list)
    for row, _, value in report.reported:
        if not row.indicator.is_ratio and row.indicator.kind not in (Kind.MILESTONE, Kind.KEEP) and value > 1:
            by_indicator[row.indicator.code].append((row, value))
    for rows in by_indicator.values():
        value, count = Counter(value for _, value in rows).most_common(1)[0]
        if count < FEW or count * 5 < len(rows) * 4:
            continue
        facts: dict[str, object] = {"count": count, "found": printed(value, rows[0][0].indicator.measure)}
        for row, own in rows:
            if own == value:
                yield Finding(row.number, "value", facts)


@FIGURES.check("exactly_full", blocking=False, doubtful=True)
def exactly_full(report: Report) -> Iterator[Finding]:
    """Nearly everything exactly at its target before the year is over: copied, not counted."""
    if report.period.month == 12:
        return
    judged, full = 0, []
    for row, _, value in report.reported:
        target = report.targets.get(row.key)
        is_amount = target is not None and target.kind is Kind.ACCUMULATE and bool(target.low)
        if target is None or not is_amount or row.indicator.accumulation not in RUNNING:
            continue
        judged += 1
        if value == target.low:
            full.append(row)
    if len(full) >= FEW and len(full) * 5 >= judged * 4:
        for row in full:
            yield Finding(row.number, "value", {"count": len(full), "judged": judged})


@FIGURES.check("sum_differs", blocking=False)
def sum_differs(report: Report) -> Iterator[Finding]:
    """A row of sums must be the sum of its rows."""
    totals: dict[str, int] = defaultdict(int)
    for row, _, value in report.reported:
        totals[row.indicator.code] += value
    for sums in report.table.sums:
        indicator = report.known.indicators.get(str(sums.cells.get("indicator", "")))
        if indicator is None or indicator.is_ratio:
            continue
        said = parse_figure(sums.cells.get("value"), indicator.measure)
        if isinstance(said, Figure) and said.value is not None and said.value != totals[indicator.code]:
            measure = indicator.measure
            facts: dict[str, object] = {"found": printed(said.value, measure)}
            yield Finding(
                sums.number, "value", facts | {"computed": printed(totals[indicator.code], measure)}
            )


@FIGURES.check("promise_past", blocking=False)
def promise_past(report: Report) -> Iterator[Finding]:
    """A promise is for a day to come."""
    for row in report.rows:
        day = row.entry.get("promised_day")
        if day is not None and day <= report.period:
            yield Finding(row.number, "promised_day", {"found": day, "period": report.period})


@FIGURES.check("unexplained", blocking=False)
def unexplained(report: Report) -> Iterator[Finding]:
    """The template asked for an explanation here."""
    for row in report.rows:
        if row.entry.get("behind") and not (row.entry.get("cause") or row.entry.get("text")):
            facts: dict[str, object] = {"indicator": row.indicator.name, "unit": row.unit.name}
            yield Finding(row.number, "text", facts)


def told(row: ReportRow, held: Held) -> str:
    """A stored figure as a person reads it."""
    if held.value is None:
        return held.text or "—"
    text = printed(held.value, row.indicator.measure)
    return held.text or text if held.quality is not Quality.EXACT else text
