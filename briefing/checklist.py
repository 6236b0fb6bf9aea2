"""Checklists of a village: which items it still lacks, by name."""

from briefing.load import Briefing
from metrics.columns import records


def missing_items(briefing: Briefing, unit: str) -> list[tuple[str, list[str], int]]:
    """(name of the checklist, names of the items not met, number of items) for each the village has marks of."""
    marks = briefing.marks
    mine = marks[(marks["unit"] == unit) & (marks["day"] <= briefing.frame.as_of)]
    latest = mine.sort_values(["day", "recorded_at"]).drop_duplicates(["indicator", "item"], keep="last")
    out = []
    for indicator, held in latest.groupby("indicator"):
        items = briefing.directory.checklists
        items = items[items["indicator"] == indicator].sort_values("sort")
        met = set(held.loc[held["met"], "item"])
        missing = [
            row.name_ for row in records(items.rename(columns={"name": "name_"})) if row.item not in met
        ]
        out.append((str(briefing.indicators.at[indicator, "name"]), missing, len(items)))
    return out
