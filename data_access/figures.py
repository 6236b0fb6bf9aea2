"""The figure of each unit on each day asked: what it reported, or what was found of its checklist."""

from datetime import date

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
)

from data_access import acceptance
from data_access.expressions import fenced, flag, given, total
from data_access.question import Question
from data_access.schema import checklist, checklist_mark, report
from data_access.versions import recorded_by, spans
from metrics.vocabulary import OF_A_DAY, Kind, Quality, SubmissionState

KEYS = ("unit", "indicator", "period")
SAID = ("quality", "text", "is_accepted")
# Periods with a number, with its parts, awaiting acceptance: one, or those of the year so far.
MEASURED = (
    "value",
    "upper",
    "numerator",
    "denominator",
    "valued",
    "parted",
    "waiting",
    "inexact",
    "doubted",
    "ranged",
)
FIGURE = (*KEYS, *SAID, *MEASURED)
NO_NUMBER = (Quality.MASKED, Quality.QUALITATIVE)
HANDED_IN = ("value", "high", "numerator", "denominator", "quality", "text", "doubt")


def reported(asked: Question, spared: CTE) -> CompoundSelect:
    """Reports as figures, columns as in `FIGURE`: of one period, or the year's increments so far.

    What came for periods that were not owed (`spared`) is added up, but does not stand for one that was.
    """
    rows = _revisions(asked, spared)
    counts = and_(rows.c.is_accepted == 1, rows.c.quality.not_in(NO_NUMBER))
    has_value = and_(counts, rows.c.value.is_not(None))
    has_parts = and_(counts, rows.c.numerator.is_not(None), rows.c.denominator.is_not(None))
    upper = func.coalesce(rows.c.high, rows.c.value)
    own: dict[str, ColumnElement[int]] = {
        "value": case((has_value, rows.c.value)),
        "upper": case((has_value, upper)),
        "numerator": case((has_parts, rows.c.numerator)),
        "denominator": case((has_parts, rows.c.denominator)),
        "valued": flag(has_value),
        "parted": flag(has_parts),
        "waiting": flag(rows.c.is_accepted == 0),
        "inexact": flag(rows.c.quality != Quality.EXACT),
        "doubted": flag(rows.c.doubt.is_not(None)),
        "ranged": flag(rows.c.high.is_not(None)),
    }
    fixed = [rows.c[name] for name in (*KEYS, *SAID)]
    is_running = tuple_(rows.c.indicator, rows.c.period).in_(asked.running())
    of_year = (rows.c.indicator, rows.c.unit, extract("year", rows.c.period))
    owed = {
        name: case((rows.c.is_spared == 1, 0), else_=own[name]) for name in ("valued", "parted", "waiting")
    }
    sums = {
        name: cast(func.sum(each).over(partition_by=of_year, order_by=rows.c.period), BigInteger)
        for name, each in (own | owed).items()
    }
    single = select(*fixed, *(own[name].label(name) for name in MEASURED)).where(~is_running)
    so_far = (
        select(*fixed, *(sums[name].label(name) for name in MEASURED)).where(is_running).subquery("so_far")
    )
    # The earlier months were needed for the sums only.
    running = select(so_far).where(so_far.c.period.in_(asked.days))
    return union_all(single, running)


def _revisions(asked: Question, spared: CTE) -> CTE:
    """For each unit and day the revision that counts: the newest accepted, else the newest that waits.

    A report speaks for its own period, that of a milestone for the rest of the year as well.
    """
    measure, day = asked.measure, asked.days_asked
    periodic = measure.c.kind.not_in(OF_A_DAY)
    # The first condition says nothing more than the second, but an index can follow it.
    own = and_(
        report.c.indicator.in_(select(measure.c.indicator).where(periodic)),
        tuple_(report.c.indicator, report.c.period).in_(
            select(measure.c.indicator, measure.c.period).where(periodic)
        ),
    )
    milestones = asked.named(Kind.MILESTONE)
    # Given, not as it stands: an index shall follow the indicator, not the range of days.
    so_far = and_(given(report.c.period) <= day.c.period, extract("year", report.c.period) == day.c.year)
    of_year = and_(
        report.c.indicator.in_(milestones.with_only_columns(measure.c.indicator)),
        tuple_(report.c.indicator, day.c.period).in_(milestones),
    )
    parts = [
        _newest(asked, report.c.period, own),
        _newest(asked, day.c.period, and_(so_far, of_year)),
    ]
    row = union_all(*parts).subquery("newest").c
    # Asked with "in": for "not in" SQLite reads all of them again for every report.
    keys = tuple_(row.unit, row.indicator, row.period)
    is_spared = flag(keys.in_(select(*(spared.c[name] for name in KEYS))))
    return fenced(select(*row, is_spared.label("is_spared")), "revision")


def _newest(asked: Question, period: ColumnElement[date], condition: ColumnElement[bool]) -> Select:
    """The revision that counts of each unit and indicator for a period."""
    state = asked.state
    accepted = select(state.c.submission).where(state.c.state == SubmissionState.ACCEPTED)
    returned = select(state.c.submission).where(state.c.state == SubmissionState.RETURNED)
    is_accepted = flag(report.c.submission.in_(accepted))
    place = func.row_number().over(
        partition_by=(report.c.indicator, report.c.unit, period),
        order_by=(is_accepted.desc(), report.c.period.desc(), report.c.revision.desc()),
    )
    columns = {
        "unit": report.c.unit,
        "indicator": report.c.indicator,
        "period": period,
        "is_accepted": is_accepted,
        **{name: report.c[name] for name in HANDED_IN},
    }
    ranked = (
        select(*(each.label(name) for name, each in columns.items()), place.label("place"))
        .where(report.c.county == asked.county, report.c.period.in_(asked.periods), condition)
        .where(report.c.layer == asked.layer, report.c.submission.not_in(returned))
        .where(*recorded_by(report, asked.known_at), *asked.only(report.c.unit))
        .subquery("ranked_revision")
        .c
    )
    return select(*(ranked[name] for name in columns)).where(ranked.place == 1)


def marked(asked: Question) -> Select:
    """Checklists as figures: items met of all items; at least so many while some were never looked at.

    Of each item the newest accepted mark counts; a unit of which nothing is accepted yet waits.
    """
    mark, item = _newest_marks(asked), _items(asked)
    size = (
        select(item.c.indicator, item.c.period, func.count().label("items"))
        .group_by(item.c.indicator, item.c.period)
        .subquery("size")
    )
    items = size.c["items"]
    is_marked = mark.c.is_accepted == 1
    met, looked_at = total(flag(and_(is_marked, mark.c.met))), func.sum(mark.c.is_accepted)
    is_in = looked_at > 0
    is_full = case((is_in, flag(met == items)))
    columns: dict[str, ColumnElement] = {
        "quality": case((looked_at == items, Quality.EXACT.value), else_=Quality.AT_LEAST.value),
        "text": null(),
        "is_accepted": flag(is_in),
        "value": is_full,
        "upper": is_full,
        "numerator": case((is_in, met)),
        "denominator": case((is_in, cast(items, BigInteger))),
        "valued": flag(is_in),
        "parted": flag(is_in),
        "waiting": flag(~is_in),
        "inexact": flag(looked_at != items),
        "doubted": literal(0),
        "ranged": literal(0),
    }
    same_day = and_(size.c.indicator == mark.c.indicator, size.c.period == mark.c.period)
    same_item = and_(
        item.c.indicator == mark.c.indicator, item.c.item == mark.c.item, item.c.period == mark.c.period
    )
    return (
        select(*(mark.c[name] for name in KEYS), *(columns[name].label(name) for name in FIGURE[3:]))
        .join(item, same_item)
        .join(size, same_day)
        .where(mark.c.place == 1)
        .group_by(*(mark.c[name] for name in KEYS), items)
    )


def _newest_marks(asked: Question) -> Subquery:
    measure, mark = asked.measure, checklist_mark.c
    is_accepted = flag(acceptance.is_accepted(checklist_mark, asked.state))
    place = func.row_number().over(
        partition_by=(mark.indicator, mark.unit, mark.item, measure.c.period),
        order_by=(is_accepted.desc(), mark.day.desc(), mark.recorded_at.desc()),
    )
    columns = (mark.unit, mark.indicator, mark.item, mark.met, measure.c.period)
    up_to_day = and_(
        measure.c.indicator == mark.indicator,
        measure.c.kind == Kind.CHECKLIST,
        mark.day <= measure.c.period,
    )
    return (
        select(*columns, is_accepted.label("is_accepted"), place.label("place"))
        .join(measure, up_to_day)
        .where(mark.county == asked.county, *recorded_by(checklist_mark, asked.known_at))
        .where(acceptance.is_not_returned(checklist_mark, asked.state))
        .where(*asked.only(mark.unit))
        .subquery("ranked_mark")
    )


def _items(asked: Question) -> CTE:
    """The items of each checklist on each day asked."""
    of_county = checklist.c.county == asked.county
    held = spans(checklist, ("indicator", "item"), of_county, known_at=asked.known_at)
    measure = asked.measure
    in_force = and_(
        measure.c.indicator == held.c.indicator,
        held.c.valid_from <= measure.c.period,
        held.c.valid_to > measure.c.period,
    )
    return (
        select(held.c.indicator, held.c.item, measure.c.period)
        .join(measure, in_force)
        .where(held.c.withdrawn.is_(False))
        .cte("item")
    )
