"""The Excel snapshot, made on the click that asks for it."""

import streamlit as st

from briefing.lists import Selection, counts
from briefing.load import Briefing
from metrics.vocabulary import Level
from metrics.words import Lang
from notices.snapshot import file_name, snapshot
from ui.guard import Here
from ui.html import element, show
from ui.panels.states import strip
from ui.views import villages_view

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(here: Here, view: Briefing) -> None:
    """What the workbook holds, and the button."""
    words = here.words
    lang: Lang = "en" if words.lang == "en" else "zh"
    show(
        element(
            "div",
            strip(here, counts(view.cells_at(Level.TOWNSHIP)), Selection()),
            element("p", words("snapshot.holds")),
            element("p", words("snapshot.other_day"), class_="quiet"),
            class_="xs",
        )
    )
    st.download_button(
        words("snapshot.download"),
        data=lambda: snapshot(villages_view(here), lang),
        file_name=file_name(view, lang),
        mime=XLSX,
        on_click="ignore",
        type="primary",
        key="snapshot",
    )
