"""快照: the county as of a day as a workbook that prints."""

from ui import guard, screens
from ui.panels import snapshot
from ui.views import present

here = guard.require("snapshots")
present(here, screens.snapshots_upper)
snapshot.button(here)
present(here, screens.snapshots_lower)
