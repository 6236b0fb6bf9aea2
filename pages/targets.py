"""目标清单: the list behind every card that counts targets."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import targets
from ui.views import county_view, drawn

here = guard.require("targets")
view = county_view(here)
held = targets.chosen(here, view)

open_page(here, view, here.words("targets.sentence", count=held.count))
show(drawn(here, targets.whole_page, view, held))
close_page(here, view)
