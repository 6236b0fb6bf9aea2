"""The briefings behind the pages, kept for as long as the data do not change.

A briefing depends on scope, year, day, moment and the version of the data, and all of them are in the
key. It is kept by reference, not copied: nothing may change a frame in place.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pandas as pd
import streamlit as st

from briefing.figure import Figure, find, periods_of
from briefing.load import Briefing, Frame, load, load_below
from briefing.preview import Drafted, Preview, preview
from briefing.villages import Villages, judge_villages
from data_access.engine import read
from data_access.errors import DatabaseBusy
from data_access.reads import data_version, read_versions
from metrics.vocabulary import Level
from ui.clock import county_time
from ui.database import engine
from ui.frame import timed
from ui.guard import Here
from ui.html import Markup, show
from ui.keep import Keep

T = TypeVar("T")
# How often a file is made anew while others write.
ATTEMPTS = 5
UNITS, VILLAGES, PERIODS, DRAWINGS, PREVIEWS = Keep(48), Keep(12), Keep(400), Keep(800), Keep(8)


def forget() -> None:
    """Drop everything kept, as before another database is looked at."""
    for each in (UNITS, VILLAGES, PERIODS, DRAWINGS, PREVIEWS):
        each.clear()


def frame_of(here: Here) -> Frame:
    """The frame of reference of an address."""
    return Frame(here.scope, here.address.year, here.address.as_of, here.address.known_at, here.now)


def county_view(here: Here) -> Briefing:
    """The county and its townships."""
    return unit_view(here, here.scope.county)


def unit_view(here: Here, unit: str) -> Briefing:
    """A unit and its children."""
    frame = frame_of(here)

    def loaded() -> Briefing:
        county = None if unit == frame.county else county_view(here)
        with read(engine()) as connection:
            return load_below(connection, county, unit) if county else load(connection, frame)

    return UNITS.get((frame.key, unit, *_of_now(here)), loaded)


def villages_view(here: Here) -> Villages:
    """Every village of the county, judged, with those that lag."""

    def judged() -> Villages:
        county = county_view(here)
        with read(engine()) as connection:
            return judge_villages(connection, county)

    return VILLAGES.get((frame_of(here).key, *_of_now(here)), judged)


def preview_of(here: Here, drafted: Drafted) -> Preview:
    """What a drafted rule document would change on the day in view."""

    def judged() -> Preview:
        villages = villages_view(here)
        with read(engine()) as connection:
            return preview(connection, villages, drafted, here.now)

    content = json.dumps(drafted.content, sort_keys=True)
    key = (frame_of(here).key, drafted.number, drafted.title, drafted.valid_from, content, *_of_now(here))
    return PREVIEWS.get(key, judged)


def present(here: Here, draw: Callable[[Here], Markup]) -> None:
    """Show what `draw` makes of an address."""
    show(timed(here, kept(here, draw)))


def kept(here: Here, make: Callable[[Here], T]) -> T:
    """What `make` makes of an address, kept: the same address over the same data is the same drawing.

    `make` shows nothing itself and asks nothing but the address, the data and the clock. Where somebody
    writes meanwhile the run begins again: figures of two states of the data never stand together.
    """
    made, version = _made(here, make)
    if version != _version(here):
        st.rerun()
    return made


def make_ahead(here: Here, make: Callable[[Here], object]) -> None:
    """Make and keep a drawing that nobody has asked for yet."""
    _made(here, make)


def moment_of(here: Here) -> tuple[object, ...]:
    """What a drawing is good for: the day in view, the version of the data and today."""
    return (frame_of(here).key, *_of_now(here))


def _made(here: Here, make: Callable[[Here], T]) -> tuple[T, int]:
    """The drawing, and the version of the data when it was done."""
    key = (make, here.scope, here.address.reframed(), here.address.notes, *_of_now(here))
    return DRAWINGS.get(key, lambda: (make(here), _version_now(here)))


def fresh(here: Here, make: Callable[[Here], T]) -> T:
    """What `make` makes of an address when its file is asked for, of one state of the data as well."""
    for _ in range(ATTEMPTS):
        before = _version(here)
        made = make(here)
        if _version_now(here) == before:
            return made
        here.asked.clear()
    raise DatabaseBusy


def unit_or_none(here: Here, view: Briefing, level: Level = Level.TOWNSHIP) -> str | None:
    """The unit the address names, if it is one of this county's and of this level."""
    code = here.address.get("u")
    units = view.units
    return code if code in units.index and units.at[code, "level"] == level else None


def _version(here: Here) -> int:
    """The version of the data, asked once a run: all that a page says is of one version."""
    if "version" not in here.asked:
        here.asked["version"] = _version_now(here)
    return here.asked["version"]


def _version_now(here: Here) -> int:
    with read(engine()) as connection:
        return data_version(connection, here.scope.county)


def _of_now(here: Here) -> tuple[int, date]:
    """What makes one moment's answer another's: the version of the data, and the day, for due days pass at midnight."""
    return _version(here), county_time(here.now).date()


def figure_of(here: Here, county: Briefing) -> Figure | None:
    """The figure the address names, or None where there is none of that name."""
    unit, indicator = here.address.get("u"), here.address.get("i")
    if indicator not in county.indicators.index or unit not in county.units.index:
        return None
    level = county.units.at[unit, "level"]
    # A village has no children of its own: its figure is read with its township's.
    root = county.units.at[unit, "parent"] if level == Level.VILLAGE else unit
    below = unit_view(here, str(root))

    def judged() -> pd.DataFrame:
        with read(engine()) as connection:
            return periods_of(connection, below, unit, indicator)

    periods = PERIODS.get((below.frame.key, unit, indicator, *_of_now(here)), judged)
    return find(county, below, unit, indicator, periods)


def versions_of(here: Here, found: Figure) -> pd.DataFrame:
    """Every version of every report of the unit itself for the figure."""
    with read(engine()) as connection:
        return read_versions(connection, here.scope, found.unit, found.indicator, here.address.known_at)


def village_reports(here: Here, unit: str) -> pd.DataFrame:
    """Every version of every report of a village, of the year in view."""
    with read(engine()) as connection:
        held = read_versions(connection, here.scope, unit, None, here.address.known_at)
    return held[[period.year == here.address.year for period in held["period"]]]
