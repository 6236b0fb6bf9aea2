"""Where a target stands, in the column of bars: a bar only where there is a way to go, else what is true of it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.figures import day_text, days_text
from metrics.vocabulary import LAGGING_STATES, Kind, State
from metrics.wording import beside, is_striven
from ui.cells import bullet
from ui.html import EMPTY, Markup, element
from ui.words import Words


def standing(cell: Any, indicator: Mapping[str, Any], words: Words) -> Markup:
    """A bullet bar with what is missing under it; of a limit the margin, of a milestone its day, never a bar."""
    said = beside(cell, indicator, words.lang)
    notes = element("span", words("list.pause").join(said), class_="nobar") if said else EMPTY
    if cell.kind == Kind.MILESTONE:
        return (
            element("span", _day(cell, words), class_="nobar")
            if pd.notna(cell.deadline)
            else bullet(cell, words)
        )
    if pd.isna(cell.completion):
        return notes or bullet(cell, words)
    return bullet(cell, words) + notes


def _day(cell: Any, words: Words) -> str:
    """The day a milestone is due, and how late it is."""
    if cell.state == State.DONE:
        return words("standing.accepted")
    day = day_text(cell.deadline, words.lang)
    if pd.notna(cell.days_behind) and cell.days_behind > 0:
        return words("standing.late", day=day, days=days_text(cell.days_behind, words.lang))
    return words("standing.due", day=day)


def striven(cell: Any, words: Words) -> str:
    """力争 beside the state of a target that is only striven for and not met: judged alike, but shown."""
    is_missed = cell.state in (*LAGGING_STATES, State.SLIGHTLY_BEHIND)
    return words("standing.striven") if is_missed and is_striven(cell) else ""
