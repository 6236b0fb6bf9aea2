"""Years side by side under a figure: each year's own columns, and the totals since the programme began in theirs."""

from typing import Any

import pandas as pd

from briefing.figure import Figure
from briefing.years import Year
from metrics.figures import percent, quantity
from metrics.wording import target_words
from metrics.words import AT_LEAST, choose
from ui.cells import amount, cell_badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table
from ui.views import years_of

OF_YEAR = ("target", "actual", "completion", "state")
TOTALS = ("total_target", "total_actual", "total_completion")


def panel(here: Here, found: Figure) -> Markup:
    """The table of the years; nothing where only one year set a target."""
    held = years_of(here, found)
    if not held:
        return EMPTY
    words, indicator = here.words, found.briefing.definitions[found.indicator]
    adds = held[0].total_target is not None
    keys = ("year", *OF_YEAR, *(TOTALS if adds else ()))
    columns = [Column(words(f"years.{key}"), is_figure=key not in ("year", "state")) for key in keys]
    rows = [Row(_row(here, indicator, year, adds=adds)) for year in held]
    missing = words("years.missing") if any(year.is_least for year in held) else ""
    note = element("p", words("years.note", year=held[0].year, missing=missing), class_="quiet")
    title = element("h2", words("years.title"))
    return title + table(columns, rows) + (note if adds else EMPTY)


def _row(here: Here, indicator: Any, year: Year, *, adds: bool) -> list[Markup | str]:
    words, cell, scale = here.words, year.cell, int(indicator["scale"])
    own: list[Markup | str] = [
        str(year.year),
        target_words(cell, indicator, words.lang),
        amount(cell, indicator, words),
        percent(cell.completion) if pd.notna(cell.completion) else "",
        cell_badge(cell, words),
    ]
    if not adds:
        return own
    target, done = year.total_target, year.total_actual
    least = choose(AT_LEAST, words.lang) if year.is_least else ""
    share = percent(done / target) if target and done is not None else ""
    return [
        *own,
        quantity(target, scale) if target else "",
        least + quantity(done, scale) if done is not None else "",
        least + share if share else "",
    ]
