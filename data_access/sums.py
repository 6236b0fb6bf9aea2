"""The roll-up: the one statement that sums reporting units into their homes and on up the tree.

Refreshing, rebuilding, checking and reading at an earlier moment all take their sums from here, so they
cannot differ. What a row means: docs/architecture.md, "Roll-up".
"""

from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from data_access.asked import Asked
from data_access.expressions import count, flag, total
from data_access.schema import indicator_version, unit, unit_ancestor
from data_access.standing import standings
from data_access.tree import tree_of
from data_access.versions import spans
from metrics.vocabulary import Level

KEYS = ("ancestor", "period", "indicator", "plan_key")
SUMS = ("amount", "numerator", "denominator", "target_in", "target_owed")
COUNTS = (
    "units_owed",
    "units_in",
    "units_waiting",
    "units_reported",
    "units_inexact",
    "units_doubted",
    "units_targeted",
)
COLUMNS = (*KEYS, *SUMS, *COUNTS)


def home_sums(asked: Asked) -> Select:
    """The sums of the homes: townships over their villages, every other unit over itself. `COLUMNS`."""
    unit_row = standings(asked).c
    is_own = unit_row.home == unit_row.unit
    is_in = case((is_own, unit_row.is_in), else_=unit_row.adds) == 1
    has_amount = and_(is_in, ~and_(unit_row.is_ratio == 1, ~is_own))
    return select(
        unit_row.home.label("ancestor"),
        unit_row.period,
        unit_row.indicator,
        unit_row.plan_key,
        total(case((has_amount, unit_row.amount))).label("amount"),
        total(case((is_in, unit_row.numerator))).label("numerator"),
        total(case((is_in, unit_row.denominator))).label("denominator"),
        total(case((is_in, unit_row.addable_low))).label("target_in"),
        total(unit_row.addable_low).label("target_owed"),
        cast(func.count(), Integer).label("units_owed"),
        count(flag(is_in)).label("units_in"),
        count(unit_row.is_waiting).label("units_waiting"),
        count(unit_row.is_reported).label("units_reported"),
        count(flag(and_(is_in, unit_row.is_inexact == 1))).label("units_inexact"),
        count(flag(and_(is_in, unit_row.is_doubted == 1))).label("units_doubted"),
        count(flag(and_(is_in, unit_row.low.is_not(None)))).label("units_targeted"),
    ).group_by(unit_row.home, unit_row.period, unit_row.indicator, unit_row.plan_key)


def upper_sums(asked: Asked, homes: FromClause, ancestors: frozenset[str] | None = None) -> Select:
    """The sums above the homes, from the homes' own rows (`COLUMNS`; rows of other units are passed over)."""
    row = homes.c
    held = spans(
        indicator_version, ("indicator",), indicator_version.c.county == asked.county, known_at=asked.known_at
    )
    defined = and_(
        held.c.indicator == row.indicator, held.c.valid_from <= row.period, held.c.valid_to > row.period
    )
    is_village = held.c.level_reported == Level.VILLAGE
    home_level = case((is_village, Level.TOWNSHIP.value), else_=held.c.level_reported)
    above = and_(
        unit_ancestor.c.county == asked.county,
        unit_ancestor.c.unit == row.ancestor,
        unit_ancestor.c.depth > 0,
        *tree_of(row.period, asked.known_at),
    )
    # A ratio that came without its parts has no place in a sum of parts.
    adds = ~and_(held.c.is_ratio, row.numerator.is_(None))
    sums = [total(case((adds, row[name]))).label(name) for name in SUMS[1:4]]
    counts = [
        count(case((adds, row[name]), else_=0)).label(name)
        for name in ("units_in", "units_inexact", "units_doubted", "units_targeted")
    ]
    return (
        select(
            unit_ancestor.c.ancestor,
            row.period,
            row.indicator,
            row.plan_key,
            total(case((~held.c.is_ratio, row.amount))).label("amount"),
            *sums,
            total(row.target_owed).label("target_owed"),
            count(row.units_owed).label("units_owed"),
            counts[0],
            count(row.units_waiting).label("units_waiting"),
            count(row.units_reported).label("units_reported"),
            *counts[1:],
        )
        .join(held, defined)
        .join(unit, unit.c.code == row.ancestor)
        .join(unit_ancestor, above)
        .where(unit.c.level == home_level)
        .where(*([] if ancestors is None else [unit_ancestor.c.ancestor.in_(sorted(ancestors))]))
        .group_by(unit_ancestor.c.ancestor, row.period, row.indicator, row.plan_key)
    )


def all_sums(asked: Asked) -> Select:
    """The sums of every unit from the versions themselves: what an earlier moment is answered with."""
    homes = home_sums(asked).cte("home")
    everything = union_all(select(homes), upper_sums(asked, homes)).subquery("everything")
    return select(*(everything.c[name] for name in COLUMNS))


def leaf_facts(asked: Asked) -> Select:
    """The same per reporting unit, each its own parent: board.FACT_COLUMNS without the last two, period last."""
    row = standings(asked).c
    is_in = row.is_in == 1
    return select(
        row.unit,
        row.indicator,
        row.plan_key,
        row.amount,
        row.numerator,
        row.denominator,
        case((is_in, row.addable_low)).label("target_in"),
        row.addable_low.label("target_owed"),
        literal(1).label("units_owed"),
        row.is_in.label("units_in"),
        row.is_waiting.label("units_waiting"),
        row.is_inexact.label("units_inexact"),
        row.is_doubted.label("units_doubted"),
        flag(and_(is_in, row.low.is_not(None))).label("units_targeted"),
        row.quality,
        row.high,
        row.text,
        row.period,
    )


def as_rollup_rows(asked: Asked, sums: Select) -> Select:
    """Sums with the columns of the table `rollup`, in its order."""
    row = sums.subquery("sums").c
    return select(
        literal(asked.county, String).label("county"),
        row.ancestor,
        row.period,
        row.indicator,
        literal(asked.layer.value, String).label("layer"),
        row.plan_key,
        *(row[name] for name in (*SUMS, *COUNTS)),
    )
