"""What a draft of a plan curve would change on the day in view: planned share, gap and light, unit by unit."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from briefing.curves import Book
from briefing.load import Briefing
from briefing.trials import Drafts, tried
from data_access.engine import read
from data_access.records import CurveRecord
from metrics.columns import records
from metrics.differences import differences
from metrics.figures import day_text, percent, points
from metrics.vocabulary import Level
from ui.cells import badge
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, join, show
from ui.settings.curve_choice import Choice
from ui.tables import Column, Row, table
from ui.views import unit_view

SHOWN = 60


def draw(here: Here, view: Briefing, book: Book, chosen: Choice, record: CurveRecord) -> None:
    """The cells that would differ; where the draft holds from a later day, that this day stays as it is."""
    show(element("div", panel(here, view, book, chosen, record), class_="xs"))


def panel(here: Here, view: Briefing, book: Book, chosen: Choice, record: CurveRecord) -> Markup:
    """The effect as a table, with what it counts said first."""
    words = here.words
    day = _data_day(view, chosen)
    briefing = view if chosen.unit is None else _where(here, view, chosen.unit)
    found = effect(briefing, here, book, chosen, record, day)
    told = [element("h2", words("effect.title", day=day_text(day, words.lang)))]
    if record.valid_from > day:
        told.append(
            element("p", words("effect.later", day=day_text(record.valid_from, words.lang)), class_="note")
        )
    elif record.valid_from < here.today:
        told.append(
            element("p", words("effect.earlier", day=day_text(record.valid_from, words.lang)), class_="note")
        )
    if found.empty:
        return join([*told, element("p", words("effect.none"))])
    lights = found[found["state_before"] != found["state_after"]]
    told.append(element("p", words("effect.sentence", count=len(found), lights=len(lights))))
    shown = lights if chosen.indicator is None else found
    return join([*told, effect_table(here, briefing, shown)]) if len(shown) else join(told)


def effect(
    briefing: Briefing, here: Here, book: Book, chosen: Choice, record: CurveRecord, day: date
) -> pd.DataFrame:
    """The cells that differ if the draft held on the data day (`differences`)."""
    now = book.set_for(chosen.indicator, chosen.unit)
    start = min(record.valid_from, day)
    held = replace(record, valid_from=max(start, now.valid_from) if now else start)
    with read(engine()) as connection:
        after = tried(connection, briefing, Drafts(here.now, curves=(held,)))
    found = differences(briefing.cells, after, ("state", "planned", "gap"))
    if chosen.indicator is not None:
        found = found[found["indicator"] == chosen.indicator]
    return found if chosen.unit is None else found[found["unit"] == chosen.unit]


def effect_table(here: Here, briefing: Briefing, found: pd.DataFrame) -> Markup:
    """Before and after, one cell a row."""
    words = here.words
    rows = [_row(here, briefing, cell) for cell in records(found.head(SHOWN))]
    keys = ("unit", "indicator", "completion", "planned_before", "planned_after", "gap_before", "gap_after")
    figures = set(keys[2:])
    columns = [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys]
    columns += [Column(words("col.state_before")), Column(words("col.state_after"))]
    more = words("effect.more", shown=SHOWN, count=len(found)) if len(found) > SHOWN else ""
    return table(columns, rows, caption=more, is_tall=len(rows) > 20)


def _row(here: Here, briefing: Briefing, cell: Any) -> Row:
    words = here.words
    link = here.address.link("figure", u=cell.unit, i=cell.indicator)
    is_same = cell.state_before == cell.state_after
    after = badge(cell.state_after, words)
    return Row(
        (
            briefing.names[cell.unit],
            element("a", briefing.indicators.at[cell.indicator, "name"], href=link),
            percent(cell.completion_after),
            percent(cell.planned_before),
            percent(cell.planned_after),
            points(cell.gap_before, bare=True),
            points(cell.gap_after, bare=True),
            badge(cell.state_before, words),
            element("span", words("effect.same"), class_="quiet") if is_same else after,
        )
    )


def _data_day(view: Briefing, chosen: Choice) -> date:
    days = [day for day in view.board.data_days.values() if day is not None]
    own = view.board.data_days.get(chosen.indicator or "")
    return own or min(days, default=view.frame.as_of)


def _where(here: Here, view: Briefing, unit: str) -> Briefing:
    """The briefing that judges a unit: a village's is its township's."""
    if view.units.at[unit, "level"] != Level.VILLAGE:
        return view
    return unit_view(here, str(view.units.at[unit, "parent"]))
