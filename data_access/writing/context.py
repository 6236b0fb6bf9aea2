"""What every write shares: who writes, when, into which county; what was counted; what must be summed anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, select

from data_access.errors import NotFound
from data_access.schema import department, indicator, person, submission, unit_version
from data_access.touches import Touch


@dataclass(slots=True)
class Count:
    """How many records of one kind were new, corrected a version in force, or said nothing new."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0

    def __iadd__(self, other: "Count") -> "Count":
        """Add another count to this one."""
        self.new += other.new
        self.corrected += other.corrected
        self.unchanged += other.unchanged
        return self

    @property
    def changed(self) -> int:
        """How many were written."""
        return self.new + self.corrected


@dataclass
class Writing:
    """One call of `write_records`: its author and moment, its counts by kind, what it touched."""

    connection: Connection
    county: str
    recorded_at: datetime
    author: str
    submission: int | None
    counts: dict[str, Count] = field(default_factory=dict)
    touches: list[Touch] = field(default_factory=list)
    moved_units: bool = False
    changed_calendar: bool = False

    def count(self, kind: str, counted: Count) -> None:
        """Add to the count of a kind."""
        self.counts.setdefault(kind, Count()).__iadd__(counted)

    def require_units(self, codes: Iterable[str | None]) -> None:
        """Raise `NotFound` unless each code is a unit of this county."""
        self._require("unit", unit_version, unit_version.c.unit, codes)

    def require_indicators(self, codes: Iterable[str | None]) -> None:
        """Raise `NotFound` unless each code is an indicator of this county."""
        self._require("indicator", indicator, indicator.c.code, codes)

    def require_departments(self, codes: Iterable[str | None]) -> None:
        """Raise `NotFound` unless each code is a department of this county."""
        self._require("department", department, department.c.code, codes)

    def require_persons(self, codes: Iterable[str | None]) -> None:
        """Raise `NotFound` unless each code is a person of this county."""
        self._require("person", person, person.c.code, codes)

    def require_submission(self) -> int:
        """The submission this write belongs to, recorded at the same moment (who looks back goes by its events).

        ValueError without one or at another moment, `NotFound` if not of this county.
        """
        if self.submission is None:
            raise ValueError("reports are written with the submission they came in")
        statement = select(submission.c.recorded_at).where(
            submission.c.county == self.county, submission.c.id == self.submission
        )
        found = self.connection.scalar(statement)
        if found is None:
            raise NotFound("submission", self.submission)
        if found != self.recorded_at:
            raise ValueError("reports are written at the moment at which their workbook is handed in")
        return self.submission

    def _require(
        self, kind: str, table: FromClause, column: ColumnElement[str], codes: Iterable[str | None]
    ) -> None:
        wanted = {code for code in codes if code is not None}
        if not wanted:
            return
        known = self.connection.scalars(select(column).where(table.c.county == self.county).distinct())
        missing = sorted(wanted.difference(known))
        if missing:
            raise NotFound(kind, "、".join(missing[:10]))
