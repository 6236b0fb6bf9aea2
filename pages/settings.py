"""设置: what the county sets: rule documents, plan curves, targets, agendas."""

from ui import guard, screens
from ui.settings import contents
from ui.views import county_view, present

here = guard.require("settings")
view = county_view(here)

present(here, screens.settings_upper)
contents.SECTIONS[contents.section_of(here)](here, view)
present(here, screens.settings_lower)
