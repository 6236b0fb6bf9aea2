"""What a meeting looks at and in which order: the agenda, as the clerk saved it or as shipped."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from briefing.load import Briefing
from data_access.agendas import AgendaVersion
from data_access.errors import AgendaEmpty, AgendaUnusable, NotFound
from metrics.vocabulary import Level

MOST_ENTRIES = 30
LONGEST_TITLE = 40


class View(StrEnum):
    """What a slide can show; each is one question."""

    OVERVIEW = "overview"
    THINGS = "things"
    MATRIX = "matrix"
    RANKING = "ranking"
    FLAGS = "flags"
    UNREPORTED = "unreported"
    DEPARTMENTS = "departments"
    DEPARTMENT = "department"
    INDICATOR = "indicator"
    TOWNSHIP = "township"
    LEDGER = "ledger"
    OVERDUE = "overdue"
    ISSUE = "issue"


# What a view must be told besides: which department, indicator, township, item. A matrix may name a page.
SUBJECT = {
    View.DEPARTMENT: "department",
    View.INDICATOR: "indicator",
    View.TOWNSHIP: "township",
    View.ISSUE: "issue",
}


@dataclass(frozen=True)
class Entry:
    """One view of an agenda: of what, and under which title (empty: the view's own name)."""

    view: View
    of: str = ""
    title: str = ""


@dataclass(frozen=True)
class Agenda:
    """A version of an agenda. Version 0 is the shipped one, used where the county made none.

    `as_of` with its `year`, and `known_at`, are fixed beforehand where the clerk chose so.
    """

    code: str
    version: int
    name: str
    entries: tuple[Entry, ...]
    year: int | None = None
    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def is_shipped(self) -> bool:
        """Whether it is the default that the program brings."""
        return self.version == 0

    @property
    def key(self) -> str:
        """How an address names this very version."""
        return f"{self.code}.{self.version}"


SHIPPED = Agenda(
    "0",
    0,
    "",
    tuple(
        Entry(view)
        for view in (
            View.OVERVIEW,
            View.THINGS,
            View.FLAGS,
            View.UNREPORTED,
            View.DEPARTMENTS,
            View.OVERDUE,
        )
    ),
)


def agenda_of(held: AgendaVersion) -> Agenda:
    """An agenda as it was stored. Raises `AgendaUnusable` for content this program does not know."""
    try:
        content = json.loads(held.content)
        entries = tuple(_entry(held.name, each) for each in content["entries"])
        as_of = date.fromisoformat(content["as_of"]) if content.get("as_of") else None
        known_at = datetime.fromisoformat(content["known_at"]) if content.get("known_at") else None
        year = int(content["year"]) if content.get("year") else None
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise AgendaUnusable(held.name, _shortened(held.content)) from fault
    return Agenda(held.code, held.version, held.name, entries, year, as_of, known_at)


def content_of(
    entries: Sequence[Entry], year: int | None, as_of: date | None, known_at: datetime | None
) -> dict[str, object]:
    """The content of an agenda as it is stored."""
    return {
        "entries": [
            {name: value for name, value in (("view", e.view), ("of", e.of), ("title", e.title)) if value}
            for e in entries
        ],
        "year": year if as_of else None,
        "as_of": as_of.isoformat() if as_of else None,
        "known_at": known_at.isoformat() if known_at else None,
    }


def check_entries(county: Briefing, name: str, entries: Sequence[Entry]) -> None:
    """Raise `NotFound` for what the county does not have, `AgendaEmpty` for none, `AgendaUnusable` for too many."""
    if not entries:
        raise AgendaEmpty(name)
    if len(entries) > MOST_ENTRIES:
        raise AgendaUnusable(name, str(len(entries)))
    for entry in entries:
        if entry.view in SUBJECT and not has_subject(county, entry):
            raise NotFound(SUBJECT[entry.view], entry.of)
        if entry.view is View.MATRIX and entry.of and not (entry.of.isascii() and entry.of.isdigit()):
            raise AgendaUnusable(name, entry.of)
        if len(entry.title) > LONGEST_TITLE:
            raise AgendaUnusable(name, entry.title)


def has_subject(county: Briefing, entry: Entry) -> bool:
    """Whether the county has what the entry is about, on its day."""
    return entry.of in subjects(county, entry.view)


def subjects(county: Briefing, view: View) -> list[str]:
    """The codes a view may be about, in the order of the record; none for a view that needs none.

    Departments that lead an indicator come first, and items that are open.
    """
    directory = county.directory
    if view is View.TOWNSHIP:
        units = directory.units
        return _codes(units[units["level"] == Level.TOWNSHIP].sort_values("sort")["code"])
    if view is View.DEPARTMENT:
        leads = directory.departments["code"].isin(directory.indicators["lead"])
        ordered = directory.departments.assign(_leads=leads)
        return _codes(ordered.sort_values(["_leads", "sort"], ascending=[False, True])["code"])
    if view is View.INDICATOR:
        return _codes(directory.indicators["code"])
    if view is View.ISSUE:
        issues = county.issues.sort_values("is_open", ascending=False, kind="stable")
        return _codes(issues["number"])
    return []


def _codes(column: Iterable[Any]) -> list[str]:
    return [str(code) for code in column]


def _entry(name: str, held: Any) -> Entry:
    if held["view"] not in set(View):
        raise AgendaUnusable(name, str(held["view"]))
    return Entry(View(held["view"]), str(held.get("of", "")), str(held.get("title", "")))


def _shortened(content: str) -> str:
    return content if len(content) <= LONGEST_TITLE else f"{content[:LONGEST_TITLE]}…"
