"""Plan curves in the settings: who follows which, what a draft would change, and versions, never an overwrite."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data_access.engine import read
from data_access.records import CurveRecord
from data_access.schema import plan_curve
from metrics.periods import month_end
from metrics.vocabulary import Level
from tests.conftest import written_once
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    RATE,
    SOUTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
)
from tests.pages.conftest import Screens, ScreensOver, Shown
from tests.pages.markup import Table

DAY = {"y": "2026", "asof": "2026-09-30"}
HERE = {**DAY, "s": "curves"}
STRAIGHT = CurveRecord("均衡", "linear", (("12-31", 1.0),), date(2025, 1, 1), document="云督〔2025〕1号")


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_once(sqlite_template, tmp_path_factory.mktemp("curves"), _county)


@pytest.fixture
def office(sqlite_engine: Engine, screens_over: ScreensOver) -> Screens:
    return screens_over(sqlite_engine.url.render_as_string())


def _county(engine: Engine) -> None:
    """Two townships that report themselves, 10 a month of 120; the county's default is a straight line."""
    by_town = {"level_reported": Level.TOWNSHIP}
    put(engine, *basics(), indicator(COUNT, **by_town), indicator(RATE, **by_town), STRAIGHT)
    put(
        engine,
        target(COUNT, COUNTY, 240),
        *(target(COUNT, town, 120) for town in VILLAGES),
    )
    for month in range(1, 10):
        day = month_end(2026, month)
        hand_in_now(
            engine,
            [report(COUNT, town, day, 10) for town in VILLAGES],
            at=moment(month + 1, 2),
            period=day,
        )


def stored(engine: Engine) -> list[tuple[object, ...]]:
    names = ("indicator", "unit", "name", "shape", "valid_from", "document", "author")
    with read(engine) as connection:
        found = connection.execute(select(*(plan_curve.c[name] for name in names)).order_by(plan_curve.c.id))
        return [tuple(row) for row in found]


def fill(shown: Shown, *, start: str = "", look: bool = True, **fields: object) -> Shown:
    """Choose what to start from, fill the fields by the beginning of their labels, look, and press save."""
    run = shown.run
    if start:
        (box,) = (each for each in run.selectbox if each.label == "从哪条曲线改起")
        box.set_value(next(name for name in STARTS if name == start))
        run = run.run()
    for label, value in fields.items():
        if isinstance(value, date):
            run.date_input[0].set_value(value)
            continue
        (field,) = (each for each in run.text_input if each.label.startswith(label))
        field.set_value(value)
    if look:
        run = run.run()
    (save,) = (each for each in run.button if each.label == "保存为新版本")
    save.click()
    return Shown(run.run())


STARTS = ("template-quarters", "template-two_payments", "template-by_day", "now")


def texts(table: Table) -> list[list[str]]:
    """The rows of a table as they read, lines across it left out."""
    return [[cell.text for cell in row] for row in table.rows if len(row) == len(table.titles)]


def faults(shown: Shown) -> list[str]:
    return [each.text for each in shown.page.find("p", "fault")]


def curve_on(office: Screens, unit: str, day: str) -> str:
    """The curve that the page of the figure names on a day."""
    page = office.open("figure", y="2026", asof=day, u=unit, i=COUNT).page
    names = [each.text for each in page.find("dt")]
    return page.find("dd")[names.index("计划曲线")].text


def test_the_list_says_who_follows_what(office: Screens, sqlite_engine: Engine) -> None:
    own = CurveRecord("晚开工", "linear", (("06-30", 0.1), ("12-31", 1.0)), date(2026, 1, 1), indicator=COUNT)
    put(sqlite_engine, own, CurveRecord(**{**_said(own), "name": "高寒", "unit": NORTH}))
    shown = office.open("settings", **HERE)
    (table,) = shown.tables
    rows = {row[0]: row for row in texts(table)}
    assert rows["全县默认曲线"][1:] == ["均衡", "12-31 100%", "2025-01-01", "云督〔2025〕1号", "1 个指标沿用"]
    assert rows["指标count"][1:3] == ["晚开工", "06-30 10% · 12-31 100%"]
    assert rows["指标count"][5] == "单位101"
    assert rows["指标rate"][1] == "沿用全县默认"


def _said(record: CurveRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_a_draft_shows_what_it_would_change_and_writes_nothing(
    office: Screens, sqlite_engine: Engine
) -> None:
    before = stored(sqlite_engine)
    shown = office.open("settings", **HERE, i=COUNT)
    assert "各单位的序时进度、差距和灯都不变。" in shown.page.text
    (box,) = (each for each in shown.run.selectbox if each.label == "从哪条曲线改起")
    changed = Shown(box.set_value("template-two_payments").run())
    (table,) = (each for each in changed.tables if "序时（草案）" in each.titles)
    by_unit = {row[0]: row for row in texts(table)}
    # 90 of 120 done: 74.8 % were due on a straight line, half on two payments.
    assert set(by_unit) == {"单位521", "单位101", "单位102"}
    assert by_unit["单位101"][2:7] == ["75.0%", "74.8%", "50.0%", "+0.2", "+25.0"]
    assert stored(sqlite_engine) == before


def test_a_curve_is_saved_as_a_new_version_and_past_days_keep_theirs(
    office: Screens, sqlite_engine: Engine
) -> None:
    asked = {"曲线名称": "新办法", "录入人": "督查室 王敏", "生效日": date(2026, 8, 1)}
    done = fill(office.open("settings", **HERE, i=COUNT), start="template-quarters", **asked)
    assert done.page.find("p", "fine")[0].text.startswith("已保存：新办法，自 2026-08-01 起生效")
    assert stored(sqlite_engine)[1:] == [
        (COUNT, None, "新办法", "linear", date(2026, 8, 1), None, "督查室 王敏")
    ]
    assert len(stored(sqlite_engine)) == 2
    assert curve_on(office, NORTH, "2026-07-31") == "均衡"
    assert curve_on(office, NORTH, "2026-09-30") == curve_on(office, SOUTH, "2026-09-30") == "新办法"
    again = office.open("settings", **HERE, i=COUNT)
    versions = next(each for each in again.tables if "录入人" in each.titles)
    assert [row[0] for row in texts(versions)] == ["2026-08-01（现行）"]


def test_what_was_not_shown_is_not_saved(office: Screens, sqlite_engine: Engine) -> None:
    """The press that saves writes the day typed last: what stood above it was of another day."""
    asked = {"曲线名称": "新办法", "录入人": "督查室 王敏"}
    shown = office.open("settings", **HERE, i=COUNT)
    pressed = fill(shown, start="template-quarters", look=False, 生效日=date(2026, 8, 1), **asked)
    assert faults(pressed) == ["内容刚刚改过，请看过新的试算再保存。"]
    assert len(stored(sqlite_engine)) == 1
    assert fill(pressed, look=False).page.find("p", "fine")
    assert stored(sqlite_engine)[1][4] == date(2026, 8, 1)


def test_a_unit_needs_reason_and_document_and_then_has_its_own(
    office: Screens, sqlite_engine: Engine
) -> None:
    shown = office.open("settings", **HERE, i=COUNT, u=NORTH)
    asked = {"曲线名称": "高寒", "录入人": "王敏", "生效日": date(2026, 9, 1)}
    refused = fill(shown, start="template-quarters", **asked)
    assert faults(refused) == ["单位单独定曲线必须写明原因和文号。"]
    assert len(stored(sqlite_engine)) == 1
    done = fill(refused, 文号="云农〔2026〕9号", 原因="解冻晚")
    assert done.page.find("p", "fine")
    assert stored(sqlite_engine)[1][:3] == (COUNT, NORTH, "高寒")
    assert curve_on(office, NORTH, "2026-09-30") == "高寒"
    assert curve_on(office, SOUTH, "2026-09-30") == "均衡"


def test_the_county_default_is_chosen_the_same_way(office: Screens, sqlite_engine: Engine) -> None:
    asked = {"录入人": "王敏", "生效日": date(2026, 9, 1)}
    done = fill(office.open("settings", **HERE, i="all"), start="template-quarters", **asked)
    assert done.page.find("p", "fine")
    assert [row[:2] for row in stored(sqlite_engine)] == [(None, None), (None, None)]
    assert curve_on(office, NORTH, "2026-09-30") == "按季10/30/30/30"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["请填写录入人。"]),
        ({"曲线名称": " "}, ["请填写曲线名称。", "请填写录入人。"]),
        (
            {"录入人": "王敏", "生效日": date(2024, 12, 31)},
            ["已有自 2025-01-01 起的版本，生效日不能早于它。"],
        ),
        ({"录入人": "王敏", "文号": "云督〔2025〕1号"}, ["与现行曲线相同，没有需要保存的。"]),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_written(
    office: Screens, sqlite_engine: Engine, fields: dict[str, object], expected: list[str]
) -> None:
    shown = fill(office.open("settings", **HERE, i="all"), **fields)
    assert faults(shown) == expected
    assert len(stored(sqlite_engine)) == 1
    held = {each.label: each.value for each in shown.run.text_input}
    for label, value in fields.items():
        if isinstance(value, str):
            assert held[next(name for name in held if name.startswith(label))] == value


def test_a_view_of_the_past_shows_and_does_not_change(office: Screens) -> None:
    shown = office.open("settings", **HERE, i=COUNT, known="2026-11-20T10:00")
    assert "只能看，不能改" in shown.page.text
    assert not [each for each in shown.run.button if each.label == "保存为新版本"]
    assert shown.run.get("vega_lite_chart")


def test_what_the_address_names_and_is_not_there_gives_the_list(office: Screens) -> None:
    assert len(office.open("settings", **HERE, i="nothing").tables) == 1
    assert "计划曲线：指标count" in office.open("settings", **HERE, i=COUNT, u="123").page.text


def test_in_english(office: Screens) -> None:
    shown = office.open("settings", **HERE, i=COUNT, lang="en")
    assert "Plan curve: 指标count" in shown.page.text
    assert "No planned share, gap or light would change." in shown.page.text
