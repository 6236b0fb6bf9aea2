"""Which parts of a figure can be told apart from the others: for indicators that count k of n."""

import pandas as pd

from briefing.figure import Figure, parts
from briefing.lists import principal
from metrics.comparison import Comparison, compare
from metrics.figures import counts_things

FEWEST = 3


def compared(figure: Figure) -> Comparison | None:
    """The children of the figure's unit, each against all others together; None where they cannot be compared.

    They can where each of n persons, households or villages counts or does not: both parts are numbers of
    things, and say so by their names (户数, 人数). Where less is better, those that do not count are
    compared, so that 低于 always means worse.
    """
    indicator = figure.below.definitions[figure.indicator]
    names = (indicator["numerator_name"], indicator["denominator_name"])
    if not indicator["is_ratio"] or not all(counts_things(name) for name in names):
        return None
    held = principal(parts(figure))
    held = held[held["numerator"].notna() & (held["denominator"] > 0).fillna(False)]
    if len(held) < FEWEST or (held["numerator"] > held["denominator"]).any():
        return None
    met = held["numerator"].astype("int64")
    n = held["denominator"].astype("int64")
    k = n - met if indicator["lower_is_better"] else met
    units = pd.DataFrame({"unit": held["unit"].to_numpy(), "k": k.to_numpy(), "n": n.to_numpy()})
    return compare(units, figure.below.rules.minimum_n)
