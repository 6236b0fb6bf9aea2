"""The hero: units down, key indicators across, each cell a link to what it is made of."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from briefing.lists import principal
from briefing.load import Briefing
from metrics.columns import records
from metrics.vocabulary import Level, State
from metrics.words import state_mark, state_word
from ui.cells import light_of, matrix_cell
from ui.guard import Here
from ui.html import Markup, element, join
from ui.panels.earlier_day import text

# A matrix of few columns keeps to its content instead of stretching them over the page.
WIDE = 8
LEGEND = (
    State.DONE,
    State.ON_PLAN,
    State.SLIGHTLY_BEHIND,
    State.BEHIND,
    State.FAR_BEHIND,
    State.UNFINISHED,
    State.UNREPORTED,
    State.AWAITING,
    State.NO_TASK,
)


def matrix(
    here: Here,
    briefing: Briefing,
    cells: pd.DataFrame,
    units: Sequence[str],
    indicators: Sequence[str],
    unit_page: str,
) -> Markup:
    """The matrix of the named units and indicators, in the order given. Gaps in percentage points."""
    held = {(row.unit, row.indicator): row for row in records(principal(cells))}
    heads = join(
        element(
            "th",
            element(
                "a",
                briefing.definitions[code]["short_name"],
                href=_column_link(here, briefing, units, code),
                # A head has no room for the day of its figures where that is not the page's.
                title=f"{briefing.definitions[code]['name']}{text(here, briefing, code)}",
            ),
            scope="col",
        )
        for code in indicators
    )
    rows = join(_row(here, briefing, held, unit, indicators, unit_page) for unit in units)
    columns = element("colgroup", Markup('<col class="who">'), *[Markup("<col>")] * len(indicators))
    table = element(
        "table",
        columns,
        element("thead", element("tr", element("th", here.words("matrix.unit"), scope="col"), heads)),
        element("tbody", rows),
        class_="matrix" if len(indicators) >= WIDE else "matrix narrow",
    )
    return table + legend(here)


def legend(here: Here) -> Markup:
    """What the shapes mean and what the figures are."""
    shown = join(
        element(
            "span",
            f"{state_mark(state)} {state_word(state, here.words.lang)}",
            class_=f"s s-{light_of(state)}",
        )
        for state in LEGEND
    )
    return element("p", shown, here.words("matrix.legend"), class_="legend")


def _column_link(here: Here, briefing: Briefing, units: Sequence[str], indicator: str) -> str:
    """The cells below a head as a list: villages stand with their township's figure."""
    level = str(briefing.units.at[units[0], "level"]) if units else ""
    if level == Level.VILLAGE:
        return here.address.link("figure", u=briefing.root, i=indicator)
    return here.address.link("targets", i=indicator, level=level)


def _row(
    here: Here,
    briefing: Briefing,
    held: dict[tuple[str, str], Any],
    unit: str,
    indicators: Sequence[str],
    unit_page: str,
) -> Markup:
    name = briefing.names[unit]
    head = element("th", element("a", name, href=here.address.link(unit_page, u=unit)), scope="row")
    return element("tr", head, *(_cell(here, briefing, held, unit, name, code) for code in indicators))


def _cell(
    here: Here,
    briefing: Briefing,
    held: dict[tuple[str, str], Any],
    unit: str,
    name: str,
    indicator: str,
) -> Markup:
    cell = held.get((unit, indicator))
    if cell is None:
        return element("td", "", class_="m-grey")
    title = briefing.definitions[indicator]["name"]
    label = f"{name} {title} {state_word(cell.state, here.words.lang)}"
    return matrix_cell(cell, here.address.link("figure", u=unit, i=indicator), label, here.words)
