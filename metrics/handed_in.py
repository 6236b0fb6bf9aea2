"""Which figures a unit hands in itself, and how many it owed and handed in (metrics.md 7)."""

import pandas as pd

from metrics.vocabulary import OF_A_DAY, Level

COUNTED = ("units_owed", "units_reported", "units_waiting")


def own_part(sums: pd.DataFrame, units: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """What each unit hands in itself, by indicator: a township for its villages, the others their own.

    `sums` are facts (`board.SUM_COLUMNS`); the result has unit, indicator and `COUNTED`.
    """
    reported = indicators.set_index("code")["level_reported"]
    level = sums["unit"].map(units.set_index("code")["level"])
    of = sums["indicator"].map(reported)
    is_own = (level == of) & (level != Level.VILLAGE)
    is_own |= (level == Level.TOWNSHIP) & (of == Level.VILLAGE)
    return sums[is_own].groupby(["unit", "indicator"], as_index=False)[list(COUNTED)].sum()


def reports_of(sums: pd.DataFrame, units: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """How many figures each unit owed and handed in, from facts: unit, owed, reported. Source: metrics.md 7."""
    of_a_day = indicators.loc[indicators["kind"].isin(OF_A_DAY), "code"]
    own = own_part(sums[~sums["indicator"].isin(of_a_day)], units, indicators)
    counted = own.groupby("unit", as_index=False, sort=False)[["units_owed", "units_reported"]].sum()
    return counted.rename(columns={"units_owed": "owed", "units_reported": "reported"})
