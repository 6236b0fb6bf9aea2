"""Before the door opens: load the modules and judge the county's own day; the first reader waits for neither."""

import asyncio
import gc
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from data_access.errors import UserFacing


@asynccontextmanager
async def warmed(_: st.App) -> AsyncIterator[None]:
    """The lifespan of the application: warm up, then serve, and draw ahead for as long as it lasts."""
    await asyncio.to_thread(warm_up)
    _settle()
    # Imported here, as below.
    from ui import ahead

    ended = ahead.start()
    try:
        yield
    finally:
        ended.set()


def _settle() -> None:
    """Look for cycles less often, and never again among what was loaded so far."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def warm_up() -> None:
    """Fill the caches of the first page. Without a database or a county there is nothing to warm: the pages say so."""
    # Imported here: the door must open, and say so, even where the database's own modules cannot load.
    from data_access.scope import Scope
    from ui import clock, panels, screens
    from ui.address import parse
    from ui.defaults import county_in_view, default_frame
    from ui.guard import Here
    from ui.registry import HOME
    from ui.views import kept
    from ui.words import words_of

    for module in pkgutil.iter_modules(panels.__path__):
        importlib.import_module(f"ui.panels.{module.name}")

    # Streamlit's caches work outside a session too, and say at length that they are outside one.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    frame = default_frame(None)
    if frame is None:
        return
    today = clock.today()
    try:
        here = Here(
            parse(HOME, frame, today), words_of("zh"), Scope.whole(county_in_view()), clock.now(), today
        )
        kept(here, screens.overview)
    except UserFacing:
        return
