"""The roll-up: reporting units as they stand, summed into their townships and on up the tree.

Refreshing, rebuilding, checking and reading at an earlier moment all take their sums from here, so they
cannot differ. What a row means: docs/architecture.md, "Roll-up".
"""

from functools import lru_cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    literal,
    null,
    select,
    union_all,
)

from data_access.asked import Asked
from data_access.expressions import count, fenced, flag, given, total
from data_access.question import SHAPES, Question
from data_access.schema import indicator_version, rollup, unit, unit_ancestor
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
# What a reporting unit said itself; a sum has none of it.
SAID = ("quality", "high", "text")
COLUMNS = (*KEYS, *SUMS, *COUNTS, *SAID)


def leaf_rows(asked: Asked) -> Select:
    """The reporting units themselves, each a sum of one. `COLUMNS`. To be sent with the values of the asked."""
    return _leaf_rows(asked.question)


@lru_cache(maxsize=SHAPES)
def _leaf_rows(question: Question) -> Select:
    row = standings(question).c
    is_in = row.is_in == 1
    return select(
        row.unit.label("ancestor"),
        row.period,
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
        row.is_reported.label("units_reported"),
        row.is_inexact.label("units_inexact"),
        row.is_doubted.label("units_doubted"),
        flag(and_(is_in, row.low.is_not(None))).label("units_targeted"),
        row.quality,
        row.high,
        row.text,
    )


def home_sums(asked: Asked, leaves: FromClause, ancestors: frozenset[str] | None = None) -> Select:
    """The sums of townships from their villages' own rows (`COLUMNS`; rows of other units are passed over)."""
    return _sums_above(asked.question, leaves, ancestors, is_home=True)


def upper_sums(asked: Asked, rows: FromClause, ancestors: frozenset[str] | None = None) -> Select:
    """The sums above the homes, from the rows of townships and of whoever reports itself above a village."""
    return _sums_above(asked.question, rows, ancestors, is_home=False)


def _sums_above(
    asked: Question, rows: FromClause, ancestors: frozenset[str] | None, *, is_home: bool
) -> Select:
    row = _lifted(asked, rows, ancestors, is_home=is_home).c
    held = spans(
        indicator_version, ("indicator",), indicator_version.c.county == asked.county, known_at=asked.known_at
    )
    # Given: the rows are read once, and the definition of each is looked up.
    defined = and_(
        held.c.indicator == given(row.indicator),
        held.c.valid_from <= row.period,
        held.c.valid_to > row.period,
    )
    is_village = held.c.level_reported == Level.VILLAGE
    home_level = case((is_village, Level.TOWNSHIP.value), else_=held.c.level_reported)
    # A ratio that came without its parts has no place in a sum of parts.
    adds = ~and_(held.c.is_ratio, row.numerator.is_(None))
    amount = case((~held.c.is_ratio, row.amount))
    sums = [total(case((adds, row[name]))).label(name) for name in SUMS[1:4]]
    counted: dict[str, ColumnElement[int]] = {name: case((adds, row[name]), else_=0) for name in COUNTS}
    counted |= {name: row[name] for name in ("units_owed", "units_waiting", "units_reported")}
    return (
        select(
            row.above.label("ancestor"),
            row.period,
            row.indicator,
            row.plan_key,
            total(amount).label("amount"),
            *sums,
            total(row.target_owed).label("target_owed"),
            *(count(each).label(name) for name, each in counted.items()),
            *(cast(null(), rollup.c[name].type).label(name) for name in SAID),
        )
        .join(held, defined)
        .where(*([] if is_home else [row.level == home_level]))
        .group_by(row.above, row.period, row.indicator, row.plan_key)
    )


def _lifted(asked: Question, rows: FromClause, ancestors: frozenset[str] | None, *, is_home: bool) -> CTE:
    """The rows of units once for every unit above them that is asked for."""
    row = rows.c
    above = and_(
        unit_ancestor.c.county == asked.county,
        unit_ancestor.c.unit == row.ancestor,
        unit_ancestor.c.depth == 1 if is_home else unit_ancestor.c.depth > 0,
        *tree_of(row.period, asked.known_at),
    )
    named = (*KEYS[1:], *SUMS, *COUNTS)
    statement = (
        select(unit_ancestor.c.ancestor.label("above"), unit.c.level, *(row[name] for name in named))
        .join_from(rows, unit, unit.c.code == row.ancestor)
        .join(unit_ancestor, above)
        .where(unit.c.level == Level.VILLAGE if is_home else unit.c.level != Level.VILLAGE)
        .where(*([] if ancestors is None else [unit_ancestor.c.ancestor.in_(sorted(ancestors))]))
    )
    return fenced(statement, "from_village" if is_home else "from_home")


def all_rows(asked: Asked) -> Select:
    """The rows of every unit from the versions themselves: what an earlier moment is answered with.

    To be sent with the values of the asked.
    """
    return _all_rows(asked.question)


@lru_cache(maxsize=SHAPES)
def _all_rows(question: Question) -> Select:
    leaves = fenced(_leaf_rows(question), "leaf")
    homes = fenced(_sums_above(question, leaves, None, is_home=True), "home")
    lower = union_all(select(leaves), select(homes)).subquery("lower")
    above = _sums_above(question, lower, None, is_home=False)
    rows = union_all(select(leaves), select(homes), above).subquery("everything")
    return select(*(rows.c[name] for name in COLUMNS))


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
        *(row[name] for name in COLUMNS[len(KEYS) :]),
    )
