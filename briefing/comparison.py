"""Which townships can be told apart from the county: for indicators that count k of n."""

from dataclasses import dataclass

import pandas as pd

from briefing.figure import Figure
from briefing.lists import by_need, principal
from briefing.load import Briefing
from briefing.once import once
from metrics.comparison import compare
from metrics.figures import counts_things
from metrics.vocabulary import Level

FEWEST = 3


@dataclass(frozen=True)
class Compared:
    """`rows`: unit, met, n, rate, low, high (as reported) and group; `whole` is the rate of all together.

    `is_mirrored`: less is better, and those that do not count were compared, so that 低于 always means worse.
    """

    rows: pd.DataFrame
    whole: float
    spread: float
    is_mirrored: bool
    minimum_n: int


def compared(figure: Figure) -> Compared | None:
    """The county's townships, each against all others together; None where they cannot be compared.

    They can where each of n persons, households or villages counts or does not: both parts are numbers of
    things, and say so by their names (户数, 人数). Below a township the others are not the county.
    """
    is_county = figure.below.units.at[figure.unit, "level"] == Level.COUNTY
    return townships_compared(figure.below, figure.indicator) if is_county else None


@once
def townships_compared(county: Briefing, code: str) -> Compared | None:
    """The townships of the county's own briefing, worst first; None where they cannot be compared."""
    indicator = county.definitions[code]
    names = (indicator["numerator_name"], indicator["denominator_name"])
    if not indicator["is_ratio"] or not all(counts_things(name) for name in names):
        return None
    cells = principal(county.cells_at(Level.TOWNSHIP))
    held = by_need(cells[cells["indicator"] == code], county)
    held = held[held["numerator"].notna() & (held["denominator"] > 0).fillna(False)]
    if len(held) < FEWEST or (held["numerator"] > held["denominator"]).any():
        return None
    units = pd.DataFrame(
        {
            "unit": held["unit"].to_numpy(),
            "met": held["numerator"].to_numpy(dtype="int64"),
            "n": held["denominator"].to_numpy(dtype="int64"),
        }
    )
    is_mirrored, minimum = bool(indicator["lower_is_better"]), county.rules.minimum_n
    found = compare(units.assign(k=units["n"] - units["met"] if is_mirrored else units["met"]), minimum)
    low, high = found.rows["low"], found.rows["high"]
    rows = units.assign(
        rate=units["met"] / units["n"],
        low=1 - high if is_mirrored else low,
        high=1 - low if is_mirrored else high,
        group=found.rows["group"],
    )
    whole = float(units["met"].sum() / units["n"].sum())
    return Compared(rows, whole, found.spread, is_mirrored, minimum)
