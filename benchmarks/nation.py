"""The same county alone and inside a database that holds the nation's real hierarchy."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.county import BUILD, database, database_copy
from benchmarks.hierarchy import NotFetchedError, fetched, load
from benchmarks.pages import bare, statements
from benchmarks.results import Result, milliseconds, show
from data_access.engine import make_engine, read, write
from data_access.reads import counties
from data_access.rollup import check, rebuild
from tests.served import sqlite_url

FACTOR = 2


def nation() -> Path:
    """A database with the demo county among all the nation's units, kept in build/ as long as the county's."""
    path = BUILD / "nation.db"
    if not path.exists() or path.stat().st_mtime < database().stat().st_mtime:
        archive = fetched()
        half_made = database_copy("nation.part")
        engine = make_engine(sqlite_url(half_made), statement_seconds=600)
        load(engine, archive)
        engine.dispose()
        half_made.replace(path)
    return path


def _seconds(path: Path, act: Callable[..., object], *, writes: bool) -> float:
    """Best of three of an act on the demo county."""
    engine = make_engine(sqlite_url(path), statement_seconds=600)
    with read(engine) as connection:
        county = next(code for code in counties(connection) if code.startswith("99"))
    times = []
    for _ in range(3):
        with write(engine, county) if writes else read(engine) as connection:
            started = time.perf_counter()
            act(connection, county)
            times.append(time.perf_counter() - started)
    engine.dispose()
    return min(times)


def _compared(what: str, alone: float, among: float) -> Result:
    measured = f"alone {milliseconds(alone)}, among the nation {milliseconds(among)}: {among / alone:.2f} ×"
    return Result(what, measured, f"≤ {FACTOR} ×", among <= FACTOR * alone)


def main() -> bool:
    """Measure and print. Whether the limits held; true where the hierarchy cannot be had, and says so."""
    title = "One county out of the nation"
    try:
        whole = nation()
    except NotFetchedError as fault:
        return show(title, [Result("not measured", str(fault))])
    with sqlite3.connect(whole) as connection:
        villages = connection.execute("SELECT count(*) FROM unit WHERE level = 'village'").fetchone()[0]
    wanted = statements("/")
    return show(
        title,
        [
            Result("villages in the database", f"{villages:,}"),
            _compared("statements of the county's overview", bare(wanted, database()), bare(wanted, whole)),
            _compared(
                "roll-up of the county rebuilt",
                _seconds(database_copy("alone.db"), rebuild, writes=True),
                _seconds(whole, rebuild, writes=True),
            ),
            _compared(
                "roll-up of the county compared with its sources",
                _seconds(database(), check, writes=False),
                _seconds(whole, check, writes=False),
            ),
        ],
    )


if __name__ == "__main__":
    main()
