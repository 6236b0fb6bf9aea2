"""The notice that corrects an issued one: what it said, what is right, line by line, and for what reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.changes import Cause, Difference
from metrics.columns import records
from metrics.figures import day_text
from notices.annexes import annexes
from notices.checking import Finding
from notices.choices import Choices
from notices.content import Block, Chart, Paper, Paragraph, Run, Runs, Table, plain
from notices.figures import Figures
from notices.foot import foot
from notices.issued import blank_day, blank_number
from notices.lists import FLAGGED, TARGETS, is_list, joined, place_of, stands_in
from notices.screening import has_personal_data
from notices.told import how_changed
from notices.words import numeral, say

# As many reasons are told one by one.
MOST_REASONS = 8


@dataclass(frozen=True)
class Reasons:
    """Why figures are others, each once, and whose reason is not quoted (`notices.screening`)."""

    told: tuple[str, ...]
    withheld: tuple[str, ...]


def reasons(lines: Sequence[Finding], moved: Difference, standing: pd.DataFrame) -> Reasons:
    """What was recorded since that the corrected figures rest on: corrected reports, and targets.

    `standing` are the corrections that still count (`briefing.changes.corrections_between`): what was corrected
    once more, or returned, is no reason any longer; nor is a target that another one followed.
    """
    concerned = {tuple(line.key.split("|")[1:3]) for line in lines if line.key.startswith("cell|")}
    counting: dict[tuple[Any, ...], dict[str, None]] = {}
    for row in records(standing):
        counting.setdefault(_workbook(row), {})[row.reason if isinstance(row.reason, str) else ""] = None
    held: dict[tuple[Any, ...], tuple[Cause, str]] = {}
    for each in moved.changes:
        if (each.unit, each.indicator) in concerned:
            for cause, said in _in_force(each.causes, counting):
                held.setdefault(_same(cause, said), (cause, said))
    told, withheld = [], []
    for cause, said in held.values():
        is_withheld = has_personal_data(said)
        if is_withheld:
            withheld.append(_whose(cause, moved))
        told.append(_reason(cause, "" if is_withheld else said, moved))
    return Reasons(tuple(told), tuple(dict.fromkeys(withheld)))


def _in_force(
    causes: Sequence[Cause], counting: Mapping[tuple[Any, ...], Mapping[str, None]]
) -> Iterator[tuple[Cause, str]]:
    """The causes that still count, each with its reason."""
    # The newest stand first; who issued a target has one in force for a unit.
    newest: dict[tuple[str, ...], Cause] = {}
    for cause in causes:
        if cause.kind == "target":
            row = cause.row
            last = newest.setdefault((row.unit, row.indicator, row.issuer), cause)
            if (row.valid_from, row.at) > (last.row.valid_from, last.row.at):
                newest[row.unit, row.indicator, row.issuer] = cause
    for cause in causes:
        if cause.kind == "report":
            yield from ((cause, said) for said in counting.get(_workbook(cause.row), ()))
        elif cause in newest.values():
            yield cause, cause.row.reason if isinstance(cause.row.reason, str) else ""


def _workbook(row: Any) -> tuple[Any, ...]:
    """What of a workbook speaks of one indicator and period."""
    return row.home, row.indicator, row.period, row.submission


def _same(cause: Cause, said: str) -> tuple[Any, ...]:
    row = cause.row
    if cause.kind == "target":
        return (cause.kind, row.unit, row.indicator, row.document)
    return (cause.kind, row.home, row.indicator, row.period, said)


def _whose(cause: Cause, moved: Difference) -> str:
    code = cause.row.unit if cause.kind == "target" else cause.row.home
    return moved.after.names.get(code, "") if isinstance(code, str) else ""


def _reason(cause: Cause, said: str, moved: Difference) -> str:
    row = cause.row
    document = row.document if cause.kind == "target" and isinstance(row.document, str) else ""
    text = say(
        f"correction.reason.{cause.kind}",
        "zh",
        unit=_whose(cause, moved),
        indicator=str(moved.after.indicators["name"].get(row.indicator, row.indicator)),
        period="" if cause.kind == "target" else day_text(row.period),
    )
    because = say("notice.pause", "zh").join(each for each in (document, said.strip().rstrip("。")) if each)
    return say("correction.because", "zh", said=text, because=because) if because else text


# A figure that says again what another one of the same cell says: named once.
REPEATS = {
    "short": ("gap", "gap_bare", "state", "state_said"),
    "gap_bare": ("gap",),
    "state_said": ("state",),
    "reached": ("actual",),
}


def told_once(lines: Sequence[Finding], told: Callable[[str], str]) -> list[Finding]:
    """The lines without those that say again what another one says, or are of a row that is taken out.

    `told` says what a key says now: units and indicators stand in lists by name.
    """
    lines = _kept_rows(lines, told)
    keys = {line.key for line in lines}

    def repeats(key: str) -> bool:
        cell, _, name = key.rpartition("|")
        return any(f"{cell}|{other}" in keys for other in REPEATS.get(name, ()))

    return [line for line in lines if not repeats(line.key)]


def _kept_rows(lines: Sequence[Finding], told: Callable[[str], str]) -> list[Finding]:
    """Without the figures of targets and units that left their lists: what is said of them goes as a whole.

    What stands of them beside other units' stays.
    """
    left = {line.key: joined(line.wanted, line.found) for line in lines if is_list(line.key)}

    def is_gone(line: Finding) -> bool:
        kind, unit, *rest = line.key.split("|")
        if kind == "cell" and rest[-1] != "short":
            return told(f"indicator|{rest[0]}|name") in left.get(f"list|{TARGETS}|{unit}", ())
        return (
            kind == "unit"
            and rest == ["flag"]
            and told(f"unit|{unit}|name") in left.get(f"list|{FLAGGED}", ())
        )

    return [line for line in lines if not is_gone(line)]


def newly_lagging(lines: Sequence[Finding], now: Figures) -> tuple[str, ...]:
    """The units that stand among the lagging ones by the corrected figures and did not in the notice."""
    names = {
        name for line in lines if line.key == f"list|{FLAGGED}" for name in joined(line.found, line.wanted)
    }
    return tuple(code for code in now.flagged if now.told(f"unit|{code}|name") in names)


def parts_of(paper: Paper) -> dict[str, tuple[str, ...]]:
    """In which parts of a paper each key stands: 第四部分, 附件3."""
    found: dict[str, dict[str, None]] = {}
    part, heads, annexes = say("correction.opening", "zh"), 0, 0
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.style == "heading":
            heads += 1
            part = say("correction.part", "zh", number=numeral(heads))
        elif isinstance(block, Paragraph) and block.style == "annex":
            annexes += 1
            part = say("correction.annex", "zh", number=annexes)
        for runs in Paper("", (block,)).texts():
            for run in runs:
                if run.key:
                    found.setdefault(run.key, {})[part] = None
    return {key: tuple(parts) for key, parts in found.items()}


def correction(
    paper: Paper,
    document_number: str,
    choices: Choices,
    lines: Sequence[Finding],
    then: Figures,
    now: Figures,
    why: Sequence[str] = (),
    news: Sequence[Block] = (),
) -> Paper:
    """The paper of a correction; what is right now is bound to the newer snapshot.

    `why` are its reasons, `news` what is said of units that lag by it and did not before.
    """
    typed = choices.typed
    title = say("correction.title", "zh", title=paper.name)
    facts = {"title": paper.name, "number": document_number, "count": len(lines)}
    body = say("correction.body", "zh", **facts)
    blocks: list[Block] = []
    if typed.get("masthead"):
        blocks.append(Paragraph("masthead", plain(typed["masthead"])))
        blocks.append(Paragraph("number", blank_number(now.county.frame.year)))
    blocks += [
        Paragraph("title", plain(title)),
        Paragraph("addressees", plain(f"{typed.get('addressees', '')}{say('notice.colon', 'zh')}")),
        Paragraph("body", plain(body)),
        _table(paper, lines, now),
        *_because(why),
        *([Paragraph("body", plain(say("correction.news", "zh"))), *news] if news else []),
        *_charts(choices, then, now),
        Paragraph("signature", plain(typed.get("signature", ""))),
        Paragraph("day", blank_day()),
    ]
    blocks += foot(choices)
    return Paper(title, tuple(blocks))


def _table(paper: Paper, lines: Sequence[Finding], now: Figures) -> Table:
    """What each figure said, what is right, and how much that is."""
    parts, pause = parts_of(paper), say("notice.pause", "zh")
    names = ("place", "found_in", "was", "now", "change")
    rows = tuple(
        (
            plain(line.where),
            plain(pause.join(parts_saying(line.key, parts)) or say("notice.dash", "zh")),
            plain(line.found),
            _right(line, now),
            plain(how_changed(line, "zh") or say("notice.dash", "zh")),
        )
        for line in lines
    )
    heads = tuple(say(f"correction.col.{name}", "zh") for name in names)
    return Table(heads, (2.2, 1.2, 1.3, 1.3, 1.1), (False, False, True, True, True), rows)


def parts_saying(key: str, parts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The parts that say a figure, also in other words: each is wrong with it. `parts` are those of `parts_of`."""
    cell, _, name = key.rpartition("|")
    also = [f"{cell}|{other}" for other, said in REPEATS.items() if name in said]
    held = {part for each in (key, *also) for part in parts.get(each, ())}
    held |= stands_in(key, parts) if is_list(key) else set()
    return tuple(sorted(held, key=place_of))


def _charts(choices: Choices, then: Figures, now: Figures) -> Iterator[Block]:
    """The charts that are others now: a picture has no figure of its own to correct."""
    was, drawn = (
        [block for annex in annexes(of, choices) for block in annex.blocks if isinstance(block, Chart)]
        for of in (then, now)
    )
    changed = [chart for chart in drawn if chart not in was]
    if changed:
        yield Paragraph("body", plain(say("correction.charts", "zh")))
        yield from changed


def _because(why: Sequence[str]) -> Iterator[Block]:
    if not why:
        return
    told = say("separator", "zh").join(why[:MOST_REASONS])
    key = "correction.reasons" if len(why) <= MOST_REASONS else "correction.reasons_more"
    yield Paragraph("body", plain(say(key, "zh", reasons=told, count=len(why))))


def _right(line: Finding, now: Figures) -> Runs:
    """What is right now; a figure that is no longer there has none."""
    return (Run(line.wanted, line.key),) if line.wanted else plain(say("correction.gone", "zh"))
