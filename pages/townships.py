"""乡镇: every township by key indicator and in order, or one township with all that stands behind it."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import township, townships
from ui.sentences import township_sentence, townships_sentence
from ui.theme import upright
from ui.views import county_view, drawn, said, unit_or_none, unit_view

here = guard.require("townships")
view = county_view(here)
unit = unit_or_none(here, view)

if unit is None:
    order = here.address.get("order") or "need"
    open_page(here, view, said(here, townships_sentence, view))
    show(drawn(here, townships.whole_page, view, order))
else:
    own = unit_view(here, unit)
    crumbs = [(here.words("page.townships"), here.address.link("townships"))]
    open_page(here, view, said(here, township_sentence, view, unit), crumbs)
    show(upright() + drawn(here, township.whole_page, view, own, unit))
close_page(here, view)
