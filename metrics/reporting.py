"""Who has reported: owed, reported, in time, and the rates of them (metrics.md 7)."""

import numpy as np
import pandas as pd

from metrics.rules import Rules

COUNT_COLUMNS = ("unit", "owed", "reported", "on_time")


def count_reports(owed: pd.DataFrame) -> pd.DataFrame:
    """One row a unit (`COUNT_COLUMNS`) from one row a figure owed: unit, is_reported, is_on_time.

    Reported means submitted and not returned, accepted or not; in time goes by the day of submission, so
    that nobody answers for the time another takes to accept.
    """
    flags = pd.DataFrame(
        {
            "unit": owed["unit"],
            "owed": 1,
            "reported": owed["is_reported"].astype(bool),
            "on_time": owed["is_reported"].astype(bool) & owed["is_on_time"].astype(bool),
        }
    )
    return flags.groupby("unit", sort=False).sum().reset_index()


def reporting_rates(counts: pd.DataFrame) -> pd.DataFrame:
    """`counts` with `reporting_rate`, and `on_time_rate` where on_time is counted; missing where none owed."""
    owed = counts["owed"].where(counts["owed"] > 0).astype("float64")
    rated = counts.assign(reporting_rate=counts["reported"] / owed)
    return rated.assign(on_time_rate=counts["on_time"] / owed) if "on_time" in counts else rated


def below_gate(counts: pd.DataFrame, rules: Rules) -> list[str]:
    """The units that reported less than the rule's gate of what they owed."""
    rated = reporting_rates(counts)
    is_below = np.round(rated["reporting_rate"], 9) < rules.reporting_gate
    return list(rated.loc[is_below, "unit"])
