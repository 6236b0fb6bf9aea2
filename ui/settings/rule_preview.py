"""Which lights a drafted rule document would change: counted from state to state, listed, and who is flagged."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from briefing.load import Briefing
from briefing.preview import Changed, Drafted, Preview
from metrics.columns import records
from metrics.figures import day_text, gap_edges, points
from metrics.lagging import Flag
from metrics.rules import parse_rules
from metrics.vocabulary import Level
from metrics.words import word
from ui.cells import badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.tables import Column, Row, table
from ui.words import Words

SHOWN = 100
SIDES = ("before", "after")


def summary(here: Here, drafted: Drafted, found: Preview) -> Markup:
    """The answer in a sentence and the counts."""
    words = here.words
    counts = {changed.level: len(changed.cells) for changed in found.levels}
    days = {
        "day": day_text(here.address.as_of, words.lang),
        "start": day_text(drafted.valid_from, words.lang),
    }
    return element(
        "div",
        element("h2", words("rules.preview", number=drafted.number)),
        element(
            "p",
            words("rules.preview_counts", **{str(level): n for level, n in counts.items()}),
            class_="strong",
        ),
        element("p", words("rules.preview_held" if found.is_in_force else "rules.preview_as_if", **days)),
        element("p", words("rules.preview_past", **days), class_="note")
        if drafted.valid_from < here.today
        else EMPTY,
        _counts(here, found),
        element("p", words("rules.preview_ranks", count=len(found.ranks))),
        class_="xs",
    )


def details(here: Here, view: Briefing, drafted: Drafted, found: Preview) -> Markup:
    """The units newly flagged or no longer flagged, and the cells that would change."""
    new = gap_edges(parse_rules(drafted.number, drafted.title, drafted.content))
    edges = (*gap_edges(view.rules), *new)
    return element(
        "div",
        *(_units(here, view, changed) for changed in found.levels),
        _ranks(here, view, found.ranks),
        *(_cells(here, view, changed, edges) for changed in found.levels),
        class_="xs",
    )


def _counts(here: Here, found: Preview) -> Markup:
    """From which state to which, at each level."""
    words = here.words
    held = {
        changed.level: Counter(zip(changed.cells["state_before"], changed.cells["state_after"], strict=True))
        for changed in found.levels
    }
    pairs = sorted({pair for counts in held.values() for pair in counts})
    if not pairs:
        return element("p", words("rules.preview_none"), class_="fine")
    columns = [Column(words("rules.before")), Column(words("rules.after"))]
    columns += [Column(word(level, words.lang), is_figure=True) for level in held]
    rows = [
        Row(
            (
                badge(old, words),
                badge(new, words),
                *(str(counts[old, new]) for counts in held.values()),
            )
        )
        for old, new in pairs
    ]
    return table(columns, rows)


def _units(here: Here, view: Briefing, changed: Changed) -> Markup:
    """The units newly flagged with their reasons, and those no longer flagged."""
    words, level = here.words, word(changed.level, here.words.lang)
    lists = []
    for key, held in (("rules.flagged", changed.flagged), ("rules.unflagged", changed.unflagged)):
        if held:
            items = join(element("li", *_flag(here, view, changed.level, flag)) for flag in held[:SHOWN])
            title = element("h3", words(key, level=level, count=len(held)))
            lists.append(title + element("ol", items, class_="things"))
    return join(lists)


def _flag(here: Here, view: Briefing, level: Level, flag: Flag) -> tuple[Markup, Markup]:
    page = "villages" if level == Level.VILLAGE else "townships"
    name = element("a", _place(view, flag.unit), href=here.address.link(page, u=flag.unit), class_="strong")
    reasons = here.words("list.semicolon").join(flag.reasons(here.words.lang))
    return name, element("span", reasons, class_="quiet")


def _ranks(here: Here, view: Briefing, moved: pd.DataFrame) -> Markup:
    """The townships whose rank would be another, or that would rank among others."""
    words = here.words
    if moved.empty:
        return EMPTY
    grouped = {side: bool((moved[f"group_{side}"] != "").any()) for side in SIDES}
    rows = [
        Row(
            (
                element("a", view.names[row.unit], href=here.address.link("townships", u=row.unit)),
                *(_rank(words, row, side, is_grouped=grouped[side]) for side in SIDES),
            )
        )
        for row in records(moved)
    ]
    columns = [Column(words("col.township"))]
    columns += [Column(words(f"rules.rank_{side}"), is_figure=True) for side in SIDES]
    return element("h3", words("rules.ranks", count=len(rows))) + table(columns, rows)


def _rank(words: Words, row: Any, side: str, *, is_grouped: bool) -> str:
    """A rank, with the name of the group it is in where there are groups; what is not ranked says so."""
    rank, group = getattr(row, f"rank_{side}"), getattr(row, f"group_{side}")
    if pd.isna(rank):
        return words("rules.not_ranked")
    if not is_grouped:
        return str(int(rank))
    return words("rules.rank_in", group=group or words("rules.no_group"), rank=int(rank))


def _cells(here: Here, view: Briefing, changed: Changed, edges: Iterable[float]) -> Markup:
    """The cells that would change, each a link to what it is made of."""
    words = here.words
    if changed.cells.empty:
        return EMPTY
    keys = ("unit", "indicator", "gap")
    columns = [Column(words(f"col.{key}"), is_figure=key == "gap") for key in keys]
    columns += [Column(words("rules.before")), Column(words("rules.after"))]
    rows = [_row(here, view, row, edges) for row in records(changed.cells.head(SHOWN))]
    level, count = word(changed.level, words.lang), len(changed.cells)
    shown = words("rules.cells", level=level, count=count, judged=changed.judged, shown=len(rows))
    return element("h3", shown) + table(columns, rows, is_tall=len(rows) > 30)


def _row(here: Here, view: Briefing, row: Any, edges: Iterable[float]) -> Row:
    link = here.address.link("figure", u=row.unit, i=row.indicator)
    return Row(
        (
            _place(view, row.unit),
            element("a", view.definitions[row.indicator]["name"], href=link),
            points(row.gap_after, bare=True, edges=edges),
            badge(row.state_before, here.words),
            badge(row.state_after, here.words),
        )
    )


def _place(view: Briefing, unit: str) -> str:
    """The name; a village with its township's."""
    row = view.units.loc[unit]
    if row["level"] == Level.VILLAGE and row["parent"] in view.units.index:
        return f"{view.names[row['parent']]} {view.names[unit]}"
    return view.names[unit]
