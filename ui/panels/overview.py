"""The overview: every judged cell counted once; on the left what to decide, on the right the picture."""

from briefing.lists import Selection, counts
from briefing.load import Briefing
from metrics.vocabulary import Level
from ui.guard import Here
from ui.html import Markup, element
from ui.panels import attention, departments, indicators, rectification, reporting, states, townships


def whole_page(here: Here, view: Briefing) -> Markup:
    """Everything below the sentence."""
    decide = element("div", attention.panel(here, view), rectification.panel(here, view))
    below = element(
        "div", departments.panel(here, view), reporting.panel(here, view), class_="half wide-first"
    )
    picture = element("div", townships.key_matrix(here, view), below, indicators.panel(here, view))
    return element(
        "div",
        states.strip(here, counts(view.cells_at(Level.TOWNSHIP)), Selection()),
        element("div", decide, picture, class_="two"),
        class_="xs",
    )
