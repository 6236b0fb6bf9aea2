"""What stands beside an indicator whose period ended before the day that the head of the page names."""

from briefing.load import Briefing
from briefing.provenance import provenance
from metrics.vocabulary import OF_A_DAY
from ui.guard import Here
from ui.html import EMPTY, Markup, element


def mark(here: Here, briefing: Briefing, indicator: str) -> Markup:
    """The data day of a quarter in a month's page, on a line of its own; nothing where it is the page's own."""
    told = text(here, briefing, indicator)
    return element("span", told, class_="quiet", style="display:block") if told else EMPTY


def text(here: Here, briefing: Briefing, indicator: str) -> str:
    """The same as words, after a blank."""
    day, newest = briefing.board.data_days.get(indicator), provenance(briefing).data_day
    is_of_a_day = briefing.definitions[indicator]["kind"] in OF_A_DAY
    if day is None or newest is None or day >= newest or is_of_a_day:
        return ""
    return f" {here.words('cell.data_day', day=f'{day:%m-%d}')}"
