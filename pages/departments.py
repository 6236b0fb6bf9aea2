"""部门: every department by the figures it leads, or one department with its townships and items."""

from ui import guard, screens
from ui.views import present

here = guard.require("departments")
present(here, screens.departments)
