"""What has reached a milestone: a count, and where there is none of it, words that are held to the facts as well."""

from typing import Any

import pytest

from briefing.villages import Villages
from metrics.columns import records
from notices.cells import cell_text
from notices.checking import check
from notices.reading import read_lines
from tests.notices.editing import Edited, key_of, text_in
from tests.notices.papers import Notice

MILESTONE = "XC05"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"actual": 0, "numerator": 0, "denominator": 1}, "尚未达到"),
        ({"actual": 1, "numerator": 1, "denominator": 1}, "1村达到"),
        ({"actual": 0, "numerator": 0, "denominator": 16}, "16村均未达到"),
        ({"actual": 8, "numerator": 8, "denominator": 16}, "8/16村达到"),
        ({"actual": 8, "numerator": 8, "denominator": 16, "at_least": True}, "至少8/16村达到"),
        ({"actual": 0, "numerator": 0, "denominator": 16, "at_least": True}, "已报的均未达到"),
    ],
)
def test_how_many_have_reached_it(villages: Villages, changed: dict[str, Any], said: str) -> None:
    county = villages.county
    held = county.cells[(county.cells["unit"] == county.root) & (county.cells["indicator"] == MILESTONE)]
    [cell] = records(held)
    indicator = county.definitions[MILESTONE]
    cell = cell._replace(**{"at_least": False, "approximate": False, **changed})
    assert cell_text(cell, indicator, "reached") == said


def test_words_for_none_are_compared_like_a_figure(notice: Notice) -> None:
    edited = Edited(notice.file)
    [held] = [each for each in edited.controls() if text_in(each) == "尚未达到"]
    edited.say(held, "1村达到")
    [finding] = check(notice.paper, read_lines(edited.saved()), notice.figures)
    assert (finding.kind, finding.key) == ("changed", key_of(held)) and key_of(held).endswith("|reached")
    assert (finding.wanted, finding.found) == ("尚未达到", "1村达到")
