"""How a year unfolds: the true figures of every reporting unit at each month's end.

Work follows its plan with the mood of the unit and the pace of its stories; running totals never fall,
parts never exceed their whole.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import NamedTuple

from metrics.curves import Curve, raised_share, share
from metrics.periods import month_end
from metrics.vocabulary import Level

from .aims import RAISED_ON, Aims, Key, reporters
from .curves import CURVES, DEFAULT, OVERRIDES
from .incidents import INCIDENTS
from .indicators import BY_CODE, SPECS
from .measures import Manner, Spec, has_task
from .moods import Moods
from .places import Land, Place
from .stories import TOO_EXACT, TOO_EXACT_FROM

MONTHS = {2025: 12, 2026: 10}
# Month ends are asked for a hundred thousand times.
last_day = lru_cache(month_end)
WHOLE = 10_000  # all of it, in the smallest unit of a percentage with two decimals

# How full a stock of workers is through the year: low before and after the Spring Festival.
_WORKERS_AT = (0.962, 0.940, 0.992, 1.004, 1.011, 1.013, 1.012, 1.014, 1.017, 1.019, 1.016, 1.010)
# Persons not yet insured, against the rest of the year: the list is worked off from January to March.
_UNINSURED_AT = (3.0, 2.0, 1.2, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
# Payments of 2026 of which a part never went out.
_UNPAID = {("CY10", "石门乡"): 0.78}
# Of what is owed each month this share is done in time, and of what was left out in the next.
_HELD, _MADE_UP_AFTER = 0.94, 0.6
# Months in which model villages passed, and the county's one building was taken into use.
_REACHED = {
    ("XC05", "良田村"): 9,
    ("XC05", "桃源村"): 9,
    ("XC05", "河东村"): 9,
    ("XC05", "凤岗村"): 8,
    ("XC05", "同心村"): 9,
    ("XC05", "荷塘村"): 9,
    ("XC05", "白云村"): 10,
    ("XC05", "茶岭村"): 9,
    ("JX03", "云岭县"): 8,
}


class Figure(NamedTuple):
    """What is true at a month's end: the year's amount so far, or a level with its parts."""

    value: int
    numerator: int | None = None
    denominator: int | None = None


@dataclass
class Outcome:
    """The figures of one year by (indicator, unit), one a month."""

    year: int
    figures: dict[Key, list[Figure]] = field(default_factory=dict)

    def standing(self, aims: Aims) -> dict[Key, int]:
        """Where levels, stocks and running totals stood at the end."""
        ends = {}
        for (code, unit), months in self.figures.items():
            if BY_CODE[code].plan.manner in (Manner.SHARE, Manner.STOCK):
                ends[code, unit] = months[-1].value
            elif (code, unit) in aims.base:
                ends[code, unit] = aims.base[code, unit] + months[-1].value
        return ends


def unfold(country: Land, seed: int, aims: Aims, moods: Moods) -> Outcome:
    """The figures of a year."""
    outcome = Outcome(aims.year)
    for one in SPECS:
        if aims.year not in one.plan.years:
            continue
        rng = Random(f"{seed}:{aims.year}:year:{one.code}")
        for place in reporters(one, country):
            _unfold_one(outcome, one, country, place, aims, moods, rng)
    if aims.year in BY_CODE["JC02"].plan.years:
        _follow(outcome, country, aims, moods)
    return outcome


def _unfold_one(
    outcome: Outcome, one: Spec, country: Land, place: Place, aims: Aims, moods: Moods, rng: Random
) -> None:
    key, manner = (one.code, place.code), one.plan.manner
    months = range(1, MONTHS[aims.year] + 1)
    if manner is Manner.WORK:
        outcome.figures[key] = _work(one, country, place, aims, moods)
    elif manner is Manner.BATCH:
        outcome.figures[key] = _batches(one, aims, place, rng)
    elif manner is Manner.STOCK:
        outcome.figures[key] = _stock(aims.quantity[key], key, moods, months, rng)
    elif manner is Manner.TIMES:
        outcome.figures[key] = _times(key, moods, months, rng)
    elif manner is Manner.SHARE and key in aims.level:
        outcome.figures[key] = _share(one, place, aims, moods, months)
    elif manner is Manner.RATE and has_task(one, country, place):
        outcome.figures[key] = _rate(one, place, moods, months, rng)
    elif manner is Manner.ZERO:
        outcome.figures[key] = _incidents(one.code, place.name, aims.year, months)
    elif manner is Manner.MILESTONE and has_task(one, country, place):
        reached = _REACHED.get((one.code, place.name), 13)
        outcome.figures[key] = [Figure(int(month >= reached)) for month in months]


def curve_for(one: Spec, country: Land, place: Place, year: int) -> Curve:
    """The plan curve a unit follows: its township's own, the indicator's, or the county's default."""
    township = township_of(country, place)
    for own in OVERRIDES:
        if year == 2026 and own.indicator == one.code and own.unit == township:
            return own.curve
    return CURVES[one.plan.curve or DEFAULT]


def township_of(country: Land, place: Place) -> str:
    """The name of the township a unit lies in or is; the county's own name for the county."""
    above = country.by_code.get(place.parent or "")
    return above.name if above is not None and above.level is Level.TOWNSHIP else place.name


def planned(one: Spec, country: Land, place: Place, aims: Aims, month: int) -> float:
    """The quantity a unit ought to have done by a month's end."""
    curve, key = curve_for(one, country, place, aims.year), (one.code, place.code)
    day, quantity = last_day(aims.year, month), aims.quantity[key]
    if key in aims.raised:
        raised = aims.raised[key]
        return raised_share(curve, day, raised_on=RAISED_ON, old=quantity, new=raised) * raised
    return share(curve, day) * quantity


def _work(one: Spec, country: Land, place: Place, aims: Aims, moods: Moods) -> list[Figure]:
    key = one.code, place.code
    mood, done, before, months = moods.of[key], 0.0, 0.0, []
    for month in range(1, MONTHS[aims.year] + 1):
        natural = planned(one, country, place, aims, month) * mood.at(month)
        done += max(0.0, natural - before) * moods.pace(key, month)
        done = moods.made_up(key, month, done, aims.quantity[key])
        before = max(before, natural)
        shown = one.plan.quantum * int(done / one.plan.quantum + 0.5)
        months.append(Figure(_too_exact(one, country, place, aims, month, shown)))
    return months


def _too_exact(one: Spec, country: Land, place: Place, aims: Aims, month: int, shown: int) -> int:
    is_one = aims.year == 2026 and month >= TOO_EXACT_FROM
    if is_one and township_of(country, place) == TOO_EXACT:
        return aims.quantity[one.code, place.code]
    return shown


def _batches(one: Spec, aims: Aims, place: Place, rng: Random) -> list[Figure]:
    """Money paid on fixed dates: mostly in time, now and then a rest a month or two later."""
    quantity = aims.quantity[one.code, place.code]
    curve = CURVES[one.plan.curve or DEFAULT]
    late = rng.random() < 0.10
    part, delay = (rng.uniform(0.55, 0.95), rng.randint(1, 3)) if late else (1.0, 0)
    if aims.year == 2026 and (one.code, place.name) in _UNPAID:
        part, delay = _UNPAID[one.code, place.name], 12
    months = []
    for month in range(1, MONTHS[aims.year] + 1):
        due = share(curve, last_day(aims.year, month))
        # What is due in December is paid in December, or the money is lost.
        is_last = month == 12
        earlier = (
            due if is_last else share(curve, last_day(aims.year, month - delay)) if month > delay else 0.0
        )
        months.append(Figure(int(quantity * (earlier + (due - earlier) * part) + 0.5)))
    return months


def _stock(quantity: int, key: Key, moods: Moods, months: range, rng: Random) -> list[Figure]:
    lean = 1.0 + 0.35 * (moods.of[key].final - 1.0)
    return [
        Figure(round(quantity * _WORKERS_AT[month - 1] * lean * (1 + rng.gauss(0.0, 0.003))))
        for month in months
    ]


def _times(key: Key, moods: Moods, months: range, rng: Random) -> list[Figure]:
    """What is owed once a month: mostly done, now and then left out, and mostly made up the month after."""
    done, figures = 0, []
    for month in months:
        if rng.random() < _HELD * moods.of[key].final * moods.pace(key, month):
            done += 2 if month - done > 1 and rng.random() < _MADE_UP_AFTER else 1
        figures.append(Figure(done))
    return figures


def _share(one: Spec, place: Place, aims: Aims, moods: Moods, months: range) -> list[Figure]:
    key = one.code, place.code
    start, goal = aims.level[key]
    curve, mood = CURVES[one.plan.curve or DEFAULT], moods.of[key]
    done, before, figures = 0.0, 0.0, []
    for month in months:
        natural = share(curve, last_day(aims.year, month)) * mood.at(month)
        done += max(0.0, natural - before) * moods.pace(key, month)
        before = max(before, natural)
        figures.append(_level(one, place, start + (goal - start) * done))
    return figures


def _level(one: Spec, place: Place, level: float) -> Figure:
    if not one.record.is_ratio:
        return Figure(round(level))
    whole = getattr(place, one.plan.share_by)
    part = min(whole, round(whole * level / WHOLE))
    return Figure(percentage(part, whole), part, whole)


def percentage(part: int, whole: int) -> int:
    """A share in hundredths of a per cent, half away from zero, in whole numbers throughout."""
    return (2 * part * WHOLE + whole) // (2 * whole)


def _rate(one: Spec, place: Place, moods: Moods, months: range, rng: Random) -> list[Figure]:
    """A rate that moves a little from month to month around the unit's own level."""
    if one.code == "JK01":
        return _insured(place, moods, months, rng)
    key, own = (one.code, place.code), one.plan.base + rng.gauss(0.0, one.plan.spread)
    figures = []
    for month in months:
        drawn = (own + rng.gauss(0.0, one.plan.spread / 6)) / moods.pace(key, month)
        level = min(WHOLE, max(0, round(drawn)))
        if one.record.numerator_name is None:
            figures.append(Figure(round(level, -1)))
            continue
        whole = _whole(one.code, place, month)
        part = round(whole * level / WHOLE)
        figures.append(Figure(percentage(part, whole), part, whole))
    return figures


def _whole(code: str, place: Place, month: int) -> int:
    """Hospital costs run on through the year, in hundreds of yuan; families with workers stay as they are."""
    count = int(getattr(place, BY_CODE[code].plan.share_by))
    return max(1, count * 11 * month // 12 if code == "JK03" else round(count * 0.86))


def _insured(place: Place, moods: Moods, months: range, rng: Random) -> list[Figure]:
    key = "JK01", place.code
    everyone = place.relieved_persons + 3 * place.monitored
    missing = rng.gammavariate(2.0, 0.00075)
    figures = []
    for month in months:
        absent = round(everyone * missing * _UNINSURED_AT[month - 1] / moods.pace(key, month))
        part = everyone - min(everyone, absent)
        figures.append(Figure(percentage(part, everyone), part, everyone))
    return figures


def _incidents(code: str, name: str, year: int, months: range) -> list[Figure]:
    own = [one for one in INCIDENTS if (one.indicator, one.unit, one.year) == (code, name, year)]
    return [Figure(sum(one.count for one in own if one.first <= month <= one.last)) for month in months]


def _follow(outcome: Outcome, country: Land, aims: Aims, moods: Moods) -> None:
    """Figures that follow others: persons their households, houses finished the houses begun."""
    for village in country.villages:
        households = aims.quantity["JC01", village.code]
        if households:
            persons = aims.quantity["JC02", village.code]
            outcome.figures["JC02", village.code] = [
                Figure(round(month.value * persons / households))
                for month in outcome.figures["JC01", village.code]
            ]
        _begin_houses(outcome, village, aims, moods)


def _begin_houses(outcome: Outcome, village: Place, aims: Aims, moods: Moods) -> None:
    """All houses are begun by September unless a story says why not; none is finished that was not begun."""
    key, quantity = ("ZF02", village.code), aims.quantity["ZF01", village.code]
    more = max(0, aims.raised.get(("ZF01", village.code), 0) - quantity)
    months = []
    finished = outcome.figures["ZF01", village.code]
    for month, (had, built) in enumerate(zip(outcome.figures[key], finished, strict=True), start=1):
        begun = max(had.value, quantity) if month >= 9 and key not in moods.stories else had.value
        months.append(Figure(max(begun + _begun_since(more, aims.year, month), built.value)))
    outcome.figures[key] = months


def _begun_since(more: int, year: int, month: int) -> int:
    if year != RAISED_ON.year or month <= RAISED_ON.month:
        return 0
    return more if month > RAISED_ON.month + 1 else (more + 1) // 2
