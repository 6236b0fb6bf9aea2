"""Who can be told apart from the others, and who cannot: never a list of last places."""

from typing import Any

from briefing.comparison import compared
from briefing.figure import Figure
from metrics.columns import records
from metrics.comparison import Comparison, Group
from metrics.figures import percent
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table
from ui.words import Words

# Those to look at first; within a group the order of the list is no rank.
ORDER = (Group.FAR_BELOW, Group.BELOW, Group.LEVEL, Group.ABOVE, Group.TOO_FEW)
LIGHTS = {Group.FAR_BELOW: "red", Group.BELOW: "yellow", Group.ABOVE: "green"}
MARKS = {Group.FAR_BELOW: "▼", Group.BELOW: "▽", Group.LEVEL: "＝", Group.ABOVE: "△", Group.TOO_FEW: "…"}


def panel(here: Here, found: Figure) -> Markup:
    """The units below a figure in groups, each with its share, its whisker and how many it is of."""
    held = compared(found)
    if held is None:
        return EMPTY
    words = here.words
    is_mirrored = bool(found.below.definitions[found.indicator]["lower_is_better"])
    whole = float(held.rows["k"].sum() / held.rows["n"].sum())
    rows = [
        _row(here, found, row, whole, is_mirrored)
        for group in ORDER
        for row in records(held.rows[held.rows["group"] == group])
    ]
    keys = ("unit", "of_n", "share", "whisker", "group")
    columns = [Column(words(f"col.{key}"), is_figure=key in ("of_n", "share")) for key in keys]
    minimum = found.below.rules.minimum_n
    return element(
        "div",
        element("h2", words("comparison.title")),
        table(columns, rows),
        element("p", _note(words, held, minimum, is_mirrored), class_="quiet"),
    )


def _note(words: Words, held: Comparison, minimum: int, is_mirrored: bool) -> str:
    """How they are compared, where the limits are, and what was widened."""
    parts = [words("comparison.method", minimum=minimum)]
    if held.spread > 1:
        parts.append(words("comparison.spread", factor=f"{held.spread:.1f}"))
    if is_mirrored:
        parts.append(words("comparison.mirrored"))
    return "".join(parts)


def _row(here: Here, found: Figure, row: Any, whole: float, is_mirrored: bool) -> Row:
    name = found.below.names[row.unit]
    link = element("a", name, href=here.address.link("figure", u=row.unit, i=found.indicator))
    met, rate, low, high, middle = row.k, row.rate, row.low, row.high, whole
    if is_mirrored:
        met, rate, low, high, middle = row.n - row.k, 1 - rate, 1 - high, 1 - low, 1 - whole
    group = Group(row.group)
    said = f"{MARKS[group]} {here.words(f'comparison.{group}')}"
    return Row(
        (
            link,
            f"{met:,} / {row.n:,}",
            percent(rate),
            _whisker(here.words, rate, low, high, middle),
            element("span", said, class_=f"s s-{LIGHTS.get(group, 'grey')}"),
        )
    )


def _whisker(words: Words, rate: float, low: float, high: float, whole: float) -> Markup:
    label = words("comparison.whisker", low=percent(low), high=percent(high), whole=percent(whole))
    return element(
        "span",
        element("i", style=f"left:{low:.1%};width:{high - low:.1%}"),
        element("u", style=f"left:{whole:.1%}"),
        element("b", style=f"left:{rate:.1%}"),
        class_="wh",
        role="img",
        aria_label=label,
        title=label,
    )
