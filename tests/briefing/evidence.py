"""What the database itself says, read row by row: the other side of every comparison in these tests."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from data_access.engine import read
from data_access.schema import report, submission, submission_event
from metrics.vocabulary import SubmissionState

Key = tuple[str, str, date]


@dataclass(frozen=True)
class Version:
    """One version of one reported figure, in the indicator's smallest unit."""

    key: Key
    revision: int
    value: int | None
    quality: str
    recorded_at: datetime
    submission: int
    township: str


@dataclass(frozen=True)
class Handed:
    """A workbook handed in and everything that befell it."""

    number: int
    unit: str
    period: date | None
    submitted_at: datetime
    events: tuple[tuple[datetime, str], ...]

    def state(self, known_at: datetime) -> str:
        """Where it stood at a moment."""
        return [state for at, state in self.events if at <= known_at][-1]


class Evidence:
    """Every version of every figure reported since a day, and what became of the workbooks they came in."""

    def __init__(self, engine: Engine, since: date) -> None:
        with read(engine) as connection:
            self.versions = [
                Version(
                    (row.unit, row.indicator, row.period),
                    row.revision,
                    row.value,
                    row.quality,
                    row.recorded_at,
                    row.submission,
                    row.township,
                )
                for row in connection.execute(
                    select(report).where(report.c.layer == "reported", report.c.period >= since)
                )
            ]
            moves: dict[int, list[tuple[datetime, str]]] = {}
            told = select(submission_event).order_by(submission_event.c.at, submission_event.c.id)
            for row in connection.execute(told):
                moves.setdefault(row.submission, []).append((row.at, row.state))
            self.handed = {
                row.id: Handed(row.id, row.unit, row.period, row.submitted_at, tuple(moves[row.id]))
                for row in connection.execute(select(submission))
            }

    def accepted(self, known_at: datetime) -> dict[Key, Version]:
        """The version of each figure that counts at a moment: the newest of an accepted workbook."""
        out: dict[Key, Version] = {}
        for version in self.versions:
            if version.recorded_at > known_at:
                continue
            if self.handed[version.submission].state(known_at) != SubmissionState.ACCEPTED:
                continue
            if version.key not in out or out[version.key].revision < version.revision:
                out[version.key] = version
        return out
