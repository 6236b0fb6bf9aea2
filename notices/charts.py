"""The charts of papers: shades of grey with words and figures on them, for printers without colour."""

from collections.abc import Callable, Mapping
from typing import Any

from metrics.figures import percent
from metrics.vocabulary import JUDGED_STATES, State
from metrics.words import state_word
from notices.content import Chart

# The worse, the darker; who has not reported is white with a dashed edge.
SHADES = {
    State.DONE: "#FFFFFF",
    State.ON_PLAN: "#F0F0F0",
    State.SLIGHTLY_BEHIND: "#CCCCCC",
    State.BEHIND: "#8C8C8C",
    State.FAR_BEHIND: "#3C3C3C",
    State.UNFINISHED: "#000000",
    State.UNREPORTED: "#FFFFFF",
}
INK, PAPER = "#000000", "#FFFFFF"
DARK = {State.BEHIND, State.FAR_BEHIND, State.UNFINISHED}
PLAIN_BAR = {"type": "bar", "fill": "#B0B0B0", "stroke": INK, "strokeWidth": 0.7}
WIDTH, BAR = 560, 20
BIG = 13


def drawing(chart: Chart) -> dict[str, Any]:
    """A chart of a paper as a Vega-Lite chart with its data inside."""
    makers: dict[str, Callable[[Chart], dict[str, Any]]] = {
        "states": _states,
        "rates": _rates,
        "plans": _plans,
    }
    spec = makers[chart.kind](chart)
    title = {"text": chart.title, "fontSize": 15, "anchor": "middle", "color": INK}
    axis = {"labelFontSize": BIG, "labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": INK}
    legend = {
        "labelFontSize": BIG,
        "labelColor": INK,
        "orient": "top",
        "title": None,
        "symbolStrokeColor": INK,
    }
    return {**spec, "title": title, "config": {"axis": axis, "legend": legend, "view": {"stroke": None}}}


def _states(chart: Chart) -> dict[str, Any]:
    order = [*JUDGED_STATES, State.UNREPORTED]
    words = {str(state): state_word(state, "zh") for state in order}
    rows = []
    ends: dict[str, int] = {}
    for name, state, number in sorted(chart.rows, key=lambda row: order.index(State(row[1]))):
        start = ends.get(name, 0)
        ends[name] = start + number
        rows.append(
            {
                "name": name,
                "state": words[state],
                "start": start,
                "end": ends[name],
                "middle": start + number / 2,
                "number": str(number),
                "is_dark": State(state) in DARK,
            }
        )
    held = [state for state in order if any(row[1] == state for row in chart.rows)]
    shades = {"domain": [words[str(state)] for state in held], "range": [SHADES[state] for state in held]}
    names = list(dict.fromkeys(row[0] for row in chart.rows))
    y = {"field": "name", "type": "nominal", "sort": names, "axis": {"title": None, "ticks": False}}
    return {
        **_frame(rows, len(names)),
        "layer": [
            {
                "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.7},
                "encoding": {
                    "y": y,
                    "x": {"field": "start", "type": "quantitative", "axis": None},
                    "x2": {"field": "end"},
                    "fill": {"field": "state", "type": "nominal", "scale": shades},
                },
            },
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    "y": y,
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "number", "type": "nominal"},
                    "color": {"condition": {"test": "datum.is_dark", "value": PAPER}, "value": INK},
                },
            },
        ],
    }


def _rates(chart: Chart) -> dict[str, Any]:
    rows = [{"name": name, "rate": rate, "said": percent(rate)} for name, rate in chart.rows]
    names = [row["name"] for row in rows]
    y = {"field": "name", "type": "nominal", "sort": names, "axis": {"title": None, "ticks": False}}
    x = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"domain": [0, 1.08]},
        "axis": None,
    }
    return {
        **_frame(rows, len(names)),
        "layer": [
            {
                "mark": {"type": "bar", "fill": "#B0B0B0", "stroke": INK, "strokeWidth": 0.7},
                "encoding": {"y": y, "x": x},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
                "encoding": {"y": y, "x": x, "text": {"field": "said", "type": "nominal"}},
            },
        ],
    }


def _plans(chart: Chart) -> dict[str, Any]:
    """A bar for what is done, an upright line for where it ought to be."""
    top = max(1.0, *(max(done, planned) for _, done, planned in chart.rows))
    rows = [
        {"name": name, "done": done, "planned": planned, "said": f"{percent(done)} / {percent(planned)}"}
        for name, done, planned in chart.rows
    ]
    names = [row["name"] for row in rows]
    y = {"field": "name", "type": "nominal", "sort": names, "axis": {"title": None, "ticks": False}}
    scale: Mapping[str, Any] = {"domain": [0, top * 1.3]}
    done = {"field": "done", "type": "quantitative", "scale": scale, "axis": None}
    planned = {"field": "planned", "type": "quantitative", "scale": scale}
    return {
        **_frame(rows, len(names)),
        "layer": [
            {
                "mark": {"type": "bar", "fill": "#B0B0B0", "stroke": INK, "strokeWidth": 0.7},
                "encoding": {"y": y, "x": done},
            },
            {
                "mark": {"type": "tick", "color": INK, "thickness": 3, "size": BAR},
                "encoding": {"y": y, "x": planned},
            },
            {
                "transform": [{"calculate": "max(datum.done, datum.planned)", "as": "most"}],
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 12},
                "encoding": {
                    "y": y,
                    "x": {"field": "most", "type": "quantitative", "scale": scale},
                    "text": {"field": "said", "type": "nominal"},
                },
            },
        ],
    }


def _frame(rows: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": count * (BAR + 4),
        "data": {"values": rows},
    }
