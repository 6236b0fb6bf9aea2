"""The parts of the one roll-up statement: which indicators have a period on which day, in which home every unit
lies then, and which of them owe a figure.

A question holds places for its values, never the values themselves (`data_access.asked` has those): putting so
large a statement together takes longer than a small county takes to answer it, so each shape is made once.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    except_,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.types import TypeEngine

from data_access.acceptance import states
from data_access.calendar import MONTHS
from data_access.expressions import fenced, given
from data_access.schema import (
    Code,
    Moment,
    UnitCode,
    indicator_version,
    report,
    unit,
    unit_ancestor,
    unit_tag,
)
from data_access.tree import tree_known, tree_of
from data_access.versions import recorded_by, spans
from metrics.vocabulary import OF_A_DAY, Accumulation, Kind, Layer, Level

# How many shapes are kept: layers, with and without a moment, homes, members, and so many periods.
SHAPES = 256
SPARED = ("unit", "indicator", "period")


@dataclass(frozen=True)
class Shape:
    """What makes a statement another one: its layer, which limits it has, how many periods, which days name theirs."""

    layer: Layer
    is_known_then: bool
    has_homes: bool
    has_members: bool
    has_indicators: bool
    periods: int
    named: tuple[bool, ...]


class Question:
    """The sums of the days asked (period ends; any day for milestones and checklists) of one county.

    Its attributes are called as those of `Asked`, whose values they stand for.
    """

    def __init__(self, shape: Shape) -> None:
        """Make the places for the values."""
        self.shape = shape
        self.layer = shape.layer
        self.county = bindparam("asked_county", type_=UnitCode)
        self.known_at = bindparam("asked_known_at", type_=Moment()) if shape.is_known_then else None
        self.homes = _several("asked_homes", UnitCode) if shape.has_homes else None
        self.members = _several("asked_members", UnitCode) if shape.has_members else None
        self.indicators = _several("asked_indicators", Code) if shape.has_indicators else None
        self.start = bindparam("asked_start", type_=Date())
        self.days = _several("asked_days", Date())
        self.years = _several("asked_years", Integer())
        self.periods = _several("asked_periods", Date())

    @cached_property
    def calendar(self) -> CTE:
        """The days asked and the earlier month ends of their years; `month` is 0 where no period ends.

        A union, for a list of values is compiled anew every time it is sent.
        """
        names: dict[str, TypeEngine[Any]] = {
            "period": Date(),
            "year": Integer(),
            "month": Integer(),
            "is_asked": Boolean(),
        }
        rows: list[Select[Any]] = [
            select(
                *(bindparam(f"asked_{name}_{place}", type_=kind).label(name) for name, kind in names.items())
            )
            for place in range(self.shape.periods)
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
        # Nothing is owed for the months before an indicator was defined.
        defined = func.row_number().over(
            partition_by=(held.c.indicator, calendar.c.year), order_by=calendar.c.period
        )
        names = ("indicator", "kind", "accumulation", "is_ratio", "level_reported", "scope_tag")
        statement = (
            select(
                *(held.c[name] for name in names),
                calendar.c.period,
                calendar.c.year,
                case((is_running, defined), else_=calendar.c.month // months).label("ordinal"),
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
        asked = self._checked(unit_ancestor.c.unit)
        if self.homes is not None:
            asked.append(unit_ancestor.c.ancestor.in_(self.homes))
        if self.members is not None:
            asked.append(unit_ancestor.c.unit.in_(self.members))
        return self._owing(self.days_asked, self.measure.c.is_asked, "place", *asked)

    @cached_property
    def absent(self) -> CompoundSelect:
        """Units with the indicators of increments, and the periods, that they did not owe: `SPARED`.

        Of units that came or changed their tags within the years asked, and of indicators that changed their scope:
        everybody else always owes, or never.
        """
        measure = self.measure
        came = select(unit_ancestor.c.unit).where(
            unit_ancestor.c.county == self.county,
            unit_ancestor.c.depth <= 1,
            unit_ancestor.c.valid_from > self.start,
            *tree_known(self.known_at),
        )
        marked = select(unit_tag.c.unit).where(
            unit_tag.c.county == self.county,
            unit_tag.c.valid_from > self.start,
            *recorded_by(unit_tag, self.known_at),
        )
        changed = fenced(union(came, marked), "changed")
        of_other_scopes = func.count(func.coalesce(measure.c.scope_tag, "").distinct()) > 1
        rescoped = fenced(
            select(measure.c.indicator)
            .where(measure.c.is_running)
            .group_by(measure.c.indicator)
            .having(of_other_scopes),
            "rescoped",
        )
        is_changed, any_rescoped = unit.c.code.in_(select(changed.c.unit)), exists(select(rescoped))
        all_of_them = (
            select(unit.c.code.label("unit"), measure.c.indicator, measure.c.period)
            .join_from(measure, unit, unit.c.level == measure.c.level_reported)
            .where(measure.c.is_running, unit.c.county == self.county, *self.only(unit.c.code))
            .where(or_(is_changed, measure.c.indicator.in_(select(rescoped.c.indicator))))
        )
        limits = (or_(is_changed, any_rescoped), *self.only(unit.c.code))
        # Wherever it lay then: a village that came over from another township owed its months there.
        owed = self._owing(self.calendar, measure.c.is_running, "place_then", *limits).subquery("owed_then")
        return except_(all_of_them, select(*(owed.c[name] for name in SPARED)))

    def _owing(
        self, day: CTE, wanted: ColumnElement[bool], name: str, *limits: ColumnElement[bool]
    ) -> Select:
        """Each unit with each of the indicators wanted of its level and scope, on these days."""
        measure, place = self.measure, self._place(day, name, *limits)
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
            .where(wanted, or_(measure.c.scope_tag.is_(None), in_scope))
        )

    def _place(self, day: CTE, name: str, *limits: ColumnElement[bool]) -> CTE:
        """The home of each reporting unit on each day: a village's township, else the unit itself."""
        is_village = unit.c.level == Level.VILLAGE
        columns = (unit_ancestor.c.unit, unit_ancestor.c.ancestor.label("home"), unit.c.level, day.c.period)
        statement = (
            select(*columns)
            .join_from(unit_ancestor, unit, unit.c.code == unit_ancestor.c.unit)
            .join(day, and_(*tree_of(day.c.period, self.known_at)))
            .where(
                unit_ancestor.c.county == self.county,
                unit_ancestor.c.depth == case((is_village, 1), else_=0),
                *limits,
            )
        )
        return fenced(statement, name)

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
            return [*checked, column.in_(self.members)]
        if self.homes is None:
            return checked
        below = select(unit_ancestor.c.unit).where(
            unit_ancestor.c.county == self.county,
            unit_ancestor.c.ancestor.in_(self.homes),
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
        return [] if self.indicators is None else [column.in_(self.indicators)]

    def _named(self, indicator: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether the indicator is asked on the calendar's day."""
        if not any(self.shape.named):
            return true()
        return or_(*(self._named_on(place, indicator) for place in range(len(self.shape.named))))

    def _named_on(self, place: int, indicator: ColumnElement[str]) -> ColumnElement[bool]:
        day = self.calendar.c.period == bindparam(f"asked_day_{place}", type_=Date())
        if not self.shape.named[place]:
            return day
        return and_(day, indicator.in_(_several(f"asked_named_{place}", Code)))


def _several(name: str, kind: Any) -> Any:
    return bindparam(name, type_=kind, expanding=True)


@lru_cache(maxsize=SHAPES)
def question_of(shape: Shape) -> Question:
    """The question of a shape."""
    return Question(shape)
