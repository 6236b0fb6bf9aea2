"""The meeting on the screen: one place of its deck, or why there is no meeting at this address."""

from dataclasses import replace

from data_access.agendas import recorded_after
from data_access.engine import read
from data_access.errors import AgendaUnusable
from metrics.words import Lang
from ui import clock
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, join, show
from ui.meeting import frame
from ui.meeting.deck import Deck, deck_of
from ui.meeting.entering import FROM, ONE_OF, OWN_NAME, PAGE_VIEWS, agenda_asked, extra_entry
from ui.meeting.moment import is_fixed
from ui.meeting.turning import link_to, listen, place_of
from ui.registry import HOME, MEETING
from ui.theme import meeting_style, style


def draw(here: Here) -> None:
    """Show the place the address asks for and listen for the next press."""
    if not is_fixed(here.address.known_at, here.now, here.scope.county):
        show(_refusal(here, here.words("meeting.no_moment"), ""))
        return
    try:
        agenda, note = agenda_asked(here)
    except AgendaUnusable as fault:
        lang: Lang = here.words.lang
        show(_refusal(here, fault.sentence(lang), fault.remedy(lang)))
        return
    deck = deck_of(here, agenda, extra_entry(here, agenda))
    place = place_of(here, deck)
    show(_at(here, deck, place, note))
    listen(here, deck, place)


def _at(here: Here, deck: Deck, place: int, note: str) -> Markup:
    if place >= deck.end:
        return _leaving(here, deck)
    if place < len(deck.contents):
        return frame.agenda(here, deck, place, note)
    return frame.slide(here, deck, place)


def _leaving(here: Here, deck: Deck) -> Markup:
    """Whether anything came in since the moment the slides speak of, and the ways out."""
    words, moment = here.words, here.address.known_at
    assert moment is not None
    with read(engine()) as connection:
        later = recorded_after(connection, here.scope, moment)
    shown = frame.moment_text(here)
    sentence = words("meeting.nothing_newer", moment=shown)
    if later:
        parts = (words(f"meeting.newer.{kind}", count=count) for kind, count in later.items())
        sentence = words("meeting.newer", moment=shown, parts=words("list.pause").join(parts))
    links = [
        element(
            "a",
            words("meeting.leave_now", page=_left(here)),
            href=_way_out(here, known=False),
            class_="leave",
        ),
        element("a", words("meeting.leave_then", page=_left(here)), href=_way_out(here, known=True)),
        element("a", words("meeting.again"), href=link_to(here, deck, 0), data_to="0"),
    ]
    ways = element("ul", join(element("li", link) for link in links), class_="contents")
    people = element("span", words("meeting.leave_help", page=_left(here)))
    return frame.screen(here, deck, deck.end, words("meeting.over"), sentence, ways, people)


def _left(here: Here) -> str:
    return here.words(f"page.{_page(here)}")


def _page(here: Here) -> str:
    page = here.address.get(FROM)
    return page if page in PAGE_VIEWS else HOME


def _way_out(here: Here, *, known: bool) -> str:
    """The page the meeting was opened from, with the data of now or of the meeting."""
    page, params = _page(here), {}
    if page in ONE_OF:
        name, _ = ONE_OF[page]
        params[OWN_NAME.get(name, name)] = here.address.get(name)
    address = here.address if known else replace(here.address, known_at=None)
    return address.link(page, **params)


def _refusal(here: Here, sentence: str, remedy: str) -> Markup:
    """No meeting at this address: why, and the way to one that opens now."""
    words = here.words
    opened = replace(here.address, known_at=clock.now().replace(microsecond=0), params={})
    links = [
        element("a", words("meeting.open_now"), href=opened.link(MEETING, a="0.0" if remedy else None)),
        element("a", words("meeting.to_start"), href=here.address.link(HOME), class_="leave"),
    ]
    return (
        style()
        + meeting_style()
        + element(
            "div",
            element("p", words("page.meeting"), class_="kicker"),
            element("h1", sentence),
            element(
                "div",
                element("p", remedy, class_="none"),
                element("ul", join(element("li", link) for link in links), class_="contents"),
                class_="picture",
            ),
            element("div", class_="foot"),
            class_="xs mt",
        )
    )
