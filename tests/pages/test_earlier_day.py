"""A quarter's figure on a month's page says its own day; where the head says it already, nothing does."""

import pytest

from tests.pages.conftest import Screens
from tests.pages.places import Places

MARK = "数据截至09-30"


@pytest.mark.parametrize("page", ["indicators", "townships", "targets"])
def test_a_quarter_s_day_stands_beside_its_name(screens: Screens, places: Places, page: str) -> None:
    own = {"u": places.township} if page == "townships" else {"level": "township", "state": "counted"}
    held = {"indicators": {}, "townships": own, "targets": own}[page]
    assert MARK in screens.open(page, **held).page.text
    assert MARK not in screens.open(page, **(held | {"asof": "2026-09-30"})).page.text


def test_the_matrix_says_it_of_its_heads(screens: Screens) -> None:
    heads = [link.attrs.get("title", "") for link in screens.open("overview").page.find("a")]
    assert any(title.endswith(MARK) for title in heads)
