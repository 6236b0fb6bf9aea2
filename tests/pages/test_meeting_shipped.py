"""Meetings where the county made no agenda of its own."""

from datetime import timedelta

from tests.pages.conftest import Screens, Shown
from tests.views import NOW
from ui.clock import county_time

OPENED = county_time(NOW - timedelta(seconds=53)).strftime("%Y-%m-%dT%H:%M:%S")


def test_the_shipped_agenda_is_named_where_the_county_made_none(screens: Screens) -> None:
    shown = screens.open("meeting", known=OPENED)
    assert shown.sentence == "默认议程（本县尚未保存议程）"
    assert [link.find("span")[0].text for link in shown.page.find("ol", "contents")[0].find("a")] == [
        "总览",
        "重点调度事项",
        "滞后单位",
        "未报单位",
        "各部门",
        "逾期整改",
    ]


def test_a_slide_that_runs_without_the_router_shows_nothing(screens: Screens) -> None:
    assert Shown(screens.alone("meeting")).sentence == "请从首页进入。"
