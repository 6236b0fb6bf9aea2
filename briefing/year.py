"""The year that is judged where nobody names one."""

from datetime import date, datetime

from sqlalchemy import Connection

from data_access.directory import read_due_day, read_workdays
from metrics.periods import Workdays, judged_year
from metrics.vocabulary import Cadence


def default_year(connection: Connection, county: str, as_of: date, known_at: datetime) -> int:
    """The year of `as_of`; the one before until the first month of the new year is in force.

    That month is in force once the earliest due day of the county's monthly figures has passed.
    """
    due_day = read_due_day(connection, county, Cadence.MONTH, as_of)
    if due_day is None:
        return as_of.year
    workdays = Workdays.from_frame(read_workdays(connection, known_at))
    return judged_year(as_of, known_at, due_day, workdays)
