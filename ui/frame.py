"""The frame round every page: menu, as-of form, the line of provenance, the sentence that answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from briefing.load import Briefing
from briefing.provenance import provenance
from metrics.figures import day_text, percent
from ui.address import moment_text
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join, void
from ui.meeting.entering import link as meeting_link
from ui.panels import legend, since
from ui.registry import PAGES
from ui.theme import style
from ui.timed import LINKED_NOW, SHOWN_NOW, clock_text

Crumbs = Sequence[tuple[str, str]]
# The pages that show a light print the rule it comes from.
WITH_LIGHTS = frozenset(
    {"overview", "townships", "departments", "villages", "indicators", "targets", "figure", "changes"}
)


def opening(here: Here, briefing: Briefing, sentence: str, crumbs: Crumbs = ()) -> Markup:
    """Everything above a page's own content."""
    return (
        style()
        + bar(here, briefing.title)
        + element(
            "div",
            _crumbs(crumbs),
            element("p", _line(here, briefing), class_="head"),
            meeting_link(here),
            since.line(here),
            element("h1", sentence),
            *notes(here),
            class_="xs",
        )
    )


def framed(here: Here, briefing: Briefing, sentence: str, content: Markup, crumbs: Crumbs = ()) -> Markup:
    """A whole page that asks nothing of the reader but links."""
    return opening(here, briefing, sentence, crumbs) + content + closing(here, briefing)


def bar(here: Here, title: str) -> Markup:
    """The menu: real links that keep year, day, moment and language."""
    address, words = here.address, here.words
    links = join(
        element(
            "a",
            words(f"page.{page.key}"),
            href=address.link(page.key),
            aria_current="page" if page.key == address.page else None,
        )
        for page in PAGES
        if page.in_menu
    )
    other = "en" if address.lang == "zh" else "zh"
    return element(
        "div",
        element("span", words("app.brand", county=title), class_="brand"),
        element("nav", links, aria_label=words("bar.menu")),
        _when(here),
        element("a", words("bar.other_language"), href=address.reframed(lang="" if other == "zh" else other)),
        class_="xs bar",
    )


def _when(here: Here) -> Markup:
    """The form that chooses another day or another moment; it writes the address and nothing else."""
    address, words = here.address, here.words
    known = _typed(address.known_at) if address.known_at else ""
    kept = {**address.params, "lang": address.lang if address.lang != "zh" else ""}
    hidden = join(void("input", type="hidden", name=k, value=v) for k, v in kept.items() if v)
    form = element(
        "form",
        hidden,
        element(
            "label",
            words("when.year"),
            void("input", type="number", name="y", value=address.year, min=2000, max=2100),
        ),
        element(
            "label",
            words("when.as_of"),
            void("input", type="date", name="asof", value=address.as_of.isoformat()),
        ),
        element(
            "label",
            words("when.known_at"),
            void("input", type="datetime-local", name="known", value=known, step="any"),
        ),
        element("p", words("when.help"), class_="quiet"),
        element("button", words("when.go"), type="submit"),
        method="get",
        action=address.here().split("?")[0],
    )
    shown = words("when.shown", day=day_text(address.as_of, address.lang))
    return element("details", element("summary", shown), form, class_="when")


def _line(here: Here, briefing: Briefing) -> Markup:
    """As-of day, data day, moment of knowledge, reporting rate, rule in force, scope: always there."""
    facts = provenance(briefing)
    words, lang = here.words, here.address.lang
    moment = here.address.known_at
    shown = clock_text(moment) if moment else SHOWN_NOW
    known = words("head.known_past" if moment else "head.known_now", moment=shown)
    parts = [
        element("b", words("head.as_of", day=day_text(here.address.as_of, lang))),
        words("head.data_day", day=day_text(facts.data_day, lang))
        if facts.data_day
        else words("head.no_data"),
        known,
        words(
            "head.reported",
            reported=facts.reported,
            owed=facts.owed,
            rate=percent(facts.rate),
        ),
        words("head.rule" if not facts.is_default_rule else "head.rule_default", number=facts.rule_number),
        words("head.scope_whole"),
        words("head.no_sign_in"),
    ]
    linked = moment_text(moment) if moment else LINKED_NOW
    link = element("a", words("head.link"), href=here.address.reframed(known=linked))
    return join(parts, " · ") + element("span", " · ", link, class_="noprint")


def _typed(moment: datetime) -> str:
    """A moment as the browser's own field takes it: to the thousandth at most, and then rounded up."""
    if moment.microsecond % 1000:
        moment += timedelta(microseconds=1000 - moment.microsecond % 1000)
    text = moment_text(moment)
    return text[:-3] if moment.microsecond else text


def notes(here: Here) -> list[Markup]:
    """What in the address could not be used, and that a day to come is judged: said once above the content."""
    keys = [*here.address.notes, *(["note.day_to_come"] if here.is_ahead else [])]
    return [element("p", here.words(key), class_="note") for key in keys]


def unknown_unit(here: Here) -> Markup:
    """Said above a list where the address asks for one unit that is not there."""
    if not here.address.get("u"):
        return EMPTY
    return element("p", here.words("note.unknown_unit"), class_="note")


def unknown_department(here: Here) -> Markup:
    """Said above the list of departments where the address asks for one that is not there."""
    if not here.address.get("d"):
        return EMPTY
    return element("p", here.words("note.unknown_department"), class_="note")


def unknown_indicator(here: Here) -> Markup:
    """Said above the list of indicators where the address asks for one that is not there."""
    if not here.address.get("i"):
        return EMPTY
    return element("div", element("p", here.words("note.unknown_indicator"), class_="note"), class_="xs")


def _crumbs(crumbs: Crumbs) -> Markup:
    if not crumbs:
        return EMPTY
    links = join(
        (element("a", text, href=href) if href else Markup("{}").format(text) for text, href in crumbs), " › "
    )
    return element("p", links, class_="crumbs")


def closing(here: Here, briefing: Briefing) -> Markup:
    """The foot of the page, printed with it: what stood above, and where the figures come from."""
    facts = provenance(briefing)
    text = here.words("foot.text", county=briefing.title, rule=facts.rule_number)
    lights = legend.at_foot(here, briefing) if here.address.page in WITH_LIGHTS else EMPTY
    return element("div", lights, element("p", text, class_="foot"), class_="xs")
