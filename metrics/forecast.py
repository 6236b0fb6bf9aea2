"""Will they make it: where work will stand at the end of a year at the pace of its last periods (metrics.md 5).

F = A + T·(1 − S)·r: what is left of the plan, done at a pace r = (n·own + COUNTY·county + PLAN·1) / (n + COUNTY +
PLAN): the unit's own over its last n periods, drawn towards that of all units together and towards the plan
itself. Without the pull to the plan, whoever caught up last month would be forecast to go on catching up; it won the
back-test on both counties (docs/metrics.md), which also fixed the numbers below. The interval comes from how far
such forecasts were off at the same lead, pooled over units and past years, where there are any, else from how
the paces of the units differ now; and from a doubt about the year itself that no spread between units shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from metrics.columns import Bools, Floats, Ints

NORMAL = NormalDist()
WINDOW, COUNTY, PLAN = 4, 6.0, 12.0
# Which share of errors the interval holds, and how far all units together may be off (standard deviation, of the pace).
HELD, DOUBT = 0.8, 0.09
FEWEST_PERIODS = 4
FEWEST_ERRORS = 10
TAIL = 0.1
NEXT_TO_NOTHING = 1e-9
# Standard deviations from the middle of a normal to each end of the 80 % interval.
REACH = NORMAL.inv_cdf(1 - TAIL)


class Silence(StrEnum):
    """Why nothing is forecast; the words are in `metrics.words`."""

    NONE = ""
    NO_TASK = "no_task"
    NO_TARGET = "no_target"
    NO_COURSE = "no_course"
    STEPPED = "stepped"
    CHANGED = "changed"
    NO_FIGURE = "no_figure"
    TOO_FEW = "too_few"
    NOTHING_PLANNED = "nothing_planned"
    PLAN_OVER = "plan_over"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True)
class Course:
    """Some units over the periods of one year: what each has done, and what its plan asked, as totals.

    `done` and `planned` are units × periods in one unit of measure, NaN where there is no figure; `whole` is
    what the year asks of each unit. `floor`: what is done stays done (counts and amounts, not levels).
    """

    done: Floats
    planned: Floats
    whole: Floats
    floor: bool = True

    def together(self) -> "Course":
        """All units as one; a period counts where every unit with a task has a figure."""
        done, planned = (held.sum(axis=0, keepdims=True) for held in (self.done, self.planned))
        return Course(done, planned, self.whole.sum(keepdims=True), self.floor)


@dataclass(frozen=True)
class Outlook:
    """One entry a unit, NaN where nothing is forecast: median, 80 % interval, probability of reaching the whole.

    `pace` is drawn from `own` and `county` (`Paces`).
    """

    median: Floats
    low: Floats
    high: Floats
    chance: Floats
    pace: Floats
    own: Floats
    county: float
    periods: Ints
    silence: NDArray[np.object_]


@dataclass(frozen=True)
class Paces:
    """Actual ÷ planned increments of the last periods with a planned one, of each unit and of all together."""

    own: Floats
    periods: Ints
    county: float

    def drawn(self) -> Floats:
        """The pace to forecast with: a unit's own, drawn towards that of all and that of the plan."""
        n = np.minimum(self.periods, WINDOW)
        own = np.where(n > 0, self.own, 0.0)
        return (n * own + COUNTY * self.county + PLAN) / (n + COUNTY + PLAN)


def paces(course: Course, at: int, county: Course | None = None) -> Paces:
    """The paces at the end of period `at` (from 0); `county` where the units shown are not all of them."""
    made, asked, periods = _window(course, at)
    own = np.divide(made, asked, out=np.full(len(made), np.nan), where=asked > 0)
    all_made, all_asked = (made, asked) if county is None else _window(county, at)[:2]
    whole = float(all_made.sum() / all_asked.sum()) if all_asked.sum() > 0 else float("nan")
    return Paces(own, periods, whole)


def outlook(
    course: Course, at: int, past: Sequence[Course] = (), county: Course | None = None, to: int | None = None
) -> Outlook:
    """Where each unit will stand at the end of period `to` (the last), seen from the end of period `at`.

    `past` are courses of earlier years of the same kind of units.
    """
    end = course.done.shape[1] - 1 if to is None else to
    held = paces(course, at, county)
    errors = np.concatenate([np.zeros(0), *(residuals(year, at, end) for year in past)])
    if len(errors) < FEWEST_ERRORS:
        is_paced = np.isfinite(held.own) & (held.periods >= FEWEST_PERIODS)
        errors = (held.own - held.county)[is_paced]
    half = _holding(errors)
    return _outlook(course, at, end, held, np.full(len(course.whole), np.hypot(half, REACH * DOUBT)))


def outlook_together(
    units: Course, at: int, past: Sequence[Course] = (), to: int | None = None, whole: Course | None = None
) -> Outlook:
    """Where all units together will stand: chance errors even out between them, those of the year do not.

    `whole` is the parent's own course where it is more than the sum of its units.
    """
    end = units.done.shape[1] - 1 if to is None else to
    one = units.together() if whole is None else whole
    held, of_units = paces(one, at), paces(units, at)
    apart = [residuals(year, at, end) for year in past]
    common = [residuals(year.together(), at, end) for year in past]
    alike = np.concatenate([np.zeros(0), *common])
    errors = np.concatenate(
        [np.zeros(0), *(own - year for own, year in zip(apart, common, strict=True) if len(year))]
    )
    if len(errors) < FEWEST_ERRORS:
        is_paced = np.isfinite(of_units.own) & (of_units.periods >= FEWEST_PERIODS)
        errors = (of_units.own - of_units.county)[is_paced]
    left = np.nan_to_num(np.maximum(units.planned[:, end] - units.planned[:, at], 0.0))
    evened = float(np.sqrt((left**2).sum()) / left.sum()) if left.sum() > 0 else 1.0
    year = _holding(alike) if len(alike) else 0.0
    half = np.hypot(np.hypot(_holding(errors) * evened, year), REACH * DOUBT)
    return _outlook(one, at, end, held, np.array([half]))


def residuals(course: Course, at: int, to: int) -> Floats:
    """How far the pace that came true was from the one forecast with, of each unit that could be forecast."""
    held = paces(course, at)
    left = course.planned[:, to] - course.planned[:, at]
    known = _silence(course, at, to, held) == Silence.NONE
    known &= np.isfinite(course.done[:, to])
    came = np.divide(
        course.done[:, to] - course.done[:, at], left, out=np.full(len(left), np.nan), where=known
    )
    return (came - held.drawn())[known]


@dataclass(frozen=True)
class BackTest:
    """How forecasts of periods since past did: how many, the share inside the interval, mean errors.

    Errors are shares of what the year asks: of the forecast, and of the straight run-rate by the calendar.
    """

    tries: int
    inside: int
    error: float
    straight: float

    @property
    def coverage(self) -> float:
        """The share of outcomes inside the 80 % interval; NaN without a try."""
        return self.inside / self.tries if self.tries else float("nan")

    def __add__(self, other: "BackTest") -> "BackTest":
        """Both together."""
        tries = self.tries + other.tries
        if not tries:
            return self
        shares = [one.tries / tries for one in (self, other)]
        error, straight = (
            sum(
                share * getattr(one, name)
                for share, one in zip(shares, (self, other), strict=True)
                if one.tries
            )
            for name in ("error", "straight")
        )
        return BackTest(tries, self.inside + other.inside, error, straight)


UNTRIED = BackTest(0, 0, 0.0, 0.0)


def back_test(years: Sequence[Course], until: int | None = None) -> BackTest:
    """Forecast again from every period of every year, knowing only what was known then; the oldest year first.

    The last year ends with period `until` where it is not over yet.
    """
    found = UNTRIED
    for place, year in enumerate(years):
        end = year.done.shape[1] - 1 if until is None or place < len(years) - 1 else until
        for at in range(end):
            found += _tried(year, outlook(year, at, years[:place], to=end), at, end)
    return found


def back_test_together(years: Sequence[Course], until: int | None = None) -> BackTest:
    """The same of all units together."""
    found = UNTRIED
    for place, year in enumerate(years):
        end = year.done.shape[1] - 1 if until is None or place < len(years) - 1 else until
        for at in range(end):
            found += _tried(year.together(), outlook_together(year, at, years[:place], to=end), at, end)
    return found


def _tried(year: Course, seen: Outlook, at: int, end: int) -> BackTest:
    came, known = year.done[:, end], np.isfinite(seen.median) & np.isfinite(year.done[:, end])
    if not known.any():
        return UNTRIED
    margin = NEXT_TO_NOTHING * year.whole
    inside = (came >= seen.low - margin) & (came <= seen.high + margin) & known
    straight = year.done[:, at] * (end + 1) / (at + 1)
    error, by_calendar = (
        float((np.abs(said - came) / year.whole)[known].mean()) for said in (seen.median, straight)
    )
    return BackTest(int(known.sum()), int(inside.sum()), error, by_calendar)


def _outlook(course: Course, at: int, end: int, held: Paces, half: Floats) -> Outlook:
    silence = _silence(course, at, end, held)
    silence[(silence == Silence.NONE) & ~np.isfinite(half)] = Silence.NO_SPREAD
    done, left = course.done[:, at], course.planned[:, end] - course.planned[:, at]
    pace = np.where(silence == Silence.NONE, held.drawn(), np.nan)
    lowest = done if course.floor else np.full(len(done), -np.inf)
    median = np.maximum(done + left * pace, lowest)
    deviation = left * half / REACH
    # How many standard deviations the whole lies above the forecast.
    above = np.divide(
        course.whole - (done + left * pace), deviation, out=np.zeros(len(done)), where=deviation > 0
    )
    chance = np.array([1 - NORMAL.cdf(float(z)) if np.isfinite(z) else np.nan for z in above])
    chance = np.where(course.floor & (done >= course.whole), 1.0, chance)
    return Outlook(
        median=median,
        low=np.maximum(done + left * (pace - half), lowest),
        high=np.maximum(done + left * (pace + half), lowest),
        chance=np.where(np.isfinite(pace), chance, np.nan),
        pace=pace,
        own=held.own,
        county=held.county,
        periods=held.periods,
        silence=silence,
    )


def _holding(errors: Floats) -> float:
    """How wide an interval has to be on each side to hold the next error of as many; NaN of none.

    Of n errors the next one is as likely to fall into any of n + 1 places, so that few errors ask for more.
    """
    if not len(errors):
        return float("nan")
    place = int(np.ceil((len(errors) + 1) * HELD))
    return float(np.sort(np.abs(errors))[min(place, len(errors)) - 1])


def _silence(course: Course, at: int, end: int, held: Paces) -> NDArray[np.object_]:
    """The first reason to say nothing of a unit."""
    left = course.planned[:, end] - course.planned[:, at]
    return np.select(
        [
            ~(np.isfinite(course.done[:, at]) & np.isfinite(left)),
            held.periods < FEWEST_PERIODS,
            np.full(len(left), not np.isfinite(held.county)),
            left <= NEXT_TO_NOTHING * course.whole,
        ],
        [Silence.NO_FIGURE, Silence.TOO_FEW, Silence.NOTHING_PLANNED, Silence.PLAN_OVER],
        Silence.NONE,
    ).astype(object)


def _window(course: Course, at: int) -> tuple[Floats, Floats, Ints]:
    """Actual and planned increments of the last WINDOW periods with a planned one, and how many there are."""
    is_known = np.isfinite(course.done[:, : at + 1]) & np.isfinite(course.planned[:, : at + 1])
    done, asked = (_steps(held[:, : at + 1], is_known) for held in (course.done, course.planned))
    counts: Bools = is_known & (np.round(asked, 9) > NEXT_TO_NOTHING * course.whole[:, None])
    kept = counts & (np.cumsum(counts[:, ::-1], axis=1)[:, ::-1] <= WINDOW)
    made, planned = (np.where(kept, step, 0.0).sum(axis=1) for step in (done, asked))
    return made, planned, counts.sum(axis=1)


def _steps(totals: Floats, is_known: Bools) -> Floats:
    """What each period added since the last one with a figure: a missing period is not a period of nothing."""
    last = np.maximum.accumulate(np.where(is_known, np.arange(totals.shape[1]), -1), axis=1)
    carried = np.where(last >= 0, np.take_along_axis(np.nan_to_num(totals), np.maximum(last, 0), axis=1), 0.0)
    return np.diff(carried, axis=1, prepend=np.zeros((len(totals), 1)))
