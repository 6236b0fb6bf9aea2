"""Submissions that await acceptance: accept or return each, with the name of who does it."""

import streamlit as st

from briefing.load import Briefing
from data_access.engine import write
from data_access.errors import UserFacing
from data_access.submissions import move_submission
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import SubmissionState
from metrics.words import word
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import element, show
from ui.panels.issues import unit_name
from ui.words import Words


def draw(here: Here, view: Briefing) -> None:
    """The submissions of the year in view that await acceptance."""
    words = here.words
    waiting = view.submissions[view.submissions["state"] == SubmissionState.SUBMITTED]
    show(element("div", element("h2", words("reporting.waiting", count=len(waiting))), class_="xs"))
    if waiting.empty:
        show(element("div", element("p", words("reporting.waiting_none"), class_="quiet"), class_="xs"))
        return
    names = {
        int(row.id): words(
            "reporting.waiting_one",
            number=row.id,
            unit=unit_name(view, row.unit),
            period=day_text(row.period, words.lang, short=True),
            author=row.submitted_by,
            moment=county_time(row.submitted_at.to_pydatetime()).strftime("%Y-%m-%d %H:%M"),
        )
        for row in records(waiting)
    }
    with st.form("acceptance", border=True):
        chosen = st.radio(
            words("reporting.waiting_choose"), list(names), format_func=lambda number: names[number]
        )
        who, why = st.columns(2)
        actor = who.text_input(words("reporting.actor"), max_chars=80)
        note = why.text_input(words("reporting.return_reason"), max_chars=200)
        with st.container(horizontal=True):
            accept = st.form_submit_button(words("reporting.accept"), type="primary")
            back = st.form_submit_button(words("reporting.return"))
    if accept or back:
        state = SubmissionState.ACCEPTED if accept else SubmissionState.RETURNED
        _move(here, words, chosen, state, actor.strip(), note.strip())


def _move(here: Here, words: Words, number: int, state: SubmissionState, actor: str, note: str) -> None:
    if not actor or (state is SubmissionState.RETURNED and not note):
        show(element("div", element("p", words("reporting.reason_missing"), class_="fault"), class_="xs"))
        return
    try:
        with write(engine(), here.scope.county) as connection:
            move_submission(
                connection, here.scope.county, number, state, actor=actor, at=here.now, note=note or None
            )
    except UserFacing as fault:
        text = element("b", fault.sentence(words.lang))
        show(element("div", element("p", text, " ", fault.remedy(words.lang), class_="fault"), class_="xs"))
        return
    done = words("reporting.moved", what=word(state, words.lang), number=number)
    show(element("div", element("p", done, class_="fine"), class_="xs"))
