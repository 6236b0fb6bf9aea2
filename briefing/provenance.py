"""The line that stands on every page: how old the data are, who has reported, which rule is in force."""

from dataclasses import dataclass
from datetime import date

from briefing.load import Briefing
from briefing.once import once


@dataclass(frozen=True)
class Provenance:
    """Data day of the monthly figures, reports in and owed, rule document."""

    data_day: date | None
    reported: int
    owed: int
    rate: float | None
    rule_number: str
    is_default_rule: bool


@once
def provenance(briefing: Briefing) -> Provenance:
    """What stands at the head of every page."""
    days = [day for day in briefing.board.data_days.values() if day is not None]
    reported = int(briefing.reporting["reported"].sum())
    owed = int(briefing.reporting["owed"].sum())
    return Provenance(
        data_day=max(days, default=None),
        reported=reported,
        owed=owed,
        rate=reported / owed if owed else None,
        rule_number=briefing.rules.number,
        is_default_rule=briefing.rules.is_default,
    )
