"""总览: who must be asked today, and what about."""

from briefing.lists import Selection, counts
from metrics.vocabulary import Level
from ui import guard
from ui.frame import close_page, open_page
from ui.html import element, show
from ui.panels import attention, departments, rectification, reporting, states, townships
from ui.sentences import overview_sentence
from ui.views import county_view

here = guard.require("overview")
view = county_view(here)

# 1. The answer in one sentence
open_page(here, view, overview_sentence(here.words, view))

# 2. Every judged cell counted once; on the left what to decide, on the right the picture
show(
    element(
        "div",
        states.strip(here, counts(view.cells_at(Level.TOWNSHIP)), Selection()),
        element(
            "div",
            element("div", attention.panel(here, view), rectification.panel(here, view)),
            element(
                "div",
                townships.key_matrix(here, view),
                element(
                    "div",
                    departments.panel(here, view),
                    reporting.panel(here, view),
                    class_="half wide-first",
                ),
            ),
            class_="two",
        ),
        class_="xs",
    )
)
close_page(here, view)
