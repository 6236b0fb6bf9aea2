"""The annexes of a notice: tables whose cells are bound figures, and charts that print in black and white."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.lists import by_need, counts, principal
from briefing.ranking import key_indicators
from metrics.columns import records
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, REPORTING_STATES, Kind, Level, State
from metrics.words import state_mark, word
from notices import data_days
from notices.choices import Choices
from notices.content import Block, Chart, Paragraph, Runs, Table, plain
from notices.figures import Figures
from notices.sentences import listed
from notices.words import say

# The columns of the table of townships.
STANDING = ("total", "judged", "on_plan", "rate", "lagging", "unreported", "awaiting", "reported_rate")
# How many key indicators a page on its side takes.
MOST_COLUMNS = 14
# The states whose marks are explained under it.
MARKED = (*JUDGED_STATES, *REPORTING_STATES, State.NOT_DUE, State.NO_TASK)
# The reasons that decide by days alone (`metrics.reasons`), of a target that is behind.
BY_DAYS = ("far_by_days", "behind_by_days")


@dataclass(frozen=True)
class Annex:
    """One annex: its title, and what stands on its pages."""

    title: str
    blocks: tuple[Block, ...]


def annexes(figures: Figures, choices: Choices) -> list[Annex]:
    """The annexes chosen, in their order; one that would hold nothing is left out."""
    makers: dict[str, Callable[[Figures, Choices], tuple[Block, ...]]] = {
        "matrix": _matrix,
        "standing": _standing,
        "behind": _behind,
        "items": _items,
        "charts": _charts,
    }
    held = ((name, makers[name](figures, choices)) for name in makers if name in choices.annexes)
    return [Annex(_title(name, choices), blocks) for name, blocks in held if blocks]


def _title(name: str, choices: Choices) -> str:
    key = "standing_ranked" if name == "standing" and choices.is_ranked else name
    return say(f"notice.annex.{key}", "zh")


def _matrix(figures: Figures, choices: Choices) -> tuple[Block, ...]:
    codes = key_indicators(figures.county)[:MOST_COLUMNS]
    names = figures.county.indicators["short_name"]
    heads = (say("col.unit", "zh"), *(str(names[code]) for code in codes))
    rows = tuple(
        (
            figures.entry("unit", unit, "name"),
            *(figures.entry("cell", unit, code, "short") for code in codes),
        )
        for unit in figures.townships
    )
    numeric = (False, *(True for _ in codes))
    widths = (1.3, *(1.0 for _ in codes))
    marks = say("notice.comma", "zh").join(f"{state_mark(state)} {word(state, 'zh')}" for state in MARKED)
    told = (*plain(say("notice.matrix_note", "zh", marks=marks)), *data_days.of_indicators(figures, codes))
    note = Paragraph("note", told)
    return (Table(heads, widths, numeric, rows, is_wide=True), note) if codes else ()


def _standing(figures: Figures, choices: Choices) -> tuple[Block, ...]:
    names: tuple[str, ...] = STANDING
    units = list(figures.townships)
    if choices.is_ranked:
        ranks = figures.ranks
        units.sort(key=lambda code: float("inf") if pd.isna(ranks[code].rank) else int(ranks[code].rank))
        names = ("rank", *names)
    heads = tuple(say(f"notice.col.{name}", "zh") for name in names)
    rows = tuple(
        (figures.entry("unit", unit, "name"), *(figures.entry("unit", unit, name) for name in names))
        for unit in units
    )
    table = Table(
        (say("col.unit", "zh"), *heads),
        (1.4, *(1.0 for _ in names)),
        (False, *(True for _ in names)),
        rows,
    )
    notes = [Paragraph("note", plain(say("notice.standing_note", "zh")))]
    if figures.silent:
        names_of = listed(
            ((figures.run("unit", code, "name"),) for code in figures.silent), say("notice.pause", "zh")
        )
        told = (
            *names_of,
            *plain(say("notice.silent_below", "zh")),
            figures.run("rule", "gate"),
            *plain(say(f"notice.silent_apart{'_ranked' * choices.is_ranked}", "zh")),
        )
        notes.append(Paragraph("note", told))
    waits = "waiting_ranked" if choices.is_ranked else "waiting"
    return (table, *notes, *_of_whom(figures, "waiting", waits), *_of_whom(figures, "doubted", "doubted"))


def _of_whom(figures: Figures, name: str, word: str) -> tuple[Paragraph, ...]:
    """The townships that have any of what a figure counts, and how many."""
    named = [
        (
            figures.run("unit", code, "name"),
            figures.run("unit", code, name),
            *plain(say("notice.targets", "zh")),
        )
        for code in figures.townships
        if figures.told(f"unit|{code}|{name}") not in ("", "0")
    ]
    head, tail = (plain(say(f"notice.{each}", "zh")) for each in (word, "stop"))
    return (Paragraph("note", (*head, *listed(named, say("notice.pause", "zh")), *tail)),) if named else ()


def _behind(figures: Figures, choices: Choices) -> tuple[Block, ...]:
    cells = principal(figures.county.cells_at(Level.TOWNSHIP))
    held = by_need(cells[cells["state"].isin(LAGGING_STATES)], figures.county)
    order = {code: place for place, code in enumerate(figures.townships)}
    rows = sorted(records(held), key=lambda row: order[row.unit])
    names = ("target", "actual", "completion", "planned", "gap_bare", "days", "state_said")
    heads = tuple(
        say(f"col.{name}", "zh")
        for name in ("unit", "indicator", "target", "actual", "completion", "planned", "gap", "days", "state")
    )
    table = Table(
        heads,
        (1.0, 2.1, 1.2, 1.4, 0.8, 0.8, 0.8, 0.8, 2.2),
        (False, False, True, True, True, True, True, True, False),
        tuple(_behind_row(figures, row, names) for row in rows),
        is_wide=True,
    )
    notes = [say("notice.behind_note", "zh")]
    for key, kind in (("notice.base_note", Kind.LEVEL), ("notice.duty_note", Kind.DUTY)):
        named = [figures.text(f"indicator|{code}|name") for code in _counted_as(held, kind)]
        if named:
            notes.append(say(key, "zh", indicators=say("notice.pause", "zh").join(named)))
    notes.append(of_steps(rows))
    told = (*plain("".join(notes)), *data_days.of_indicators(figures, held["indicator"]))
    return (table, Paragraph("note", told)) if rows else ()


def of_steps(rows: Iterable[Any]) -> str:
    """Why a small gap may be far behind: what goes in steps is judged by its days; empty where nothing is."""
    return say("notice.steps_note", "zh") if any(row.why in BY_DAYS for row in rows) else ""


def _counted_as(cells: pd.DataFrame, kind: Kind) -> list[str]:
    """The indicators of a kind whose completion is no share of the year's target, in the order of their cells."""
    return list(cells.loc[(cells["kind"] == kind) & cells["completion"].notna(), "indicator"].unique())


def _behind_row(figures: Figures, row: Any, names: tuple[str, ...]) -> tuple[Runs, ...]:
    key = ("cell", row.unit, row.indicator)
    return (
        figures.entry("unit", row.unit, "name"),
        figures.entry("indicator", row.indicator, "name"),
        *(figures.entry(*key, name) for name in names),
    )


def _items(figures: Figures, choices: Choices) -> tuple[Block, ...]:
    heads = tuple(
        say(f"col.{name}", "zh")
        for name in ("number", "unit", "title", "class", "owner", "state", "deadline")
    )
    rows = tuple(
        (
            figures.entry("issue", row.number, "number"),
            figures.entry("unit", row.unit, "name"),
            *(
                figures.entry("issue", row.number, name)
                for name in ("title", "class", "owner", "state", "deadline", "days")
            ),
        )
        for row in records(figures.overdue)
    )
    table = Table(
        (*heads, say("notice.col.overdue", "zh")),
        (1.05, 1.15, 2.25, 1.0, 0.95, 0.8, 1.6, 0.8),
        (False, False, False, False, False, False, False, True),
        rows,
        is_wide=True,
    )
    return (table,) if rows else ()


def _charts(figures: Figures, choices: Choices) -> tuple[Block, ...]:
    """Townships by state, on-plan rates, the county's key figures beside their plans."""
    county = figures.county
    names = [(unit, county.names[unit]) for unit in figures.townships]
    states = []
    for unit, name in names:
        by_state = counts(county.cells[county.cells["unit"] == unit]).by_state
        states += [
            (name, str(state), by_state[state])
            for state in (*JUDGED_STATES, *REPORTING_STATES)
            if by_state[state]
        ]
    ranks = figures.ranks
    rates = [(name, float(ranks[unit].rate)) for unit, name in names if pd.notna(ranks[unit].rank)]
    if choices.is_ranked:
        rates.sort(key=lambda row: -row[1])
    key_figures = []
    for code in key_indicators(county, Level.COUNTY):
        cell = figures.cells[county.frame.county, code]
        if pd.notna(cell.completion) and pd.notna(cell.planned):
            short = str(county.indicators.at[code, "short_name"])
            key_figures.append((short, float(cell.completion), float(cell.planned)))
    held = (("states", states), ("rates", rates), ("plans", key_figures))
    return tuple(
        Chart(kind, say(f"notice.chart.{kind}", "zh"), tuple(tuple(row) for row in rows))
        for kind, rows in held
        if rows
    )
