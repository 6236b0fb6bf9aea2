"""The list of judged targets behind a card: the same selection counts the card and fills the list."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.lists import ALL_COUNTED, LEFT_OUT, Selection, select
from briefing.load import Briefing
from briefing.pairs import partner
from metrics.columns import records
from metrics.figures import days_text, gap_text, percent
from metrics.vocabulary import Level, State
from metrics.wording import target_words
from metrics.words import word
from ui.cells import amount, cell_badge, in_column
from ui.filters import form
from ui.guard import Here
from ui.html import Markup, element
from ui.panels.earlier_day import mark
from ui.panels.standing import standing, striven
from ui.panels.states import ORDER
from ui.tables import Column, Row, table
from ui.views import unit_view

# A card and its list must agree: enough for 20 townships of 50 figures.
SHOWN = 1000


@dataclass(frozen=True)
class Chosen:
    """The cells the address asks for and the briefing they come from."""

    briefing: Briefing
    cells: pd.DataFrame

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.cells)


def selection(here: Here) -> Selection:
    """The selection in the address; a level or state that is none of ours chooses nothing less than all."""
    address = here.address
    level = address.get("level")
    state = address.get("state")
    return Selection(
        level=Level(level) if level in set(Level) else Level.TOWNSHIP,
        state=state if state in {*State, ALL_COUNTED, LEFT_OUT} else "",
        unit=address.get("u"),
        indicator=address.get("i"),
        department=address.get("d"),
        key_only=address.get("key") == "1",
    )


def chosen(here: Here, county: Briefing) -> Chosen:
    """The cells the address asks for; those of a village come with its township's briefing."""
    asked = selection(here)
    briefing = county
    if asked.unit in county.units.index and county.units.at[asked.unit, "level"] == Level.VILLAGE:
        briefing = unit_view(here, str(county.units.at[asked.unit, "parent"]))
    elif asked.unit in county.units.index and asked.level == Level.TOWNSHIP:
        level = county.units.at[asked.unit, "level"]
        asked = asked if level == Level.TOWNSHIP else Selection(**{**asked.__dict__, "level": Level(level)})
    return Chosen(briefing, select(briefing, asked))


def filters(here: Here, county: Briefing) -> Markup:
    """The form over the list."""
    words, lang = here.words, here.words.lang
    anything = ("", words("filter.any"))
    units = county.directory.units
    townships = units[units["level"] == Level.TOWNSHIP].sort_values("sort")
    states = [
        (ALL_COUNTED, words("states.total")),
        *((state, word(state, lang)) for state in ORDER),
        (LEFT_OUT, words("states.left_out")),
    ]
    indicators = county.directory.indicators
    departments = county.directory.departments
    return form(
        here,
        {
            "level": [(level, word(level, lang)) for level in (Level.TOWNSHIP, Level.COUNTY)],
            "state": [anything, *((str(value), name) for value, name in states)],
            "u": [anything, *zip(townships["code"], townships["name"], strict=True)],
            "i": [anything, *zip(indicators["code"], indicators["name"], strict=True)],
            "d": [anything, *zip(departments["code"], departments["short_name"], strict=True)],
        },
    )


def whole_page(here: Here, county: Briefing, held: Chosen) -> Markup:
    """The form and the list."""
    return element("div", filters(here, county), listing(here, held), class_="xs")


def listing(here: Here, held: Chosen) -> Markup:
    """The cells, worst first."""
    words = here.words
    if held.cells.empty:
        return element("p", words("targets.none"), class_="note")
    rows = [_row(here, held.briefing, cell) for cell in records(held.cells.head(SHOWN))]
    figures = {"target", "actual", "completion", "gap", "days_behind"}
    keys = ("unit", "indicator", "target", "actual", "completion", "progress", "gap", "days_behind", "state")
    columns = [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys]
    counted = element("p", words("targets.shown", shown=len(rows), found=held.count), class_="quiet")
    return counted + table(columns, rows)


def _paired(here: Here, briefing: Briefing, cell: Any) -> str:
    other = partner(briefing, cell.indicator)
    return f" {here.words('pair.row', name=briefing.definitions[other]['name'])}" if other else ""


def _row(here: Here, briefing: Briefing, cell: Any) -> Row:
    words = here.words
    indicator = briefing.definitions[cell.indicator]
    link = here.address.link("figure", u=cell.unit, i=cell.indicator)
    return Row(
        (
            briefing.names[cell.unit],
            element("a", indicator["name"], href=link)
            + element("span", f" {indicator['measure']}{_paired(here, briefing, cell)}", class_="quiet")
            + mark(here, briefing, cell.indicator),
            in_column(target_words(cell, indicator, words.lang)),
            in_column(amount(cell, indicator, words)),
            percent(cell.completion),
            standing(cell, indicator, words),
            gap_text(cell, bare=True),
            days_text(cell.days_behind, words.lang),
            cell_badge(cell, words) + striven(cell, words),
        )
    )
