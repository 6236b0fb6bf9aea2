"""Which curve the address names: the county's own, an indicator's, or that of one unit."""

from dataclasses import dataclass

from briefing.load import Briefing
from metrics.vocabulary import Level
from ui.guard import Here
from ui.words import Words

COUNTY_DEFAULT = "all"


@dataclass(frozen=True)
class Choice:
    """An indicator and a unit; neither is the county's default curve."""

    indicator: str | None
    unit: str | None

    def title(self, words: Words, view: Briefing) -> str:
        """What it is the curve of."""
        if self.indicator is None:
            return words("curve.default")
        name = str(view.indicators.at[self.indicator, "name"])
        return name if self.unit is None else f"{view.names[self.unit]} · {name}"

    def township(self, view: Briefing) -> str | None:
        """The township chosen, or that of the village chosen."""
        if self.unit is None or view.units.at[self.unit, "level"] == Level.COUNTY:
            return None
        is_town = view.units.at[self.unit, "level"] == Level.TOWNSHIP
        return self.unit if is_town else str(view.units.at[self.unit, "parent"])


def choice_of(here: Here, view: Briefing) -> Choice | None:
    """What the address chooses; None where it chooses nothing that there is."""
    indicator, unit = here.address.get("i"), here.address.get("u")
    if indicator == COUNTY_DEFAULT:
        return Choice(None, None)
    if indicator not in view.indicators.index:
        return None
    return Choice(indicator, unit if unit in view.units.index else None)
