"""What real plans and notices must come to, through the same import that users have."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.engine import read
from data_access.facts import read_issues
from metrics.curves import BY_DAY, share
from metrics.vocabulary import State
from metrics.words import word
from tests.intake.cases import CODE, SCOPE, Case, case, measured, places
from tests.intake.county import breakdown_workbook, figure, target

START_2014, JULY = date(2014, 1, 1), date(2014, 7, 31)
LONGNAN = case("longnan-2014")
TASKS: dict[str, dict[str, Any]] = {row["indicator"]: row for row in LONGNAN["tasks"]}
LONGNAN_CODES = {name: f"LN{number:02d}" for number, name in enumerate(TASKS, start=1)}


@pytest.fixture(scope="module")
def longnan(engines: Callable[[str], Engine]) -> Case:
    """The notice of July 2014: its tasks, its sites, its one rectification item, and its figures."""
    made = Case(engines("longnan"), date(2014, 8, 4))
    sites = TASKS["易地搬迁安置点"]["unstarted_by_unit"]
    indicators = [_longnan_indicator(name) for name in TASKS]
    indicators.append(measured("LN21", "危旧房改造开工", START_2014))
    indicators.append(measured("LN22", "安置点在建", START_2014, measure="个"))
    indicators.append(measured("LN23", "安置点未开工", START_2014, measure="个", level_reported="township"))
    made.setup(
        units=places(list(sites), START_2014),
        indicators=indicators,
        issues=[_audit()],
        events=[
            {"number": "SJ-1", "state": "working", "day": date(2014, 2, 1), "actor": "市审计局"},
            {"number": "SJ-1", "state": "verifying", "day": date(2014, 6, 20), "actor": "市扶贫办"},
            {
                "number": "SJ-1",
                "state": "closed",
                "day": date(2014, 6, 30),
                "actor": "督查组",
                "evidence": "第三期通报",
            },
        ],
    )
    made.targets(
        [
            target(LONGNAN_CODES[name], CODE, "4.382亿元" if name == "易地扶贫搬迁投资" else row["target"])
            for name, row in TASKS.items()
            if "target" in row
        ]
        + [target("LN21", CODE, TASKS["危旧房改造竣工"]["target"])],
        2014,
    )
    made.looked = made.report(_longnan_figures(), JULY)
    for number, count in enumerate(sites.values(), start=101):
        made.report([figure("LN23", f"{CODE}{number}", count)], JULY, unit=f"{CODE}{number}")
    return made


def _longnan_indicator(name: str) -> dict[str, Any]:
    unit = TASKS[name]["unit"]
    more: dict[str, Any] = {"measure": unit}
    if unit == "万元":
        more |= {"scale": 2}
    if unit == "%":
        more |= {"scale": 2, "accumulation": "latest", "kind": "keep"}
    return measured(LONGNAN_CODES[name], name, START_2014, **more)


def _audit() -> dict[str, Any]:
    return {
        "number": "SJ-1",
        "unit": CODE,
        "source": "审计",
        "problem_class": "管理不规范",
        "title": "2011至2012年度财政扶贫资金审计",
        "detail": "按审计意见整改。",
        "opened_on": date(2014, 1, 10),
        "first_deadline": date(2014, 6, 30),
    }


def _longnan_figures() -> list[dict[str, Any]]:
    rows = []
    for name, row in TASKS.items():
        value = row.get("actual", row.get("actual_text", row.get("actual_printed_only")))
        if name == "易地搬迁安置点":
            value = row["stages"]["已建成"]
        rows.append(figure(LONGNAN_CODES[name], CODE, value, printed=row.get("printed")))
    rows.append(figure("LN21", CODE, TASKS["危旧房改造竣工"]["started"]))
    rows.append(figure("LN22", CODE, TASKS["易地搬迁安置点"]["stages"]["在建"]))
    return rows


def test_longnan_is_judged_as_arithmetic_says(longnan: Case) -> None:
    flagged = {problem.cell for problem in longnan.looked.problems if problem.code == "printed_differs"}
    assert len(flagged) == 2, "both printed percentages do not follow from their own figures"
    cells = longnan.cells(JULY)
    for name, row in TASKS.items():
        if "expect_completion" in row:
            assert cells.at[(name, "本级"), "completion"] == pytest.approx(row["expect_completion"], abs=1e-6)
    expected = LONGNAN["expect_on_straight_line_by_month"]
    found = {name: word(State(cells.at[(name, "本级"), "state"]), "zh") for name in expected}
    assert found == expected
    planned = cells.at[("财政专项扶贫资金安排到特困片区", "本级"), "planned"]
    assert planned == pytest.approx(LONGNAN["straight_line_planned_share"]["by_month"], abs=1e-6)
    by_day = LONGNAN["straight_line_planned_share"]["by_day"]
    assert share(BY_DAY, JULY) == pytest.approx(by_day, abs=1e-6)
    assert cells.at[("易地扶贫搬迁投资", "本级"), "target"] == 4_382_000, "4.382亿元, in hundredths of 万元"
    started = cells.at[("危旧房改造开工", "本级"), "completion"]
    assert started == pytest.approx(TASKS["危旧房改造竣工"]["expect_started_share"])


def test_longnan_gives_no_figure_to_what_was_not_one(longnan: Case) -> None:
    cells = longnan.cells(JULY)

    def state(name: str) -> State:
        return State(cells.at[(name, "本级"), "state"])

    assert state("扶贫互助资金社注册") is State.UNQUANTIFIED
    assert state("九年义务教育巩固率") is State.UNQUANTIFIED
    assert state("新型农村合作医疗参合率") is State.NO_TARGET
    assert cells.at[("新型农村合作医疗参合率", "本级"), "actual"] == 9_799
    road, village = "建制村通沥青(水泥)路", "整村推进项目形象进度"
    assert (cells.at[(road, "本级"), "actual"], state(road)) == (5_210, State.NO_TARGET)
    assert pd.isna(cells.at[(road, "本级"), "numerator"])
    assert cells.at[(village, "本级"), "actual_text"] == "70%以上"
    assert pd.isna(cells.at[("扶贫互助资金社注册", "本级"), "completion"])


def test_longnan_sites_add_up(longnan: Case) -> None:
    site = TASKS["易地搬迁安置点"]
    cells = longnan.cells(JULY)
    unstarted = int(cells.at[("安置点未开工", "本级"), "actual"])
    assert unstarted == site["expect_unstarted_sum"]
    built = int(cells.at[("易地搬迁安置点", "本级"), "actual"])
    assert built + int(cells.at[("安置点在建", "本级"), "actual"]) + unstarted == site["expect_sum"]


def test_longnan_rectification_is_closed_with_its_evidence(longnan: Case) -> None:
    with read(longnan.engine) as connection:
        issues, events = read_issues(connection, SCOPE)
    assert list(issues["title"]) == [LONGNAN["rectification"]["found"]]
    assert list(events["state"])[-1] == "closed"


def test_jiangxi_annual_and_programme_stand_apart(sqlite_engine: Engine) -> None:
    held = case("jiangxi-2016-2018")["indicators"]
    made = Case(sqlite_engine, date(2018, 2, 4))
    start, january = date(2016, 1, 1), date(2018, 1, 31)
    indicators = []
    for number, row in enumerate(held, start=1):
        indicators.append(measured(f"A{number}", row["indicator"], start, measure=row["unit"]))
        indicators.append(
            measured(
                f"P{number}",
                f"{row['indicator']}(规划累计)",
                start,
                measure=row["unit"],
                accumulation="cumulative",
            )
        )
    made.setup(units=places([], start), indicators=indicators)
    figures = []
    for number, row in enumerate(held, start=1):
        done = row["annual"]["2016"] + row["annual"]["2017"]
        made.targets(
            [
                target(f"A{number}", CODE, row["annual"]["2018"]),
                target(f"P{number}", CODE, row["programme_total"], base=0),
            ],
            2018,
        )
        figures += [figure(f"A{number}", CODE, 0), figure(f"P{number}", CODE, done)]
    made.report(figures, january)
    cells = made.cells(january)
    for row in held:
        annual, programme = (
            cells.loc[(row["indicator"], "本级")],
            cells.loc[(f"{row['indicator']}(规划累计)", "本级")],
        )
        assert annual["completion"] == 0.0 and annual["target"] == row["annual"]["2018"]
        done = row["annual"]["2016"] + row["annual"]["2017"]
        assert programme["completion"] == pytest.approx(done / row["programme_total"])
        assert sum(row["annual"].values()) == row["programme_total"]
    assert cells.at[("脱贫人口(规划累计)", "本级"), "completion"] == pytest.approx(0.7)


@pytest.fixture
def pingliang(sqlite_engine: Engine) -> tuple[Case, dict[str, Any], list[dict[str, Any]]]:
    """The plan of 2015 over seven counties and an eighth without the task."""
    held = case("pingliang-breakdown")
    start = date(2015, 1, 1)
    names = [*held["indicators"][0]["parts"], held["without_task"]]
    made = Case(sqlite_engine, date(2015, 10, 20))
    indicators = [
        measured(f"PL{number}", row["indicator"], start, measure="个", level_reported="township")
        for number, row in enumerate(held["indicators"], start=1)
    ]
    made.setup(units=places(names, start), indicators=indicators)
    unit = {name: f"{CODE}{number}" for number, name in enumerate(names, start=101)}
    rows = []
    for number, row in enumerate(held["indicators"], start=1):
        rows.append(target(f"PL{number}", CODE, row["total"]))
        rows += [target(f"PL{number}", unit[name], low) for name, low in row["parts"].items()]
        rows.append(target(f"PL{number}", unit[held["without_task"]], no_task=True))
    return made, held, rows


def test_pingliang_parts_add_up_and_the_eighth_county_has_no_task(
    pingliang: tuple[Case, dict[str, Any], list[dict[str, Any]]],
) -> None:
    made, held, rows = pingliang
    assert made.targets(rows, 2015).problems == ()
    for place, name in enumerate(held["indicators"][0]["parts"], start=101):
        unit = f"{CODE}{place}"
        done = [
            figure(f"PL{n}", unit, row["parts"][name]) for n, row in enumerate(held["indicators"], start=1)
        ]
        made.report(done, date(2015, 9, 30), unit=unit)
    cells = made.cells(date(2015, 9, 30))
    for row in held["indicators"]:
        whole = cells.loc[(row["indicator"], "本级")]
        assert (whole["target"], whole["children_target"], whole["actual"]) == (row["total"],) * 3
        eighth = cells.loc[(row["indicator"], held["without_task"])]
        assert eighth["state"] == State.NO_TASK and pd.isna(eighth["completion"])


def test_pingliang_with_one_part_changed_is_named(
    pingliang: tuple[Case, dict[str, Any], list[dict[str, Any]]],
) -> None:
    made, _, rows = pingliang
    looked = made.look(
        breakdown_workbook([*rows[:1], rows[1] | {"low": 5}, *rows[2:]], year=2015, county=CODE)
    )
    found = [problem.sentence() for problem in looked.problems if problem.code == "parts_differ"]
    assert found == ["“乡镇卫生院附属工程”本级目标 14 个，下级合计 16 个，加码 2 个。"]
