"""乡镇: every township by key indicator and in order, or one township with all that stands behind it."""

from ui import guard, screens
from ui.views import present

here = guard.require("townships")
present(here, screens.townships)
