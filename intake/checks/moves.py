"""The course of a rectification item as a workbook tells it: which step may follow which (metrics.md 8)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from intake.checks.registry import Finding
from intake.choices import member_words
from intake.entries import Entry
from intake.known import Move
from intake.setup.references import Setup
from intake.words import Phrase
from metrics.vocabulary import OPEN_ISSUE_STATES, IssueState

ALWAYS = frozenset({IssueState.DEFERRED, IssueState.WITHDRAWN})
# From an open state an item may besides be deferred, withdrawn, or stay where it is with a new deadline.
NEXT = {
    IssueState.ASSIGNED: frozenset({IssueState.WORKING}),
    IssueState.WORKING: frozenset({IssueState.VERIFYING}),
    IssueState.VERIFYING: frozenset({IssueState.CLOSED, IssueState.RETURNED}),
    IssueState.RETURNED: frozenset({IssueState.WORKING}),
    IssueState.DEFERRED: frozenset({IssueState.ASSIGNED, IssueState.WORKING, IssueState.RETURNED}),
    IssueState.CLOSED: frozenset({IssueState.WORKING}),
    IssueState.WITHDRAWN: frozenset[IssueState](),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A move, and the row of the workbook that tells it; 0 for one that is stored."""

    move: Move
    row: int = 0


def impossible_moves(setup: Setup, entries: list[Entry]) -> Iterator[Finding]:
    """Each step that cannot follow the one before it, at the row that tells it."""
    told: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        told[entry.get("number")].append(entry)
    for number, rows in told.items():
        steps = _in_order(setup.known.moves.get(number, ()), rows)
        for before, after in pairwise(steps):
            row = after.row or before.row
            if row and not _may_follow(before.move, after.move):
                yield Finding(row, "state", _facts(before.move, after.move))


def _in_order(stored: tuple[Move, ...], rows: list[Entry]) -> list[Step]:
    """An item begins as 待交办; what is stored and told again counts once."""
    new = [Step(_move(entry), entry.number) for entry in rows]
    steps = [Step(move) for move in stored] + [step for step in new if step.move not in stored]
    return [Step(Move(IssueState.ASSIGNED, date.min, 1)), *sorted(steps, key=lambda step: step.move.day)]


def _move(entry: Entry) -> Move:
    return Move(IssueState(entry.get("state")), entry.get("day"), entry.get("round") or 1)


def _may_follow(before: Move, after: Move) -> bool:
    if before.state is IssueState.CLOSED:
        return after.state is IssueState.WORKING and after.round == before.round + 1
    if after.round != before.round:
        return False
    is_open = before.state in OPEN_ISSUE_STATES
    stays = is_open and after.state is before.state
    return stays or (is_open and after.state in ALWAYS) or after.state in NEXT[before.state]


def _facts(before: Move, after: Move) -> dict[str, object]:
    last: object = "—" if before.day == date.min else before.day
    relapse = before.state is IssueState.CLOSED and after.state is IssueState.WORKING
    hint = Phrase("relapse_round", {"round": before.round + 1}) if relapse else Phrase("nothing")
    return {
        "state": member_words(after.state),
        "before": member_words(before.state),
        "day": last,
        "hint": hint,
    }
