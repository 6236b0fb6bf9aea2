"""The draft of a rule document: the form, what it would change, and the second click that issues it.

What was typed stays in the form until the document is issued; the content that was looked at is the one written.
"""

from datetime import date

import streamlit as st

from briefing.load import Briefing
from briefing.preview import Drafted
from data_access.engine import read, write
from data_access.errors import UserFacing
from data_access.records import RuleRecord
from data_access.rule_documents import issue_rule, require_new_number
from metrics.rule_content import Fault, faults_of
from metrics.rules import DEFAULT_CONTENT, document_in_force, read_content
from ui import answers
from ui.database import engine
from ui.guard import Here
from ui.html import element, show
from ui.settings import rule_form, rule_preview
from ui.views import preview_of

# In the session: the draft looked at and its author, the faults of the last one, what was done, how often.
DRAFTED, AUTHOR, FAULTS, DONE, TURN = "rule_draft", "rule_author", "rule_faults", "rule_done", "rule_turn"


def draw(here: Here, view: Briefing) -> None:
    """The form, the preview of what was last looked at, and its issue."""
    words, state = here.words, st.session_state
    if answers.refused_in_the_past(here):
        return
    if DONE in state:
        answers.done(state.pop(DONE))
    show(
        element(
            "div", element("h2", words("rules.draft")), element("p", words("rules.draft_help")), class_="xs"
        )
    )
    faults: list[Fault] = state.get(FAULTS, [])
    if faults:
        answers.wrong(words("rules.faults", count=len(faults)))
    row = document_in_force(view.board.rules, here.address.as_of)
    content = DEFAULT_CONTENT if row is None else read_content(row.number, row.content)
    turn = state.setdefault(TURN, 0)
    filled = rule_form.draw(here, view, content, faults, turn)
    if filled is not None:
        _look(here, filled)
    if DRAFTED in state:
        _answer(here, view, state[DRAFTED])


def _look(here: Here, filled: rule_form.Filled) -> None:
    """Keep the draft for its preview, or its faults for the form."""
    state = st.session_state
    state.pop(DRAFTED, None)
    faults = _heading_faults(filled)
    faults += faults_of(filled.content) + list(filled.faults)
    state[FAULTS] = faults
    if not faults:
        drafted = Drafted(filled.number, filled.title, filled.content, date.fromisoformat(filled.valid_from))
        try:
            with read(engine()) as connection:
                require_new_number(connection, here.scope.county, drafted.number)
        except UserFacing as fault:
            answers.fault(here.words, fault)
            return
        state[DRAFTED], state[AUTHOR] = drafted, filled.author
    st.rerun()


def _heading_faults(filled: rule_form.Filled) -> list[Fault]:
    """What is missing of number, title, day and author."""
    told = {"number": filled.number, "title": filled.title, "author": filled.author}
    found = [Fault(name, "needed") for name, text in told.items() if not text]
    try:
        date.fromisoformat(filled.valid_from)
    except ValueError:
        found.append(Fault("valid_from", "no_day", {"found": filled.valid_from}))
    return found


def _answer(here: Here, view: Briefing, drafted: Drafted) -> None:
    """What the draft would change, and the button that issues it."""
    words, state = here.words, st.session_state
    found = preview_of(here, drafted)
    show(rule_preview.summary(here, drafted, found))
    with st.container(horizontal=True):
        issue = st.button(words("rules.issue", number=drafted.number), type="primary")
        drop = st.button(words("rules.drop"))
    show(rule_preview.details(here, view, drafted, found))
    if drop:
        del state[DRAFTED]
        st.rerun()
    if issue and _issue(here, drafted, state[AUTHOR]):
        state[DONE] = words("rules.issued", number=drafted.number, day=drafted.valid_from.isoformat())
        del state[DRAFTED]
        # A form of its own for the next document, begun from what is in force then.
        state[TURN] += 1
        st.rerun()


def _issue(here: Here, drafted: Drafted, author: str) -> bool:
    """Write the document; where it cannot be, say why. Whether it was written."""
    record = RuleRecord(drafted.number, drafted.title, dict(drafted.content), drafted.valid_from)
    try:
        with write(engine(), here.scope.county) as connection:
            issue_rule(connection, here.scope.county, record, recorded_at=here.now, author=author)
    except UserFacing as fault:
        answers.fault(here.words, fault)
        return False
    return True
