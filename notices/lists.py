"""The lists of names in a notice, each with a key of its own: whom a correction takes out of one is said by name.

What a list holds is asked of the figures, not read from the text: a name stands in many places of a paper.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from briefing.lists import principal
from briefing.load import Briefing
from briefing.once import once
from metrics.vocabulary import LAGGING_STATES, Level
from metrics.words import Lang
from notices.content import Paper, Paragraph
from notices.words import numeral, say

if TYPE_CHECKING:
    from notices.choices import Choices
    from notices.figures import Figures

ZH: Lang = "zh"
KIND = "list"
BEHIND, TARGETS, FLAGGED, SILENT, SOME_SILENT, PRAISED, ITEMS, ASKED = (
    "behind",
    "targets",
    "flagged",
    "silent",
    "some_silent",
    "praised",
    "items",
    "asked",
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
# More parts or annexes no notice has.
MOST_PARTS = 50
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
        if row.judged >= gate * int(figures.text(f"unit|{code}|total")):
            held.append(code)
    return tuple(held)


def some_silent(figures: "Figures") -> tuple[str, ...]:
    """The townships that reported enough, but not all, in the order of units."""
    return tuple(
        code
        for code in figures.townships
        if code not in figures.silent and figures.text(f"unit|{code}|unreported") != "0"
    )


@once
def asked(figures: "Figures") -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of whom each shipped demand asks something by this day's figures: townships and departments, by code."""
    overdue = {_township(figures.county, code) for code in figures.overdue["unit"]}
    return {
        "lagging": (figures.flagged, ()),
        "leads": ((), _leads_behind(figures.county)),
        "items": (tuple(code for code in figures.townships if code in overdue), ()),
        "silent": (figures.silent, ()),
    }


def _township(county: Briefing, code: str) -> str:
    row = county.units.loc[code]
    return str(row["parent"]) if row["level"] == Level.VILLAGE else code


def _leads_behind(county: Briefing) -> tuple[str, ...]:
    """The departments that lead a figure of the county that lags, in the order of the directory."""
    cells, held = principal(county.cells_at(Level.COUNTY)), county.directory.indicators
    behind = cells.loc[cells["state"].isin(LAGGING_STATES), "indicator"]
    leads = set(held.loc[held["code"].isin(behind), "lead"].dropna())
    return tuple(code for code in county.directory.departments["code"] if code in leads)


def names_in(figures: "Figures", name: str, of: str = "") -> str:
    """Who stands in a list, by name and in the order of units; 无 where nobody does. KeyError for no such list."""
    held: dict[str, Callable[[], Iterator[str]]] = {
        BEHIND: lambda: _units(figures, set(figures.units_behind(of))),
        FLAGGED: lambda: _units(figures, set(figures.flagged)),
        SILENT: lambda: _units(figures, set(figures.silent)),
        SOME_SILENT: lambda: _units(figures, set(some_silent(figures))),
        PRAISED: lambda: _units(figures, set(praised(figures))),
        TARGETS: lambda: iter(sorted(_targets(figures, of))),
        ASKED: lambda: _asked(figures, of),
        ITEMS: lambda: iter(sorted(map(str, figures.overdue["number"]))),
    }
    return say("notice.pause", ZH).join(held[name]()) or say("none", ZH)


def _units(figures: "Figures", held: set[str]) -> Iterator[str]:
    return (figures.text(f"unit|{code}|name") for code in figures.townships if code in held)


def _targets(figures: "Figures", unit: str) -> Iterator[str]:
    return (figures.text(f"indicator|{row.indicator}|name") for row in figures.behind(unit))


def _asked(figures: "Figures", of: str) -> Iterator[str]:
    units, departments = asked(figures)[of]
    yield from _units(figures, set(units))
    yield from (figures.text(f"department|{code}|name") for code in departments)


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
    # Whom the clerk asked instead of them is the clerk's own word.
    told = {(each.text, each.units, each.departments) for each in choices.demands}
    of_demands = [
        f"{KIND}|{ASKED}|{name}"
        for name, whom in asked(figures).items()
        if (say(f"notice.demand.{name}", ZH), *whom) in told
    ]
    return tuple(dict.fromkeys((*behind, *(f"{KIND}|{name}" for name in fixed), *of_demands, *of_annexes)))


def as_printed(key: str, paper: Paper, names: str) -> str:
    """The names of a list in the order in which the paper says them, where it says them all."""
    _, name, of = f"{key}|".split("|")[:3]
    if name not in BESIDE:
        return names
    pause, held = say("notice.pause", ZH), names.split(say("notice.pause", ZH))
    said = [text for text in _said(paper, name, of) if text in held]
    return pause.join(dict.fromkeys(said)) if set(said) == set(held) else names


def _said(paper: Paper, name: str, of: str) -> Iterator[str]:
    """The names of units in the paragraphs of a list."""
    beside = re.compile(BESIDE[name].format(of=re.escape(of)))
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.style == "annex":
            return
        if isinstance(block, Paragraph) and any(beside.fullmatch(run.key) for run in block.runs):
            yield from (run.text for run in block.runs if re.fullmatch(r"unit\|.+\|name", run.key))
            if name == BEHIND:
                return


def joined(found: str, wanted: str) -> tuple[str, ...]:
    """The names that a list has now and had not."""
    pause = say("notice.pause", ZH)
    return tuple(
        each for each in wanted.split(pause) if each not in found.split(pause) and each != say("none", ZH)
    )


def stands_in(key: str, parts: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The parts of a paper in which a list stands; `parts` are those of each key of a figure."""
    _, name, of = f"{key}|".split("|")[:3]
    if name == ASKED:
        # What is asked stands at the end of the text.
        text = [part for held in parts.values() for part in held if not part.startswith(_annex())]
        return {max(text, key=place_of)} if text else set()
    beside = re.compile(BESIDE[name].format(of=re.escape(of)))
    # An indicator is named again where its units are told of: its list stands where it is named first.
    found = {
        part
        for each, held in parts.items()
        if beside.fullmatch(each)
        for part in (held[:1] if name == BEHIND else held)
    }
    return {part for part in found if part.startswith(_annex()) == (name in OF_ANNEXES)}


def _annex() -> str:
    return say("correction.annex", ZH, number="")


def place_of(part: str) -> int:
    """Where a part stands in a paper: its text in order, then its annexes."""
    order = [say("correction.opening", ZH)]
    order += [say("correction.part", ZH, number=numeral(number)) for number in range(1, MOST_PARTS)]
    order += [say("correction.annex", ZH, number=number) for number in range(1, MOST_PARTS)]
    return order.index(part)


def is_list(key: str) -> bool:
    """Whether a key is that of a list."""
    return key.startswith(f"{KIND}|")


def moved(was: str, now: str, lang: Lang) -> str:
    """Who left a list and who joined it, by name."""
    told = (
        say(f"list.{key}", lang, names=say("notice.pause", lang).join(names))
        for key, names in (("left", joined(now, was)), ("joined", joined(was, now)))
        if names
    )
    return say("separator", lang).join(told)
