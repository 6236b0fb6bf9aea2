"""Targets counted from something: points over the start of the year, above the city's mean, no worse than last year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data_access.records import OutsideFigureRecord, TargetRecord
from metrics.vocabulary import Comparator, Level, MeasuredFrom

from .batch import Batch, moment
from .measures import Spec
from .places import Place

# 在年初基础上提高5个百分点, each township over its own start.
OVER_BASE = {"XC02": 500}
CITY_MEAN, PROVINCE_MEAN = "全市平均", "全省平均"
# Of every village at least so much, beside the mean of all.
LOWEST = {"BQ02": 9000}
# What offices of the line ask of townships beside the county's own breakdown: whose, against whom, which way.
BESIDE = {
    "JK01": ("县医疗保障局", MeasuredFrom.COUNTY, Comparator.AT_LEAST, "医保〔{year}〕6号"),
    "JK03": ("县卫生健康局", MeasuredFrom.LAST_YEAR, Comparator.AT_MOST, "卫健〔{year}〕9号"),
}
# Growth of income in the city, per cent with two decimals, by the day it speaks for.
PUBLISHED = {
    date(2025, 3, 31): 655,
    date(2025, 6, 30): 648,
    date(2025, 9, 30): 642,
    date(2025, 12, 31): 640,
    date(2026, 3, 31): 636,
    date(2026, 6, 30): 629,
    date(2026, 9, 30): 631,
}
_PUBLISHED_AFTER = 9  # the survey office publishes on the ninth of the month after


def relative(record: TargetRecord) -> TargetRecord:
    """The target as its document words it: a step over the base, above the city, or with a floor beside the mean."""
    if record.no_task:
        return record
    if record.indicator in OVER_BASE:
        return replace(record, low=OVER_BASE[record.indicator], measured_from=MeasuredFrom.BASE)
    if record.indicator == "SR01":
        return replace(record, low=0, measured_from=MeasuredFrom.OUTSIDE, reference=CITY_MEAN, text=None)
    if record.indicator in LOWEST and len(record.unit) <= len("990521101"):
        return replace(record, minimum=LOWEST[record.indicator])
    return record


def compared(one: Spec, place: Place, year: int) -> Iterator[TargetRecord]:
    """What an office asks of a township beside the county's breakdown; shown and judged, not counted."""
    if one.code not in BESIDE or place.level is not Level.TOWNSHIP:
        return
    issuer, start, comparator, document = BESIDE[one.code]
    yield TargetRecord(
        indicator=one.code,
        unit=place.code,
        year=year,
        issuer=issuer,
        is_breakdown=False,
        kind=one.record.kind,
        comparator=comparator,
        low=0,
        deadline=date(year, 12, 31),
        valid_from=date(year, 1, 1),
        measured_from=start,
        document=document.format(year=year),
    )


def outside_batches(author: str) -> Iterator[Batch]:
    """The city's figures as they were published."""
    for day, value in PUBLISHED.items():
        after = date(day.year + day.month // 12, day.month % 12 + 1, _PUBLISHED_AFTER)
        record = OutsideFigureRecord("SR01", CITY_MEAN, value, "国家统计局市调查队", day)
        yield Batch(moment(after, 10), author, (record,))
