"""One figure by unit, side by side on one scale, the worst first: each picture leads to the unit's own."""

from typing import Any

import pandas as pd

from briefing.figure import Figure, parts
from briefing.lists import principal
from metrics.columns import records
from metrics.figures import gap_text
from metrics.words import state_mark, state_word
from ui.cells import light_of
from ui.drawings import small_course
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join, void

FEWEST = 2
HEADROOM = 1.05


def panel(here: Here, found: Figure) -> Markup:
    """The parts that have a course; nothing where there are not two of them."""
    held = principal(parts(found))
    this, last = found.courses.this, found.last_years
    drawn = [cell for cell in records(held) if _course(this, cell.unit, "completion")]
    if len(drawn) < FEWEST:
        return EMPTY
    words = here.words
    top = max(1.0, float(this["completion"].max()), float(last["completion"].max()) if len(last) else 0.0)
    cards = join(_card(here, found, cell, top * HEADROOM) for cell in drawn)
    return element(
        "div",
        element("h2", words("multiples.title", count=len(drawn))),
        element("div", cards, class_="multiples"),
        element("p", words("multiples.legend"), class_="quiet"),
    )


def _card(here: Here, found: Figure, cell: Any, top: float) -> Markup:
    words, name, day = here.words, found.below.names[cell.unit], found.below.board.data_days[found.indicator]
    this = found.courses.this
    image = small_course(
        _course(this, cell.unit, "planned"),
        _course(this[this["data_day"] <= day], cell.unit, "completion"),
        _course(found.last_years, cell.unit, "completion"),
        top,
    )
    shown = gap_text(cell, bare=True) if pd.notna(cell.gap) else state_word(cell.state, words.lang)
    label = f"{name} {state_mark(cell.state)} {shown}"
    return element(
        "a",
        element(
            "span",
            name,
            element("b", f" {state_mark(cell.state)} {shown}", class_=f"s s-{light_of(cell.state)}"),
        ),
        void("img", src=image, alt=label),
        href=here.address.link("figure", u=cell.unit, i=found.indicator),
    )


def _course(cells: pd.DataFrame, unit: str, name: str) -> list[tuple[float, float]]:
    mine = cells[(cells["unit"] == unit) & cells[name].notna()]
    return [(float(row.data_day.month), float(getattr(row, name))) for row in records(mine)]
