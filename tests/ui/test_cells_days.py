"""A gap is told with the days where days decide, and a share is never rounded onto its limit."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from ui.cells import amount, gap_and_days
from ui.words import words_of

MEASURE = {"scale": 2, "is_ratio": True, "measure": "%"}


def _cell(**said: Any) -> SimpleNamespace:
    held = {"gap": -0.01, "behind_gap": -0.1, "far_gap": -0.3, "days_behind": 92, "why": "far_by_days"}
    return SimpleNamespace(**(held | said))


@pytest.mark.parametrize(("lang", "shown"), [("zh", "−1.0 滞后92天"), ("en", "−1.0 92 days late")])
def test_days_stand_beside_a_gap_that_did_not_decide(lang: str, shown: str) -> None:
    assert gap_and_days(_cell(), words_of(lang)) == shown


def test_a_milestone_has_days_alone_and_a_gap_that_decides_has_none() -> None:
    assert gap_and_days(_cell(gap=None), words_of("zh")) == "滞后92天"
    assert gap_and_days(_cell(why="far_behind", gap=-0.4), words_of("zh")) == "−40.0"


@pytest.mark.parametrize(
    ("share", "shown"), [(0.98980, "98.98%"), (0.99, "99.0%"), (0.9904, "99.04%"), (0.95, "95.0%")]
)
def test_a_share_is_not_rounded_onto_its_limit(share: float, shown: str) -> None:
    cell = SimpleNamespace(
        actual_ratio=share, actual=1, target=9900, high=pd.NA, at_least=False, approximate=False
    )
    assert amount(cell, MEASURE, words_of("zh")) == shown
