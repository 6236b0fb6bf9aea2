"""Judged cells, items and what is said of them, in a few words: for ranks, flags and the order of attention."""

from typing import Any

import pandas as pd

GOOD, SLIGHT, BAD, FAR, SILENT, NONE = (
    "on_plan",
    "slightly_behind",
    "behind",
    "far_behind",
    "unreported",
    "no_task",
)
GAPS = {GOOD: 0.01, SLIGHT: -0.05, BAD: -0.2, FAR: -0.412, "done": 0.2, "unfinished": -0.1}


def row(unit: str, code: str, state: str, **given: Any) -> dict[str, Any]:
    plain = {
        "unit": unit,
        "indicator": code,
        "state": state,
        "is_principal": True,
        "gap": GAPS.get(state, float("nan")),
        "behind_gap": -0.1,
        "far_gap": -0.3,
        "days_behind": 97 if state in (BAD, FAR) else None,
        "completion": 0.5 if state in GAPS else float("nan"),
        "shortfall": 10.0 if state in (SLIGHT, BAD, FAR) else 0.0,
    }
    return plain | given


def held(units: dict[str, list[str]]) -> pd.DataFrame:
    """Cells of units from their states, one indicator a column: i0, i1, …"""
    rows = [row(unit, f"i{at}", state) for unit, states in units.items() for at, state in enumerate(states)]
    return pd.DataFrame(rows).astype({"days_behind": "Int64"})


INDICATORS = pd.DataFrame(
    {
        "code": [f"i{n}" for n in range(9)],
        "name": [f"指标{n}" for n in range(9)],
        "is_key": [True] + [False] * 8,
    }
)
NO_ISSUES = pd.DataFrame(
    {"unit": [], "indicator": [], "number": [], "clock": [], "days": pd.array([], dtype="Int64")}
)
NOTHING_SAID = pd.DataFrame({"unit": [], "indicator": [], "period": [], "waits_on": []}, dtype="str")


def issue(unit: str, days: int, indicator: str | None = None, number: str = "Z1") -> dict[str, Any]:
    clock = "overdue" if days > 0 else "in_time"
    return {"unit": unit, "indicator": indicator, "number": number, "clock": clock, "days": days}


def issues(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).astype({"days": "Int64"})
