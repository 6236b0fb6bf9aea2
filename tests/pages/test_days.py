"""Every page on any day: all have reported, nobody has yet, the year is over, nothing was known."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.pages.conftest import EVERY_PAGE, Screens, ScreensOver
from tests.served import sqlite_url

FRAMES: dict[str, dict[str, str]] = {
    "all have reported": {"asof": "2026-09-30"},
    "the middle of the year": {"asof": "2026-06-30"},
    "before the first report": {"asof": "2026-01-15"},
    "the first day": {"asof": "2026-01-01"},
    "the last day of the year before": {"y": "2025", "asof": "2025-12-31"},
    "a year after": {"y": "2028", "asof": "2028-01-01"},
    "a year before": {"y": "2024", "asof": "2024-06-30"},
    "before the due day": {"known": "2026-10-20T09:00"},
    "as first known": {"known": "2026-01-20T09:00"},
}


FIRST = ("all have reported", "before the first report", "the last day of the year before", "as first known")
FURTHER = tuple(frame for frame in FRAMES if frame not in FIRST)


@pytest.fixture
def screens(small_database: Path, screens_over: ScreensOver) -> Screens:
    return screens_over(sqlite_url(small_database))


@pytest.mark.parametrize("page", EVERY_PAGE)
@pytest.mark.parametrize(
    "frame", [*FIRST, *(pytest.param(frame, marks=pytest.mark.long) for frame in FURTHER)]
)
def test_a_page_says_something_whole_on_any_day(screens: Screens, frame: str, page: str) -> None:
    shown = screens.open(page, **FRAMES[frame])
    assert shown.sentence
    for gap in ("nan", "NaT", "None", "<NA>", "—，", "滞后 —"):
        assert gap not in shown.markup, urlencode(FRAMES[frame])


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_day_to_come_is_said_to_be_one(screens: Screens, page: str) -> None:
    told = "截至日在今天之后：以下按届时已到期限推算，不是已经发生的情况。"
    assert told in screens.open(page, asof="2026-12-31").notes
    assert told not in screens.open(page, asof="2026-11-22").notes
