from datetime import UTC, date, datetime

import pandas as pd
import pytest

from metrics.periods import (
    Workdays,
    county_day,
    due_on,
    in_force,
    is_due,
    judged_year,
    period_end,
    periods_of_year,
    previous,
)
from metrics.vocabulary import Cadence

PLAIN = Workdays()
MONTH, QUARTER = Cadence.MONTH, Cadence.QUARTER


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 4, tzinfo=UTC)


def test_the_day_begins_at_midnight_in_shanghai() -> None:
    assert county_day(datetime(2026, 10, 31, 15, 59, tzinfo=UTC)) == date(2026, 10, 31)
    assert county_day(datetime(2026, 10, 31, 16, 0, tzinfo=UTC)) == date(2026, 11, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        county_day(datetime(2026, 10, 31))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cadence", "day", "end"),
    [
        (MONTH, date(2028, 2, 3), date(2028, 2, 29)),
        (QUARTER, date(2026, 11, 1), date(2026, 12, 31)),
        (QUARTER, date(2026, 9, 30), date(2026, 9, 30)),
        (Cadence.HALF_YEAR, date(2026, 6, 30), date(2026, 6, 30)),
        (Cadence.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31)),
        (Cadence.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_end_of_the_period_that_holds_a_day(cadence: Cadence, day: date, end: date) -> None:
    assert period_end(cadence, day) == end


def test_periods_of_a_year() -> None:
    assert periods_of_year(QUARTER, 2026) == (
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    )
    assert len(periods_of_year(MONTH, 2026)) == 12


def test_previous_periods_cross_the_year() -> None:
    assert previous(MONTH, date(2026, 3, 31)) == date(2026, 2, 28)
    assert previous(MONTH, date(2026, 1, 31), 2) == date(2025, 11, 30)
    assert previous(QUARTER, date(2026, 3, 31)) == date(2025, 12, 31)
    assert previous(Cadence.YEAR, date(2026, 12, 31)) == date(2025, 12, 31)


def test_due_days_move_past_weekends_and_holidays_but_not_past_make_up_days() -> None:
    assert due_on(MONTH, date(2026, 10, 31), 5, PLAIN) == date(2026, 11, 5)
    assert due_on(MONTH, date(2026, 8, 31), 5, PLAIN) == date(2026, 9, 7)  # a Saturday
    national_day = Workdays({date(2026, 10, day): False for day in range(1, 8)})
    assert due_on(MONTH, date(2026, 9, 30), 5, national_day) == date(2026, 10, 8)
    make_up = Workdays({date(2026, 9, 5): True})
    assert due_on(MONTH, date(2026, 8, 31), 5, make_up) == date(2026, 9, 5)


def test_a_due_day_the_month_has_not_is_its_last_day() -> None:
    assert due_on(MONTH, date(2026, 1, 31), 31, Workdays({date(2026, 2, 28): True})) == date(2026, 2, 28)
    assert due_on(MONTH, date(2025, 12, 31), 30, PLAIN) == date(2026, 1, 30)


def test_workdays_from_rows() -> None:
    frame = pd.DataFrame({"day": [date(2026, 10, 1), date(2026, 10, 10)], "is_work": [False, True]})
    work = Workdays.from_frame(frame)
    assert [work.is_work(date(2026, 10, day)) for day in (1, 8, 10, 11)] == [False, True, True, False]
    assert Workdays.from_frame(frame.iloc[:0]) == PLAIN


def test_a_due_day_must_have_wholly_passed() -> None:
    assert not is_due(MONTH, date(2026, 10, 31), 5, noon(2026, 11, 5), PLAIN)
    assert is_due(MONTH, date(2026, 10, 31), 5, noon(2026, 11, 6), PLAIN)
    assert is_due(MONTH, date(2026, 10, 31), 5, datetime(2026, 11, 5, 16, 0, tzinfo=UTC), PLAIN)


@pytest.mark.parametrize(
    ("as_of", "known_at", "day"),
    [
        # The first of November does not make October's figures late: October is not yet in force.
        (date(2026, 11, 1), noon(2026, 11, 1), date(2026, 9, 30)),
        (date(2026, 11, 5), noon(2026, 11, 5), date(2026, 9, 30)),
        (date(2026, 11, 6), noon(2026, 11, 6), date(2026, 10, 31)),
        (date(2026, 10, 31), noon(2026, 11, 22), date(2026, 10, 31)),
        (date(2026, 10, 30), noon(2026, 11, 22), date(2026, 9, 30)),
        (date(2026, 1, 31), noon(2026, 1, 31), None),
        (date(2027, 5, 1), noon(2027, 5, 1), date(2026, 12, 31)),
    ],
)
def test_the_monthly_period_in_force(as_of: date, known_at: datetime, day: date | None) -> None:
    assert in_force(MONTH, 5, 2026, as_of, known_at, PLAIN) == day


def test_a_quarterly_indicator_in_november_is_judged_as_of_september() -> None:
    assert in_force(QUARTER, 10, 2026, date(2026, 11, 20), noon(2026, 11, 20), PLAIN) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("as_of", "known_at", "year"),
    [
        (date(2027, 1, 15), noon(2027, 1, 15), 2026),
        (date(2027, 2, 5), noon(2027, 2, 5), 2026),
        (date(2027, 2, 8), noon(2027, 2, 8), 2027),
        (date(2027, 1, 31), noon(2027, 3, 1), 2027),
        (date(2026, 10, 31), noon(2026, 11, 22), 2026),
    ],
)
def test_the_year_before_is_judged_until_january_is_in_force(
    as_of: date, known_at: datetime, year: int
) -> None:
    assert judged_year(as_of, known_at, 5, PLAIN) == year
