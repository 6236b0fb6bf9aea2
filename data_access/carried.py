"""What the units missing from a parent had reported before: its amount is the sum of everybody's last values.

metrics.md 1, "Up the tree": where some units are missing, the amount is the sum of the last accepted values
of all and is printed with 至少; completion, plan and gap are taken over those that are in.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import CTE, Connection, Select, Subquery, and_, or_, select, union_all

from data_access.calendar import month_ends
from data_access.expressions import fenced
from data_access.outdated import Days, kept_on
from data_access.schema import rollup, unit, unit_ancestor
from data_access.sums import COLUMNS, leaf_rows
from data_access.tree import tree_known
from data_access.viewing import View
from metrics.vocabulary import OF_A_DAY, Accumulation

Key = tuple[str, str, date]
# Who is not in, by unit and indicator: who lacks its figure, and the day.
Silent = dict[tuple[str, str], list[tuple[str, date]]]


@dataclass(frozen=True, slots=True)
class Carried:
    """The sum of the last figures of the units that are not in, how many are inexact, the newest day of any."""

    amount: int
    inexact: int
    newest: date


def read_carried(connection: Connection, view: View, facts: pd.DataFrame) -> dict[Key, Carried]:
    """What is carried forward, by unit, indicator and data day; of a silent unit itself its own last figure.

    Of the same year only: what was counted last year says nothing about this one. Never of a latest value:
    it may have fallen since, and a sum with it would be no "at least".
    """
    lacking, days = _missing(view, facts)
    silent = _silent(connection, view, lacking, days) if lacking else {}
    if not silent:
        return {}
    last: dict[tuple[Key, str], tuple[date, int, int]] = {}
    for leaf, indicator, period, amount, inexact in _earlier(connection, view, silent, days):
        for parent, day in silent.get((leaf, indicator), ()):
            key = ((parent, indicator, day), leaf)
            if period.year == day.year and period < day and (key not in last or last[key][0] < period):
                last[key] = (period, amount, inexact)
    return _added(last)


def _added(last: Mapping[tuple[Key, str], tuple[date, int, int]]) -> dict[Key, Carried]:
    of_parent: dict[Key, list[tuple[date, int, int]]] = defaultdict(list)
    for (key, _), held in last.items():
        of_parent[key].append(held)
    return {
        key: Carried(
            amount=sum(amount for _, amount, _ in held),
            inexact=sum(inexact for _, _, inexact in held),
            newest=max(day for day, _, _ in held),
        )
        for key, held in of_parent.items()
    }


def _missing(view: View, facts: pd.DataFrame) -> tuple[frozenset[str], Days]:
    """Whoever misses a figure, own or of a unit below, and the indicators missed on each day."""
    held = view.directory.indicators
    is_sum = (held["accumulation"] != Accumulation.LATEST) & ~held["is_ratio"] & ~held["kind"].isin(OF_A_DAY)
    adds = facts[facts["indicator"].isin(held.loc[is_sum, "code"])]
    lacks = adds.loc[(adds["units_in"] < adds["units_owed"]).to_numpy(dtype=bool)]
    days: Days = {day: frozenset(codes) for day, codes in lacks.groupby("period")["indicator"]}  # type: ignore[misc]
    return frozenset(lacks["unit"]), days


def _silent(connection: Connection, view: View, lacking: frozenset[str], days: Days) -> Silent:
    """The units that are not in, by indicator, each with who lacks it (itself or above it) and the day."""
    above = _above(connection, view, lacking)
    rows, values = _own_rows(view, days, frozenset(above))
    statement = select(rows.c.ancestor, rows.c.indicator, rows.c.period).where(rows.c.units_in == 0)
    silent: Silent = defaultdict(list)
    for leaf, indicator, day in connection.execute(statement, values).all():
        for parent, first, last in above[leaf]:
            if first <= day < last:
                silent[leaf, indicator].append((parent, day))
    return silent


def _above(connection: Connection, view: View, lacking: frozenset[str]) -> dict[str, list[Any]]:
    """Who of those that lack something stands above each unit (or is it), from which day until which."""
    held = unit_ancestor.c
    statement = select(held.unit, held.ancestor, held.valid_from, held.valid_to).where(
        held.county == view.scope.county, held.ancestor.in_(sorted(lacking)), *tree_known(view.known_at)
    )
    above: dict[str, list[Any]] = defaultdict(list)
    for code, *place in connection.execute(statement).all():
        above[code].append(place)
    return above


def _earlier(connection: Connection, view: View, silent: Silent, days: Days) -> Sequence[Any]:
    """What those units had reported at the earlier ends of months of the same years."""
    named = frozenset(indicator for _, indicator in silent)
    last = {day.year: day for day in sorted(days)}
    before = {day: named for year, end in last.items() for day in month_ends(year) if day < end}
    if not before:
        return ()
    rows, values = _own_rows(view, before, frozenset(leaf for leaf, _ in silent))
    held = (rows.c[name] for name in ("ancestor", "indicator", "period", "amount", "units_inexact"))
    statement = select(*held).where(rows.c.units_in > 0, rows.c.amount.is_not(None))
    return connection.execute(statement, values).all()


def _own_rows(
    view: View, days: Days, units: frozenset[str]
) -> tuple[CTE | Subquery, Mapping[str, Any] | None]:
    """The rows of those units that report themselves, of the indicators named on each day; what to send with them.

    Scope is not asked here: it was when the sums were read into which these rows go.
    """
    stored, summed = view.outdated.parted(days)
    if not summed:
        return _stored(view, stored, units).subquery("own"), None
    asked = view.asked(None, summed, units)
    own = fenced(leaf_rows(asked), "own")
    if not stored:
        return own, asked.values
    return union_all(select(own), _stored(view, stored, units)).subquery("either"), asked.values


def _stored(view: View, days: Days, units: frozenset[str]) -> Select:
    held = view.directory.indicators
    by_level = held.groupby("level_reported")["code"].agg(frozenset)
    itself = [
        and_(unit.c.level == level, rollup.c.indicator.in_(sorted(own))) for level, own in by_level.items()
    ]
    return (
        select(*(rollup.c[name] for name in COLUMNS))
        .join(unit, unit.c.code == rollup.c.ancestor)
        .where(rollup.c.county == view.scope.county, rollup.c.layer == view.layer)
        .where(rollup.c.ancestor.in_(sorted(units)), rollup.c.period.in_(sorted(days)))
        .where(kept_on(days), or_(*itself))
    )
