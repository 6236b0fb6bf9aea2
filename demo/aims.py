"""What each reporting unit is asked to do in a year: quantities to reach, levels to move from and to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from metrics.vocabulary import Accumulation, Level

from .indicators import SPECS
from .measures import YEARS, Manner, Spec, has_task
from .places import COUNTY, Land, Place
from .sharing import share_out

Key = tuple[str, str]

# Villages and townships were together given more, or less, than the county owes: 加码 and 机动.
STRETCH = {("JY02", 2026): 10_420, ("ZJ01", 2026): 2_088_000}

# Tasks the county never handed down to a unit that works at them all the same: 未下达.
NOT_SET = {("CY07", "红岭农场"), ("DD02", "南屏街道"), ("JC03", "红岭农场")}
_USUAL_SHARE = 40  # such a unit does about a fortieth of the county's amount

# After the flood of July the task of housing was raised, from the day the document took effect.
RAISED_ON = date(2026, 8, 31)
RAISED = {"石门乡": 48, "高寨乡": 12}


@dataclass
class Aims:
    """The aims of one year by (indicator, reporting unit).

    `quantity` is the annual amount as first set, 0 where a unit has no task; `raised` the amount since
    `RAISED_ON` where it was raised. `level` is (start, goal) of a share or an average, `base` what a
    total over years began with.
    """

    year: int
    quantity: dict[Key, int] = field(default_factory=dict)
    raised: dict[Key, int] = field(default_factory=dict)
    level: dict[Key, tuple[int, int]] = field(default_factory=dict)
    base: dict[Key, int] = field(default_factory=dict)


def reporters(one: Spec, country: Land) -> tuple[Place, ...]:
    """The units that report the indicator."""
    at = one.record.level_reported
    if at is Level.COUNTY:
        return (country.county,)
    return country.townships if at is Level.TOWNSHIP else country.villages


def shared_total(one: Spec, year: int) -> int:
    """What the reporting units have to do together; not always what the county owes."""
    return STRETCH.get((one.code, year), one.plan.totals[YEARS.index(year)])


def set_aims(country: Land, seed: int, year: int, standing: Mapping[Key, int]) -> Aims:
    """The aims of a year; `standing` is where levels and stocks stood at the end of the year before."""
    aims = Aims(year)
    for one in SPECS:
        if year not in one.plan.years:
            continue
        rng = Random(f"{seed}:{year}:aims:{one.code}")
        manner = one.plan.manner
        if manner is Manner.STOCK:
            _stocks(aims, one, country, rng, standing)
        elif manner is Manner.SHARE:
            _levels(aims, one, country, rng, standing)
        elif manner in (Manner.WORK, Manner.BATCH) and one.code not in ("JC02", "ZF02"):
            _quantities(aims, one, country, rng)
            _bases(aims, one, country, rng, standing)
        elif manner is Manner.TIMES:
            times = one.plan.goals[YEARS.index(year)]
            aims.quantity |= {(one.code, place.code): times for place in reporters(one, country)}
    _persons_of_households(aims, country, seed)
    if year == RAISED_ON.year:
        _raise_housing(aims, country)
    for village in country.villages:
        # The same houses are begun and finished.
        aims.quantity["ZF02", village.code] = aims.quantity["ZF01", village.code]
    return aims


def _quantities(aims: Aims, one: Spec, country: Land, rng: Random) -> None:
    places = reporters(one, country)
    total = shared_total(one, aims.year)
    if places[0].code == COUNTY:
        aims.quantity[one.code, COUNTY] = total
        return
    weights = [_weight(one, country, place, rng) for place in places]
    for place, quantity in zip(places, share_out(total, weights, one.plan.quantum), strict=True):
        is_set = (one.code, place.name) not in NOT_SET
        aims.quantity[one.code, place.code] = quantity if is_set else total // _USUAL_SHARE


def _bases(aims: Aims, one: Spec, country: Land, rng: Random, standing: Mapping[Key, int]) -> None:
    """A total over years begins with what was done before 2025: a third of the flats, a few clinics."""
    if one.record.accumulation is not Accumulation.CUMULATIVE:
        return
    for place in reporters(one, country):
        key = one.code, place.code
        first = round(place.relieved * 0.3) if one.code == "BQ01" else rng.randint(1, 4)
        if aims.quantity[key]:
            aims.base[key] = standing.get(key, first)


def _weight(one: Spec, country: Land, place: Place, rng: Random) -> float:
    if not has_task(one, country, place) or (one.code, place.name) in NOT_SET:
        return 0.0
    if rng.random() >= one.plan.part:
        return 0.0
    return float(getattr(place, one.plan.share_by)) * rng.uniform(0.78, 1.22)


def _persons_of_households(aims: Aims, country: Land, seed: int) -> None:
    """Persons out of risk go with the households out of risk, three or so to each."""
    one = next(one for one in SPECS if one.code == "JC02")
    rng = Random(f"{seed}:{aims.year}:aims:JC02")
    weights = [aims.quantity["JC01", village.code] * rng.uniform(2.8, 3.6) for village in country.villages]
    for village, persons in zip(
        country.villages, share_out(shared_total(one, aims.year), weights), strict=True
    ):
        aims.quantity["JC02", village.code] = persons


def _raise_housing(aims: Aims, country: Land) -> None:
    for township, more in RAISED.items():
        tasked = [
            village
            for village in country.below(country.by_name[township].code)
            if aims.quantity["ZF01", village.code] > 0
        ]
        weights = [float(aims.quantity["ZF01", village.code]) for village in tasked]
        for village, part in zip(tasked, share_out(more, weights), strict=True):
            key = "ZF01", village.code
            if part:
                aims.raised[key] = aims.quantity[key] + part


def _stocks(aims: Aims, one: Spec, country: Land, rng: Random, standing: Mapping[Key, int]) -> None:
    for place in reporters(one, country):
        key = one.code, place.code
        first = round(place.workers * rng.uniform(0.70, 0.82))
        aims.quantity[key] = standing.get(key, first)


def _levels(aims: Aims, one: Spec, country: Land, rng: Random, standing: Mapping[Key, int]) -> None:
    goal, places = one.plan.goals[YEARS.index(aims.year)], reporters(one, country)
    # A mean of the start over all places that is the county's own.
    drawn = [rng.gauss(0.0, one.plan.spread / 2) for _ in places]
    centre = sum(drawn) / len(drawn)
    for place, off in zip(places, drawn, strict=True):
        if not has_task(one, country, place):
            continue
        key = one.code, place.code
        start = standing.get(key, round(one.plan.base + off - centre))
        aims.level[key] = start, _goal(one, start, goal)


def _goal(one: Spec, start: int, goal: int) -> int:
    """Five points above one's own start where the document says so, else the county's goal for all."""
    return start + 500 if one.code == "XC02" else goal
