"""Where each reporting unit stands on each day asked: its target, its figure, whether it is in."""

from datetime import date
from functools import partial

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data_access.acceptance import state_now
from data_access.asked import Asked
from data_access.schema import checklist, checklist_mark, plan_curve, report, target
from data_access.versions import oldest_first, recorded_by, spans
from metrics.vocabulary import (
    Accumulation,
    Comparator,
    Kind,
    Layer,
    Quality,
    SubmissionState,
    TargetChange,
)

NO_NUMBER = (Quality.MASKED, Quality.QUALITATIVE)
DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 or 0: what both engines can add up."""
    return case((condition, 1), else_=0)


def count(value: ColumnElement[int]) -> ColumnElement[int]:
    """A sum of counts."""
    return cast(func.sum(value), Integer)


def total(value: ColumnElement[int]) -> ColumnElement[int]:
    """A sum as a whole number: PostgreSQL would make it a decimal."""
    return cast(func.sum(value), BigInteger)


def aims(asked: Asked) -> CTE:
    """The principal target of each unit and indicator on each day asked.

    Of each issuer the latest version; among issuers as marked, else the county's own breakdown, else the
    higher, else the one set first.
    """
    chain = ("unit", "indicator", "year", "issuer")
    so_far = func.max(flag(target.c.change == TargetChange.RAISE)).over(
        partition_by=[target.c[name] for name in chain], order_by=oldest_first(target)
    )
    measure = asked.measure
    years = sorted({day.year for day in asked.days})
    held = spans(
        target,
        chain,
        target.c.county == asked.county,
        target.c.year.in_(years),
        *asked.only(target.c.unit),
        known_at=asked.known_at,
        also=(so_far.label("was_raised"),),
    )
    best = func.row_number().over(
        partition_by=(held.c.unit, held.c.indicator, measure.c.period),
        order_by=(
            flag(func.coalesce(held.c.principal, False)).desc(),
            flag(held.c.is_breakdown).desc(),
            func.coalesce(held.c.low, -1).desc(),
            held.c.id,
        ),
    )
    is_none = and_(held.c.kind == Kind.ACCUMULATE, held.c.low == 0, held.c.comparator.not_in(DOWNWARD))
    ranked = (
        select(
            held.c.unit,
            held.c.indicator,
            measure.c.period,
            held.c.low,
            held.c.base,
            held.c.was_raised,
            flag(or_(held.c.no_task, func.coalesce(is_none, False))).label("has_no_task"),
            best.label("place"),
        )
        .join(
            measure,
            and_(
                measure.c.indicator == held.c.indicator,
                measure.c.year == held.c.year,
                measure.c.period >= held.c.valid_from,
                measure.c.period < held.c.valid_to,
                measure.c.is_asked,
            ),
        )
        .subquery("ranked_aim")
    )
    columns = [each for each in ranked.c if each.name != "place"]
    return select(*columns).where(ranked.c.place == 1).cte("aim")


def own_curves(asked: Asked) -> CTE:
    """Units with a plan curve of their own, by indicator and day asked."""
    measure = asked.measure
    curve = plan_curve.c
    return (
        select(curve.unit, curve.indicator, measure.c.period)
        .join(
            measure,
            and_(
                measure.c.indicator == curve.indicator,
                curve.valid_from <= measure.c.period,
                or_(curve.year.is_(None), curve.year == measure.c.year),
                measure.c.is_asked,
            ),
        )
        .where(curve.county == asked.county, curve.unit.is_not(None))
        .where(*recorded_by(plan_curve, asked.known_at))
        .distinct()
        .cte("own_curve")
    )


def _revisions(asked: Asked) -> CTE:
    """Of each report the revision that counts: the newest accepted one, else the newest that waits.

    A milestone's report speaks for every later day of its year until the next one.
    """
    measure = asked.measure
    is_milestone = measure.c.kind == Kind.MILESTONE
    on_its_period = and_(~is_milestone, report.c.period == measure.c.period)
    up_to_day = and_(
        is_milestone, report.c.period <= measure.c.period, report.c.period >= measure.c.year_start
    )
    pick = partial(_revision_rows, asked)
    return union_all(pick(on_its_period), pick(up_to_day)).cte("revision")


def _revision_rows(asked: Asked, on: ColumnElement[bool]) -> Select:
    measure = asked.measure
    names = ("value", "high", "numerator", "denominator", "quality", "text", "doubt")
    # The state is looked up for each report: joined, SQLite would begin at every workbook of the county.
    told = (
        select(
            report.c.unit,
            report.c.indicator,
            measure.c.period,
            measure.c.year,
            measure.c.is_running,
            report.c.period.label("own_period"),
            report.c.revision,
            state_now(asked.county, report, asked.known_at).label("state"),
            *(report.c[name] for name in names),
        )
        .join(measure, and_(report.c.indicator == measure.c.indicator, on))
        .where(report.c.county == asked.county, report.c.layer == asked.layer)
        .where(report.c.period.between(date(min(asked.days).year, 1, 1), max(asked.days)))
        .where(*recorded_by(report, asked.known_at), *asked.only(report.c.unit))
        .subquery("told")
    )
    is_accepted = flag(told.c.state == SubmissionState.ACCEPTED).label("is_accepted")
    place = func.row_number().over(
        partition_by=(told.c.indicator, told.c.unit, told.c.period),
        order_by=(is_accepted.desc(), told.c.own_period.desc(), told.c.revision.desc()),
    )
    kept = [told.c[name] for name in ("unit", "indicator", "period", "year", "is_running")]
    columns = (*kept, is_accepted, *(told.c[name] for name in names))
    standing = told.c.state.in_((SubmissionState.ACCEPTED, SubmissionState.SUBMITTED))
    ranked = select(*columns, place.label("place")).where(standing).subquery("ranked_revision")
    return select(*(each for each in ranked.c if each.name != "place")).where(ranked.c.place == 1)


def figures(asked: Asked) -> CTE:
    """The figure of each unit on its period: its own, or the sum of the year's increments so far.

    `valued`, `parted` and `waiting` count the periods with a number, with its parts, and awaiting
    acceptance: one period, or those of the year so far.
    """
    rows = _revisions(asked)
    counts = and_(rows.c.is_accepted == 1, rows.c.quality.not_in(NO_NUMBER))
    has_value = and_(counts, rows.c.value.is_not(None))
    has_parts = and_(counts, rows.c.numerator.is_not(None), rows.c.denominator.is_not(None))
    upper = func.coalesce(rows.c.high, rows.c.value)
    own = {
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
    keys = (rows.c.unit, rows.c.indicator, rows.c.period)
    said = (rows.c.quality, rows.c.text, rows.c.is_accepted)
    single = select(*keys, *said, *(each.label(name) for name, each in own.items())).where(~rows.c.is_running)
    running = select(
        *keys,
        *said,
        *(
            cast(
                func.sum(each).over(
                    partition_by=(rows.c.indicator, rows.c.unit, rows.c.year), order_by=rows.c.period
                ),
                BigInteger,
            ).label(name)
            for name, each in own.items()
        ),
    ).where(rows.c.is_running)
    parts = [single, running]
    if asked.layer is Layer.REPORTED:
        parts.append(_marked(asked))
    return union_all(*parts).cte("figure")


def _marked(asked: Asked) -> Select:
    """Checklists as figures: items met of all items; at least so many while some were never looked at."""
    measure, mark = asked.measure, checklist_mark.c
    place = func.row_number().over(
        partition_by=(mark.indicator, mark.unit, mark.item, measure.c.period),
        order_by=(mark.day.desc(), mark.recorded_at.desc()),
    )
    ranked = (
        select(mark.unit, mark.indicator, mark.item, mark.met, measure.c.period, place.label("place"))
        .join(
            measure,
            and_(
                measure.c.indicator == mark.indicator,
                measure.c.kind == Kind.CHECKLIST,
                mark.day <= measure.c.period,
            ),
        )
        .where(mark.county == asked.county, *recorded_by(checklist_mark, asked.known_at))
        .where(*asked.only(mark.unit))
        .subquery("ranked_mark")
    )
    item = _items(asked)
    count = (
        select(item.c.indicator, item.c.period, func.count().label("held"))
        .group_by(item.c.indicator, item.c.period)
        .subquery("item_count")
    )
    met, looked_at = total(flag(ranked.c.met)), func.count()
    return (
        select(
            ranked.c.unit,
            ranked.c.indicator,
            ranked.c.period,
            case((looked_at == count.c.held, Quality.EXACT.value), else_=Quality.AT_LEAST.value),
            null(),
            literal(1),
            flag(met == count.c.held),
            flag(met == count.c.held),
            met,
            cast(count.c.held, BigInteger),
            literal(1),
            literal(1),
            literal(0),
            flag(looked_at != count.c.held),
            literal(0),
            literal(0),
        )
        .join(
            item,
            and_(
                item.c.indicator == ranked.c.indicator,
                item.c.item == ranked.c.item,
                item.c.period == ranked.c.period,
            ),
        )
        .join(count, and_(count.c.indicator == ranked.c.indicator, count.c.period == ranked.c.period))
        .where(ranked.c.place == 1)
        .group_by(ranked.c.unit, ranked.c.indicator, ranked.c.period, count.c.held)
    )


def _items(asked: Asked) -> CTE:
    held = spans(
        checklist, ("indicator", "item"), checklist.c.county == asked.county, known_at=asked.known_at
    )
    measure = asked.measure
    return (
        select(held.c.indicator, held.c.item, measure.c.period)
        .join(
            measure,
            and_(
                measure.c.indicator == held.c.indicator,
                held.c.valid_from <= measure.c.period,
                held.c.valid_to > measure.c.period,
            ),
        )
        .where(held.c.withdrawn.is_(False))
        .cte("item")
    )


def standings(asked: Asked) -> CTE:
    """One row per unit that owes a figure, indicator and day asked.

    `is_in`: its own figure can be judged; `adds`: it also goes into the sums above, which a ratio without
    its parts does not; `is_reported`: a report of the period stands, accepted or waiting. `amount` is the
    year's actual, `low` the principal target.
    """
    unit, figure, aim, curve = asked.candidate, figures(asked), aims(asked), own_curves(asked)

    def same(other: CTE) -> ColumnElement[bool]:
        return and_(
            other.c.unit == unit.c.unit,
            other.c.indicator == unit.c.indicator,
            other.c.period == unit.c.period,
        )

    needed = case((unit.c.is_running, unit.c.ordinal), else_=1)
    valued, parted = figure.c.valued == needed, figure.c.parted == needed
    is_cumulative = unit.c.accumulation == Accumulation.CUMULATIVE
    is_parts = or_(unit.c.is_ratio, unit.c.kind == Kind.CHECKLIST)
    # Percentages of single months do not add up: a running ratio is nothing without its parts.
    either = case((unit.c.is_running, parted), else_=or_(valued, parted))
    with_base = and_(valued, or_(~is_cumulative, aim.c.base.is_not(None)))
    is_in = case((is_parts, either), else_=with_base)
    adds = case((is_parts, parted), else_=with_base)
    amount = figure.c.value - case((and_(is_cumulative, ~unit.c.is_ratio), aim.c.base), else_=0)
    upper = figure.c.upper - case((and_(is_cumulative, ~unit.c.is_ratio), aim.c.base), else_=0)
    accepted = case((is_parts, figure.c.parted), else_=figure.c.valued)
    is_waiting = and_(
        ~func.coalesce(is_in, False), figure.c.waiting > 0, accepted + figure.c.waiting >= needed
    )
    is_plain_sum = and_(unit.c.is_ratio, unit.c.is_running)
    has_own_plan = or_(curve.c.unit.is_not(None), aim.c.was_raised == 1)
    return (
        select(
            unit.c.unit,
            unit.c.home,
            unit.c.indicator,
            unit.c.period,
            unit.c.is_ratio,
            case((has_own_plan, unit.c.unit), else_="").label("plan_key"),
            flag(is_in).label("is_in"),
            flag(adds).label("adds"),
            case((and_(is_in, ~is_plain_sum), amount)).label("amount"),
            case((and_(is_in, is_parts), figure.c.numerator)).label("numerator"),
            case((and_(is_in, is_parts), figure.c.denominator)).label("denominator"),
            case((is_parts, null()), else_=aim.c.low).label("addable_low"),
            aim.c.low,
            flag(is_waiting).label("is_waiting"),
            flag(figure.c.unit.is_not(None)).label("is_reported"),
            flag(and_(is_in, figure.c.inexact > 0)).label("is_inexact"),
            flag(and_(is_in, figure.c.doubted > 0)).label("is_doubted"),
            case((figure.c.is_accepted == 1, figure.c.quality)).label("quality"),
            case((and_(is_in, figure.c.ranged > 0), upper)).label("high"),
            case((figure.c.is_accepted == 1, figure.c.text)).label("text"),
        )
        .outerjoin(figure, same(figure))
        .outerjoin(aim, same(aim))
        .outerjoin(curve, same(curve))
        .where(func.coalesce(aim.c.has_no_task, 0) == 0)
        .cte("standing")
    )
