"""When each month's workbook came in, and what became of it: in time, late, missing, returned, corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data_access.records import ExplanationRecord, ReportRecord
from metrics.periods import due_on, month_end
from metrics.vocabulary import Accumulation, Cadence, Level, Quality, SubmissionState

from .batch import Batch, Move, office_hour, workbook
from .departments import short_name
from .holidays import workdays
from .indicators import BY_CODE
from .people import VILLAGE_CLERK, People
from .places import BEGIN, COUNTY, Land, Place
from .reports import Reports
from .year import MONTHS

MISSING, WAITING, RETURNED, RESENT = "missing", "waiting", "returned", "resent"

# What befell single workbooks: days late, or a word.
FATES: dict[tuple[str, int, int], int | str] = {
    ("高寨乡", 2025, 3): 47,
    ("茶园乡", 2025, 2): 9,
    ("云台乡", 2026, 2): 20,
    ("石门乡", 2026, 7): 6,
    ("双桥镇", 2026, 6): RESENT,
    ("竹坪乡", 2026, 10): MISSING,
    ("茶园乡", 2026, 10): WAITING,
    ("红岭农场", 2026, 10): RETURNED,
}
# How often a township is late, when it is one of those that are.
_OFTEN_LATE = {"云台乡": 0.42, "马场镇": 0.22, "高寨乡": 0.18}
_SELDOM_LATE = 0.05

_CORRECTION_REASONS = (
    "村级台账漏登，复核后补报",
    "与上月数据重复计算，核减",
    "验收日期跨月，按验收时间调整",
    "录入时数字颠倒，按原始台账更正",
    "县级比对退回，按比对结果更正",
    "户主外出后补签验收单，调增",
)
_CORRECTED_SHARE = 0.0016
LAST_DAY = date(2026, 11, 18)


@dataclass(frozen=True)
class Desk:
    """Who hands in and who accepts."""

    country: Land
    people: People
    accepting: str

    def clerk(self, township: Place) -> str:
        """The township's clerk, as a workbook names them."""
        return f"{township.name} {self.people.holder(VILLAGE_CLERK, BEGIN, unit=township.code).name}"


def handed_in(
    desk: Desk,
    seed: int,
    year: int,
    reports: Reports,
    explanations: dict[tuple[str, int], list[ExplanationRecord]],
) -> Iterator[Batch]:
    """Every workbook of a year with its figures, explanations and fate, corrections after it."""
    rng = Random(f"{seed}:{year}:handing")
    calendar = workdays()
    for month in range(1, MONTHS[year] + 1):
        due = due_on(Cadence.MONTH, month_end(year, month), 5, calendar)
        for township in desk.country.townships:
            own = tuple(reports[township.code, month])
            said = tuple(explanations.get((township.code, month), ()))
            yield from _township_month(desk, rng, township, month_end(year, month), due, own, said)
        yield from _departments_month(desk, rng, month_end(year, month), reports.get((COUNTY, month), []))


def _township_month(
    desk: Desk,
    rng: Random,
    township: Place,
    period: date,
    due: date,
    reports: tuple[ReportRecord, ...],
    explanations: tuple[ExplanationRecord, ...],
) -> Iterator[Batch]:
    fate = FATES.get((township.name, period.year, period.month), 0)
    if fate == MISSING:
        return
    day = _handing_day(rng, township, due, fate)
    first, corrected = _with_errors(rng, reports) if fate == 0 else (reports, [])
    clerk, name = desk.clerk(township), f"{township.name}{period.year}年{period.month}月报表.xlsx"
    at = office_hour(rng, day)
    sent = workbook(township.code, "report", period, name, clerk, at)
    accepted = Move(
        SubmissionState.ACCEPTED, at + timedelta(days=rng.choice((0, 0, 1, 1, 2)), hours=1), desk.accepting
    )
    if fate in (RETURNED, RESENT):
        back = Move(
            SubmissionState.RETURNED,
            at + timedelta(hours=20),
            desk.accepting,
            "村级合计与乡镇数不一致，请核对后重报",
        )
        yield Batch(at, clerk, (*first, *explanations), sent, back)
    else:
        yield Batch(at, clerk, (*first, *explanations), sent, None if fate == WAITING else accepted)
    if fate == RESENT:
        later = at + timedelta(days=3)
        again = workbook(township.code, "report", period, name.replace("报表", "报表（重报）"), clerk, later)
        yield Batch(
            later,
            clerk,
            first,
            again,
            Move(SubmissionState.ACCEPTED, later + timedelta(hours=5), desk.accepting),
        )
    if corrected:
        yield from _correction(desk, rng, township, period, due, corrected)


def _handing_day(rng: Random, township: Place, due: date, fate: int | str) -> date:
    if isinstance(fate, int) and fate > 0:
        return due + timedelta(days=fate)
    late = rng.random() < _OFTEN_LATE.get(township.name, _SELDOM_LATE)
    if late and fate == 0:
        return due + timedelta(days=rng.randint(1, 5))
    return max(due - timedelta(days=rng.choice((0, 0, 0, 1, 1, 2))), due.replace(day=1))


def _with_errors(
    rng: Random, reports: tuple[ReportRecord, ...]
) -> tuple[tuple[ReportRecord, ...], list[ReportRecord]]:
    """The workbook as it first came, with a few wrong figures, and the figures that mended them."""
    first, corrected = [], []
    for record in reports:
        if _can_be_wrong(record) and rng.random() < _CORRECTED_SHARE:
            first.append(replace(record, value=_wrong(rng, record)))
            corrected.append(replace(record, reason=rng.choice(_CORRECTION_REASONS)))
        else:
            first.append(record)
    return tuple(first), corrected


def _can_be_wrong(record: ReportRecord) -> bool:
    one = BY_CODE[record.indicator].record
    is_amount = one.accumulation in (Accumulation.INCREMENT, Accumulation.YEAR_TO_DATE)
    is_plain = record.quality is Quality.EXACT and record.doubt is None and record.denominator is None
    return is_amount and is_plain and one.level_reported is Level.VILLAGE and (record.value or 0) >= 4


def _wrong(rng: Random, record: ReportRecord) -> int:
    value = record.value or 0
    off = max(1, round(value * rng.uniform(0.08, 0.35)))
    return value + off if rng.random() < 0.65 else value - off


def _correction(
    desk: Desk, rng: Random, township: Place, period: date, due: date, corrected: list[ReportRecord]
) -> Iterator[Batch]:
    day = min(due + timedelta(days=rng.randint(9, 34)), LAST_DAY)
    at, clerk = office_hour(rng, day), desk.clerk(township)
    name = f"{township.name}{period.year}年{period.month}月更正表.xlsx"
    sent = workbook(township.code, "report", period, name, clerk, at)
    yield Batch(
        at,
        clerk,
        tuple(corrected),
        sent,
        Move(SubmissionState.ACCEPTED, at + timedelta(hours=3), desk.accepting),
    )


def _departments_month(desk: Desk, rng: Random, period: date, reports: list[ReportRecord]) -> Iterator[Batch]:
    """What departments report for the county as a whole, one workbook each."""
    by_lead: dict[str, list[ReportRecord]] = {}
    for record in reports:
        by_lead.setdefault(BY_CODE[record.indicator].record.lead or "", []).append(record)
    due = due_on(Cadence.MONTH, period, 5, workdays())
    for lead, own in by_lead.items():
        at = office_hour(rng, due)
        clerk = f"{short_name(lead)} {desk.people.clerk_of(lead).name}"
        name = f"{short_name(lead)}{period.year}年{period.month}月报表.xlsx"
        sent = workbook(COUNTY, "report", period, name, clerk, at)
        accepted = Move(SubmissionState.ACCEPTED, at + timedelta(hours=18), desk.accepting)
        yield Batch(at, clerk, tuple(own), sent, accepted)
