"""A township's reporting record: for each month of the year whether its return came, and in time."""

from datetime import date

from briefing.load import Briefing

ON_TIME, LATE, WAITING, MISSING, NOT_DUE = "on_time", "late", "waiting", "missing", "not_due"


def reporting_record(briefing: Briefing, unit: str) -> list[tuple[date, str]]:
    """(last day of the month, state) for every month of the year up to the as-of day."""
    held = briefing.submissions
    mine = held[held["unit"] == unit]
    return [(row.period, row.standing) for row in mine.itertuples()]
