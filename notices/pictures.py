"""The charts and tables of a paper as pictures, for slides and messages: one PNG each, in one zip."""

from typing import Any

from notices.archive import zipped
from notices.charts import INK, drawing
from notices.content import Chart, Paper, Paragraph, Table, text_of
from notices.lines import broken
from notices.picture import png, ready

WIDTH, PAD, LINE, SIZE = 960, 6, 20, 14
HEAD = "#E6E6E6"


def pictures(paper: Paper) -> bytes:
    """A zip of PNG files, numbered in their order and named after what they show."""
    named = _named(paper)
    ready(spec for _, spec in named)
    return zipped(
        (f"{place:02}_{title}.png", png(spec)) for place, (title, spec) in enumerate(named, start=1)
    )


def _named(paper: Paper) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    title = paper.name
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            title = block.text if block.style == "caption" else title
        elif isinstance(block, Chart):
            found.append((block.title, drawing(block)))
        elif block.rows:
            found.append((title, table_drawing(block, title)))
    return found


def table_drawing(table: Table, title: str) -> dict[str, Any]:
    """A table as a Vega-Lite chart of boxes and texts."""
    edges = [0.0]
    for share in table.widths:
        edges.append(edges[-1] + WIDTH * share / sum(table.widths))
    rows = [tuple(table.heads), *(tuple(map(text_of, row)) for row in table.rows)]
    cells: list[dict[str, Any]] = []
    top = 0.0
    for place, row in enumerate(rows):
        lines = [
            broken(text, right - left - 2 * PAD, right - left - 2 * PAD, _width)
            for text, left, right in zip(row, edges, edges[1:], strict=False)
        ]
        bottom = top + max(map(len, lines)) * LINE + 2 * PAD
        cells += [
            {
                "x": left,
                "x2": right,
                "y": top,
                "y2": bottom,
                "middle": (left + right) / 2,
                # Several lines stand around the middle of their box.
                "base": (top + bottom) / 2 - (len(held) - 1) * LINE / 2,
                "text": held,
                "fill": HEAD if place == 0 else "#FFFFFF",
            }
            for held, left, right in zip(lines, edges, edges[1:], strict=False)
        ]
        top = bottom
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": top,
        "title": {"text": title, "fontSize": 18, "anchor": "middle", "color": INK},
        "data": {"values": cells},
        "layer": [_boxes(), _texts()],
        "config": {"view": {"stroke": None}},
    }


def _place(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _boxes() -> dict[str, Any]:
    edges = {"x": _place("x"), "x2": {"field": "x2"}, "y": _place("y"), "y2": {"field": "y2"}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return {"mark": {"type": "rect", "stroke": INK, "strokeWidth": 0.7}, "encoding": {**edges, "fill": fill}}


def _texts() -> dict[str, Any]:
    mark = {"type": "text", "fontSize": SIZE, "lineHeight": LINE, "color": INK, "baseline": "middle"}
    return {
        "mark": mark,
        "encoding": {
            "x": _place("middle"),
            "y": _place("base"),
            "text": {"field": "text", "type": "nominal"},
        },
    }


def _width(text: str) -> float:
    """About as wide as the typeface draws it: full characters, and the others at a little over half."""
    return sum(SIZE if ord(each) > 0x2E7F else SIZE * 0.58 for each in text)
