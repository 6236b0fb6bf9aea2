"""快照: the county as of a day as a workbook that prints."""

from ui import guard
from ui.frame import close_page, open_page
from ui.panels import snapshot
from ui.sentences import snapshot_sentence
from ui.views import county_view, said

here = guard.require("snapshots")
view = county_view(here)

open_page(here, view, said(here, snapshot_sentence, view))
snapshot.draw(here, view)
close_page(here, view)
