"""What the clerk chooses for a notice: whom it names and how, what it asks of whom, what stands around it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from metrics.periods import COUNTY_ZONE
from notices.figures import Figures
from notices.lists import asked
from notices.words import say

ANNEXES = ("matrix", "standing", "behind", "items", "charts")
TYPED = ("masthead", "addressees", "checked_when", "checked_by", "checked_how", "signature", "copies")
# What a paper can do without.
OPTIONAL_TYPED = ("masthead", "copies")
# When it was checked last time says nothing of this time.
OF_ONE_NOTICE = ("checked_when",)
DAYS_GIVEN = 15


@dataclass(frozen=True)
class Demand:
    """One demand: what, of which townships and departments (codes), by which day."""

    text: str
    units: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Choices:
    """The choices of one notice.

    `is_criticism`: the lagging units are criticised by name, so that they must be heard first. `is_ranked`: by
    rank, else neutral in the order of units. `typed` holds the texts of `TYPED`.
    """

    is_criticism: bool = True
    is_ranked: bool = False
    has_praise: bool = True
    annexes: tuple[str, ...] = ANNEXES
    typed: Mapping[str, str] = field(default_factory=dict)
    demands: tuple[Demand, ...] = ()

    def missing(self) -> list[str]:
        """The texts that are still to be typed; `demand` where one has no text or no day."""
        names = [
            name for name in TYPED if name not in OPTIONAL_TYPED and not self.typed.get(name, "").strip()
        ]
        return names + ["demand" for each in self.demands if not each.text.strip() or each.day is None][:1]

    def content(self) -> dict[str, Any]:
        """The choices as content (`metrics.fingerprints`)."""
        held = asdict(self)
        held["annexes"], held["typed"] = list(self.annexes), dict(self.typed)
        held["demands"] = [
            {
                "text": each.text,
                "units": list(each.units),
                "departments": list(each.departments),
                "day": each.day.isoformat() if each.day else None,
            }
            for each in self.demands
        ]
        return held


def choices_of(content: Mapping[str, Any]) -> Choices:
    """The choices of a content."""
    held = dict(content)
    demands = tuple(
        Demand(
            each["text"],
            tuple(each["units"]),
            tuple(each["departments"]),
            date.fromisoformat(each["day"]) if each["day"] else None,
        )
        for each in held.pop("demands")
    )
    return Choices(**{**held, "annexes": tuple(held["annexes"])}, demands=demands)


def shipped_choices(figures: Figures, earlier: Choices | None = None) -> Choices:
    """Where a clerk begins: as in the county's notice before, with the demands that this day's figures suggest."""
    county = figures.county
    facts = {"county": county.name, "offices": offices(figures.township_kinds)}
    typed = {name: say(f"notice.typed.{name}", "zh", **facts) for name in TYPED}
    kept = {
        name: text for name, text in (earlier.typed if earlier else {}).items() if name not in OF_ONE_NOTICE
    }
    return replace(earlier or Choices(), typed=typed | kept, demands=_demands(figures))


def offices(kinds: Iterable[str]) -> str:
    """The offices of the units of these kinds, as documents address them: 乡镇人民政府、街道办事处、农场.

    What is neither township nor subdistrict comes last, under its own name.
    """
    held = list(dict.fromkeys(kinds))
    sub = [kind for kind in held if kind in _listed("notice.kinds.subdistrict")]
    towns = [kind for kind in held if kind in _listed("notice.kinds.town")]
    townships = [kind for kind in held if kind in _listed("notice.kinds.township")]
    governed = "both" if towns and townships else "town" if towns else "township" if townships else ""
    named = [say(f"notice.office.{governed}", "zh")] if governed else []
    named += [say("notice.office.subdistrict", "zh")] if sub else []
    zone = say("notice.kinds.zone", "zh")
    named += [
        say("notice.office.zone", "zh", kind=kind) if kind.endswith(zone) else kind
        for kind in held
        if kind not in (*sub, *towns, *townships)
    ]
    return say("notice.pause", "zh").join(named)


def _listed(key: str) -> list[str]:
    return say(key, "zh").split("|")


def _demands(figures: Figures) -> tuple[Demand, ...]:
    county = figures.county
    # Days are given from the one on which the figures were known: the day they speak for may be long past.
    known = county.frame.moment.astimezone(COUNTY_ZONE).date()
    day = max(county.frame.as_of, known) + timedelta(days=DAYS_GIVEN)
    return tuple(
        Demand(say(f"notice.demand.{name}", "zh"), units, departments, day)
        for name, (units, departments) in asked(figures).items()
        if units or departments
    )
