"""What already rests on the definition of each indicator: whoever defines it otherwise must know."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data_access.schema import indicator_version, report, target
from data_access.scope import Scope
from data_access.versions import recorded_by


class Use(NamedTuple):
    """From when an indicator is defined, up to which period it was ever reported, and whether it has a target."""

    defined_from: date
    reported_until: date | None
    is_aimed: bool


def indicators_in_use(
    connection: Connection, scope: Scope, known_at: datetime | None = None
) -> Mapping[str, Use]:
    """What rests on each indicator that was ever defined, by code; what was returned or corrected counts as well."""
    held = indicator_version.c
    defined = connection.execute(
        select(held.indicator, func.min(held.valid_from))
        .where(held.county == scope.county, *recorded_by(indicator_version, known_at))
        .group_by(held.indicator)
    )
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
    return {code: Use(day, until.get(code), code in with_target) for code, day in defined}
