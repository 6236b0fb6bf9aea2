"""Which plan curve holds for what on a day, and every version of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from briefing.load import Briefing
from data_access.history import read_curve_versions
from metrics.curves import DEFAULT, Curve, Shape, parse_points


@dataclass(frozen=True)
class Held:
    """One version of a plan curve: for all (neither indicator nor unit), an indicator, or one unit of it."""

    curve: Curve
    indicator: str | None
    unit: str | None
    year: int | None
    valid_from: date
    recorded_at: datetime
    author: str
    reason: str | None
    document: str | None


Key = tuple[str | None, str | None]


@dataclass(frozen=True)
class Book:
    """Every version of every curve that can hold in a year, by what it holds for, oldest first."""

    day: date
    versions: dict[Key, tuple[Held, ...]]

    def of(self, indicator: str | None, unit: str | None = None) -> tuple[Held, ...]:
        """Every version of one curve, the newest first; none where it was never set."""
        return tuple(reversed(self.versions.get((indicator, unit), ())))

    def set_for(self, indicator: str | None, unit: str | None = None) -> Held | None:
        """The version set for exactly this that holds on the day."""
        return next((held for held in self.of(indicator, unit) if held.valid_from <= self.day), None)

    def followed(self, indicator: str | None, unit: str | None = None) -> Held | None:
        """What the plan follows: the unit's own curve, else the indicator's, else the county's; None is ours."""
        keys: tuple[Key, ...] = ((indicator, unit), (indicator, None), (None, None))
        return next((held for key in keys if (held := self.set_for(*key)) is not None), None)

    def curve(self, indicator: str | None, unit: str | None = None) -> Curve:
        """The curve that the plan follows."""
        held = self.followed(indicator, unit)
        return DEFAULT if held is None else held.curve

    def units_of(self, indicator: str) -> list[str]:
        """The units that have a curve of their own for an indicator on the day."""
        own = (unit for code, unit in self.versions if code == indicator and unit is not None)
        return sorted(unit for unit in own if self.set_for(indicator, unit) is not None)


def read_book(connection: Connection, briefing: Briefing) -> Book:
    """The curves of a county that can hold in the year in view, as known at the moment of the view."""
    frame = briefing.frame
    held = read_curve_versions(connection, frame.scope, year=frame.year, known_at=frame.known_at)
    return make_book(_versions(held, frame.year), frame.as_of)


def make_book(versions: Iterable[Held], day: date) -> Book:
    """A book of versions, oldest first."""
    chains: dict[Key, list[Held]] = {}
    for held in versions:
        chains.setdefault((held.indicator, held.unit), []).append(held)
    return Book(day, {key: tuple(chain) for key, chain in chains.items()})


def _versions(rows: Sequence[Any], year: int) -> list[Held]:
    made = [_held(row) for row in rows]
    return [each for each in made if each.curve.year in (None, year)]


def _held(row: Any) -> Held:
    return Held(
        curve=Curve(row.name, Shape(row.shape), parse_points(row.points)),
        indicator=row.indicator,
        unit=row.unit,
        year=row.year,
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        author=row.author,
        reason=row.reason,
        document=row.document,
    )
