"""The lists of names in a notice, each with a key of its own: whom a correction takes out of one is said by name.

What a list holds is asked of the figures, not read from the text: a name stands in many places of a paper.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from briefing.lists import counts
from metrics.words import Lang
from notices.content import Paper, Paragraph
from notices.words import say

if TYPE_CHECKING:
    from notices.choices import Choices
    from notices.figures import Figures

ZH: Lang = "zh"
KIND = "list"
BEHIND, TARGETS, FLAGGED, SILENT, SOME_SILENT, PRAISED, ITEMS = (
    "behind",
    "targets",
    "flagged",
    "silent",
    "some_silent",
    "praised",
    "items",
)
# The keys that stand beside the names of each list: where they stand, the list does.
BESIDE = {
    BEHIND: r"indicator\|{of}\|name",
    TARGETS: r"cell\|.+\|state_said",
    FLAGGED: r"unit\|.+\|flag|units\|flagged",
    SILENT: r"unit\|.+\|owed",
    SOME_SILENT: r"unit\|.+\|unreported",
    PRAISED: r"unit\|.+\|on_plan",
    ITEMS: r"issue\|.+\|days",
}
OF_ANNEXES = frozenset({TARGETS, ITEMS})
# How many places of the ranking are praised.
MOST_PRAISED = 3


def praised(figures: "Figures") -> tuple[str, ...]:
    """The townships that do well, in the order of units: the first places, none of which lags.

    A first place on a few figures is none: as many must be judged as must be reported.
    """
    gate = figures.county.rules.reporting_gate
    held = []
    for code in figures.townships:
        row = figures.ranks.get(code)
        if row is None or pd.isna(row.rank) or row.rank > MOST_PRAISED or code in figures.flagged:
            continue
        total = counts(figures.county.cells[figures.county.cells["unit"] == code]).total
        if row.judged >= gate * total:
            held.append(code)
    return tuple(held)


def some_silent(figures: "Figures") -> tuple[str, ...]:
    """The townships that reported enough, but not all, in the order of units."""
    return tuple(
        code
        for code in figures.townships
        if code not in figures.silent and figures.text(f"unit|{code}|unreported") != "0"
    )


def names_in(figures: "Figures", name: str, of: str = "") -> str:
    """Who stands in a list, by name and in the order of units; 无 where nobody does. KeyError for no such list."""
    held: dict[str, Callable[[], Iterator[str]]] = {
        BEHIND: lambda: _units(figures, set(figures.units_behind(of))),
        FLAGGED: lambda: _units(figures, set(figures.flagged)),
        SILENT: lambda: _units(figures, set(figures.silent)),
        SOME_SILENT: lambda: _units(figures, set(some_silent(figures))),
        PRAISED: lambda: _units(figures, set(praised(figures))),
        TARGETS: lambda: iter(sorted(_targets(figures, of))),
        ITEMS: lambda: iter(sorted(map(str, figures.overdue["number"]))),
    }
    return say("notice.pause", ZH).join(held[name]()) or say("none", ZH)


def _units(figures: "Figures", held: set[str]) -> Iterator[str]:
    return (figures.text(f"unit|{code}|name") for code in figures.townships if code in held)


def _targets(figures: "Figures", unit: str) -> Iterator[str]:
    return (figures.text(f"indicator|{row.indicator}|name") for row in figures.behind(unit))


def lists_of(paper: Paper, choices: "Choices", figures: "Figures") -> tuple[str, ...]:
    """The keys of the lists that a notice holds; none of a correction, which holds figures only."""
    points = [block for block in paper.blocks if isinstance(block, Paragraph) and block.style == "point"]
    if not any(isinstance(block, Paragraph) and block.style == "heading" for block in paper.blocks):
        return ()
    first = [next((run.key for run in block.runs if run.key), "") for block in points]
    behind = [f"{KIND}|{BEHIND}|{key.split('|')[1]}" for key in first if key.startswith("indicator|")]
    fixed = [FLAGGED, SILENT, SOME_SILENT, *([PRAISED] if choices.has_praise else [])]
    of_annexes = [f"{KIND}|{TARGETS}|{code}" for code in figures.townships if "behind" in choices.annexes]
    if "items" in choices.annexes:
        of_annexes.append(f"{KIND}|{ITEMS}")
    return tuple(dict.fromkeys((*behind, *(f"{KIND}|{name}" for name in fixed), *of_annexes)))


def stands_in(key: str, parts: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The parts of a paper in which a list stands; `parts` are those of each key of a figure."""
    _, name, of = f"{key}|".split("|")[:3]
    beside = re.compile(BESIDE[name].format(of=re.escape(of)))
    annex = say("correction.annex", ZH, number="")
    # An indicator is named again where its units are told of: its list stands where it is named first.
    found = {
        part
        for each, held in parts.items()
        if beside.fullmatch(each)
        for part in (held[:1] if name == BEHIND else held)
    }
    return {part for part in found if part.startswith(annex) == (name in OF_ANNEXES)}


def is_list(key: str) -> bool:
    """Whether a key is that of a list."""
    return key.startswith(f"{KIND}|")


def moved(was: str, now: str, lang: Lang) -> str:
    """Who left a list and who joined it, by name."""
    pause, none = say("notice.pause", ZH), say("none", ZH)
    before, after = (dict.fromkeys(text.split(pause) if text != none else ()) for text in (was, now))
    left, joined = (
        [name for name in first if name not in second] for first, second in ((before, after), (after, before))
    )
    told = (
        say(f"list.{key}", lang, names=say("notice.pause", lang).join(names))
        for key, names in (("left", left), ("joined", joined))
        if names
    )
    return say("separator", lang).join(told)
