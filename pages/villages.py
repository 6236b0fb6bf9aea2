"""村: find the villages that lag, or one village with every figure, item and report."""

from metrics.vocabulary import Level
from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import village, villages
from ui.sentences import village_sentence, villages_sentence
from ui.theme import upright
from ui.views import county_view, drawn, said, unit_or_none, unit_view, villages_view

here = guard.require("villages")
county = county_view(here)
unit = unit_or_none(here, county, Level.VILLAGE)

if unit is None:
    held = villages_view(here)
    open_page(here, county, said(here, villages_sentence, held))
    show(drawn(here, villages.whole_page, held))
else:
    own = unit_view(here, county.units.at[unit, "parent"])
    open_page(here, county, said(here, village_sentence, own, unit), village.crumbs(here, own, unit))
    show(upright() + drawn(here, village.whole_page, own, unit))
close_page(here, county)
