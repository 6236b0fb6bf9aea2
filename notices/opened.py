"""Notices read: the draft of each, its steps, where it stands, and what is to be said of its figures today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from briefing.load import Frame
from briefing.snapshots import read_frozen
from briefing.villages import load_villages
from data_access.directory import read_directory
from data_access.notices import (
    Notice,
    NoticeEvent,
    read_events,
    read_file,
    read_notice,
    read_notices,
    read_wording,
)
from data_access.scope import Scope
from metrics.columns import records
from metrics.notice_steps import Move, NoticeStanding, notice_standing
from metrics.periods import COUNTY_ZONE
from metrics.vocabulary import Step
from notices.checking import Finding, check, corrected, left_over
from notices.choices import Choices, choices_of
from notices.content import Paper, paper_of
from notices.correction import told_once
from notices.figures import Figures
from notices.issued import said_at_issue
from notices.lists import lists_of
from notices.reading import read_lines, read_text
from notices.rewriting import Rewritten, rewritten
from notices.word import word


@dataclass(frozen=True)
class Opened:
    """A notice with all that belongs to it: its draft, its steps, where it stands."""

    notice: Notice
    paper: Paper
    choices: Choices
    named: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    events: tuple[NoticeEvent, ...]
    standing: NoticeStanding

    @property
    def file(self) -> str:
        """The fingerprint of the file handed in last; empty where the draft stands as it was made."""
        held = (event.file for event in reversed(self.events) if event.step == Step.EDITED)
        return next(held, "")

    @property
    def issued(self) -> NoticeEvent | None:
        """The step by which it was issued."""
        return next((event for event in self.events if event.step == Step.ISSUED), None)

    @property
    def document_number(self) -> str:
        """The number under which it was issued."""
        return self.issued.note if self.issued else ""

    @property
    def goes_out(self) -> Paper:
        """The paper as drafted, with number and day once it is issued."""
        if self.issued is None or self.issued.day is None:
            return self.paper
        return self.paper.filled(said_at_issue(self.issued.note, self.issued.day))


def opened(connection: Connection, scope: Scope, number: int) -> Opened:
    """One notice; `NoticeUnknown` where the reader sees none of that number."""
    held = read_notice(connection, scope, number)
    return _opened(held, read_events(connection, scope, [number])[number])


def every(connection: Connection, scope: Scope) -> list[Opened]:
    """All notices a reader sees, the newest first."""
    held = read_notices(connection, scope)
    events = read_events(connection, scope, [each.number for each in held])
    return [_opened(each, events[each.number]) for each in held]


def _opened(held: Notice, events: list[NoticeEvent]) -> Opened:
    content = held.content
    return Opened(
        held,
        paper_of(content["paper"]),
        choices_of(content["choices"]),
        tuple(content["named"]),
        tuple((code, about) for code, about in content["notes"]),
        tuple(events),
        notice_standing(map(_move, events)),
    )


def _move(event: NoticeEvent) -> Move:
    day = event.recorded_at.astimezone(COUNTY_ZONE).date()
    return Move(Step(event.step), event.actor, event.unit, event.day, event.objects, event.note, day)


def wording_of(connection: Connection, scope: Scope) -> dict[str, str]:
    """The county's own sentences in force."""
    return {each.sentence: each.text for each in read_wording(connection, scope) if not each.withdrawn}


def people(connection: Connection, scope: Scope, moment: datetime) -> list[tuple[str, str]]:
    """Who may act: the people of the county as known now, each with name and post."""
    day = moment.astimezone(COUNTY_ZONE).date()
    persons = read_directory(connection, scope, day=day, known_at=None).persons
    return [(row.code, f"{row.name}（{row.post}）" if row.post else row.name) for row in records(persons)]


def current_file(connection: Connection, scope: Scope, held: Opened) -> bytes:
    """The Word file as it stands: as issued, else as it was handed in last, else as drafted."""
    mark = held.issued.file if held.issued else ""
    if mark or held.file:
        return read_file(connection, scope, held.notice.number, mark or held.file).content
    return word(held.paper, author=held.choices.typed.get("signature", ""))


def findings_of(connection: Connection, scope: Scope, held: Opened) -> list[Finding]:
    """What is to be said of the file that was handed in last; nothing of a draft as it was made."""
    if not held.file:
        return []
    content = read_file(connection, scope, held.notice.number, held.file).content
    return compare_file(connection, scope, held, content)


def written_otherwise(connection: Connection, scope: Scope, held: Opened) -> list[Rewritten]:
    """What people wrote otherwise than it was drafted, in the file as it stands."""
    return rewritten(held.goes_out, read_lines(current_file(connection, scope, held)))


def compare_file(connection: Connection, scope: Scope, held: Opened, content: bytes) -> list[Finding]:
    """An edited file compared with the draft and its snapshot; nothing is kept."""
    text = read_text(content)
    figures = Figures(read_frozen(connection, scope, held.notice.snapshot).villages)
    return check(held.paper, text.lines, figures) + left_over(text)


@dataclass(frozen=True)
class Watched:
    """A notice whose figures may be others by now: the snapshot they are of, and what its corrections say of them."""

    notice: Opened
    said: Mapping[str, str]

    @property
    def snapshot(self) -> int:
        """The number of the snapshot that it was drafted of."""
        return self.notice.notice.snapshot

    def corrected(self, then: Figures, now: Figures) -> list[Finding]:
        """The figures that are others now than `then`, those of the snapshot; each said once."""
        lists = lists_of(self.notice.paper, self.notice.choices, then)
        return told_once(corrected(self.notice.paper, then, now, self.said, lists), now.told)


def watched(connection: Connection, scope: Scope, held: Opened) -> Watched | None:
    """What is watched with a notice: itself, and of the draft of a correction the notice that it corrects.

    Of the draft it is told what it would say wrongly, or leave out. Nothing of a correction that was issued: what it
    says is watched with the notice that it corrects.
    """
    if held.notice.corrects is None:
        return Watched(held, said_since(connection, scope, held))
    if held.issued is not None:
        return None
    first = opened(connection, scope, held.notice.corrects)
    return Watched(first, said_since(connection, scope, first) | held.notice.content["said"])


def corrected_since(connection: Connection, scope: Scope, held: Opened, moment: datetime) -> list[Finding]:
    """The figures of a notice that are others by what is known at a moment; those of its corrections as corrected."""
    about = watched(connection, scope, held)
    if about is None:
        return []
    then = read_frozen(connection, scope, about.snapshot).villages
    frame = then.county.frame
    now = load_villages(connection, Frame(frame.scope, frame.year, frame.as_of, None, moment))
    return about.corrected(Figures(then), Figures(now))


def said_since(connection: Connection, scope: Scope, held: Opened) -> dict[str, str]:
    """What issued corrections of a notice say of its figures, by key; the newest counts."""
    said: dict[str, str] = {}
    for each in reversed(every(connection, scope)):
        if each.notice.corrects == held.notice.number and each.document_number:
            said |= each.notice.content["said"]
    return said
