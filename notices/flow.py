"""A notice from its draft to its issue: who may do what is decided here, below every page and command.

Every step is read and written under the county's lock, so that two clerks cannot pass each other. What was drafted
stays as it was; an edited file is kept word for word beside it, and is compared again whenever it matters.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine

from briefing.changes import between, corrections_between
from briefing.snapshots import read_frozen, read_whole
from data_access.engine import read, write
from data_access.errors import NotFound, UserFacing
from data_access.notices import (
    Notice,
    NoticeEvent,
    NoticeFile,
    add_event,
    add_file,
    add_notice,
    next_number,
)
from data_access.scope import Scope
from metrics.notice_steps import Findings, Move, why_not
from metrics.periods import COUNTY_ZONE
from metrics.vocabulary import NoticeState, Step
from notices.checking import GRAVE, NOT_FILLED, Finding, corrected, lines_held, share_held
from notices.choices import Choices
from notices.correction import correction, newly_lagging, reasons, told_once
from notices.figures import Figures
from notices.issued import filled, said_at_issue
from notices.lists import lists_of
from notices.notice import draft, of_units
from notices.opened import (
    Opened,
    compare_file,
    current_file,
    every,
    findings_of,
    opened,
    people,
    said_since,
    wording_of,
    written_otherwise,
)
from notices.reading import Line, read_lines
from notices.refusals import REFUSALS

NUMBER_LENGTH, NOTE_LENGTH, FILE_NAME_LENGTH = 60, 2_000, 200
# The share of a notice's paragraphs that a file must hold to be an edited one of it.
LEAST_HELD = 1 / 3
# Brackets that a number is written with, now these, now those.
BRACKETS = str.maketrans("〔〕[]【】", "()()()")
# What comes of a draft, of a file, or of another notice, and is never chosen.
OF_ITSELF = (Step.DRAFTED, Step.EDITED, Step.CORRECTED)


class StepRefused(UserFacing):
    """A step that may not be taken now, or not by this person."""

    def __init__(self, code: str) -> None:
        """Take a code of `REFUSALS`."""
        self.code = code  # type: ignore[misc]
        self.facts = {}
        Exception.__init__(self, code)

    def sentence(self, lang: str = "zh") -> str:
        """Why it may not."""
        return REFUSALS[self.code][0][0 if lang == "zh" else 1]

    def remedy(self, lang: str = "zh") -> str:
        """What to do first."""
        return REFUSALS[self.code][1][0 if lang == "zh" else 1]


def make(
    engine: Engine, scope: Scope, snapshot: int, choices: Choices, *, actor: str, moment: datetime
) -> int:
    """Draft the notice of a whole county's snapshot; its number. `StepRefused` where something is to be typed."""
    if choices.missing():
        raise StepRefused("incomplete")
    with read(engine) as connection:
        figures = Figures(read_whole(connection, scope, snapshot).villages)
        wording = wording_of(connection, scope)
    _know(figures, choices)
    today = moment.astimezone(COUNTY_ZONE).date()
    if any(each.day is not None and each.day < today for each in choices.demands):
        raise StepRefused("demand_day")
    made = draft(figures, choices, wording)
    content = {
        "choices": choices.content(),
        "paper": made.paper.content(),
        "named": list(made.named),
        "notes": [list(note) for note in made.notes],
    }
    return _keep(engine, scope, snapshot, None, content, actor, moment)


def make_correction(
    engine: Engine, scope: Scope, number: int, snapshot: int, *, actor: str, moment: datetime
) -> int:
    """Draft the notice that corrects an issued one by a newer snapshot of the same day; its number."""
    with read(engine) as connection:
        held = opened(connection, scope, number)
        then = Figures(read_frozen(connection, scope, held.notice.snapshot).villages)
        now = Figures(read_whole(connection, scope, snapshot).villages)
        said, wording = said_since(connection, scope, held), wording_of(connection, scope)
        moved = between(connection, then.county, now.county)
        standing = corrections_between(connection, then.county, now.county)
    if held.notice.corrects is not None:
        raise StepRefused("correct_the_first")
    if held.standing.state not in (NoticeState.ISSUED, NoticeState.CORRECTED):
        raise StepRefused("not_now")
    first, second = then.county.frame, now.county.frame
    if (first.as_of, first.year) != (second.as_of, second.year) or second.moment <= first.moment:
        raise StepRefused("not_newer")
    lines = corrected(held.paper, then, now, said, lists_of(held.paper, held.choices, then))
    if not lines:
        raise StepRefused("nothing_to_correct")
    why = reasons(lines, moved, standing)
    shown = told_once(lines, now.told)
    new = newly_lagging(lines, now)
    news = of_units(now, held.choices, wording, new)
    paper = correction(held.paper, held.document_number, held.choices, shown, then, now, why.told, news)
    content = {
        "choices": held.choices.content(),
        "paper": paper.content(),
        # Whom only the correction criticises has not been heard yet.
        "named": list(new) if held.choices.is_criticism else [],
        "notes": [["not_quoted", whose] for whose in why.withheld],
        # What it says of each figure; nothing of one that is gone.
        "said": {line.key: line.wanted for line in lines},
    }
    return _keep(engine, scope, snapshot, number, content, actor, moment)


def _keep(
    engine: Engine,
    scope: Scope,
    snapshot: int,
    corrects: int | None,
    content: Mapping[str, Any],
    actor: str,
    moment: datetime,
) -> int:
    with write(engine, scope.county) as connection:
        name = _person(connection, scope, actor, moment)
        number = next_number(connection, scope.county)
        add_notice(connection, scope.county, Notice(number, snapshot, corrects, moment, dict(content)))
        add_event(connection, scope.county, number, NoticeEvent(Step.DRAFTED, actor, name, moment))
    return number


def act(
    engine: Engine,
    scope: Scope,
    number: int,
    step: Step,
    *,
    actor: str,
    moment: datetime,
    unit: str = "",
    day: date | None = None,
    objects: bool = False,
    note: str = "",
) -> None:
    """Take a step; `StepRefused` says why it may not be taken, and nothing is written then."""
    told = note.strip()
    if step in OF_ITSELF:
        raise StepRefused("not_now")
    if len(told) > (NUMBER_LENGTH if step is Step.ISSUED else NOTE_LENGTH):
        raise StepRefused("too_long")
    with write(engine, scope.county) as connection:
        held = opened(connection, scope, number)
        name = _person(connection, scope, actor, moment)
        move = Move(step, actor, unit, day, objects, told)
        is_passed_on = step in (Step.CHECKED, Step.ISSUED)
        findings = findings_of(connection, scope, held) if is_passed_on and held.file else []
        # Words are nobody's figures, but whoever checks answers for them.
        written = written_otherwise(connection, scope, held) if step is Step.CHECKED and held.file else []
        _allow(held, move, moment, findings, len(written))
        mark = ""
        if step is Step.ISSUED and day is not None:
            _number_free(connection, scope, told)
            _not_overtaken(connection, scope, held)
            mark, unplaced = _keep_issued(connection, scope, held, said_at_issue(told, day), moment)
            findings += unplaced
        told_findings = [asdict(each) for each in findings] if is_passed_on else None
        event = replace(_taken(move, name, moment), file=mark, findings=told_findings)
        add_event(connection, scope.county, number, event)
        if step is Step.ISSUED and held.notice.corrects is not None:
            corrects = NoticeEvent(Step.CORRECTED, actor, name, moment, note=told)
            add_event(connection, scope.county, held.notice.corrects, corrects)


def _taken(move: Move, name: str, moment: datetime) -> NoticeEvent:
    """A step as it is recorded, with what belongs to it of what was said."""
    is_of_a_unit = move.step in (Step.ANSWERED, Step.SETTLED)
    return NoticeEvent(
        move.step,
        move.actor,
        name,
        moment,
        unit=move.unit if is_of_a_unit else "",
        day=move.day if move.step in (Step.ASKED, Step.ISSUED) else None,
        objects=move.objects and is_of_a_unit,
        note=move.note,
    )


def _keep_issued(
    connection: Connection, scope: Scope, held: Opened, said: Mapping[str, str], moment: datetime
) -> tuple[str, list[Finding]]:
    """Keep the document that goes out, number and day written in; its fingerprint, and what found no place in it."""
    made, unplaced = filled(current_file(connection, scope, held), held.paper, said)
    named = NoticeFile(f"{held.paper.name}.docx"[-FILE_NAME_LENGTH:], made)
    mark = add_file(connection, scope.county, held.notice.number, named, moment)
    return mark, [Finding(NOT_FILLED, wanted=text) for text in unplaced]


def hand_in(
    engine: Engine, scope: Scope, number: int, file: NoticeFile, *, actor: str, moment: datetime
) -> list[Finding]:
    """Keep an edited file and say what is to be said of it; `FileRefused` where it cannot be read.

    `StepRefused` for a file of another notice, and for one that holds next to nothing of this one.
    """
    with read(engine) as connection:
        held = opened(connection, scope, number)
        of_this_notice(held, every(connection, scope), read_lines(file.content))
        found = compare_file(connection, scope, held, file.content)
    with write(engine, scope.county) as connection:
        name = _person(connection, scope, actor, moment)
        held = opened(connection, scope, number)
        _allow(held, Move(Step.EDITED, actor), moment, [])
        if held.standing.wants_edit and _says(file.content) == _says(current_file(connection, scope, held)):
            raise StepRefused("same_file")
        named = NoticeFile(file.name[-FILE_NAME_LENGTH:], file.content)
        mark = add_file(connection, scope.county, number, named, moment)
        told = [asdict(each) for each in found]
        event = NoticeEvent(Step.EDITED, actor, name, moment, file=mark, findings=told)
        add_event(connection, scope.county, number, event)
    return found


def of_this_notice(held: Opened, notices: list[Opened], lines: Sequence[Line]) -> None:
    """A file of this notice, as far as can be told; `StepRefused` for another one's, or for something else."""
    others = (lines_held(each.paper, lines) for each in notices if each.notice != held.notice)
    if max(others, default=0) > lines_held(held.paper, lines):
        raise StepRefused("another_notice")
    if share_held(held.paper, lines) < LEAST_HELD:
        raise StepRefused("not_the_notice")


def _says(content: bytes) -> list[str]:
    return [line.text for line in read_lines(content)]


def _allow(held: Opened, move: Move, moment: datetime, findings: list[Finding], written: int = 0) -> None:
    today = moment.astimezone(COUNTY_ZONE).date()
    grave = sum(each.kind in GRAVE for each in findings)
    told = Findings(grave, len(findings) - grave + written)
    refused = why_not(held.standing, move, held.named, today, told)
    if refused:
        raise StepRefused(refused)


def _number_free(connection: Connection, scope: Scope, document_number: str) -> None:
    wanted = _as_compared(document_number)
    if any(_as_compared(each.document_number) == wanted for each in every(connection, scope)):
        raise StepRefused("number_taken")


def _as_compared(document_number: str) -> str:
    """A document number without what people write now this way, now that."""
    told = "".join(unicodedata.normalize("NFKC", document_number).split())
    return told.translate(BRACKETS)


def _not_overtaken(connection: Connection, scope: Scope, held: Opened) -> None:
    """No other correction of the same notice was issued since this one was drafted."""
    if held.notice.corrects is None:
        return
    original = opened(connection, scope, held.notice.corrects)
    drafted = held.events[0].recorded_at
    is_late = any(event.step == Step.CORRECTED and event.recorded_at >= drafted for event in original.events)
    if is_late or original.standing.state not in (NoticeState.ISSUED, NoticeState.CORRECTED):
        raise StepRefused("corrected_meanwhile")


def _know(figures: Figures, choices: Choices) -> None:
    """Whom something is asked of is of this county; `NotFound` for anybody else."""
    for kind, codes in (("unit", "units"), ("department", "departments")):
        for demand in choices.demands:
            unknown = [code for code in getattr(demand, codes) if not figures.has(kind, code, "name")]
            if unknown:
                raise NotFound(kind, ", ".join(unknown))


def _person(connection: Connection, scope: Scope, code: str, moment: datetime) -> str:
    """The name of a person of the county; `NotFound` for anybody else."""
    held = dict(people(connection, scope, moment))
    if code not in held:
        raise NotFound("person", code or "—")
    return held[code]
