"""数据变化: which figures became others between two moments or two days, and what was recorded in between."""

from ui import guard, screens
from ui.views import present

here = guard.require("changes")
present(here, screens.changes)
