"""What became of the day by which a unit promised to be on plan again (预计达序时), as of the day of a paper."""

from datetime import date
from typing import Any

from metrics.vocabulary import JUDGED_STATES, State

KEPT = (State.DONE, State.ON_PLAN)


def is_past(promised: date, as_of: date) -> bool:
    """Whether a promise can no longer be awaited: its day is over at the end of the as-of day."""
    return promised <= as_of


def told_as(cell: Any, promised: date, as_of: date) -> str:
    """By which word of a workbook it is told: expected, over and not kept, or over and not known to be kept.

    Empty where the target is on plan or done: there is nothing left to promise.
    """
    if cell.state in KEPT:
        return ""
    if not is_past(promised, as_of):
        return "promised"
    return "promised_past" if cell.state in JUDGED_STATES else "promised_over"
