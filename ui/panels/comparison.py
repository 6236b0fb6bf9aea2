"""Who can be told apart from the others, and who cannot: never a list of last places."""

from typing import Any

from briefing.comparison import Compared, compared
from briefing.figure import Figure
from metrics.columns import records
from metrics.comparison import Group
from metrics.figures import percent
from ui.cells import whisker
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table
from ui.words import Words

# Those to look at first; within a group the order of the list is no rank.
ORDER = (Group.FAR_BELOW, Group.BELOW, Group.LEVEL, Group.ABOVE, Group.TOO_FEW)
LIGHTS = {Group.FAR_BELOW: "red", Group.BELOW: "yellow", Group.ABOVE: "green"}
# Arrows, because the triangles are marks of states.
MARKS = {Group.FAR_BELOW: "↓↓", Group.BELOW: "↓", Group.LEVEL: "＝", Group.ABOVE: "↑", Group.TOO_FEW: "·"}


def panel(here: Here, found: Figure) -> Markup:
    """The townships in groups, each with its share, its whisker and how many it is of."""
    held = compared(found)
    if held is None:
        return EMPTY
    words = here.words
    scale = _scale(held)
    rows = [
        _row(here, found, row, held.whole, scale)
        for group in ORDER
        for row in records(held.rows[held.rows["group"] == group])
    ]
    keys = ("unit", "of_n", "share", "whisker", "group")
    columns = [Column(words(f"col.{key}"), is_figure=key in ("of_n", "share")) for key in keys]
    return element(
        "div",
        element("h2", words("comparison.title")),
        table(columns, rows),
        element("p", explained(words, held) + words("comparison.look"), class_="quiet"),
    )


def explained(words: Words, held: Compared) -> str:
    """How they are compared, where the limits are, and what was widened."""
    parts = [words("comparison.method", minimum=held.minimum_n)]
    if held.spread > 1:
        parts.append(words("comparison.spread", factor=f"{held.spread:.1f}"))
    if held.is_mirrored:
        parts.append(words("comparison.mirrored"))
    return "".join(parts)


def _row(here: Here, found: Figure, row: Any, whole: float, scale: tuple[float, float]) -> Row:
    name, group = found.below.names[row.unit], Group(row.group)
    link = element("a", name, href=here.address.link("figure", u=row.unit, i=found.indicator))
    said = f"{MARKS[group]} {here.words(f'comparison.{group}')}"
    return Row(
        (
            link,
            f"{row.met:,} / {row.n:,}",
            percent(row.rate),
            _whisker(here.words, row, whole, scale),
            element("span", said, class_=f"s s-{LIGHTS.get(group, 'grey')}"),
        )
    )


def _scale(held: Compared) -> tuple[float, float]:
    """From the lowest end of all whiskers to the highest: rates near one another are told apart."""
    lowest, highest = float(held.rows["low"].min()), float(held.rows["high"].max())
    return lowest, (highest - lowest) or 1.0


def _whisker(words: Words, row: Any, whole: float, scale: tuple[float, float]) -> Markup:
    label = words("comparison.whisker", low=percent(row.low), high=percent(row.high), whole=percent(whole))
    lowest, span = scale
    low, rate, high, all_together = (
        (value - lowest) / span for value in (row.low, row.rate, row.high, whole)
    )
    return whisker(low, rate, high, all_together, label)
