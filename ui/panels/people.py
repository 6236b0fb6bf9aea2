"""Who is responsible, and how to reach them."""

from briefing.people import in_charge
from data_access.directory import Directory
from ui.guard import Here
from ui.html import Markup, element, join


def line(here: Here, directory: Directory, **of: str) -> Markup:
    """The people in charge of a unit or department in one line."""
    # One person may hold the same post for several indicators: named once.
    held = list(dict.fromkeys(in_charge(directory, **of)))
    if not held:
        return element("p", here.words("people.none"), class_="quiet")
    parts = (
        Markup("{} <b>{}</b> {} {}").format(person.role, person.name, person.post, person.phone)
        for person in held
    )
    return element("p", join(parts, " · "), class_="quiet")
