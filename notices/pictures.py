"""The charts and tables of a paper as pictures, for slides and messages: one PNG each, in one zip.

Each goes its own way and says itself of which county and day it is, what its figures are counted in, and by
which rule they are judged.
"""

from itertools import takewhile
from typing import Any

from notices.archive import zipped
from notices.charts import drawing
from notices.content import Block, Chart, Paper, Paragraph, Table, text_of
from notices.figures import Figures
from notices.lines import broken
from notices.picture import png, ready
from notices.strokes import INK, PAPER, Box, Drawing, Word
from notices.words import say

WIDTH, PAD, LINE, SIZE = 960, 6, 20, 14
FOOT_SIZE, FOOT_LINE = 12, 18
HEAD = "#E6E6E6"


def pictures(paper: Paper, figures: Figures) -> bytes:
    """A zip of PNG files, numbered in their order and named after what they show."""
    named = _named(paper, figures)
    ready(spec for _, spec in named)
    return zipped(
        (f"{place:02}_{title}.png", png(spec)) for place, (title, spec) in enumerate(named, start=1)
    )


def _named(paper: Paper, figures: Figures) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    title = paper.name
    for place, block in enumerate(paper.blocks):
        if isinstance(block, Paragraph):
            title = block.text if block.style == "caption" else title
            continue
        named = block.title if isinstance(block, Chart) else title
        heading = _heading(figures, named)
        foot = _foot(figures, paper.blocks[place + 1 :])
        if isinstance(block, Chart):
            found.append((named, chart_drawing(block, heading, foot)))
        elif block.rows:
            found.append((named, table_drawing(block, heading, foot)))
    return found


def _heading(figures: Figures, title: str) -> str:
    county, day = figures.text("frame|county"), figures.text("frame|as_of")
    return say("picture.heading", "zh", county=county, day=day, title=title)


def _foot(figures: Figures, following: tuple[Block, ...]) -> list[str]:
    """What the paper notes under a table, its marks and what they count; then the rule."""
    notes = [block.text for block in takewhile(_is_note, following) if isinstance(block, Paragraph)]
    return [*notes, say("picture.rule", "zh", number=figures.text("rule|number"))]


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "note"


def chart_drawing(chart: Chart, heading: str, foot: list[str]) -> dict[str, Any]:
    """A chart of a paper with a heading and a foot of its own."""
    made = drawing(chart)
    config = made.pop("config")
    below = Drawing()
    height = _write_foot(below, foot, made["width"], 0.0)
    made["title"]["text"] = heading
    parts = [made, below.spec(made["width"], height)]
    return {
        "$schema": made["$schema"],
        "vconcat": [{key: part[key] for key in part if key not in ("$schema", "config")} for part in parts],
        "config": config,
    }


def table_drawing(table: Table, heading: str, foot: list[str]) -> dict[str, Any]:
    """A table as a Vega-Lite chart of boxes and texts."""
    edges = [0.0]
    for share in table.widths:
        edges.append(edges[-1] + WIDTH * share / sum(table.widths))
    drawn, top = Drawing(), 0.0
    for place, row in enumerate([tuple(table.heads), *(tuple(map(text_of, row)) for row in table.rows)]):
        lines = [
            broken(text, right - left - 2 * PAD, right - left - 2 * PAD, _width)
            for text, left, right in zip(row, edges, edges[1:], strict=False)
        ]
        bottom = top + max(map(len, lines)) * LINE + 2 * PAD
        for held, left, right in zip(lines, edges, edges[1:], strict=False):
            drawn.box(Box(left, top, right, bottom), HEAD if place == 0 else PAPER, "", INK)
            # Several lines stand around the middle of their box.
            base = (top + bottom) / 2 - (len(held) - 1) * LINE / 2
            drawn.word(Word(held, (left + right) / 2, base, SIZE, "center"))
        top = bottom
    title = {"text": heading, "fontSize": 18, "anchor": "middle", "color": INK}
    return {**drawn.spec(WIDTH, _write_foot(drawn, foot, WIDTH, top + PAD)), "title": title}


def _write_foot(drawn: Drawing, foot: list[str], width: float, top: float) -> float:
    """Small lines from the left edge; how far down they reach."""
    for text in foot:
        for line in broken(text, width, width, _foot_width):
            drawn.word(Word(line, 0.0, top + FOOT_LINE / 2, FOOT_SIZE, "left"))
            top += FOOT_LINE
    return top


def _width(text: str) -> float:
    """About as wide as the typeface draws it: full characters, and the others at a little over half."""
    return sum(SIZE if ord(each) > 0x2E7F else SIZE * 0.58 for each in text)


def _foot_width(text: str) -> float:
    # The marks of states are as wide as characters.
    return sum(FOOT_SIZE if ord(each) > 0x218F else FOOT_SIZE * 0.58 for each in text)
