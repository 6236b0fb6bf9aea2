"""The sections of the settings, and which of them the address opens."""

from collections.abc import Callable

from briefing.load import Briefing
from ui.guard import Here
from ui.html import Markup, element, join
from ui.settings import agendas, curves, rules, targets, wording

Section = Callable[[Here, Briefing], None]
SECTIONS: dict[str, Section] = {
    "rules": rules.draw,
    "curves": curves.draw,
    "targets": targets.draw,
    "agenda": agendas.draw,
    "wording": wording.draw,
}
FIRST = "rules"


def section_of(here: Here) -> str:
    """The section the address names; the first where it names none of ours."""
    named = here.address.get("s")
    return named if named in SECTIONS else FIRST


def links(here: Here) -> Markup:
    """The sections as links, the one that is open marked."""
    opened = section_of(here)
    drawn = join(
        element(
            "a",
            here.words(f"settings.{name}"),
            href=here.address.link("settings", s=name),
            aria_current="page" if name == opened else None,
        )
        for name in SECTIONS
    )
    return element(
        "div", element("nav", drawn, class_="tabs", aria_label=here.words("settings.contents")), class_="xs"
    )
