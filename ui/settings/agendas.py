"""Meeting agendas: which views a meeting looks at, in which order; every version is kept."""

from briefing.agenda import SHIPPED, Agenda, agenda_of
from briefing.load import Briefing
from data_access.agendas import AgendaVersion, read_agendas
from data_access.engine import read
from data_access.errors import AgendaUnusable
from metrics.figures import day_text
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, show
from ui.meeting.entering import VERSION, fixed
from ui.registry import MEETING
from ui.settings import agenda_form
from ui.settings.agenda_form import OPENED
from ui.tables import Column, Row, table


def draw(here: Here, view: Briefing) -> None:
    """The agendas saved so far, and the form for one of them or for a new one."""
    with read(engine()) as connection:
        held = read_agendas(connection, here.scope)
    show(_listing(here, held))
    code = here.address.get(OPENED)
    found = next((each for each in held if each.code == code), None)
    if code and found is None:
        show(element("div", element("p", here.words("agenda.unknown"), class_="note"), class_="xs"))
    agenda_form.draw(here, view, _opened(here, found))


def _opened(here: Here, found: AgendaVersion | None) -> Agenda:
    """The agenda to change; a new one begins as the shipped one, an unreadable one without entries."""
    if found is None:
        return SHIPPED
    try:
        return agenda_of(found)
    except AgendaUnusable as fault:
        text = fault.sentence(here.words.lang)
        show(element("div", element("p", text, class_="fault"), class_="xs"))
        return Agenda(found.code, found.version, found.name, ())


def _listing(here: Here, held: list[AgendaVersion]) -> Markup:
    words = here.words
    shipped = words("agenda.shipped_in_use" if not held else "agenda.shipped")
    rows = [Row(_row(here, each)) for each in held]
    rows.append(
        Row((shipped, _open(here, SHIPPED), str(len(SHIPPED.entries)), words("agenda.not_fixed"), "", "", ""))
    )
    keys = ("name", "open", "entries", "fixed", "version", "author", "saved_at")
    columns = [Column(words(f"agenda.{key}"), is_figure=key in ("entries", "version")) for key in keys]
    new = element("a", words("agenda.new"), href=here.address.link("settings", s="agenda"))
    return element(
        "div", table(columns, rows), element("p", words("agenda.help"), " ", new, class_="quiet"), class_="xs"
    )


def _row(here: Here, held: AgendaVersion) -> tuple[Markup | str, ...]:
    name = element("a", held.name, href=here.address.link("settings", s="agenda", **{OPENED: held.code}))
    saved = county_time(held.recorded_at).strftime("%Y-%m-%d %H:%M")
    try:
        agenda = agenda_of(held)
    except AgendaUnusable:
        return name, "", "", "", str(held.version), held.author, saved
    return (
        name,
        _open(here, agenda),
        str(len(agenda.entries)),
        frame_text(here, agenda),
        str(held.version),
        held.author,
        saved,
    )


def frame_text(here: Here, agenda: Agenda) -> str:
    """What the agenda fixes beforehand, in words."""
    words, parts = here.words, []
    if agenda.as_of:
        parts.append(words("head.as_of", day=day_text(agenda.as_of, words.lang)))
    if agenda.known_at:
        moment = county_time(agenda.known_at).strftime("%Y-%m-%d %H:%M:%S")
        parts.append(words("meeting.known_at", moment=moment))
    return " · ".join(parts) if parts else words("agenda.not_fixed")


def _open(here: Here, agenda: Agenda) -> Markup:
    """The way into the meeting; it opens on the agenda's own list."""
    address = fixed(here.address, agenda)
    return element(
        "a", here.words("agenda.go"), href=address.link(MEETING, **{VERSION: agenda.key}), target="_blank"
    )
