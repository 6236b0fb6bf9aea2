"""A view of an earlier moment is read, not written: a form there would act on what it does not show."""

from pathlib import Path

import pytest

from tests.pages.conftest import DAY, Screens, ScreensOver, Shown
from tests.served import sqlite_url

PAST = {"known": "2026-11-01T00:00:00Z"}
REFUSED = "正在查看历史数据时点，只能看，不能改"


@pytest.fixture
def screens(screens_over: ScreensOver, small_database: Path) -> Screens:
    return screens_over(sqlite_url(small_database))


@pytest.mark.parametrize(
    ("page", "own"), [("reporting", {}), ("settings", {"s": "rules", "draft": "1"})], ids=["report", "rule"]
)
def test_nothing_can_be_written_on_a_page_of_an_earlier_moment(
    screens: Screens, page: str, own: dict[str, str]
) -> None:
    present, past = (screens.run(page, DAY | own | when) for when in ({}, PAST))
    writes = {each.label for each in present.button if each.proto.type == "primary"}
    assert not writes & {each.label for each in past.button}
    assert len(past.get("file_uploader")) == 0
    assert (REFUSED in Shown(past).markup, REFUSED in Shown(present).markup) == (True, False)
