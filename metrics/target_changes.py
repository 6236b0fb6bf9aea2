"""What a target that changes in mid-year may be: raised, lowered, or mended as an error (metrics.md 3)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.vocabulary import Comparator, Kind, MeasuredFrom, TargetChange

DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)
CHANGES = (TargetChange.RAISE, TargetChange.LOWER, TargetChange.CORRECT)
# Their amounts are asked of a year and may be asked for anew; the others are days, lists and words.
CHANGEABLE = (Kind.ACCUMULATE, Kind.LEVEL, Kind.KEEP, Kind.DUTY)


@dataclass(frozen=True)
class Asked:
    """What a version of a target asks, in smallest units, and from which day.

    Where `measured_from` names something, `low` and `high` are steps from that.
    """

    kind: Kind
    comparator: Comparator
    low: int | None
    high: int | None
    base: int | None
    change: TargetChange
    valid_from: date
    deadline: date | None = None
    measured_from: MeasuredFrom | None = None


def change_faults(
    before: Asked,
    change: TargetChange,
    low: int | None,
    valid_from: date,
    year: int,
    high: int | None = None,
) -> tuple[str, ...]:
    """What keeps a change from being written, as codes; none where it may be.

    `before` is the version that the new one supersedes. A raise asks for more and a lowering for less, in the
    direction in which the target is asked. `high` is the other end of a range, where that changes too; a range
    asks for more or less by its low end, and where that stays by its high one.
    """
    faults = []
    if valid_from.year != year:
        faults.append("outside_year")
    elif valid_from < before.valid_from or (valid_from == before.valid_from and change is TargetChange.RAISE):
        faults.append("not_after")
    elif change is TargetChange.RAISE and before.deadline is not None and valid_from >= before.deadline:
        # What is asked on the last day leaves no day to do it in: everything would be missed at once.
        faults.append("past_deadline")
    end = before.high if high is None else high
    if low is None:
        faults.append("no_amount")
    elif end is not None and low > end:
        faults.append("above_high")
    elif before.low is not None:
        moved = low - before.low
        if not moved and end is not None and before.high is not None:
            moved = end - before.high
        more = moved * direction(before)
        wrong = {
            TargetChange.RAISE: more <= 0,
            TargetChange.LOWER: more >= 0,
            TargetChange.CORRECT: more == 0,
        }
        if wrong[change]:
            faults.append({"raise": "not_more", "lower": "not_less", "correct": "same"}[change])
    return tuple(faults)


def superseded(versions: list[Asked], change: TargetChange, valid_from: date) -> Asked:
    """Which of the versions of a target, oldest first, the change is set against: the last one.

    Where the last is itself a raise from the same day, a raise mends it and is set against the one before.
    """
    last = versions[-1]
    mends = change is TargetChange.RAISE is last.change and last.valid_from == valid_from
    return versions[-2] if mends and len(versions) > 1 else last


def direction(asked: Any) -> int:
    """1 where more is asked by a higher figure, -1 where by a lower one.

    `asked` has kind, comparator, low, base and measured_from. A level runs from its base to its goal; what is
    written as a step from another figure says by its comparator which way is more.
    """
    runs = asked.kind is Kind.LEVEL and asked.measured_from is None
    if runs and asked.base is not None and asked.low is not None and asked.low != asked.base:
        return 1 if asked.low > asked.base else -1
    return -1 if asked.comparator in DOWNWARD else 1
