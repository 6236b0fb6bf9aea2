"""The handful of things that need a decision, each with the person to ask."""

from typing import Any

import pandas as pd

from briefing.attention import Thing, things
from briefing.load import Briefing
from metrics.figures import day_text, days_text, gap_text
from metrics.words import why_text
from ui.cells import cell_badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.words import Words


def panel(here: Here, briefing: Briefing) -> Markup:
    """The list, numbered; every line leads to its figure."""
    held = things(briefing)
    title = element("h2", here.words("things.title", count=len(held)))
    if not held:
        return title + element("p", here.words("things.none"), class_="quiet")
    return title + element("ol", join(_thing(here, briefing, thing) for thing in held), class_="things")


def _thing(here: Here, briefing: Briefing, thing: Thing) -> Markup:
    cell, words = thing.cell, here.words
    name = f"{briefing.units.at[cell.unit, 'name']} · {briefing.indicators.at[cell.indicator, 'name']}"
    link = element(
        "a", name, href=here.address.link("figure", u=cell.unit, i=cell.indicator), class_="strong"
    )
    behind = _behind(words, cell)
    share = words("things.share", share=f"{thing.share:.0%}") if thing.share else ""
    return element(
        "li",
        link,
        " ",
        cell_badge(cell, words),
        element("span", behind, share, class_="quiet"),
        _who(here, thing),
        _said(here, thing),
        _overdue(here, thing),
    )


def _behind(words: Words, cell: Any) -> str:
    """By how many points and days, as far as the target has them: a limit that is not kept has neither."""
    if pd.isna(cell.gap):
        return why_text(cell.why, words.lang)
    if pd.isna(cell.days_behind):
        return gap_text(cell, words.lang)
    days = days_text(cell.days_behind, words.lang)
    return words("things.behind", gap=gap_text(cell, words.lang), days=days)


def _who(here: Here, thing: Thing) -> Markup:
    """The body it waits on, and who answers for the unit: the one to ask what it waits for."""
    words, person = here.words, next(iter(thing.people), None)
    asked = words("people.none") if person is None else f"{person.role} {person.name} {person.post}"
    if thing.waits_on:
        asked = words("list.semicolon").join((words("things.waits_on", body=thing.waits_on), asked))
    return element("span", asked, class_="quiet")


def _said(here: Here, thing: Thing) -> Markup:
    words, day = here.words, thing.explained_for
    if not thing.explanation or day is None:
        return EMPTY
    text = words("things.said", text=thing.explanation)
    if day != thing.cell.data_day:
        shown = day_text(day, words.lang, short=True)
        text = words("things.said_earlier", day=shown, text=thing.explanation)
    return element("span", text, class_="quiet")


def _overdue(here: Here, thing: Thing) -> Markup:
    if not thing.overdue_number:
        return EMPTY
    text = here.words("things.overdue", days=thing.overdue_days)
    return element("a", text, href=here.address.link("rectification", n=thing.overdue_number), class_="alarm")
