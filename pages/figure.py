"""One figure: why it has its colour, its year against the plan, what it is made of, every version of it."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import figure
from ui.sentences import figure_sentence
from ui.views import county_view, drawn, figure_of, said

here = guard.require("figure")
county = county_view(here)
found = figure_of(here, county)

if found is None:
    open_page(here, county, here.words("figure.unknown"))
else:
    open_page(here, found.briefing, said(here, figure_sentence, found), figure.crumbs(here, found))
    show(drawn(here, figure.top, found))
    figure.chart(here, found)
    show(drawn(here, figure.bottom, found))
close_page(here, county)
