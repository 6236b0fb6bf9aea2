"""One department: what it leads, how each figure stands in the townships, what it shares, what it owes."""

from briefing.departments import shared_with
from briefing.lists import Selection, counts, principal
from briefing.load import Briefing
from briefing.ranking import units_by_need
from metrics.columns import records
from metrics.vocabulary import Level
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.panels import issues, lifting, people, sheet, states
from ui.panels.matrix import matrix


def whole_page(here: Here, briefing: Briefing, code: str) -> Markup:
    """Everything below the sentence."""
    words = here.words
    cells = briefing.cells_at(Level.COUNTY)
    led = [row.code for row in records(briefing.directory.indicators) if row.lead == code]
    shared = shared_with(briefing, code)
    items = briefing.issues[(briefing.issues["department"] == code) & briefing.issues["is_open"]]
    own = cells[cells["indicator"].isin(led)]
    return element(
        "div",
        people.line(here, briefing.directory, department=code),
        states.strip(here, counts(own), Selection(level=Level.COUNTY, department=code)),
        lifting.panel(here, briefing, briefing.root, Level.COUNTY, code),
        element("h2", words("department.leads", count=len(led))),
        sheet.sheet(here, briefing, own)
        if len(own)
        else element("p", words("department.none"), class_="quiet"),
        lifting.needs(here, briefing, own),
        _townships(here, briefing, led),
        _shared(here, briefing, shared),
        element("h2", words("department.items", count=len(items))),
        issues.listing(here, briefing, items.sort_values("deadline")),
        class_="xs",
    )


def _townships(here: Here, briefing: Briefing, led: list[str]) -> Markup:
    held = principal(briefing.cells_at(Level.TOWNSHIP))
    shown = [code for code in led if code in set(held["indicator"])]
    if not shown:
        return EMPTY
    title = element("h2", here.words("department.townships"))
    return title + matrix(here, briefing, briefing.cells, units_by_need(briefing), shown, "townships")


def _shared(here: Here, briefing: Briefing, shared: list[str]) -> Markup:
    held = principal(briefing.cells_at(Level.COUNTY))
    cells = held[held["indicator"].isin(shared)]
    if cells.empty:
        return EMPTY
    return element("h2", here.words("department.shares", count=len(cells))) + sheet.sheet(
        here, briefing, cells
    )
