"""Snapshots and papers: one kept and checked, a notice drafted, written, and compared again."""

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from benchmarks.county import database
from benchmarks.results import Result, milliseconds, show
from briefing.load import Frame
from briefing.snapshots import read_frozen, take, verify
from data_access.engine import make_engine, read
from data_access.reads import counties, read_setting
from data_access.scope import Scope
from notices.checking import check
from notices.choices import shipped_choices
from notices.figures import Figures
from notices.notice import draft
from notices.pdf import pdf
from notices.reading import read_lines
from notices.slips import bundle
from notices.word import word
from tests.served import sqlite_url

T = TypeVar("T")
LIMIT = 3.0
# What the limit speaks of: three charts and one row for each township.
SMALL = ("standing", "charts")


def main() -> bool:
    """Measure on a copy of the demo county; whether the limit held."""
    with tempfile.TemporaryDirectory(prefix="xushi_papers_") as folder:
        path = Path(shutil.copyfile(database(), Path(folder) / "county.db"))
        return show("Snapshots and papers", _results(path))


def _results(path: Path) -> list[Result]:
    engine = make_engine(sqlite_url(path))
    with read(engine) as connection:
        county = counties(connection)[0]
        day = datetime.fromisoformat(str(read_setting(connection, county, "clock.as_of"))).date()
    scope, now = Scope.whole(county), datetime(day.year, 12, 1, tzinfo=UTC)
    frame = Frame(scope, day.year, day, None, now)
    _, taken = _timed(lambda: take(engine, frame, author="-", occasion="by_hand", now=lambda: now))
    with read(engine) as connection:
        checked, verified = _timed(lambda: verify(connection, scope, 1))
        frozen, thawed = _timed(lambda: read_frozen(connection, scope, 1))
    assert not checked.is_tampered
    figures = Figures(frozen.villages)
    choices = shipped_choices(figures)
    small, _ = _timed(lambda: draft(figures, replace(choices, annexes=SMALL)))
    _, first = _timed(lambda: word(small.paper))
    _, again = _timed(lambda: _from_the_snapshot(engine, scope))
    whole, drafted = _timed(lambda: draft(figures, choices))
    content, written = _timed(lambda: word(whole.paper))
    found, compared = _timed(lambda: check(whole.paper, read_lines(content), Figures(frozen.villages)))
    assert found == []
    _, printed = _timed(lambda: pdf(whole.paper))
    _, slipped = _timed(lambda: bundle(figures, choices))
    engine.dispose()
    return [
        Result("a snapshot is made and kept", milliseconds(taken)),
        Result("it is checked against the records", milliseconds(verified)),
        Result("it is read back", milliseconds(thawed)),
        Result("Word with 3 charts and 16 rows, first of a process", milliseconds(first)),
        Result(
            "from the snapshot to Word with 3 charts and 16 rows",
            milliseconds(again),
            f"≤ {milliseconds(LIMIT)}",
            again <= LIMIT,
        ),
        Result("the whole notice drafted", milliseconds(drafted)),
        Result("the whole notice as Word", milliseconds(written)),
        Result("an edited file compared", milliseconds(compared)),
        Result("the whole notice as PDF", milliseconds(printed)),
        Result("all slips as Word in a zip", milliseconds(slipped)),
    ]


def _from_the_snapshot(engine: Engine, scope: Scope) -> bytes:
    with read(engine) as connection:
        figures = Figures(read_frozen(connection, scope, 1).villages)
    return word(draft(figures, replace(shipped_choices(figures), annexes=SMALL)).paper)


def _timed(what: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    made = what()
    return made, time.perf_counter() - begun
