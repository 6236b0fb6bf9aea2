"""快照: the county as of a day as a workbook that prints, and kept for good."""

from ui import guard, screens
from ui.panels import compared, kept, snapshot
from ui.views import county_view, present

here = guard.require("snapshots")
present(here, screens.snapshots_upper)
snapshot.button(here)
kept.draw(here, county_view(here))
compared.draw(here)
present(here, screens.snapshots_lower)
