"""The briefings behind the pages, kept for as long as the data do not change.

A briefing depends on scope, year, day, moment and the version of the data, and all of them are in the
key. It is kept by reference, not copied: nothing may change a frame in place.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

import pandas as pd
import streamlit as st

from briefing.changes import Difference, between, changed_cells
from briefing.courses import Courses, periods_of, read_courses
from briefing.figure import Figure, find
from briefing.load import Briefing, Frame, load, load_below
from briefing.preview import Drafted, Preview, preview
from briefing.prospects import Prospects, read_prospects
from briefing.snapshots import read_frozen
from briefing.villages import Villages, judge_villages
from briefing.years import Year, read_years
from data_access.engine import read
from data_access.errors import DatabaseBusy
from data_access.reads import data_version, read_versions
from data_access.stamps import newest_shown
from metrics.vocabulary import Level
from notices.figures import Figures
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, show
from ui.keep import Keep
from ui.timed import timed

T = TypeVar("T")
# How often a file is made anew while others write.
ATTEMPTS = 5
UNITS, VILLAGES, COURSES, DRAWINGS = Keep(48), Keep(12), Keep(48), Keep(800)
PROSPECTS = Keep(24)
# The slides of meetings, each meeting of one moment of knowledge.
DECKS = Keep(32)
CHANGES = Keep(48)
PREVIEWS = Keep(8)
# Snapshots read back, the figures that papers say of them and of now, and what was found of notices.
FROZEN, FIGURES, FINDINGS = Keep(4), Keep(8), Keep(64)
ALL = (UNITS, VILLAGES, COURSES, PROSPECTS, DRAWINGS, DECKS, CHANGES, PREVIEWS, FROZEN, FIGURES, FINDINGS)


def forget() -> None:
    """Drop everything kept, as before another database is looked at."""
    for each in ALL:
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
        if _is_all_known(here):
            # Made already, as a rule, for the page that the reader came from.
            held = unit_view(replace(here, address=replace(here.address, known_at=None)), unit)
            # Nobody wrote while it was looked for, either.
            if _is_all_known(here):
                return replace(held, frame=frame)
        county = None if unit == frame.county else county_view(here)
        with read(engine()) as connection:
            return load_below(connection, county, unit) if county else load(connection, frame)

    return UNITS.get((frame.key, unit, *_of_now(here)), loaded)


def _is_all_known(here: Here) -> bool:
    """Whether the address names a moment of today by which all was recorded that is now: the same is known."""
    moment = here.address.known_at
    if moment is None or county_time(moment).date() != county_time(here.now).date():
        return False
    with read(engine()) as connection:
        newest = newest_shown(connection, here.scope.county)
    return newest is None or newest <= moment


def villages_view(here: Here) -> Villages:
    """Every village of the county, judged, with those that lag."""

    def judged() -> Villages:
        county = county_view(here)
        with read(engine()) as connection:
            return judge_villages(connection, county)

    return VILLAGES.get((frame_of(here).key, *_of_now(here)), judged)


def courses_view(here: Here, root: str) -> Courses:
    """Every indicator of a unit and its children over the year in view and those before."""
    below = unit_view(here, root)

    def judged() -> Courses:
        with read(engine()) as connection:
            return read_courses(connection, below)

    return COURSES.get((below.frame.key, root, *_of_now(here)), judged)


def prospects_view(here: Here) -> Prospects:
    """What the county's figures will come to by the year's end."""

    def forecast() -> Prospects:
        county = county_view(here)
        with read(engine()) as connection:
            return read_prospects(connection, county)

    return PROSPECTS.get((frame_of(here).key, *_of_now(here)), forecast)


def root_of(here: Here, unit: str) -> str:
    """The root of the view that holds a unit's cells: a village's are read with its township's."""
    units = county_view(here).units
    if unit not in units.index or units.at[unit, "level"] == Level.COUNTY:
        return here.scope.county
    return str(units.at[unit, "parent"] if units.at[unit, "level"] == Level.VILLAGE else unit)


def changes_between(before: Here, after: Here, root: str) -> pd.DataFrame:
    """The cells of a root and its children that differ between two addresses."""
    return changed_cells(unit_view(before, root), unit_view(after, root))


def difference_between(before: Here, after: Here, root: str) -> Difference:
    """The same with what was recorded in between, and how many other records there were."""
    old, new = unit_view(before, root), unit_view(after, root)

    def made() -> Difference:
        with read(engine()) as connection:
            return between(connection, old, new)

    key = (frame_of(before).key, frame_of(after).key, root, *_of_now(after))
    return CHANGES.get(key, made)


def preview_of(here: Here, drafted: Drafted) -> Preview:
    """What a drafted rule document would change on the day in view."""

    def judged() -> Preview:
        villages = villages_view(here)
        with read(engine()) as connection:
            return preview(connection, villages, drafted, here.now)

    content = json.dumps(drafted.content, sort_keys=True)
    key = (frame_of(here).key, drafted.number, drafted.title, drafted.valid_from, content, *_of_now(here))
    return PREVIEWS.get(key, judged)


def frozen_view(here: Here, number: int) -> Villages:
    """The villages of a kept snapshot; errors as in `read_frozen`."""

    def thawed() -> Villages:
        with read(engine()) as connection:
            return read_frozen(connection, here.scope, number).villages

    return FROZEN.get((here.scope, number), thawed)


def figures_then(here: Here, number: int) -> Figures:
    """The figures of a kept snapshot."""
    return FIGURES.get((here.scope, number), lambda: Figures(frozen_view(here, number)))


def figures_now(here: Here, then: Frame) -> Figures:
    """The figures of the day of a snapshot, by all that is known now."""
    address = replace(here.address, year=then.year, as_of=then.as_of, known_at=None)
    of_day = replace(here, scope=then.scope, address=address)
    return FIGURES.get((frame_of(of_day).key, *_of_now(here)), lambda: Figures(villages_view(of_day)))


def found_of(here: Here, about: Hashable, make: Callable[[], list[T]]) -> list[T]:
    """What was found of a notice, kept as long as the data stand; `about` says of what."""
    return FINDINGS.get((here.scope, about, *_of_now(here)), make)


def present(here: Here, draw: Callable[[Here], Markup]) -> None:
    """Show what `draw` makes of an address."""
    show(timed(here, kept(here, draw), _newest(here)))


def present_now(here: Here, draw: Callable[[Here], Markup]) -> None:
    """Show what `draw` makes, kept nowhere: for what is written without a figure becoming another one."""
    show(timed(here, draw(here), _newest(here)))


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
    return _stamp(here)[0]


def _newest(here: Here) -> datetime | None:
    """When anything was recorded last that this version holds."""
    return _stamp(here)[1]


def _stamp(here: Here) -> tuple[int, datetime | None]:
    if "stamp" not in here.asked:
        with read(engine()) as connection:
            county = here.scope.county
            here.asked["stamp"] = data_version(connection, county), newest_shown(connection, county)
    return here.asked["stamp"]


def _version_now(here: Here) -> int:
    with read(engine()) as connection:
        return data_version(connection, here.scope.county)


def _of_now(here: Here) -> tuple[int, date]:
    """What makes one moment's answer another's: the version of the data, and the day, for due days pass at midnight."""
    return _version(here), county_time(here.now).date()


def figure_of(here: Here, county: Briefing) -> Figure | None:
    """The figure the address names, or None where there is none of that name."""
    # The page of an indicator is that of the county's figure.
    own = here.scope.county if here.address.page == "indicators" else ""
    return figure_at(here, county, here.address.get("u") or own, here.address.get("i"))


def county_figure(here: Here, indicator: str) -> Figure | None:
    """The county's own figure of an indicator, or None where it has none."""
    return figure_at(here, county_view(here), here.scope.county, indicator)


def figure_at(here: Here, county: Briefing, unit: str, indicator: str) -> Figure | None:
    """The figure of a unit, or None where there is no such unit or indicator."""
    if indicator not in county.indicators.index or unit not in county.units.index:
        return None
    root = root_of(here, unit)
    below = unit_view(here, root)
    return find(county, below, unit, indicator, courses_view(here, root))


def periods_of_figure(here: Here, found: Figure) -> pd.DataFrame:
    """The principal cell of each period of the year, all columns."""
    with read(engine()) as connection:
        return periods_of(connection, found.below, found.unit, found.indicator)


def years_of(here: Here, found: Figure) -> list[Year]:
    """The years of the figure's target side by side."""
    with read(engine()) as connection:
        return read_years(connection, found.below, found.unit, found.indicator)


def versions_of(here: Here, found: Figure) -> pd.DataFrame:
    """Every version of every report of the unit itself for the figure."""
    with read(engine()) as connection:
        return read_versions(connection, here.scope, found.unit, found.indicator, here.address.known_at)


def village_reports(here: Here, unit: str) -> pd.DataFrame:
    """Every version of every report of a village, of the year in view."""
    with read(engine()) as connection:
        held = read_versions(connection, here.scope, unit, None, here.address.known_at)
    return held[[period.year == here.address.year for period in held["period"]]]
