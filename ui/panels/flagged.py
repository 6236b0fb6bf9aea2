"""Why a unit is called lagging: every reason on its own page, each the way to what it is about."""

from briefing.lists import ALL_COUNTED, Selection
from briefing.load import Briefing
from briefing.ranking import flags
from metrics.lagging import Reason
from metrics.vocabulary import Level
from metrics.words import choose
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join


def line(here: Here, briefing: Briefing, unit: str, level: Level) -> Markup:
    """The reasons of one unit of a level; nothing where it is not flagged."""
    held = [flag for flag in flags(briefing, level) if flag.unit == unit]
    reasons = [_reason(here, unit, level, reason) for flag in held for reason in flag.because]
    if not reasons:
        return EMPTY
    between = here.words("list.semicolon")
    return element("p", here.words("flag.because", reasons=""), join(reasons, between), class_="fault")


def _reason(here: Here, unit: str, level: Level, reason: Reason) -> Markup:
    """The sentence, leading to the figure, the item, or the list of what was counted."""
    address = here.address
    if reason.code == "overdue":
        href = address.link("rectification", n=reason.about)
    elif reason.about:
        href = address.link("figure", u=unit, i=reason.about)
    else:
        href = address.link("targets", **Selection(level=level, unit=unit, state=ALL_COUNTED).params())
    return element("a", choose(reason.words, here.words.lang), href=href)
