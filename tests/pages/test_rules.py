"""设置, section rules: a draft is looked at before it is recorded, and the days before keep their rule."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access.engine import read
from data_access.facts import read_rules
from data_access.records import RuleRecord
from data_access.scope import Scope
from metrics.rule_content import entry_name
from metrics.rules import DEFAULT_CONTENT
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
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

MARCH = {"y": "2026", "asof": "2026-03-31"}
FEBRUARY = {"y": "2026", "asof": "2026-02-28"}
FORM = {**MARCH, "s": "rules", "draft": "1"}


@pytest.fixture
def office(sqlite_engine: Engine, screens_over: ScreensOver) -> Screens:
    """A township of 120 that did 3 of 10 a month in January and all ten after: 23 of 30 at the end of March."""
    first = RuleRecord("县〔2026〕1号", "督查办法", dict(DEFAULT_CONTENT), date(2026, 1, 1))
    put(
        sqlite_engine,
        *basics(),
        indicator(COUNT, is_whole=False),
        *(target(COUNT, code, 60) for code in VILLAGES[NORTH]),
        target(COUNT, NORTH, 120),
        first,
    )
    for month, value in ((1, 1), (2, 5), (3, 4)):
        day = date(2026, month, 28 if month == 2 else 31)
        reports = [report(COUNT, code, day, value) for code in VILLAGES[NORTH]]
        hand_in_now(sqlite_engine, reports, at=moment(month + 1, 2), period=day)
    return screens_over(sqlite_engine.url.render_as_string())


def _state(screens: Screens, **day: str) -> str:
    (table,) = screens.open("targets", u=NORTH, **(day or MARCH)).tables
    return table.column("状态")[0]


def _field(page: AppTest, label: str, at: int = 0) -> Any:
    held = [each for each in (*page.text_input, *page.number_input, *page.selectbox) if each.label == label]
    return held[at]


def _fill(page: AppTest, **heading: str) -> None:
    told = {
        "文号": "县〔2026〕2号",
        "标题": "新办法",
        "生效日（如 2026-11-01）": "2026-03-01",
        "登记人": "王敏",
    }
    for label, text in {**told, **heading}.items():
        _field(page, label).set_value(text)


def _press(page: AppTest, label: str) -> Shown:
    (button,) = [each for each in page.button if each.label.startswith(label)]
    button.click()
    return Shown(page.run())


def _looked(screens: Screens, **heading: str) -> Shown:
    page = screens.run("settings", dict(FORM))
    _fill(page, **heading)
    _field(page, "较序时不高于此数为滞后").set_value(-5.0)
    return _press(page, "试算")


def _documents(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return list(read_rules(connection, Scope.whole(COUNTY))["number"])


def test_the_documents_are_listed_and_one_is_printed_whole(office: Screens) -> None:
    shown = office.open("settings", s="rules", **MARCH)
    listed = shown.tables[0]
    assert listed.column("文号") == ["县〔2026〕1号"]
    assert (listed.column("登记人"), listed.column("现行")) == (["测试"], ["截至日、今天"])
    assert "《督查办法》（县〔2026〕1号），自2026年1月1日起执行" in shown.page.text
    assert "−30 ≤ 较序时 ≤ −10（个百分点）" in shown.page.text
    before = office.open("settings", s="rules", y="2025", asof="2025-12-31")
    assert before.tables[0].column("现行") == ["今天"]
    assert "软件默认规则" in before.page.text


def test_a_number_that_must_be_whole_is_refused_not_cut(office: Screens, sqlite_engine: Engine) -> None:
    page = office.run("settings", dict(FORM))
    _fill(page)
    _field(page, entry_name("lagging.count", "zh")).set_value(2.5)
    looked = _press(page, "试算")
    assert any("应为整数，现为 2.5" in said.text for said in looked.page.find("p", "fault"))
    assert _documents(sqlite_engine) == ["县〔2026〕1号"]


def test_a_draft_shows_what_it_would_change_then_changes_it_and_the_days_before_stay(
    office: Screens, sqlite_engine: Engine
) -> None:
    assert (_state(office), _state(office, **FEBRUARY)) == ("◐ 略滞后", "◐ 略滞后")
    looked = _looked(office)
    assert "乡镇 1 项、村 2 项的状态会变" in looked.page.text
    assert "乡镇名次会变的 0 个" in looked.page.text
    counts = next(table for table in looked.tables if table.titles[0] == "按现行规则")
    assert (counts.column("按现行规则"), counts.column("按新规则")) == (["◐ 略滞后"], ["▲ 滞后"])
    assert counts.column("乡镇") == ["1"] and counts.column("村") == ["2"]
    assert any("u=" + NORTH in link.attrs["href"] for link in looked.page.find("a"))
    assert _documents(sqlite_engine) == ["县〔2026〕1号"], "looking writes nothing"
    issued = _press(looked.run, "确认登记")
    assert issued.page.find("p", "fine")[0].text.startswith("已登记 县〔2026〕2号")
    assert _documents(sqlite_engine) == ["县〔2026〕1号", "县〔2026〕2号"]
    assert (_state(office), _state(office, **FEBRUARY)) == ("▲ 滞后", "◐ 略滞后")
    assert "县〔2026〕2号" in office.open("overview", **MARCH).page.find("p", "edges")[-1].text
    assert "县〔2026〕1号" in office.open("overview", **FEBRUARY).page.find("p", "edges")[-1].text


def test_a_draft_that_begins_later_is_judged_as_if_it_held(office: Screens) -> None:
    looked = _looked(office, **{"生效日（如 2026-11-01）": "2026-04-01"})
    assert "还未执行；以下按它当天就执行试算" in looked.page.text
    _press(looked.run, "确认登记")
    assert _state(office) == "◐ 略滞后"


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(
    office: Screens, sqlite_engine: Engine
) -> None:
    page = office.run("settings", dict(FORM))
    _fill(page, 登记人="", **{"生效日（如 2026-11-01）": "三月"})
    _field(page, "较序时不高于此数为滞后").set_value(5.0)
    _field(page, "连续几期落后的从严一档").set_value(1)
    _field(page, "适用于").set_value(("indicator", COUNT))
    wrong = _press(page, "试算")
    said = [each.text for each in wrong.page.find("p", "fault")]
    assert "“登记人”没有填写。请填写。" in said
    assert any("三月" in each for each in said)
    assert any(COUNT in each and "不能空白" in each for each in said)
    assert said[0].startswith(f"有 {len(said) - 1} 处须改正")
    assert _field(wrong.run, "较序时不高于此数为滞后").value == 5.0
    assert _field(wrong.run, "文号").value == "县〔2026〕2号"
    assert not [each for each in wrong.run.button if each.label.startswith("确认登记")]
    assert _documents(sqlite_engine) == ["县〔2026〕1号"]


def test_a_number_that_is_taken_is_refused_with_a_sentence(office: Screens, sqlite_engine: Engine) -> None:
    shown = _looked(office, 文号="县〔2026〕1号")
    (said,) = [each.text for each in shown.page.find("p", "fault")]
    assert "县〔2026〕1号 已登记为《督查办法》" in said and "自己的文号" in said
    assert _documents(sqlite_engine) == ["县〔2026〕1号"]


def test_two_who_issue_one_number_and_the_second_is_refused(office: Screens, sqlite_engine: Engine) -> None:
    looked = _looked(office)
    taken = RuleRecord("县〔2026〕2号", "别人的", dict(DEFAULT_CONTENT), date(2026, 5, 1))
    put(sqlite_engine, taken, at=moment(4, 9))
    refused = _press(looked.run, "确认登记")
    assert "已登记为《别人的》" in " ".join(each.text for each in refused.page.find("p", "fault"))
    assert len(_documents(sqlite_engine)) == 2


def test_rows_of_their_own_and_further_sections_are_kept_by_the_next_draft(
    office: Screens, sqlite_engine: Engine
) -> None:
    page = office.run("settings", dict(FORM))
    _fill(page)
    _field(page, "适用于").set_value(("level", "village"))
    _field(page, "滞后").set_value(-3.0)
    _field(page, "严重滞后").set_value(-4.0)
    _field(page, "连续几期变差才降档（1为当期即降）").set_value(2)
    looked = _press(page, "试算")
    _press(looked.run, "确认登记")
    with read(sqlite_engine) as connection:
        content = json.loads(read_rules(connection, Scope.whole(COUNTY)).iloc[-1]["content"])
    assert content["thresholds"] == {"level": {"village": {"points": {"behind": -3, "far_behind": -4}}}}
    assert content["persistence"] == {"periods": 2}
    assert {"escalation", "clauses", "peer_groups"}.isdisjoint(content)
    again = office.run("settings", dict(FORM))
    assert _field(again, "适用于").value == ("level", "village")
    assert _field(again, "连续几期变差才降档（1为当期即降）").value == 2
    whole = office.open("settings", s="rules", **MARCH).page.text
    assert "层级“村”：略滞后 −3 < 较序时 < 0" in whole and "连续2期变差才降档" in whole


def test_a_draft_is_dropped_without_a_trace(office: Screens, sqlite_engine: Engine) -> None:
    dropped = _press(_looked(office).run, "放弃这份草稿")
    assert "会改变哪些灯" not in dropped.page.text
    assert _documents(sqlite_engine) == ["县〔2026〕1号"]


def test_every_page_with_a_light_prints_the_rule_it_comes_from(screens: Screens, places: Any) -> None:
    opened = [
        screens.open("overview"),
        screens.open("townships"),
        screens.open("townships", u=places.township),
        screens.open("departments"),
        screens.open("departments", d=places.department),
        screens.open("villages"),
        screens.open("villages", u=places.village),
        screens.open("targets"),
        screens.open("figure", u=places.township, i=places.indicator),
    ]
    for shown in opened:
        text = shown.page.find("p", "edges")[-1].text
        assert "云督〔2026〕3号），自2026年1月1日起执行" in text and "−30 ≤ 较序时 ≤ −10（个百分点）" in text


def test_a_draft_that_ranks_in_groups_names_whose_rank_it_changes(office: Screens) -> None:
    page = office.run("settings", dict(FORM))
    _fill(page)
    (groups,) = [each for each in page.multiselect if each.label == "分别排名的组"]
    groups.set_value(["镇"])
    looked = _press(page, "试算")
    assert "乡镇名次会变的 1 个" in looked.page.text
    ranks = next(table for table in looked.tables if "试算后名次" in table.titles)
    assert (ranks.column("现名次"), ranks.column("试算后名次")) == (["1"], ["镇 第1"])
