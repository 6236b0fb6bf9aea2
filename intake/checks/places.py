"""Counts of places: how many there can be, and numbers that look like two run together."""

from intake.known import Known, Unit
from metrics.vocabulary import Level


def villages_in(known: Known, unit: Unit) -> int:
    """The number of villages in a unit; a village is one."""
    inside = [each for each in known.units.values() if each.level is Level.VILLAGE]
    if unit.level is Level.COUNTY:
        return len(inside)
    return sum(unit.code in (each.code, each.township) for each in inside)


def run_together(value: int) -> tuple[int, int] | None:
    """Two numbers run together, the first smaller: 1020 is 10 and 20, 510 is 5 and 10."""
    digits = str(value)
    if not 2 <= len(digits) <= 6 or value < 0:
        return None
    for cut in range(len(digits) // 2, 0, -1):
        low, high = digits[:cut], digits[cut:]
        if not high.startswith("0") and int(low) < int(high) <= 10 * int(low):
            return int(low), int(high)
    return None
