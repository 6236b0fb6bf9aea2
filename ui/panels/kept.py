"""Snapshots that were kept: make one of the day in view, see them all, check one, take its annexes along."""

import streamlit as st

from briefing.load import Briefing
from briefing.snapshots import Checked, take, verify
from data_access.engine import read
from data_access.errors import UserFacing
from data_access.snapshots import Snapshot, read_snapshots
from metrics.figures import day_text
from notices.snapshot import snapshot
from ui import answers, clock
from ui.address import moment_text
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, show
from ui.panels.snapshot import XLSX
from ui.tables import Column, Row, table
from ui.views import frame_of, frozen_view

# In the session: what was done last.
DONE = "snapshot_done"
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
    show(element("div", _listing(here, held), class_="xs"))
    if held:
        _chosen(here, held)


def _make(here: Here, view: Briefing) -> None:
    words, state = here.words, st.session_state
    with st.form("keep", border=True):
        author = st.text_input(words("kept.author"), max_chars=80, key="snapshot-author").strip()
        day = day_text(view.frame.as_of, words.lang)
        wanted = st.form_submit_button(words("kept.make", day=day), type="primary")
    if not wanted:
        return
    if not author:
        answers.wrong(words("kept.author_missing"))
        return
    try:
        made = take(engine(), frame_of(here), author=author, occasion="by_hand", now=clock.now)
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    state[DONE] = words("kept.made", number=made.heading.number, fingerprint=made.fingerprint[:SHORT])
    st.rerun()


def _listing(here: Here, held: list[Snapshot]) -> Markup:
    words = here.words
    if not held:
        return element("p", words("kept.none"), class_="quiet")
    keys = ("number", "as_of", "known_at", "occasion", "author", "version", "fingerprint")
    columns = [Column(words(f"kept.{key}")) for key in keys]
    return table(columns, [Row(_row(here, each)) for each in held])


def _row(here: Here, held: Snapshot) -> tuple[Markup | str, ...]:
    words, heading = here.words, held.heading
    view = here.address.link(
        "overview",
        y=str(heading.year),
        asof=heading.as_of.isoformat(),
        known=moment_text(heading.known_at),
    )
    return (
        str(heading.number),
        element("a", day_text(heading.as_of, words.lang), href=view),
        county_time(heading.known_at).strftime("%Y-%m-%d %H:%M:%S"),
        words(f"kept.{heading.occasion}"),
        heading.author,
        heading.version,
        element("code", held.fingerprint[:SHORT], title=held.fingerprint),
    )


def _chosen(here: Here, held: list[Snapshot]) -> None:
    words = here.words
    numbers = [each.heading.number for each in held]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            words("kept.choose"),
            numbers,
            format_func=lambda each: words("kept.one", number=each),
            key="snapshot-number",
            width=220,
        )
        check = st.button(words("kept.verify"), key="snapshot-verify")
        st.download_button(
            words("kept.annexes"),
            data=lambda: snapshot(frozen_view(here, number), words.lang),
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
        show(element("div", *_told(here, found), class_="xs"))


def _told(here: Here, found: Checked) -> list[Markup]:
    """What a check found."""
    words = here.words
    if not (found.is_tampered or found.differing):
        return [element("p", words("kept.holds", number=found.snapshot.heading.number), class_="fine")]
    said = []
    if found.broken:
        numbers = words("list.pause").join(map(str, found.broken))
        said.append(words("kept.broken", numbers=numbers))
    if found.is_altered:
        said.append(words("kept.altered" if found.is_readable else "kept.unreadable"))
    names = [f"{table} {township}".strip() for table, township in found.records]
    if names:
        said.append(words("kept.records", names=words("list.pause").join(names)))
    if found.differing:
        is_explained = found.is_newer and not found.records
        said.append(words("kept.newer" if is_explained else "kept.differs", count=len(found.differing)))
    lines = [
        element("li", f"{' / '.join(each.path)}: {each.was} → {each.now}")
        for each in found.differing[:DIFFERENCES_SHOWN]
    ]
    mark = "fault" if found.is_tampered else "note"
    return [*(element("p", text, class_=mark) for text in said), element("ul", *lines)]
