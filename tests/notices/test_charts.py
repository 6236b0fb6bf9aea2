"""The charts of papers tell their states apart without colour, and say themselves what they show."""

import json
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from metrics.vocabulary import State
from metrics.words import state_mark, state_word
from notices.charts import ORDER, SHADES, drawing
from notices.content import Chart
from notices.picture import png
from notices.strokes import PAPER, Box, hatched

STATES = Chart("states", "各乡镇目标按状态", tuple(("白沙镇", str(state), 4) for state in ORDER))
# Greys that stand closer than this look the same on a copy.
TELLS = 0x20


def _grey(fill: str) -> int:
    return int(fill[1:3], 16)


def test_no_two_states_are_printed_alike() -> None:
    assert set(SHADES) == set(ORDER)
    for one, other in combinations(SHADES.values(), 2):
        differs = abs(_grey(one.fill) - _grey(other.fill)) >= TELLS or one.hatch != other.hatch
        assert differs, (one, other)


def test_a_figure_is_read_on_its_shade() -> None:
    for shade in SHADES.values():
        assert abs(_grey(shade.fill) - _grey(shade.ink)) > 0x70


def test_every_state_stands_in_the_legend_and_on_its_bar() -> None:
    said = json.dumps(drawing(STATES), ensure_ascii=False)
    for state in ORDER:
        assert f"{state_mark(state)} {state_word(state, 'zh')}" in said
        assert f"{state_mark(state)} 4" in said


def test_a_narrow_box_keeps_its_number_and_drops_its_mark() -> None:
    rows = (("白沙镇", str(State.DONE), 60), ("白沙镇", str(State.UNREPORTED), 1))
    texts = [
        value["text"]
        for layer in drawing(Chart("states", "图", rows))["layer"]
        for value in layer["data"]["values"]
        if "text" in value
    ]
    assert "1" in texts and f"{state_mark(State.DONE)} 60" in texts


@pytest.mark.parametrize("hatch", ["rising", "upright", "level"])
@pytest.mark.parametrize("box", [Box(10, 20, 70, 40), Box(10, 20, 19, 40)])
def test_a_hatch_stays_in_its_box(hatch: str, box: Box) -> None:
    lines = hatched(box, hatch)
    assert lines
    for line in lines:
        assert all(box.left <= x <= box.right for x in (line.left, line.right))
        assert all(box.top <= y <= box.bottom for y in (line.top, line.bottom))
    assert hatched(box, "") == []


def test_a_hatch_is_on_the_picture() -> None:
    """A bar of what is not reported is grey to the eye; one of what is done is white."""
    shares = []
    for state in (State.DONE, State.UNREPORTED):
        made = png(drawing(Chart("states", "图", (("白沙镇", str(state), 40),))))
        picture = Image.open(BytesIO(made)).convert("L")
        strip = picture.crop(
            (picture.width // 2 + 60, picture.height - 80, picture.width - 60, picture.height)
        )
        shares.append(sum(strip.histogram()[:128]))
    assert shares[1] > 2 * shares[0]


def test_bar_and_line_are_explained_on_the_chart() -> None:
    made = drawing(Chart("plans", "图", (("消险", 0.862, 0.833),)))
    assert made["title"]["text"] == "图"
    assert "条为完成率，竖线为序时进度" in made["title"]["subtitle"]


def test_white_is_kept_for_what_is_done() -> None:
    assert [state for state in ORDER if (SHADES[state].fill, SHADES[state].hatch) == (PAPER, "")] == [
        State.DONE
    ]
