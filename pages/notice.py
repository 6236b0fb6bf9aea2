"""通报: draft a notice of a snapshot, compare what people made of it, take it through its steps."""

from ui import guard
from ui.panels import notice, notices

here = guard.require("notice")
notices.opening_of(here)
if here.address.get("n"):
    notice.draw(here)
else:
    notices.draw(here)
notices.closing_of(here)
