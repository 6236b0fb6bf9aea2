"""A small county as a setup workbook, and short ways to write and import workbooks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from data_access.scope import Scope
from intake.plan import Applied, Plan, apply, plan
from intake.sheets import FORMS
from tests.intake.bare import bare_workbook

COUNTY = "990001"
SCOPE = Scope.whole(COUNTY)
START = date(2025, 1, 1)
TODAY = date(2026, 4, 2)
NOW = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
MARCH = date(2026, 3, 31)
APRIL = date(2026, 4, 30)
TOWNSHIPS = ("990001101", "990001102", "990001103")

Rows = Sequence[Mapping[str, Any]]


def unit_rows() -> list[dict[str, Any]]:
    rows = [{"code": COUNTY, "level": "county", "name": "试验县", "kind": "县", "valid_from": START}]
    for number, (code, name) in enumerate(zip(TOWNSHIPS, ("石门乡", "白沙镇", "云台乡"), strict=True)):
        rows.append(_below(code, "township", COUNTY, name, "乡"))
        for village in range(1, 7):
            row = _below(f"{code}20{village}", "village", code, f"{'甲乙丙'[number]}{village}村", "行政村")
            rows.append(
                row | {"households": 100, "persons": 400, "tags": ("重点村",) if village == 1 else ()}
            )
    return rows


def _below(code: str, level: str, parent: str, name: str, kind: str) -> dict[str, Any]:
    return {"code": code, "level": level, "parent": parent, "name": name, "kind": kind, "valid_from": START}


def indicator_row(code: str, name: str, **more: Any) -> dict[str, Any]:
    """An indicator of households, counted to date, reported by villages every month, unless said otherwise."""
    row: dict[str, Any] = {
        "code": code,
        "name": name,
        "short_name": name[:4],
        "field": "测试",
        "measure": "户",
        "scale": 0,
        "kind": "accumulate",
        "accumulation": "year_to_date",
        "cadence": "month",
        "due_day": 5,
        "level_reported": "village",
        "is_key": False,
        "is_whole": True,
        "is_ratio": False,
        "definition": "按验收数统计。",
        "source": "试验方案",
        "valid_from": START,
    }
    return row | more


INDICATORS = [
    indicator_row("ZF01", "危房改造竣工", is_key=True, lead="住建局"),
    indicator_row(
        "PX01", "技能培训人次", measure="人次", accumulation="increment", level_reported="township"
    ),
    indicator_row("ZJ01", "衔接资金支出", measure="万元", scale=2, is_whole=False, level_reported="township"),
    indicator_row(
        "YS01",
        "自来水普及率",
        measure="%",
        scale=2,
        is_whole=False,
        is_ratio=True,
        kind="level",
        accumulation="latest",
        cadence="quarter",
        numerator_name="通水户",
        denominator_name="总户数",
    ),
    indicator_row("SF01", "示范村", measure="个", level_reported="township"),
    indicator_row("JD01", "活动中心建成", measure="项", kind="milestone", accumulation="latest"),
    indicator_row("QD01", "五通", measure="项", kind="checklist", accumulation="latest"),
    indicator_row("DX01", "人居环境明显改善", measure="—", kind="qualitative", accumulation="latest"),
]


def setup_sheets() -> dict[str, Rows]:
    return {
        "units": unit_rows(),
        "departments": [
            {"code": "D1", "name": "县住房和城乡建设局", "short_name": "住建局", "aliases": ("建设局",)}
        ],
        "persons": [{"code": "P1", "name": "李明", "post": "局长", "department": "建设局"}],
        "duties": [{"person": "P1", "role": "部门负责人", "department": "D1", "valid_from": START}],
        "indicators": INDICATORS,
        "items": [
            {"indicator": "QD01", "item": code, "name": name}
            for code, name in (("Q1", "通水"), ("Q2", "通电"), ("Q3", "通路"))
        ],
    }


def setup_workbook(sheets: Mapping[str, Rows] | None = None, county: str = COUNTY) -> bytes:
    return _book("setup", sheets or setup_sheets(), {"county": county})


def breakdown_workbook(rows: Rows, year: int = 2026, county: str = COUNTY) -> bytes:
    return _book("breakdown", {"targets": rows}, {"county": county, "year": year, "unit": county})


def report_workbook(
    figures: Rows, *, unit: str = TOWNSHIPS[0], period: date = MARCH, marks: Rows = (), county: str = COUNTY
) -> bytes:
    sheets: dict[str, Rows] = {"figures": figures}
    if marks:
        sheets["marks"] = marks
    return _book("report", sheets, {"county": county, "unit": unit, "period": period})


def _book(kind: str, sheets: Mapping[str, Rows], meta: Mapping[str, object]) -> bytes:
    return bare_workbook(FORMS[kind], sheets, meta)


def look(
    engine: Engine, content: bytes, *, today: date = TODAY, now: datetime = NOW, scope: Scope = SCOPE
) -> Plan:
    return plan(engine, scope, content, "报表.xlsx", today=today, known_at=now)


def load(
    engine: Engine, content: bytes, *, now: datetime = NOW, today: date = TODAY, accept: bool = True
) -> Applied:
    """Import a workbook that must have no problem that blocks."""
    looked = look(engine, content, today=today, now=now)
    assert looked.may_apply, [(each.sheet, each.cell, each.sentence()) for each in looked.blocking]
    return apply(engine, looked, author="测试员", recorded_at=now, accept=accept)


def figure(indicator: str, unit: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "unit": unit, "value": value, **more}


def target(indicator: str, unit: str, low: Any = None, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "unit": unit, "low": low, **more}


def codes(looked: Plan) -> set[str]:
    return {problem.code for problem in looked.problems}
