"""目标清单: the list behind every card that counts targets."""

from ui import guard, screens
from ui.views import present

here = guard.require("targets")
present(here, screens.targets)
