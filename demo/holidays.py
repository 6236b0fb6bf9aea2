"""Days of 2025 and 2026 that are not what their weekday says, after the State Council's yearly notices.

Kept as remembered from the notices of November 2024 and November 2025; a county enters the notice itself.
Only days that differ from Monday to Friday are listed: a Saturday inside a holiday is free anyway.
"""

from datetime import date, timedelta

from data_access.records import WorkdayRecord
from metrics.periods import Workdays

# (holiday, first day, last day)
_FREE: tuple[tuple[str, date, date], ...] = (
    ("元旦", date(2025, 1, 1), date(2025, 1, 1)),
    ("春节", date(2025, 1, 28), date(2025, 2, 4)),
    ("清明节", date(2025, 4, 4), date(2025, 4, 6)),
    ("劳动节", date(2025, 5, 1), date(2025, 5, 5)),
    ("端午节", date(2025, 5, 31), date(2025, 6, 2)),
    ("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
    ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
    ("春节", date(2026, 2, 15), date(2026, 2, 23)),
    ("清明节", date(2026, 4, 4), date(2026, 4, 6)),
    ("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
    ("端午节", date(2026, 6, 19), date(2026, 6, 21)),
    ("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
    ("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
)
_MADE_UP: tuple[tuple[str, date], ...] = (
    ("春节调休上班", date(2025, 1, 26)),
    ("春节调休上班", date(2025, 2, 8)),
    ("劳动节调休上班", date(2025, 4, 27)),
    ("国庆节调休上班", date(2025, 9, 28)),
    ("国庆节调休上班", date(2025, 10, 11)),
    ("元旦调休上班", date(2026, 1, 4)),
    ("春节调休上班", date(2026, 2, 14)),
    ("春节调休上班", date(2026, 2, 28)),
    ("劳动节调休上班", date(2026, 5, 9)),
    ("国庆节调休上班", date(2026, 9, 20)),
    ("国庆节调休上班", date(2026, 10, 10)),
)
_SATURDAY = 5


def workday_records(year: int) -> list[WorkdayRecord]:
    """The exceptions of one year, in the order of the days."""
    free = [
        WorkdayRecord(day, False, name)
        for name, first, last in _FREE
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        if day.weekday() < _SATURDAY
    ]
    made_up = [WorkdayRecord(day, True, name) for name, day in _MADE_UP]
    return sorted((one for one in free + made_up if one.day.year == year), key=lambda one: one.day)


def workdays() -> Workdays:
    """The calendar of both years, to find the days that figures are due."""
    return Workdays({one.day: one.is_work for year in (2025, 2026) for one in workday_records(year)})
