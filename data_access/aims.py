"""The principal target of each unit and indicator on each day asked, and who has a plan curve of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Function,
    Label,
    Select,
    and_,
    case,
    exists,
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
AIM = ("unit", "indicator", "period", "low", "base", "plans_alone", "has_no_task")
DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)


@dataclass(frozen=True)
class Issued:
    """All targets asked about: `versions` with the days they hold, `contested` the cells of several issuers."""

    versions: CTE
    contested: CTE


def issued(asked: Question) -> Issued:
    """The targets of a question, each part of the statement once."""
    return Issued(_versions(asked), _contested(asked))


def aims(asked: Question, targets: Issued) -> CompoundSelect:
    """The principal targets among the versions, columns as in `AIM`.

    Of each issuer the latest version; among issuers as marked, else the county's own breakdown, else the
    higher, else the one set first.
    """
    return _principal(targets, asked.days_asked, asked.named())


def idle(asked: Question, targets: Issued) -> Select:
    """Unit, indicator and period of increments of which none was asked then, and what came later was an addition.

    A task that was set or corrected counts from the start of the year (metrics.md 3), and its months with it.
    """
    held = targets.versions
    cell = [held.c[name] for name in CELL]
    # Hardly a unit has no task for a part of the year: only those are looked at.
    ever = tuple_(*cell).in_(select(*cell).where(_is_nothing(held)))
    then = held.alias("next_task")
    is_next = [then.c[name] == held.c[name] for name in CHAIN]
    is_next += [then.c.tasks == held.c.tasks + 1, ~_is_nothing(then), then.c.change != TargetChange.RAISE]
    anew = flag(exists().where(*is_next)).label("anew")
    row = _principal(targets, asked.calendar, asked.running(), ever, also=(anew,)).subquery("aim_then").c
    return select(row.unit, row.indicator, row.period).where(row.has_no_task == 1, row.anew == 0)


def _principal(
    targets: Issued,
    day: CTE,
    named: Select,
    *limits: ColumnElement[bool],
    also: Sequence[Label[Any]] = (),
) -> CompoundSelect:
    """The one target that counts of each unit, on the days and for the indicators named there."""
    held = targets.versions
    # Few cells have targets of several issuers: only those need to be put in order.
    has_rivals = tuple_(*(held.c[name] for name in CELL)).in_(select(targets.contested))
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
    rows = _on_days(held, day, named).add_columns(*also).where(*limits)
    ranked = rows.add_columns(place.label("place")).where(has_rivals).subquery().c
    names = (*AIM, *(each.name for each in also))
    return union_all(
        rows.where(~has_rivals), select(*(ranked[name] for name in names)).where(ranked.place == 1)
    )


def _on_days(held: CTE, day: CTE, named: Select) -> Select:
    """The versions in force on each day, of the indicators named there."""
    in_force = and_(
        held.c.year == day.c.year, held.c.valid_from <= day.c.period, held.c.valid_to > day.c.period
    )
    # Steps over a base or over the value of another are no amounts that sums could be made of.
    low = case((held.c.measured_from.is_(None), held.c.low)).label("low")
    # What was added in mid-year has a plan of its own; of a duty each holder owes whole times.
    plans_alone = flag(or_(held.c.was_raised == 1, held.c.kind == Kind.DUTY)).label("plans_alone")
    columns = (held.c.unit, held.c.indicator, day.c.period, low, held.c.base, plans_alone)
    return (
        select(*columns, flag(_is_nothing(held)).label("has_no_task"))
        .join_from(held, day, in_force)
        .where(tuple_(held.c.indicator, day.c.period).in_(named))
    )


def _is_nothing(held: FromClause) -> ColumnElement[bool]:
    """Nothing to do: marked so, or a count of which none is asked."""
    is_amount = and_(held.c.kind == Kind.ACCUMULATE, held.c.measured_from.is_(None))
    is_nought = and_(is_amount, held.c.low == 0, held.c.comparator.not_in(DOWNWARD))
    return or_(held.c.no_task, func.coalesce(is_nought, False))


def _versions(asked: Question) -> CTE:
    """Versions of targets with the days they hold, and whether they were raised by then."""
    chain = [target.c[name] for name in CHAIN]

    def so_far(each: Function[Any]) -> ColumnElement[Any]:
        return each.over(partition_by=chain, order_by=oldest_first(target))

    raised = so_far(func.max(flag(target.c.change == TargetChange.RAISE)))
    # How many versions with a task there were by then: those without one are told by the next that has one.
    tasks = so_far(func.sum(flag(~_is_nothing(target))))
    names = (*CHAIN, "id", "valid_from", "kind", "comparator", "low", "base", "no_task", "change")
    held = spans(
        target,
        CHAIN,
        *_of_years(asked),
        known_at=asked.known_at,
        only=(*names, "principal", "is_breakdown", "measured_from"),
        also=(raised.label("was_raised"), tasks.label("tasks")),
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
