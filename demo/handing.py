"""When each month's workbook came in, and what became of it: in time, late, missing, returned, corrected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
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

# Each with what is said instead where the figure went the other way.
_CORRECTION_REASONS = {
    "村级台账漏登，复核后补报": "验收未通过的计入在内，核减",
    "与上月数据重复计算，核减": "上月验收的未计入，调增",
    "验收日期跨月，按验收时间调整": "",
    "录入时数字颠倒，按原始台账更正": "",
    "县级比对退回，按比对结果更正": "",
    "户主外出后补签验收单，调增": "同一户重复登记，核减",
}
_LOWERED = "核减"
# Where the templates have their first figure.
_SHEET, _COLUMN, _FIRST_ROW = "报送数据", "J", 4
_CORRECTED_SHARE = 0.0022
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

    def accepts(self, at: datetime) -> Move:
        """A workbook found in order."""
        return Move(SubmissionState.ACCEPTED, at, self.accepting)

    def returns(self, at: datetime) -> Move:
        """A workbook sent back the day after it came."""
        note = "村级合计与乡镇数不一致，请核对后重报"
        return Move(SubmissionState.RETURNED, at + timedelta(hours=20), self.accepting, note)


def handed_in(
    desk: Desk,
    seed: int,
    year: int,
    reports: Reports,
    explanations: dict[tuple[str, int], list[ExplanationRecord]],
) -> Iterator[Batch]:
    """Every workbook of a year with its figures, explanations and fate; corrections quarter by quarter."""
    rng, calendar = Random(f"{seed}:{year}:handing"), workdays()
    pending: dict[str, list[ReportRecord]] = {township.code: [] for township in desk.country.townships}
    for month in range(1, MONTHS[year] + 1):
        period = month_end(year, month)
        due = due_on(Cadence.MONTH, period, 5, calendar)
        for township in desk.country.townships:
            fate = FATES.get((township.name, year, month), 0)
            own = tuple(reports[township.code, month])
            first, mended = _with_errors(rng, own) if fate == 0 else (own, [])
            pending[township.code] += mended
            said = tuple(explanations.get((township.code, month), ()))
            day = calendar.on_or_after(_handing_day(rng, township, due, fate))
            yield from _monthly(desk, rng, township, period, day, fate, first, said)
            if pending[township.code] and (month % 3 == 0 or month == MONTHS[year]):
                day = calendar.on_or_after(min(due + timedelta(days=rng.randint(9, 34)), LAST_DAY))
                yield _correction(desk, rng, township, period, day, pending[township.code])
                pending[township.code] = []
        yield from _of_departments(desk, rng, period, due, reports.get((COUNTY, month), []))


def _monthly(
    desk: Desk,
    rng: Random,
    township: Place,
    period: date,
    day: date,
    fate: int | str,
    reports: tuple[ReportRecord, ...],
    explanations: tuple[ExplanationRecord, ...],
) -> Iterator[Batch]:
    at, clerk = office_hour(rng, day), desk.clerk(township)
    name = f"{township.name}{period.year}年{period.month}月报表.xlsx"
    sent = workbook(township.code, "report", period, name, clerk, at)
    accepted = desk.accepts(at + timedelta(days=rng.choice((0, 0, 1, 1, 2)), hours=1))
    if fate == MISSING:
        return
    moves = {WAITING: None, RETURNED: desk.returns(at), RESENT: desk.returns(at)}
    move = moves[fate] if isinstance(fate, str) else accepted
    reports = _placed(reports)
    yield Batch(at, clerk, (*reports, *explanations), sent, move)
    if fate == RESENT:
        later = at + timedelta(days=3)
        again = workbook(township.code, "report", period, name.replace("报表", "报表（重报）"), clerk, later)
        yield Batch(later, clerk, reports, again, desk.accepts(later + timedelta(hours=5)))


def _correction(
    desk: Desk, rng: Random, township: Place, period: date, day: date, mended: list[ReportRecord]
) -> Batch:
    at, clerk = office_hour(rng, day), desk.clerk(township)
    name = f"{township.name}{period.year}年{period.month}月更正表.xlsx"
    sent = workbook(township.code, "report", period, name, clerk, at)
    return Batch(at, clerk, _placed(mended), sent, desk.accepts(at + timedelta(hours=3)))


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
            corrected.append(replace(record, reason=_reason(rng, record, first[-1])))
        else:
            first.append(record)
    return tuple(first), corrected


def _reason(rng: Random, right: ReportRecord, wrong: ReportRecord) -> str:
    """Why it was corrected, in words that fit the way it went."""
    reason = rng.choice(tuple(_CORRECTION_REASONS))
    other = _CORRECTION_REASONS[reason]
    is_lowered = (right.value or 0) < (wrong.value or 0)
    return other if other and is_lowered != (_LOWERED in reason) else reason


def _placed(reports: Iterable[ReportRecord]) -> tuple[ReportRecord, ...]:
    """The figures in the order of the sheet they stand on, each with its cell."""
    return tuple(
        replace(record, place=f"{_SHEET}!{_COLUMN}{row}")
        for row, record in enumerate(reports, start=_FIRST_ROW)
    )


def _can_be_wrong(record: ReportRecord) -> bool:
    one = BY_CODE[record.indicator].record
    is_amount = one.accumulation in (Accumulation.INCREMENT, Accumulation.YEAR_TO_DATE)
    is_plain = record.quality is Quality.EXACT and record.doubt is None and record.denominator is None
    return is_amount and is_plain and one.level_reported is Level.VILLAGE and (record.value or 0) >= 4


def _wrong(rng: Random, record: ReportRecord) -> int:
    value = record.value or 0
    off = max(1, round(value * rng.uniform(0.08, 0.35)))
    return value + off if rng.random() < 0.65 else value - off


def _of_departments(
    desk: Desk, rng: Random, period: date, due: date, reports: list[ReportRecord]
) -> Iterator[Batch]:
    """What departments report for the county as a whole, one workbook each."""
    by_lead: dict[str, list[ReportRecord]] = {}
    for record in reports:
        by_lead.setdefault(BY_CODE[record.indicator].record.lead or "", []).append(record)
    for lead, own in by_lead.items():
        at = office_hour(rng, due)
        clerk = f"{short_name(lead)} {desk.people.clerk_of(lead).name}"
        name = f"{short_name(lead)}{period.year}年{period.month}月报表.xlsx"
        sent = workbook(COUNTY, "report", period, name, clerk, at)
        yield Batch(at, clerk, _placed(own), sent, desk.accepts(at + timedelta(hours=18)))
