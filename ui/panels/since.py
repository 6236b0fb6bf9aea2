"""On a page as it was known at an earlier moment: how many of its figures are others by now."""

from dataclasses import replace

from data_access.errors import OutOfScope
from ui.address import moment_text
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.timed import clock_text
from ui.views import changes_between, root_of

PAGE = "changes"


def line(here: Here) -> Markup:
    """The moment, and a link to the changes since; nothing on a page of now, or of a moment to come."""
    known_at, words = here.address.known_at, here.words
    if known_at is None or known_at >= here.now or here.address.page == PAGE:
        return EMPTY
    unit = here.address.get("u")
    count = _count(here, unit)
    if count is None:
        unit, count = "", _count(here, "")
    href = replace(here.address, known_at=None).link(PAGE, since=moment_text(known_at), u=unit)
    link = element("a", words("since.count", count=count), href=href)
    return element("p", words("since.known", moment=clock_text(known_at)), link, class_="since")


def _count(here: Here, unit: str) -> int | None:
    """How many cells of the unit's view differ by now; None for a unit that is not there on both sides."""
    now = replace(here, address=replace(here.address, known_at=None))
    try:
        root = root_of(here, unit)
        found = changes_between(here, now, root)
    except OutOfScope:
        return None
    is_village = root not in (unit, here.scope.county)
    return int((found["unit"] == unit).sum()) if is_village else len(found)
