"""What already rests on the definition of each indicator: whoever defines it otherwise must know."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data_access.schema import indicator_version, report, target
from data_access.scope import Scope
from data_access.versions import oldest_first, recorded_by


class Version(NamedTuple):
    """One version of a definition: since when it holds, and by what its figures are amounts."""

    valid_from: date
    measure: str
    scale: int
    is_ratio: bool
    numerator_name: str | None
    denominator_name: str | None
    accumulation: str
    level_reported: str
    kind: str


class Use(NamedTuple):
    """The versions of a definition, oldest first, up to which period it was reported, and whether it has a target."""

    versions: tuple[Version, ...]
    reported_until: date | None
    is_aimed: bool


def indicators_in_use(
    connection: Connection, scope: Scope, known_at: datetime | None = None
) -> Mapping[str, Use]:
    """What rests on each indicator that was ever defined, by code; what was returned or corrected counts as well."""
    held = indicator_version
    defined = connection.execute(
        select(held.c.indicator, *(held.c[name] for name in Version._fields))
        .where(held.c.county == scope.county, *recorded_by(held, known_at))
        .order_by(*oldest_first(held))
    )
    versions: dict[str, list[Version]] = {}
    for code, *said in defined:
        versions.setdefault(code, []).append(Version(*said))
    reported = connection.execute(
        select(report.c.indicator, func.max(report.c.period))
        .where(report.c.county == scope.county, *recorded_by(report, known_at))
        .group_by(report.c.indicator)
    )
    aimed = connection.scalars(
        select(target.c.indicator)
        .where(target.c.county == scope.county, *recorded_by(target, known_at))
        .distinct()
    )
    until, with_target = {each.indicator: each[1] for each in reported}, set(aimed)
    return {code: Use(tuple(of), until.get(code), code in with_target) for code, of in versions.items()}
