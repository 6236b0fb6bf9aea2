"""The writes of a workbook in their order, and a rehearsal that counts them and leaves nothing behind."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from sqlalchemy import Connection, Engine

from data_access.engine import write
from data_access.errors import ConflictingRecords, NotFound, TreeBroken, UserFacing
from data_access.records import ReportRecord, SubmissionRecord, UnitRecord
from data_access.writes import Record, Written, record_submission, write_records
from data_access.writing.context import Count
from intake.changes import What
from intake.drafts import Draft
from intake.problems import Problem
from intake.sheets.model import Words
from metrics.vocabulary import SubmissionState

# What depends on the checks or on the place in the file is no part of what a workbook says.
NOT_CONTENT = ("doubt", "place")
NOBODY = "—"
_CONTENT_OF: dict[type, Callable[[object], object]] = {}
# What is wrong with the records themselves; a busy or unreachable database is another matter.
DATA_REFUSED = (ConflictingRecords, NotFound, TreeBroken)


class _Undone(Exception):  # noqa: N818 no error: it ends a rehearsal
    """Raised to undo a rehearsal."""


def holds_figures(records: Iterable[Record]) -> bool:
    """Whether there are reported figures among the records: only those wait for acceptance."""
    return any(isinstance(record, ReportRecord) for record in records)


def write_draft(
    connection: Connection,
    county: str,
    records: Iterable[Record],
    submission: SubmissionRecord,
    *,
    accept: bool,
    defer_rollup: bool = False,
) -> tuple[int, Written]:
    """Write the records with their submission in the caller's transaction.

    Units come first: the submission names one, and a county that is being set up has none before. Only
    figures wait for acceptance; targets and definitions hold once they are written.
    """
    held = list(records)
    at, author = submission.submitted_at, submission.submitted_by
    units = [record for record in held if isinstance(record, UnitRecord)]
    rest = [record for record in held if not isinstance(record, UnitRecord)]
    first = write_records(connection, county, units, recorded_at=at, author=author, defer_rollup=defer_rollup)
    waits = not accept and holds_figures(rest)
    state = SubmissionState.SUBMITTED if waits else SubmissionState.ACCEPTED
    number = record_submission(connection, county, submission, recorded_at=at, state=state, actor=author)
    written = write_records(
        connection,
        county,
        rest,
        recorded_at=at,
        author=author,
        submission=number,
        defer_rollup=defer_rollup,
    )
    return number, Written({**first.counts, **written.counts})


def rehearse(engine: Engine, county: str, draft: Draft, at: datetime) -> dict[str, Count]:
    """Count by kind what a draft would write. What the database refuses becomes a problem of the draft.

    Reports were compared with what is stored when they were read; targets and definitions are written
    and undone, which takes the county's lock for a moment.
    """
    if draft.kind == "report":
        return draft.counts | {"report": _tally(draft)}
    if any(problem.blocking for problem in draft.problems) or not draft.records:
        return {}
    rehearsed: list[Written] = []
    submission = SubmissionRecord(draft.unit, draft.kind, draft.period, "", "", "", NOBODY, at)
    try:
        with write(engine, county) as connection:
            # What is undone at once needs no sums.
            rehearsed.append(
                write_draft(connection, county, draft.records, submission, accept=True, defer_rollup=True)[1]
            )
            raise _Undone
    except _Undone:
        return rehearsed[0].counts
    except DATA_REFUSED as refusal:
        draft.problems.append(_refused(refusal))
        return {}


def _tally(draft: Draft) -> Count:
    of = [change.what for change in draft.changes]
    return Count(of.count(What.NEW), of.count(What.CORRECTED), of.count(What.UNCHANGED))


def _refused(refusal: UserFacing) -> Problem:
    facts: dict[str, object] = {
        "sentence": Words(refusal.sentence("zh"), refusal.sentence("en")),
        "remedy": Words(refusal.remedy("zh"), refusal.remedy("en")),
    }
    return Problem("refused", True, "", facts=facts)


def hash_of(draft: Draft) -> str:
    """A hash of what a workbook says, whatever its name, its formatting and the order of its rows."""
    digest = hashlib.sha256(f"{draft.kind} {draft.unit} {draft.year} {draft.period}".encode())
    for line in sorted(_spelt(record) for record in draft.records):
        digest.update(line.encode())
    return digest.hexdigest()


def _spelt(record: Record) -> str:
    kind = type(record)
    if kind not in _CONTENT_OF:
        names = (field.name for field in fields(kind) if field.name not in NOT_CONTENT)
        _CONTENT_OF[kind] = attrgetter(*names)
    return f"\n{kind.__name__} {_CONTENT_OF[kind](record)!r}"
