"""A value to be kept through the year: value and limit of each period on one scale, never a completion."""

from typing import Any

import pandas as pd

from briefing.figure import Figure
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import Kind
from metrics.wording import limit_of, limit_words, margin_words
from ui.cells import amount, cell_badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table
from ui.views import periods_of_figure

# Dots and ticks keep clear of the edges of their track.
MARGIN, WIDTH = 0.06, 0.88
KEYS = ("period", "actual", "target", "scale", "margin", "state")
FIGURES = ("actual", "target")


def panel(here: Here, found: Figure) -> Markup:
    """The periods of the year that have a figure, oldest first; nothing for targets with a way to go."""
    day = found.below.board.data_days.get(found.indicator)
    if day is None or (found.cells.iloc[0]["kind"] != Kind.KEEP and pd.isna(found.cells.iloc[0]["kept"])):
        return EMPTY
    held = periods_of_figure(here, found)
    if held.empty or not held["kept"].notna().any():
        return EMPTY
    held = held[(held["data_day"] <= day) & held["actual"].notna() & held["target"].notna()]
    words, indicator = here.words, found.briefing.definitions[found.indicator]
    limited = [limit_of(cell) for cell in records(held)]
    lowest, highest = _scale(limited)
    rows = [
        Row(
            (
                day_text(cell.data_day, words.lang),
                amount(cell, indicator, words),
                limit_words(cell, indicator, words.lang),
                _track(here, limit, lowest, highest),
                margin_words(cell, indicator, words.lang),
                cell_badge(cell, words),
            )
        )
        for cell, limit in zip(records(held), limited, strict=True)
    ]
    columns = [Column(words(f"limits.{key}"), is_figure=key in FIGURES) for key in KEYS]
    return element("h2", words("limits.title")) + table(columns, rows)


def _scale(held: list[Any]) -> tuple[float, float]:
    """From the least to the greatest of all values and limits: a distance on the track is that of the figures."""
    both = [float(each) for cell in held for each in (cell.actual, cell.target, cell.high) if pd.notna(each)]
    return min(both), max(both)


def _track(here: Here, cell: Any, lowest: float, highest: float) -> Markup:
    """A dot where the value is and a line where the limit is; a range has two lines."""
    span = (highest - lowest) or 1.0

    def left(value: Any) -> str:
        return f"left:{MARGIN + WIDTH * (float(value) - lowest) / span:.1%}"

    limits = [cell.target, *([cell.high] if pd.notna(cell.high) else [])]
    lines = [element("b", style=left(limit)) for limit in limits]
    dot = element("i", style=left(cell.actual))
    return element("span", *lines, dot, class_="lim", role="img", aria_label=here.words("limits.label"))
