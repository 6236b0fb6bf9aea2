"""The last figure of whoever has none on the data day: shown in grey beside 未报, never counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select, union_all

from data_access import frames
from data_access.asked import Asked
from data_access.calendar import month_ends
from data_access.carried import Carried, Key, read_carried
from data_access.expressions import total
from data_access.outdated import Days, kept_on
from data_access.schema import rollup
from data_access.summed import rows_asked
from data_access.viewing import View
from metrics.board import FACT_COLUMNS
from metrics.vocabulary import OF_A_DAY, Level

READ = ("ancestor", "indicator", "period", "amount", "units_in")
Last = dict[tuple[str, str], tuple[date, int | None]]


def with_last_known(
    connection: Connection, view: View, facts: pd.DataFrame, units: pd.DataFrame
) -> pd.DataFrame:
    """The facts with what was known before: of every cell that nobody is in for, and of the units missing.

    `last_period` and `last_amount`: the year's actual at the newest period, of the same year or the end of
    the year before, at which there was one; of a parent the sum of what is carried forward, if anything
    is. Milestones and checklists have none: theirs is the newest fact already.
    """
    held = read_carried(connection, view, facts)
    last: Last = {(unit, indicator): (one.newest, one.amount) for (unit, indicator, _), one in held.items()}
    silent = _silent(view, facts)
    unknown = [pair not in last for pair in zip(silent["unit"], silent["indicator"], strict=True)]
    if any(unknown):
        last |= _last(connection, view, silent[unknown], set(units["level"]))
    nobody = set(zip(silent["unit"], silent["indicator"], strict=True))
    last = {pair: known for pair, known in last.items() if pair in nobody}
    pairs = zip(facts["unit"], facts["indicator"], strict=True)
    found = [last.get(pair, (None, None)) for pair in pairs] if last else [(None, None)] * len(facts)
    facts = with_carried(facts, held).assign(
        last_period=frames.objects(day for day, _ in found),
        last_amount=pd.array([amount for _, amount in found], dtype="Int64"),
    )
    return facts[list(FACT_COLUMNS)]


def with_carried(facts: pd.DataFrame, held: Mapping[Key, Carried]) -> pd.DataFrame:
    """The facts with `carried` and `carried_inexact`, missing where nothing is carried forward."""
    keys = zip(facts["unit"], facts["indicator"], facts["period"], strict=True)
    found = [held.get(key) for key in keys] if held else [None] * len(facts)
    return facts.assign(
        carried=pd.array([None if one is None else one.amount for one in found], dtype="Int64"),
        carried_inexact=pd.array([None if one is None else one.inexact for one in found], dtype="Int64"),
    )


def _silent(view: View, facts: pd.DataFrame) -> pd.DataFrame:
    """The unit and indicator of every figure that is missing altogether."""
    held = view.directory.indicators
    of_a_day = held.loc[held["kind"].isin(OF_A_DAY), "code"]
    counted = facts.groupby(["unit", "indicator"], as_index=False)["units_in"].sum()
    return counted[(counted["units_in"] == 0) & ~counted["indicator"].isin(of_a_day)]


def _earlier_days(view: View, indicators: frozenset[str]) -> dict[date, frozenset[str]]:
    """Earlier period ends of the year, and the last of the year before, by the indicators asked there."""
    days: dict[date, frozenset[str]] = {}
    for asked, named in view.days.items():
        wanted = named & indicators
        for day in [date(asked.year - 1, 12, 31), *month_ends(asked.year)] if wanted else []:
            if day < asked:
                days[day] = days.get(day, frozenset()) | wanted
    return days


def _last(connection: Connection, view: View, silent: pd.DataFrame, levels: set[str]) -> Last:
    days = _earlier_days(view, frozenset(silent["indicator"]))
    if not days:
        return {}
    stored, summed = view.outdated.parted(days)
    parts: list[Select] = []
    values: Mapping[str, Any] = {}
    if stored:
        parts.append(_stored(view, stored))
    if summed:
        asked = view.asked(None, summed, frozenset(silent["unit"]) if levels == {Level.VILLAGE} else None)
        parts.append(_of_versions(view, asked, levels))
        values = asked.values
    rows = union_all(*parts).subquery("earlier")
    statement = (
        select(rows.c.ancestor, rows.c.indicator, rows.c.period, total(rows.c.amount))
        .where(rows.c.ancestor.in_(sorted(set(silent["unit"]))))
        .group_by(rows.c.ancestor, rows.c.indicator, rows.c.period)
        .having(func.sum(rows.c.units_in) > 0)
    )
    return _newest(connection.execute(statement, values).all(), silent, days)


def _stored(view: View, days: Days) -> Select:
    return select(*(rollup.c[name] for name in READ)).where(
        view.scope.sees(rollup, unit=rollup.c.ancestor, indicator=rollup.c.indicator),
        rollup.c.layer == view.layer,
        kept_on(days),
    )


def _of_versions(view: View, asked: Asked, levels: set[str]) -> Select:
    rows = rows_asked(asked, levels).subquery("earlier_summed")
    seen = view.scope.allows(unit=rows.c.ancestor, indicator=rows.c.indicator)
    return select(*(rows.c[name] for name in READ)).where(seen)


def _newest(rows: Any, silent: pd.DataFrame, days: dict[date, frozenset[str]]) -> Last:
    wanted = set(zip(silent["unit"], silent["indicator"], strict=True))
    last: Last = {}
    for unit, indicator, period, amount in rows:
        key = (unit, indicator)
        is_asked = key in wanted and indicator in days[period]
        if is_asked and (key not in last or period > last[key][0]):
            last[key] = (period, amount)
    return last
