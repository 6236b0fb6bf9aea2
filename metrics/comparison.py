"""Fair comparison: which units can be told apart from the county, where each of n counts or does not.

Source: metrics.md 4. The one-sided exact probability (Fisher) of a result so low or lower, a unit
against all other units together; Wilson's interval is drawn as a whisker and decides nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.columns import Floats, Ints

NORMAL = NormalDist()
# One-sided probabilities at and below which a unit is told apart.
CLEARLY, PERHAPS = 0.001, 0.025
WHISKER = NORMAL.inv_cdf(0.975)
# Half of all values of a normal lie within this many standard deviations.
MEDIAN_OF_NORMAL = NORMAL.inv_cdf(0.75)
ENOUGH = 5


class Group(StrEnum):
    """How a unit stands to all others together."""

    FAR_BELOW = "far_below"
    BELOW = "below"
    LEVEL = "level"
    ABOVE = "above"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Comparison:
    """`rows`: unit, k, n, rate, low, high (whisker), p_low, p_high, group; `spread`: the over-dispersion factor."""

    rows: pd.DataFrame
    spread: float


def compare(units: pd.DataFrame, minimum_n: int) -> Comparison:
    """Group units by their results. `units` has unit, k and n, whole numbers with 0 <= k <= n; n above 0.

    ValueError for parts that cannot be counts.
    """
    k, n = (units[name].to_numpy(dtype=np.int64) for name in ("k", "n"))
    if (n <= 0).any() or (k < 0).any() or (k > n).any():
        raise ValueError("each unit needs 0 <= k <= n with n above 0")
    spread = over_dispersion(k, n)
    low, high = (_widened(p, spread) for p in (lower_tail(k, n), lower_tail(n - k, n)))
    bottom, top = whiskers(k, n, spread)
    rows = units[["unit", "k", "n"]].assign(
        rate=k / n, low=bottom, high=top, p_low=low, p_high=high, group=grouped(low, high, n, minimum_n)
    )
    return Comparison(rows.reset_index(drop=True), spread)


def grouped(low: Floats, high: Floats, n: Ints, minimum_n: int) -> NDArray[np.object_]:
    """The group of each unit by its two probabilities; below the minimum n it is listed, not grouped."""
    return np.select(
        [n < minimum_n, low <= CLEARLY, low <= PERHAPS, high <= PERHAPS],
        [Group.TOO_FEW, Group.FAR_BELOW, Group.BELOW, Group.ABOVE],
        Group.LEVEL,
    ).astype(object)


def lower_tail(k: Ints, n: Ints) -> Floats:
    """P(a unit has k or fewer) when its n are drawn without order from all units' results, itself included."""
    total, successes = int(n.sum()), int(k.sum())
    log = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, total + 1)))))
    return np.array([_at_most(log, total, successes, int(a), int(b)) for a, b in zip(k, n, strict=True)])


def over_dispersion(k: Ints, n: Ints) -> float:
    """By what factor results vary more than chance would have them, 1 where they do not.

    By the median of the deviations from the rate of the middle half: a few units that really differ must
    neither hide themselves nor make the others seem to vary. Fewer than five units say nothing.
    """
    total = k.sum() / n.sum()
    if len(k) < ENOUGH or total in (0.0, 1.0):
        return 1.0
    order = np.argsort((k - n * total) / np.sqrt(n), kind="stable")
    quarter = len(k) // 4
    middle = order[quarter : len(k) - quarter]
    rate = k[middle].sum() / n[middle].sum()
    rate = total if rate in (0.0, 1.0) else rate
    z = (k - n * rate) / np.sqrt(n * rate * (1 - rate))
    deviation = float(np.median(np.abs(z - np.median(z)))) / MEDIAN_OF_NORMAL
    return max(1.0, deviation**2)


def whiskers(k: Ints, n: Ints, spread: float) -> tuple[Floats, Floats]:
    """Wilson's 95 % interval of each unit's rate, widened by the over-dispersion."""
    z2 = WHISKER**2 * spread
    rate = k / n
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2) * np.sqrt(rate * (1 - rate) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    return np.clip(middle - half, 0.0, rate), np.clip(middle + half, rate, 1.0)


def _at_most(log: Floats, total: int, successes: int, k: int, n: int) -> float:
    """P(at most k successes among n drawn); `log` holds the logarithms of the factorials up to `total`."""
    lowest = max(0, n - (total - successes))
    x = np.arange(lowest, k + 1)
    ways = log[successes] - log[x] - log[successes - x]
    ways += log[total - successes] - log[n - x] - log[total - successes - n + x]
    ways -= log[total] - log[n] - log[total - n]
    return min(1.0, float(np.exp(ways).sum()))


def _widened(p: Floats, spread: float) -> Floats:
    """A probability at limits widened by the over-dispersion."""
    if spread <= 1.0:
        return p
    inner = np.clip(p, 1e-300, 1 - 1e-16)
    return np.array([NORMAL.cdf(NORMAL.inv_cdf(float(each)) / sqrt(spread)) for each in inner])
