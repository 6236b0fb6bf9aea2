"""The slides of one meeting: an agenda, drawn of one day as known at one moment, made once and kept.

The moment of knowledge is in the address and lies in the past, so that what is written later changes
nothing: a deck is kept without regard to the version of the data.
"""

from collections.abc import Callable
from dataclasses import dataclass

from briefing.agenda import SUBJECT, Agenda, Entry, View, has_subject
from briefing.load import Briefing
from ui.guard import Here
from ui.meeting import of_departments, of_overview, of_rectification, of_townships
from ui.meeting.leaves import ROWS, Leaf, in_words, pages
from ui.views import DECKS, county_view

DRAWN: dict[View, Callable[[Here, Briefing, str], list[Leaf]]] = {
    View.OVERVIEW: of_overview.overview,
    View.THINGS: of_overview.attention,
    View.MATRIX: of_townships.matrix,
    View.RANKING: of_townships.ranks,
    View.FLAGS: of_townships.flagged_units,
    View.UNREPORTED: of_townships.unreported,
    View.DEPARTMENTS: of_departments.departments,
    View.DEPARTMENT: of_departments.department,
    View.INDICATOR: of_departments.indicator,
    View.TOWNSHIP: of_townships.township,
    View.LEDGER: of_rectification.figures,
    View.OVERDUE: of_rectification.overdue,
    View.ISSUE: of_rectification.item,
}
assert set(DRAWN) == set(View)


@dataclass(frozen=True)
class Slide:
    """One slide: which entry of the agenda (from 1), which part of it, and what it says."""

    entry: int
    part: int
    parts: int
    title: str
    leaf: Leaf


@dataclass(frozen=True)
class Deck:
    """All slides in order; `extra` is shown after the agenda without being on it.

    A place counts through the whole meeting: first the pages of the agenda, then the slides, then the end.
    """

    agenda: Agenda
    view: Briefing
    titles: tuple[str, ...]
    extra: Entry | None
    slides: tuple[Slide, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the agenda, then the one beside it."""
        return (*self.agenda.entries, *([self.extra] if self.extra else []))

    @property
    def contents(self) -> list[list[int]]:
        """The numbers of the entries on each page of the agenda."""
        return pages(range(1, len(self.titles) + 1), ROWS)

    @property
    def end(self) -> int:
        """The place after the last slide."""
        return len(self.contents) + len(self.slides)

    def place_of_slide(self, number: int) -> int:
        """The place of the slide of this number, from 1."""
        return len(self.contents) + number - 1

    def number_of(self, place: int) -> int:
        """The number of the slide at a place; 0 or less on the pages of the agenda."""
        return place - len(self.contents) + 1

    def first_of(self, entry: int) -> int:
        """The number of an entry's first slide."""
        return next(number for number, slide in enumerate(self.slides, 1) if slide.entry == entry)


def deck_of(here: Here, agenda: Agenda, extra: Entry | None) -> Deck:
    """The slides of an agenda in the frame of the address; `extra` stands after it."""
    address = here.address
    key = (here.scope, tuple(address.frame().items()), address.base, agenda, extra)
    return DECKS.get(key, lambda: _made(here, agenda, extra))


def _made(here: Here, agenda: Agenda, extra: Entry | None) -> Deck:
    view = county_view(here)
    entries = (*agenda.entries, *([extra] if extra else []))
    titles = tuple(title_of(here, view, entry) for entry in entries)
    slides = [
        Slide(number, part, len(leaves), title, leaf)
        for number, (entry, title) in enumerate(zip(entries, titles, strict=True), 1)
        for leaves in [_leaves(here, view, entry)]
        for part, leaf in enumerate(leaves, 1)
    ]
    return Deck(agenda, view, titles, extra, tuple(slides))


def _leaves(here: Here, view: Briefing, entry: Entry) -> list[Leaf]:
    """The slides of one entry; one that says so where the county does not have it on this day."""
    if entry.view in SUBJECT and not has_subject(view, entry):
        sentence = here.words("meeting.gone", title=title_of(here, view, entry))
        return [Leaf(sentence, in_words(here.words("meeting.gone_why")))]
    return DRAWN[entry.view](here, view, entry.of)


def title_of(here: Here, view: Briefing, entry: Entry) -> str:
    """The clerk's own title; else the view's name, with what it is about."""
    if entry.title:
        return entry.title
    name = here.words(f"meeting.view.{entry.view}")
    if entry.view is View.MATRIX:
        return here.words("meeting.titled_page", view=name, page=entry.of) if entry.of else name
    about = subject_name(view, entry)
    return here.words("meeting.titled", view=name, about=about) if about else name


def subject_name(view: Briefing, entry: Entry) -> str:
    """What an entry is about, by name; its code where the county does not have it, empty where it needs none."""
    if entry.view not in SUBJECT or not has_subject(view, entry):
        return entry.of
    if entry.view is View.TOWNSHIP:
        return view.names[entry.of]
    if entry.view is View.INDICATOR:
        return str(view.definitions[entry.of]["name"])
    if entry.view is View.DEPARTMENT:
        return str(view.directory.departments.set_index("code").at[entry.of, "short_name"])
    return entry.of
