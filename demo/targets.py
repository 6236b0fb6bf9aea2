"""The annual targets as documents set them: the county's, townships' and villages' shares, and changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from data_access.records import TargetRecord
from metrics.vocabulary import Comparator, Level, TargetChange

from .aims import NOT_SET, RAISED_ON, Aims, reporters
from .comparisons import PROVINCE_MEAN, compared, relative
from .indicators import BY_CODE, SPECS, dated
from .indicators_village import CHECKLIST_ITEMS
from .measures import YEARS, Manner, Spec, has_task
from .places import COUNTY, Land, Place
from .year import percentage

COUNTY_OFFICE = "县委农村工作领导小组"
CITY_OFFICE = "市委农村工作领导小组"
PROVINCE_OFFICE = "省委农村工作领导小组"

# What the province handed down beside the city, in 2025 and 2026: households and persons out of risk.
FROM_PROVINCE = {"JC01": (488, 512), "JC02": (1561, 1638)}
# Townships whose share of sanitary toilets at the start of the year was never settled.
WITHOUT_BASE = {("XC02", "竹坪乡"), ("XC02", "红岭农场"), ("XC02", "南屏街道")}
# The first half of the model villages is to pass by the end of September.
FIRST_BATCH = ("凤岗村", "桃源村", "河东村", "永兴村", "良田村", "同心村", "荷塘村", "茶岭村")
FIRST_BATCH_DAY = date(2026, 9, 30)

RAISING = "云农领〔2026〕17号《关于追加“7·11”山洪灾后农村危房改造任务的通知》"
_RAISING_REASON = "七月山洪后新鉴定危房纳入当年改造"
_LOWERED_TOWNSHIP, _LOWERED_BY = "竹坪乡", 350
_MISPRINTED_TOWNSHIP = "清溪镇"


@dataclass(frozen=True)
class Sheet:
    """One document of targets: what it sets, and the day it was entered."""

    entered_on: date
    targets: tuple[TargetRecord, ...]


def target_sheets(country: Land, aims: Aims) -> list[Sheet]:
    """All documents of a year in the order of their entry."""
    year = aims.year
    first = tuple(_as_first_set(country, record) for record in _first_targets(country, aims))
    sheets = [Sheet(date(year, 1, 20), first)]
    if year == RAISED_ON.year:
        sheets.append(Sheet(date(2026, 2, 24), (_corrected(country, first),)))
        sheets.append(Sheet(date(2026, 6, 4), (_lowered(country, first),)))
        sheets.append(Sheet(date(2026, 8, 3), tuple(_of_indicator(BY_CODE["YS03"], country, aims))))
        sheets.append(Sheet(date(2026, 9, 2), tuple(_raised(country, aims))))
    return sheets


def _first_targets(country: Land, aims: Aims) -> Iterator[TargetRecord]:
    for one in SPECS:
        if aims.year in one.plan.years and one.code != "YS03":
            yield from _of_indicator(one, country, aims)


def _of_indicator(one: Spec, country: Land, aims: Aims) -> Iterator[TargetRecord]:
    yield from _of_county(one, country, aims)
    if one.plan.down_to is Level.COUNTY:
        return
    for township in country.townships:
        if (one.code, township.name) not in NOT_SET:
            yield from _of_unit(one, country, aims, township)
        for village in country.below(township.code):
            if one.plan.down_to is Level.VILLAGE or _is_exempt(one, country, village):
                yield from _of_unit(one, country, aims, village)


def _is_exempt(one: Spec, country: Land, village: Place) -> bool:
    """Villages report, townships are judged: a village without the task has to be told so all the same."""
    return one.record.level_reported is Level.VILLAGE and not has_task(one, country, village)


def _of_county(one: Spec, country: Land, aims: Aims) -> Iterator[TargetRecord]:
    manner, at = one.plan.manner, YEARS.index(aims.year)
    amount: int | None = one.plan.goals[at]
    if manner in (Manner.WORK, Manner.BATCH):
        amount = one.plan.totals[at]
    elif manner in (Manner.STOCK, Manner.TIMES):
        amount = _sum(one, reporters(one, country), aims)
    elif manner is Manner.MILESTONE:
        amount = len(_tasked(one, country, country.county))
    elif manner is Manner.CHECKLIST:
        amount = len(CHECKLIST_ITEMS)
    base = _start(one, country, country.county, aims)
    if manner is Manner.WORDS:
        amount = None
    record = relative(_record(one, country.county, aims.year, amount, base=base))
    yield record
    if one.code in FROM_PROVINCE:
        yield _from(record, PROVINCE_OFFICE, FROM_PROVINCE[one.code][at], f"省农领〔{aims.year}〕1号")
    if one.code == "SR01":
        # Nobody has entered the province's figures: 无规则 until somebody does.
        yield replace(
            record, issuer=PROVINCE_OFFICE, reference=PROVINCE_MEAN, document=f"省农领〔{aims.year}〕1号"
        )


def _of_unit(one: Spec, country: Land, aims: Aims, place: Place) -> Iterator[TargetRecord]:
    manner, year = one.plan.manner, aims.year
    if not has_task(one, country, place):
        yield _record(one, place, year, 0, no_task=True)
    elif manner in (Manner.WORK, Manner.BATCH, Manner.STOCK, Manner.TIMES):
        below = country.below(place.code) if place.level is Level.TOWNSHIP else (place,)
        at_village = one.record.level_reported is Level.VILLAGE
        amount = _sum(one, below if at_village else (place,), aims)
        base = aims.base.get((one.code, place.code))
        yield _record(one, place, year, amount, base=base, no_task=amount == 0)
    elif manner is Manner.SHARE:
        goal = aims.level[one.code, place.code][1] if (one.code, place.code) in aims.level else None
        start = _start(one, country, place, aims)
        yield relative(
            _record(one, place, year, one.plan.goals[YEARS.index(year)] if goal is None else goal, base=start)
        )
    elif manner in (Manner.RATE, Manner.ZERO):
        yield relative(_record(one, place, year, one.plan.goals[YEARS.index(year)]))
        yield from compared(one, place, year)
    elif manner is Manner.WORDS:
        yield _record(one, place, year, None)
    elif manner is Manner.CHECKLIST:
        yield _record(one, place, year, len(CHECKLIST_ITEMS))
    else:
        yield _milestone(one, country, place, year)


def _milestone(one: Spec, country: Land, place: Place, year: int) -> TargetRecord:
    """Of a village its day, of a township the last day of its villages."""
    tasked = _tasked(one, country, place)
    is_first = all(unit.name in FIRST_BATCH for unit in tasked)
    record = _record(one, place, year, len(tasked))
    return replace(record, deadline=FIRST_BATCH_DAY) if is_first else record


def _tasked(one: Spec, country: Land, place: Place) -> list[Place]:
    """The reporting units with the task that a place is or holds."""
    return [
        unit
        for unit in reporters(one, country)
        if has_task(one, country, unit) and place.code in (COUNTY, unit.parent, unit.code)
    ]


def _sum(one: Spec, places: Iterable[Place], aims: Aims) -> int:
    return sum(aims.quantity.get((one.code, place.code), 0) for place in places)


def _start(one: Spec, country: Land, place: Place, aims: Aims) -> int | None:
    """The level at the start of the year; of a parent, parts over wholes of the units below it."""
    if one.plan.manner is not Manner.SHARE or (one.code, place.name) in WITHOUT_BASE:
        return None
    if (one.code, place.code) in aims.level:
        return aims.level[one.code, place.code][0]
    below = [
        unit
        for unit in reporters(one, country)
        if (one.code, unit.code) in aims.level and place.code in (COUNTY, unit.parent)
    ]
    wholes = [int(getattr(unit, one.plan.share_by)) for unit in below]
    levels = [aims.level[one.code, unit.code][0] for unit in below]
    parts = sum(level * whole for level, whole in zip(levels, wholes, strict=True))
    return percentage(round(parts / 10_000), sum(wholes))


def _record(
    one: Spec, place: Place, year: int, low: int | None, *, base: int | None = None, no_task: bool = False
) -> TargetRecord:
    is_county = place.code == COUNTY
    plan = one.plan
    deadline = date(year, *plan.deadline)
    comparator = Comparator.AT_LEAST if no_task else plan.comparator
    return TargetRecord(
        indicator=one.code,
        unit=place.code,
        year=year,
        issuer=CITY_OFFICE if is_county else COUNTY_OFFICE,
        is_breakdown=not is_county,
        kind=one.record.kind,
        comparator=comparator,
        low=low,
        deadline=deadline,
        valid_from=date(2026, 8, 1) if one.code == "YS03" else date(year, 1, 1),
        high=plan.high[YEARS.index(year)] if plan.high and not no_task else None,
        base=base,
        no_task=no_task,
        force=plan.force,
        text=_text(one, low),
        document=f"市农领〔{year}〕3号" if is_county else dated(one.record.source, year).split("《")[0],
    )


def _text(one: Spec, low: int | None) -> str | None:
    if one.plan.comparator is Comparator.ABOUT and low and one.record.measure == "万元":
        return f"力争约{low / 100:g}万元"
    return one.plan.text


def _from(record: TargetRecord, issuer: str, low: int, document: str) -> TargetRecord:
    return replace(record, issuer=issuer, low=low, document=document)


def _as_first_set(country: Land, record: TargetRecord) -> TargetRecord:
    """The sheet of January 2026 had one decimal point too far right and one road that was taken out later."""
    if record.low is not None and _is_misprint(country, record):
        return replace(record, low=record.low * 10)
    if record.low is not None and _is_lowered(country, record):
        return replace(record, low=record.low + _LOWERED_BY)
    return record


def _is_misprint(country: Land, record: TargetRecord) -> bool:
    township = country.by_name[_MISPRINTED_TOWNSHIP].code
    return (record.year, record.indicator, record.unit) == (2026, "XC08", township)


def _is_lowered(country: Land, record: TargetRecord) -> bool:
    township = country.by_name[_LOWERED_TOWNSHIP].code
    return (record.year, record.indicator, record.unit) == (2026, "LT01", township)


def _corrected(country: Land, first: Iterable[TargetRecord]) -> TargetRecord:
    wrong = next(record for record in first if _is_misprint(country, record))
    return replace(
        wrong,
        low=(wrong.low or 0) // 10,
        change=TargetChange.CORRECT,
        reason="任务分解表小数点错位，按县农业农村局函更正",
        document="云农领办〔2026〕9号《关于更正高标准农田任务的函》",
    )


def _lowered(country: Land, first: Iterable[TargetRecord]) -> TargetRecord:
    held = next(record for record in first if _is_lowered(country, record))
    return replace(
        held,
        low=(held.low or 0) - _LOWERED_BY,
        change=TargetChange.LOWER,
        valid_from=date(2026, 6, 1),
        reason="窑湾至碾子段与国有林场规划冲突，调出当年计划",
        document="云交〔2026〕33号《关于调整农村公路建设计划的批复》",
    )


def _raised(country: Land, aims: Aims) -> Iterator[TargetRecord]:
    """The raised targets of the villages, of their townships and of the county."""
    one = BY_CODE["ZF01"]
    more = {unit: new - aims.quantity[code, unit] for (code, unit), new in aims.raised.items()}
    for place in country.places:
        below = (
            country.villages
            if place.code == COUNTY
            else country.below(place.code)
            if place.parent == COUNTY
            else (place,)
        )
        added = sum(more.get(village.code, 0) for village in below)
        if not added:
            continue
        amount = _sum(one, below, aims) if place.code != COUNTY else one.plan.totals[YEARS.index(aims.year)]
        yield replace(
            _record(one, place, aims.year, amount),
            low=amount + added,
            change=TargetChange.RAISE,
            valid_from=RAISED_ON,
            reason=_RAISING_REASON,
            document="市农领〔2026〕14号" if place.code == COUNTY else RAISING,
        )
