"""The only place that asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COUNTY_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's day in the county."""
    return datetime.now(COUNTY_ZONE).date()


def county_time(moment: datetime) -> datetime:
    """The same moment on the county's clocks."""
    return moment.astimezone(COUNTY_ZONE)
