"""整改: the ledger with its clock, or one item with its history."""

from ui import guard, screens
from ui.views import present

here = guard.require("rectification")
present(here, screens.rectification)
