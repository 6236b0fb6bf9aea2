"""Checklists: which items a village still lacks, and which are missing most often below a unit, by name."""

from collections import Counter

import pandas as pd

from briefing.load import Briefing
from metrics.columns import records


def missing_items(briefing: Briefing, unit: str) -> list[tuple[str, list[str], int]]:
    """(name of the checklist, names of the items not met, number of items) for each the village has marks of."""
    latest = _latest(briefing)
    out = []
    for indicator, held in latest[latest["unit"] == unit].groupby("indicator"):
        items = _items(briefing, str(indicator))
        met = set(held.loc[held["met"], "item"])
        missing = [name for item, name in items.items() if item not in met]
        out.append((str(briefing.indicators.at[indicator, "name"]), missing, len(items)))
    return out


def missing_most(briefing: Briefing, unit: str, indicator: str) -> tuple[list[tuple[str, int]], int]:
    """The items that most of the units below lack, each with how many do, and how many units have marks at all."""
    latest = _latest(briefing)
    held = latest[(latest["indicator"] == indicator) & latest["unit"].str.startswith(unit)]
    items = _items(briefing, indicator)
    met = Counter(held.loc[held["met"], "item"])
    units = int(held["unit"].nunique())
    lacking = [(name, units - met[item]) for item, name in items.items() if met[item] < units]
    return sorted(lacking, key=lambda each: -each[1]), units


def _latest(briefing: Briefing) -> pd.DataFrame:
    """The newest mark of each item of each unit up to the as-of day."""
    marks = briefing.marks[briefing.marks["day"] <= briefing.frame.as_of]
    return marks.sort_values(["day", "recorded_at"]).drop_duplicates(
        ["unit", "indicator", "item"], keep="last"
    )


def _items(briefing: Briefing, indicator: str) -> dict[str, str]:
    """The items of a checklist with their names, in its order."""
    items = briefing.directory.checklists
    held = items[items["indicator"] == indicator].sort_values("sort").rename(columns={"name": "name_"})
    return {row.item: row.name_ for row in records(held)}
