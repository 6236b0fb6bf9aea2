"""The demo county as a database file for measurements, and the pages a reader of it would open."""

import asyncio
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.client import Session, final_address
from tests.served import ROOT, Served, served, sqlite_url

BUILD = ROOT / "build" / "benchmarks"
# How often people open which page: leaders and supervisors read, clerks look things up.
WEIGHTS = {
    "/": 25,
    "/townships": 30,
    "/departments": 10,
    "/villages": 15,
    "/rectification": 10,
    "/targets": 5,
    "/figure": 5,
}
SEED = 20261031


def database() -> Path:
    """A database with the demo county, kept in build/ until the code that makes it changes."""
    path = BUILD / "county.db"
    made_by = [file for room in ("demo", "data_access") for file in (ROOT / room).rglob("*.py")]
    newest = max(file.stat().st_mtime for file in made_by)
    if not path.exists() or path.stat().st_mtime < newest:
        BUILD.mkdir(parents=True, exist_ok=True)
        half_made = path.with_suffix(".part")
        half_made.unlink(missing_ok=True)
        variables = {**os.environ, "DATABASE_URL": sqlite_url(half_made)}
        subprocess.run([sys.executable, "manage.py", "demo"], cwd=ROOT, env=variables, check=True)
        half_made.replace(path)
    return path


def database_copy(name: str) -> Path:
    """A copy that a measurement may write to."""
    return Path(shutil.copyfile(database(), BUILD / name))


@contextmanager
def dashboard(name: str, **settings: str) -> Iterator[Served]:
    """The real application over the demo county; BENCHMARK_DATABASE_URL names another database."""
    url = os.environ.get("BENCHMARK_DATABASE_URL") or sqlite_url(database())
    BUILD.mkdir(parents=True, exist_ok=True)
    with served(url, BUILD / f"{name}.log", environment=settings) as running:
        yield running


@dataclass(frozen=True)
class Mix:
    """Every address found on the pages, by page."""

    by_page: dict[str, list[str]]

    def choose(self, dice: random.Random) -> str:
        """An address as a reader would open it: a page by its weight, then any of its views."""
        pages = [page for page in WEIGHTS if page in self.by_page]
        page = dice.choices(pages, [WEIGHTS[each] for each in pages])[0]
        return dice.choice(self.by_page[page])

    def typical(self) -> dict[str, list[str]]:
        """Up to two views of each page: its first view, then one that names a unit or a figure."""
        return {page: _typical(links) for page, links in self.by_page.items()}


async def explore(url: str) -> Mix:
    """Follow links from the overview, two steps deep, and sort what was found by page."""
    async with Session(url) as tab:
        first = await tab.draw(await complete(url, "/"))
        seen = dict.fromkeys(first.links)
        for page in {urlsplit(link).path for link in first.links}:
            nearest = next(link for link in first.links if urlsplit(link).path == page)
            seen |= dict.fromkeys((await tab.draw(nearest)).links)
    by_page: dict[str, list[str]] = {}
    for link in seen:
        by_page.setdefault(urlsplit(link).path, []).append(link)
    return Mix(by_page)


async def complete(url: str, address: str) -> str:
    """The address with year and as-of day, as the door writes it."""
    return await asyncio.to_thread(final_address, url + address)


def _typical(links: list[str]) -> list[str]:
    by_shape: dict[frozenset[str], str] = {}
    for link in links:
        names = frozenset(part.split("=")[0] for part in urlsplit(link).query.split("&"))
        # The same view in another language or frame costs the same and says nothing new.
        if not names & {"lang", "known"}:
            by_shape.setdefault(names, link)
    return [by_shape[shape] for shape in sorted(by_shape, key=len)][:2]
