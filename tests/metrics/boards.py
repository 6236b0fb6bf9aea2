"""Boards for tests in a few words: units, indicators, targets and facts with everything else plain."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from metrics.board import (
    CURVE_COLUMNS,
    FACT_COLUMNS,
    INDICATOR_COLUMNS,
    PART_COLUMNS,
    REFERENCE_COLUMNS,
    RULE_COLUMNS,
    TARGET_COLUMNS,
    UNIT_COLUMNS,
    Board,
)
from metrics.judge import judge
from metrics.rules import DEFAULT_CONTENT

COUNTY, TOWN, OTHER_TOWN = "990521", "990521101", "990521102"
LATE = datetime(2027, 3, 1, tzinfo=UTC)
EARLY = datetime(2025, 12, 1, tzinfo=UTC)
YEAR = 2026


def villages(n: int, town: str = TOWN) -> list[str]:
    return [f"{town}{number:03d}" for number in range(1, n + 1)]


def unit(code: str) -> dict[str, Any]:
    level = {6: "county", 9: "township", 12: "village"}[len(code)]
    parent = {6: None, 9: code[:6], 12: code[:9]}[len(code)]
    return {
        "code": code,
        "level": level,
        "parent": parent,
        "township": None,
        "name": code,
        "kind": level,
        "sort": 0,
        "tags": (),
    }


def indicator(code: str = "a", **given: Any) -> dict[str, Any]:
    plain = {
        "code": code,
        "name": code,
        "short_name": code,
        "field": "f",
        "measure": "户",
        "scale": 0,
        "kind": "accumulate",
        "lower_is_better": False,
        "accumulation": "year_to_date",
        "cadence": "month",
        "due_day": 5,
        "level_reported": "township",
        "is_key": False,
        "is_whole": False,
        "is_ratio": False,
        "scope_tag": None,
        "definition": "d",
        "source": "s",
        "sort": 0,
        "lead": None,
        "pair": None,
        "numerator_name": None,
        "denominator_name": None,
    }
    return plain | given


def target(unit: str, low: int | None, code: str = "a", **given: Any) -> dict[str, Any]:
    plain = {
        "unit": unit,
        "indicator": code,
        "issuer": "县",
        "is_breakdown": True,
        "kind": "accumulate",
        "comparator": ">=",
        "low": low,
        "high": None,
        "base": None,
        "measured_from": None,
        "reference": None,
        "minimum": None,
        "no_task": False,
        "force": "must",
        "principal": None,
        "deadline": date(YEAR, 12, 31),
        "change": "set",
        "text": None,
        "document": None,
        "valid_from": date(YEAR, 1, 1),
        "recorded_at": EARLY,
    }
    return plain | given


def fact(unit: str, amount: int | None, code: str = "a", **given: Any) -> dict[str, Any]:
    """A fact of a unit that reports itself; without an amount it owes a report that is not in."""
    plain = {
        "unit": unit,
        "indicator": code,
        "plan_key": "",
        "amount": amount,
        "numerator": None,
        "denominator": None,
        "target_in": None,
        "target_owed": None,
        "units_owed": 1,
        "units_in": int(amount is not None or given.get("numerator") is not None),
        "units_waiting": 0,
        "units_reported": int(amount is not None or given.get("numerator") is not None),
        "units_inexact": 0,
        "units_doubted": 0,
        "units_targeted": 1,
        "quality": "exact",
        "high": None,
        "text": None,
        "last_period": None,
        "last_amount": None,
        "carried": None,
        "carried_inexact": None,
    }
    return plain | given


def rolled(
    unit: str, amount: int | None, owed: int, came: int, code: str = "a", **given: Any
) -> dict[str, Any]:
    """A parent's fact: `came` of `owed` reporting units are in."""
    plain = {"units_owed": owed, "units_in": came, "units_targeted": came, "quality": None}
    return fact(unit, amount, code) | plain | given


def curve(points: Any, shape: str = "linear", **given: Any) -> dict[str, Any]:
    plain = {
        "indicator": None,
        "unit": None,
        "name": "c",
        "shape": shape,
        "points": points,
        "reason": None,
        "document": None,
        "valid_from": date(2020, 1, 1),
        "recorded_at": EARLY,
    }
    return plain | given


def changed(**entries: object) -> dict[str, Any]:
    """The content that is shipped, with other entries."""
    return {**DEFAULT_CONTENT, **entries}


def own(**scopes: object) -> dict[str, Any]:
    """The same with thresholds of their own for some."""
    return changed(thresholds=scopes)


def rule(content: dict[str, Any] | str, number: str = "云督〔2026〕3号", **given: Any) -> dict[str, Any]:
    plain = {
        "number": number,
        "title": "t",
        "content": content,
        "valid_from": date(2020, 1, 1),
        "recorded_at": EARLY,
    }
    return plain | given


def frame(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    numbered = [{"id": number} | row for number, row in enumerate(rows, start=1)]
    return pd.DataFrame(numbered, columns=list(columns))


def board(
    targets: Iterable[dict[str, Any]] = (),
    facts: Iterable[dict[str, Any]] = (),
    *,
    units: Iterable[str] = (TOWN,),
    indicators: Iterable[dict[str, Any]] | None = None,
    day: date | None = date(YEAR, 10, 31),
    as_of: date | None = None,
    curves: Iterable[dict[str, Any]] = (),
    rules: Iterable[dict[str, Any]] = (),
    year: int = YEAR,
    days: dict[str, date | None] | None = None,
    references: Iterable[dict[str, Any]] = (),
    parts: Iterable[dict[str, Any]] = (),
    **given: Any,
) -> Board:
    held = [indicator()] if indicators is None else list(indicators)
    return Board(
        county=COUNTY,
        year=year,
        as_of=as_of or day or date(year, 1, 3),
        known_at=LATE,
        data_days=days or {one["code"]: day for one in held},
        units=pd.DataFrame([unit(code) for code in units], columns=list(UNIT_COLUMNS)),
        indicators=pd.DataFrame(held, columns=list(INDICATOR_COLUMNS)),
        facts=frame(facts, FACT_COLUMNS),
        targets=frame(targets, TARGET_COLUMNS),
        curves=frame(curves, CURVE_COLUMNS),
        rules=frame(rules, RULE_COLUMNS),
        references=pd.DataFrame(list(references), columns=list(REFERENCE_COLUMNS)),
        parts=pd.DataFrame(list(parts), columns=list(PART_COLUMNS)),
        **given,
    )


def cells(*args: Any, **given: Any) -> pd.DataFrame:
    return judge(board(*args, **given))


def cell(*args: Any, **given: Any) -> Any:
    """The first (or only) row of a judged board."""
    return next(cells(*args, **given).itertuples(index=False))


def at(judged: pd.DataFrame, unit: str, code: str = "a") -> Any:
    """The principal row of a unit and indicator."""
    held = judged[(judged["unit"] == unit) & (judged["indicator"] == code) & judged["is_principal"]]
    return next(held.itertuples(index=False))


def one(low: int | None, amount: int | None, of: dict[str, Any] | None = None, **given: Any) -> Any:
    """The row of one township: its target (with more terms in `of`) and its amount."""
    terms = of or {}
    kind = {"kind": terms["kind"]} if "kind" in terms else {}
    settings = given.pop("indicator", {})
    return cell(
        [target(TOWN, low, **terms)],
        [fact(TOWN, amount, **given.pop("fact", {}))],
        indicators=[indicator(**(kind | settings))],
        **given,
    )


def reference(unit: str, value: int | None, code: str = "a", **given: Any) -> dict[str, Any]:
    """A value that targets are compared with: last year's unless said otherwise."""
    plain = {
        "unit": unit,
        "indicator": code,
        "measured_from": "last_year",
        "reference": None,
        "value": value,
        "numerator": None,
        "denominator": None,
        "units_owed": 1,
        "units_in": 1,
        "is_inexact": False,
        "day": date(YEAR - 1, 10, 31),
        "source": None,
    }
    return plain | given


def part(unit: str, number: int, code: str = "a", **given: Any) -> dict[str, Any]:
    """The figure of one of the units below."""
    plain = {
        "unit": unit,
        "indicator": code,
        "part": f"{unit}{number:03d}",
        "value": None,
        "numerator": None,
        "denominator": None,
    }
    return plain | given
