"""A picture of lines over the days of a year, readable in black and white, as Vega-Lite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.curves import Curve, Shape, days_in, days_named, points_of_year
from metrics.periods import month_end
from ui.theme import INK, NAVY, QUIET, RULE
from ui.words import Words

HEIGHT = 430
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Line:
    """One line: its name, its points (day number, value), and how it is drawn."""

    name: str
    points: Points
    colour: str = NAVY
    dash: tuple[int, ...] = (1, 0)
    width: float = 2.5
    is_dotted: bool = False


@dataclass(frozen=True)
class Mark:
    """A day that is marked by an upright line with its word."""

    name: str
    day: int


def drafted(name: str, points: Points) -> Line:
    """What is being written: dark, whole and thick, each control point shown."""
    return Line(name, points, NAVY, (1, 0), 3, is_dotted=True)


def in_force(name: str, points: Points) -> Line:
    """What holds now: grey and broken."""
    return Line(name, points, QUIET, (6, 4), 2)


def done(name: str, points: Points) -> Line:
    """What was done: thin and dark, each period shown."""
    return Line(name, points, INK, (2, 2), 1.5, is_dotted=True)


def outline(points: Sequence[tuple[str, float]], shape: Shape, year: int) -> list[tuple[float, float]]:
    """Control points ("MM-DD", share) as the corners of a line from the start of the year."""
    corners = [(0.0, 0.0)]
    for key, share in points:
        numbers = days_named(key) or (0, 0)
        day = float(numbers[0] if days_in(year) == days_in(2024) else numbers[1])
        if shape is Shape.STEP:
            corners.append((day, corners[-1][1]))
        corners.append((day, share))
    if corners[-1][1] == 1.0 and corners[-1][0] < days_in(year):
        corners.append((float(days_in(year)), 1.0))
    return corners


def outline_of(curve: Curve, year: int) -> list[tuple[float, float]]:
    """The corners of a curve."""
    return outline(points_of_year(curve), curve.shape, year)


def spec(
    words: Words, year: int, lines: Sequence[Line], marks: Sequence[Mark] = (), *, is_share: bool = True
) -> dict[str, Any]:
    """The picture as Vega-Lite; values are fractions, or quantities where not `is_share`."""
    layers = [layer for line in lines if line.points for layer in _layers(line, lines)]
    axis: dict[str, Any] = {"title": None, "labelColor": INK, "labelFontSize": 13, "gridColor": RULE}
    ends = [(month_end(year, month) - date(year - 1, 12, 31)).days for month in range(1, 13)]
    named = f"(indexof({ends}, datum.value) + 1) + '{words('chart.month')}'"
    x = {
        "field": "day",
        "type": "quantitative",
        "scale": {"domain": [0, days_in(year)], "nice": False},
        "axis": axis | {"values": ends, "labelExpr": named, "labelFlush": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": axis | ({"format": "%", "tickCount": 5} if is_share else {"tickCount": 5}),
    }
    return {
        "height": HEIGHT,
        "encoding": {"x": x},
        "layer": [
            {"encoding": {"y": y}, "layer": layers},
            *(each for mark in marks for each in _upright(mark)),
        ],
        "config": {"view": {"stroke": None}},
    }


def _layers(line: Line, lines: Sequence[Line]) -> list[dict[str, Any]]:
    names = [each.name for each in lines if each.points]
    scale = {"domain": names, "range": [each.colour for each in lines if each.points]}
    dashes = {"domain": names, "range": [list(each.dash) for each in lines if each.points]}
    legend = {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelFontSize": 13,
        "labelColor": INK,
        "labelLimit": 400,
        "symbolType": "stroke",
        "symbolSize": 500,
        "symbolStrokeWidth": 3,
    }
    values = [
        {"day": day, "value": value, "name": line.name, "n": place}
        for place, (day, value) in enumerate(line.points)
    ]
    encoding = {
        "color": {"field": "name", "type": "nominal", "scale": scale, "legend": legend},
        "strokeDash": {"field": "name", "type": "nominal", "scale": dashes, "legend": legend},
        "order": {"field": "n", "type": "quantitative"},
    }
    mark = {"type": "line", "strokeWidth": line.width, "clip": True}
    drawn: list[dict[str, Any]] = [{"data": {"values": values}, "mark": mark, "encoding": encoding}]
    if line.is_dotted:
        dots = {"type": "point", "filled": True, "size": 45, "opacity": 1, "color": line.colour}
        drawn.append({"data": {"values": values}, "mark": dots})
    return drawn


def _upright(mark: Mark) -> list[dict[str, Any]]:
    data = {"values": [{"day": mark.day, "name": mark.name}]}
    text = {"type": "text", "align": "right", "dx": -5, "baseline": "top", "fontSize": 12, "color": INK}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1, "strokeDash": [3, 3]},
        },
        {
            "data": data,
            "mark": text,
            "encoding": {"y": {"value": 2}, "text": {"field": "name", "type": "nominal"}},
        },
    ]
