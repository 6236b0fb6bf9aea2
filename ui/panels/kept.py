"""Snapshots that were kept: make one of the day in view, see them all, check one, take its annexes along."""

from dataclasses import replace

import streamlit as st

from briefing.load import Briefing
from briefing.part import scope_of
from briefing.snapshots import Checked, take, verify
from data_access.engine import read
from data_access.errors import UserFacing
from data_access.snapshots import Heading, Snapshot, read_snapshots
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import Level
from notices.opened import people
from notices.part import annexes_of
from notices.places import names_of, part_called
from notices.verified import verified
from ui import answers, clock
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, show
from ui.panels.notices import actor_choice
from ui.panels.snapshot import XLSX
from ui.tables import Column, Row, table
from ui.views import frame_of, frozen_view

# In the session: what was done last.
DONE = "snapshot_done"
# The widget that chooses one of those kept.
NUMBER = "snapshot-number"
SHORT, DIFFERENCES_SHOWN = 12, 10


def draw(here: Here, view: Briefing) -> None:
    """The form that keeps the day in view, and the list of those kept."""
    words, state = here.words, st.session_state
    show(element("div", element("h2", words("kept.title")), element("p", words("kept.help")), class_="xs"))
    if DONE in state:
        answers.done(state.pop(DONE))
    _make(here, view)
    with read(engine()) as connection:
        held = read_snapshots(connection, here.scope)
    show(element("div", _listing(here, view, held), class_="xs"))
    if held:
        _chosen(here, view, held)


def _make(here: Here, view: Briefing) -> None:
    words, state = here.words, st.session_state
    with read(engine()) as connection:
        acting = dict(people(connection, here.scope, here.now))
    parts = _parts(here, view)
    with st.form("keep", border=True):
        with st.container(horizontal=True):
            part = st.selectbox(
                words("kept.part"), list(parts), format_func=parts.__getitem__, key="snapshot-part", width=420
            )
            author = actor_choice(here, acting, "snapshot-author")
        day = day_text(view.frame.as_of, words.lang)
        wanted = st.form_submit_button(words("kept.make", day=day), type="primary")
    if not wanted:
        return
    if author is None:
        answers.wrong(words("notices.no_person"))
        return
    frame = replace(frame_of(here), scope=scope_of(here.scope.county, *part))
    try:
        made = take(engine(), frame, author=acting[author], occasion="by_hand", now=clock.now)
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    # What was just made is what will be looked at.
    state[NUMBER] = made.heading.number
    state[DONE] = words("kept.made", number=made.heading.number, fingerprint=made.fingerprint[:SHORT])
    st.rerun()


def _parts(here: Here, view: Briefing) -> dict[tuple[str, str | None], str]:
    """What a snapshot can be of: the county, a unit of it, what a department leads and shares."""
    units = view.directory.units.sort_values("sort")
    below = [code for code in units["code"] if code != here.scope.county]
    townships = [code for code in below if view.units.at[code, "level"] != Level.VILLAGE]
    villages = [code for code in below if view.units.at[code, "level"] == Level.VILLAGE]
    held: dict[tuple[str, str | None], str] = {(here.scope.county, None): here.words("kept.whole")}
    held |= {(code, None): view.whole_name(code) for code in townships}
    held |= {(here.scope.county, row.code): row.name for row in records(view.directory.departments)}
    return held | {(code, None): view.whole_name(code) for code in villages}


def part_name(here: Here, view: Briefing, heading: Heading) -> str:
    """What a snapshot is of, in words."""
    if heading.is_whole:
        return here.words("kept.whole")
    return part_called(heading.root, heading.department, names_of(view.directory))


def snapshot_name(here: Here, view: Briefing, heading: Heading) -> str:
    """A snapshot by number and day, and what it is of where that is not the whole county."""
    words = here.words
    named = words("kept.one", number=heading.number, day=day_text(heading.as_of, words.lang))
    return named if heading.is_whole else f"{named} {part_name(here, view, heading)}"


def _listing(here: Here, view: Briefing, held: list[Snapshot]) -> Markup:
    words = here.words
    if not held:
        return element("p", words("kept.none"), class_="quiet")
    keys = ("number", "as_of", "part", "known_at", "occasion", "author", "version", "fingerprint")
    columns = [Column(words(f"kept.{key}")) for key in keys]
    return table(columns, [Row(_row(here, view, each)) for each in held])


def _row(here: Here, view: Briefing, held: Snapshot) -> tuple[Markup | str, ...]:
    words, heading = here.words, held.heading
    return (
        str(heading.number),
        element("a", day_text(heading.as_of, words.lang), href=_then(here, view, heading)),
        part_name(here, view, heading),
        county_time(heading.known_at).strftime("%Y-%m-%d %H:%M:%S"),
        words(f"kept.{heading.occasion}"),
        heading.author,
        heading.version,
        element("code", held.fingerprint[:SHORT], title=held.fingerprint),
    )


def _then(here: Here, view: Briefing, heading: Heading) -> str:
    """The address of the page that a snapshot is of, as it was known then."""
    then = replace(here.address, year=heading.year, as_of=heading.as_of, known_at=heading.known_at)
    if heading.is_whole:
        return then.link("overview")
    if heading.department:
        return then.link("departments", d=heading.department)
    is_village = heading.root in view.units.index and view.units.at[heading.root, "level"] == Level.VILLAGE
    return then.link("villages" if is_village else "townships", u=heading.root)


def _chosen(here: Here, view: Briefing, held: list[Snapshot]) -> None:
    words = here.words
    named = {each.heading.number: snapshot_name(here, view, each.heading) for each in held}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            words("kept.choose"),
            list(named),
            format_func=named.__getitem__,
            key=NUMBER,
            width=420,
        )
        check = st.button(words("kept.verify"), key="snapshot-verify")
        st.download_button(
            words("kept.annexes"),
            data=lambda: annexes_of(frozen_view(here, number), words.lang),
            file_name=words("kept.file", number=number),
            mime=XLSX,
            on_click="ignore",
            key="snapshot-annexes",
        )
    if check:
        try:
            with read(engine()) as connection:
                found = verify(connection, here.scope, number)
        except UserFacing as fault:
            answers.fault(words, fault)
            return
        # Not kept: what a check found holds for the moment at which it was asked for.
        show(element("div", *_told(here, view, found), class_="xs"))


def _told(here: Here, view: Briefing, found: Checked) -> list[Markup]:
    """What a check found."""
    said = verified(found, names_of(view.directory), here.words.lang)
    mark = "fault" if found.is_tampered else "note" if found.differing else "fine"
    lines = [element("li", place) for place in said.places[:DIFFERENCES_SHOWN]]
    told = [element("p", text, class_=mark) for text in said.sentences]
    return [*told, element("ul", *lines)] if lines else told
