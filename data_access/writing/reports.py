"""Reported figures: a figure for a key that exists becomes the next revision and needs a reason."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from data_access.acceptance import states
from data_access.calendar import fits
from data_access.errors import ConflictingRecords, PeriodMisfit, ReasonMissing
from data_access.records import ReportRecord
from data_access.schema import indicator_version, report
from data_access.touches import report_touches
from data_access.versions import in_force
from data_access.writing.context import Count, Writing
from metrics.vocabulary import Cadence, SubmissionState

# Below this many codes a condition that names them is quicker than reading the county's whole period.
FEW = 500
CONTENT = ("value", "high", "numerator", "denominator", "quality", "text")
Key = tuple[str, str, date, str]


@dataclass(slots=True)
class _Held:
    """What is stored for one key: the highest revision, and the content of the newest not returned."""

    revision: int = 0
    content: tuple[Any, ...] | None = None


@dataclass(slots=True)
class _Batch:
    count: Count = field(default_factory=Count)
    rows: list[dict[str, Any]] = field(default_factory=list)


def write_reports(writing: Writing, records: Sequence[ReportRecord]) -> None:
    """Write figures of the submission in hand.

    Equal to the newest revision that was not returned: unchanged. Otherwise the next revision; it
    corrects one that was not returned and then needs a reason, else `ReasonMissing`. Raises `NotFound`
    (unit, indicator, township, submission), `PeriodMisfit`, `ConflictingRecords`.
    """
    if not records:
        return
    submission = writing.require_submission()
    writing.require_units(code for record in records for code in (record.unit, record.township))
    writing.require_indicators(record.indicator for record in records)
    _require_periods(writing, records)
    held = _held(writing, records)
    batch, seen = _Batch(), dict[Key, ReportRecord]()
    for record in records:
        key = (record.unit, record.indicator, record.period, str(record.layer))
        first = seen.setdefault(key, record)
        if first is not record and _content(first) != _content(record):
            raise ConflictingRecords("report", " ".join(str(part) for part in key))
        _place(writing, batch, held[key], record, submission)
    if batch.rows:
        writing.connection.execute(insert(report), batch.rows)
    writing.count("report", batch.count)
    writing.touches += report_touches(
        (row["unit"], row["indicator"], row["period"], row["layer"]) for row in batch.rows
    )


def _place(writing: Writing, batch: _Batch, held: _Held, record: ReportRecord, submission: int) -> None:
    content = _content(record)
    if held.content == content:
        batch.count.unchanged += 1
        return
    is_correction = held.content is not None
    if is_correction and not (record.reason and record.reason.strip()):
        raise ReasonMissing(record.unit, record.indicator, record.period.isoformat())
    batch.count.corrected += is_correction
    batch.count.new += not is_correction
    held.revision += 1
    held.content = content
    batch.rows.append(
        {
            "county": writing.county,
            "township": record.township,
            "indicator": record.indicator,
            "unit": record.unit,
            "period": record.period,
            "layer": record.layer,
            "revision": held.revision,
            **dict(zip(CONTENT, content, strict=True)),
            "doubt": record.doubt,
            "recorded_at": writing.recorded_at,
            "author": writing.author,
            "reason": record.reason,
            "submission": submission,
            "place": record.place,
        }
    )


def _content(record: ReportRecord) -> tuple[Any, ...]:
    # What a check doubts is not part of what was said: a stricter check later corrects nothing.
    return tuple(getattr(record, name) for name in CONTENT)


def _held(writing: Writing, records: Sequence[ReportRecord]) -> dict[Key, _Held]:
    """The stored revisions of the keys in hand; a key not stored yet is made on demand."""
    held: dict[Key, _Held] = defaultdict(_Held)
    state = states(writing.county).subquery("state")
    statement = (
        select(
            report.c.unit,
            report.c.indicator,
            report.c.period,
            report.c.layer,
            report.c.revision,
            state.c.state,
            *(report.c[name] for name in CONTENT),
        )
        .outerjoin(state, state.c.submission == report.c.submission)
        .where(report.c.county == writing.county, *_narrow(records))
        .order_by(report.c.revision)
    )
    for unit, code, period, layer, revision, at, *content in writing.connection.execute(statement):
        mine = held[unit, code, period, layer]
        mine.revision = max(mine.revision, revision)
        if at != SubmissionState.RETURNED:
            mine.content = tuple(content)
    return held


def _narrow(records: Sequence[ReportRecord]) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = [report.c.period.in_(sorted({record.period for record in records}))]
    units = sorted({record.unit for record in records})
    if len(units) <= FEW:
        narrow.append(report.c.unit.in_(units))
    return narrow


def _require_periods(writing: Writing, records: Sequence[ReportRecord]) -> None:
    """Raise `PeriodMisfit` for a figure that no period of its indicator could ever hold."""
    for period in {record.period for record in records}:
        held = in_force(
            indicator_version,
            ("indicator",),
            indicator_version.c.county == writing.county,
            day=period,
            known_at=writing.recorded_at,
        )
        statement = select(held.c.indicator, held.c.cadence)
        cadences = {row.indicator: row.cadence for row in writing.connection.execute(statement)}
        for record in records:
            cadence = cadences.get(record.indicator)
            if record.period == period and (cadence is None or not fits(Cadence(cadence), period)):
                raise PeriodMisfit(record.indicator, period.isoformat(), cadence or "—")
