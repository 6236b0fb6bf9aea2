"""A slide on the screen: its sentence on top, its picture, the people and the page number at the bottom."""

from briefing.provenance import provenance
from metrics.figures import day_text
from ui.clock import county_time
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.meeting.deck import Deck
from ui.meeting.turning import link_to
from ui.theme import meeting_style, style


def slide(here: Here, deck: Deck, place: int) -> Markup:
    """The slide at a place."""
    words, shown = here.words, deck.slides[deck.number_of(place) - 1]
    kicker = words("meeting.kicker", number=shown.entry, title=shown.title)
    if shown.parts > 1:
        kicker += words("meeting.part", part=shown.part, parts=shown.parts)
    return screen(
        here,
        deck,
        place,
        kicker,
        shown.leaf.sentence,
        shown.leaf.picture,
        shown.leaf.people,
    )


def agenda(here: Here, deck: Deck, place: int, note: str) -> Markup:
    """One page of the agenda: its entries as large links with the numbers of their slides."""
    words = here.words
    title = words("meeting.shipped") if deck.agenda.is_shipped else deck.agenda.name
    links = join(_entry(here, deck, entry) for entry in deck.contents[place])
    kicker = words("meeting.agenda")
    if len(deck.contents) > 1:
        kicker += words("meeting.part", part=place + 1, parts=len(deck.contents))
    said = [words(note)] if note else []
    said += [words("meeting.keys")]
    people = join([element("span", each) for each in said], " ")
    return screen(here, deck, place, kicker, title, element("ol", links, class_="contents"), people)


def _entry(here: Here, deck: Deck, entry: int) -> Markup:
    first = deck.first_of(entry)
    place = deck.place_of_slide(first)
    is_extra = entry > len(deck.agenda.entries)
    beside = here.words("meeting.extra") if is_extra else ""
    return element(
        "li",
        element(
            "a",
            element("b", str(entry)),
            element("span", deck.titles[entry - 1], element("i", beside) if beside else EMPTY),
            element("em", str(first)),
            href=link_to(here, deck, place),
            data_to=str(place),
        ),
    )


def screen(
    here: Here, deck: Deck, place: int, kicker: str, sentence: str, picture: Markup, people: Markup
) -> Markup:
    """Everything between the edges of the screen."""
    words = here.words
    number = deck.number_of(place)
    where = (
        words("meeting.page", number=number, count=len(deck.slides))
        if 0 < number <= len(deck.slides)
        else words("meeting.slides", count=len(deck.slides))
    )
    as_of = words("head.as_of", day=day_text(here.address.as_of, words.lang))
    return (
        style()
        + meeting_style()
        + element(
            "div",
            element(
                "p",
                f"{kicker} · {words('note.day_to_come')}" if here.is_ahead else kicker,
                class_="kicker",
            ),
            element("h1", sentence),
            element("div", picture, class_="picture"),
            element(
                "div",
                element("p", people, class_="who"),
                element("p", element("b", where), " · ", element("b", as_of), class_="where"),
                element("p", _sources(here, deck), class_="sources"),
                _turns(here, deck, place),
                class_="foot",
            ),
            class_="xs mt",
        )
    )


def _sources(here: Here, deck: Deck) -> str:
    """How old the figures are, by which rule, as known when: small, and on every slide."""
    words, facts = here.words, provenance(deck.view)
    day = words("head.no_data")
    if facts.data_day:
        day = words("head.data_day", day=day_text(facts.data_day, words.lang))
    rule = words("head.rule_default" if facts.is_default_rule else "head.rule", number=facts.rule_number)
    return " · ".join((day, rule, words("meeting.known_at", moment=moment_text(here))))


def moment_text(here: Here) -> str:
    """The moment of knowledge, to the second."""
    moment = here.address.known_at
    return county_time(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else "—"


def _turns(here: Here, deck: Deck, place: int) -> Markup:
    """For the mouse: back, agenda, on, leave. They are links, so that they work before any script does."""
    words = here.words
    steps = (
        ("back", "‹", place - 1 if place > 0 else None),
        ("home", "≡", 0),
        ("on", "›", place + 1 if place < deck.end - 1 else None),
        ("close", "×", deck.end),
    )
    return element(
        "nav",
        join(
            element(
                "a",
                mark,
                href=link_to(here, deck, to),
                data_to=str(to),
                title=words(f"meeting.turn.{name}"),
                aria_label=words(f"meeting.turn.{name}"),
            )
            if to is not None
            else element("span", mark)
            for name, mark, to in steps
        ),
        class_="turns",
        aria_label=words("meeting.turns"),
    )
