"""One slip for each unit that is behind (督办单, 提醒函), holding that unit's facts and nobody else's."""

from collections.abc import Iterator
from datetime import date

from briefing.rectification import chosen
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import Clock
from notices.archive import zipped
from notices.choices import Choices
from notices.content import Block, Paper, Paragraph, Run, Table, plain
from notices.figures import Figures
from notices.word import word
from notices.words import say

ORDER, REMINDER = "order", "reminder"
COLUMNS = ("target", "actual", "completion", "gap_bare", "days", "state")


def slips(figures: Figures, choices: Choices) -> Iterator[Paper]:
    """The slips in the order of units: an order for whom the rule calls lagging, else a reminder."""
    until = max((each.day for each in choices.demands if each.day is not None), default=None)
    for unit in figures.townships:
        kind = ORDER if unit in figures.flagged else REMINDER
        made = slip(figures, unit, kind, choices, until)
        if made is not None:
            yield made


def bundle(figures: Figures, choices: Choices) -> bytes:
    """All slips as Word files in one zip."""
    author = choices.typed.get("signature", "")
    return zipped((f"{paper.name}.docx", word(paper, author=author)) for paper in slips(figures, choices))


def slip(figures: Figures, unit: str, kind: str, choices: Choices, until: date | None) -> Paper | None:
    """The slip of one unit; None where nothing of it is behind, overdue or unreported."""
    blocks = [*_behind(figures, unit), *_items(figures, unit), *_silent(figures, unit)]
    if not blocks:
        return None
    name = figures.text(f"unit|{unit}|name")
    title = say(f"slip.{kind}", "zh")
    head: list[Block] = [
        Paragraph("title", plain(title)),
        Paragraph("addressees", (figures.run("unit", unit, "name"), *plain(say("notice.colon", "zh")))),
    ]
    day = day_text(until) if until else say("slip.day_blank", "zh")
    tail: list[Block] = [
        Paragraph("body", plain(say(f"slip.{kind}_asked", "zh", day=day))),
        Paragraph("signature", plain(choices.typed.get("signature", ""))),
        Paragraph("day", plain(say("notice.day_blank", "zh"))),
        Paragraph("note", plain(say("slip.receipt", "zh"))),
    ]
    return Paper(say("slip.name", "zh", title=title, unit=name), (*head, *blocks, *tail))


def _behind(figures: Figures, unit: str) -> list[Block]:
    rows = figures.behind(unit)
    if not rows:
        return []
    told = (
        *plain(say("slip.as_of", "zh")),
        figures.run("frame", "as_of"),
        *plain(say("slip.behind", "zh")),
        figures.run("unit", unit, "total"),
        *plain(say("slip.behind_of", "zh")),
        figures.run("unit", unit, "lagging"),
        *plain(say("slip.behind_end", "zh")),
    )
    heads = ("indicator", "target", "actual", "completion", "gap", "days", "state")
    table = Table(
        tuple(say(f"col.{name}", "zh") for name in heads),
        (2.2, 1.2, 1.2, 0.9, 1.0, 0.9, 1.1),
        (False, True, True, True, True, True, False),
        tuple(
            (
                figures.entry("indicator", row.indicator, "name"),
                *(figures.entry("cell", unit, row.indicator, name) for name in COLUMNS),
            )
            for row in rows
        ),
    )
    return [Paragraph("body", told), table]


def _items(figures: Figures, unit: str) -> list[Block]:
    rows = list(records(chosen(figures.county.issues, show=Clock.OVERDUE, unit=unit)))
    if not rows:
        return []
    names = ("number", "title", "owner", "deadline", "days")
    heads = ("number", "title", "owner", "deadline")
    table = Table(
        (*(say(f"col.{name}", "zh") for name in heads), say("notice.col.overdue", "zh")),
        (1.0, 2.6, 1.1, 1.3, 0.9),
        (False, False, False, False, True),
        tuple(tuple(figures.entry("issue", row.number, name) for name in names) for row in rows),
    )
    return [Paragraph("body", plain(say("slip.items", "zh"))), table]


def _silent(figures: Figures, unit: str) -> list[Block]:
    if figures.text(f"unit|{unit}|unreported") == "0":
        return []
    run: Run = figures.run("unit", unit, "unreported")
    told = (*plain(say("slip.silent", "zh")), run, *plain(say("slip.silent_end", "zh")))
    return [Paragraph("body", told)]
