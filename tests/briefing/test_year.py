"""The year a page opens on in January: the one before, until the first month of the new one is in force."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from briefing.year import default_year
from data_access.engine import read
from demo.places import COUNTY


@pytest.mark.parametrize(
    ("as_of", "known_at", "year"),
    [
        (date(2026, 10, 31), datetime(2026, 11, 22, tzinfo=UTC), 2026),
        (date(2026, 1, 15), datetime(2026, 1, 15, 4, tzinfo=UTC), 2025),
        # January has ended, but nobody need have reported it yet: the 5th of February has not passed.
        (date(2026, 2, 3), datetime(2026, 2, 3, 4, tzinfo=UTC), 2025),
        (date(2026, 2, 6), datetime(2026, 2, 6, 4, tzinfo=UTC), 2026),
        # The 15th of January has no figure of its own year, however much later it is looked at.
        (date(2026, 1, 15), datetime(2026, 11, 22, tzinfo=UTC), 2025),
    ],
)
def test_january_still_speaks_of_the_year_before(
    demo_engine: Engine, as_of: date, known_at: datetime, year: int
) -> None:
    with read(demo_engine) as connection:
        assert default_year(connection, COUNTY, as_of, known_at) == year


def test_a_county_without_monthly_figures_is_judged_in_its_own_year(demo_engine: Engine) -> None:
    with read(demo_engine) as connection:
        assert (
            default_year(connection, "999999", date(2026, 1, 15), datetime(2026, 1, 15, tzinfo=UTC)) == 2026
        )
