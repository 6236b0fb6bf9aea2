"""Take a snapshot of what the leaders see, and check a kept one against the database."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from briefing.frozen import Frozen, freeze, thaw
from briefing.load import Frame
from briefing.part import load_part, scope_of
from data_access.engine import read, write
from data_access.errors import SnapshotDamaged, UserFacing, WrittenMeanwhile
from data_access.reads import read_setting
from data_access.scope import Scope
from data_access.snapshots import (
    Heading,
    Snapshot,
    add_snapshot,
    last_link,
    read_chain,
    read_content,
    read_snapshot,
    record_marks,
)
from data_access.stamps import data_version
from metrics.fingerprints import BEGINNING, Differing, canonical, differences, fingerprint, link
from metrics.periods import COUNTY_ZONE

VERSION = "0.1.0"
# The rooms in which figures are made.
_MAKERS = ("metrics", "data_access", "briefing")
ATTEMPTS = 5
AUTHOR_LENGTH = 80


class SnapshotOfAPart(UserFacing):
    """A notice is wanted of a snapshot that is not of the whole county."""

    code = "snapshot_of_a_part"
    fields = ("number",)
    zh = "第 {number} 号快照不是全县的，不能起草通报。"
    en = "Snapshot {number} is not of the whole county; no notice is drafted of it."
    remedy_zh = "请选一份全县的快照；单个单位的督办单、提醒函在通报页下载。"
    remedy_en = "Choose one of the whole county; slips for one unit are on the page of the notice."


class SnapshotOfADayToCome(UserFacing):
    """A snapshot is wanted of a day that has not come: the records of that day cannot be there yet."""

    code = "snapshot_of_a_day_to_come"
    fields = ("day", "today")
    zh = "截至日 {day} 还没有到（今天是 {today}），不能生成快照。"
    en = "The day {day} has not come yet (today is {today}); no snapshot is made of it."
    remedy_zh = "请选今天或以前的一天。"
    remedy_en = "Choose today or a day before."


class SnapshotOfAMomentToCome(UserFacing):
    """A snapshot is wanted as known at a moment that has not come: nobody knows what will be recorded until then."""

    code = "snapshot_of_a_moment_to_come"
    fields = ("moment", "now")
    zh = "数据时点 {moment} 还没有到（现在是 {now}），不能生成快照。"
    en = "The moment {moment}, as known at which it is wanted, has not come yet (it is {now}); no snapshot is made."
    remedy_zh = "请改成现在或以前的时点；不写数据时点，就按现在已知的数据生成。"
    remedy_en = "Give this moment or one before; without one it is made of what is known now."


class SnapshotOfNobody(UserFacing):
    """A snapshot without a name: nobody could be asked about it."""

    code = "snapshot_of_nobody"
    zh = "没有写生成人，不能生成快照。"
    en = "Nobody is named as its author; no snapshot is made."
    remedy_zh = "请写上生成人的姓名。"
    remedy_en = "Name the person who makes it."


@cache
def formulas() -> str:
    """A fingerprint of the code that makes figures: another one may make others of the same records."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for source in sorted(each for room in _MAKERS for each in (root / room).rglob("*.py")):
        digest.update(source.relative_to(root).as_posix().encode() + source.read_bytes())
    return digest.hexdigest()


def take(
    engine: Engine, frame: Frame, *, author: str, occasion: str, now: Callable[[], datetime]
) -> Snapshot:
    """Freeze what the frame's scope sees: a county, a unit of it with all below, or a department.

    Known at this moment where the frame names none. What is read and what is kept are of one state: where
    somebody wrote meanwhile it is read again; `WrittenMeanwhile` where that does not end. `NotFound` for a unit
    or department unknown, `SnapshotOfADayToCome` for a day after today, `SnapshotOfAMomentToCome` for a moment
    after this one, `SnapshotOfNobody` without an author.
    """
    if not author.strip():
        raise SnapshotOfNobody
    if len(frame.scope.units) + len(frame.scope.departments) != 1:
        raise ValueError("a snapshot is of one unit or one department")
    for _ in range(ATTEMPTS):
        moment = now()
        known = replace(frame, known_at=frame.known_at or moment)
        _known_by_now(known.moment, moment)
        with read(engine) as connection:
            _come(connection, frame, moment)
            seen = data_version(connection, frame.county)
            content = canonical(content_of(connection, known))
        with write(engine, frame.county) as connection:
            if data_version(connection, frame.county) == seen:
                return _keep(connection, known, content, moment, author, occasion)
    raise WrittenMeanwhile


def _known_by_now(known_at: datetime, moment: datetime) -> None:
    """Refuse a moment to come; told to the second where the minute is the same."""
    if known_at <= moment:
        return
    shown = [each.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M:%S") for each in (known_at, moment)]
    raise SnapshotOfAMomentToCome(*shown)


def _come(connection: Connection, frame: Frame, moment: datetime) -> None:
    """Refuse a day to come; a county whose screens are fixed on a day has that day as its own."""
    today = moment.astimezone(COUNTY_ZONE).date()
    fixed = read_setting(connection, frame.county, "clock.as_of")
    if frame.as_of > max(today, date.fromisoformat(fixed) if fixed else today):
        raise SnapshotOfADayToCome(frame.as_of, today)


def content_of(connection: Connection, frame: Frame) -> dict[str, Any]:
    """The content of a snapshot of a frame, made of what the database holds."""
    held = freeze(load_part(connection, frame), {"version": VERSION, "formulas": formulas()})
    return held | {"marks": record_marks(connection, frame.county, frame.moment)}


def read_frozen(connection: Connection, scope: Scope, number: int) -> Frozen:
    """The briefing that a snapshot keeps; errors as in `read_content`."""
    return thaw(json.loads(read_content(connection, scope, number)))


def read_whole(connection: Connection, scope: Scope, number: int) -> Frozen:
    """The same where it must be of the whole county; `SnapshotOfAPart` where it is not."""
    if not read_snapshot(connection, scope, number).heading.is_whole:
        raise SnapshotOfAPart(number)
    return read_frozen(connection, scope, number)


def _keep(
    connection: Connection, frame: Frame, content: bytes, moment: datetime, author: str, occasion: str
) -> Snapshot:
    number, previous = last_link(connection, frame.county) or (0, BEGINNING)
    heading = Heading(
        county=frame.county,
        number=number + 1,
        root=next(iter(frame.scope.units), frame.county),
        year=frame.year,
        as_of=frame.as_of,
        known_at=frame.moment,
        recorded_at=moment,
        # Name first: what may be cut off is the end of a long post.
        author=author.strip()[:AUTHOR_LENGTH],
        occasion=occasion,
        version=VERSION,
        formulas=formulas(),
        department=next(iter(frame.scope.departments), None),
    )
    mark = fingerprint(content)
    made = Snapshot(heading, mark, previous, link(previous, heading.content(), mark))
    add_snapshot(connection, made, content)
    return made


@dataclass(frozen=True)
class Checked:
    """What a check of a snapshot found.

    `broken`: the numbers at which the chain does not hold, up to this one; `missing`: the numbers before it that
    are not there any more. `is_altered`: the kept content is not what was kept. `records`: the tables and townships
    whose records, as known then, are others than then. `differing`: what is made of the records now where it is not
    what was kept. `is_newer`: other formulas made the snapshot, so that they alone can explain what differs.
    """

    snapshot: Snapshot
    broken: tuple[int, ...]
    is_altered: bool
    is_readable: bool
    records: tuple[tuple[str, str], ...]
    differing: tuple[Differing, ...]
    is_newer: bool
    missing: tuple[int, ...] = ()

    @property
    def is_tampered(self) -> bool:
        """Whether anything was changed that nobody may change."""
        is_chained = not (self.broken or self.missing)
        return bool(
            not is_chained or self.is_altered or self.records or (self.differing and not self.is_newer)
        )


def verify(connection: Connection, scope: Scope, number: int) -> Checked:
    """Compute a snapshot anew from the records known at its moment, and compare."""
    held = read_snapshot(connection, scope, number)
    chain = [each for each in read_chain(connection, scope.county) if each.heading.number <= number]
    try:
        content = read_content(connection, scope, number)
    except SnapshotDamaged:
        return Checked(held, _broken(chain), True, False, (), (), False, _missing(chain))
    is_altered = fingerprint(content) != held.fingerprint
    try:
        kept = json.loads(content)
    except ValueError:
        return Checked(held, _broken(chain), True, False, (), (), False, _missing(chain))
    heading = held.heading
    whose = scope_of(heading.county, heading.root, heading.department)
    frame = Frame(whose, heading.year, heading.as_of, heading.known_at, heading.known_at)
    now = json.loads(canonical(content_of(connection, frame)))
    is_newer = heading.formulas != formulas()
    # Tables without a row were marked as well at first.
    marks = {name: held for name, held in (kept.pop("marks", None) or {}).items() if held}
    records = differences(marks, now.pop("marks"))
    own = {name: kept.pop(name, None) for name in ("software",)}
    now.pop("software")
    is_altered = is_altered or own["software"] != {"version": heading.version, "formulas": heading.formulas}
    return Checked(
        held,
        _broken(chain),
        is_altered,
        True,
        tuple(dict.fromkeys((each.path[0], each.path[1] if len(each.path) > 1 else "") for each in records)),
        tuple(differences(kept, now)),
        is_newer,
        _missing(chain),
    )


def _broken(chain: list[Snapshot]) -> tuple[int, ...]:
    """The numbers at which a chain does not hold: the link is not that of its parts, or not of the one before.

    What came before one that is missing nobody can say any more.
    """
    found = []
    links = {0: BEGINNING} | {each.heading.number: each.link for each in chain}
    for each in chain:
        number = each.heading.number
        own = link(each.previous, each.heading.content(), each.fingerprint)
        if each.link != own or each.previous != links.get(number - 1, each.previous):
            found.append(number)
    return tuple(found)


def _missing(chain: list[Snapshot]) -> tuple[int, ...]:
    """The numbers that a chain must have had."""
    held = {each.heading.number for each in chain}
    return tuple(number for number in range(1, max(held)) if number not in held)
