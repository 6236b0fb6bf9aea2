"""村: find the villages that lag, or one village with every figure, item and report."""

from metrics.vocabulary import Level
from ui import guard
from ui.frame import close_page, open_page, unknown_unit
from ui.html import element, show
from ui.panels import village, villages
from ui.sentences import village_sentence, villages_sentence
from ui.theme import upright
from ui.views import county_view, unit_or_none, unit_view, village_reports, villages_view

here = guard.require("villages")
county = county_view(here)
unit = unit_or_none(here, county, Level.VILLAGE)

if unit is None:
    held = villages_view(here)
    open_page(here, county, villages_sentence(here.words, held))
    parts = (unknown_unit(here), villages.finder(here, held), villages.listing(here, held))
    show(element("div", *parts, class_="xs"))
else:
    own = unit_view(here, county.units.at[unit, "parent"])
    open_page(here, county, village_sentence(here.words, own, unit), village.crumbs(here, own, unit))
    show(upright() + village.whole_page(here, own, unit, village_reports(here, unit)))
close_page(here, county)
