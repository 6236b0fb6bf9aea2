"""Targets in the settings: whether they add up, every version, and a change that no day before it feels."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data_access.engine import read
from data_access.schema import target as stored_target
from metrics.periods import month_end
from metrics.vocabulary import Comparator, Force, Kind, Level, MeasuredFrom, TargetChange
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
HERE = {**DAY, "s": "targets"}


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_once(sqlite_template, tmp_path_factory.mktemp("targets"), _county)


@pytest.fixture
def office(sqlite_engine: Engine, screens_over: ScreensOver) -> Screens:
    return screens_over(sqlite_engine.url.render_as_string())


def _county(engine: Engine) -> None:
    """The county asks 240; one township was given 120 (its villages 100), the other 130 (none of its villages)."""
    rate = indicator(
        RATE, level_reported=Level.TOWNSHIP, kind=Kind.LEVEL, is_whole=False, measure="%", scale=2
    )
    put(engine, *basics(), indicator(COUNT), rate)
    put(
        engine,
        target(COUNT, COUNTY, 240),
        target(COUNT, NORTH, 120, document="云办〔2026〕1号"),
        target(COUNT, SOUTH, 130),
        *(target(COUNT, village, 50) for village in VILLAGES[NORTH]),
        target(RATE, NORTH, 9500, kind=Kind.MILESTONE),
        target(RATE, SOUTH, 9500, kind=Kind.LEVEL, base=8500, comparator=Comparator.AT_LEAST),
    )
    for month in range(1, 10):
        day = month_end(2026, month)
        for town, villages in VILLAGES.items():
            reports = [report(COUNT, village, day, 5) for village in villages]
            hand_in_now(engine, reports, at=moment(month + 1, 2), period=day, of=town)


def stored(engine: Engine, unit: str = NORTH) -> list[tuple[object, ...]]:
    names = ("low", "change", "valid_from", "document", "reason", "author", "issuer")
    with read(engine) as connection:
        statement = select(*(stored_target.c[name] for name in names)).where(
            stored_target.c.unit == unit, stored_target.c.indicator == COUNT
        )
        return [tuple(row) for row in connection.execute(statement.order_by(stored_target.c.id))]


def texts(table: Table) -> list[list[str]]:
    """The rows of a table as they read, lines across it left out."""
    return [[cell.text for cell in row] for row in table.rows if len(row) == len(table.titles)]


def faults(shown: Shown) -> list[str]:
    return [each.text for each in shown.page.find("p", "fault")]


def write(
    shown: Shown,
    *,
    save: bool = True,
    look: bool = True,
    change: str = "",
    day: date | None = None,
    **fields: str,
) -> Shown:
    """Fill the form by the beginning of its labels, look at what it would do, and press save."""
    run = shown.run
    if change:
        run.radio[0].set_value(TargetChange(change))
    if day:
        run.date_input[0].set_value(day)
    for label, value in fields.items():
        (field,) = (each for each in run.text_input if each.label.startswith(label))
        field.set_value(value)
    if save and look:
        run = run.run()
    if save:
        (button,) = (each for each in run.button if each.label == "保存为新版本")
        button.click()
    return Shown(run.run())


RAISE = {"新目标": "180", "文号": "云办〔2026〕20号", "原因": "省里追加", "录入人": "督查室 王敏"}


def test_the_list_names_what_does_not_add_up(office: Screens) -> None:
    shown = office.open("settings", **HERE)
    (table,) = shown.tables
    rows = {row[0]: row for row in texts(table)}
    assert rows["指标count户"][1:] == [
        "240", "250", "+10", "4.2%", "加码", "2", "0", "0", "机动 1 个、未分解 1 个",
    ]  # fmt: skip
    assert "加码 1 个" in shown.page.text


def test_one_indicator_township_by_township_with_who_has_none(office: Screens) -> None:
    shown = office.open("settings", **HERE, i=COUNT)
    table = shown.tables[0]
    rows = {row[0]: row[1:] for row in texts(table)}
    assert rows["单位521"][:5] == ["240", "250", "+10", "4.2%", "加码"]
    assert rows["单位101"][:5] == ["120", "100", "−20", "16.7%", "机动（预留）"]
    assert rows["单位102"] == ["130", "—", "—", "—", "未分解", "0", "2", "0"]
    assert "未下达的 2 个：单位201、单位202" in shown.page.text
    assert "先在上面选一个单位" in shown.page.text


def test_a_raise_shows_what_it_does_and_writes_nothing_yet(office: Screens, sqlite_engine: Engine) -> None:
    shown = office.open("settings", **HERE, i=COUNT, u=NORTH)
    tried = write(shown, save=False, day=date(2026, 8, 31), 新目标="180")
    after = next(each for each in tried.tables if "完成率" in each.titles)
    # 90 done: of 120 it is 75 %, of 180 half. 100 households a month were due until the end of August.
    assert texts(after)[0][1:4] == ["120", "90", "75.0%"]
    assert texts(after)[1][1:4] == ["180", "90", "50.0%"]
    assert texts(after)[1][4] == "58.3%"
    plans = next(each for each in tried.tables if each.titles[0] == "截至各期末")
    assert texts(plans)[1][1:] == ["120"] * 7 + ["180"] * 5
    assert texts(plans)[2][1:8] == texts(plans)[3][1:8]
    assert texts(plans)[3][9] == "58.3%" and texts(plans)[2][9] == "75.0%"
    assert "2026年8月31日以前的各期仍按原目标评判，不变。" in tried.page.text
    # The villages have 100 of what was 120; the county's 240 were given out as 250.
    [division] = [each for each in tried.tables if "下级合计" in each.titles and "" in each.titles]
    assert [row[:6] for row in texts(division)] == [
        ["单位101", "保存前", "120", "100", "−20", "16.7%"],
        ["单位101", "保存后", "180", "100", "−80", "44.4%"],
        ["单位521", "保存前", "240", "250", "+10", "4.2%"],
        ["单位521", "保存后", "240", "310", "+70", "29.2%"],
    ]
    assert len(stored(sqlite_engine)) == 1


def test_a_raise_counts_from_its_day_and_no_day_before_feels_it(
    office: Screens, sqlite_engine: Engine
) -> None:
    def target_on(day: str) -> str:
        (table,) = office.open("targets", y="2026", asof=day, u=NORTH, i=COUNT).tables
        return f"{table.column('目标')[0]} {table.column('状态')[0]}"

    before = {day: target_on(day) for day in ("2026-07-31", "2026-09-30")}
    shown = office.open("settings", **HERE, i=COUNT, u=NORTH)
    done = write(shown, day=date(2026, 8, 31), **RAISE)
    assert done.page.find("p", "fine")[0].text.startswith("已保存：单位101，追加，自2026年8月31日起生效")
    assert stored(sqlite_engine)[1] == (
        180, "raise", date(2026, 8, 31), "云办〔2026〕20号", "省里追加", "督查室 王敏", "县",
    )  # fmt: skip
    assert target_on("2026-07-31") == before["2026-07-31"] == "≥ 120 ● 达序时"
    assert before["2026-09-30"] == "≥ 120 ● 达序时"
    assert target_on("2026-09-30") == "≥ 180 ◐ 略滞后"
    versions = next(each for each in done.tables if "增减" in each.titles)
    assert [row[1:4] for row in texts(versions)] == [["追加", "≥ 180", "+60"], ["下达", "≥ 120", "—"]]
    listed = office.open("settings", **HERE, i=COUNT)
    assert "本年调整过的目标（1 个）" in listed.page.text


def test_what_was_not_shown_is_not_saved(office: Screens, sqlite_engine: Engine) -> None:
    """The press that saves writes the day typed last: what stood above it was of another day."""
    shown = write(
        office.open("settings", **HERE, i=COUNT, u=NORTH), save=False, day=date(2026, 8, 31), **RAISE
    )
    pressed = write(shown, look=False, day=date(2026, 6, 30))
    assert faults(pressed) == ["内容刚刚改过，请看过新的试算再保存。"]
    assert len(stored(sqlite_engine)) == 1
    assert "2026年6月30日以前的各期仍按原目标评判，不变。" in pressed.page.text
    assert write(pressed, look=False).page.find("p", "fine")
    assert stored(sqlite_engine)[1][:3] == (180, "raise", date(2026, 6, 30))


def test_a_raise_written_wrong_is_mended_on_its_own_day(office: Screens, sqlite_engine: Engine) -> None:
    wrong = target(COUNT, NORTH, 999, change=TargetChange.RAISE, valid_from=date(2026, 8, 31))
    put(sqlite_engine, wrong, at=moment(9, 5))
    again = office.open("settings", **HERE, i=COUNT, u=NORTH)
    done = write(again, day=date(2026, 8, 31), **RAISE)
    assert done.page.find("p", "fine")
    assert [row[:2] for row in stored(sqlite_engine)] == [(120, "set"), (999, "raise"), (180, "raise")]
    figure = office.open("figure", **DAY, u=NORTH, i=COUNT).page
    assert "58.3%" in figure.text


@pytest.mark.parametrize(("change", "text"), [("lower", "100"), ("correct", "150")])
def test_a_lowering_or_a_correction_counts_from_the_start(
    office: Screens, sqlite_engine: Engine, change: str, text: str
) -> None:
    page = office.open("settings", **HERE, i=COUNT, u=NORTH)
    write(page, change=change, day=date(2026, 8, 31), **{**RAISE, "新目标": text})
    assert stored(sqlite_engine)[1][:2] == (int(text), change)
    figure = office.open("figure", **DAY, u=NORTH, i=COUNT).page
    assert "75.0%" in figure.text


@pytest.mark.parametrize(
    ("fields", "change", "expected"),
    [
        ({"新目标": "100"}, "", "现行目标是 120，追加后的要求应高于它。"),
        ({"新目标": "180"}, "lower", "现行目标是 120，调减后的要求应低于它。"),
        ({"新目标": "120"}, "correct", "与现行目标 120 相同，没有需要更正的。"),
        ({"新目标": "很多"}, "", "“很多”不是确切的数：写成如 1200 或 3.5万。"),
        ({"新目标": "约180"}, "", "“约180”不是确切的数：写成如 1200 或 3.5万。"),
        ({"新目标": "180.5"}, "", "“180.5”须为整数：按整户、整人、整个计数的不能有小数。"),
        ({"新目标": ""}, "", "请填写新目标。"),
        ({"文号": ""}, "", "请填写文号。"),
        ({"原因": " "}, "", "请填写原因。"),
        ({"录入人": ""}, "", "请填写录入人。"),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_written(
    office: Screens, sqlite_engine: Engine, fields: dict[str, str], change: str, expected: str
) -> None:
    page = office.open("settings", **HERE, i=COUNT, u=NORTH)
    shown = write(page, change=change, day=date(2026, 8, 31), **{**RAISE, **fields})
    assert faults(shown) == [expected]
    assert len(stored(sqlite_engine)) == 1
    held = {each.label: each.value for each in shown.run.text_input}
    for label, value in {**RAISE, **fields}.items():
        assert held[next(name for name in held if name.startswith(label))] == value


def test_a_raise_on_the_day_of_the_deadline_is_refused(office: Screens, sqlite_engine: Engine) -> None:
    page = office.open("settings", **HERE, i=COUNT, u=NORTH)
    (fault,) = faults(write(page, day=date(2026, 12, 31), **RAISE))
    assert fault.startswith("这个目标的完成时限是 2026年12月31日，追加须在时限之前生效")
    assert len(stored(sqlite_engine)) == 1


def test_both_ends_of_a_range_are_changed(office: Screens, sqlite_engine: Engine) -> None:
    village = VILLAGES[SOUTH][0]
    put(sqlite_engine, target(COUNT, village, 10, high=20, comparator=Comparator.RANGE))
    page = office.open("settings", **HERE, i=COUNT, u=village)
    asked = {**RAISE, "新目标下限": "15", "新目标上限": "30"}
    del asked["新目标"]
    done = write(page, day=date(2026, 8, 31), **asked)
    assert done.page.find("p", "fine")
    assert stored(sqlite_engine, village)[1][:2] == (15, "raise")
    versions = next(each for each in done.tables if "增减" in each.titles)
    assert [row[2] for row in texts(versions)] == ["15–30", "10–20"]


def test_relative_and_striven_targets_are_listed_as_they_were_written(
    office: Screens, sqlite_engine: Engine
) -> None:
    above = {"kind": Kind.KEEP, "comparator": Comparator.MORE_THAN, "force": Force.STRIVE}
    put(
        sqlite_engine,
        target(RATE, COUNTY, 0, measured_from=MeasuredFrom.OUTSIDE, reference="全市平均", **above),
        target(RATE, VILLAGES[NORTH][0], 500, kind=Kind.LEVEL, measured_from=MeasuredFrom.BASE, base=8000),
    )
    for unit, said in ((COUNTY, "力争 高于全市平均"), (VILLAGES[NORTH][0], "比年初提高5.00个百分点")):
        shown = office.open("settings", **HERE, i=RATE, u=unit)
        versions = next(each for each in shown.tables if "增减" in each.titles)
        assert [row[2] for row in texts(versions)] == [said]


def test_the_day_must_lie_in_the_year_and_after_the_target_itself(office: Screens) -> None:
    page = office.open("settings", **HERE, i=COUNT, u=NORTH)
    assert faults(write(page, day=date(2027, 1, 1), **RAISE)) == ["生效日要在 2026 年内。"]
    page = office.open("settings", **HERE, i=COUNT, u=NORTH)
    assert faults(write(page, day=date(2026, 1, 1), **RAISE))[0].startswith("现行目标自 2026-01-01 起生效")


@pytest.mark.parametrize(
    ("indicator_code", "unit", "expected"),
    [
        (COUNT, VILLAGES[SOUTH][0], "本单位还没有下达目标"),
        (RATE, NORTH, "这个目标是节点、清单、文字或无任务"),
        (COUNT, "123", "先在上面选一个单位"),
    ],
)
def test_where_there_is_nothing_to_change_it_says_what_to_do(
    office: Screens, indicator_code: str, unit: str, expected: str
) -> None:
    shown = office.open("settings", **HERE, i=indicator_code, u=unit)
    assert expected in shown.page.text
    assert not [each for each in shown.run.button if each.label == "保存为新版本"]


def test_a_view_of_the_past_shows_and_does_not_change(office: Screens) -> None:
    shown = office.open("settings", **HERE, i=COUNT, u=NORTH, known="2026-11-20T10:00")
    assert "只能看，不能改" in shown.page.text


def test_a_village_and_a_level_may_change_too(office: Screens, sqlite_engine: Engine) -> None:
    village = VILLAGES[NORTH][0]
    page = office.open("settings", **HERE, i=COUNT, u=village)
    write(page, day=date(2026, 8, 31), **{**RAISE, "新目标": "80"})
    assert stored(sqlite_engine, village)[1][:2] == (80, "raise")
    level = write(
        office.open("settings", **HERE, i=RATE, u=SOUTH), save=False, day=date(2026, 8, 31), 新目标="97"
    )
    after = next(each for each in level.tables if "完成率" in each.titles)
    assert [row[1] for row in texts(after)] == ["95.00", "97.00"]


def test_the_pace_of_the_last_months_stands_beside_the_need(office: Screens) -> None:
    page = office.open("figure", **DAY, u=NORTH, i=COUNT).page
    names = [each.text for each in page.find("dt")]
    assert page.find("dd")[names.index("后续月均需完成")].text == "10.0 户（近 3 个月月均完成 10.0 户）"


def test_the_field_of_a_relative_target_asks_for_the_step_and_names_what_it_is_from(
    office: Screens, sqlite_engine: Engine
) -> None:
    step = {"kind": Kind.LEVEL, "comparator": Comparator.AT_LEAST, "measured_from": MeasuredFrom.BASE}
    put(sqlite_engine, target(RATE, COUNTY, 500, base=8500, **step))
    page = office.run("settings", {**HERE, "i": RATE, "u": COUNTY})
    (field,) = [each for each in page.text_input if each.label.startswith("新的差额")]
    assert "现行：比年初提高5.00个百分点" in field.label
    field.set_value("4")
    shown = Shown(page.run())
    assert any("现行目标是 比年初提高5.00个百分点" in said.text for said in shown.page.find("p", "fault"))
