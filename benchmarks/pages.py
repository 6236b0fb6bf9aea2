"""Warm rerun of each page against the bare time of the SQL statements behind it."""

import asyncio
import json
import sqlite3
import time
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from benchmarks.client import Session
from benchmarks.county import BUILD, complete, dashboard, database, explore
from benchmarks.results import Result, middle, milliseconds, share, show
from data_access.engine import make_engine
from tests.served import served, sqlite_url

RUNS = 15
FACTOR = 3
FLOOR_SECONDS = 0.060


async def warm(url: str, addresses: list[str]) -> dict[str, list[float]]:
    """Seconds of the reruns of each address, after a first run that fills the caches."""
    out: dict[str, list[float]] = {}
    async with Session(url) as tab:
        for address in addresses:
            await tab.draw(address)
            out[address] = [(await tab.draw(address)).seconds for _ in range(RUNS)]
    return out


def statements(address: str) -> list[tuple[str, list[object]]]:
    """The SELECTs of one page, drawn by a process whose caches are cold."""
    record = BUILD / "statements.jsonl"
    record.unlink(missing_ok=True)

    async def draw(url: str) -> None:
        async with Session(url) as tab:
            await tab.draw(address)

    environment = {"XUSHI_STATEMENTS": str(record)}
    script = "benchmarks/recording.py"
    url = sqlite_url(database())
    with served(url, BUILD / "recording.log", script=script, environment=environment) as running:
        asyncio.run(draw(running.url))
    lines = record.read_text(encoding="utf-8").splitlines()
    return [(statement, parameters) for statement, parameters in map(json.loads, lines)]


def bare(wanted: list[tuple[str, list[object]]], path: Path) -> float:
    """Best time of five in which the driver alone runs these statements and fetches every row.

    Over a connection with the application's own settings: with the driver's small cache a large file would
    be read again and again.
    """
    engine = make_engine(sqlite_url(path))
    pooled = engine.raw_connection()
    driver = cast("sqlite3.Connection", pooled.driver_connection)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        for statement, parameters in wanted:
            driver.execute(statement, parameters).fetchall()
        times.append(time.perf_counter() - started)
    pooled.close()
    engine.dispose()
    return min(times)


def measure() -> list[Result]:
    """One line a page view: warm rerun, its statements, and the limit that follows from them."""
    with dashboard("pages") as running:
        mix = asyncio.run(explore(running.url))
        chosen = [address for views in mix.typical().values() for address in views]
        chosen = list(dict.fromkeys([asyncio.run(complete(running.url, "/")), *chosen]))
        times = asyncio.run(warm(running.url, chosen))
    results = []
    for address, seconds in times.items():
        wanted = statements(address)
        alone = bare(wanted, database())
        limit = max(FACTOR * alone, FLOOR_SECONDS)
        results.append(
            Result(
                f"`{_shape(address)}` warm",
                f"{milliseconds(middle(seconds))} (95 %: {milliseconds(share(seconds, 0.95))}); "
                f"{len(wanted)} statements bare {milliseconds(alone)}",
                f"≤ {milliseconds(limit)}",
                middle(seconds) <= limit,
            )
        )
    return results


def _shape(address: str) -> str:
    parts = urlsplit(address)
    names = [part.split("=")[0] for part in parts.query.split("&")]
    return parts.path + "".join(f" {name}" for name in names if name not in ("y", "asof"))


def main() -> bool:
    """Measure and print. Whether every limit held."""
    return show("Server time of a page, warm", measure())


if __name__ == "__main__":
    main()
