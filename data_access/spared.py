"""The periods a unit need not report increments for: it was not there, not in scope, or had no task then.

Only units of which any of this changes within the year can have such periods; they are few.
"""

from sqlalchemy import CTE, Select, and_, func, select, union

from data_access.aims import Issued, idle
from data_access.expressions import fenced
from data_access.question import SPARED, Question


def spared(asked: Question, targets: Issued) -> CTE:
    """Unit, indicator and period (`SPARED`) of every increment that was not owed."""
    absent = asked.absent.subquery("absent")
    return fenced(union(select(*(absent.c[name] for name in SPARED)), idle(asked, targets)), "spared")


def spared_so_far(asked: Question, held: CTE) -> Select:
    """How many such periods each unit has in the year up to each day asked: `spared`."""
    day = asked.measure
    then = day.alias("then")
    up_to_day = and_(then.c.indicator == held.c.indicator, then.c.period == held.c.period)
    return (
        select(held.c.unit, held.c.indicator, day.c.period, func.count().label("spared"))
        .join(then, up_to_day)
        .join(
            day,
            and_(
                day.c.indicator == held.c.indicator, day.c.year == then.c.year, day.c.period >= held.c.period
            ),
        )
        .where(day.c.is_asked)
        .group_by(held.c.unit, held.c.indicator, day.c.period)
    )
