"""Look first, then write: what a workbook would change, and the one transaction that changes it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from data_access.engine import read, write
from data_access.handed_in import HandedIn, find_handed_in
from data_access.records import SubmissionRecord
from data_access.scope import Scope
from data_access.stamps import data_version
from data_access.writes import Record, Written
from data_access.writing.context import Count
from intake.book import take_apart
from intake.cells import written
from intake.changes import Change, What
from intake.choices import choices_of
from intake.drafts import Draft, draft
from intake.errors import PlanBlocked, PlanOutdated
from intake.names import plain_name
from intake.problems import Problem
from intake.reader import RawSheet, read_workbook
from intake.words import say
from intake.writing import hash_of, holds_figures, rehearse, write_draft
from metrics.periods import county_day
from metrics.vocabulary import Level

FILE_NAME_LENGTH = 200
COUNTED = ("new", "corrected", "unchanged")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workbook would do. `earlier` is the submission of the same content, if there was one.

    `changes` compare figure by figure (reports and breakdowns); `counts` tell by kind of record how many
    would be new, corrected or unchanged.
    """

    scope: Scope
    kind: str
    unit: str
    year: int | None
    period: date | None
    file_name: str
    file_hash: str
    content_hash: str
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    counts: dict[str, Count]
    earlier: HandedIn | None
    data_version: int
    today: date
    known_at: datetime
    records: tuple[Record, ...] = field(repr=False)
    sheets: tuple[RawSheet, ...] = field(repr=False)

    @property
    def waits(self) -> bool:
        """Whether what it holds counts only once it is accepted: figures do, targets and definitions hold at once."""
        return holds_figures(self.records)

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """The problems that must be mended first."""
        return tuple(problem for problem in self.problems if problem.blocking)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that go with the figures as doubts or notes."""
        return tuple(problem for problem in self.problems if not problem.blocking)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the workbook is already there."""
        return not any(count.changed for count in self.counts.values())

    def note(self, lang: str = "zh") -> str:
        """One sentence on what applying would come to, for the head of the preview."""
        if self.blocking:
            return say("must_mend", lang, {"count": len(self.blocking)}).sentence
        if not self.changes_nothing:
            facts = {name: sum(getattr(count, name) for count in self.counts.values()) for name in COUNTED}
            return say("will_change", lang, facts).sentence
        if self.earlier is None:
            return say("nothing_new", lang, {}).sentence
        day = county_day(self.earlier.submitted_at).isoformat()
        facts_before = {"day": day, "author": self.earlier.submitted_by, "file": self.earlier.file_name}
        return say("same_as_before", lang, facts_before).sentence

    @property
    def may_apply(self) -> bool:
        """Whether applying it is allowed and would do something."""
        return not self.blocking and not self.changes_nothing


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written. `submission` is None when the workbook changed nothing."""

    submission: int | None
    written: Written
    earlier: HandedIn | None


def county_of(content: bytes) -> str:
    """The code of the county that a workbook says it is for, empty where it does not say.

    A setup workbook filled in by hand says it by the row of the county itself. Raises `WorkbookRefused`.
    """
    book = take_apart(read_workbook(content))
    if book.meta.county:
        return book.meta.county
    rows = book.tables["units"].rows if "units" in book.tables else []
    levels = choices_of(Level).readings
    codes = {
        written(row.cells.get("code"))
        for row in rows
        if levels.get(plain_name(written(row.cells.get("level")))) is Level.COUNTY
    }
    return codes.pop() if len(codes) == 1 else ""


def plan(
    engine: Engine, scope: Scope, content: bytes, file_name: str, *, today: date, known_at: datetime
) -> Plan:
    """Read a workbook and say what it would change; the database stays as it is.

    Raises `WorkbookRefused` for a file that cannot be read or cannot belong to this county. `known_at` is
    the present moment.
    """
    sheets = read_workbook(content)
    book = take_apart(sheets)
    with read(engine) as connection:
        made = draft(connection, scope, book, today=today, known_at=known_at)
        version = data_version(connection, scope.county)
        content_hash = hash_of(made)
        earlier = find_handed_in(connection, scope, content_hash)
    counts = rehearse(engine, scope.county, made, known_at)
    return Plan(
        scope=scope,
        kind=made.kind,
        unit=made.unit,
        year=made.year,
        period=made.period,
        file_name=file_name[-FILE_NAME_LENGTH:],
        file_hash=hashlib.sha256(content).hexdigest(),
        content_hash=content_hash,
        problems=tuple(made.problems),
        changes=tuple(made.changes),
        counts=counts,
        earlier=earlier,
        data_version=version,
        today=today,
        known_at=known_at,
        records=tuple(made.records),
        sheets=tuple(sheets),
    )


def apply(engine: Engine, plan: Plan, *, author: str, recorded_at: datetime, accept: bool = False) -> Applied:
    """Write what was planned, all of it or nothing, in one transaction.

    With `accept` the report counts at once, otherwise it waits for acceptance. Raises `PlanBlocked` when
    problems are left, `PlanOutdated` when others have since changed what the workbook touches.
    """
    if plan.blocking:
        raise PlanBlocked(len(plan.blocking))
    if plan.changes_nothing:
        return Applied(None, Written({}), plan.earlier)
    with write(engine, plan.scope.county) as connection:
        if not _still_holds(connection, plan, recorded_at):
            return Applied(None, Written({}), find_handed_in(connection, plan.scope, plan.content_hash))
        submission, written = write_draft(
            connection,
            plan.scope.county,
            plan.records,
            _submission(plan, author, recorded_at),
            accept=accept,
        )
    return Applied(submission, written, plan.earlier)


def _still_holds(connection: Connection, plan: Plan, recorded_at: datetime) -> bool:
    """Whether the workbook would still do what was shown; False when the same content came in meanwhile.

    Raises `PlanOutdated` when it would do something else.
    """
    if data_version(connection, plan.scope.county) == plan.data_version:
        return True
    again = draft(
        connection, plan.scope, take_apart(list(plan.sheets)), today=plan.today, known_at=recorded_at
    )
    if plan.kind == "report" and _says_nothing_new(again):
        return False
    if (again.records, again.changes) != (list(plan.records), list(plan.changes)):
        raise PlanOutdated
    return True


def _says_nothing_new(report: Draft) -> bool:
    figures = all(change.what is What.UNCHANGED for change in report.changes)
    return figures and not any(count.changed for count in report.counts.values())


def _submission(plan: Plan, author: str, recorded_at: datetime) -> SubmissionRecord:
    return SubmissionRecord(
        unit=plan.unit,
        form=plan.kind,
        period=plan.period,
        file_name=plan.file_name,
        file_hash=plan.file_hash,
        content_hash=plan.content_hash,
        submitted_by=author,
        submitted_at=recorded_at,
    )
