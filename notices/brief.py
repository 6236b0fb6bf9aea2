"""A brief of one page for the meeting: the whole in figures, who lags on what, what is overdue, who is silent."""

from typing import Any

import pandas as pd

from briefing.ranking import key_indicators
from metrics.vocabulary import Level
from notices import data_days
from notices.choices import Choices
from notices.content import Block, Paper, Paragraph, Run, Runs, Table, plain
from notices.figures import Figures
from notices.notice import Writer
from notices.sentences import listed
from notices.words import say

# What one page holds beside the sentences.
MOST_INDICATORS, MOST_UNITS = 12, 8


def brief(figures: Figures, choices: Choices) -> Paper:
    """The brief of a snapshot."""
    writer = Writer(figures, choices, {})
    title = say("brief.title", "zh")
    blocks: list[Block] = [
        Paragraph("caption", plain(f"{figures.text('frame|county')}{title}")),
        Paragraph("brief", (*plain(say("slip.as_of", "zh")), figures.run("frame", "as_of"))),
        *(Paragraph("brief", block.runs) for block in writer.whole() if block.style == "body"),
        _table(figures),
        Paragraph(
            "brief",
            (
                *plain(say("brief.rounding", "zh")),
                *_partly(figures),
                *data_days.of_indicators(figures, _codes(figures)),
            ),
        ),
        *_units(figures),
    ]
    name = say("brief.name", "zh", day=figures.text("frame|as_of"))
    return Paper(name, tuple(blocks))


def _codes(figures: Figures) -> list[str]:
    """The key indicators that a page has room for."""
    return key_indicators(figures.county, Level.COUNTY)[:MOST_INDICATORS]


def _table(figures: Figures) -> Table:
    """The county's key figures."""
    codes = _codes(figures)
    names = ("target", "actual", "completion", "planned", "gap_bare", "state")
    heads = ("indicator", "target", "actual", "completion", "planned", "gap", "state")
    root = figures.county.frame.county
    rows = tuple(
        (
            (figures.run("indicator", code, "name"),),
            *(figures.entry("cell", root, code, name) for name in names),
        )
        for code in codes
    )
    return Table(
        tuple(say("brief.gap" if name == "gap" else f"col.{name}", "zh") for name in heads),
        (2.3, 1.5, 1.8, 0.9, 1.0, 0.75, 0.85),
        (False, True, True, True, True, True, False),
        rows,
    )


def _partly(figures: Figures) -> Runs:
    """What is judged on the units that are in: said of all such, and with its amounts of what has no share to say it.

    A page has no room for the amounts of all.
    """
    root = figures.county.frame.county
    cells = [figures.cells[root, code] for code in _codes(figures)]
    held = [cell for cell in cells if cell.units_in < cell.units_owed and not pd.isna(cell.actual)]
    if not held:
        return ()
    named = [_judged_on(figures, cell) for cell in held if _is_judged_on_less(cell)]
    among = plain(say("notice.among_them", "zh")) if named else ()
    told = listed(named, say("notice.semicolon", "zh"))
    return (*plain(say("brief.partly", "zh")), *among, *told, *plain(say("notice.stop", "zh")))


def _is_judged_on_less(cell: Any) -> bool:
    """Whether a limit is another one for the units that are in than the one shown."""
    return bool(pd.isna(cell.gap) and pd.notna(cell.target_in) and cell.target_in != cell.target)


def _judged_on(figures: Figures, cell: Any) -> Runs:
    key = ("cell", cell.unit, cell.indicator)
    words = {name: Run(say(f"brief.partly_{name}", "zh")) for name in ("open", "of", "target", "actual")}
    return (
        figures.run("indicator", cell.indicator, "name"),
        words["open"],
        figures.run(*key, "units_in"),
        words["of"],
        figures.run(*key, "units_owed"),
        words["target"],
        figures.run(*key, "target_in"),
        words["actual"],
        figures.run(*key, "actual_in"),
    )


def _units(figures: Figures) -> list[Block]:
    """The lagging townships with their worst figure, and the silent ones, one paragraph each."""
    told: list[Run] = []
    for unit in figures.flagged[:MOST_UNITS]:
        told.append(Run(say("notice.semicolon" if told else "brief.lagging_units", "zh")))
        told += [figures.run("unit", unit, "name"), figures.run("unit", unit, "lagging")]
        told.append(Run(say("notice.targets", "zh")))
        told += _worst(figures, unit)
    if len(figures.flagged) > MOST_UNITS:
        more, end = (Run(say(f"brief.{key}", "zh")) for key in ("more", "more_end"))
        told += [more, figures.run("units", "flagged"), end]
    names = listed(
        ((figures.run("unit", unit, "name"),) for unit in figures.silent), say("notice.pause", "zh")
    )
    silent = (Run(say("brief.silent", "zh")), *names) if names else ()
    return [Paragraph("brief", tuple(line)) for line in (told, silent) if line]


def _worst(figures: Figures, unit: str) -> list[Run]:
    """The target of a unit that is furthest behind: its name, its state in words, its gap where it has one."""
    told: list[Run] = []
    for row in figures.behind(unit)[:1]:
        cell = ("cell", unit, row.indicator)
        told += [Run(say("brief.worst", "zh")), figures.run("indicator", row.indicator, "name")]
        told += [Run(say("notice.comma", "zh")), figures.run(*cell, "state")]
        told += [figures.run(*cell, "gap_bare")] if figures.has(*cell, "gap_bare") else []
        told.append(Run(say("brief.end", "zh")))
    return told
