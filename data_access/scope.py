"""Who may see what: the union of unit subtrees and departments, as one predicate that every read applies."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, false, func, or_, select, true

from data_access.schema import indicator_department, unit_ancestor
from data_access.tree import OPEN_MOMENT
from data_access.versions import in_force


@dataclass(frozen=True, slots=True)
class Scope:
    """What one reader may see of one county: all below `units`, and all that `departments` lead or share.

    A scope with neither sees nothing of the county's facts. Hashable, so that caches are keyed by it.
    """

    county: str
    units: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()

    @classmethod
    def whole(cls, county: str) -> "Scope":
        """The scope that sees the whole county."""
        return cls(county, frozenset([county]))

    @classmethod
    def of(cls, county: str, *, units: Iterable[str] = (), departments: Iterable[str] = ()) -> "Scope":
        """A scope over some subtrees and departments."""
        return cls(county, frozenset(units), frozenset(departments))

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the county is hidden."""
        return self.county in self.units

    @property
    def sees_all_units(self) -> bool:
        """Whether the names of all units are visible: a department's indicators concern every unit."""
        return self.is_whole or bool(self.departments)

    def common(self, table: FromClause) -> ColumnElement[bool]:
        """The predicate for what everyone in the county may read: definitions, calendars, rules."""
        return table.c.county == bindparam("scope_county", self.county, unique=True)

    def sees(
        self,
        table: FromClause,
        *,
        unit: ColumnElement[str] | None = None,
        indicator: ColumnElement[str] | None = None,
        department: ColumnElement[str] | None = None,
    ) -> ColumnElement[bool]:
        """The predicate for rows about a unit, an indicator or a department; name the columns that say so."""
        return and_(self.common(table), self.allows(unit=unit, indicator=indicator, department=department))

    def allows(
        self,
        *,
        unit: ColumnElement[str] | None = None,
        indicator: ColumnElement[str] | None = None,
        department: ColumnElement[str] | None = None,
    ) -> ColumnElement[bool]:
        """The part of `sees` beyond the county: for sums whose sources were limited to the county already."""
        if self.is_whole:
            return true()
        granted: list[ColumnElement[bool]] = [false()]
        if unit is not None and self.units:
            granted.append(unit.in_(self.subtree()))
        if indicator is not None and self.departments:
            granted.append(indicator.in_(self._indicators()))
        if department is not None and self.departments:
            granted.append(department.in_(self._named("scope_departments", self.departments)))
        return or_(*granted)

    def subtree(self) -> Select[tuple[str]]:
        """The codes of the units below `units`, by each unit's newest place in the tree.

        The newest place, not that of a day: a village moved away takes its history with it, and one that
        was merged stays with the township it last belonged to.
        """
        own = unit_ancestor.alias()
        last = (
            select(func.max(own.c.valid_to))
            .where(own.c.county == unit_ancestor.c.county, own.c.unit == unit_ancestor.c.unit)
            .where(own.c.depth == 0, own.c.superseded_at == OPEN_MOMENT)
            .scalar_subquery()
        )
        return select(unit_ancestor.c.unit).where(
            self.common(unit_ancestor),
            unit_ancestor.c.ancestor.in_(self._named("scope_units", self.units)),
            unit_ancestor.c.superseded_at == OPEN_MOMENT,
            unit_ancestor.c.valid_to == last,
        )

    def _indicators(self) -> Select[tuple[str]]:
        held = in_force(indicator_department, ("indicator", "department"), self.common(indicator_department))
        chosen = self._named("scope_departments", self.departments)
        return select(held.c.indicator).where(held.c.department.in_(chosen))

    @staticmethod
    def _named(name: str, values: frozenset[str]) -> "ColumnElement[str]":
        return bindparam(name, sorted(values), expanding=True, unique=True)
