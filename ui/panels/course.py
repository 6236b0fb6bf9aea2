"""The course of a figure over the year as one chart: plan, actual, last year, forecast with its interval."""

from typing import Any

import altair as alt
import pandas as pd

from metrics.curves import Shape
from ui.theme import BAND, FAINT, INK, NAVY, QUIET, RULE
from ui.words import Words

MONTHS = list(range(1, 13))
# Name, colour, dashes, width: told apart in black print by dashes and width.
LINES: tuple[tuple[str, str, list[int], float], ...] = (
    ("last", FAINT, [1, 0], 1.5),
    ("plan", QUIET, [5, 4], 2.0),
    ("actual", NAVY, [1, 0], 3.0),
    ("forecast", NAVY, [2, 3], 2.5),
)
Spec = dict[str, Any]


def drawing(
    words: Words,
    line: pd.DataFrame,
    *,
    shape: str,
    marks: list[tuple[int, str]],
    gap: str = "",
    axis: str = "",
) -> Spec:
    """Vega-Lite of a course (`briefing.figure.course`).

    `marks` are months at which the target was changed, `gap` what is said below the last actual figure, `axis` what
    the shares are of.
    """
    shown = {name: words(f"course.{name}") for name, *_ in LINES if name in set(line["name"])}
    layers = [_band(line), *(_line(line, one, shown, shape) for one in LINES if one[0] in shown)]
    layers += [_mark(month, text) for month, text in marks]
    layers += [_gap(line, gap)] if gap else []
    return {
        "$schema": alt.SCHEMA_URL,
        "layer": [layer for layer in layers if layer],
        "height": 280,
        "encoding": {"x": _months(words), "y": _shares(axis)},
        "config": {"view": {"stroke": None}},
    }


def _months(words: Words) -> Spec:
    return {
        "field": "month",
        "type": "ordinal",
        "title": None,
        "sort": None,
        "scale": {"type": "point", "domain": MONTHS, "padding": 0.5},
        "axis": {
            "labelAngle": 0,
            "labelColor": INK,
            "labelFontSize": 13,
            "labelExpr": f"datum.value + '{words('chart.month')}'",
        },
    }


def _shares(title: str) -> Spec:
    return {
        "field": "share",
        "type": "quantitative",
        "title": title or None,
        "scale": {"zero": True},
        "axis": {
            "format": "%",
            "labelColor": INK,
            "labelFontSize": 13,
            "titleColor": INK,
            "titleFontSize": 13,
            "titleFontWeight": 400,
            "gridColor": RULE,
            "tickCount": 5,
        },
    }


def _line(
    line: pd.DataFrame, one: tuple[str, str, list[int], float], shown: dict[str, str], shape: str
) -> Spec:
    name, _, _, width = one
    held = line[line["name"] == name]
    stepped = name == "plan" and shape == Shape.STEP
    names = list(shown.values())
    styles = [each for each in LINES if each[0] in shown]
    encoding = {
        "color": {
            "field": "name",
            "type": "nominal",
            "title": None,
            "scale": {"domain": names, "range": [colour for _, colour, _, _ in styles]},
            "legend": _legend(),
        },
        "strokeDash": {
            "field": "name",
            "type": "nominal",
            "title": None,
            "scale": {"domain": names, "range": [dashes for _, _, dashes, _ in styles]},
            "legend": _legend(),
        },
    }
    return {
        "data": {"values": _values(held.assign(name=shown[name]))},
        "mark": {
            "type": "line",
            "strokeWidth": width,
            "interpolate": "step-after" if stepped else "linear",
            "point": {"size": 40, "filled": True} if name == "actual" else False,
        },
        "encoding": encoding,
    }


def _legend() -> Spec:
    return {
        "orient": "top",
        "direction": "horizontal",
        "labelFontSize": 13,
        "labelColor": INK,
        "labelLimit": 400,
        "symbolType": "stroke",
        "symbolSize": 500,
        "symbolStrokeWidth": 2.5,
    }


def _band(line: pd.DataFrame) -> Spec:
    ahead = line[line["name"] == "forecast"]
    if ahead.empty:
        return {}
    return {
        "data": {"values": _values(ahead[["month", "low", "high"]])},
        "mark": {"type": "area", "color": BAND, "opacity": 0.75},
        "encoding": {
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _gap(line: pd.DataFrame, text: str) -> Spec:
    """How far from the plan, below the end of the actual line, where no other line runs."""
    last = line[line["name"] == "actual"].tail(1)
    return {
        "data": {"values": [{**row, "text": text} for row in _values(last)]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "dx": 8,
            "dy": 10,
            "fontSize": 14,
            "fontWeight": 700,
            "color": INK,
        },
        "encoding": {"text": {"field": "text"}},
    }


def _mark(month: int, text: str) -> Spec:
    """A thin upright line where the target was changed, and what it became."""
    return {
        "data": {"values": [{"month": month, "text": text}]},
        "layer": [
            {
                "mark": {"type": "rule", "color": QUIET, "strokeDash": [2, 2]},
                "encoding": {"y": {"value": 0}, "y2": {"value": "height"}},
            },
            {
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "top",
                    "dx": 4,
                    "dy": 2,
                    "fontSize": 12,
                    "color": INK,
                },
                "encoding": {"y": {"value": 0}, "text": {"field": "text"}},
            },
        ],
    }


def _values(held: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items() if pd.notna(value)} for row in held.to_dict("records")
    ]
