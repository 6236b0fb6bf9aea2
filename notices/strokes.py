"""Boxes, lines and words at places of their own, as one Vega-Lite chart: for what no chart of its kinds can show."""

from dataclasses import dataclass, field
from typing import Any, Literal

INK, PAPER = "#000000", "#FFFFFF"
THIN = 0.7
# How far apart the lines of a hatch stand.
APART = 4.0
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Box:
    """A box by its edges."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Word:
    """A text, or its lines: around `y`, and by `align` from, around or up to `x`."""

    text: str | list[str]
    x: float
    y: float
    size: float
    align: Align
    colour: str = INK
    is_bold: bool = False


@dataclass
class Drawing:
    """What was drawn so far; later strokes stand over earlier ones of their kind, words over all."""

    boxes: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    plates: list[dict[str, Any]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def box(self, box: Box, fill: str, hatch: str, ink: str) -> None:
        """A box with an edge, filled, with the lines of a hatch across it."""
        self.boxes.append(_sides(box) | {"fill": fill})
        self.lines += [_sides(each) | {"stroke": ink} for each in hatched(box, hatch)]

    def plate(self, box: Box, fill: str) -> None:
        """A box without an edge over boxes and their hatches."""
        self.plates.append(_sides(box) | {"fill": fill})

    def word(self, word: Word) -> None:
        """A text."""
        self.words.append(word)

    def spec(self, width: float, height: float) -> dict[str, Any]:
        """All of it as a chart of this size."""
        layers = [
            *_layer(self.boxes, {"type": "rect", "stroke": INK, "strokeWidth": THIN}, "fill"),
            *_layer(self.lines, {"type": "rule", "strokeWidth": THIN}, "stroke"),
            *_layer(self.plates, {"type": "rect", "strokeWidth": 0}, "fill"),
            *_texts(self.words),
        ]
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": width,
            "height": height,
            "layer": layers,
            "config": {"view": {"stroke": None}},
        }


def hatched(box: Box, hatch: str) -> list[Box]:
    """The lines of a hatch that cross a box, each from its first corner to its second; none of no hatch."""
    wide, high = box.right - box.left, box.bottom - box.top
    if hatch == "upright":
        return [Box(x, box.top, x, box.bottom) for x in _every(box.left, box.right)]
    if hatch == "level":
        return [Box(box.left, y, box.right, y) for y in _every(box.top, box.bottom)]
    if hatch == "rising":
        # Each is cut where it leaves the box: from the left or lower edge to the upper or right one.
        return [
            Box(
                box.left + max(0.0, step - high),
                box.top + min(step, high),
                box.left + min(step, wide),
                box.top + max(0.0, step - wide),
            )
            for step in _every(0.0, wide + high)
        ]
    return []


def _every(first: float, last: float) -> list[float]:
    count = int((last - first - 0.01) // APART)
    return [first + APART * place for place in range(1, count + 1)]


def _sides(box: Box) -> dict[str, Any]:
    return {"x": box.left, "y": box.top, "x2": box.right, "y2": box.bottom}


def _place(name: str) -> dict[str, Any]:
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _layer(values: list[dict[str, Any]], mark: dict[str, Any], colour: str) -> list[dict[str, Any]]:
    if not values:
        return []
    edges = {"x": _place("x"), "x2": {"field": "x2"}, "y": _place("y"), "y2": {"field": "y2"}}
    shade = {"field": colour, "type": "nominal", "scale": None}
    return [{"data": {"values": values}, "mark": mark, "encoding": {**edges, colour: shade}}]


def _texts(words: list[Word]) -> list[dict[str, Any]]:
    """A layer for each size, weight and side: a mark has one of each."""
    kinds = list(dict.fromkeys((word.size, word.align, word.is_bold) for word in words))
    return [_written([word for word in words if _kind(word) == kind]) for kind in kinds]


def _kind(word: Word) -> tuple[float, Align, bool]:
    return (word.size, word.align, word.is_bold)


def _written(words: list[Word]) -> dict[str, Any]:
    size, align, is_bold = _kind(words[0])
    return {
        "data": {"values": [{"x": w.x, "y": w.y, "text": w.text, "colour": w.colour} for w in words]},
        "mark": {
            "type": "text",
            "fontSize": size,
            "align": align,
            "baseline": "middle",
            "lineHeight": size + 6,
            "fontWeight": "bold" if is_bold else "normal",
        },
        "encoding": {
            "x": _place("x"),
            "y": _place("y"),
            "text": {"field": "text", "type": "nominal"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }
