"""What is accepted shows at once, on every page, without anyone clearing a cache."""

from datetime import date

import pytest
from sqlalchemy import Engine

from metrics.vocabulary import SubmissionState
from tests.data_access.county import (
    COUNT,
    NORTH,
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

MARCH = date(2026, 3, 31)
DAY = {"y": "2026", "asof": "2026-03-31"}


def _months(*values: int) -> list:
    return [
        (day, [report(COUNT, code, day, value) for code in VILLAGES[NORTH]])
        for day, value in zip((date(2026, 1, 31), date(2026, 2, 28), MARCH), values, strict=False)
    ]


@pytest.fixture
def waiting(sqlite_engine: Engine, screens_over: ScreensOver) -> Screens:
    """A township whose report of March awaits acceptance."""
    put(
        sqlite_engine,
        *basics(),
        indicator(COUNT),
        *(target(COUNT, code, 60) for code in VILLAGES[NORTH]),
        target(COUNT, NORTH, 120),
    )
    for day, reports in _months(5, 5):
        hand_in_now(sqlite_engine, reports, at=moment(day.month + 1, 2), period=day)
    for day, reports in _months(5, 5, 7)[2:]:
        hand_in_now(sqlite_engine, reports, at=moment(4, 2), period=day, state=SubmissionState.SUBMITTED)
    return screens_over(sqlite_engine.url.render_as_string())


def _state(screens: Screens) -> str:
    (table,) = screens.open("targets", u=NORTH, **DAY).tables
    return f"{table.column('状态')[0]} {table.column('实际')[0]}"


def _form(screens: Screens, actor: str, note: str, button: str, *, chooses: bool = True) -> Shown:
    page = screens.run("reporting", {**DAY})
    if chooses:
        (first, *_) = page.radio[0].options
        page.radio[0].set_value(int(first.split()[0]))
    page.text_input[0].set_value(actor)
    page.text_input[1].set_value(note)
    (clicked,) = (each for each in page.button if each.label == button)
    clicked.click()
    return Shown(page.run())


def test_a_figure_changes_as_its_report_is_accepted(waiting: Screens) -> None:
    assert _state(waiting).startswith("◇ 待审")
    done = _form(waiting, "督查室 王敏", "", "接收")
    assert done.page.find("p", "fine")[0].text.startswith("已接收：")
    assert "没有待审的报送件" in done.page.text
    # 34 of 120 at the end of March, where 30 were planned.
    assert _state(waiting) == "● 达序时 34"
    assert "没有待审的报送件" in waiting.open("reporting", **DAY).page.text


def test_a_returned_report_leaves_the_month_unreported(waiting: Screens) -> None:
    done = _form(waiting, "督查室 王敏", "村级合计不符", "退回")
    assert done.page.find("p", "fine")[0].text.startswith("已退回：")
    assert _state(waiting).startswith("○ 未报")


@pytest.mark.parametrize(
    ("actor", "note", "button"), [("", "", "接收"), ("王敏", "", "退回"), (" ", "错", "退回")]
)
def test_nobody_accepts_without_a_name_nor_returns_without_a_reason(
    waiting: Screens, actor: str, note: str, button: str
) -> None:
    shown = _form(waiting, actor, note, button)
    assert shown.page.find("p", "fault")[0].text == "请填写审核人；退回时还要写原因。"
    assert _state(waiting).startswith("◇ 待审")


@pytest.fixture
def two_waiting(waiting: Screens, sqlite_engine: Engine) -> Screens:
    """Both townships wait."""
    reports = [report(COUNT, code, MARCH, 9) for code in VILLAGES[SOUTH]]
    hand_in_now(
        sqlite_engine, reports, at=moment(4, 3), of=SOUTH, period=MARCH, state=SubmissionState.SUBMITTED
    )
    return waiting


def _waiting(shown: Shown) -> list[str]:
    return list(shown.run.radio[0].options) if shown.run.radio else []


def test_one_act_is_for_one_submission(two_waiting: Screens) -> None:
    """What was chosen and written for one must not act on the next."""
    done = _form(two_waiting, "督查室 王敏", "村级合计不符", "退回")
    (left,) = _waiting(done)
    assert done.run.radio[0].value is None and done.run.text_input[1].value == ""
    (again,) = (each for each in done.run.button if each.label == "退回")
    again.click()
    refused = Shown(done.run.run())
    assert refused.page.find("p", "fault")[0].text == "请先选择一份报送件。"
    assert _waiting(refused) == [left]


def test_nobody_acts_without_choosing(two_waiting: Screens) -> None:
    for button in ("接收", "退回"):
        shown = _form(two_waiting, "王敏", "错", button, chooses=False)
        assert shown.page.find("p", "fault")[0].text == "请先选择一份报送件。"
        assert len(_waiting(shown)) == 2
