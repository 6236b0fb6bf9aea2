"""报送: who has reported, templates out, workbooks in, acceptance."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import acceptance, handing_in, reporting, templates
from ui.sentences import reporting_sentence
from ui.views import county_view, drawn, said

here = guard.require("reporting")
view = county_view(here)

open_page(here, view, said(here, reporting_sentence, view))
templates.draw(here, view)
handing_in.draw(here)
acceptance.draw(here, view)
show(drawn(here, reporting.whole, view))
close_page(here, view)
