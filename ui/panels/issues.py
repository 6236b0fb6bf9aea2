"""Rectification items as a list, each with its clock in words, and one item with its history."""

from typing import Any

import pandas as pd

from briefing.load import Briefing
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import Clock, IssueState
from metrics.words import word
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.tables import Column, Row, facts, table

TINTS = {Clock.OVERDUE: "s-red", Clock.DUE_SOON: "s-yellow", Clock.IN_TIME: "s-grey"}
MARKS = {Clock.OVERDUE: "■", Clock.DUE_SOON: "▲", Clock.IN_TIME: "○"}


def listing(here: Here, briefing: Briefing, issues: pd.DataFrame) -> Markup:
    """The items in the order given."""
    words = here.words
    if issues.empty:
        return element("p", words("issues.none"), class_="quiet")
    names = briefing.directory.departments.set_index("code")["short_name"]
    rows = [
        Row(
            (
                element("a", row.number, href=here.address.link("rectification", n=row.number)),
                unit_name(briefing, row.unit),
                element("a", row.title, href=here.address.link("rectification", n=row.number)),
                row.source,
                row.problem_class,
                names.get(row.department, "") if isinstance(row.department, str) else "",
                word(IssueState(row.state), words.lang),
                day_text(row.deadline, words.lang, short=True),
                clock(here, row),
            )
        )
        for row in records(issues)
    ]
    keys = ("number", "unit", "title", "source", "problem_class", "owner", "state", "deadline", "clock")
    return table([Column(words(f"col.{key}")) for key in keys], rows)


def clock(here: Here, row: Any) -> Markup:
    """In time, due soon or overdue, with the days; nothing for a closed item."""
    if not row.is_open or not isinstance(row.clock, str):
        return element("span", "—", class_="quiet")
    key = Clock(row.clock)
    text = here.words(f"clock.{key}", days=abs(int(row.days)))
    return element("span", f"{MARKS[key]} {text}", class_=f"s {TINTS[key]}")


def unit_name(briefing: Briefing, code: str) -> str:
    """A unit's name, a village's with its township before it."""
    units = briefing.units
    if code not in units.index:
        return code
    row = units.loc[code]
    if row["level"] == "village" and row["parent"] in units.index:
        return f"{units.at[row['parent'], 'name']}{row['name']}"
    return str(row["name"])


def whole_page(here: Here, briefing: Briefing, number: str) -> Markup:
    """One item."""
    return element("div", one(here, briefing, number), class_="xs")


def one(here: Here, briefing: Briefing, number: str) -> Markup:
    """One item: what is wrong, who answers, its clock, and every move with its evidence."""
    words = here.words
    row = next(records(briefing.issues[briefing.issues["number"] == number]))
    names = briefing.directory.departments.set_index("code")["name"]
    people = briefing.directory.persons.set_index("code")
    who = (
        people.loc[row.responsible]
        if isinstance(row.responsible, str) and row.responsible in people.index
        else None
    )
    figure: Markup | str = ""
    if isinstance(row.indicator, str) and row.indicator in briefing.indicators.index:
        figure = element(
            "a",
            briefing.indicators.at[row.indicator, "name"],
            href=here.address.link("figure", u=row.unit, i=row.indicator),
        )
    shown = facts(
        [
            (
                words("col.unit"),
                element("a", unit_name(briefing, row.unit), href=unit_link(here, briefing, row.unit)),
            ),
            (words("issue.figure"), figure),
            (words("col.source"), row.source),
            (words("col.problem_class"), row.problem_class),
            (words("issue.detail"), row.detail),
            (words("col.owner"), names.get(row.department, "") if isinstance(row.department, str) else ""),
            (words("issue.responsible"), f"{who['name']} {who['post']}" if who is not None else ""),
            (words("issue.opened_on"), day_text(row.opened_on, words.lang)),
            (words("issue.first_deadline"), day_text(row.first_deadline, words.lang)),
            (words("col.deadline"), day_text(row.deadline, words.lang)),
            (words("col.state"), word(IssueState(row.state), words.lang)),
            (words("col.clock"), clock(here, row)),
        ]
    )
    return element(
        "div",
        element("div", shown, class_="box"),
        element("div", element("h2", words("issue.history")), _history(here, briefing, number)),
        class_="half",
    )


def unit_link(here: Here, briefing: Briefing, code: str) -> str:
    """The page of a unit, by its level."""
    level = briefing.units.at[code, "level"] if code in briefing.units.index else ""
    page = {"village": "villages", "township": "townships"}.get(level, "overview")
    return here.address.link(page, u=code if page != "overview" else None)


def _history(here: Here, briefing: Briefing, number: str) -> Markup:
    events = briefing.issue_events
    mine = events[(events["number"] == number) & (events["day"] <= briefing.frame.as_of)]
    return element("ul", join(_event(here, row) for row in records(mine)), class_="line")


def _event(here: Here, row: Any) -> Markup:
    words = here.words
    who = row.actor
    if isinstance(row.actor_unit, str):
        who = words("person.at", name=row.actor, unit=row.actor_unit)
    lines = [
        element("b", f"{day_text(row.day, words.lang)} {word(IssueState(row.state), words.lang)}"),
        f" {who}",
    ]
    if row.round > 1:
        lines.append(f" {words('issue.round', round=row.round)}")
    for key in ("note", "evidence"):
        value = getattr(row, key)
        if isinstance(value, str) and value:
            lines.append(element("div", words(f"issue.{key}", text=value), class_="quiet"))
    if pd.notna(row.deadline):
        lines.append(
            element(
                "div", words("issue.new_deadline", day=day_text(row.deadline, words.lang)), class_="quiet"
            )
        )
    return element("li", *lines) if lines else EMPTY
