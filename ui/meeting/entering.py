"""The ways into a meeting: the link at the head of a page, and the agenda and slide an address asks for."""

from dataclasses import replace

from briefing.agenda import SHIPPED, Agenda, Entry, View, agenda_of
from data_access.agendas import read_agenda, read_agendas
from data_access.engine import read
from data_access.errors import AgendaUnusable
from metrics.figures import day_text
from ui.address import Address
from ui.database import engine
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.registry import MEETING

# Which views belong to a page, and the view of the one thing it may name (by which parameter).
PAGE_VIEWS: dict[str, tuple[View, ...]] = {
    "overview": (View.OVERVIEW, View.THINGS),
    "townships": (View.MATRIX, View.RANKING, View.FLAGS, View.UNREPORTED),
    "departments": (View.DEPARTMENTS,),
    "indicators": (View.INDICATOR,),
    "rectification": (View.LEDGER, View.OVERDUE),
}
ONE_OF: dict[str, tuple[str, View]] = {
    "townships": ("u", View.TOWNSHIP),
    "departments": ("d", View.DEPARTMENT),
    "indicators": ("i", View.INDICATOR),
    "rectification": ("no", View.ISSUE),
}
# What the pages themselves call it, where a slide's own number stands in the way.
OWN_NAME = {"no": "n"}
VERSION = "a"
FROM = "v"


def link(here: Here) -> Markup:
    """The link into the meeting at the right slide; nothing on a page that has no slides."""
    page = here.address.page
    if page not in PAGE_VIEWS:
        return EMPTY
    agenda = agenda_in_use(here)
    params = {FROM: page, VERSION: agenda.key}
    if page in ONE_OF:
        name, _ = ONE_OF[page]
        params[name] = here.address.get(OWN_NAME.get(name, name))
    framed = fixed(here.address, agenda)
    is_other_day = framed.as_of != here.address.as_of
    day = day_text(framed.as_of, here.words.lang)
    text = here.words("meeting.enter_on", day=day) if is_other_day else here.words("meeting.enter")
    return element("a", text, href=framed.link(MEETING, **params), class_="meet noprint")


def fixed(address: Address, agenda: Agenda) -> Address:
    """The address in the frame the clerk fixed beforehand, as far as one was fixed."""
    if agenda.as_of is not None:
        address = replace(address, as_of=agenda.as_of, year=agenda.year or agenda.as_of.year)
    return replace(address, known_at=agenda.known_at) if agenda.known_at is not None else address


def agenda_in_use(here: Here) -> Agenda:
    """The agenda saved last; the shipped one where the county has none that this program can read."""
    with read(engine()) as connection:
        held = read_agendas(connection, here.scope, known_at=here.address.known_at)
    for each in held:
        try:
            return agenda_of(each)
        except AgendaUnusable:
            continue
    return SHIPPED


def agenda_asked(here: Here) -> tuple[Agenda, str]:
    """The version the address names, and the key of a note where it names none of ours."""
    asked = here.address.get(VERSION)
    if asked == SHIPPED.key:
        return SHIPPED, ""
    code, _, number = asked.partition(".")
    if number.isascii() and number.isdigit():
        with read(engine()) as connection:
            held = read_agenda(connection, here.scope, code, int(number))
        if held is not None:
            return agenda_of(held), ""
    return agenda_in_use(here), "meeting.unknown_agenda" if asked else ""


def extra_entry(here: Here, agenda: Agenda) -> Entry | None:
    """What the page that was left shows and the agenda does not have: it stands after the agenda."""
    page = here.address.get(FROM)
    wanted = _one(here, page)
    if wanted is not None:
        has_it = any((entry.view, entry.of) == (wanted.view, wanted.of) for entry in agenda.entries)
        return None if has_it else wanted
    views = PAGE_VIEWS.get(page, ())
    if page == "indicators" or not views or any(entry.view in views for entry in agenda.entries):
        return None
    return Entry(views[0])


def entry_asked(here: Here, entries: tuple[Entry, ...]) -> int:
    """The number of the entry a page's link opens at, from 1; 0 for the agenda."""
    page = here.address.get(FROM)
    wanted = _one(here, page)
    for number, entry in enumerate(entries, 1):
        if wanted is None and entry.view in PAGE_VIEWS.get(page, ()):
            return number
        if wanted is not None and (entry.view, entry.of) == (wanted.view, wanted.of):
            return number
    return 0


def _one(here: Here, page: str) -> Entry | None:
    if page not in ONE_OF:
        return None
    name, view = ONE_OF[page]
    return Entry(view, here.address.get(name)) if here.address.get(name) else None
