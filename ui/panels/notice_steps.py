"""What may be done with a notice now: an edited file, and the step that leads on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from data_access.engine import read
from data_access.errors import UserFacing
from data_access.notices import NoticeFile
from data_access.snapshots import Heading
from metrics.notice_steps import possible
from metrics.vocabulary import NoticeState, Step
from metrics.words import word
from notices.checking import NOT_FILLED, Finding
from notices.flow import StepRefused, act, hand_in
from notices.opened import Opened, findings_of
from ui import answers, clock
from ui.database import engine
from ui.guard import Here
from ui.html import element, show
from ui.panels.notices import actor_choice
from ui.theme import button_word
from ui.views import found_of

# In the session: what was done last.
DONE = "notice_done"
HEARING_DAYS, LARGEST, SATURDAY = 5, 20, 5
NEEDS_NOTE = (Step.RETURNED, Step.SETTLED, Step.WITHDRAWN, Step.ISSUED)


@dataclass(frozen=True)
class Held:
    """What one run of the page needs of a notice."""

    here: Here
    notice: Opened
    heading: Heading
    names: dict[str, str]
    acting: dict[str, str]


def of_file(held: Held) -> list[Finding]:
    """What is to be said of the edited file; of an issued one also what found no place in it."""
    issued = held.notice.issued
    told = [Finding(**each) for each in (issued.findings or ())] if issued else []

    def compared() -> list[Finding]:
        with read(engine()) as connection:
            return findings_of(connection, held.here.scope, held.notice)

    found = found_of(held.here, ("file", held.notice.notice.number, held.notice.file), compared)
    return found + [each for each in told if each.kind == NOT_FILLED]


def next_step(held: Held) -> None:
    """An edited file, and the step that may follow."""
    words, standing = held.here.words, held.notice.standing
    steps = possible(standing, held.notice.named)
    if not steps:
        return
    show(element("div", element("h2", words("notice.next")), class_="xs"))
    person = actor_choice(held.here, held.acting, "notice-actor")
    show(button_word(words("notice.choose_file")))
    # Another one after each step: a file that was handed in is not waiting to be handed in.
    key = f"notice-upload-{len(held.notice.events)}"
    file = st.file_uploader(words("notice.upload"), key=key, max_upload_size=LARGEST)
    if file is not None and st.button(words("notice.hand_in"), key="notice-hand-in"):
        _do(held, person, lambda: _hand_in(held, person or "", file))
    # Made anew after each step: the words of one unit are not those of the next.
    turn = len(held.notice.events)
    step = st.selectbox(
        words("notice.step"),
        steps,
        index=steps.index(_likely(held, steps)),
        format_func=lambda each: word(each, words.lang),
        key=f"notice-step-{turn}",
    )
    with st.form(f"step-{step}-{turn}", border=True):
        further = _fields(held, step)
        wanted = st.form_submit_button(word(step, words.lang), type="primary")
    if wanted:
        _do(held, person, lambda: _take(held, person or "", step, further))


def _likely(held: Held, steps: tuple[Step, ...]) -> Step:
    """The step that leads on from here."""
    standing = held.notice.standing
    waits = set(held.notice.named) - set(dict(standing.answers))
    wanted = {
        Step.SETTLED: bool(standing.unsettled),
        Step.ANSWERED: bool(waits) and standing.state is NoticeState.HEARING,
        Step.ISSUED: True,
        Step.ASKED: True,
        Step.CHECKED: True,
    }
    return next((step for step, is_due in wanted.items() if is_due and step in steps), steps[0])


def _hand_in(held: Held, person: str, file: Any) -> str:
    found = hand_in(
        engine(),
        held.here.scope,
        held.notice.notice.number,
        NoticeFile(file.name, file.getvalue()),
        actor=person,
        moment=clock.now(),
    )
    return held.here.words("notice.handed_in", count=len(found))


def _take(held: Held, person: str, step: Step, further: dict[str, Any]) -> str:
    number = held.notice.notice.number
    if further.get("objects", False) is None:
        raise StepRefused("not_said")
    act(engine(), held.here.scope, number, step, actor=person, moment=clock.now(), **further)
    return held.here.words("notice.taken", step=word(step, held.here.words.lang))


def _do(held: Held, person: str | None, what: Any) -> None:
    """Do it and begin the page anew, or say why it is refused; what was typed stays."""
    words = held.here.words
    if person is None:
        answers.wrong(words("notices.no_person"))
        return
    try:
        st.session_state[DONE] = what()
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    st.rerun()


def _fields(held: Held, step: Step) -> dict[str, Any]:
    """What a step needs beside the person."""
    words, turn = held.here.words, len(held.notice.events)
    told: dict[str, Any] = {}
    if step in (Step.ANSWERED, Step.SETTLED):
        answered = dict(held.notice.standing.answers)
        named = sorted(held.notice.named, key=lambda unit: unit in answered)
        units = held.notice.standing.unsettled if step is Step.SETTLED else named
        told["unit"] = st.selectbox(
            words("notice.unit"), units, format_func=held.names.__getitem__, key=f"unit-{step}-{turn}"
        )
        told["objects"] = _objects(held, step, f"objects-{step}-{turn}")
    if step in (Step.ASKED, Step.ISSUED):
        start = held.here.today + timedelta(days=HEARING_DAYS if step is Step.ASKED else 0)
        while step is Step.ASKED and start.weekday() >= SATURDAY:
            start += timedelta(days=1)
        day = st.date_input(words(f"notice.day.{step}"), start)
        told["day"] = day if isinstance(day, date) else None
    if step is Step.ISSUED:
        told["note"] = st.text_input(words("notice.document_number"), max_chars=60)
    elif step is not Step.ASKED:
        told["note"] = st.text_area(_note_label(held, step), max_chars=2000, key=f"note-{step}-{turn}")
    return told


def _objects(held: Held, step: Step, key: str) -> bool | None:
    """Whether a unit objects, or was right: said, never left to a box that nobody ticked."""
    words = held.here.words
    said = {True: words(f"notice.objects.{step}"), False: words(f"notice.agreed.{step}")}
    return st.radio(
        words(f"notice.answer.{step}"),
        [False, True],
        index=None,
        format_func=said.__getitem__,
        horizontal=True,
        key=key,
    )


def _note_label(held: Held, step: Step) -> str:
    """What the remark is called, and whether it can be left out."""
    words = held.here.words
    label = words("notice.note")
    if step is Step.ANSWERED:
        return words("notice.note_if_objects", label=label)
    is_differing = held.notice.standing.changed_since_heard or bool(held.notice.file and of_file(held))
    if step in NEEDS_NOTE or (step is Step.CHECKED and is_differing):
        return label
    return words("notices.optional", label=label)
