"""Checks of the periodic report against what usually happens: each finding goes with the figure as 存疑."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from intake.checks.households import Counted, odd_households
from intake.checks.registry import Finding, Registry
from intake.printing import printed
from intake.report import Report, ReportRow
from metrics.periods import previous
from metrics.vocabulary import Accumulation, Cadence, Kind

PLAUSIBLE: Registry[Report] = Registry()
RUNNING = (Accumulation.YEAR_TO_DATE, Accumulation.CUMULATIVE)
# How far a last month or quarter is looked back from: the steps before it, and the value they begin at.
LOOKED_BACK = {Cadence.MONTH: 3, Cadence.QUARTER: 4}
LEAP = 4
FEW = 5


def closes_quarter_or_year(cadence: Cadence, month: int) -> bool:
    """Whether a report is the last monthly one of its quarter, or the last quarterly one of its year."""
    return month % 3 == 0 if cadence is Cadence.MONTH else cadence is Cadence.QUARTER and month == 12


@PLAUSIBLE.check("household_size", blocking=False, doubtful=True)
def household_size(report: Report) -> Iterator[Finding]:
    """Persons and households of the same people: two to seven to a household (metrics.md 7)."""
    counted = (Counted(row, row.indicator, (row.unit.code,), value) for row, _, value in report.reported)
    for row, facts in odd_households(counted):
        yield Finding(row.number, "value", facts)


@PLAUSIBLE.check("last_month_leaps", blocking=False, doubtful=True)
def last_month_leaps(report: Report) -> Iterator[Finding]:
    """Far more in the last report of a quarter or year than in those before it."""
    for row, _, value in report.reported:
        indicator = row.indicator
        if row.key not in report.before:
            continue
        is_amount = indicator.kind is Kind.ACCUMULATE and not indicator.is_ratio
        if not is_amount or not closes_quarter_or_year(indicator.cadence, report.period.month):
            continue
        steps = _steps(report, row, value)
        if len(steps) < 2 or min(steps) < 0:
            continue
        usual = Fraction(sum(steps[1:]), len(steps) - 1)
        if steps[0] >= LEAP * max(usual, Fraction(FEW * 10**indicator.measure.scale)):
            measure = indicator.measure
            facts: dict[str, object] = {"usual": printed(round(usual), measure), "count": len(steps) - 1}
            yield Finding(row.number, "value", facts | {"found": printed(steps[0], measure)})


def _steps(report: Report, row: ReportRow, value: int) -> Sequence[int]:
    """What each period added, the present one first; empty where one of them is not known."""
    cadence, accumulation = row.indicator.cadence, row.indicator.accumulation
    values: list[int] = [value]
    for n in range(1, LOOKED_BACK[cadence] + 1):
        day = previous(cadence, report.period, n)
        if accumulation is Accumulation.YEAR_TO_DATE and day.year < report.period.year:
            values.append(0)
            break
        if accumulation is Accumulation.INCREMENT and n == LOOKED_BACK[cadence]:
            break
        held = report.history.get(day, {}).get(row.key)
        if held is None or held.value is None:
            return ()
        values.append(held.value)
    if accumulation not in RUNNING:
        return values if accumulation is Accumulation.INCREMENT else ()
    return [later - earlier for later, earlier in pairwise(values)]
