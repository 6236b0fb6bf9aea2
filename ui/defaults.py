"""What an address that names no day means: the county in view and the day it opens on."""

from datetime import date

import streamlit as st

from briefing.year import default_year
from data_access.engine import read
from data_access.errors import DatabaseEmpty, XushiError
from data_access.reads import counties, read_setting
from data_access.settings import settings
from ui import clock
from ui.database import engine


@st.cache_data(ttl=30, max_entries=4, show_spinner=False)
def county_in_view() -> str:
    """The county this installation serves: as configured, else the only one the database holds."""
    with read(engine()) as connection:
        held = counties(connection)
    chosen = settings().county
    if chosen:
        if chosen not in held:
            raise DatabaseEmpty(chosen)
        return chosen
    if not held:
        raise DatabaseEmpty("")
    return held[0]


def default_day() -> date:
    """The as-of day of an address without one: the county's setting, else today."""
    with read(engine()) as connection:
        fixed = read_setting(connection, county_in_view(), "clock.as_of")
    return date.fromisoformat(fixed) if fixed else clock.today()


def default_frame(as_of: str | None) -> dict[str, str] | None:
    """Year and as-of day to complete an address with; None where the database cannot say."""
    try:
        day = _day(as_of) or default_day()
        with read(engine()) as connection:
            year = default_year(connection, county_in_view(), day, clock.now())
    except XushiError:
        return None
    return {"y": str(year), "asof": as_of or day.isoformat()}


def _day(text: str | None) -> date | None:
    """The day an address names, if it names one that the calendar has; the page says what is wrong with it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
