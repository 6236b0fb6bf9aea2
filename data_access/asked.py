"""What a sum is asked about: county, moment, layer, days; and who owes a figure there.

The parts of the one roll-up statement that say which indicators have a period on which day, in which
home every unit lies then, and which of them owe a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from data_access.acceptance import states
from data_access.calendar import MONTHS, fits, month_ends
from data_access.expressions import fenced, given
from data_access.schema import indicator_version, report, unit, unit_ancestor, unit_tag
from data_access.tree import tree_of
from data_access.versions import spans
from metrics.vocabulary import OF_A_DAY, Accumulation, Cadence, Kind, Layer, Level


@dataclass(frozen=True)
class Asked:
    """The sums of `days` (period ends; any day for milestones and checklists) of one county.

    `days` may name for each day the indicators that are asked for it, None meaning all. `homes` narrows
    to the units of some townships (or the county itself), `members` to some reporting units, `known_at`
    None is all that is known.
    """

    county: str
    days: Mapping[date, frozenset[str] | None]
    layer: Layer = Layer.REPORTED
    known_at: datetime | None = None
    homes: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    members: frozenset[str] | None = None

    @cached_property
    def calendar(self) -> CTE:
        """The days asked and the earlier month ends of their years; `month` is 0 where no period ends.

        A union, for a list of values is compiled anew every time it is sent.
        """
        rows = [
            select(
                literal(day, Date).label("period"),
                literal(day.year).label("year"),
                literal(day.month if fits(Cadence.MONTH, day) else 0).label("month"),
                literal(day in self.days, Boolean).label("is_asked"),
            )
            for day in self.periods
        ]
        return fenced(union_all(*rows), "calendar")

    @cached_property
    def measure(self) -> CTE:
        """Each indicator on each period of the calendar that is one of its own, as defined then."""
        held = spans(
            indicator_version,
            ("indicator",),
            indicator_version.c.county == self.county,
            *self._chosen(indicator_version.c.indicator),
            known_at=self.known_at,
        )
        calendar = self.calendar
        of_a_day = held.c.kind.in_(OF_A_DAY)
        months = case(*((held.c.cadence == each, count) for each, count in MONTHS.items()))
        ends = and_(calendar.c.month > 0, calendar.c.month % months == 0)
        is_running = and_(held.c.accumulation == Accumulation.INCREMENT, ~of_a_day)
        is_asked = and_(calendar.c.is_asked, self._named(held.c.indicator), or_(of_a_day, ends))
        in_force = and_(held.c.valid_from <= calendar.c.period, held.c.valid_to > calendar.c.period)
        names = ("indicator", "kind", "accumulation", "is_ratio", "level_reported", "scope_tag")
        statement = (
            select(
                *(held.c[name] for name in names),
                calendar.c.period,
                calendar.c.year,
                (calendar.c.month // months).label("ordinal"),
                is_running.label("is_running"),
                is_asked.label("is_asked"),
            )
            .join(calendar, in_force)
            .where(held.c.withdrawn.is_(False), or_(is_asked, and_(is_running, ends)))
        )
        return fenced(statement, "measure")

    @cached_property
    def days_asked(self) -> CTE:
        """The days asked, with their years."""
        calendar = self.calendar
        return select(calendar.c.period, calendar.c.year).where(calendar.c.is_asked).cte("day")

    @cached_property
    def candidate(self) -> Select:
        """Each unit with each indicator of its level and scope, on each day asked."""
        measure, place, day = self.measure, self._place(), self.days_asked
        tag = spans(unit_tag, ("unit", "tag"), unit_tag.c.county == self.county, known_at=self.known_at)
        in_force = and_(tag.c.valid_from <= day.c.period, tag.c.valid_to > day.c.period)
        tagged = (
            select(tag.c.unit, tag.c.tag, day.c.period).join(day, in_force).where(tag.c.withdrawn.is_(False))
        )
        in_scope = tuple_(place.c.unit, measure.c.scope_tag, measure.c.period).in_(tagged)
        reports = and_(
            place.c.period == given(measure.c.period), place.c.level == given(measure.c.level_reported)
        )
        return (
            select(place.c.unit, place.c.home, *measure.c)
            .join_from(measure, place, reports)
            .where(measure.c.is_asked, or_(measure.c.scope_tag.is_(None), in_scope))
        )

    def _place(self) -> CTE:
        """The home of each reporting unit on each day: a village's township, else the unit itself."""
        day, is_village = self.days_asked, unit.c.level == Level.VILLAGE
        narrowed = self._checked(unit_ancestor.c.unit)
        if self.homes is not None:
            narrowed.append(unit_ancestor.c.ancestor.in_(sorted(self.homes)))
        if self.members is not None:
            narrowed.append(unit_ancestor.c.unit.in_(sorted(self.members)))
        columns = (unit_ancestor.c.unit, unit_ancestor.c.ancestor.label("home"), unit.c.level, day.c.period)
        statement = (
            select(*columns)
            .join_from(unit_ancestor, unit, unit.c.code == unit_ancestor.c.unit)
            .join(day, and_(*tree_of(day.c.period, self.known_at)))
            .where(
                unit_ancestor.c.county == self.county,
                unit_ancestor.c.depth == case((is_village, 1), else_=0),
                *narrowed,
            )
        )
        return fenced(statement, "place")

    @cached_property
    def periods(self) -> list[date]:
        """The days asked, and the month ends of the same years before them: what may add up to them."""
        last = {day.year: day for day in sorted(self.days)}
        earlier = {day for year, end in last.items() for day in month_ends(year) if day <= end}
        return sorted(earlier | set(self.days))

    @cached_property
    def state(self) -> CTE:
        """Each workbook handed in with the state it is in."""
        return fenced(states(self.county, self.known_at), "state")

    def named(self, kind: Kind | None = None) -> Select[tuple[str, date]]:
        """The indicators asked and the days they are asked on, of one kind or all."""
        measure = self.measure
        statement = select(measure.c.indicator, measure.c.period).where(measure.c.is_asked)
        return statement if kind is None else statement.where(measure.c.kind == kind)

    def running(self) -> Select[tuple[str, date]]:
        """The indicators and periods whose reports are increments of a year's sum."""
        measure = self.measure
        return select(measure.c.indicator, measure.c.period).where(measure.c.is_running)

    def only(self, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        """The condition that a row is of a unit that is asked for or may report for a home asked for."""
        checked = self._checked(column)
        if self.members is not None:
            return [*checked, column.in_(sorted(self.members))]
        if self.homes is None:
            return checked
        below = select(unit_ancestor.c.unit).where(
            unit_ancestor.c.county == self.county,
            unit_ancestor.c.ancestor.in_(sorted(self.homes)),
            unit_ancestor.c.depth <= 1,
        )
        return [*checked, column.in_(below)]

    def _checked(self, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        """Nobody owes a check: only units that were checked can have a figure in that layer."""
        if self.layer is Layer.REPORTED:
            return []
        of_layer = and_(report.c.county == self.county, report.c.layer == self.layer)
        return [column.in_(select(report.c.unit).where(of_layer))]

    def _chosen(self, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        named = [each for each in self.days.values() if each is not None]
        chosen = frozenset().union(*named) if len(named) == len(self.days) else None
        if self.indicators is not None:
            chosen = self.indicators if chosen is None else chosen & self.indicators
        return [] if chosen is None else [column.in_(sorted(chosen))]

    def _named(self, indicator: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether the indicator is asked on the calendar's day."""
        if all(named is None for named in self.days.values()):
            return true()
        return or_(
            *(
                and_(self.calendar.c.period == day, true() if named is None else indicator.in_(sorted(named)))
                for day, named in self.days.items()
            )
        )
