"""A township's reporting record: for each month of the year whether its return came, and in time."""

from datetime import date

from briefing.load import Briefing
from metrics.periods import Workdays, county_day, due_on, periods_of_year
from metrics.vocabulary import Cadence, SubmissionState

ON_TIME, LATE, WAITING, MISSING, NOT_DUE = "on_time", "late", "waiting", "missing", "not_due"


def reporting_record(briefing: Briefing, unit: str) -> list[tuple[date, str]]:
    """(last day of the month, state) for every month of the year that ended by the as-of day.

    A return that came back is none. The day of submission counts, not that of acceptance.
    """
    frame, work = briefing.frame, Workdays.from_frame(briefing.directory.workdays)
    monthly = briefing.directory.indicators
    monthly = monthly[monthly["cadence"] == Cadence.MONTH]
    if monthly.empty:
        return []
    due_day = int(monthly["due_day"].max())
    held = briefing.submissions
    standing = held[(held["unit"] == unit) & (held["state"] != SubmissionState.RETURNED)]
    out = []
    for period in periods_of_year(Cadence.MONTH, frame.year):
        if period > frame.as_of:
            break
        due = due_on(Cadence.MONTH, period, due_day, work)
        mine = standing[standing["period"] == period]
        if mine.empty:
            out.append((period, MISSING if county_day(frame.moment) > due else NOT_DUE))
        elif not (mine["state"] == SubmissionState.ACCEPTED).any():
            out.append((period, WAITING))
        else:
            out.append((period, LATE if county_day(mine["submitted_at"].min()) > due else ON_TIME))
    return out
