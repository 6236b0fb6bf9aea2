"""Slides of the townships: the matrix, the ranking, who lags and why, who has not reported, one township."""

from collections import Counter
from typing import Any

import pandas as pd

from briefing.lists import by_need, principal
from briefing.load import Briefing
from briefing.people import in_charge
from briefing.ranking import flags, key_indicators, ranking, units_by_need
from metrics.columns import records
from metrics.figures import gap_text, percent
from metrics.lagging import Flag
from metrics.vocabulary import Level
from metrics.words import state_mark
from ui import sentences
from ui.cells import badge, light_of, short
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.meeting.leaves import (
    SIDE,
    Leaf,
    in_words,
    named_bars,
    of_one,
    of_units,
    pages,
    rows,
    share_bar,
    whole_things,
)

# A reason is a line: two of them in full for each unit, the others counted.
REASONS, FLAGS_A_SLIDE = 2, 5


def matrix(here: Here, view: Briefing, page: str) -> list[Leaf]:
    """Townships by key indicators in blocks of sixteen cells, the neediest first; all blocks, or the one named."""
    words = here.words
    sentence = sentences.townships_sentence(words, view)
    held = {(row.unit, row.indicator): row for row in records(principal(view.cells))}
    blocks = [
        Leaf(sentence, _block(here, view, held, units, codes), of_units(here, view, units))
        for units in pages(units_by_need(view), SIDE)
        for codes in pages(key_indicators(view), SIDE)
    ]
    if not blocks:
        return [Leaf(sentence, in_words(words("matrix.none")))]
    if not page:
        return blocks
    if not 0 < int(page) <= len(blocks):
        return [Leaf(sentence, in_words(words("meeting.no_page", page=page, count=len(blocks))))]
    return [blocks[int(page) - 1]]


def _block(
    here: Here, view: Briefing, held: dict[tuple[str, str], Any], units: list[str], codes: list[str]
) -> Markup:
    heads = [here.words("meeting.in_points"), *(view.definitions[code]["name"] for code in codes)]
    lines = [(view.names[unit], *(_cell(here, held.get((unit, code))) for code in codes)) for unit in units]
    shown = [held[unit, code] for unit in units for code in codes if (unit, code) in held]
    return rows(heads, lines, "sixteen") + whole_things(here, shown)


def _cell(here: Here, cell: Any) -> Markup | str:
    if cell is None:
        return "—"
    if pd.notna(cell.kept):
        # A limit is kept or not, as the matrix of the page says.
        text = f"{state_mark(cell.state)} {short(cell, here.words)}"
        return element("span", text, class_=f"s s-{light_of(cell.state)}")
    word = badge(cell.state, here.words)
    gap = element("span", gap_text(cell, bare=True), class_=f"said s-{light_of(cell.state)}")
    return word + (gap if pd.notna(cell.gap) and light_of(cell.state) != "grey" else EMPTY)


def ranks(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """The ranking by the county's rule; those below the reporting gate stand last, without a rank."""
    words, held = here.words, ranking(view)
    sentence = sentences.townships_sentence(words, view)
    if held.empty:
        return [Leaf(sentence, in_words(words("meeting.no_ranking")))]
    ordered = held.sort_values(["rank", "unit"], na_position="last")
    flagged = {flag.unit for flag in flags(view)}
    keys = ("rank", "township", "on_plan_rate", "on_plan_rate", "on_plan_of_judged", "far_behind")
    heads = [words(f"col.{key}") for key in keys]
    heads[3] = ""
    return [
        Leaf(
            sentence,
            rows([*heads, words("meeting.note")], [_rank(here, view, row, flagged) for row in part], "ranks"),
            of_units(here, view, [row.unit for row in part]),
        )
        for part in pages(records(ordered))
    ]


def _rank(here: Here, view: Briefing, row: Any, flagged: set[str]) -> tuple[Markup | str, ...]:
    words, is_ranked = here.words, pd.notna(row.rank)
    note = element("span", words("flag.lagging"), class_="alarm") if row.unit in flagged else ""
    return (
        str(int(row.rank)) if is_ranked else "—",
        view.names[row.unit],
        # Of those that reported too little a full bar would say what nobody knows.
        share_bar(row.rate if is_ranked else None, words("col.on_plan_rate")),
        percent(row.rate),
        f"{row.on_plan}/{row.judged}",
        str(row.far_behind),
        note if is_ranked else words("meeting.gated"),
    )


def flagged_units(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """The lagging units, each with its first reasons in full and the others counted by kind."""
    words = here.words
    sentence = sentences.overview_sentence(words, view)
    held = flags(view)
    if not held:
        return [Leaf(sentence, in_words(words("meeting.no_flags")))]
    heads = [words("col.township"), words("meeting.because")]
    return [
        Leaf(
            sentence,
            rows(heads, [(view.names[flag.unit], _because(here, view, flag)) for flag in part], "because"),
            of_units(here, view, [flag.unit for flag in part]),
        )
        for part in pages(held, FLAGS_A_SLIDE)
    ]


def _because(here: Here, view: Briefing, flag: Flag) -> Markup:
    words, days = here.words, view.rules.lagging_overdue_days
    told = words("list.semicolon").join(flag.reasons(words.lang)[:REASONS])
    rest = Counter(reason.code for reason in flag.because[REASONS:])
    if not rest:
        return element("span", told)
    kinds = (words(f"meeting.because.{code}", count=count, days=days) for code, count in rest.items())
    return element("span", told) + element(
        "span", words("meeting.because_more", kinds=words("list.pause").join(kinds)), class_="said"
    )


def unreported(here: Here, view: Briefing, _: str) -> list[Leaf]:
    """Who owes a report, the most first; a paragraph of its own, never a rank."""
    words, held = here.words, view.reporting
    sentence = sentences.reporting_sentence(words, view)
    owing = held[held["reported"] < held["owed"]]
    if owing.empty:
        return [Leaf(sentence, in_words(words("meeting.all_reported")))]
    gated = set(ranking(view).loc[lambda rows: rows["rank"].isna(), "unit"])
    rated = owing.assign(rate=owing["reported"] / owing["owed"]).sort_values("rate", kind="stable")
    gate = words("meeting.gate", gate=percent(view.rules.reporting_gate))
    heads = [words("col.unit"), gate, words("col.reporting_rate"), words("col.reported")]
    heads += [words("meeting.missing"), words("meeting.note")]
    return [
        Leaf(
            sentence,
            rows(heads, [_owes(here, view, row, gated) for row in part], "owing"),
            of_units(here, view, [row.unit for row in part]),
        )
        for part in pages(records(rated))
    ]


def _owes(here: Here, view: Briefing, row: Any, gated: set[str]) -> tuple[Markup | str, ...]:
    words = here.words
    missing = str(int(row.owed) - int(row.reported))
    return (
        view.names[row.unit],
        share_bar(row.rate, words("col.reporting_rate"), view.rules.reporting_gate),
        percent(row.rate),
        f"{row.reported}/{row.owed}",
        words("meeting.missing_count", count=missing),
        words("meeting.gated") if row.unit in gated else "",
    )


def township(here: Here, view: Briefing, unit: str) -> list[Leaf]:
    """One township's counted targets as bullet bars, worst first."""
    words = here.words
    sentence = sentences.township_sentence(words, view, unit)
    people = of_one(here, in_charge(view.directory, unit=unit))
    cells = principal(view.cells_at(Level.TOWNSHIP))
    held = by_need(cells[cells["unit"] == unit], view)
    return named_bars(here, view, sentence, people, held, words("sentence.nothing"))
