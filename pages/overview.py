"""总览: who must be asked today, and what about."""

from ui import guard, screens
from ui.views import present

here = guard.require("overview")
present(here, screens.overview)
