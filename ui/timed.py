"""The moment at which a kept page is shown, written in when it is shown: a page is kept for longer than a minute."""

from datetime import datetime
from urllib.parse import quote

from ui.address import moment_text
from ui.clock import county_time
from ui.guard import Here
from ui.html import Markup

# Where a page says what time it is.
SHOWN_NOW, LINKED_NOW = "xushi-shown-now", "xushi-linked-now"


def clock_text(moment: datetime) -> str:
    """A moment as people read it: to the minute, and to the second where it is not a whole minute."""
    held = county_time(moment)
    return held.strftime("%Y-%m-%d %H:%M:%S" if held.second or held.microsecond else "%Y-%m-%d %H:%M")


def timed(here: Here, page: Markup, newest: datetime | None) -> Markup:
    """A kept page at the moment it is shown: what it says was true when it was made and has not changed since.

    `newest`: when anything shown was recorded last. The link writes a moment that knows all of it and nothing
    more: this second, or the exact moment where something was recorded since the second began.
    """
    second = here.now.replace(microsecond=0)
    known = second if newest is None or newest <= second else max(here.now, newest)
    shown = county_time(here.now).strftime("%Y-%m-%d %H:%M")
    return page.replace(SHOWN_NOW, shown).replace(LINKED_NOW, quote(moment_text(known)))
