"""The page of notices: draft one of a snapshot, hand an edited file in, take it through its steps, correct it."""

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from openpyxl import load_workbook

from briefing.snapshots import read_frozen
from data_access.engine import make_engine, read
from data_access.scope import Scope
from demo.places import COUNTY
from metrics.vocabulary import Step
from metrics.words import word as word_of
from notices.choices import shipped_choices
from notices.content import Chart, Paper
from notices.figures import Figures
from notices.flow import act, make
from notices.opened import every, opened
from notices.word import word
from tests.pages.conftest import TAKEN, Screens, ScreensOver, Shown
from tests.served import sqlite_url

SCOPE = Scope.whole(COUNTY)
DRAFTER, CHECKER = "P0001", "P0002"
PERSON = "办理人（从本县人员中选择）"


@pytest.fixture(scope="module")
def with_notice(with_snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a notice drafted of it."""
    path = Path(shutil.copyfile(with_snapshot, tmp_path_factory.mktemp("drafted") / "xushi.db"))
    engine = make_engine(sqlite_url(path))
    with read(engine) as connection:
        choices = shipped_choices(Figures(read_frozen(connection, SCOPE, 1).villages))
    make(engine, SCOPE, 1, choices, actor=DRAFTER, moment=TAKEN)
    engine.dispose()
    return path


@pytest.fixture
def county(with_snapshot: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(with_snapshot, tmp_path / "xushi.db"))


@pytest.fixture
def drafted(with_notice: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(with_notice, tmp_path / "drafted.db"))


@pytest.fixture
def desk(screens_over: ScreensOver, drafted: Path) -> Screens:
    """The pages over the county with its notice."""
    return screens_over(sqlite_url(drafted))


@pytest.fixture
def office(screens_over: ScreensOver, county: Path) -> Screens:
    return screens_over(sqlite_url(county))


def _press(shown: Shown, label: str) -> Shown:
    [button] = [each for each in shown.run.button if each.label == label]
    return Shown(button.click().run())


def _choose(shown: Shown, label: str, value: str) -> None:
    [box] = [each for each in shown.run.selectbox if each.label == label]
    box.set_value(value)


def _drafted(office: Screens, person: str = DRAFTER) -> Shown:
    shown = office.open("notice")
    _choose(shown, PERSON, person)
    return _press(shown, "起草通报")


def test_without_a_snapshot_the_page_says_what_to_do_first(
    screens_over: ScreensOver, small_database: Path
) -> None:
    shown = screens_over(sqlite_url(small_database)).open("notice")
    assert "还没有通报" in shown.page.text and "先把当日情况存一份快照" in shown.page.text
    assert any("/snapshots" in link.attrs["href"] for link in shown.page.find("a"))


def test_who_drafts_is_asked_for_and_nothing_is_written(office: Screens) -> None:
    shown = _press(office.open("notice"), "起草通报")
    assert "请选择办理人" in shown.page.text
    assert "还没有通报" in office.open("notice").page.text


def test_a_notice_is_drafted_listed_and_every_figure_leads_somewhere(office: Screens) -> None:
    done = _drafted(office)
    assert "已起草。" in done.page.text
    listed = office.open("notice")
    assert listed.sentence == "通报由快照起草，数字与快照绑定：已签发0份，在办1份"
    [table] = [each for each in listed.tables if "文号" in each.titles]
    assert (table.column("状态"), table.column("截至")) == (["拟稿"], ["2026年10月31日"])
    shown = office.open("notice", n="1")
    bound = shown.page.find("a", "bound")
    assert len(bound) > 100
    figure = next(each for each in bound if each.attrs["title"].endswith("|completion"))
    behind = office.follow(figure.attrs["href"])
    assert figure.text in behind.page.text and "数据时点 2026-11-20" in behind.page.text
    assert "还没有上传改过的文件" in shown.page.text and "快照之后有变化的数字" in shown.page.text


def test_a_second_notice_of_a_day_is_hinted_at(office: Screens) -> None:
    assert "的通报已有" not in office.open("notice").page.text
    _drafted(office)
    shown = office.open("notice")
    assert "截至2026年10月31日的通报已有：第1号（拟稿） 确需另发一份的" in shown.page.text
    [link] = [each for each in shown.page.find("a") if each.text == "第1号（拟稿）"]
    # What was withdrawn is none.
    held = office.follow(link.attrs["href"])
    _choose(held, PERSON, DRAFTER)
    _choose(held, "办理", Step.WITHDRAWN)
    held = Shown(held.run.run())
    held.run.text_area[0].set_value("另行起草")
    assert "状态：已撤回" in _press(held, "撤回").page.text
    assert "的通报已有" not in office.open("notice").page.text


def test_the_same_person_is_refused_and_another_checks(desk: Screens) -> None:
    shown = desk.open("notice", n="1")
    _choose(shown, PERSON, DRAFTER)
    refused = _press(shown, "核稿")
    assert "须由起草和修改以外的另一人办理" in refused.page.text
    _choose(refused, PERSON, CHECKER)
    done = _press(refused, "核稿")
    assert "已办理：核稿。" in done.page.text and "状态：已核稿" in done.page.text
    [steps] = [each for each in done.tables if "步骤" in each.titles]
    assert steps.column("步骤") == ["核稿", "拟稿"]


def test_an_edited_file_is_compared_and_what_disagrees_is_named(desk: Screens, drafted: Path) -> None:
    engine = make_engine(sqlite_url(drafted))
    with read(engine) as connection:
        paper = opened(connection, SCOPE, 1).paper
    engine.dispose()
    total = next(run for run in paper.bound() if run.key == "count|township|total")
    # Without annexes and their charts: what is compared is the same.
    text = Paper(paper.name, tuple(block for block in paper.blocks if not isinstance(block, Chart)))
    edited = _edited(word(text), total.key, total.text, "999")
    shown = desk.open("notice", n="1")
    assert "不再提供 PDF" not in shown.page.text
    _choose(shown, PERSON, DRAFTER)
    [uploader] = shown.run.get("file_uploader")
    uploader.set_value(("通报.docx", edited, "application/octet-stream"))
    done = _press(Shown(shown.run.run()), "上传并核对")
    assert "已上传；核对结果1处，见右侧。" in done.page.text
    assert f"应为“{total.text}”，文件中是“999”" in done.page.text
    assert "不再提供 PDF" in done.page.text and "在 Word 或 WPS 中另存为 PDF" in done.page.text
    _choose(done, PERSON, CHECKER)
    refused = _press(done, "核稿")
    assert "文件中还有与快照不一致的数字" in refused.page.text


def _edited(content: bytes, key: str, was: str, now: str) -> bytes:
    """The file with another text in the first control of a key."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            part = held.read(name)
            if name == "word/document.xml":
                text = part.decode()
                place = text.index(f'w:val="{key}"')
                part = (text[:place] + text[place:].replace(f">{was}<", f">{now}<", 1)).encode()
            made.writestr(name, part)
    return out.getvalue()


def test_criticised_units_are_heard_before_it_is_issued(desk: Screens, drafted: Path) -> None:
    engine = make_engine(sqlite_url(drafted))
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    act(engine, SCOPE, 1, Step.CHECKED, actor=CHECKER, moment=moment)
    engine.dispose()
    shown = desk.open("notice", n="1")
    [step] = [each for each in shown.run.selectbox if each.label == "办理"]
    assert Step.ISSUED not in step.options and "签发" not in step.options
    _choose(shown, PERSON, CHECKER)
    step.set_value(Step.ASKED)
    asked = _press(Shown(shown.run.run()), "征求意见")
    assert "状态：征求意见" in asked.page.text and "未答复：" in asked.page.text
    # What leads on is chosen already; what one unit said is not there for the next.
    first = _unit_form(asked)
    assert first[0] == "单位答复"
    unsaid = _press(asked, "单位答复")
    assert "还没有选择是否有异议" in unsaid.page.text
    [choice] = unsaid.run.radio
    choice.set_value(True)
    asked = unsaid
    asked.run.text_area[0].set_value("数字有误")
    answered = _press(asked, "单位答复")
    assert "数字有误" in answered.page.text
    step, unit, objects, said = _unit_form(answered)
    assert step == "处理异议" and unit == first[1] and objects is None and not said
    [step_box] = [each for each in answered.run.selectbox if each.label == "办理"]
    step_box.set_value(Step.ANSWERED)
    again = _unit_form(Shown(answered.run.run()))
    assert again[1] != first[1] and again[2] is None and not again[3]


def _unit_form(shown: Shown) -> tuple[str, str, bool | None, str]:
    """The step chosen, and what its form of a unit holds."""
    [step] = [each for each in shown.run.selectbox if each.label == "办理"]
    [unit] = [each for each in shown.run.selectbox if each.label == "单位"]
    [choice] = shown.run.radio
    return word_of(step.value, "zh"), unit.value, choice.value, shown.run.text_area[0].value


def test_the_sentences_are_the_county_s_to_write(office: Screens) -> None:
    shown = office.open("settings", s="wording", k="subtitle")
    [text] = shown.run.text_area
    text.set_value("（数据截至{日期}）")
    shown.run.text_input[0].set_value("王文")
    refused = _press(shown, "保存")
    assert "不能用“日期”这一项" in refused.page.text and "截至" in refused.page.text
    [text] = refused.run.text_area
    text.set_value("（数据截至{截至}）")
    kept = _press(refused, "保存")
    assert "已保存。" in kept.page.text
    _drafted(office)
    assert "（数据截至2026年10月31日）" in office.open("notice", n="1").page.text
    restored = _press(_named(office.open("settings", s="wording", k="subtitle")), "恢复软件自带的")
    assert "已恢复。" in restored.page.text and "（数据截至{截至}）" not in restored.page.text


def _named(shown: Shown) -> Shown:
    shown.run.text_input[0].set_value("王文")
    return shown


def test_a_number_that_is_not_there_is_said(office: Screens) -> None:
    for number in ("7", "x"):
        assert "没有第" in office.open("notice", n=number).page.text


def test_in_a_past_view_nothing_is_drafted(office: Screens, county: Path) -> None:
    shown = office.open("notice", known="2026-11-21T00:00")
    assert not [each for each in shown.run.button if each.label == "起草通报"]
    engine = make_engine(sqlite_url(county))
    with read(engine) as connection:
        assert every(connection, SCOPE) == []
    engine.dispose()


def test_what_is_issued_as_it_was_drafted_has_its_pdf(
    office: Screens, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, day = make_engine(sqlite_url(county)), datetime(2026, 11, 21, tzinfo=UTC)
    with read(engine) as connection:
        shipped = shipped_choices(Figures(read_frozen(connection, SCOPE, 1).villages))
    make(engine, SCOPE, 1, replace(shipped, is_criticism=False), actor=DRAFTER, moment=TAKEN)
    act(engine, SCOPE, 1, Step.CHECKED, actor=CHECKER, moment=day)
    act(engine, SCOPE, 1, Step.ISSUED, actor=CHECKER, moment=day, day=day.date(), note="县府办〔2026〕9号")
    engine.dispose()
    offered: set[str] = set()
    monkeypatch.setattr(st, "download_button", lambda label, **rest: offered.add(label))
    shown = office.open("notice", n="1")
    assert {"下载签发的 Word 文件", "PDF"} <= offered and "不再提供 PDF" not in shown.page.text


def test_the_excel_annexes_are_those_of_the_notice(desk: Screens, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, bytes] = {}

    def offer(label: str, *, key: str, data: Callable[[], bytes], **rest: object) -> None:
        if key == "notice-annexes":
            offered[label] = data()

    monkeypatch.setattr(st, "download_button", offer)
    desk.open("notice", n="1")
    names = load_workbook(io.BytesIO(offered["Excel 附表"])).sheetnames
    assert [name[:3] for name in names] == [f"附件{number}" for number in range(1, 6)]
    assert "附件3 滞后目标明细表" in names
