"""Keeping the roll-up: refreshed for what a write touched, rebuilt from nothing, compared with its sources."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, or_, select

from data_access import dialect
from data_access.asked import Asked
from data_access.calendar import month_ends_from
from data_access.outdated import holds_year
from data_access.schema import indicator_version, report, rollup, target, unit_ancestor
from data_access.sums import COLUMNS, all_rows, as_rollup_rows, home_sums, leaf_rows, upper_sums
from data_access.touches import Touch
from data_access.tree import refresh_tree, stored_tree, wanted_tree
from metrics.vocabulary import OF_A_DAY, Accumulation, Layer

# A write that touches more units than this has their whole county summed anew.
MANY = 4000


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived row that does not agree with its sources; None where it is missing on one side."""

    table: str
    key: tuple[Any, ...]
    stored: tuple[Any, ...] | None
    expected: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class _Part:
    """One rectangle of rows to make anew: of units and of everything above them. None means all."""

    layer: Layer
    units: frozenset[str] | None
    indicators: frozenset[str] | None
    days: tuple[date, ...]


def refresh(connection: Connection, county: str, touches: Iterable[Touch]) -> None:
    """Sum anew what was touched. Call in the transaction of the write, after the tree was refreshed."""
    touches = list(touches)
    if not touches:
        return
    named = {touch.year for touch in touches if touch.year is not None}
    fresh = {year for year in named if not holds_year(connection, county, year)}
    # The first target or report of a year brings with it every sum of that year, zeros in included.
    touches += [Touch(None, None, date(year, 1, 1), year) for year in sorted(fresh)]
    is_general = any(touch.year is None for touch in touches)
    years = named | (_source_years(connection, county) if is_general else set())
    for part in _parts(connection, county, touches, years):
        _replace(connection, county, part)


def rebuild(connection: Connection, county: str) -> None:
    """Make the tree and all sums of a county anew from their sources."""
    dialect.lock(connection, county)
    refresh_tree(connection, county)
    connection.execute(delete(rollup).where(rollup.c.county == county))
    dialect.refresh_statistics(connection)
    for year in sorted(_source_years(connection, county)):
        days = tuple(month_ends_from([year], date(year, 1, 1)))
        for layer in _layers(connection, county):
            _insert(connection, county, _Part(layer, None, None, days))
    dialect.refresh_statistics(connection)


def check(connection: Connection, county: str) -> list[Difference]:
    """Compare the derived tables with what their sources say; empty when all agree."""
    tree = _compare("unit_ancestor", stored_tree(connection, county), wanted_tree(connection, county))
    columns = [rollup.c[name] for name in ("layer", *COLUMNS)]
    stored = {
        tuple(row[:5]): tuple(row[5:])
        for row in connection.execute(select(*columns).where(rollup.c.county == county))
    }
    expected = {}
    for year in _source_years(connection, county):
        for layer in _layers(connection, county):
            days = dict.fromkeys(month_ends_from([year], date(year, 1, 1)))
            asked = Asked(county, days, layer)
            for row in connection.execute(all_rows(asked), asked.values):
                expected[layer.value, *row[:4]] = tuple(row[4:])
    return tree + _compare("rollup", stored, expected)


def _compare(table: str, stored: dict[Any, Any], expected: dict[Any, Any]) -> list[Difference]:
    return [
        Difference(table, key, _tuple(stored.get(key)), _tuple(expected.get(key)))
        for key in sorted(stored.keys() | expected.keys(), key=str)
        if stored.get(key) != expected.get(key)
    ]


def _tuple(value: Any) -> tuple[Any, ...] | None:
    return value if value is None or isinstance(value, tuple) else (value,)


def _parts(connection: Connection, county: str, touches: Iterable[Touch], years: set[int]) -> list[_Part]:
    """The touches as rectangles, one for all days that share their units and indicators."""
    adding_up, layers = _adding_up(connection, county), _layers(connection, county, rollup)
    by_day: dict[tuple[Layer, date], list[tuple[frozenset[str] | None, frozenset[str] | None]]]
    by_day = defaultdict(list)
    for touch in touches:
        for indicators, days in _days(touch, years, adding_up):
            for layer in [touch.layer] if touch.layer else layers:
                for day in days:
                    by_day[layer, day].append((touch.units, indicators))
    rectangles: dict[tuple[Layer, int, frozenset[str] | None, frozenset[str] | None], list[date]]
    rectangles = defaultdict(list)
    for (layer, day), spans in sorted(by_day.items()):
        units, indicators = _joined(pair[0] for pair in spans), _joined(pair[1] for pair in spans)
        rectangles[layer, day.year, units, indicators].append(day)
    return [
        _Part(layer, _with_ancestors(connection, county, units), indicators, tuple(days))
        for (layer, _, units, indicators), days in rectangles.items()
    ]


def _days(
    touch: Touch, years: set[int], adding_up: frozenset[str]
) -> Sequence[tuple[frozenset[str] | None, list[date]]]:
    """The days a touch makes stale, for which of its indicators."""
    later = month_ends_from([touch.year] if touch.year is not None else years, touch.since)
    if not touch.is_report or touch.indicators is None:
        return [(touch.indicators, later)]
    stale = [(touch.indicators - adding_up, [touch.since]), (touch.indicators & adding_up, later)]
    return [(indicators, days) for indicators, days in stale if indicators]


def _joined(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    joined: frozenset[str] = frozenset()
    for each in sets:
        if each is None:
            return None
        joined |= each
    return joined


def _layers(connection: Connection, county: str, held: Table = report) -> list[Layer]:
    """The layers that hold anything: most counties have nothing verified yet."""
    statement = select(held.c.indicator).where(held.c.county == county, held.c.layer == Layer.VERIFIED)
    is_verified = connection.execute(statement.limit(1)).first() is not None
    return list(Layer) if is_verified else [Layer.REPORTED]


def _adding_up(connection: Connection, county: str) -> frozenset[str]:
    """The indicators whose reports speak for later periods of the year as well."""
    held = indicator_version.c
    statement = select(held.indicator).where(
        held.county == county,
        or_(held.accumulation == Accumulation.INCREMENT, held.kind.in_(OF_A_DAY)),
    )
    return frozenset(connection.scalars(statement.distinct()))


def _with_ancestors(
    connection: Connection, county: str, units: frozenset[str] | None
) -> frozenset[str] | None:
    """These units and all that were ever above them; all units where naming them one by one costs more."""
    if units is None or len(units) > MANY:
        return None
    statement = select(unit_ancestor.c.ancestor).where(
        unit_ancestor.c.county == county, unit_ancestor.c.unit.in_(sorted(units))
    )
    return units | frozenset(connection.scalars(statement.distinct()))


def _replace(connection: Connection, county: str, part: _Part) -> None:
    stale: list[ColumnElement[bool]] = [
        rollup.c.county == county,
        rollup.c.layer == part.layer,
        rollup.c.period.in_(part.days),
    ]
    if part.units is not None:
        stale.append(rollup.c.ancestor.in_(sorted(part.units)))
    if part.indicators is not None:
        stale.append(rollup.c.indicator.in_(sorted(part.indicators)))
    connection.execute(delete(rollup).where(*stale))
    _insert(connection, county, part)


def _insert(connection: Connection, county: str, part: _Part) -> None:
    """Write a rectangle from below: the reporting units, their townships, all above."""
    days = dict.fromkeys(part.days)
    asked = Asked(county, days, part.layer, members=part.units, indicators=part.indicators)
    columns = [column.name for column in rollup.c]
    held = select(rollup).where(
        rollup.c.county == county, rollup.c.layer == part.layer, rollup.c.period.in_(part.days)
    )
    if part.indicators is not None:
        held = held.where(rollup.c.indicator.in_(sorted(part.indicators)))
    stored = held.subquery("stored")
    for rows in (
        leaf_rows(asked),
        home_sums(asked, stored, part.units),
        upper_sums(asked, stored, part.units),
    ):
        connection.execute(insert(rollup).from_select(columns, as_rollup_rows(asked, rows)), asked.values)


def _source_years(connection: Connection, county: str) -> set[int]:
    """The years that have a target or a report."""
    reported = select(report.c.period).where(report.c.county == county).distinct()
    aimed = select(target.c.year).where(target.c.county == county).distinct()
    return {period.year for period in connection.scalars(reported)} | set(connection.scalars(aimed))
