"""A second county for the back-test of forecasts, of other shapes than the demo county's; frozen.

Written before the method was tuned, and not to be changed since: `test_forecast` holds the hash of what it
makes. Ten indicators, 24 townships, five years; twelve months each. Nothing here knows the method: work
follows its plan with a habit of the unit that lasts for years, a pace of the county in each year, months that
hang together, standstills, rushes before the year's end, things counted whole, and stops at the target.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.curves import BUDGET_YEAR, BY_MONTH, QUARTERS, SCHOOL_YEAR, SPRING_AUTUMN, Curve, share
from metrics.periods import month_end

Floats = NDArray[np.float64]
SEED = 20190402
UNITS, FIRST_YEAR, YEARS, MONTHS = 24, 2021, 5, 12


@dataclass(frozen=True)
class Trait:
    """How one indicator's work goes: typical target, plan, and how people work on it."""

    code: str
    target: int
    curve: Curve
    habit: float
    year_pace: float
    noise: float
    memory: float
    standstill: float
    rush: float
    stops_at: float


TRAITS = (
    Trait("roads", 60, BY_MONTH, 0.25, 0.10, 0.45, 0.5, 0.05, 0.6, 1.00),
    Trait("houses", 18, QUARTERS, 0.30, 0.15, 0.60, 0.4, 0.08, 0.9, 1.00),
    Trait("trees", 4000, SPRING_AUTUMN, 0.15, 0.20, 0.35, 0.2, 0.02, 0.1, 1.30),
    Trait("courses", 900, SCHOOL_YEAR, 0.20, 0.05, 0.30, 0.3, 0.02, 0.3, 1.15),
    Trait("loans", 25000, BY_MONTH, 0.20, 0.25, 0.25, 0.7, 0.01, 0.2, 1.60),
    Trait("funds", 80000, BUDGET_YEAR, 0.15, 0.10, 0.50, 0.3, 0.04, 0.8, 1.00),
    Trait("wells", 7, QUARTERS, 0.25, 0.10, 0.50, 0.2, 0.10, 0.7, 1.00),
    Trait("visits", 3000, BY_MONTH, 0.08, 0.03, 0.15, 0.1, 0.00, 0.0, 1.20),
    Trait("markets", 320, SPRING_AUTUMN, 0.30, 0.15, 0.55, 0.5, 0.06, 0.4, 1.10),
    Trait("herds", 1500, BY_MONTH, 0.35, 0.10, 0.30, 0.6, 0.03, 0.1, 1.80),
)


@dataclass(frozen=True)
class Year:
    """One indicator in one year: totals at month ends (units × 12), what was planned, and the targets."""

    actual: Floats
    planned: Floats
    target: Floats


def second_county() -> dict[str, list[Year]]:
    """Every indicator's years, the oldest first."""
    return {trait.code: _years(trait, np.random.default_rng([SEED, at])) for at, trait in enumerate(TRAITS)}


def _years(trait: Trait, rng: np.random.Generator) -> list[Year]:
    size = np.exp(rng.normal(0.0, 0.5, UNITS))
    habit = rng.normal(0.0, trait.habit, UNITS)
    return [_year(trait, rng, size, habit, FIRST_YEAR + at) for at in range(YEARS)]


def _year(trait: Trait, rng: np.random.Generator, size: Floats, habit: Floats, year: int) -> Year:
    target = np.maximum(np.rint(trait.target * size * np.exp(rng.normal(0.0, 0.1, UNITS))), 1.0)
    shares = np.array([share(trait.curve, month_end(year, month)) for month in range(1, MONTHS + 1)])
    planned = target[:, None] * shares[None, :]
    mood = rng.normal(-0.05, trait.year_pace) + habit + rng.normal(0.0, 0.12, UNITS)
    actual = np.zeros((UNITS, MONTHS))
    done, drift = np.zeros(UNITS), np.zeros(UNITS)
    stands = np.zeros(UNITS, dtype=np.int64)
    for month in range(MONTHS):
        drift = trait.memory * drift + rng.normal(0.0, trait.noise, UNITS)
        stands = np.where(rng.random(UNITS) < trait.standstill, rng.integers(1, 4, UNITS), stands - 1)
        asked = planned[:, month] - (planned[:, month - 1] if month else 0.0)
        late = np.clip(1.0 - done / np.maximum(planned[:, max(month - 1, 0)], 1.0), 0.0, 1.0)
        # Some work goes on where the plan rests, and what is late is hurried before the year's end.
        hurried = trait.rush * late * target / MONTHS * max(0, month - 7)
        work = (asked + 0.06 * target / MONTHS) * np.exp(mood + drift - trait.noise**2 / 2) + hurried
        done = done + np.where(stands > 0, 0.0, work)
        done = np.minimum(done, np.maximum(actual[:, month - 1], trait.stops_at * target))
        actual[:, month] = np.floor(done)
    return Year(actual, planned, target)
