"""Why a unit is called lagging: every reason in one line, on its own page."""

from briefing.load import Briefing
from briefing.ranking import flags
from metrics.vocabulary import Level
from ui.guard import Here
from ui.html import EMPTY, Markup, element


def line(here: Here, briefing: Briefing, unit: str, level: Level) -> Markup:
    """The reasons of one unit of a level; nothing where it is not flagged."""
    held = [flag for flag in flags(briefing, level) if flag.unit == unit]
    reasons = [reason for flag in held for reason in flag.reasons(here.words.lang)]
    if not reasons:
        return EMPTY
    text = here.words("flag.because", reasons=here.words("list.semicolon").join(reasons))
    return element("p", text, class_="fault")
