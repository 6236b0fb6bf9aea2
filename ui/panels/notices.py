"""All notices, and the form that drafts one of a snapshot."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from data_access.engine import read
from data_access.errors import UserFacing
from data_access.snapshots import Snapshot, read_snapshots
from metrics.figures import day_text
from metrics.vocabulary import NoticeState
from metrics.words import word
from notices.checking import Finding
from notices.choices import ANNEXES, DAYS_GIVEN, OPTIONAL_TYPED, TYPED, Choices, Demand, shipped_choices
from notices.figures import Figures
from notices.flow import make
from notices.opened import Opened, every, people, watched
from notices.told import finding_text
from ui import answers, clock
from ui.database import engine
from ui.frame import closing, opening
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join, show
from ui.tables import Column, Row, table
from ui.views import county_view, figures_now, figures_then, found_of, frozen_view, present_now

DEMANDS = 6
OPEN = (NoticeState.DRAFT, NoticeState.CHECKED, NoticeState.HEARING)


def opening_of(here: Here) -> None:
    """The head, with how many notices there are."""
    with read(engine()) as connection:
        held = every(connection, here.scope)
    issued = sum(each.standing.state in (NoticeState.ISSUED, NoticeState.CORRECTED) for each in held)
    begun = sum(each.standing.state in OPEN for each in held)
    sentence = here.words("notices.sentence", issued=issued, begun=begun)
    present_now(here, lambda at: opening(at, county_view(at), sentence))


def closing_of(here: Here) -> None:
    """The foot."""
    present_now(here, lambda at: closing(at, county_view(at)))


def draw(here: Here) -> None:
    """The list, and the form under it."""
    with read(engine()) as connection:
        held = every(connection, here.scope)
        snapshots = read_snapshots(connection, here.scope)
    show(element("div", _listing(here, held, snapshots), class_="xs"))
    issued = [each for each in held if each.standing.state in (NoticeState.ISSUED, NoticeState.CORRECTED)]
    if issued and st.button(here.words("notices.radar"), key="notices-radar"):
        show(element("div", _radar(here, issued), class_="xs"))
    show(element("div", element("h2", here.words("notices.new")), class_="xs"))
    if answers.refused_in_the_past(here):
        return
    whole = [each for each in snapshots if each.heading.is_whole]
    if not whole:
        link = element("a", here.words("page.snapshots"), href=here.address.link("snapshots"))
        show(element("div", element("p", here.words("notices.no_snapshot"), " ", link), class_="xs"))
        return
    _form(here, held, whole)


def _listing(here: Here, held: list[Opened], snapshots: list[Snapshot]) -> Markup:
    words = here.words
    if not held:
        return element("p", words("notices.none"), class_="quiet")
    days = {each.heading.number: day_text(each.heading.as_of, words.lang) for each in snapshots}
    keys = ("number", "title", "as_of", "state", "document", "drafter")
    rows = [
        Row(
            (
                str(each.notice.number),
                element("a", each.paper.name, href=here.address.link("notice", n=str(each.notice.number))),
                days.get(each.notice.snapshot, ""),
                word(each.standing.state, words.lang),
                each.document_number,
                each.events[0].actor_name,
            )
        )
        for each in held
    ]
    return table([Column(words(f"notices.{key}")) for key in keys], rows)


def _radar(here: Here, issued: list[Opened]) -> Markup:
    """The figures of issued notices that are others by what is known now."""
    words, found = here.words, []
    for each in issued:
        lines = changed_since(here, each)
        if lines:
            number = each.notice.number
            title = words("notices.radar_of", number=number, document=each.document_number, count=len(lines))
            link = element("a", title, href=here.address.link("notice", n=str(number)))
            said = (element("li", finding_text(line, words.lang)) for line in lines)
            found.append(element("p", link) + element("ul", join(said)))
    return join(found) if found else element("p", words("notices.radar_none"), class_="fine")


def changed_since(here: Here, notice: Opened) -> list[Finding]:
    """The figures of a notice that were corrected since."""

    def compared() -> list[Finding]:
        with read(engine()) as connection:
            about = watched(connection, here.scope, notice)
        if about is None:
            return []
        then = figures_then(here, about.snapshot)
        return about.corrected(then, figures_now(here, then.county.frame))

    return found_of(here, ("since", notice.notice.number, len(notice.events)), compared)


def _form(here: Here, held: list[Opened], snapshots: list[Snapshot]) -> None:
    words = here.words
    by_number = {each.heading.number: each for each in snapshots}
    number = st.selectbox(
        words("notices.snapshot"),
        list(by_number),
        format_func=lambda each: words(
            "notices.one_snapshot", number=each, day=day_text(by_number[each].heading.as_of, words.lang)
        ),
        key="notice-snapshot",
        width=420,
    )
    show(element("div", _of_that_day(here, held, by_number, number), class_="xs"))
    # What is suggested comes from the snapshot chosen, and from the notice before.
    kept = st.session_state.get("notice_suggested")
    if kept is None or kept[0] != number:
        figures = Figures(frozen_view(here, number))
        kept = (number, shipped_choices(figures, held[0].choices if held else None), _owners(figures))
        st.session_state["notice_suggested"] = kept
    _, suggested, owners = kept
    with read(engine()) as connection:
        acting = dict(people(connection, here.scope, here.now))
    with st.form("notice", border=True):
        choices = _choices(here, suggested, owners, f"notice-{number}")
        person = actor_choice(here, acting, "notice-person")
        wanted = st.form_submit_button(words("notices.draft"), type="primary")
    if not wanted:
        return
    if person is None:
        answers.wrong(words("notices.no_person"))
        return
    try:
        made = make(engine(), here.scope, number, choices, actor=person, moment=clock.now())
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    link = element("a", words("notices.open", number=made), href=here.address.link("notice", n=str(made)))
    show(element("div", element("p", words("notices.made"), " ", link, class_="fine"), class_="xs"))


def _of_that_day(here: Here, held: list[Opened], snapshots: dict[int, Snapshot], number: int) -> Markup:
    """The notices there are of the day of a snapshot: a second one of the same day is rarely meant."""
    words, day = here.words, snapshots[number].heading.as_of
    days = {each: snapshot.heading.as_of for each, snapshot in snapshots.items()}
    same = [
        each
        for each in held
        if days.get(each.notice.snapshot) == day and each.standing.state is not NoticeState.WITHDRAWN
    ]
    if not same:
        return EMPTY
    links = (
        element(
            "a",
            words(
                "notices.one_of_day",
                number=each.notice.number,
                state=word(each.standing.state, words.lang),
            ),
            href=here.address.link("notice", n=str(each.notice.number)),
        )
        for each in same
    )
    said = words("notices.of_that_day", day=day_text(day, words.lang))
    return element("p", said, join(links, " "), " ", words("notices.of_that_day_else"), class_="quiet")


def _owners(figures: Figures) -> dict[str, str]:
    """Whom something can be asked of: townships, then departments, by code."""
    departments = figures.county.directory.departments
    units = {f"u:{code}": figures.county.names[code] for code in figures.townships}
    names = zip(departments["code"], departments["short_name"], strict=True)
    return units | {f"d:{code}": str(name) for code, name in names}


def _choices(here: Here, suggested: Choices, owners: dict[str, str], key: str) -> Choices:
    words = here.words
    left, middle, right = st.columns(3)
    is_criticism = left.checkbox(words("notices.criticism"), suggested.is_criticism, key=f"{key}-criticism")
    is_ranked = middle.checkbox(words("notices.ranked"), suggested.is_ranked, key=f"{key}-ranked")
    has_praise = right.checkbox(words("notices.praise"), suggested.has_praise, key=f"{key}-praise")
    annexes = st.multiselect(
        words("notices.annexes"),
        ANNEXES,
        default=list(suggested.annexes),
        format_func=lambda each: words(f"notices.annex.{each}"),
        key=f"{key}-annexes",
        placeholder=words("rules.choose"),
        select_all=False,
    )
    typed = {}
    columns = st.columns(2)
    for place, name in enumerate(TYPED):
        label = words(f"notices.typed.{name}")
        text = label if name not in OPTIONAL_TYPED else words("notices.optional", label=label)
        typed[name] = columns[place % 2].text_input(
            text, suggested.typed.get(name, ""), key=f"{key}-{name}", max_chars=200
        )
    show(element("div", element("p", words("notices.criticism_help"), class_="quiet"), class_="xs"))
    demands = _demands(here, suggested, owners, key)
    return replace(
        suggested,
        is_criticism=is_criticism,
        is_ranked=is_ranked,
        has_praise=has_praise,
        annexes=tuple(each for each in ANNEXES if each in annexes),
        typed=typed,
        demands=demands,
    )


def _demands(here: Here, suggested: Choices, owners: dict[str, str], key: str) -> tuple[Demand, ...]:
    words = here.words
    day = max(here.address.as_of, here.today) + timedelta(days=DAYS_GIVEN)
    spare = [Demand("", day=day)] * (DEMANDS - len(suggested.demands))
    found = []
    for place, each in enumerate((*suggested.demands, *spare)):
        what, who, when = st.columns((3, 2, 1))
        text = what.text_input(
            words("notices.demand", number=place + 1), each.text, key=f"{key}-demand-{place}", max_chars=300
        )
        named = [*(f"u:{code}" for code in each.units), *(f"d:{code}" for code in each.departments)]
        chosen = who.multiselect(
            words("notices.owners"),
            list(owners),
            default=[code for code in named if code in owners],
            format_func=owners.__getitem__,
            key=f"{key}-owners-{place}",
            placeholder=words("notices.owners_all"),
            select_all=False,
        )
        until = when.date_input(words("notices.until"), each.day, key=f"{key}-until-{place}")
        if text.strip():
            codes = [code.partition(":") for code in chosen]
            found.append(
                Demand(
                    text.strip(),
                    tuple(code for kind, _, code in codes if kind == "u"),
                    tuple(code for kind, _, code in codes if kind == "d"),
                    until if isinstance(until, date) else None,
                )
            )
    return tuple(found)


def actor_choice(here: Here, acting: dict[str, str], key: str) -> str | None:
    """Whoever acts, chosen from the people of the county until there is a sign-in."""
    return st.selectbox(
        here.words("notices.actor"),
        list(acting),
        index=None,
        format_func=acting.__getitem__,
        key=key,
        placeholder=here.words("rules.choose"),
        width=420,
    )
