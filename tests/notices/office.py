"""A small county of which one township is criticised, and a Word file as somebody might edit it."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from briefing.load import Frame
from briefing.snapshots import read_frozen, take
from data_access.engine import read
from data_access.notices import NoticeFile, read_events, read_notices
from data_access.records import PersonRecord
from data_access.schema import notice_file
from data_access.scope import Scope
from metrics.periods import COUNTY_ZONE
from metrics.vocabulary import Step
from notices.checking import Finding
from notices.choices import Choices, shipped_choices
from notices.figures import Figures
from notices.flow import StepRefused, act, hand_in, make
from notices.opened import Opened, opened
from notices.word import word
from tests.conftest import written_once
from tests.data_access import county as held
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    SOUTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
)

WHOLE = Scope.whole(COUNTY)
APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)
TAKEN = datetime(2026, 6, 20, tzinfo=UTC)
# Noon in the county.
NOW = datetime(2026, 6, 21, 4, tzinfo=UTC)
TODAY, CLOSING = date(2026, 6, 21), date(2026, 6, 25)
DRAFTER, READER, HEAD = "P1", "P2", "P3"
NUMBER = "云政办通报〔2026〕3号"
COMPLETION = f"cell|{NORTH}|{COUNT}|completion"
BODY = "word/document.xml"
# The same paper has the same bytes.
_word = cache(word)


@cache
def begun(template: Path) -> Path:
    """The county of `settle`, written once for all test files that begin with it."""
    folder = template.with_name("notices")
    folder.mkdir()
    return written_once(template, folder, settle)


def settle(engine: Engine) -> None:
    """Four villages asked for 60 households each: those of the north get one a month, the others five.

    The whole is kept as the first snapshot, and of that the first notice is drafted.
    """
    put(engine, *basics(), indicator(COUNT, is_whole=False))
    put(engine, *(held.target(COUNT, village, 60) for town in VILLAGES for village in VILLAGES[town]))
    people = ((DRAFTER, "王文", "科员"), (READER, "李武", "股长"), (HEAD, "赵林", ""))
    put(engine, *(PersonRecord(*person) for person in people))
    for month in range(1, 6):
        for town, value in {NORTH: 1, SOUTH: 5}.items():
            report(engine, month, town, value, moment(month + 1, 2))
    snapshot(engine)
    drafted(engine)


def report(
    engine: Engine, month: int, town: str, value: int, at: datetime, reason: str | None = None
) -> None:
    day = date(2026, month + 1, 1) - timedelta(days=1)
    said = [held.report(COUNT, village, day, value, reason=reason) for village in VILLAGES[town]]
    hand_in_now(engine, said, at=at, of=town, period=day)


def snapshot(
    engine: Engine, at: datetime = TAKEN, as_of: date = MAY, known_at: datetime | None = None
) -> int:
    frame = Frame(WHOLE, 2026, as_of, known_at, at)
    made = take(engine, frame, author="王文", occasion="by_hand", now=lambda: at)
    return made.heading.number


def chosen(engine: Engine, number: int = 1, **changes: Any) -> Choices:
    """What ships, without the charts: drawing them is tried elsewhere."""
    with read(engine) as connection:
        figures = Figures(read_frozen(connection, WHOLE, number).villages)
    return replace(shipped_choices(figures), **{"annexes": ("matrix", "behind"), **changes})


def drafted(engine: Engine, **changes: Any) -> int:
    return make(engine, WHOLE, 1, chosen(engine, **changes), actor=DRAFTER, moment=NOW)


def look(engine: Engine, number: int = 1) -> Opened:
    with read(engine) as connection:
        return opened(connection, WHOLE, number)


def steps(engine: Engine, number: int = 1) -> list[str]:
    return [event.step for event in look(engine, number).events]


def do(engine: Engine, step: Step, actor: str, number: int = 1, at: datetime = NOW, **more: Any) -> None:
    act(engine, WHOLE, number, step, actor=actor, moment=at, **more)


def check(engine: Engine, number: int = 1, at: datetime = NOW, note: str = "") -> None:
    do(engine, Step.CHECKED, READER, number, at, note=note)


def ask(engine: Engine, day: date = CLOSING, at: datetime = NOW) -> None:
    do(engine, Step.ASKED, DRAFTER, at=at, day=day)


def answer(engine: Engine, **more: Any) -> None:
    do(engine, Step.ANSWERED, DRAFTER, unit=NORTH, **more)


def issue(engine: Engine, number: int = 1, at: datetime = NOW, note: str = NUMBER, actor: str = HEAD) -> None:
    day = at.astimezone(COUNTY_ZONE).date()
    do(engine, Step.ISSUED, actor, number, at, day=day, note=note)


def go_out(engine: Engine) -> None:
    """The first notice the whole way."""
    check(engine)
    ask(engine)
    answer(engine)
    issue(engine)


def kept(engine: Engine) -> tuple[Any, ...]:
    """All that is kept of notices."""
    with read(engine) as connection:
        held = read_notices(connection, WHOLE)
        events = read_events(connection, WHOLE, [each.number for each in held])
        return held, events, connection.scalar(select(func.count()).select_from(notice_file))


@contextmanager
def nothing_written(engine: Engine) -> Iterator[None]:
    before = kept(engine)
    yield
    assert kept(engine) == before


@contextmanager
def refused(engine: Engine, code: str) -> Iterator[None]:
    """A step is refused with a code, and nothing of it is kept."""
    with nothing_written(engine):
        with pytest.raises(StepRefused) as told:
            yield
        assert told.value.code == code


def paper_file(engine: Engine, number: int = 1) -> bytes:
    """The Word file of a draft as it was made."""
    return _word(look(engine, number).paper)


def bring(
    engine: Engine, content: bytes, number: int = 1, actor: str = DRAFTER, name: str = "通报.docx"
) -> list[Finding]:
    return hand_in(engine, WHOLE, number, NoticeFile(name, content), actor=actor, moment=NOW)


def with_figure(content: bytes, key: str, text: str) -> bytes:
    """A file in which somebody typed another text into every control of a key."""
    tag = rf'(<w:tag w:val="{re.escape(key)}"/>(?:(?!</w:sdt>).)*?<w:t(?: [^>]*)?>)[^<]*'
    return _rewritten(content, [(tag, rf"\g<1>{text}")])


def with_text(content: bytes, was: str, now: str) -> bytes:
    """A file in which somebody typed something else outside the controls."""
    return _rewritten(content, [(re.escape(was), now)])


def _rewritten(content: bytes, changes: Iterable[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        for member in archive.infolist():
            part = archive.read(member)
            if member.filename == BODY:
                text = part.decode()
                for sign, told in changes:
                    text, count = re.subn(sign, told, text, flags=re.DOTALL)
                    assert count, f"{sign} does not stand in the file"
                part = text.encode()
            copy.writestr(member, part)
    return out.getvalue()
