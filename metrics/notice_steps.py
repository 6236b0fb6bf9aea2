"""The way of a notice out of the house: which step may follow, and by whom (product.md, "Limits").

A draft is read by another person, the units it criticises are heard, it is issued, and corrected by a newer one.
Nothing here knows who is signed in: the rules hold for whoever is recorded as having acted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.vocabulary import NoticeState, Step

_OPEN = (NoticeState.DRAFT, NoticeState.CHECKED, NoticeState.HEARING)
# Out of which states a step leads.
_FROM: dict[Step, tuple[NoticeState, ...]] = {
    Step.EDITED: _OPEN,
    Step.CHECKED: (NoticeState.DRAFT,),
    Step.RETURNED: _OPEN,
    Step.ASKED: (NoticeState.CHECKED, NoticeState.HEARING),
    Step.ANSWERED: _OPEN,
    Step.SETTLED: _OPEN,
    Step.ISSUED: (NoticeState.CHECKED, NoticeState.HEARING),
    Step.CORRECTED: (NoticeState.ISSUED, NoticeState.CORRECTED),
    Step.WITHDRAWN: _OPEN,
}


@dataclass(frozen=True, slots=True)
class Move:
    """A step that was taken: by whom (a code), which unit it is of, what is said.

    `day` is the closing day of ASKED and the day of ISSUED. `objects`: an answer that objects; of SETTLED that the
    objection was found right. `at` is the day on which it was taken.
    """

    step: Step
    actor: str
    unit: str = ""
    day: date | None = None
    objects: bool = False
    note: str = ""
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """How much is to be said of an edited file: what must be mended, and what a reader must have seen."""

    grave: int = 0
    others: int = 0


NO_FINDINGS = Findings()


@dataclass(frozen=True, slots=True)
class NoticeStanding:
    """Where a notice stands after its moves.

    `writers` wrote it or changed its file at any time; `heard_until` is the closing day of the hearing, `answers`
    the last answer of each unit, `unsettled` the units whose objection nobody decided. `wants_edit`: an objection
    was found right, and nothing was changed since. `changed_since_heard`: the file is another one than the units
    were asked about. `checked_on`: the day on which it was checked last.
    """

    state: NoticeState
    writers: tuple[str, ...]
    heard_until: date | None
    answers: tuple[tuple[str, bool], ...]
    unsettled: tuple[str, ...]
    wants_edit: bool = False
    changed_since_heard: bool = False
    checked_on: date | None = None


def notice_standing(moves: Iterable[Move]) -> NoticeStanding:
    """The standing after moves in their order; the first one is DRAFTED."""
    state = NoticeState.DRAFT
    writers: list[str] = []
    heard_until: date | None = None
    answers: dict[str, bool] = {}
    unsettled: list[str] = []
    wants_edit = changed_since_heard = False
    checked_on: date | None = None
    for move in moves:
        if move.step in (Step.DRAFTED, Step.EDITED):
            state, wants_edit = NoticeState.DRAFT, False
            changed_since_heard = heard_until is not None
            writers.append(move.actor)
        elif move.step is Step.CHECKED:
            state = NoticeState.CHECKED if heard_until is None else NoticeState.HEARING
            checked_on = move.at
        elif move.step is Step.RETURNED:
            state = NoticeState.DRAFT
        elif move.step is Step.ASKED:
            state, heard_until, changed_since_heard = NoticeState.HEARING, move.day, False
        elif move.step is Step.ANSWERED:
            answers[move.unit] = move.objects
            unsettled = [unit for unit in unsettled if unit != move.unit] + [move.unit] * move.objects
        elif move.step is Step.SETTLED:
            unsettled = [unit for unit in unsettled if unit != move.unit]
            # Who was right about a figure wants it changed: what was read is no longer what goes out.
            state, wants_edit = (NoticeState.DRAFT, True) if move.objects else (state, wants_edit)
        else:
            state = NoticeState(move.step.value)
    held = tuple(dict.fromkeys(writers))
    return NoticeStanding(
        state,
        held,
        heard_until,
        tuple(answers.items()),
        tuple(unsettled),
        wants_edit,
        changed_since_heard,
        checked_on,
    )


def is_document_number(text: str) -> bool:
    """Whether a text can be the number of a document: 云府办通〔2026〕12号, 2026年第3期."""
    return re.search(r"\d", text) is not None and re.search(r"[号期]\W*$", text) is not None


def possible(standing: NoticeStanding, named: Sequence[str]) -> tuple[Step, ...]:
    """The steps that people may choose now, in the order of the way; `why_not` says whether one may be taken."""
    is_heard = standing.heard_until is not None
    wanted = {
        # Again while units are heard: the closing day may be put off.
        Step.ASKED: bool(named),
        Step.ANSWERED: is_heard,
        Step.SETTLED: bool(standing.unsettled),
        Step.ISSUED: is_heard or not named,
        # The first comes from the draft itself, the last from the notice that corrects this one.
        Step.CORRECTED: False,
        Step.EDITED: False,
    }
    return tuple(step for step in _FROM if standing.state in _FROM[step] and wanted.get(step, True))


def why_not(
    standing: NoticeStanding,
    move: Move,
    named: Sequence[str],
    today: date,
    findings: Findings = NO_FINDINGS,
) -> str:
    """Why a step may not be taken now, as a code; empty where it may.

    `named` are the units that the notice criticises, `findings` what is to be said of its file.
    """
    if standing.state not in _FROM.get(move.step, ()):
        return "not_now"
    if move.step in (Step.CHECKED, Step.ISSUED) and move.actor in standing.writers:
        return "same_person"
    if move.step in (Step.CHECKED, Step.ISSUED) and findings.grave:
        return "figures_disagree"
    if move.step is Step.CHECKED and standing.wants_edit:
        return "not_edited"
    if move.step is Step.CHECKED and not move.note:
        if standing.changed_since_heard:
            return "changed_since_heard"
        if findings.others:
            return "findings_unread"
    if move.step in (Step.RETURNED, Step.SETTLED, Step.WITHDRAWN) and not move.note:
        return "no_reason"
    if move.step is Step.ASKED:
        return _why_not_ask(standing, move, named, today)
    if move.step is Step.ANSWERED:
        return _why_not_answer(standing, move, named)
    if move.step is Step.SETTLED and move.unit not in standing.unsettled:
        return "no_objection"
    if move.step is Step.ISSUED:
        return _why_not_issue(standing, move, named, today)
    return ""


def _why_not_ask(standing: NoticeStanding, move: Move, named: Sequence[str], today: date) -> str:
    if not named:
        return "nobody_named"
    earliest = max(today, standing.heard_until or today)
    return "closing_day" if move.day is None or move.day <= earliest else ""


def _why_not_answer(standing: NoticeStanding, move: Move, named: Sequence[str]) -> str:
    if standing.heard_until is None:
        return "not_asked"
    if move.unit not in named:
        return "not_named"
    return "no_reason" if move.objects and not move.note else ""


def _why_not_issue(standing: NoticeStanding, move: Move, named: Sequence[str], today: date) -> str:
    if move.day is None or not move.note:
        return "no_number"
    if not is_document_number(move.note):
        return "number_form"
    # What nobody had checked yet was not issued.
    if move.day > today or (standing.checked_on is not None and move.day < standing.checked_on):
        return "issue_day"
    if not named:
        return ""
    if standing.heard_until is None:
        return "not_heard"
    if standing.unsettled:
        return "unsettled"
    waits = [unit for unit in named if unit not in dict(standing.answers)]
    return "hearing_open" if waits and today <= standing.heard_until else ""
