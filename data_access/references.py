"""What relative targets are compared with, and the figures below those that ask a minimum.

Comparisons judge whoever is compared, so every reader gets the same values of the whole county; only the
figures below a unit are read under the reader's own scope, as those of the unit itself are.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data_access.calendar import MONTHS
from data_access.directory import Directory
from data_access.frames import Columns, frame, query
from data_access.schema import outside_figure
from data_access.scope import Scope
from data_access.summed import read_rows
from data_access.versions import in_force
from data_access.viewing import View, view_of
from metrics.board import PART_COLUMNS, REFERENCE_COLUMNS
from metrics.vocabulary import COMPARED, Cadence, MeasuredFrom, Quality

NUMBERS = ("value", "numerator", "denominator", "units_owed", "units_in")
REFERENCES: Columns = {
    name: "Int64"
    if name in NUMBERS
    else "bool"
    if name == "is_inexact"
    else "object"
    if name == "day"
    else "str"
    for name in (*REFERENCE_COLUMNS, "asked_on")
} | {"asked_on": "object"}
PARTS: Columns = {name: "Int64" if name in NUMBERS else "str" for name in PART_COLUMNS}
OUTSIDE: Columns = {"name": "str", "value": "Int64", "source": "str", "day": "object"}
ADDED = ("amount", "numerator", "denominator", "units_owed", "units_in", "units_inexact")
BOUNDS = (Quality.AT_LEAST, Quality.AT_MOST, Quality.RANGE)
Row = tuple[Any, ...]


def read_references(connection: Connection, view: View, targets: pd.DataFrame) -> pd.DataFrame:
    """The values that the targets of a board are compared with, on the days of the view.

    Columns as in `board.REFERENCE_COLUMNS` and `asked_on`, the data day it is the value for. What is not
    known has no row.
    """
    asked = targets[targets["measured_from"].isin([str(one) for one in COMPARED])]
    whole = replace(view, scope=Scope.whole(view.scope.county))
    found: list[Row] = []
    if not asked.empty:
        found += _before(connection, whole, asked)
        found += _county(connection, whole, asked)
        found += _outside(connection, whole, asked)
    return frame(found, REFERENCES)


def read_period_references(
    connection: Connection,
    scope: Scope,
    *,
    directory: Directory,
    known_at: datetime | None,
    periods: Mapping[date, frozenset[str]],
    targets: pd.DataFrame,
) -> pd.DataFrame:
    """The same for some indicators on many days of a year. `REFERENCES`."""
    return read_references(connection, view_of(connection, scope, directory, periods, known_at), targets)


def _before(connection: Connection, view: View, asked: pd.DataFrame) -> list[Row]:
    """The same unit on the same period end of the year before."""
    mine = asked[asked["measured_from"] == MeasuredFrom.LAST_YEAR]
    days = {day: year_before(day) for day in view.days}
    earlier = {days[day]: held & set(mine["indicator"]) for day, held in view.days.items()}
    facts = _facts(connection, view, _units(view, set(mine["unit"])), earlier)
    pairs = set(zip(mine["unit"], mine["indicator"], strict=True))
    later = {before: day for day, before in days.items()}
    return [
        _row(one, str(one.unit), MeasuredFrom.LAST_YEAR, later[one.period])
        for one in facts
        if (one.unit, one.indicator) in pairs
    ]


def _county(connection: Connection, view: View, asked: pd.DataFrame) -> list[Row]:
    """The county's own figure of the day: of a ratio its sum over its sum. A sum of amounts is no mean."""
    mine = asked[asked["measured_from"] == MeasuredFrom.COUNTY]
    defined = view.directory.indicators
    ratios = set(defined.loc[defined["is_ratio"], "code"]) & set(mine["indicator"])
    days = {day: held & ratios for day, held in view.days.items()}
    units: dict[str, set[str]] = {}
    for unit, code in zip(mine["unit"], mine["indicator"], strict=True):
        units.setdefault(code, set()).add(unit)
    facts = _facts(connection, view, _units(view, {view.scope.county}), days)
    return [
        _row(one, unit, MeasuredFrom.COUNTY, one.period)
        for one in facts
        for unit in sorted(units[one.indicator])
    ]


def _facts(
    connection: Connection, view: View, units: pd.DataFrame, days: Mapping[date, Collection[str]]
) -> list[Any]:
    """The rows of units on some days, one a unit and indicator: those of its plan groups together."""
    wanted = {day: frozenset(held) for day, held in days.items() if held}
    if units.empty or not wanted:
        return []
    rows = read_rows(connection, replace(view, days=wanted), units)
    keys = ["unit", "indicator", "period"]
    summed = rows.groupby(keys, as_index=False)[list(ADDED)].sum(min_count=1)
    said = rows.drop_duplicates(keys)[[*keys, "quality"]]
    return list(summed.merge(said, on=keys).itertuples(index=False))


def _row(one: Any, unit: str, measured_from: MeasuredFrom, asked_on: date) -> Row:
    owed, came, inexact = int(one.units_owed), int(one.units_in), int(one.units_inexact) > 0
    parts = (one.amount, one.numerator, one.denominator)
    numbers = (None if pd.isna(part) else int(part) for part in parts)
    # A bound or a range of last year is no value to be compared with.
    came = 0 if one.quality in BOUNDS else came
    return (
        unit,
        one.indicator,
        str(measured_from),
        None,
        *numbers,
        owed,
        came,
        inexact,
        one.period,
        None,
        asked_on,
    )


def _outside(connection: Connection, view: View, asked: pd.DataFrame) -> list[Row]:
    """The figure published for the period that ends on the data day: an older one says nothing of it."""
    mine = asked[asked["measured_from"] == MeasuredFrom.OUTSIDE]
    found: list[Row] = []
    for day, codes in view.days.items():
        for code in sorted(codes & set(mine["indicator"])):
            named = mine[mine["indicator"] == code][["unit", "reference"]].drop_duplicates()
            published: dict[str, Any] = {
                str(one.name): one for one in _published(connection, view, code, day).itertuples()
            }
            one: Any
            for one in named.itertuples():
                held = published.get(one.reference)
                if held is not None:
                    numbers = (int(held.value), None, None, 1, 1, False)
                    where = (one.unit, code, str(MeasuredFrom.OUTSIDE), one.reference)
                    found.append((*where, *numbers, held.day, held.source, day))
    return found


def _published(connection: Connection, view: View, indicator: str, day: date) -> pd.DataFrame:
    held = in_force(
        outside_figure,
        ("name",),
        outside_figure.c.county == view.scope.county,
        outside_figure.c.indicator == indicator,
        outside_figure.c.valid_from >= _first_day(view, indicator, day),
        day=day,
        known_at=view.known_at,
    )
    return query(connection, select(held.c.name, held.c.value, held.c.source, held.c.valid_from), OUTSIDE)


def _first_day(view: View, indicator: str, day: date) -> date:
    """The first day of the indicator's period that ends on a day."""
    listed = view.directory.indicators
    cadence = listed.loc[listed["code"] == indicator, "cadence"].iloc[0]
    return date(day.year, day.month - MONTHS[Cadence(cadence)] + 1, 1)


def read_parts(connection: Connection, view: View, targets: pd.DataFrame) -> pd.DataFrame:
    """The figures of the reporting units below each unit of which a target asks a minimum. `PARTS`."""
    asked = targets[targets["minimum"].notna()][["unit", "indicator"]].drop_duplicates()
    levels = view.directory.indicators.set_index("code")["level_reported"]
    found: list[Row] = []
    # One question a level: an earlier moment is summed anew for each.
    for level, held in asked.groupby(asked["indicator"].map(levels).astype(str)):
        below = {unit: _reporting(view, unit, str(level)) for unit in held["unit"].unique()}
        units = pd.concat(below.values()).drop_duplicates("code")
        days = {day: set(held["indicator"]) & set(named) for day, named in view.days.items()}
        facts = [one for one in _facts(connection, view, units, days) if one.units_in > 0]
        for unit, code in zip(held["unit"], held["indicator"], strict=True):
            members = set(below[unit]["code"])
            found += [
                (unit, code, one.unit, _none(one.amount), _none(one.numerator), _none(one.denominator))
                for one in facts
                if one.indicator == code and one.unit in members
            ]
    return frame(found, PARTS)


def _reporting(view: View, unit: str, level: str) -> pd.DataFrame:
    """The units of the reporting level below a unit; none where it reports itself."""
    units = view.directory.units
    is_below = (units["parent"] == unit) | (units["township"] == unit) | (unit == view.scope.county)
    return units[(units["level"] == level) & is_below & (units["code"] != unit)]


def _units(view: View, codes: Collection[str]) -> pd.DataFrame:
    return view.directory.units[view.directory.units["code"].isin(sorted(codes))]


def _none(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def outside_names(connection: Connection, scope: Scope, known_at: datetime | None) -> dict[str, set[str]]:
    """The names of the outside figures that each indicator has, on whatever day."""
    held = in_force(outside_figure, ("indicator", "name"), scope.common(outside_figure), known_at=known_at)
    names: dict[str, set[str]] = {}
    for code, name in connection.execute(select(held.c.indicator, held.c.name)):
        names.setdefault(code, set()).add(name)
    return names


def year_before(day: date) -> date:
    """The end of the same month a year before."""
    return date(day.year - 1, day.month, monthrange(day.year - 1, day.month)[1])
