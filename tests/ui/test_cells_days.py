"""A gap is told with the days where days decide."""

from types import SimpleNamespace
from typing import Any

import pytest

from ui.cells import gap_and_days
from ui.words import words_of


def _cell(**said: Any) -> SimpleNamespace:
    held = {"gap": -0.01, "behind_gap": -0.1, "far_gap": -0.3, "days_behind": 92, "why": "far_by_days"}
    return SimpleNamespace(**(held | said))


@pytest.mark.parametrize(("lang", "shown"), [("zh", "−1.0 滞后92天"), ("en", "−1.0 92 days late")])
def test_days_stand_beside_a_gap_that_did_not_decide(lang: str, shown: str) -> None:
    assert gap_and_days(_cell(), words_of(lang)) == shown


def test_a_milestone_has_days_alone_and_a_gap_that_decides_has_none() -> None:
    assert gap_and_days(_cell(gap=None), words_of("zh")) == "滞后92天"
    assert gap_and_days(_cell(why="far_behind", gap=-0.4), words_of("zh")) == "−40.0"
