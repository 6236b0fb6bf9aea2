"""The page on which a snapshot is kept, found again and checked."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update

from data_access.engine import make_engine
from data_access.schema import report
from tests.pages.conftest import Screens, ScreensOver, Shown
from tests.served import sqlite_url
from ui.database import engine as ui_engine

KEEP, CHECK = "存档：截至2026年10月31日", "核对"


@pytest.fixture
def office(screens_over: ScreensOver, small_copy: Path) -> Screens:
    return screens_over(sqlite_url(small_copy))


@pytest.fixture
def kept(screens_over: ScreensOver, county_with_snapshot: Path) -> Screens:
    """The pages over a county that has a snapshot of the end of October."""
    return screens_over(sqlite_url(county_with_snapshot))


@pytest.fixture
def county_with_snapshot(with_snapshot: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(with_snapshot, tmp_path / "kept.db"))


def _press(shown: Shown, label: str) -> Shown:
    [button] = [each for each in shown.run.button if each.label == label]
    return Shown(button.click().run())


def _kept(office: Screens, label: str = KEEP, part: str = "全县", **address: str) -> Shown:
    shown = office.open("snapshots", **address)
    choices = {each.label: each for each in shown.run.selectbox}
    choices["办理人（从本县人员中选择）"].select_index(0)
    choices["范围"].select_index(choices["范围"].options.index(part))
    return _press(shown, label)


def test_who_makes_it_is_asked_for(office: Screens) -> None:
    shown = _press(office.open("snapshots"), KEEP)
    assert "请选择办理人，再点一次" in shown.page.text and "还没有存档的快照" in shown.page.text


def test_a_snapshot_is_kept_listed_and_holds(office: Screens) -> None:
    done = _kept(office)
    assert "已生成第1号快照" in done.page.text
    [listed] = [each for each in done.tables if "校验码" in each.titles]
    assert (listed.column("号码"), listed.column("范围")) == (["1"], ["全县"])
    [person] = [each for each in done.run.selectbox if each.label.startswith("办理人")]
    assert listed.column("生成人") == [person.options[0]]
    assert "第1号快照一致" in _press(done, CHECK).page.text
    [link] = [each.attrs["href"] for each in listed.rows[0][1].find("a")]
    assert "known=2026-11-22T12%3A00" in link or "known=2026-11-22T12:00" in link
    assert "数据时点 2026-11-22 12:00" in office.follow(link).page.text


def test_what_was_changed_in_the_database_is_named(kept: Screens, county_with_snapshot: Path) -> None:
    done = kept.open("snapshots")
    ui_engine().dispose()
    engine = make_engine(sqlite_url(county_with_snapshot))
    with engine.begin() as connection:
        unit = report.c.unit.like("990521101%")
        connection.execute(update(report).where(unit).values(value=report.c.value + 1))
    engine.dispose()
    assert "当时已知的原始记录被改动——上报数（清溪镇）。" in _press(done, CHECK).page.text


def test_two_snapshots_are_compared_and_one_with_today(kept: Screens) -> None:
    assert "比较" in kept.open("snapshots").page.text
    now = kept.open("snapshots", a="1", b="now")
    assert "各乡镇位次没有变化" in now.page.text and now.page.text.count("没有数据变化") == 1
    assert "0项状态改变" not in now.page.text
    same = kept.open("snapshots", a="1", b="1")
    assert "请选两份不同的快照" in same.page.text
    for number in ("7", "x"):
        assert "没有第" in kept.open("snapshots", a="1", b=number).page.text


def test_what_moved_between_two_days_is_listed(kept: Screens) -> None:
    _kept(kept, "存档：截至2026年9月30日", y="2026", asof="2026-09-30")
    found = kept.open("snapshots", a="1", b="2")
    assert "2026年9月30日到2026年10月31日" in found.page.text
    [listed] = [each for each in found.tables if "为什么变" in each.titles]
    assert len(listed.rows) > 20 and any("→" in text for text in listed.column("实际"))


def test_a_township_and_a_department_are_kept_and_compared_with_the_whole(kept: Screens) -> None:
    for part in ("清溪镇", "县农业农村局"):
        done = _kept(kept, part=part)
    [listed] = [each for each in done.tables if "校验码" in each.titles]
    assert listed.column("范围") == ["县农业农村局", "清溪镇", "全县"]
    places = [row[1].find("a")[0].attrs["href"].partition("&known")[0] for row in listed.rows]
    assert [place.split("?")[0] for place in places] == ["/departments", "/townships", "/"]
    for row, moment in zip(listed.rows, ("11-22 12:00", "11-22 12:00", "11-20 12:00"), strict=True):
        [link] = [each.attrs["href"] for each in row[1].find("a")]
        assert link.count("asof=") == 1
        assert f"数据时点 2026-{moment}" in kept.follow(link).page.text
    same = kept.open("snapshots", a="1", b="2")
    assert (
        "没有数据变化" in same.page.text
        and "位次" not in same.page.text
        and "截至2026年10月31日） 清溪镇" in same.page.text
    )
    department = kept.open("snapshots", a="3", b="now")
    assert "没有数据变化" in department.page.text and "位次" not in department.page.text
    apart = kept.open("snapshots", a="2", b="3")
    assert "两份快照的范围不同" in apart.page.text


def test_no_notice_is_drafted_of_a_part(office: Screens) -> None:
    _kept(office, part="清溪镇")
    assert "起草通报前，先把当日情况存一份快照" in office.open("notice").page.text


def test_a_day_to_come_is_not_kept(office: Screens) -> None:
    done = _kept(office, "存档：截至2026年11月30日", y="2026", asof="2026-11-30")
    assert "截至日 2026-11-30 还没有到（今天是 2026-11-22）" in done.page.text
    assert "请选今天或以前的一天" in done.page.text and "还没有存档的快照" in done.page.text


def test_as_known_at_a_moment_to_come_nothing_is_kept(office: Screens) -> None:
    refused = _kept(office, known="2030-01-01T08:00")
    assert "数据时点 2030-01-01 08:00:00 还没有到" in refused.page.text
    assert "请改成现在或以前的时点" in refused.page.text
    assert "还没有存档的快照" in office.open("snapshots").page.text
