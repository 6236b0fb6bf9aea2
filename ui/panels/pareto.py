"""Which villages make the shortfall: bars of shortfall, the share they add up to, and the sentence that answers."""

from typing import Any

import pandas as pd

from briefing.figure import Figure
from briefing.pareto import Pareto, pareto
from metrics.columns import records
from metrics.figures import fine_quantity, percent
from metrics.vocabulary import Kind, Level
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table

SHOWN = 12
# Of a limit to keep or a yes or no there is no sum of shortfalls.
ADDS = {Kind.ACCUMULATE, Kind.DUTY}


def panel(here: Here, found: Figure, villages: pd.DataFrame) -> Markup:
    """The villages short of their plan, the largest shortfall first; `villages` are the cells of all of them."""
    words, indicator = here.words, found.briefing.definitions[found.indicator]
    if found.cells.iloc[0]["kind"] not in ADDS:
        return EMPTY
    title = element("h2", words("pareto.title", measure=indicator["measure"]))
    if indicator["level_reported"] != Level.VILLAGE:
        return title + element("p", words("pareto.reported_above"), class_="quiet")
    held = pareto(villages, found.indicator)
    if held is None:
        return title + element("p", words("pareto.no_targets"), class_="quiet")
    silent = (
        element("p", words("pareto.unknown", count=held.unknown), class_="quiet") if held.unknown else EMPTY
    )
    if not held.judged:
        return title + silent
    if held.rows.empty:
        return title + element("p", words("pareto.none", count=held.judged), class_="quiet") + silent
    return title + element("p", _answer(here, held)) + silent + _listing(here, found, held)


def _answer(here: Here, held: Pareto) -> str:
    return here.words(
        "pareto.answer",
        few=held.few,
        share=percent(held.few_share),
        behind=len(held.rows),
        judged=held.judged,
    )


def _listing(here: Here, found: Figure, held: Pareto) -> Markup:
    words = here.words
    scale = int(found.briefing.definitions[found.indicator]["scale"])
    largest = float(held.rows["share"].iloc[0])
    rows = [_row(here, found, row, scale, largest) for row in records(held.rows.head(SHOWN))]
    columns = [
        Column(words("col.village")),
        Column(words("pareto.township")),
        Column(words("pareto.shortfall"), is_figure=True),
        Column(words("col.shortfall_share"), is_figure=True),
        Column(words("pareto.cumulative"), is_figure=True),
        Column("", width="34%"),
    ]
    more = len(held.rows) - len(rows)
    rest = element("p", words("pareto.more", count=more), class_="quiet") if more > 0 else EMPTY
    return table(columns, rows) + rest


def _row(here: Here, found: Figure, row: Any, scale: int, largest: float) -> Row:
    units = found.briefing.units
    parent = units.at[row.unit, "parent"]
    bar = element(
        "span",
        element("i", style=f"width:{row.share / largest:.1%}"),
        class_="pb",
        role="img",
        aria_label=percent(row.share),
    )
    return Row(
        (
            element(
                "a",
                units.at[row.unit, "name"],
                href=here.address.link("figure", u=row.unit, i=found.indicator),
            ),
            units.at[parent, "name"] if parent in units.index else "",
            fine_quantity(row.shortfall, scale),
            percent(row.share),
            percent(row.cumulative),
            bar,
        )
    )
