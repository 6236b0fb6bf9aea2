"""The Excel snapshot, made on the click that asks for it."""

from dataclasses import replace

import streamlit as st

from briefing.lists import Selection, counts
from briefing.load import Briefing
from briefing.villages import Villages
from metrics.vocabulary import Level
from notices.snapshot import file_name, snapshot
from ui.guard import Here
from ui.html import Markup, element
from ui.panels.states import strip
from ui.views import county_view, frame_of, fresh, villages_view

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def contents(here: Here, view: Briefing) -> Markup:
    """What the workbook holds."""
    words = here.words
    return element(
        "div",
        strip(here, counts(view.cells_at(Level.TOWNSHIP)), Selection()),
        element("p", words("snapshot.holds")),
        element("p", words("snapshot.other_day"), class_="quiet"),
        class_="xs",
    )


def button(here: Here) -> None:
    """The button that makes it."""
    words = here.words
    st.download_button(
        words("snapshot.download"),
        data=lambda: fresh(here, lambda asked: snapshot(_now(asked, villages_view(asked)), words.lang)),
        file_name=file_name(county_view(here), words.lang),
        mime=XLSX,
        on_click="ignore",
        type="primary",
        key="snapshot",
    )


def _now(here: Here, held: Villages) -> Villages:
    """The view as of this minute: it was made earlier, and what it says has not changed since."""
    return replace(held, county=replace(held.county, frame=frame_of(here)))
