"""村: find the villages that lag, or one village with every figure, item and report."""

from ui import guard, screens
from ui.views import present

here = guard.require("villages")
present(here, screens.villages)
