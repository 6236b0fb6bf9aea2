"""A county's annual plan, and the curves that plans state, loaded as users load them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.facts import read_checklist, read_curves
from metrics.curves import BY_DAY, BY_MONTH, Curve, Shape, parse_points, share
from metrics.vocabulary import State
from tests.intake.cases import CODE, SCOPE, Case, case, measured, places
from tests.intake.county import figure

NILKA = case("nilka-plan")
STEMS = "甲乙丙丁戊己庚辛壬癸子丑"
JUNE = date(2012, 6, 30)


@pytest.fixture(scope="module")
def nilka(engines: Callable[[str], Engine]) -> Case:
    """The county of the plan with its targets, half a year's figures and its checklists."""
    made = Case(engines("nilka"), date(2012, 7, 4))
    start = date(2012, 1, 1)
    townships = ["克令乡", "乌赞乡", "胡吉台乡", "乌拉斯台乡"]
    below: dict[str, list[str]] = {}
    for number, name in enumerate(townships):
        others = [f"{name[:1]}{place}村" for place in range(NILKA["villages"] // 4 - 1)]
        below[name] = [NILKA["key_villages"][number], *others]
    indicators = {
        row["indicator"]: measured(
            f"NL{number:02d}",
            row["indicator"],
            start,
            measure=row["measure"],
            scale=row.get("scale", 0),
            kind=row.get("kind", "accumulate"),
            accumulation="latest" if row.get("kind") in ("keep", "milestone") else "year_to_date",
            is_ratio="parts" in row,
            **dict(zip(("numerator_name", "denominator_name"), row.get("parts", ()), strict=False)),
        )
        for number, row in enumerate(NILKA["targets"], start=1)
    }
    checklist = measured(
        "QD15",
        NILKA["checklist"]["indicator"],
        start,
        measure="项",
        kind="checklist",
        level_reported="village",
        accumulation="latest",
    )
    items = [{"indicator": "QD15", "item": f"T{n:02d}", "name": f"第{n}项"} for n in range(1, 16)]
    made.setup(
        units=places(townships, start, below=below), indicators=[*indicators.values(), checklist], items=items
    )
    made.looked = made.targets(_nilka_targets(), 2012)
    numerator, denominator = next(row["spent"] for row in NILKA["targets"] if "spent" in row)
    made.report(
        [
            figure("脱贫人口", CODE, 1200),
            figure("扶贫基金会筹建", CODE, "是"),
            figure("验收村资金占比", CODE, numerator=numerator, denominator=denominator),
        ],
        JUNE,
    )
    for township, count in enumerate(NILKA["checklist"]["met"].values(), start=101):
        home = f"{CODE}{township}"
        marks = [
            {"indicator": "QD15", "unit": f"{home}201", "item": f"T{n:02d}", "met": n <= count}
            for n in range(1, 16)
        ]
        made.report([], JUNE, unit=home, marks=marks)
    return made


def _nilka_targets() -> list[dict[str, Any]]:
    named = ("issuer", "comparator", "kind", "force")
    return [
        {
            "indicator_name": row["indicator"],
            "indicator": row["indicator"],
            "unit": CODE,
            "low": row["target"],
        }
        | {key: row[key] for key in named if key in row}
        | ({"text": _wording(row)} if "named" in row else {})
        for row in NILKA["targets"]
    ]


def _wording(row: dict[str, Any]) -> str:
    names = "、".join(f"{mark}{row['indicator']}" for mark in STEMS[: row["named"]])
    return f"{names}等{row['announced']}个{row['indicator']}"


def test_nilka_is_read_as_the_document_writes_it(nilka: Case) -> None:
    by_row = {problem.row - 4: problem for problem in nilka.looked.problems}
    for number, row in enumerate(NILKA["targets"]):
        found = by_row.get(number)
        assert (found.code if found else None) == row.get("expect"), row
        if found is not None and "guess" in row:
            assert row["guess"] in found.sentence() and str(NILKA["villages"]) in found.sentence()
    records = {(one.indicator, one.issuer): one for one in nilka.looked.records if hasattr(one, "issuer")}
    ranges = {row["indicator"]: row["range"] for row in NILKA["targets"] if "range" in row}
    with_range = [one for one in records.values() if one.comparator == "range"]
    assert sorted([one.low, one.high] for one in with_range) == sorted(ranges.values())
    assert sum(one.text == "1万人(次)" for one in records.values()) == 1
    amounts = {indicator: one for (indicator, _), one in records.items()}
    total = next(code for code in amounts if amounts[code].comparator == ">")
    assert amounts[total].low == 300_000, "above 3000万元, in its smallest unit"


def test_nilka_names_and_their_number_are_told_apart(nilka: Case) -> None:
    said = [each.sentence() for each in nilka.looked.problems if each.code == "names_differ"]
    rows = [row for row in NILKA["targets"] if "named" in row]
    assert len(said) == len(rows) == 2
    for sentence, row in zip(said, rows, strict=True):
        assert f"{row['announced']} 个" in sentence and f"{row['named']} 个" in sentence


def test_nilka_a_share_keeps_its_denominator_and_says_of_what(nilka: Case) -> None:
    row = next(row for row in NILKA["targets"] if "spent" in row)
    cell = nilka.cells(JUNE).loc[(row["indicator"], "本级")]
    numerator, denominator = (round(each * 100) for each in row["spent"])
    assert (cell["numerator"], cell["denominator"]) == (numerator, denominator)
    assert cell["actual_ratio"] == pytest.approx(row["spent"][0] / row["spent"][1], abs=1e-4)
    with read(nilka.engine) as connection:
        listed = read_directory(connection, SCOPE, day=JUNE).indicators.set_index("name")
    assert listed.at[row["indicator"], "denominator_name"] == row["parts"][1]


def test_nilka_two_issuers_are_never_added(nilka: Case) -> None:
    cells = nilka.cells(JUNE)
    both = cells.loc[[("脱贫人口", "本级")]]
    assert sorted(both["target"]) == [2036, 3326]
    assert both.loc[both["is_principal"], "target"].tolist() == [3326], (
        "none is marked or the county's: the higher"
    )
    assert both["completion"].tolist() == pytest.approx([1200 / 3326, 1200 / 2036])
    assert sorted(both["issuer"]) == sorted(["自治区", "自治州"])
    households = cells.loc[[("脱贫户", "本级")]]
    assert sorted(households["target"]) == [392, 595]
    assert not any(each.code == "household_size" for each in nilka.looked.problems), "5.2 and 5.6 persons"


def test_nilka_a_milestone_has_a_state_and_no_percentage(nilka: Case) -> None:
    cells = nilka.cells(JUNE)
    done, waiting = cells.loc[("扶贫基金会筹建", "本级")], cells.loc[("千头优质奶牛乡", "本级")]
    assert (done["state"], waiting["state"]) == (State.DONE, State.NOT_DUE)
    for cell in (done, waiting):
        assert pd.isna(cell["planned"]) and pd.isna(cell["completion"]) and pd.isna(cell["gap"])
        assert cell["deadline"] == date(2012, 12, 31)


def test_nilka_the_checklist_shows_what_is_missing(nilka: Case) -> None:
    for township, (village, count) in enumerate(NILKA["checklist"]["met"].items(), start=101):
        cells = nilka.cells(JUNE, root=f"{CODE}{township}")
        cell = cells.loc[(NILKA["checklist"]["indicator"], village)]
        assert (cell["numerator"], cell["denominator"]) == (count, 15)
    with read(nilka.engine) as connection:
        marks = read_checklist(connection, SCOPE, day=JUNE)
    for township, count in enumerate(NILKA["checklist"]["met"].values(), start=101):
        own = marks[marks["unit"] == f"{CODE}{township}201"]
        assert sorted(own.loc[~own["met"].astype(bool), "item"]) == [
            f"T{n:02d}" for n in range(count + 1, 16)
        ]
    unchecked = nilka.cells(JUNE, root=f"{CODE}104").loc[
        (NILKA["checklist"]["indicator"], NILKA["key_villages"][3])
    ]
    assert pd.isna(unchecked["completion"]) and pd.isna(unchecked["numerator"]), "nobody checked the fourth"


QUARTERS = case("quarter-plan")


def test_plan_curves_as_documents_state_them(sqlite_engine: Engine) -> None:
    made = Case(sqlite_engine, date(2021, 2, 1))
    start = date(2021, 1, 1)
    stated = [row for row in QUARTERS["curves"] if "points" in row]
    made.setup(
        units=places([], start),
        indicators=[measured(f"QX{number}", row["name"][:20], start) for number, row in enumerate(stated)],
        curves=[
            {
                "name": row["name"],
                "indicator": f"QX{number}",
                "shape": "step" if row.get("step") else "linear",
                "points": ";".join(f"{day} {planned:.0%}" for day, planned in row["points"]),
                "valid_from": start,
            }
            for number, row in enumerate(stated)
        ],
    )
    with read(sqlite_engine) as connection:
        frame = read_curves(connection, SCOPE, year=2021)
    for number, row in enumerate(stated):
        held = frame[frame["indicator"] == f"QX{number}"].iloc[0]
        curve = Curve(held["name"], Shape(held["shape"]), parse_points(held["points"]))
        for day, planned in row["expect"].items():
            assert share(curve, date.fromisoformat(day)) == pytest.approx(planned, abs=1e-6), (
                row["name"],
                day,
            )
    by_day = next(row for row in QUARTERS["curves"] if row["name"] == "straight line by day")
    for day, planned in by_day["expect"].items():
        assert share(BY_DAY, date.fromisoformat(day)) == pytest.approx(planned, abs=1e-6), day
    by_month = next(row for row in QUARTERS["curves"] if "expect_end_of_month" in row)
    for month, planned in by_month["expect_end_of_month"].items():
        assert share(
            BY_MONTH, date(2021, int(month), 30 if int(month) in (4, 6, 11) else 31)
        ) == pytest.approx(planned, abs=1e-6)
