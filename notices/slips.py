"""One slip for each unit that is behind (督办单, 提醒函), holding that unit's facts and nobody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from briefing.rectification import chosen
from metrics.columns import records
from metrics.figures import day_text, quantity
from metrics.vocabulary import Clock, Kind, State
from notices import data_days
from notices.annexes import of_steps
from notices.archive import zipped
from notices.choices import Choices
from notices.content import Block, Paper, Paragraph, Runs, Table, plain
from notices.figures import Figures
from notices.sentences import listed
from notices.word import word
from notices.words import say

ORDER, REMINDER = "order", "reminder"
COLUMNS = ("target", "actual", "completion", "gap_bare", "days", "state")
# How many targets that were not reported a sentence names; more stand in a table.
MOST_NAMED = 12


@dataclass(frozen=True)
class Cited:
    """The notice that slips go with: its title, and the number it was issued under, empty before."""

    title: str
    number: str


def slips(figures: Figures, choices: Choices, notice: Cited | None = None) -> Iterator[Paper]:
    """The slips in the order of units: an order for whom the rule calls lagging, else a reminder."""
    until = max((each.day for each in choices.demands if each.day is not None), default=None)
    for unit in figures.townships:
        kind = ORDER if unit in figures.flagged else REMINDER
        made = slip(figures, unit, kind, choices, until, notice)
        if made is not None:
            yield made


def bundle(figures: Figures, choices: Choices, notice: Cited | None = None) -> bytes:
    """All slips as Word files in one zip; each names the notice that it goes with."""
    author = choices.typed.get("signature", "")
    made = slips(figures, choices, notice)
    return zipped((f"{paper.name}.docx", word(paper, author=author)) for paper in made)


def slip(
    figures: Figures, unit: str, kind: str, choices: Choices, until: date | None, notice: Cited | None = None
) -> Paper | None:
    """The slip of one unit; None where nothing of it is behind, overdue or unreported."""
    blocks = _behind(figures, unit, _by(notice))
    blocks += _items(figures, unit, () if blocks else _by(notice), is_first=not blocks)
    blocks += _silent(figures, unit, () if blocks else _by(notice), is_first=not blocks)
    if not blocks:
        return None
    name = figures.text(f"unit|{unit}|name")
    title = say(f"slip.{kind}", "zh")
    head: list[Block] = [
        Paragraph("caption", plain(title)),
        Paragraph("slip_to", (figures.run("unit", unit, "name"), *plain(say("notice.colon", "zh")))),
    ]
    day = day_text(until) if until else say("slip.day_blank", "zh")
    tail: list[Block] = [
        Paragraph("slip", plain(say(f"slip.{kind}_asked", "zh", day=day))),
        Paragraph("slip_end", plain(choices.typed.get("signature", ""))),
        Paragraph("slip_end", plain(say("notice.day_blank", "zh"))),
        Paragraph("receipt", plain(say("slip.receipt", "zh"))),
    ]
    return Paper(say("slip.name", "zh", title=title, unit=name), (*head, *blocks, *tail))


def _by(notice: Cited | None) -> Runs:
    """The notice that it rests on, before the first sentence."""
    if notice is None:
        return ()
    key = "slip.by_number" if notice.number else "slip.by"
    return plain(say(key, "zh", title=notice.title, number=notice.number))


def _day(figures: Figures) -> Runs:
    return (*plain(say("slip.as_of", "zh")), figures.run("frame", "as_of"))


def _behind(figures: Figures, unit: str, by: Runs) -> list[Block]:
    rows = figures.behind(unit)
    if not rows:
        return []
    told = (
        *by,
        *_day(figures),
        *plain(say("slip.their_targets", "zh")),
        figures.run("unit", unit, "total"),
        *plain(say("slip.behind_of", "zh")),
        figures.run("unit", unit, "lagging"),
        *plain(say("slip.behind_end", "zh")),
    )
    heads = ("indicator", "target", "actual", "completion", "gap", "days", "state")
    table = Table(
        tuple(say(f"col.{name}", "zh") for name in heads),
        (2.1, 1.6, 1.6, 0.85, 1.0, 0.95, 1.0),
        (False, True, True, True, True, True, False),
        tuple(
            (
                figures.entry("indicator", row.indicator, "name"),
                *(figures.entry("cell", unit, row.indicator, name) for name in COLUMNS),
            )
            for row in rows
        ),
    )
    return [Paragraph("slip", told), table, *_noted(figures, rows)]


def _noted(figures: Figures, rows: list[Any]) -> list[Block]:
    """What must be known of the figures that stand in the table; nothing of what is not there."""
    has_shares, has_gaps = (
        any(pd.notna(getattr(row, name)) for row in rows) for name in ("completion", "gap")
    )
    said = ""
    if any(row.at_least and pd.notna(row.actual) for row in rows):
        said += say("slip.partly_shares" if has_shares else "slip.partly", "zh")
    said += say("slip.gaps", "zh") if has_gaps else ""
    told = (
        *plain(f"{said}{_bases(figures, rows)}{_duties(figures, rows)}{of_steps(rows)}"),
        *data_days.of_rows(figures, rows),
    )
    return [Paragraph("note", (*plain(say("slip.note", "zh")), *told))] if told else []


def _bases(figures: Figures, rows: list[Any]) -> str:
    """Which of these targets are counted from where they stood at the start of the year, and where that was."""
    named = [
        say("slip.base", "zh", name=definition["name"], base=f"{shown}{definition['measure']}")
        for row in rows
        if row.kind == Kind.LEVEL and pd.notna(row.base)
        for definition in [figures.county.definitions[row.indicator]]
        for shown in [quantity(int(row.base), int(definition["scale"]))]
    ]
    return say("slip.bases", "zh", names=say("notice.pause", "zh").join(named)) if named else ""


def _duties(figures: Figures, rows: list[Any]) -> str:
    """Which of these targets are counted of what is due by now."""
    named = [figures.county.definitions[row.indicator]["name"] for row in rows if row.kind == Kind.DUTY]
    return say("notice.duty_note", "zh", indicators=say("notice.pause", "zh").join(named)) if named else ""


def _items(figures: Figures, unit: str, by: Runs, *, is_first: bool) -> list[Block]:
    rows = list(records(chosen(figures.county.issues, show=Clock.OVERDUE, unit=unit)))
    if not rows:
        return []
    names = ("number", "title", "owner", "state", "deadline", "days")
    heads = ("number", "title", "owner", "state", "deadline")
    # Neither a number nor a day is broken over two lines.
    table = Table(
        (*(say(f"col.{name}", "zh") for name in heads), say("notice.col.overdue", "zh")),
        (1.4, 2.1, 1.05, 0.95, 2.05, 0.95),
        (False, False, False, False, False, True),
        tuple(tuple(figures.entry("issue", row.number, name) for name in names) for row in rows),
    )
    return [Paragraph("slip", (*by, *_opening(figures, "slip.their_items", is_first=is_first))), table]


def _opening(figures: Figures, key: str, *, is_first: bool) -> Runs:
    """Of which day a section is, and what it begins with."""
    if is_first:
        return (*_day(figures), *plain(say(f"{key}_first", "zh")))
    return plain(say("slip.same_day", "zh") + say(key, "zh"))


def _silent(figures: Figures, unit: str, by: Runs, *, is_first: bool) -> list[Block]:
    codes = [
        code for (of, code), cell in figures.cells.items() if of == unit and cell.state == State.UNREPORTED
    ]
    if not codes:
        return []
    is_many = len(codes) > MOST_NAMED
    named = listed(((figures.run("indicator", code, "name"),) for code in codes), say("notice.pause", "zh"))
    head = plain(say("slip.unreported_names", "zh"))
    end = "slip.unreported_end" if is_first else "slip.unreported_end_too"
    told = (
        *by,
        *_opening(figures, "slip.unreported", is_first=is_first),
        figures.run("unit", unit, "unreported"),
        *(plain(say("slip.unreported_below", "zh")) if is_many else (*head, *named)),
        *plain(say(end, "zh")),
    )
    return [Paragraph("slip", told), *([_unreported(figures, codes)] if is_many else [])]


def _unreported(figures: Figures, codes: list[str]) -> Table:
    """All targets that were not reported with who leads them, two side by side: a slip is a form of one page."""
    leads = figures.county.indicators["lead"]
    nothing = plain(say("notice.dash", "zh"))
    cells = [
        (figures.entry("indicator", code, "name"), figures.entry("department", str(leads[code]), "name"))
        for code in codes
    ]
    cells += [(nothing, nothing)] * (len(cells) % 2)
    half = len(cells) // 2
    return Table(
        tuple(say(f"col.{name}", "zh") for name in ("indicator", "lead")) * 2,
        (2.4, 1.0) * 2,
        (False,) * 4,
        tuple((*left, *right) for left, right in zip(cells[:half], cells[half:], strict=True)),
    )
