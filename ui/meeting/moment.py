"""The moment a meeting is opened: what was known then is what every slide says."""

from datetime import datetime

from data_access.engine import read
from data_access.errors import XushiError
from data_access.stamps import newest_shown
from ui import clock
from ui.address import moment_text
from ui.database import engine
from ui.defaults import county_in_view


def opened_now() -> str | None:
    """This moment as an address writes it; None where the database cannot say what it holds.

    To the second, unless something was recorded within this very second (or later, by a clock that is
    ahead): then exactly, or the slides would leave out what the page before them showed.
    """
    now = clock.now()
    second = now.replace(microsecond=0)
    try:
        with read(engine()) as connection:
            newest = newest_shown(connection, county_in_view())
    except XushiError:
        return None
    is_past = newest is None or newest <= second
    return moment_text(second if is_past or newest is None else max(now, newest))


def is_fixed(known_at: datetime | None, now: datetime, county: str) -> bool:
    """Whether a moment of knowledge is named and nothing new can come before it."""
    if known_at is None or known_at <= now:
        return known_at is not None
    with read(engine()) as connection:
        newest = newest_shown(connection, county)
    return newest is not None and known_at <= newest
