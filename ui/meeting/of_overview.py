"""Slides of the overview: how all targets stand, and what must be decided today."""

import pandas as pd

from briefing.attention import Thing, things
from briefing.lists import counts
from briefing.load import Briefing
from briefing.ranking import flags
from metrics.figures import day_text, days_text, gap_text
from metrics.vocabulary import Level
from metrics.words import state_mark, state_word, why_text
from ui.cells import cell_badge, light_of
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.meeting.leaves import Leaf, cards, in_words, of_first_units, of_units, pages, rows
from ui.panels.states import ORDER
from ui.sentences import overview_sentence

# One line each for what is wrong and for what the unit says of it.
THINGS_A_SLIDE = 5


def overview(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """Every counted target once, by state."""
    words = here.words
    counted = counts(view.cells_at(Level.TOWNSHIP))
    held = [
        (
            f"{state_mark(state)} {state_word(state, words.lang)}",
            str(counted.by_state[state]),
            str(light_of(state)),
        )
        for state in ORDER
        if counted.by_state[state]
    ]
    if counted.total_left_out:
        held.append((words("states.left_out"), str(counted.total_left_out), "grey"))
    picture = cards([(words("states.total"), str(counted.total), ""), *held])
    units = [flag.unit for flag in flags(view)]
    return [
        Leaf(
            overview_sentence(words, view),
            picture if counted.total else in_words(words("sentence.nothing")),
            of_first_units(here, view, units),
        )
    ]


def attention(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """The things that need a decision, each with what the unit says and the person to ask."""
    words, held = here.words, things(view)
    if not held:
        return [Leaf(words("things.none"), in_words(words("meeting.no_things")))]
    sentence = words("meeting.things", count=len(held), worst=_name(view, held[0]))
    heads = tuple(words(f"meeting.{key}") for key in ("number", "thing", "behind", "state"))
    leaves = []
    for page, portion in enumerate(pages(held, THINGS_A_SLIDE)):
        first = page * THINGS_A_SLIDE + 1
        lines = [_line(here, view, number, thing) for number, thing in enumerate(portion, first)]
        units = [thing.cell.unit for thing in portion]
        leaves.append(Leaf(sentence, rows(heads, lines, "things"), of_units(here, view, units)))
    return leaves


def _name(view: Briefing, thing: Thing) -> str:
    return f"{view.names[thing.cell.unit]} · {view.definitions[thing.cell.indicator]['name']}"


def _line(here: Here, view: Briefing, number: int, thing: Thing) -> tuple[Markup | str, ...]:
    words, cell = here.words, thing.cell
    name = element("b", _name(view, thing)) + element("span", _said(here, thing), class_="said")
    behind = gap_text(cell, words.lang) if pd.notna(cell.gap) else why_text(cell.why, words.lang)
    below = words("meeting.late", days=days_text(cell.days_behind, words.lang))
    is_late = pd.notna(cell.days_behind) and cell.days_behind > 0
    overdue = words("things.overdue", days=thing.overdue_days)
    return (
        str(number),
        name,
        element("b", behind) + (element("span", below, class_="said") if is_late else EMPTY),
        cell_badge(cell, words)
        + (element("span", overdue, class_="said alarm") if thing.overdue_number else EMPTY),
    )


def _said(here: Here, thing: Thing) -> str:
    """The body it waits on, and what the unit said, of which period if not of this one."""
    words, day = here.words, thing.explained_for
    told = words("meeting.unsaid")
    if thing.explanation and day is not None:
        shown = day_text(day, words.lang, short=True)
        is_old = day != thing.cell.data_day
        told = (
            words("things.said_earlier", day=shown, text=thing.explanation)
            if is_old
            else words("things.said", text=thing.explanation)
        )
    if not thing.waits_on:
        return told
    return words("list.semicolon").join((words("things.waits_on", body=thing.waits_on), told))
