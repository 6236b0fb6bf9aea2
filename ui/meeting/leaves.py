"""What a slide is made of: a sentence, one picture of at most seven things, and the people named below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import pandas as pd

from briefing.load import Briefing
from briefing.people import Responsible, in_charge
from metrics.columns import records
from metrics.figures import percent
from metrics.wording import target_words
from ui.cells import amount, bullet, cell_badge, gap_and_days
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.sentences import NAMED

T = TypeVar("T")
# Three metres: at most so many rows, and so many cells of a matrix with their words.
ROWS, SIDE = 7, 4


@dataclass(frozen=True)
class Leaf:
    """One slide of a view before it has its number."""

    sentence: str
    picture: Markup
    people: Markup = EMPTY


def pages(things: Iterable[T], size: int = ROWS) -> list[list[T]]:
    """The things in as few portions as fit a slide each, none much smaller; nothing at all is no portion."""
    held = list(things)
    count = -(-len(held) // size)
    ends = [len(held) * portion // max(count, 1) for portion in range(count + 1)]
    return [held[start:end] for start, end in pairwise(ends)]


def in_words(text: str) -> Markup:
    """The picture of a slide that has nothing to show."""
    return element("p", text, class_="none")


def rows(heads: Sequence[str], lines: Iterable[Sequence[Markup | str]], kind: str) -> Markup:
    """A table of large rows; `kind` names its columns' widths in the style sheet."""
    drawn = [
        element(
            "tr",
            element("th", line[0], scope="row"),
            *(element("td", cell if cell != "" else "—") for cell in line[1:]),
        )
        for line in lines
    ]
    top = element("tr", *(element("th", head, scope="col") for head in heads))
    return element("table", element("thead", top), element("tbody", *drawn), class_=f"rows {kind}")


def bullets(here: Here, view: Briefing, first: str, cells: Iterable[tuple[str, Any]]) -> Markup:
    """Named cells as bullet bars with the planned tick; `first` is the head of the names."""
    words, held = here.words, list(cells)
    heads = (first, *(words(f"meeting.{key}") for key in ("bar", "done", "gap", "state")))
    lines = [
        (
            name,
            _bar(here, view, cell),
            percent(cell.completion) if pd.notna(cell.completion) else "—",
            gap_and_days(cell, words),
            cell_badge(cell, words),
        )
        for name, cell in held
    ]
    return rows(heads, lines, "bullets") + whole_things(here, (cell for _, cell in held))


def whole_things(here: Here, cells: Iterable[Any]) -> Markup:
    """Why a cell may be green and behind: said where one stands whose shortfall is less than one thing."""
    if not any(cell.why == "whole_thing" for cell in cells):
        return EMPTY
    return element("p", here.words("meeting.whole_thing"), class_="beneath")


def named_bars(
    here: Here, view: Briefing, sentence: str, people: Markup, cells: pd.DataFrame, nothing: str
) -> list[Leaf]:
    """Cells of one unit or department by the names of their indicators, in pages; `nothing` where there are none."""
    if cells.empty:
        return [Leaf(sentence, in_words(nothing), people)]
    return [
        Leaf(
            sentence,
            bullets(
                here,
                view,
                here.words("col.indicator"),
                ((view.definitions[cell.indicator]["name"], cell) for cell in part),
            ),
            people,
        )
        for part in pages(records(cells))
    ]


def _bar(here: Here, view: Briefing, cell: Any) -> Markup | str:
    """The bar; where there is no completion, the actual value and the target in figures."""
    if pd.notna(cell.completion):
        return bullet(cell, here.words)
    definition = view.definitions[cell.indicator]
    target = target_words(cell, definition, here.words.lang)
    if pd.isna(cell.actual) and pd.isna(cell.actual_ratio):
        return here.words("meeting.target_only", target=target) if target else "—"
    actual = amount(cell, definition, here.words)
    return here.words("meeting.no_bar", actual=actual, target=target or "—")


def share_bar(share: Any, label: str, tick: float | None = None) -> Markup | str:
    """A bar of a share of one, with a tick where a limit stands; a dash where there is none to draw."""
    if pd.isna(share):
        return "—"
    mark = element("b", style=f"left:{tick:.1%}") if tick is not None else EMPTY
    fill = element("i", class_="f-share", style=f"width:{min(max(float(share), 0.0), 1.0):.1%}")
    return element("span", fill, mark, class_="bb", role="img", aria_label=label)


def cards(held: Iterable[tuple[str, str, str]]) -> Markup:
    """Large figures with their words: (word, figure, light)."""
    drawn = (
        element(
            "div",
            element("span", word, class_=f"label s-{light}" if light else "label"),
            element("span", figure, class_=f"value s-{light}" if light else "value"),
            class_="card",
        )
        for word, figure, light in held
    )
    return element("div", join(drawn), class_="cards")


def of_units(here: Here, view: Briefing, units: Iterable[str]) -> Markup:
    """Who answers for each of the units, grouped by role."""
    named = [(view.names[unit], in_charge(view.directory, unit=unit)) for unit in dict.fromkeys(units)]
    return _named(here, named)


def of_first_units(here: Here, view: Briefing, units: Sequence[str]) -> Markup:
    """The same of as many units as a sentence names; of more it is said how many people answer in all."""
    if len(units) <= NAMED + 1:
        return of_units(here, view, units)
    people = {held[0].name for held in (in_charge(view.directory, unit=unit) for unit in units) if held}
    more = element("span", here.words("meeting.and_more_people", count=len(people)))
    return of_units(here, view, units[:NAMED]) + more


def of_departments(here: Here, view: Briefing, departments: Iterable[str]) -> Markup:
    """Who answers for each of the departments, grouped by role."""
    names = view.directory.departments.set_index("code")["short_name"]
    held = [
        (str(names[code]), in_charge(view.directory, department=code)) for code in dict.fromkeys(departments)
    ]
    return _named(here, held)


def of_one(here: Here, held: Sequence[Responsible]) -> Markup:
    """Everybody who answers for one thing, each with their role."""
    if not held:
        return element("span", here.words("people.none"))
    shown = dict.fromkeys((person.role, person.name, person.post) for person in held)
    people = [element("span", f"{role} ", element("b", name), f" {post}") for role, name, post in shown]
    return join(people, str(here.words("list.semicolon")))


def _named(here: Here, held: Sequence[tuple[str, Sequence[Responsible]]]) -> Markup:
    words = here.words
    by_role: dict[str, list[str]] = {}
    for name, people in held:
        if people:
            text = words("meeting.person", unit=name, name=people[0].name, post=people[0].post)
            by_role.setdefault(people[0].role, []).append(text)
        else:
            by_role.setdefault(words("people.none"), []).append(name)
    parts = [
        element("span", element("b", words("meeting.role", role=role)), words("list.semicolon").join(names))
        for role, names in by_role.items()
    ]
    return join(parts, "　")
