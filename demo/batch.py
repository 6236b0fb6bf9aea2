"""What is written at one moment by one person, and the workbook it came in, if any."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from data_access.records import SubmissionRecord
from data_access.writes import Record
from metrics.periods import COUNTY_ZONE
from metrics.vocabulary import SubmissionState


@dataclass(frozen=True)
class Move:
    """A workbook accepted or returned, by whom, when and why."""

    state: SubmissionState
    at: datetime
    actor: str
    note: str | None = None


@dataclass(frozen=True)
class Batch:
    """Records of one moment and author. Without a workbook they are the county's own entries."""

    recorded_at: datetime
    author: str
    records: tuple[Record, ...]
    handed_in: SubmissionRecord | None = None
    move: Move | None = None


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """An aware moment of a county day."""
    return datetime.combine(day, time(hour, minute), tzinfo=COUNTY_ZONE)


def office_hour(rng: Random, day: date) -> datetime:
    """A minute between half past eight and half past five."""
    return moment(day, 8, 30) + timedelta(minutes=rng.randint(0, 540))


def workbook(
    unit: str, form: str, period: date | None, file_name: str, by: str, at: datetime
) -> SubmissionRecord:
    """A workbook handed in; its hashes are those of its name, as the demo has no files."""
    return SubmissionRecord(
        unit=unit,
        form=form,
        period=period,
        file_name=file_name,
        file_hash=sha256(f"file {file_name} {at.isoformat()}".encode()).hexdigest(),
        content_hash=sha256(f"content {file_name} {at.isoformat()}".encode()).hexdigest(),
        submitted_by=by,
        submitted_at=at,
    )
