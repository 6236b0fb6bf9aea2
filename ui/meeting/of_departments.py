"""Slides of the departments, of one department, and of one indicator through the townships."""

from typing import Any

from briefing.departments import department_rows
from briefing.figure import parts
from briefing.lists import by_need, principal
from briefing.load import Briefing
from briefing.people import in_charge
from metrics.columns import records
from metrics.figures import percent
from metrics.vocabulary import Level
from ui import sentences
from ui.cells import amount
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.meeting.leaves import (
    Leaf,
    bullets,
    in_words,
    named_bars,
    of_departments,
    of_one,
    pages,
    rows,
    share_bar,
)
from ui.panels.why import aim, measured
from ui.views import county_figure


def departments(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """Every department that leads an indicator, the most lagging first."""
    words, held = here.words, department_rows(view)
    sentence = sentences.departments_sentence(words, view)
    if held.empty:
        return [Leaf(sentence, in_words(words("meeting.no_departments")))]
    keys = ("col.department", "meeting.on_plan", "col.on_plan_of_judged", "col.lagging", "meeting.which")
    heads = [words(key) for key in (*keys, "col.unreported", "meeting.overdue")]
    return [
        Leaf(
            sentence,
            rows(heads, [_department(here, row) for row in part], "departments"),
            of_departments(here, view, [row.code for row in part]),
        )
        for part in pages(records(held))
    ]


def _department(here: Here, row: Any) -> tuple[Markup | str, ...]:
    return (
        row.name,
        share_bar(row.on_plan / row.judged if row.judged else None, here.words("meeting.on_plan")),
        f"{row.on_plan}/{row.judged}",
        element("span", str(row.lagging), class_="alarm" if row.lagging else None),
        here.words("list.pause").join(row.behind),
        str(row.unreported),
        element("span", str(row.overdue), class_="alarm" if row.overdue else None),
    )


def department(here: Here, view: Briefing, code: str) -> list[Leaf]:
    """The county-level figures one department leads as bullet bars, worst first."""
    words = here.words
    sentence = sentences.department_sentence(words, view, code)
    people = of_one(here, in_charge(view.directory, department=code))
    cells = principal(view.cells_at(Level.COUNTY))
    led = [row.code for row in records(view.directory.indicators) if row.lead == code]
    held = by_need(cells[cells["indicator"].isin(led)], view)
    return named_bars(here, view, sentence, people, held, words("department.none"))


def indicator(here: Here, view: Briefing, code: str) -> list[Leaf]:
    """One indicator: the county's figure in the sentence, its parts as bullet bars, worst first."""
    words, definition = here.words, view.definitions[code]
    people = of_one(here, in_charge(view.directory, indicator=code)) + _lead(here, view, definition["lead"])
    found = county_figure(here, code)
    if found is None:
        return [Leaf(str(definition["name"]), in_words(words("meeting.no_figure")), people)]
    sentence = sentences.figure_sentence(words, found)
    held = principal(parts(found))
    if held.empty:
        return [Leaf(sentence, _alone(here, view, next(records(found.cells))), people)]
    return [
        Leaf(
            sentence,
            bullets(here, view, words("col.township"), ((view.names[cell.unit], cell) for cell in part)),
            people,
        )
        for part in pages(records(held))
    ]


def _alone(here: Here, view: Briefing, cell: Any) -> Markup:
    """The county's own figure where no township has a part in it: its bar, and the figures behind it."""
    words, definition = here.words, view.definitions[cell.indicator]
    measure = str(definition["measure"])
    facts = [
        (words("col.actual"), measured(amount(cell, definition, words), measure)),
        (words("col.target"), aim(cell, definition, words.lang, measure)),
        (words("col.planned"), percent(cell.planned)),
    ]
    own = bullets(here, view, words("col.unit"), [(view.name, cell)])
    told = element("p", words("meeting.no_parts"), class_="beneath")
    return own + rows([words("meeting.fact"), words("meeting.content")], facts, "facts") + told


def _lead(here: Here, view: Briefing, lead: Any) -> Markup:
    if not isinstance(lead, str):
        return EMPTY
    names = view.directory.departments.set_index("code")["short_name"]
    return element("span", here.words("meeting.lead", name=names.get(lead, lead)))
