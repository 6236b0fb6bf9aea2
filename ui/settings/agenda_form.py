"""The form of one agenda: add, order, rename and take away its entries, then save them as a new version."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from briefing.agenda import (
    LONGEST_TITLE,
    SUBJECT,
    Agenda,
    Entry,
    View,
    check_entries,
    content_of,
    subjects,
)
from briefing.load import Briefing
from data_access.agendas import count_agendas
from data_access.engine import write
from data_access.errors import UserFacing
from data_access.records import AgendaRecord
from data_access.writes import write_records
from metrics.figures import day_text
from ui import answers
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import element, show
from ui.meeting.deck import subject_name, title_of

# In the session: the entries being changed, what was done last, and by whom.
DRAFT, DONE, ACTOR = "agenda_draft", "agenda_done", "agenda_actor"
OPEN, KEEP, HERE = "open", "keep", "here"
# In the address: the agenda that is open in the form; none for a new one.
OPENED = "a"


@dataclass(frozen=True)
class Draft:
    """The entries as they stand in the form, made from `base`; each change makes the form anew (`turn`)."""

    base: Agenda
    entries: tuple[Entry, ...]
    turn: int = 0


def draw(here: Here, view: Briefing, agenda: Agenda) -> None:
    """The form of an agenda, the shipped one for a new agenda."""
    words, held = here.words, _draft(agenda)
    is_new = held.base.is_shipped
    title = words("agenda.make") if is_new else words("agenda.change", name=held.base.name)
    show(element("div", element("h2", title), class_="xs"))
    if here.address.known_at is not None:
        # An agenda is no fact: one may be prepared for a meeting on an earlier moment, yet it is saved now.
        show(element("div", element("p", words("agenda.past"), class_="note"), class_="xs"))
    if DONE in st.session_state:
        answers.done(st.session_state.pop(DONE))
    if not held.entries:
        show(element("div", element("p", words("agenda.empty"), class_="quiet"), class_="xs"))
    for place, entry in enumerate(held.entries):
        _line(here, view, held, place, entry)
    _adding(here, view, held)
    _saving(here, view, held)


def _draft(agenda: Agenda) -> Draft:
    """The entries being changed; those of the agenda where another one was opened.

    Where somebody saved meanwhile the form stays with the version it began from, and saving is refused.
    """
    held = st.session_state.get(DRAFT)
    if not isinstance(held, Draft) or held.base.code != agenda.code:
        held = Draft(agenda, agenda.entries)
        st.session_state[DRAFT] = held
    return held


def _line(here: Here, view: Briefing, held: Draft, place: int, entry: Entry) -> None:
    """One entry: its number and view, a title of its own, and what can be done with it."""
    words, last = here.words, len(held.entries) - 1
    name, title, up, down, away = st.columns([4, 5, 1, 1, 1], vertical_alignment="center")
    shown = title_of(here, view, replace(entry, title=""))
    with name:
        show(element("div", element("p", f"{place + 1}. {shown}"), class_="xs"))
    title.text_input(
        words("agenda.title", number=place + 1),
        value=entry.title,
        key=_title_key(held, place),
        max_chars=LONGEST_TITLE,
        placeholder=shown,
        label_visibility="collapsed",
    )
    acts = ((up, "up", place - 1, place == 0), (down, "down", place + 1, place == last))
    for column, act, to, is_off in acts:
        column.button(
            words(f"agenda.{act}"),
            key=f"agenda-{act}-{held.turn}-{place}",
            disabled=is_off,
            on_click=_change,
            args=(_moved(place, to),),
        )
    away.button(
        words("agenda.remove"),
        key=f"agenda-away-{held.turn}-{place}",
        on_click=_change,
        args=(_without(place),),
    )


def _title_key(held: Draft, place: int) -> str:
    return f"agenda-title-{held.base.key}-{held.turn}-{place}"


Entries = tuple[Entry, ...]


def _moved(place: int, to: int) -> Callable[[Entries], Entries]:
    def moved(entries: Entries) -> Entries:
        listed = list(entries)
        listed.insert(to, listed.pop(place))
        return tuple(listed)

    return moved


def _without(place: int) -> Callable[[Entries], Entries]:
    return lambda entries: entries[:place] + entries[place + 1 :]


def _titled(held: Draft) -> Entries:
    """The entries with the titles that stand in the form."""
    return tuple(
        replace(entry, title=str(st.session_state.get(_title_key(held, place), entry.title)).strip())
        for place, entry in enumerate(held.entries)
    )


def _change(change: Callable[[Entries], Entries]) -> None:
    held: Draft = st.session_state[DRAFT]
    st.session_state[DRAFT] = Draft(held.base, change(_titled(held)), held.turn + 1)


def _adding(here: Here, view: Briefing, held: Draft) -> None:
    """Choose a view, and what it is about where it must be told."""
    words = here.words
    kind, about, button = st.columns([4, 7, 1], vertical_alignment="bottom")
    chosen = kind.selectbox(
        words("agenda.add"),
        list(View),
        format_func=lambda each: words(f"meeting.view.{each}"),
        key=f"agenda-view-{held.turn}",
    )
    assert chosen is not None, "a list of choices that is never empty"
    of: str | None = ""
    if chosen in SUBJECT:
        codes = subjects(view, chosen)
        of = about.selectbox(
            words("agenda.about"),
            codes,
            format_func=lambda code: f"{code} {subject_name(view, Entry(chosen, code))}".strip(),
            key=f"agenda-of-{held.turn}-{chosen}",
            placeholder=words("filter.choose"),
        )
    elif chosen is View.MATRIX:
        number = about.number_input(
            words("agenda.matrix_page"), min_value=0, max_value=99, value=0, key=f"agenda-page-{held.turn}"
        )
        of = str(int(number)) if number else ""
    entry = Entry(chosen, of or "")
    button.button(
        words("agenda.put"),
        key=f"agenda-put-{held.turn}",
        disabled=chosen in SUBJECT and not of,
        on_click=_change,
        args=(lambda entries: (*entries, entry),),
    )


def _saving(here: Here, view: Briefing, held: Draft) -> None:
    """Name, day and moment fixed beforehand, and who saves it."""
    words, agenda = here.words, held.base
    key = f"agenda-save-{agenda.key}"
    with st.form(key, border=True):
        name = st.text_input(words("agenda.name"), value=agenda.name, max_chars=80, key=f"{key}-name")
        first, second = st.columns(2)
        day = first.radio(
            words("agenda.fix_day"),
            _choices(agenda.as_of is not None),
            format_func=lambda each: _day_choice(here, agenda, each),
            key=f"{key}-day",
        )
        moment = second.radio(
            words("agenda.fix_moment"),
            _choices(agenda.known_at is not None),
            format_func=lambda each: _moment_choice(here, agenda, each),
            key=f"{key}-moment",
        )
        actor = st.text_input(
            words("agenda.author"), value=st.session_state.get(ACTOR, ""), max_chars=80, key=f"{key}-actor"
        )
        with st.container(horizontal=True):
            save = st.form_submit_button(words("agenda.save"), type="primary")
            withdraw = not agenda.is_shipped and st.form_submit_button(words("agenda.withdraw"))
    if not save and not withdraw:
        return
    if not name.strip() or not actor.strip():
        answers.wrong(words("agenda.name_missing"))
        return
    framed = replace(_framed(here, agenda, _titled(held), day, moment), name=name.strip())
    code = _write(here, view, agenda, framed, actor.strip(), is_end=bool(withdraw))
    if code:
        said = "agenda.withdrawn" if withdraw else "agenda.saved"
        st.session_state[DONE] = words(said, name=name.strip())
        st.session_state[ACTOR] = actor.strip()
        st.session_state.pop(DRAFT, None)
        if withdraw:
            st.query_params.pop(OPENED, None)
        else:
            st.query_params[OPENED] = code
        # Everything above is of the moment before.
        st.rerun()


def _choices(is_fixed: bool) -> list[str]:
    return [KEEP, OPEN, HERE] if is_fixed else [OPEN, HERE]


def _day_choice(here: Here, agenda: Agenda, choice: str) -> str:
    words = here.words
    if choice == OPEN:
        return words("agenda.day_open")
    day = agenda.as_of if choice == KEEP and agenda.as_of else here.address.as_of
    return words("agenda.day_fixed", day=day_text(day, words.lang))


def _moment_choice(here: Here, agenda: Agenda, choice: str) -> str:
    words = here.words
    if choice == OPEN:
        return words("agenda.moment_open")
    moment = agenda.known_at if choice == KEEP else here.address.known_at
    if moment is None:
        return words("agenda.moment_saved")
    return words("agenda.moment_fixed", moment=county_time(moment).strftime("%Y-%m-%d %H:%M:%S"))


def _framed(here: Here, agenda: Agenda, entries: Entries, day: str, moment: str) -> Agenda:
    address = here.address
    as_of, year = (address.as_of, address.year) if day == HERE else (agenda.as_of, agenda.year)
    known_at = (address.known_at or here.now) if moment == HERE else agenda.known_at
    return replace(
        agenda,
        entries=entries,
        as_of=None if day == OPEN else as_of,
        year=None if day == OPEN else year,
        known_at=None if moment == OPEN else known_at,
    )


def _write(here: Here, view: Briefing, old: Agenda, new: Agenda, actor: str, *, is_end: bool) -> str:
    """Write the version; where it cannot be, say why. The agenda's code; empty where nothing was written."""
    county = here.scope.county
    content = content_of(new.entries, new.year, new.as_of, new.known_at)
    try:
        if not is_end:
            check_entries(view, new.name, new.entries)
        with write(engine(), county) as connection:
            code = str(count_agendas(connection, here.scope) + 1) if old.is_shipped else old.code
            record = AgendaRecord(code, new.name, content, old.version, withdrawn=is_end)
            write_records(connection, county, [record], recorded_at=here.now, author=actor)
    except UserFacing as fault:
        answers.fault(here.words, fault)
        return ""
    return code
