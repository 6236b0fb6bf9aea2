"""A judged cell on the screen: its state in shape and word, its gap, its bullet bar."""

from typing import Any

import pandas as pd

from metrics.figures import days_text, gap_text, percent
from metrics.vocabulary import LIGHT_OF, Light, State
from metrics.wording import amount_words, short_words
from metrics.words import state_mark, state_word
from ui.html import EMPTY, Markup, element
from ui.words import Words

# 至少约 1,234,567.89: longer than that is a sentence.
LONGEST_FIGURE = 16
HATCHED = {State.UNREPORTED}
# The tests that look at days (metrics.reasons): a small gap may be far behind by them.
BY_DAYS = {"far_by_days", "behind_by_days"}


def light_of(state: str) -> Light:
    """The light of a state; grey where it is not judged."""
    return LIGHT_OF.get(State(state), Light.GREY)


def badge(state: str, words: Words, *, is_kept: bool = False, is_doubted: bool = False) -> Markup:
    """Shape and word of a state, in its colour; 存疑 stands beside it."""
    doubt = f" {words('mark.doubted')}" if is_doubted else ""
    text = f"{state_mark(state)} {state_word(state, words.lang, kept=is_kept or None)}{doubt}"
    return element("span", text, class_=f"s s-{light_of(state)}")


def cell_badge(cell: Any, words: Words) -> Markup:
    """The badge of a judged cell: a limit that is kept reads 达标."""
    is_kept = pd.notna(cell.kept) and bool(cell.kept)
    return badge(cell.state, words, is_kept=is_kept, is_doubted=bool(cell.doubted))


def matrix_cell(cell: Any, href: str, label: str, words: Words) -> Markup:
    """One cell of the matrix: shape and signed gap, or the word of a state without a number."""
    state = State(cell.state)
    hatched = " m-hatched" if state in HATCHED else ""
    shown = short(cell, words)
    link = element("a", f"{state_mark(state)} {shown}", href=href, aria_label=f"{label} {shown}", title=label)
    return element("td", link, class_=f"m-{light_of(cell.state)}{hatched}")


def short(cell: Any, words: Words) -> str:
    """What a cell of the matrix says after its shape: 达标 of a limit, its gap, or the word of its state."""
    key = f"cell.short.{cell.state}"
    is_word = pd.isna(cell.kept) and pd.isna(cell.gap)
    return words(key) if is_word and words.has(key) else short_words(cell, words.lang)


def bullet(cell: Any, words: Words) -> Markup:
    """Actual, planned tick and target end in one bar; words where there is nothing to draw.

    A missing figure draws no bar at all: an empty track would read as zero per cent.
    """
    if pd.isna(cell.completion):
        return element("span", words("bar.none"), class_="nobar")
    actual = min(max(float(cell.completion), 0.0), 1.0)
    over = element("u", "›") if cell.completion > 1 else EMPTY
    planned = EMPTY
    if pd.notna(cell.planned):
        planned = element("b", style=f"left:{min(max(float(cell.planned), 0.0), 1.0):.1%}")
    label = words(
        "bar.label",
        actual=percent(cell.completion),
        planned=percent(cell.planned),
    )
    fill = element("i", class_=f"f-{light_of(cell.state)}", style=f"width:{actual:.1%}")
    return element("span", fill, planned, over, class_="bb", role="img", aria_label=label, title=label)


def amount(cell: Any, indicator: Any, words: Words) -> str:
    """The actual value as it may be said (`metrics.wording.amount_words`)."""
    return amount_words(cell, indicator, words.lang)


def in_column(text: str) -> Markup | str:
    """A text in a column of figures: figures stay on one line, a sentence wraps instead of pushing others out."""
    return element("span", text, class_="prose") if len(text) > LONGEST_FIGURE else text


def gap_and_late(cell: Any, words: Words) -> str:
    """The gap in words, and the days behind where there are any: nobody ahead of the plan is 0 days behind."""
    gap = gap_text(cell, words.lang)
    if pd.isna(cell.days_behind) or cell.days_behind <= 0:
        return gap
    return words("gap.late", gap=gap, days=days_text(cell.days_behind, words.lang))


def gap_and_days(cell: Any, words: Words) -> str:
    """The bare gap; with the days behind where days and no gap decide the colour."""
    shown = gap_text(cell, bare=True)
    if cell.why not in BY_DAYS:
        return shown
    late = words("cell.late", days=days_text(cell.days_behind, words.lang))
    return late if pd.isna(cell.gap) else f"{shown} {late}"


def whisker(low: float, middle: float, high: float, line: float, label: str) -> Markup:
    """An interval with its middle and an upright line to compare with; places are shares of the track."""
    return _track("wh", label, _span(low, high), _at("u", line), _at("b", middle))


def dot(
    middle: float, interval: tuple[float, float] | None, plan: float | None, county: float | None, label: str
) -> Markup:
    """A dot on a line with its interval, its plan as a tick and the county's place; all are shares of the track."""
    span = EMPTY if interval is None else _span(*interval)
    return _track("wh dp", label, _at("s", county), span, _at("u", plan), _at("b", middle))


def _track(classes: str, label: str, *marks: Markup) -> Markup:
    return element("span", *marks, class_=classes, role="img", aria_label=label, title=label)


def _span(low: float, high: float) -> Markup:
    return element("i", style=f"left:{low:.1%};width:{high - low:.1%}")


def _at(tag: str, place: float | None) -> Markup:
    return EMPTY if place is None else element(tag, style=f"left:{place:.1%}")
