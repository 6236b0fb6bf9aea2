"""How the targets below stand to the one above: rows of a table, and what a version not written yet would change."""

from typing import Any

import pandas as pd

from briefing.aims import divided
from briefing.load import Briefing
from data_access.records import TargetRecord
from metrics.columns import records
from metrics.decomposition import Standing
from metrics.figures import DASH, percent, quantity
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table
from ui.views import villages_view

UNEVEN = (Standing.ADDED, Standing.RESERVE, Standing.UNDIVIDED)


def columns(here: Here, *first: str) -> list[Column]:
    """The titles of such rows, after what stands first."""
    keys = (
        *first,
        "difference",
        "share_of_target",
        "standing",
        "units_given",
        "units_without",
        "units_outside",
    )
    plain = {"indicator", "unit", "standing"}
    return [Column(here.words(f"col.{key}"), is_figure=key not in plain) for key in keys]


def compared(here: Here, row: Any, scale: int) -> tuple[Markup | str, ...]:
    """Target, sum below, difference, share and name, then how many units have their part."""
    words = here.words
    name = words(f"aims.{row.standing}")
    is_uneven = row.standing in UNEVEN
    share = percent(abs(row.share)) if is_uneven and pd.notna(row.share) else ""
    # A sum of rates or of days would be a figure of nothing.
    given = "" if row.standing == Standing.NOT_ADDED else quantity(row.given, scale)
    return (
        quantity(row.target, scale),
        given,
        signed(row.difference, scale),
        share,
        element("b", name) if is_uneven else name,
        str(row.units_given),
        _some(row.units_without),
        _some(row.units_outside),
    )


def _some(count: int) -> Markup | str:
    return element("b", str(count)) if count else "0"


def signed(difference: Any, scale: int) -> str:
    """A difference with its sign; a dash where there is none."""
    if pd.isna(difference):
        return DASH
    shown = quantity(difference, scale)
    return f"+{shown}" if difference > 0 else shown


def line_of(view: Briefing, unit: str) -> list[str]:
    """A unit and those above it."""
    line = [unit]
    while isinstance(parent := view.units.at[line[-1], "parent"], str) and parent in view.units.index:
        line.append(parent)
    return line


def effect(here: Here, view: Briefing, record: TargetRecord) -> Markup:
    """The unit and the one above it, before and after; nothing where no amounts are added."""
    words, villages, line = here.words, villages_view(here), line_of(view, record.unit)[:2]
    scale = int(view.definitions[record.indicator]["scale"])
    sides = [divided(villages, record.indicator, line, draft) for draft in (None, record)]
    rows = [
        Row((view.names[row.unit], words(f"aims.{which}"), *compared(here, row, scale)))
        for unit in line
        for which, held in zip(("before", "after"), sides, strict=True)
        for row in records(held[held["unit"] == unit])
        if row.standing != Standing.NOT_ADDED
    ]
    if not rows:
        return EMPTY
    titles = [Column(words("col.unit")), Column(words("col.which"))]
    drawn = table([*titles, *columns(here, "target", "sum_below")], rows, caption=words("aims.caption"))
    return element("h2", words("aims.division_title")) + drawn
