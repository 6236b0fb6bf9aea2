"""Counts of places: how many there can be, and numbers that look like two run together."""

from collections.abc import Iterator

from intake.known import Known
from intake.names import one_width
from intake.words.readings import ANNOUNCED, LAST_NAME
from metrics.vocabulary import Level

# Ranges in plans are narrow: 10–20, 20–50, 5–10. A wider split is a number that just looks so.
WIDEST = 2.5


def villages_of(known: Known) -> int:
    """The number of villages of the county: more places than that there can hardly be."""
    return sum(unit.level is Level.VILLAGE for unit in known.units.values())


def announcements(text: str) -> Iterator[tuple[int, int]]:
    """Each number that a text announces behind a row of names, and how many names there are."""
    for match in ANNOUNCED.finditer(one_width(text)):
        names = match["names"].split("、")
        yield int(match["count"]), len(names) + bool(LAST_NAME.search(names[-1]))


def run_together(value: int) -> tuple[int, int] | None:
    """Two numbers run together, the first smaller: 1020 is 10 and 20, 510 is 5 and 10."""
    digits = str(value)
    if not 2 <= len(digits) <= 6 or value < 0:
        return None
    for cut in range(len(digits) // 2, 0, -1):
        low, high = digits[:cut], digits[cut:]
        if not high.startswith("0") and int(low) < int(high) <= WIDEST * int(low):
            return int(low), int(high)
    return None
