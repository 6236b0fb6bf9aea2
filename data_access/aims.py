"""The principal target of each unit and indicator on each day asked, and who has a plan curve of their own."""

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from data_access.expressions import fenced, flag
from data_access.question import Question
from data_access.schema import plan_curve, target
from data_access.versions import oldest_first, recorded_by, spans
from metrics.vocabulary import Comparator, Kind, MeasuredFrom, TargetChange

CELL = ("unit", "indicator", "year")
CHAIN = (*CELL, "issuer")
AIM = ("unit", "indicator", "period", "low", "base", "was_raised", "has_no_task")
DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)


def aims(asked: Question) -> CompoundSelect:
    """The principal targets, columns as in `AIM`.

    Of each issuer the latest version; among issuers as marked, else the county's own breakdown, else the
    higher, else the one set first.
    """
    # Few cells have targets of several issuers: only those need to be put in order.
    held, day = _versions(asked), asked.days_asked
    has_rivals = tuple_(*(held.c[name] for name in CELL)).in_(select(_contested(asked)))
    place = func.row_number().over(
        partition_by=(held.c.unit, held.c.indicator, day.c.period),
        order_by=(
            flag(func.coalesce(held.c.principal, False)).desc(),
            flag(held.c.is_breakdown).desc(),
            flag(held.c.low.is_not(None)).desc(),
            # A step over a base is as high as the two together.
            (
                held.c.low
                + case((held.c.measured_from == MeasuredFrom.BASE, func.coalesce(held.c.base, 0)), else_=0)
            ).desc(),
            held.c.id,
        ),
    )
    rows = _on_days(asked, held)
    ranked = rows.add_columns(place.label("place")).where(has_rivals).subquery("ranked_aim").c
    return union_all(
        rows.where(~has_rivals), select(*(ranked[name] for name in AIM)).where(ranked.place == 1)
    )


def _on_days(asked: Question, held: CTE) -> Select:
    """The versions in force on each day, of the indicators asked there."""
    day = asked.days_asked
    in_force = and_(
        held.c.year == day.c.year, held.c.valid_from <= day.c.period, held.c.valid_to > day.c.period
    )
    # Nothing to do: marked so, or a count of which none is asked.
    is_plain = held.c.measured_from.is_(None)
    is_amount = and_(held.c.kind == Kind.ACCUMULATE, is_plain)
    is_nought = and_(is_amount, held.c.low == 0, held.c.comparator.not_in(DOWNWARD))
    has_no_task = flag(or_(held.c.no_task, func.coalesce(is_nought, False)))
    # Steps over a base or over the value of another are no amounts that sums could be made of.
    low = case((is_plain, held.c.low)).label("low")
    columns = (held.c.unit, held.c.indicator, day.c.period, low, held.c.base, held.c.was_raised)
    return (
        select(*columns, has_no_task.label("has_no_task"))
        .join_from(held, day, in_force)
        .where(tuple_(held.c.indicator, day.c.period).in_(asked.named()))
    )


def _versions(asked: Question) -> CTE:
    """Versions of targets with the days they hold, and whether they were raised by then."""
    raised = func.max(flag(target.c.change == TargetChange.RAISE)).over(
        partition_by=[target.c[name] for name in CHAIN], order_by=oldest_first(target)
    )
    names = (*CELL, "id", "valid_from", "kind", "comparator", "low", "base", "no_task")
    held = spans(
        target,
        CHAIN,
        *_of_years(asked),
        known_at=asked.known_at,
        only=(*names, "principal", "is_breakdown", "measured_from"),
        also=(raised.label("was_raised"),),
    )
    return fenced(select(held), "target_version")


def _contested(asked: Question) -> CTE:
    """The units and indicators that more than one issuer set a target for."""
    cell = [target.c[name] for name in CELL]
    statement = (
        select(*cell)
        .where(*_of_years(asked), *recorded_by(target, asked.known_at))
        .group_by(*cell)
        .having(func.min(target.c.issuer) != func.max(target.c.issuer))
    )
    return fenced(statement, "contested")


def _of_years(asked: Question) -> list[ColumnElement[bool]]:
    return [target.c.county == asked.county, target.c.year.in_(asked.years), *asked.only(target.c.unit)]


def own_curves(asked: Question) -> Select:
    """Unit, indicator and day asked where the unit has a plan curve of its own."""
    curve, measure = plan_curve.c, asked.measure
    holds = and_(
        measure.c.indicator == curve.indicator,
        curve.valid_from <= measure.c.period,
        or_(curve.year.is_(None), curve.year == measure.c.year),
        measure.c.is_asked,
    )
    return (
        select(curve.unit, curve.indicator, measure.c.period)
        .join(measure, holds)
        .where(curve.county == asked.county, curve.unit.is_not(None))
        .where(*recorded_by(plan_curve, asked.known_at))
        .distinct()
    )
