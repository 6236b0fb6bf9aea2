"""Notices kept: the draft of each, the steps on its way out, the files people edited, the county's own sentences."""

import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from data_access.errors import NoticeDamaged, NoticeUnknown
from data_access.schema import notice, notice_event, notice_file, notice_wording, snapshot
from data_access.scope import Scope
from metrics.fingerprints import canonical, fingerprint


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as drafted: of which snapshot, which notice it corrects, and its content (`notices.flow`)."""

    number: int
    snapshot: int
    corrects: int | None
    recorded_at: datetime
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """One step: who took it, when, and what belongs to it; `file` is the fingerprint of a file handed in."""

    step: str
    actor: str
    actor_name: str
    recorded_at: datetime
    unit: str = ""
    day: date | None = None
    objects: bool = False
    note: str = ""
    file: str = ""
    findings: list[dict[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """A file that was handed in, word for word."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as the county writes it, or that it went back to the one that ships (`withdrawn`)."""

    sentence: str
    text: str
    author: str
    recorded_at: datetime
    withdrawn: bool


def read_notices(connection: Connection, scope: Scope) -> list[Notice]:
    """The notices whose snapshot a reader sees, the newest first. `NoticeDamaged` where one was changed."""
    return [_notice(row) for row in connection.execute(_notices(scope).order_by(notice.c.number.desc()))]


def read_notice(connection: Connection, scope: Scope, number: int) -> Notice:
    """One notice; `NoticeUnknown` where the reader sees none of that number."""
    row = connection.execute(_notices(scope).where(notice.c.number == number)).first()
    if row is None:
        raise NoticeUnknown(number)
    return _notice(row)


def read_events(connection: Connection, scope: Scope, numbers: list[int]) -> dict[int, list[NoticeEvent]]:
    """The steps of notices in their order."""
    held = notice_event.c
    statement = select(notice_event).where(scope.common(notice_event), held.notice.in_(numbers))
    events: dict[int, list[NoticeEvent]] = {number: [] for number in numbers}
    for row in connection.execute(statement.order_by(held.notice, held.place)).mappings():
        events[row["notice"]].append(
            NoticeEvent(
                step=row["step"],
                actor=row["actor"],
                actor_name=row["actor_name"],
                recorded_at=row["recorded_at"],
                unit=row["unit"] or "",
                day=row["day"],
                objects=row["objects"],
                note=row["note"] or "",
                file=row["file"] or "",
                findings=None if row["findings"] is None else json.loads(row["findings"]),
            )
        )
    return events


def read_file(connection: Connection, scope: Scope, number: int, mark: str) -> NoticeFile:
    """A file that was handed in for a notice; `NoticeUnknown` where there is none, `NoticeDamaged` if changed."""
    held = notice_file.c
    statement = select(held.name, held.content).where(
        scope.common(notice_file), held.notice == number, held.fingerprint == mark
    )
    row = connection.execute(statement).first()
    if row is None:
        raise NoticeUnknown(number)
    if fingerprint(row.content) != mark:
        raise NoticeDamaged(number)
    return NoticeFile(row.name, row.content)


def read_wording(connection: Connection, scope: Scope) -> list[Wording]:
    """The newest wording of each sentence that the county ever wrote, withdrawn ones included."""
    held = notice_wording.c
    place = func.row_number().over(partition_by=held.sentence, order_by=held.recorded_at.desc())
    rows = select(notice_wording, place.label("place")).where(scope.common(notice_wording)).subquery().c
    names = ("sentence", "text", "author", "recorded_at", "withdrawn")
    statement = select(*(rows[name] for name in names)).where(rows.place == 1).order_by(rows.sentence)
    return [Wording(*row) for row in connection.execute(statement)]


def next_number(connection: Connection, county: str) -> int:
    """The number that the county's next notice gets. Ask under its lock."""
    newest = select(func.max(notice.c.number)).where(notice.c.county == county)
    return int(connection.scalar(newest) or 0) + 1


def add_notice(connection: Connection, county: str, made: Notice) -> None:
    """Keep a draft. Call it under the county's lock."""
    content = canonical(made.content)
    connection.execute(
        insert(notice).values(
            county=county,
            number=made.number,
            snapshot=made.snapshot,
            corrects=made.corrects,
            recorded_at=made.recorded_at,
            content=zlib.compress(content, 9),
            fingerprint=fingerprint(content),
        )
    )


def add_event(connection: Connection, county: str, number: int, event: NoticeEvent) -> None:
    """Keep a step. Call it under the county's lock."""
    held = notice_event.c
    last = select(func.max(held.place)).where(held.county == county, held.notice == number)
    findings = None if event.findings is None else json.dumps(event.findings, ensure_ascii=False)
    connection.execute(
        insert(notice_event).values(
            county=county,
            notice=number,
            place=int(connection.scalar(last) or 0) + 1,
            step=event.step,
            actor=event.actor,
            actor_name=event.actor_name,
            recorded_at=event.recorded_at,
            unit=event.unit or None,
            day=event.day,
            objects=event.objects,
            note=event.note or None,
            file=event.file or None,
            findings=findings,
        )
    )


def add_file(connection: Connection, county: str, number: int, file: NoticeFile, moment: datetime) -> str:
    """Keep a file, once however often it is handed in; its fingerprint."""
    mark = fingerprint(file.content)
    held = notice_file.c
    known = select(held.name).where(held.county == county, held.notice == number, held.fingerprint == mark)
    if connection.execute(known).first() is None:
        connection.execute(
            insert(notice_file).values(
                county=county,
                notice=number,
                fingerprint=mark,
                recorded_at=moment,
                name=file.name,
                content=file.content,
            )
        )
    return mark


def add_wording(connection: Connection, county: str, wording: Wording) -> None:
    """Keep a wording of a sentence, or that the county went back to the one that ships."""
    connection.execute(
        insert(notice_wording).values(
            county=county,
            sentence=wording.sentence,
            recorded_at=wording.recorded_at,
            text=wording.text,
            author=wording.author,
            withdrawn=wording.withdrawn,
        )
    )


def _notices(scope: Scope) -> Any:
    """The notices of snapshots that the reader sees."""
    of_snapshot = (snapshot.c.county == notice.c.county) & (snapshot.c.number == notice.c.snapshot)
    names = ("number", "snapshot", "corrects", "recorded_at", "content", "fingerprint")
    return (
        select(*(notice.c[name] for name in names))
        .join(snapshot, of_snapshot)
        .where(scope.common(notice), scope.sees(snapshot, unit=snapshot.c.root))
    )


def _notice(row: Any) -> Notice:
    try:
        content = zlib.decompress(row.content)
    except (zlib.error, TypeError) as fault:
        raise NoticeDamaged(row.number) from fault
    if fingerprint(content) != row.fingerprint:
        raise NoticeDamaged(row.number)
    return Notice(row.number, row.snapshot, row.corrects, row.recorded_at, json.loads(content))
