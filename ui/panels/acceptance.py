"""Submissions that await acceptance: accept or return each, with the name of who does it."""

from typing import Any

import streamlit as st

from briefing.load import Briefing
from data_access.engine import write
from data_access.errors import UserFacing
from data_access.submissions import move_submission
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import SubmissionState
from metrics.words import word
from ui import answers
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import element, show
from ui.panels.issues import unit_name
from ui.words import Words

# In the session: what was done last, by whom, and how often.
DONE, ACTOR, TURN = "acceptance_done", "acceptance_actor", "acceptance_turn"


def draw(here: Here, view: Briefing) -> None:
    """The submissions of the year in view that await acceptance."""
    words, state = here.words, st.session_state
    waiting = view.submissions[view.submissions["state"] == SubmissionState.SUBMITTED]
    show(element("div", element("h2", words("reporting.waiting", count=len(waiting))), class_="xs"))
    if DONE in state:
        answers.done(state.pop(DONE))
    if waiting.empty:
        show(element("div", element("p", words("reporting.waiting_none"), class_="quiet"), class_="xs"))
        return
    names = {int(row.id): _named(words, view, row) for row in records(waiting)}
    if here.address.known_at is not None:
        show(element("ul", *(element("li", name) for name in names.values()), class_="xs waiting"))
        return
    # A form of its own for each act: what was chosen and written for one must not act on the next.
    turn = state.setdefault(TURN, 0)
    with st.form(f"acceptance-{turn}", border=True):
        chosen = st.radio(
            words("reporting.waiting_choose"),
            list(names),
            index=None,
            format_func=lambda number: names[number],
            key=f"chosen-{turn}",
        )
        who, why = st.columns(2)
        actor = who.text_input(
            words("reporting.actor"), value=state.get(ACTOR, ""), max_chars=80, key=f"actor-{turn}"
        )
        note = why.text_input(words("reporting.return_reason"), max_chars=200, key=f"note-{turn}")
        with st.container(horizontal=True):
            accept = st.form_submit_button(words("reporting.accept"), type="primary")
            back = st.form_submit_button(words("reporting.return"))
    if accept or back:
        wanted = SubmissionState.ACCEPTED if accept else SubmissionState.RETURNED
        if chosen is None:
            answers.wrong(words("reporting.none_chosen"))
        elif _move(here, words, chosen, wanted, actor.strip(), note.strip()):
            state[DONE] = words("reporting.moved", what=word(wanted, words.lang), which=names[chosen])
            state[ACTOR], state[TURN] = actor.strip(), turn + 1
            # Everything above and below is of the moment before.
            st.rerun()


def _named(words: Words, view: Briefing, row: Any) -> str:
    return words(
        "reporting.waiting_one",
        number=row.id,
        unit=unit_name(view, row.unit),
        period=day_text(row.period, words.lang, short=True),
        author=row.submitted_by,
        moment=county_time(row.submitted_at.to_pydatetime()).strftime("%Y-%m-%d %H:%M"),
    )


def _move(here: Here, words: Words, number: int, state: SubmissionState, actor: str, note: str) -> bool:
    """Write the move; where it cannot be, say why. Whether it was written."""
    if not actor or (state is SubmissionState.RETURNED and not note):
        answers.wrong(words("reporting.reason_missing"))
        return False
    try:
        with write(engine(), here.scope.county) as connection:
            move_submission(
                connection, here.scope.county, number, state, actor=actor, at=here.now, note=note or None
            )
    except UserFacing as fault:
        answers.fault(words, fault)
        return False
    return True
