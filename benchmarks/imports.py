"""Importing a filled report against openpyxl reading the same file."""

import io
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import Engine

from benchmarks.county import BUILD
from benchmarks.results import Result, milliseconds, show
from data_access.engine import make_engine
from data_access.migrate import migrate
from data_access.scope import Scope
from intake.plan import apply, plan
from intake.sheets import FORMS
from intake.writer import Content, write_workbook
from tests.intake.county import indicator_row
from tests.served import sqlite_url

COUNTY, TOWNSHIP = "990001", "990001101"
START, BEFORE, PERIOD, TODAY = date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 2)
NOW = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
SIZES = {10_000: (25, 40), 100_000: (250, 40)}
FACTOR = 2
PROCESS_SECONDS = 0.5


def villages(count: int) -> list[str]:
    """The codes of the villages of the one township."""
    return [f"{TOWNSHIP}{number:03d}" for number in range(1, count + 1)]


def county(village_count: int, indicator_count: int) -> bytes:
    """A setup workbook: one township, its villages, and indicators that the villages report."""
    units: list[dict[str, Any]] = [_unit(COUNTY, "county", None), _unit(TOWNSHIP, "township", COUNTY)]
    units += [_unit(code, "village", TOWNSHIP) for code in villages(village_count)]
    indicators = [indicator_row(f"ZB{n:02d}", f"指标第{n}项") for n in range(1, indicator_count + 1)]
    sheets = {"units": Content(units), "indicators": Content(indicators)}
    return write_workbook(FORMS["setup"], sheets, {"county": COUNTY})


def _unit(code: str, level: str, parent: str | None) -> dict[str, Any]:
    row = {"code": code, "level": level, "name": f"单位{code}", "kind": "乡", "valid_from": START}
    return row if parent is None else row | {"parent": parent}


def report(village_count: int, indicator_count: int, period: date = PERIOD) -> bytes:
    """A report as a township hands it in: every column of the template filled, figures that differ."""
    rows = [
        {
            "indicator": f"ZB{n:02d}",
            "indicator_name": f"指标第{n}项",
            "unit": code,
            "unit_name": f"单位{code}",
            "measure": "户",
            "accumulation": "年内累计",
            "target": 100,
            "planned": 25,
            "last": 10,
            "value": 5 * period.month + (place * 7 + n * 13) % 60,
        }
        for place, code in enumerate(villages(village_count))
        for n in range(1, indicator_count + 1)
    ]
    meta = {"county": COUNTY, "unit": TOWNSHIP, "period": period}
    return write_workbook(FORMS["report"], {"figures": Content(rows)}, meta)


def openpyxl_seconds(content: bytes) -> tuple[float, int]:
    """Best of three of openpyxl reading every cell in its fast mode, and the number of filled cells."""
    times, filled = [], 0
    for _ in range(3):
        started = time.perf_counter()
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        filled = sum(
            value is not None for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
        )
        times.append(time.perf_counter() - started)
    return min(times), filled


def imported(engine: Engine, content: bytes) -> tuple[float, float]:
    """Seconds of the look and of the write of one workbook. It must have no problem that blocks."""
    started = time.perf_counter()
    found = plan(engine, Scope.whole(COUNTY), content, "report.xlsx", today=TODAY, known_at=NOW)
    looked = time.perf_counter() - started
    if not found.may_apply:
        raise RuntimeError([problem.sentence("en") for problem in found.blocking[:5]])
    started = time.perf_counter()
    apply(engine, found, author="benchmark", recorded_at=NOW, accept=True)
    return looked, time.perf_counter() - started


def fresh(name: str) -> Engine:
    """An empty database with all tables."""
    path = Path(BUILD / name)
    for each in (path, path.with_name(f"{name}-wal"), path.with_name(f"{name}-shm")):
        each.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(sqlite_url(path), statement_seconds=600)
    migrate(engine)
    return engine


def measure(wanted: int, village_count: int, indicator_count: int) -> Result:
    """One size of workbook."""
    engine = fresh(f"import-{wanted}.db")
    # The month that opens the year makes every row of that year: it comes before, as it does in life.
    imported(engine, county(village_count, indicator_count))
    imported(engine, report(village_count, indicator_count, BEFORE))
    content = report(village_count, indicator_count)
    alone, filled = openpyxl_seconds(content)
    looked, written = imported(engine, content)
    engine.dispose()
    limit = FACTOR * alone + PROCESS_SECONDS
    figures = village_count * indicator_count
    return Result(
        f"report of {filled:,} filled cells, {figures:,} figures",
        f"look {milliseconds(looked)} + write {milliseconds(written)}; openpyxl reads {milliseconds(alone)}",
        f"≤ {milliseconds(limit)} together",
        looked + written <= limit,
    )


def main() -> bool:
    """Measure and print. Whether the limits held."""
    return show("Import", [measure(wanted, *shape) for wanted, shape in SIZES.items()])


if __name__ == "__main__":
    main()
