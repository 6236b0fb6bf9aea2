"""Drawing ahead: after the data changed, the pages of the first two levels are made before anyone asks.

A page is kept once it is made, so that what a reader waits for is a first drawing. One thread makes them
one after another and rests as long as it worked: whoever asks for something else waits for one page at most.
"""

import time
from collections.abc import Callable, Iterator
from threading import Event, Thread

from briefing.ranking import key_indicators
from data_access.errors import UserFacing
from data_access.scope import Scope
from data_access.settings import settings
from metrics.vocabulary import Level
from ui import clock, screens
from ui.address import parse
from ui.defaults import county_in_view, default_frame
from ui.guard import Here
from ui.html import Markup
from ui.registry import HOME
from ui.views import county_view, make_ahead, moment_of
from ui.words import words_of

Draw = Callable[[Here], Markup]
# The first readers of a process go first.
WAITS_FIRST = 3.0
LOOKS_EVERY = 2.0
ALONE: dict[str, tuple[Draw, ...]] = {
    "overview": (screens.overview,),
    "townships": (screens.townships,),
    "departments": (screens.departments,),
    "indicators": (screens.indicators_upper, screens.indicators_lower),
    "villages": (screens.villages,),
    "rectification": (screens.rectification,),
    "reporting": (screens.reporting_upper, screens.reporting_lower),
    "snapshots": (screens.snapshots_upper, screens.snapshots_lower),
}


def start() -> Event:
    """Begin to draw ahead; set the event to end it."""
    ended = Event()
    Thread(target=_run, args=(ended,), name="drawing ahead", daemon=True).start()
    return ended


def _run(ended: Event) -> None:
    drawn: object = None
    rest = WAITS_FIRST
    while not ended.wait(rest):
        rest = LOOKS_EVERY
        try:
            if not settings().draw_ahead:
                return
            drawn = _round(ended, drawn)
        except UserFacing:
            # No database, no county, busy: the pages say so, and here it is tried again.
            drawn = None


def _round(ended: Event, drawn: object) -> object:
    """Draw what is not drawn yet of the data as they are; what it was drawn of."""
    home = _here(HOME)
    if home is None or moment_of(home) == drawn:
        return drawn
    for page, params, draw in _pages(home):
        here = _here(page, params)
        if ended.is_set() or here is None:
            return None
        began = time.monotonic()
        make_ahead(here, draw)
        ended.wait(time.monotonic() - began)
        if moment_of(here) != moment_of(home):
            # Somebody wrote meanwhile: all of it is to be drawn anew.
            return None
    return moment_of(home)


def _pages(home: Here) -> Iterator[tuple[str, dict[str, str], Draw]]:
    for page, draws in ALONE.items():
        for draw in draws:
            yield page, {}, draw
    view = county_view(home)
    for code in view.units.index[view.units["level"] == Level.TOWNSHIP]:
        yield "townships", {"u": str(code)}, screens.townships
    # With the first figure of a township come the years of all of them.
    first = next(iter(key_indicators(view)), None)
    for code in view.units.index[view.units["level"] == Level.TOWNSHIP]:
        if first is not None:
            yield "figure", {"u": str(code), "i": first}, screens.figure_upper
    for code in view.directory.departments["code"]:
        yield "departments", {"d": str(code)}, screens.departments


def _here(page: str, params: dict[str, str] | None = None) -> Here | None:
    """A reader who asks for the page on the day it opens on; None where there is no such day."""
    frame = default_frame(None)
    if frame is None:
        return None
    today = clock.today()
    address = parse(page, {**frame, **(params or {})}, today)
    return Here(address, words_of("zh"), Scope.whole(county_in_view()), clock.now(), today)
