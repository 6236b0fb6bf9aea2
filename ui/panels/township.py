"""One township: its people, its targets as bullet bars, its villages, its items, its reporting record."""

from briefing.lists import Selection, counts
from briefing.load import Briefing
from briefing.ranking import key_indicators
from briefing.rectification import chosen
from metrics.vocabulary import Level
from ui.guard import Here
from ui.html import Markup, element
from ui.panels import flagged, issues, lifting, people, rectification, reporting, sheet, states
from ui.panels.matrix import matrix


def whole_page(here: Here, county: Briefing, own: Briefing, unit: str) -> Markup:
    """Everything below the sentence."""
    cells = county.cells[county.cells["unit"] == unit]
    return element(
        "div",
        people.line(here, county.directory, unit=unit),
        flagged.line(here, county, unit, Level.TOWNSHIP),
        states.strip(here, counts(cells), Selection(unit=unit)),
        lifting.panel(here, county, unit, Level.TOWNSHIP),
        sheet.sheet(here, county, cells),
        # A township prints on two sheets: what follows from the table above stays on the screen.
        element("div", lifting.needs(here, county, cells), class_="noprint"),
        element("h2", here.words("township.villages"), _all_villages(here, unit)),
        _villages(here, own),
        rectification.panel(here, county, unit),
        issues.listing(here, county, chosen(county.issues, unit=unit)),
        element("h2", here.words("township.record")),
        reporting.record_strip(here, county, unit),
        element("p", here.words("record.legend"), class_="quiet"),
        reporting.missing(here, county, unit),
        class_="xs",
    )


def _all_villages(here: Here, unit: str) -> Markup:
    return element(
        "a", here.words("township.all_villages"), href=here.address.link("villages", tw=unit), class_="more"
    )


def _villages(here: Here, own: Briefing) -> Markup:
    indicators = key_indicators(own, Level.VILLAGE)
    units = own.directory.units
    codes = list(
        units[(units["parent"] == own.root) & (units["level"] == Level.VILLAGE)].sort_values("sort")["code"]
    )
    if not indicators or not codes:
        return element("p", here.words("matrix.none"), class_="quiet")
    return matrix(here, own, own.cells, codes, indicators, "villages")
