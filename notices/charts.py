"""The charts of papers: shades and hatches with words and figures on them, for printers without colour.

What an ordinary chart can do is left to Vega-Lite; targets by state are drawn box by box (`notices.strokes`),
because no chart there has hatched bars, and a legend of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from metrics.figures import percent
from metrics.vocabulary import JUDGED_STATES, REPORTING_STATES, State
from metrics.words import state_mark, state_word
from notices.content import Chart
from notices.strokes import INK, PAPER, Box, Drawing, Word
from notices.words import say

# In the order in which they stand on a bar and in the legend.
ORDER = (*JUDGED_STATES, *REPORTING_STATES)
WIDTH, BAR, STEP = 560, 20, 24
BIG, SMALL = 13, 11
PLAIN_BAR = {"type": "bar", "fill": "#B0B0B0", "stroke": INK, "strokeWidth": 0.7}


@dataclass(frozen=True)
class Shade:
    """How a state is printed: its grey, the lines across it, and the colour of both lines and figures."""

    fill: str
    hatch: str = ""
    ink: str = INK


# The worse, the darker; whose figures are not in, or not yet counted, is white with lines across.
SHADES = {
    State.DONE: Shade(PAPER),
    State.ON_PLAN: Shade("#DCDCDC"),
    State.SLIGHTLY_BEHIND: Shade("#B4B4B4"),
    State.BEHIND: Shade("#787878", ink=PAPER),
    State.FAR_BEHIND: Shade("#303030", "rising", PAPER),
    State.UNFINISHED: Shade("#000000", ink=PAPER),
    State.UNREPORTED: Shade(PAPER, "rising"),
    State.AWAITING: Shade(PAPER, "upright"),
    State.NOT_YET_REPORTED: Shade(PAPER, "level"),
}


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
    config = {"axis": axis, "view": {"stroke": None}}
    return {**spec, "title": {**title, **spec.get("title", {})}, "config": config}


def _states(chart: Chart) -> dict[str, Any]:
    """A bar a unit: a box a state, as wide as it has targets, with the state's shade, mark and number."""
    names = list(dict.fromkeys(row[0] for row in chart.rows))
    left = max(map(_width, names)) + 8
    most = max(sum(row[2] for row in chart.rows if row[0] == name) for name in names)
    drawn = Drawing()
    top = _legend(drawn, [state for state in ORDER if any(row[1] == state for row in chart.rows)], left)
    for place, name in enumerate(names):
        upper = top + place * STEP
        drawn.word(Word(name, left - 6, upper + BAR / 2, BIG, "right"))
        start = left
        for state in ORDER:
            number = sum(row[2] for row in chart.rows if row[:2] == (name, state))
            if number:
                end = start + number * WIDTH / most
                _segment(drawn, Box(start, upper, end, upper + BAR), state, str(number))
                start = end
    return drawn.spec(left + WIDTH, top + len(names) * STEP)


def _segment(drawn: Drawing, box: Box, state: State, number: str) -> None:
    shade = SHADES[state]
    drawn.box(box, shade.fill, shade.hatch, shade.ink)
    marked = f"{state_mark(state)} {number}"
    text = marked if _width(marked, SMALL) + 4 <= box.right - box.left else number
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if shade.hatch:
        # Lines across a figure would make another figure of it.
        half = min(_width(text, SMALL) / 2 + 1, (box.right - box.left) / 2 - 1)
        drawn.plate(Box(x - half, y - 7, x + half, y + 7), shade.fill)
    drawn.word(Word(text, x, y, SMALL, "center", shade.ink))


def _legend(drawn: Drawing, states: list[State], left: float) -> float:
    """Box, mark and word of each state, in as many lines as it takes; how far down it reaches."""
    x, y = left, 0.0
    for state in states:
        label = f"{state_mark(state)} {state_word(state, 'zh')}"
        wide = 20 + _width(label) + 12
        if x > left and x + wide > left + WIDTH:
            x, y = left, y + STEP
        shade = SHADES[state]
        drawn.box(Box(x, y + 2, x + 16, y + 16), shade.fill, shade.hatch, shade.ink)
        drawn.word(Word(label, x + 20, y + 9, BIG, "left"))
        x += wide
    return y + STEP + 6


def _width(text: str, size: float = BIG) -> float:
    """About as wide as the typeface draws it: full characters, and the others at a little over half."""
    return sum(size if ord(each) > 0x2190 else size * 0.58 for each in text)


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
        "title": _explained("chart.rates_note"),
        "layer": [
            {"mark": PLAIN_BAR, "encoding": {"y": y, "x": x}},
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
        "title": _explained("chart.plans_note"),
        "layer": [
            {"mark": PLAIN_BAR, "encoding": {"y": y, "x": done}},
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


def _explained(key: str) -> dict[str, Any]:
    """What a reader must know of a chart, under its title."""
    return {"subtitle": say(key, "zh"), "subtitleFontSize": BIG, "subtitleColor": INK, "subtitlePadding": 6}


def _frame(rows: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": count * STEP,
        "data": {"values": rows},
    }
