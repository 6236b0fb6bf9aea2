"""The briefings behind the pages, kept for as long as the data do not change.

A briefing depends on scope, year, day, moment and the version of the data, and all of them are in the
key. It is kept by reference, not copied: nothing may change a frame in place.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st

from briefing.figure import Figure, find, periods_of
from briefing.load import Briefing, Frame, load, load_below
from briefing.villages import Villages, judge_villages
from data_access.engine import read
from data_access.errors import UserFacing
from data_access.reads import data_version, read_versions
from data_access.scope import Scope
from metrics.vocabulary import Level
from ui import guard
from ui.database import engine
from ui.guard import Here
from ui.html import Markup
from ui.words import Words

# More at once would only take the processor and the connections from readers whose views are kept.
LOADERS = BoundedSemaphore(2)
P = ParamSpec("P")
T = TypeVar("T")
# A view of "now" is made again when the clock passes a quarter of an hour: a due day may have passed.
NOW_STEP = timedelta(minutes=15)


def frame_of(here: Here) -> Frame:
    """The frame of reference of an address."""
    return Frame(here.scope, here.address.year, here.address.as_of, here.address.known_at, here.now)


def warm(here: Here) -> Briefing:
    """The county of an address, judged before anybody asks. Raises what the pages would say."""
    return _unit_view(frame_of(here), here.scope.county, _version(here), _step(here.now))


def county_view(here: Here) -> Briefing:
    """The county and its townships."""
    return unit_view(here, here.scope.county)


def unit_view(here: Here, unit: str) -> Briefing:
    """A unit and its children."""
    try:
        return _unit_view(frame_of(here), unit, _version(here), _step(here.now))
    except UserFacing as fault:
        guard.refuse(here, fault)
        raise


def villages_view(here: Here) -> Villages:
    """Every village of the county, judged, with those that lag."""
    try:
        return _villages_view(frame_of(here), _version(here), _step(here.now))
    except UserFacing as fault:
        guard.refuse(here, fault)
        raise


def said(here: Here, compose: Callable[Concatenate[Words, P], str], *args: P.args, **kwargs: P.kwargs) -> str:
    """The sentence that `compose` makes of an address, kept in the same way as `drawn`."""
    return _kept(here, compose, lambda: compose(here.words, *args, **kwargs))


def drawn(
    here: Here, draw: Callable[Concatenate[Here, P], Markup], *args: P.args, **kwargs: P.kwargs
) -> Markup:
    """What `draw` makes of an address, kept: the same address over the same data is the same drawing.

    The further arguments must follow from the address and the data; `draw` shows nothing itself.
    """
    return _kept(here, draw, lambda: draw(here, *args, **kwargs))


def _kept(here: Here, part: Callable[..., T], make: Callable[[], T]) -> T:
    name = f"{part.__module__}.{part.__qualname__}"
    held = _made(name, here.scope, here.address.reframed(), _version(here), _step(here.now), make)
    return cast("T", held)


def unit_or_none(here: Here, view: Briefing, level: Level = Level.TOWNSHIP) -> str | None:
    """The unit the address names, if it is one of this county's and of this level."""
    code = here.address.get("u")
    units = view.units
    return code if code in units.index and units.at[code, "level"] == level else None


def _version(here: Here) -> int:
    """The version of the data, asked once a run: all that a page says is of one version."""
    if "version" not in here.asked:
        with read(engine()) as connection:
            here.asked["version"] = data_version(connection, here.scope.county)
    return here.asked["version"]


def _step(now: datetime) -> int:
    return int(now.timestamp() // NOW_STEP.total_seconds())


@st.cache_resource(show_spinner=False, max_entries=48, hash_funcs={Frame: lambda frame: frame.key})
def _unit_view(frame: Frame, unit: str, version: int, step: int) -> Briefing:
    if unit == frame.county:
        with LOADERS, read(engine()) as connection:
            return load(connection, frame)
    county = _unit_view(frame, frame.county, version, step)
    with LOADERS, read(engine()) as connection:
        if data_version(connection, frame.county) == version:
            return load_below(connection, county, unit)
        # Written to between the two: nothing of the older state may be mixed in.
        return load(connection, frame, unit)


@st.cache_resource(show_spinner=False, max_entries=12, hash_funcs={Frame: lambda frame: frame.key})
def _villages_view(frame: Frame, version: int, step: int) -> Villages:
    county = _unit_view(frame, frame.county, version, step)
    with LOADERS, read(engine()) as connection:
        return judge_villages(connection, county)


def _told_apart(scope: Scope) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return scope.county, tuple(sorted(scope.units)), tuple(sorted(scope.departments))


@st.cache_resource(show_spinner=False, max_entries=1600, hash_funcs={Scope: _told_apart})
def _made(
    part: str, scope: Scope, address: str, version: int, step: int, _make: Callable[[], object]
) -> object:
    return _make()


def figure_of(here: Here, county: Briefing) -> Figure | None:
    """The figure the address names, or None where there is none of that name."""
    unit, indicator = here.address.get("u"), here.address.get("i")
    if indicator not in county.indicators.index or unit not in county.units.index:
        return None
    level = county.units.at[unit, "level"]
    # A village has no children of its own: its figure is read with its township's.
    root = county.units.at[unit, "parent"] if level == Level.VILLAGE else unit
    below = unit_view(here, str(root))
    return find(county, below, unit, indicator, _periods(below, unit, indicator))


def _periods(below: Briefing, unit: str, indicator: str) -> pd.DataFrame:
    """The course of a figure, read once for as long as the briefing it belongs to is kept."""
    key = ("periods", unit, indicator)
    if key not in below.kept:
        with LOADERS, read(engine()) as connection:
            below.kept[key] = periods_of(connection, below, unit, indicator)
    return cast("pd.DataFrame", below.kept[key])


def versions_of(here: Here, found: Figure) -> pd.DataFrame:
    """Every version of every report of the unit itself for the figure."""
    with read(engine()) as connection:
        return read_versions(connection, here.scope, found.unit, found.indicator, here.address.known_at)


def village_reports(here: Here, unit: str) -> pd.DataFrame:
    """Every version of every report of a village, of the year in view."""
    with read(engine()) as connection:
        held = read_versions(connection, here.scope, unit, None, here.address.known_at)
    return held[[period.year == here.address.year for period in held["period"]]]
