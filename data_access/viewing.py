"""What a board's facts are asked for, and the columns they come in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection

from data_access.asked import Asked
from data_access.directory import Directory
from data_access.frames import Columns
from data_access.outdated import NOTHING, Outdated, outdated
from data_access.scope import Scope
from data_access.stamps import earlier_moment
from metrics.board import SUM_COLUMNS
from metrics.vocabulary import OF_A_DAY, Layer

TEXTS = ("unit", "indicator", "plan_key", "quality", "text")
FACTS: Columns = {name: "str" if name in TEXTS else "Int64" for name in SUM_COLUMNS} | {"period": "object"}


@dataclass(frozen=True)
class View:
    """Whose facts, on which days for which indicators, as known when; `known_at` None is now.

    `outdated` is what the roll-up does not say as it was known then.
    """

    scope: Scope
    directory: Directory
    days: Mapping[date, frozenset[str]]
    known_at: datetime | None
    layer: Layer
    outdated: Outdated = NOTHING

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators asked for on any day."""
        return frozenset().union(*self.days.values())

    def asked(
        self,
        homes: frozenset[str] | None,
        days: Mapping[date, frozenset[str]] | None = None,
        members: frozenset[str] | None = None,
    ) -> Asked:
        """The same question to the roll-up statement, for the view's days unless others are given."""
        return Asked(
            self.scope.county,
            dict(days or self.days),
            self.layer,
            self.known_at,
            homes=homes,
            members=members,
        )

    def own_indicators(self, level: str) -> frozenset[str]:
        """The indicators asked for that units of this level report themselves."""
        held = self.directory.indicators
        return frozenset(held.loc[held["level_reported"] == level, "code"]) & self.indicators


def view_of(
    connection: Connection,
    scope: Scope,
    directory: Directory,
    days: Mapping[date, frozenset[str]],
    known_at: datetime | None,
    layer: Layer = Layer.REPORTED,
) -> View:
    """The view of some days as known at a moment; one by which all was known is a view of now."""
    moment = earlier_moment(connection, scope.county, known_at)
    return View(
        scope, directory, days, moment, layer, outdated(connection, scope.county, moment, layer, days)
    )


def days_asked(
    directory: Directory, year: int, as_of: date, data_days: Mapping[str, date | None]
) -> dict[date, frozenset[str]]:
    """The indicators to read on each day: milestones and checklists are facts of the as-of day."""
    days: dict[date, set[str]] = defaultdict(set)
    held: pd.DataFrame = directory.indicators
    for code, kind in zip(held["code"], held["kind"], strict=True):
        if code not in data_days:
            continue
        day = min(as_of, date(year, 12, 31)) if kind in OF_A_DAY else data_days[code]
        if day is not None and day.year == year:
            days[day].add(code)
    return {day: frozenset(codes) for day, codes in sorted(days.items())}
