"""重点调度事项: the few things that need a decision today, each with who answers for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from briefing.lists import principal
from briefing.load import Briefing
from briefing.once import once
from briefing.people import Responsible, in_charge
from metrics.attention import order_of_attention
from metrics.columns import records
from metrics.vocabulary import Level


@dataclass(frozen=True)
class Thing:
    """One thing to decide: the cell, who is asked, what they said of which period, the overdue item on it."""

    cell: Any
    share: float | None
    waits_on: str
    people: list[Responsible]
    explanation: str
    explained_for: date | None
    overdue_number: str
    overdue_days: int


@once
def things(briefing: Briefing) -> list[Thing]:
    """The townships' cells in order of attention, as many as the rule names."""
    cells = principal(briefing.cells_at(Level.TOWNSHIP))
    ordered = order_of_attention(
        cells,
        briefing.directory.indicators,
        briefing.issues,
        briefing.explanations,
        briefing.rules,
    )
    return [_thing(briefing, row) for row in records(ordered.head(briefing.rules.attention_limit))]


def _thing(briefing: Briefing, row: Any) -> Thing:
    said = explanation_of(briefing, row.unit, row.indicator)
    return Thing(
        cell=row,
        share=row.share if pd.notna(row.share) else None,
        waits_on=row.waits_on,
        people=in_charge(briefing.directory, unit=row.unit),
        explanation=said["text"] if said is not None and isinstance(said["text"], str) else "",
        explained_for=said["period"] if said is not None else None,
        overdue_number=row.overdue_number if isinstance(row.overdue_number, str) else "",
        overdue_days=int(row.overdue_days) if pd.notna(row.overdue_days) else 0,
    )


def explanation_of(briefing: Briefing, unit: str, indicator: str) -> Any:
    """What the unit last said of a figure up to its data day; None where it said nothing."""
    held = briefing.explanations
    day = briefing.board.data_days.get(indicator)
    mine = held[(held["unit"] == unit) & (held["indicator"] == indicator)]
    if day is not None:
        mine = mine[mine["period"] <= day]
    return None if mine.empty else mine.sort_values("period").iloc[-1]
