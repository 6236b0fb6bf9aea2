"""Who has reported what they owed, and in time: counted in figures, per unit that a workbook speaks for."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, case, exists, or_, select

from data_access.acceptance import states
from data_access.directory import Directory
from data_access.frames import Columns, frame
from data_access.schema import report, submission, unit, unit_ancestor
from data_access.scope import Scope
from data_access.summed import leaves_of, read_rows
from data_access.tree import tree_of
from data_access.versions import recorded_by
from data_access.viewing import View, view_of
from metrics.handed_in import COUNTED, own_part
from metrics.vocabulary import OF_A_DAY, Level, SubmissionState

COUNTY_ZONE = ZoneInfo("Asia/Shanghai")
REPORTING: Columns = {
    "unit": "str",
    "owed": "Int64",
    "reported": "Int64",
    "on_time": "Int64",
    "waiting": "Int64",
    "missing": "object",
}


def read_reporting(
    connection: Connection,
    scope: Scope,
    *,
    directory: Directory,
    data_days: Mapping[str, date | None],
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """Figures owed for the periods in force, submitted and not returned, and those submitted in time.

    One row per township, and the county for what it reports itself; `waiting` are not accepted yet,
    `missing` are the indicators of which something is missing, each with how many figures (a tuple of
    pairs). Milestones and checklists are owed on no day. Source: metrics.md 7. `REPORTING`.
    """
    view = view_of(connection, scope, directory, _days(directory, data_days), known_at)
    units = directory.units[directory.units["level"] != Level.VILLAGE]
    if not view.days or units.empty:
        return frame([], REPORTING)
    own = own_part(read_rows(connection, view, units), units, directory.indicators)
    late = Counter(_late_homes(connection, view))
    rows = []
    for code in own["unit"].unique():
        held = own[own["unit"] == code]
        owed, reported, waiting = (int(held[name].sum()) for name in COUNTED)
        short = held[held["units_reported"] < held["units_owed"]]
        missing = tuple(zip(short["indicator"], short["units_owed"] - short["units_reported"], strict=True))
        rows.append((code, owed, reported, reported - late[code], waiting, missing))
    return frame(rows, REPORTING)


def _days(directory: Directory, data_days: Mapping[str, date | None]) -> dict[date, frozenset[str]]:
    held = directory.indicators
    periodic = set(held.loc[~held["kind"].isin(OF_A_DAY), "code"])
    days: dict[date, set[str]] = {}
    for code, day in data_days.items():
        if day is not None and code in periodic:
            days.setdefault(day, set()).add(code)
    return {day: frozenset(codes) for day, codes in sorted(days.items())}


def _late_homes(connection: Connection, view: View) -> list[str]:
    """The home of each figure owed of which every standing revision was submitted after the due day."""
    late = _late(connection, view)
    if not late:
        return []
    rows, values = leaves_of(view, frozenset(code for code, _, _ in late))
    owing = rows.c
    is_village = unit.c.level == Level.VILLAGE
    home = and_(
        unit_ancestor.c.county == view.scope.county,
        unit_ancestor.c.unit == owing.ancestor,
        unit_ancestor.c.depth == case((is_village, 1), else_=0),
        *tree_of(owing.period, view.known_at),
    )
    statement = (
        select(owing.ancestor, owing.indicator, owing.period, unit_ancestor.c.ancestor)
        .join(unit, unit.c.code == owing.ancestor)
        .join(unit_ancestor, home)
        .where(view.scope.allows(unit=owing.ancestor, indicator=owing.indicator))
    )
    return [
        above
        for code, indicator, period, above in connection.execute(statement, values)
        if (code, indicator, period) in late
    ]


def _late(connection: Connection, view: View) -> set[tuple[str, str, date]]:
    own = submission.alias("late_submission")
    after = [
        and_(
            report.c.period == day,
            report.c.indicator.in_(sorted(codes)),
            own.c.submitted_at >= due_end(view.directory, day, due_day),
        )
        for day, due_day, codes in _by_due_day(view)
    ]
    statement = (
        select(report.c.unit, report.c.indicator, report.c.period)
        .join(own, and_(own.c.county == report.c.county, own.c.id == report.c.submission))
        .where(view.scope.sees(report, unit=report.c.unit, indicator=report.c.indicator))
        .where(
            or_(own.c.period.in_(sorted(view.days)), own.c.period.is_(None)),
            _stands(view, report.c.submission),
        )
        .where(report.c.layer == view.layer, or_(*after), *recorded_by(report, view.known_at))
        .where(~_in_time(view, own.c.submitted_at))
        .distinct()
    )
    return {(unit, indicator, period) for unit, indicator, period in connection.execute(statement)}


def _in_time(view: View, than: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether the same figure stands in an earlier submission as well."""
    earlier, first = report.alias("earlier_report"), submission.alias("earlier_submission")
    return exists(
        select(earlier.c.unit)
        .join(first, and_(first.c.county == earlier.c.county, first.c.id == earlier.c.submission))
        .where(
            earlier.c.county == report.c.county,
            earlier.c.period == report.c.period,
            earlier.c.indicator == report.c.indicator,
            earlier.c.unit == report.c.unit,
            earlier.c.layer == report.c.layer,
            first.c.submitted_at < than,
            _stands(view, earlier.c.submission),
            *([] if view.known_at is None else [earlier.c.recorded_at <= view.known_at]),
        )
    )


def _stands(view: View, of: ColumnElement[int]) -> ColumnElement[bool]:
    state = states(view.scope.county, view.known_at).subquery()
    return of.in_(select(state.c.submission).where(state.c.state != SubmissionState.RETURNED))


def _by_due_day(view: View) -> list[tuple[date, int, frozenset[str]]]:
    due_days = view.directory.indicators.set_index("code")["due_day"]
    groups: dict[tuple[date, int], set[str]] = {}
    for day, codes in view.days.items():
        for code in codes:
            groups.setdefault((day, int(due_days[code])), set()).add(code)
    return [(day, due_day, frozenset(codes)) for (day, due_day), codes in sorted(groups.items())]


def due_end(directory: Directory, period: date, due_day: int) -> datetime:
    """The moment at which the time to report a period is over: the end of its due day, moved past holidays.

    The due day is that day of the month after the period (its last where there is none such); the week and
    the calendar of work days say which days are worked.
    """
    days = directory.workdays
    is_work = dict(zip(days["day"], days["is_work"], strict=True))
    year, month = period.year + period.month // 12, period.month % 12 + 1
    day = date(year, month, min(due_day, monthrange(year, month)[1]))
    while not is_work.get(day, day.weekday() < 5):
        day += timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time(), COUNTY_ZONE)
