"""Real plans and notices, as data under tests/cases, turned into workbooks and loaded as users load them."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.facts import read_board
from data_access.scope import Scope
from intake.plan import Plan, apply, plan
from metrics.judge import judge
from metrics.periods import Workdays, in_force
from metrics.vocabulary import Cadence
from tests.intake.county import Rows, breakdown_workbook, indicator_row, report_workbook, setup_workbook

CODE = "990314"
SCOPE = Scope.whole(CODE)
FOLDER = Path(__file__).parents[1] / "cases"


def case(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return held


def places(names: list[str], start: date, *, below: Mapping[str, list[str]] | None = None) -> Rows:
    """The county, its townships by name, and villages below them."""
    rows = [{"code": CODE, "level": "county", "name": "本级", "kind": "县", "valid_from": start}]
    for number, name in enumerate(names, start=101):
        code = f"{CODE}{number}"
        rows.append(
            {
                "code": code,
                "level": "township",
                "parent": CODE,
                "name": name,
                "kind": "乡",
                "valid_from": start,
            }
        )
        for place, village in enumerate((below or {}).get(name, []), start=201):
            rows.append(
                {
                    "code": f"{code}{place}",
                    "level": "village",
                    "parent": code,
                    "name": village,
                    "kind": "行政村",
                    "valid_from": start,
                }
            )
    return rows


def measured(code: str, name: str, start: date, **more: Any) -> dict[str, Any]:
    """An indicator that the county itself reports, unless said otherwise."""
    whole = {"is_whole": more.get("scale", 0) == 0, "level_reported": "county", "valid_from": start}
    return indicator_row(code, name, **whole | more)


class Case:
    """A database that one case is loaded into, step by step, by plan and apply."""

    def __init__(self, engine: Engine, today: date) -> None:
        """Begin on a day; each step is recorded an hour after the one before."""
        self.engine, self.today, self.hour = engine, today, 0
        self.looked: Plan

    def look(self, content: bytes) -> Plan:
        moment = datetime(self.today.year, self.today.month, self.today.day, self.hour, tzinfo=UTC)
        return plan(self.engine, SCOPE, content, "案例.xlsx", today=self.today, known_at=moment)

    def load(self, content: bytes) -> Plan:
        looked = self.look(content)
        assert looked.may_apply, [(one.sheet, one.cell, one.sentence()) for one in looked.blocking]
        apply(self.engine, looked, author="测试员", recorded_at=looked.known_at, accept=True)
        self.hour += 1
        return looked

    def setup(self, **sheets: Rows) -> Plan:
        return self.load(setup_workbook(sheets, county=CODE))

    def targets(self, rows: Rows, year: int) -> Plan:
        return self.load(breakdown_workbook(rows, year=year, county=CODE))

    def report(self, rows: Rows, period: date, *, unit: str = CODE, marks: Rows = ()) -> Plan:
        return self.load(report_workbook(rows, unit=unit, period=period, county=CODE, marks=marks))

    def cells(self, as_of: date, *, known_at: datetime | None = None, root: str = CODE) -> pd.DataFrame:
        """The judged cells, indexed by the indicator's name and the unit's."""
        moment = known_at or datetime(as_of.year + 1, 12, 31, tzinfo=UTC)
        with read(self.engine) as connection:
            directory = read_directory(connection, SCOPE, day=as_of, known_at=moment)
            listed = directory.indicators
            days = {
                code: in_force(Cadence(cadence), 5, as_of.year, as_of, moment, Workdays())
                for code, cadence in zip(listed["code"], listed["cadence"], strict=True)
            }
            board = read_board(
                connection,
                SCOPE,
                directory=directory,
                year=as_of.year,
                as_of=as_of,
                known_at=None,
                data_days=days,
                root=root,
                depth="children",
            )
        cells = judge(board)
        names = listed.set_index("code")["name"]
        units = directory.units.set_index("code")["name"]
        return cells.assign(name=cells["indicator"].map(names), unit_name=cells["unit"].map(units)).set_index(
            ["name", "unit_name"]
        )
