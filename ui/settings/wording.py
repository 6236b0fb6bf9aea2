"""The sentences of notices: what ships, what the county writes instead; every version is kept."""

import streamlit as st

from briefing.load import Briefing
from data_access.engine import read
from data_access.errors import UserFacing
from data_access.notices import Wording, read_wording
from metrics.words import choose
from notices.sentences import SENTENCES, SHARED
from notices.wording import keep_wording, restore_wording
from ui import answers, clock
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, show
from ui.tables import Column, Row, table

# In the session: what was done last.
DONE = "wording_done"


def draw(here: Here, view: Briefing) -> None:
    """Every sentence with its wording, and the form for one of them."""
    with read(engine()) as connection:
        held = {each.sentence: each for each in read_wording(connection, here.scope)}
    if DONE in st.session_state:
        answers.done(st.session_state.pop(DONE))
    if not answers.refused_in_the_past(here):
        _form(here, held)
    show(_listing(here, held))


def _form(here: Here, held: dict[str, Wording]) -> None:
    words, opened = here.words, here.address.get("k")
    if opened not in SENTENCES:
        show(element("div", element("p", words("wording.help"), class_="quiet"), class_="xs"))
        return
    sentence, own = SENTENCES[opened], held.get(opened)
    text = own.text if own is not None and not own.withdrawn else sentence.text
    gaps = words("list.pause").join(f"{{{gap}}}" for gap in (*sentence.gaps, *SHARED))
    head = element("h2", choose(sentence.purpose, words.lang))
    show(element("div", head, element("p", words("wording.gaps", gaps=gaps), class_="quiet"), class_="xs"))
    with st.form(f"wording-{opened}", border=True):
        typed = st.text_area(words("wording.text"), text, max_chars=500, key=f"wording-text-{opened}")
        author = st.text_input(words("wording.author"), max_chars=80, key="wording-author").strip()
        kept = st.form_submit_button(words("wording.keep"), type="primary")
        restored = st.form_submit_button(words("wording.restore"))
    if not (kept or restored):
        return
    if not author:
        answers.wrong(words("wording.author_missing"))
        return
    moment = clock.now()
    try:
        if kept:
            keep_wording(engine(), here.scope, opened, typed, author=author, moment=moment)
        else:
            restore_wording(engine(), here.scope, opened, author=author, moment=moment)
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    st.session_state[DONE] = words("wording.kept" if kept else "wording.restored")
    st.rerun()


def _listing(here: Here, held: dict[str, Wording]) -> Markup:
    words = here.words
    columns = [Column(words(f"wording.{key}")) for key in ("purpose", "text", "by")]
    rows = [Row(_row(here, key, held.get(key))) for key in SENTENCES]
    return element("div", table(columns, rows), class_="xs")


def _row(here: Here, key: str, own: Wording | None) -> tuple[Markup | str, ...]:
    words, sentence = here.words, SENTENCES[key]
    purpose = element(
        "a",
        choose(sentence.purpose, words.lang),
        href=here.address.link("settings", s="wording", k=key),
        aria_current="page" if here.address.get("k") == key else None,
    )
    if own is None or own.withdrawn:
        return purpose, sentence.text or words("wording.nothing"), words("wording.shipped")
    by = f"{own.author} {county_time(own.recorded_at):%Y-%m-%d %H:%M}"
    return purpose, own.text or words("wording.nothing"), by
