"""报送: who has reported, templates out, workbooks in, acceptance."""

from ui import guard, screens
from ui.panels import acceptance, handing_in, templates
from ui.views import county_view, present

here = guard.require("reporting")
view = county_view(here)

present(here, screens.reporting_upper)
templates.draw(here, view)
handing_in.draw(here)
acceptance.draw(here, view)
present(here, screens.reporting_lower)
