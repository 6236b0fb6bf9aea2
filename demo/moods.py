"""How well each unit keeps to its plan in a year, and what a story does to its pace."""

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from .aims import Key, reporters
from .indicators import SPECS
from .measures import Manner, Spec
from .places import COUNTY, Land
from .stories import MOODS_2026, STORIES, Story


class Scatter(NamedTuple):
    """How far the county is ahead of its plans, how townships, indicators, meetings and villages scatter."""

    centre: float
    township: float
    indicator: float
    meeting: float
    village: float
    early: float
    bounds: tuple[float, float]


# Last year's levels and rates lie closer together than its work: this year starts from them.
_LEVELS = {
    2025: Scatter(1.014, 0.006, 0.005, 0.009, 0.010, 0.05, (0.955, 1.038)),
    2026: Scatter(1.012, 0.012, 0.014, 0.026, 0.035, 0.04, (0.80, 1.30)),
}
_WORK = {2025: _LEVELS[2026]._replace(bounds=(0.86, 1.16)), 2026: _LEVELS[2026]}

# As a year ends, what is short is made up: this share of what is missing in November, all of it in December
# but where there is too much of it, or too little to be missed.
_HURRIED, _MADE_UP = 0.35, 0.88
_HOPELESS = 0.75

# What has to be finished well before the year's end is finished, give or take a little.
_SOON = (11, 1)

# Villages, and whole townships, that fell behind with one task for reasons of every day.
_SLOW_VILLAGES = 0.03
_SLOW_PACE = (0.30, 0.70)
_SLOW_TOWNSHIPS = 0.055
_SLOW_TOWNSHIP_PACE = (0.05, 0.45)
_SLOW_TOWNSHIP_SINCE = {2025: (4, 9), 2026: (8, 9)}


@dataclass(frozen=True)
class Mood:
    """The share of its plan a unit has done at the year's end, and how much more or less early on."""

    final: float
    early: float

    def at(self, month: int) -> float:
        """What the planned amount is multiplied by at a month's end."""
        return self.final + self.early * (1 - month / 12)


@dataclass
class Moods:
    """Moods and paces of one year."""

    year: int
    of: dict[Key, Mood] = field(default_factory=dict)
    stories: dict[Key, list[Story]] = field(default_factory=dict)
    slow: dict[Key, tuple[int, float]] = field(default_factory=dict)
    left: dict[Key, float] = field(default_factory=dict)

    def made_up(self, key: Key, month: int, done: float, target: float) -> float:
        """What is done at a month's end once what was short is made up, of a year that is over."""
        if key not in self.left or month < 11 or done >= target:
            return done
        part = _HURRIED if month == 11 else self.left[key]
        return done + (target - done) * (part if done > _HOPELESS * target else part / 2)

    def pace(self, key: Key, month: int) -> float:
        """What a month's work is multiplied by."""
        pace = 1.0
        for story in self.stories.get(key, ()):
            pace *= story.at(month)
        first, slow = self.slow.get(key, (13, 1.0))
        return pace * slow if month >= first else pace


def moods(country: Land, seed: int, year: int) -> Moods:
    """The moods of every reporting unit; stories and slow villages belong to 2026."""
    found = Moods(year)
    rng = Random(f"{seed}:{year}:moods")
    named = MOODS_2026 if year == 2026 else {}
    township = {
        place.code: rng.gauss(0.0, _LEVELS[year].township) + named.get(place.name, 0.0)
        for place in country.townships
    }
    township[COUNTY] = 0.0
    for one in SPECS:
        if year in one.plan.years:
            _of_indicator(found, one, country, Random(f"{seed}:{year}:moods:{one.code}"), township)
    if year == 2026:
        _tell_stories(found, country)
    return found


def _of_indicator(found: Moods, one: Spec, country: Land, rng: Random, township: dict[str, float]) -> None:
    year, is_work = found.year, one.plan.manner is Manner.WORK
    scatter = (_WORK if is_work else _LEVELS)[year]
    general = rng.gauss(0.0, scatter.indicator)
    meeting = {code: rng.gauss(0.0, scatter.meeting) for code in township}
    low, high = scatter.bounds
    can_slow = is_work and one.plan.deadline >= _SOON
    slumps = {
        code: (
            rng.randint(*_SLOW_TOWNSHIP_SINCE[year if is_work else 2026]),
            rng.uniform(*_SLOW_TOWNSHIP_PACE),
        )
        for code in township
    }
    slumped = {code for code in sorted(township) if rng.random() < _SLOW_TOWNSHIPS and code != COUNTY}
    for place in reporters(one, country):
        at = place.code if place.code in township else place.parent or ""
        own = rng.gauss(0.0, scatter.village) if at != place.code else 0.0
        final = scatter.centre + township[at] + general + meeting[at] + own
        if one.plan.deadline < _SOON:
            final = 1.012 + 0.3 * (final - 1.0)
        key = one.code, place.code
        found.of[key] = Mood(min(max(final, low), high), rng.gauss(0.0, scatter.early))
        if can_slow and at in slumped:
            found.slow[key] = slumps[at]
        elif can_slow and at != place.code and rng.random() < _SLOW_VILLAGES:
            found.slow[key] = rng.randint(2, 6), rng.uniform(*_SLOW_PACE)
        if is_work and year == 2025:
            found.left[key] = 1.0 if rng.random() < _MADE_UP else rng.uniform(0.1, 0.9)


def _tell_stories(found: Moods, country: Land) -> None:
    for story in STORIES:
        for name in story.units:
            place = country.by_name[name]
            told = {
                place.code,
                *(village.code for village in country.villages if village.parent == place.code),
            }
            for indicator in story.indicators:
                for code in sorted(told):
                    found.stories.setdefault((indicator, code), []).append(story)
