"""The clerk makes an agenda: adds, orders, renames, takes away, fixes day and moment, saves, withdraws."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from briefing.agenda import SHIPPED, Agenda, Entry, View, agenda_of
from data_access.agendas import read_agenda, read_agendas
from data_access.engine import make_engine, read
from data_access.scope import Scope
from demo.places import COUNTY
from tests.pages.conftest import DAY, Screens, ScreensOver, Shown
from tests.pages.places import param
from tests.served import sqlite_url
from tests.views import NOW
from ui import clock
from ui.address import moment_text

WHOLE = Scope.whole(COUNTY)


@pytest.fixture
def office(small_copy: Path) -> Iterator[Engine]:
    engine = make_engine(sqlite_url(small_copy))
    yield engine
    engine.dispose()


@pytest.fixture
def desk(office: Engine, screens_over: ScreensOver, monkeypatch: pytest.MonkeyPatch) -> Screens:
    """The pages; the clock goes on a second with each look."""
    seconds = count(1)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=next(seconds)))
    return screens_over(office.url.render_as_string())


def _open(desk: Screens, **params: str) -> AppTest:
    return desk.run("settings", {**DAY, "s": "agenda", **params})


def _press(page: AppTest, label: str, place: int = 0) -> AppTest:
    return [each for each in page.button if each.label == label][place].click().run()


def _field(page: AppTest, label: str) -> object:
    (found,) = (each for each in (*page.text_input, *page.selectbox, *page.radio) if each.label == label)
    return found


def _save(page: AppTest, name: str, actor: str = "秘书股 陈芳", button: str = "保存为新的一版") -> Shown:
    _field(page, "议程名称").set_value(name)  # type: ignore[attr-defined]
    _field(page, "保存人（姓名和职务）").set_value(actor)  # type: ignore[attr-defined]
    return Shown(_press(page, button))


def _held(office: Engine) -> list[Agenda]:
    with read(office) as connection:
        return [agenda_of(each) for each in read_agendas(connection, WHOLE)]


def test_a_new_agenda_begins_as_the_shipped_one_and_is_then_in_use(desk: Screens, office: Engine) -> None:
    page = _open(desk)
    assert "默认议程（软件自带，正在使用）" in Shown(page).page.text
    page = _press(page, "删除", 5)
    page = _press(page, "上移", 4)
    page.text_input[0].set_value("本月怎么样").run()
    page = _press(page, "下移", 0)
    done = _save(page, "周调度会")
    assert done.page.find("p", "fine")[0].text == "已保存议程：周调度会"
    (held,) = _held(office)
    views = [entry.view for entry in held.entries]
    assert views == [View.THINGS, View.OVERVIEW, View.FLAGS, View.DEPARTMENTS, View.UNREPORTED]
    assert [entry.title for entry in held.entries] == ["", "本月怎么样", "", "", ""]
    assert (held.code, held.version, held.as_of, held.known_at) == ("1", 1, None, None)
    listed = _open(desk)
    assert "周调度会" in Shown(listed).page.text and "正在使用" not in Shown(listed).page.text
    (link,) = desk.open("overview").page.find("a", "meet")
    assert param(link.attrs["href"], "a") == "1.1"


def test_a_view_is_added_with_what_it_is_about(desk: Screens, office: Engine) -> None:
    page = _open(desk)
    for view, subject in ((View.INDICATOR, "ZF01"), (View.TOWNSHIP, "990521201"), (View.RANKING, "")):
        _field(page, "添加一项").set_value(view)  # type: ignore[attr-defined]
        page = page.run()
        if subject:
            _field(page, "哪一个").set_value(subject)  # type: ignore[attr-defined]
            page = page.run()
        page = _press(page, "添加")
    _save(page, "专题会")
    (held,) = _held(office)
    assert held.entries == (
        *SHIPPED.entries,
        Entry(View.INDICATOR, "ZF01"),
        Entry(View.TOWNSHIP, "990521201"),
        Entry(View.RANKING),
    )


def test_day_and_moment_may_be_fixed_beforehand(desk: Screens, office: Engine) -> None:
    page = _open(desk, asof="2026-09-30")
    _field(page, "截至日").set_value("here")  # type: ignore[attr-defined]
    _field(page, "数据时点").set_value("here")  # type: ignore[attr-defined]
    _save(page, "九月例会")
    (held,) = _held(office)
    assert (held.year, str(held.as_of)) == (2026, "2026-09-30")
    assert held.known_at is not None and held.known_at > NOW
    (link,) = desk.open("overview").page.find("a", "meet")
    assert link.text == "会议模式（截至2026年9月30日）"
    assert param(link.attrs["href"], "asof") == "2026-09-30"
    assert param(link.attrs["href"], "known") == moment_text(held.known_at)
    slide = desk.follow(link.attrs["href"])
    assert "截至2026年9月30日" in slide.page.find("p", "where")[0].text
    again = _open(desk, a="1")
    assert "固定为2026年9月30日" in _field(again, "截至日").options[0]  # type: ignore[attr-defined]
    _field(again, "数据时点").set_value("open")  # type: ignore[attr-defined]
    _save(again, "九月例会")
    (held,) = _held(office)
    assert (held.version, str(held.as_of), held.known_at) == (2, "2026-09-30", None)


def test_every_version_is_kept_and_the_end_is_one_of_them(desk: Screens, office: Engine) -> None:
    _save(_open(desk), "周例会")
    _save(_press(_open(desk, a="1"), "删除", 0), "周例会")
    done = _save(_open(desk, a="1"), "周例会", button="撤销这份议程")
    assert "已撤销议程：周例会" in done.page.text and _held(office) == []
    with read(office) as connection:
        kept = [read_agenda(connection, WHOLE, "1", version) for version in (1, 2, 3)]
    assert [len(agenda_of(each).entries) for each in kept if each] == [6, 5, 5]
    assert [each.withdrawn for each in kept if each] == [False, False, True]
    _save(_open(desk), "新例会")
    assert [each.code for each in _held(office)] == ["2"]
    assert "链接里的议程不存在或已撤销" in Shown(_open(desk, a="1")).page.text


def test_what_another_clerk_saved_is_not_written_over(desk: Screens, office: Engine) -> None:
    _save(_open(desk), "周例会")
    mine = _open(desk, a="1")
    _save(_open(desk, a="1"), "别人改的")
    refused = _save(mine, "我改的")
    assert "在您打开之后又被保存过" in refused.page.find("p", "fault")[0].text
    assert [each.name for each in _held(office)] == ["别人改的"]


@pytest.mark.parametrize(("name", "actor"), [("", "陈芳"), ("周例会", " ")])
def test_nothing_is_saved_without_a_name_and_somebody(
    desk: Screens, office: Engine, name: str, actor: str
) -> None:
    refused = _save(_open(desk), name, actor)
    assert refused.page.find("p", "fault")[0].text == "请填写议程名称和保存人。"
    assert _held(office) == []


def test_in_a_view_of_the_past_it_is_said_that_agendas_are_of_now(desk: Screens, office: Engine) -> None:
    said = "清单是现在的，保存也是存为现在的新一版"
    assert said in Shown(_open(desk, known="2026-11-10T09:00")).page.text
    assert said not in Shown(_open(desk)).page.text


def test_an_agenda_of_nothing_is_refused(desk: Screens, office: Engine) -> None:
    page = _open(desk)
    for _ in SHIPPED.entries:
        page = _press(page, "删除")
    refused = _save(page, "空会")
    assert "空会" in refused.page.find("p", "fault")[0].text and _held(office) == []
