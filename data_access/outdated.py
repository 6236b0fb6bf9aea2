"""What the roll-up, which knows what is known now, no longer says as it was known at an earlier moment.

All else is read from it: a look back costs what was recorded since, and not the sums of a county.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from data_access.calendar import fits
from data_access.expressions import given
from data_access.schema import (
    checklist,
    checklist_mark,
    indicator_version,
    plan_curve,
    report,
    rollup,
    submission_event,
    target,
    unit_tag,
    unit_version,
)
from data_access.versions import LAST_DAY
from metrics.vocabulary import Cadence, Layer

Days = Mapping[date, frozenset[str]]


@dataclass(frozen=True)
class Outdated:
    """By indicator the first day from which its sums are other ones since; `years` are those the roll-up holds.

    `is_all`: a unit came, went, moved or was marked, or the layer is one that is not always kept.
    """

    is_all: bool = False
    since: Mapping[str, date] = field(default_factory=dict)
    years: frozenset[int] | None = None

    def parted(self, days: Days) -> tuple[dict[date, frozenset[str]], dict[date, frozenset[str]]]:
        """The indicators of each day that the roll-up answers, and those to be summed from the versions."""
        stored: dict[date, frozenset[str]] = {}
        summed: dict[date, frozenset[str]] = {}
        for day, named in days.items():
            held = frozenset(code for code in named if self._is_stored(code, day))
            if held or not named:
                stored[day] = held
            if held != named:
                summed[day] = named - held
        return stored, summed

    def _is_stored(self, indicator: str, day: date) -> bool:
        if self.is_all or not fits(Cadence.MONTH, day):
            return False
        is_held = self.years is None or day.year in self.years
        return is_held and not (indicator in self.since and self.since[indicator] <= day)


NOTHING = Outdated()


def outdated(
    connection: Connection, county: str, known_at: datetime | None, layer: Layer, days: Collection[date]
) -> Outdated:
    """What of the sums of these days, and of the ends of months before them, was another one at a moment.

    Whatever makes a sum anew when it is written (`Touch`) makes it outdated for whoever looks to before it.
    """
    if known_at is None or not days:
        return NOTHING
    moved = (
        select(table.c.county).where(table.c.county == county, table.c.recorded_at > known_at).limit(1)
        for table in (unit_version, unit_tag)
    )
    if layer is not Layer.REPORTED or any(connection.scalar(each) is not None for each in moved):
        return Outdated(is_all=True)
    since: dict[str, date] = {}
    for statement in _recorded(county, known_at, max(days)):
        for indicator, day in connection.execute(statement):
            since[indicator] = min(day, since.get(indicator, day))
    for indicator, year in connection.execute(_aimed(county, known_at)):
        # A task that is set or corrected counts from the start of its year.
        since[indicator] = min(date(year, 1, 1), since.get(indicator, LAST_DAY))
    # What is missing is looked for in the year before as well.
    asked = range(min(days).year - 1, max(days).year + 1)
    held = (year for year in asked if holds_year(connection, county, year))
    return Outdated(since=since, years=frozenset(held))


def kept_on(days: Days) -> ColumnElement[bool]:
    """The condition that a row of the roll-up is of one of these days, and of an indicator named there."""
    return or_(
        *(
            and_(rollup.c.period == day, rollup.c.indicator.in_(sorted(codes)))
            for day, codes in sorted(days.items())
        )
    )


def holds_year(connection: Connection, county: str, year: int) -> bool:
    """Whether the roll-up holds sums for the year."""
    in_year = rollup.c.period.between(date(year, 1, 1), date(year, 12, 31))
    statement = select(rollup.c.period).where(rollup.c.county == county, in_year).limit(1)
    return connection.scalar(statement) is not None


def _recorded(county: str, known_at: datetime, last: date) -> list[Select[Any]]:
    """Indicators with days from which sums were made anew since the moment, up to a day."""
    events, mark = submission_event.c, checklist_mark.c
    decided = select(events.submission).where(events.county == county, events.at > known_at)
    # The figures of a workbook are written when it is handed in, which is an event as well. Given: the index shall
    # follow the workbooks.
    of_reports = (
        select(report.c.indicator, func.min(report.c.period))
        .where(report.c.county == county, report.c.submission.in_(decided), given(report.c.period) <= last)
        .group_by(report.c.indicator)
    )
    of_mark = select(mark.indicator, func.min(mark.day)).where(mark.county == county).group_by(mark.indicator)
    # A plan curve of a unit's own puts it into a plan group of its own; the others change no sum.
    own_curve = plan_curve.c.unit.is_not(None) & plan_curve.c.indicator.is_not(None)
    return [
        of_reports,
        of_mark.where(mark.recorded_at > known_at),
        of_mark.where(mark.submission.in_(decided)),
        _documents(indicator_version, county, known_at),
        _documents(checklist, county, known_at),
        _documents(plan_curve, county, known_at).where(own_curve),
    ]


def _documents(table: Table, county: str, known_at: datetime) -> Select[Any]:
    held = table.c
    return (
        select(held.indicator, func.min(held.valid_from))
        .where(held.county == county, held.recorded_at > known_at)
        .group_by(held.indicator)
    )


def _aimed(county: str, known_at: datetime) -> Select[Any]:
    held = target.c
    return (
        select(held.indicator, held.year).where(held.county == county, held.recorded_at > known_at).distinct()
    )
