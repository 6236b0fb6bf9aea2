"""Where each reporting unit stands on each day asked: its target, its figure, whether it is in.

What is known of a unit and a day comes from four sources. They are laid on top of each other and grouped,
not joined: neither engine can tell how large a computed source is, and a wrong guess makes a join of two
of them take minutes.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
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
from sqlalchemy.types import TypeEngine

from data_access.aims import aims, issued, own_curves
from data_access.expressions import fenced, flag
from data_access.figures import FIGURE, KEYS, marked, reported
from data_access.question import Question
from data_access.spared import spared, spared_so_far
from metrics.vocabulary import OF_A_DAY, Accumulation, Kind, Layer

SOURCES: dict[str, TypeEngine[Any]] = {
    "home": String(),
    "periods": Integer(),
    "spared": Integer(),
    "is_ratio": Integer(),
    "is_running": Integer(),
    "has_parts": Integer(),
    "is_cumulative": Integer(),
    "low": BigInteger(),
    "base": BigInteger(),
    "plans_alone": Integer(),
    "has_no_task": Integer(),
    "has_curve": Integer(),
    **dict.fromkeys(FIGURE[3:], BigInteger()),
    "quality": String(),
    "text": String(),
}

UNKNOWN = {name: cast(null(), kind).label(name) for name, kind in SOURCES.items()}


def standings(asked: Question) -> CTE:
    """One row per unit that owes a figure, indicator and day asked.

    `is_in`: its own figure can be judged; `adds`: it also goes into the sums above, which a ratio without
    its parts does not; `is_reported`: a report of the period stands, accepted or waiting. `amount` is the
    year's actual, `low` the principal target.
    """
    row = _settled(asked).c
    is_in, is_ratio, has_parts = row.is_in == 1, row.is_ratio == 1, row.has_parts == 1
    accepted = case((has_parts, row.parted), else_=row.valued)
    own_plan = or_(row.has_curve == 1, row.plans_alone == 1)
    columns: dict[str, ColumnElement] = {
        "is_ratio": row.is_ratio,
        "plan_key": case((own_plan, row.unit), else_=""),
        "is_in": row.is_in,
        "adds": row.adds,
        "amount": case((and_(is_in, ~and_(is_ratio, row.is_running == 1)), row.value - row.less)),
        "numerator": case((and_(is_in, has_parts), row.numerator)),
        "denominator": case((and_(is_in, has_parts), row.denominator)),
        # Percentages and shares of a checklist are aims that cannot be added.
        "addable_low": case((~has_parts, row.low)),
        "low": row.low,
        "is_waiting": flag(and_(~is_in, row.waiting > 0, accepted + row.waiting >= row.needed)),
        "is_reported": flag(row.is_accepted.is_not(None)),
        "is_inexact": flag(and_(is_in, row.inexact > 0)),
        "is_doubted": flag(and_(is_in, row.doubted > 0)),
        "quality": case((row.is_accepted == 1, row.quality)),
        "high": case((and_(is_in, row.ranged > 0), row.upper - row.less)),
        "text": case((row.is_accepted == 1, row.text)),
    }
    fixed = [row[name] for name in (*KEYS, "home")]
    return select(*fixed, *(each.label(name) for name, each in columns.items())).cte("standing")


def _settled(asked: Question) -> CTE:
    """What is known of each unit, and whether its figure is in; `less` is what the year began with."""
    row = _gathered(asked).c
    needed = row.periods - func.coalesce(row.spared, 0)
    valued, parted = row.valued == needed, row.parted == needed
    # Percentages of single months do not add up: a running ratio is nothing without its parts.
    either = case((row.is_running == 1, parted), else_=or_(valued, parted))
    with_base = and_(valued, or_(row.is_cumulative == 0, row.base.is_not(None)))
    is_in = case((row.has_parts == 1, either), else_=with_base)
    adds = case((row.has_parts == 1, parted), else_=with_base)
    less = case((and_(row.is_cumulative == 1, row.is_ratio == 0), row.base), else_=0)
    made = {"needed": needed, "is_in": flag(is_in), "adds": flag(adds), "less": less}
    return fenced(select(*row, *(each.label(name) for name, each in made.items())), "settled")


def _gathered(asked: Question) -> Subquery:
    """All that is known of each unit that owes a figure, one row each: `SOURCES`, None where unknown."""
    owing, targets = asked.candidate.subquery("candidate"), issued(asked)
    free = spared(asked, targets)
    so_far = spared_so_far(asked, free).subquery("spared_so_far")
    aim, curve = aims(asked, targets).subquery("aim"), own_curves(asked).subquery("own_curve")
    layers = [
        _layer(owing, _terms(owing)),
        _layer(aim, {name: aim.c[name] for name in ("low", "base", "plans_alone", "has_no_task")}),
        _layer(curve, {"has_curve": literal(1)}),
        _layer(so_far, {"spared": so_far.c.spared}),
    ]
    figures = [reported(asked, free).subquery("figure")]
    if asked.layer is Layer.REPORTED:
        figures.append(marked(asked).subquery("marked"))
    layers += [_layer(figure, {name: figure.c[name] for name in FIGURE[3:]}) for figure in figures]
    row = union_all(*layers).subquery("layer").c
    keys = [row[name] for name in KEYS]
    counted = [func.max(row.home).is_not(None), func.coalesce(func.max(row.has_no_task), 0) == 0]
    if asked.layer is Layer.VERIFIED:
        # Nobody owes a check: only those that were checked count.
        counted.append(func.max(row.is_accepted).is_not(None))
    return (
        select(*keys, *(func.max(row[name]).label(name) for name in SOURCES))
        .group_by(*keys)
        .having(*counted)
        .subquery("gathered")
    )


def _layer(source: FromClause, known: Mapping[str, ColumnElement]) -> Select:
    columns = [known[name].label(name) if name in known else unknown for name, unknown in UNKNOWN.items()]
    return select(*(source.c[name] for name in KEYS), *columns)


def _terms(owing: Subquery) -> dict[str, ColumnElement]:
    """How the indicator adds up: `periods` is the number of those that a figure consists of."""
    of_parts = or_(owing.c.is_ratio, owing.c.kind == Kind.CHECKLIST)
    of_a_period = owing.c.kind.not_in(OF_A_DAY)
    is_cumulative = and_(of_a_period, owing.c.accumulation == Accumulation.CUMULATIVE)
    return {
        "home": owing.c.home,
        "periods": case((owing.c.is_running, owing.c.ordinal), else_=1),
        "is_ratio": flag(owing.c.is_ratio),
        "is_running": flag(owing.c.is_running),
        "has_parts": flag(of_parts),
        "is_cumulative": flag(is_cumulative),
    }
