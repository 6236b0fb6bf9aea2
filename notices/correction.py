"""The notice that corrects an issued one: what it said, what is right, line by line."""

from collections.abc import Sequence

from notices.checking import Finding
from notices.choices import Choices
from notices.content import Block, Paper, Paragraph, Run, Runs, Table, plain
from notices.figures import Figures
from notices.issued import blank_day, blank_number
from notices.words import say


def correction(
    paper: Paper, document_number: str, choices: Choices, lines: Sequence[Finding], now: Figures
) -> Paper:
    """The paper of a correction; what is right now is bound to the newer snapshot."""
    typed = choices.typed
    title = say("correction.title", "zh", title=paper.name)
    facts = {"title": paper.name, "number": document_number, "count": len(lines)}
    body = say("correction.body", "zh", **facts)
    heads = tuple(say(f"correction.col.{name}", "zh") for name in ("place", "was", "now"))
    rows = tuple((plain(line.where), plain(line.found), _right(line, now)) for line in lines)
    blocks: list[Block] = []
    if typed.get("masthead"):
        blocks.append(Paragraph("masthead", plain(typed["masthead"])))
        blocks.append(Paragraph("number", blank_number(now.county.frame.year)))
    blocks += [
        Paragraph("title", plain(title)),
        Paragraph("addressees", plain(f"{typed.get('addressees', '')}{say('notice.colon', 'zh')}")),
        Paragraph("body", plain(body)),
        Table(heads, (2.2, 1.2, 1.2), (False, True, True), rows),
        Paragraph("signature", plain(typed.get("signature", ""))),
        Paragraph("day", blank_day()),
    ]
    if typed.get("copies"):
        copies = f"{say('notice.copies', 'zh')}{typed['copies']}{say('notice.stop', 'zh')}"
        blocks.append(Paragraph("copies", plain(copies)))
    return Paper(title, tuple(blocks))


def _right(line: Finding, now: Figures) -> Runs:
    """What is right now; a figure that is no longer there has none."""
    return (Run(line.wanted, line.key),) if line.wanted else plain(say("correction.gone", "zh"))
