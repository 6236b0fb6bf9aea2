"""Slides of the ledger of rectification: its figures, what is overdue, one item."""

from typing import Any

from briefing.load import Briefing
from briefing.rectification import chosen, ledger
from metrics.columns import records
from metrics.figures import day_text, percent
from metrics.vocabulary import Clock, IssueState, Level
from metrics.words import word
from ui import sentences
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.meeting.leaves import Leaf, cards, in_words, of_first_units, of_units, pages, rows
from ui.panels.issues import clock, unit_name

# How many of the moves of an item are shown, the newest.
MOVES = 3


def figures(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """Open, due soon, overdue, deferred, the closing rate, and how old the open items are."""
    words, counted = here.words, ledger(view.issues)
    sentence = sentences.ledger_sentence(words, view)
    if view.issues.empty:
        return [Leaf(sentence, in_words(words("meeting.no_issues")))]
    rate = percent(counted.closing_rate) if counted.closing_rate is not None else "—"
    held = [
        (words("issues.open"), str(counted.open), ""),
        (words("issues.due_soon"), str(counted.due_soon), "yellow" if counted.due_soon else ""),
        (words("issues.overdue"), str(counted.overdue), "red" if counted.overdue else ""),
        (words("issues.deferred"), str(counted.deferred), ""),
        (words("issues.closing_rate"), rate, ""),
    ]
    ages = [
        (words("meeting.age", bucket=words(f"issues.age.{bucket}")), str(count), "")
        for bucket, count in counted.ages
    ]
    late = chosen(view.issues, show=Clock.OVERDUE)
    units = list(dict.fromkeys(_unit_in_charge(view, code) for code in late["unit"]))
    return [Leaf(sentence, cards([*held, *ages]), of_first_units(here, view, units))]


def overdue(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """The overdue items, the longest first."""
    words = here.words
    sentence = sentences.ledger_sentence(words, view)
    held = chosen(view.issues, show=Clock.OVERDUE)
    if held.empty:
        return [Leaf(sentence, in_words(words("meeting.no_overdue")))]
    heads = [words(f"col.{key}") for key in ("unit", "title", "owner", "deadline", "clock")]
    return [
        Leaf(
            sentence,
            rows(heads, [_item(here, view, row) for row in part], "items"),
            join(dict.fromkeys(_answers(here, view, row) for row in part), words("list.semicolon")),
        )
        for part in pages(records(held))
    ]


def _item(here: Here, view: Briefing, row: Any) -> tuple[Markup | str, ...]:
    return (
        unit_name(view, row.unit),
        f"{row.number} {row.title}",
        _department(view, row.department),
        day_text(row.deadline, short=True),
        clock(here, row),
    )


def item(here: Here, view: Briefing, number: str) -> list[Leaf]:
    """One item: what is wrong, whose it is, its clock and its last moves."""
    words = here.words
    row = next(records(view.issues[view.issues["number"] == number]))
    events = view.issue_events
    moves = events[(events["number"] == number) & (events["day"] <= view.frame.as_of)].tail(MOVES)
    lines: list[tuple[Markup | str, ...]] = [
        (words("col.unit"), f"{unit_name(view, row.unit)} · {_department(view, row.department)}"),
        (words("col.source"), f"{row.source} · {row.problem_class}"),
        (words("col.deadline"), f"{day_text(row.deadline, words.lang)}"),
        (words("col.state"), element("span", word(IssueState(row.state), words.lang), " ", clock(here, row))),
    ]
    lines += [(day_text(move.day, short=True), _move(here, move)) for move in records(moves)]
    heads = [words("meeting.fact"), words("meeting.content")]
    return [Leaf(f"{number} {row.title}", rows(heads, lines, "facts"), _answers(here, view, row))]


def _move(here: Here, move: Any) -> str:
    said = f"{word(IssueState(move.state), here.words.lang)} · {move.actor}"
    return f"{said} · {move.note}" if isinstance(move.note, str) and move.note else said


def _department(view: Briefing, code: Any) -> str:
    names = view.directory.departments.set_index("code")["short_name"]
    return str(names.get(code, "—")) if isinstance(code, str) else "—"


def _unit_in_charge(view: Briefing, code: str) -> str:
    """A village's items are asked of its township."""
    is_village = code in view.units.index and view.units.at[code, "level"] == Level.VILLAGE
    return str(view.units.at[code, "parent"]) if is_village else code


def _answers(here: Here, view: Briefing, row: Any) -> Markup:
    """The person responsible for an item, by name; that nobody is registered is said."""
    people = view.directory.persons.set_index("code")
    if isinstance(row.responsible, str) and row.responsible in people.index:
        person = people.loc[row.responsible]
        text = here.words(
            "meeting.person", unit=unit_name(view, row.unit), name=person["name"], post=person["post"]
        )
        return element("span", text)
    unit = _unit_in_charge(view, row.unit)
    return of_units(here, view, [unit]) if unit in view.units.index else EMPTY
