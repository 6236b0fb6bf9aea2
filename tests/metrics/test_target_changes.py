"""A raise asks for more, a lowering for less, a correction for something else, each in its own direction."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.target_changes import Asked, change_faults, direction, superseded
from metrics.vocabulary import Comparator, Kind, MeasuredFrom, TargetChange

RAISE, LOWER, CORRECT = TargetChange.RAISE, TargetChange.LOWER, TargetChange.CORRECT
JULY = date(2026, 7, 1)
COUNT = Asked(Kind.ACCUMULATE, Comparator.AT_LEAST, 100, None, None, TargetChange.SET, date(2026, 1, 1))
FALLING = replace(COUNT, kind=Kind.LEVEL, comparator=Comparator.AT_MOST, low=200, base=740)
RISING = replace(COUNT, kind=Kind.LEVEL, low=9500, base=8500)
CEILING = replace(COUNT, kind=Kind.KEEP, comparator=Comparator.LESS_THAN, low=950)


@pytest.mark.parametrize(
    ("before", "change", "low", "expected"),
    [
        (COUNT, RAISE, 150, ()),
        (COUNT, RAISE, 101, ()),
        (COUNT, RAISE, 100, ("not_more",)),
        (COUNT, RAISE, 90, ("not_more",)),
        (COUNT, LOWER, 90, ()),
        (COUNT, LOWER, 99, ()),
        (COUNT, LOWER, 100, ("not_less",)),
        (COUNT, LOWER, 150, ("not_less",)),
        (COUNT, CORRECT, 90, ()),
        (COUNT, CORRECT, 150, ()),
        (COUNT, CORRECT, 100, ("same",)),
        (COUNT, RAISE, None, ("no_amount",)),
        (FALLING, RAISE, 100, ()),
        (FALLING, RAISE, 300, ("not_more",)),
        (FALLING, LOWER, 300, ()),
        (RISING, RAISE, 9600, ()),
        (CEILING, RAISE, 900, ()),
        (CEILING, LOWER, 900, ("not_less",)),
        (replace(COUNT, high=120), RAISE, 120, ()),
        (replace(COUNT, deadline=date(2026, 7, 2)), RAISE, 150, ()),
        (replace(COUNT, deadline=JULY), RAISE, 150, ("past_deadline",)),
        (replace(COUNT, deadline=JULY), CORRECT, 150, ()),
        (replace(COUNT, deadline=date(2026, 6, 30)), RAISE, 150, ("past_deadline",)),
        (replace(COUNT, high=120), RAISE, 121, ("above_high",)),
        (replace(COUNT, low=None), RAISE, 150, ()),
    ],
)
def test_what_a_change_may_be(
    before: Asked, change: TargetChange, low: int, expected: tuple[str, ...]
) -> None:
    assert change_faults(before, change, low, JULY, 2026) == expected


@pytest.mark.parametrize(
    ("change", "day", "expected"),
    [
        (RAISE, date(2025, 12, 31), ("outside_year",)),
        (RAISE, date(2027, 1, 1), ("outside_year",)),
        (RAISE, date(2026, 1, 1), ("not_after",)),
        (CORRECT, date(2026, 1, 1), ()),
        (RAISE, date(2026, 1, 2), ()),
    ],
)
def test_when_a_change_may_begin(change: TargetChange, day: date, expected: tuple[str, ...]) -> None:
    assert change_faults(COUNT, change, 150, day, 2026) == expected
    later = replace(COUNT, valid_from=date(2026, 8, 1))
    assert "not_after" in change_faults(later, CORRECT, 150, JULY, 2026)


def test_every_fault_is_said_at_once() -> None:
    assert change_faults(COUNT, RAISE, None, date(2027, 1, 1), 2026) == ("outside_year", "no_amount")


def test_a_raise_on_the_day_of_a_raise_mends_it() -> None:
    raised = replace(COUNT, low=999, change=RAISE, valid_from=JULY)
    assert superseded([COUNT, raised], RAISE, JULY) is COUNT
    assert superseded([COUNT, raised], RAISE, date(2026, 8, 1)) is raised
    assert superseded([COUNT, raised], CORRECT, JULY) is raised
    assert superseded([raised], RAISE, JULY) is raised
    assert superseded([COUNT], RAISE, date(2026, 1, 1)) is COUNT


def test_the_direction_is_that_of_the_way_from_the_base_else_of_the_comparator() -> None:
    assert [direction(one) for one in (COUNT, FALLING, RISING, CEILING)] == [1, -1, 1, -1]
    assert direction(replace(FALLING, base=None)) == -1
    # A step over the base is far below the base itself, and still asks for more by a higher figure.
    assert direction(replace(RISING, low=500, measured_from=MeasuredFrom.BASE)) == 1
    assert direction(replace(FALLING, low=-200, measured_from=MeasuredFrom.BASE)) == -1
    assert direction(replace(RISING, low=8500)) == 1


def test_only_a_level_goes_from_its_base() -> None:
    assert direction(replace(RISING, comparator=Comparator.AT_MOST)) == 1
    assert direction(replace(FALLING, comparator=Comparator.AT_LEAST)) == -1
    assert direction(replace(CEILING, base=900)) == -1
    assert direction(replace(COUNT, base=740)) == 1
    assert direction(replace(RISING, low=None)) == 1


@pytest.mark.parametrize(
    ("change", "low", "high", "expected"),
    [
        (RAISE, 120, 160, ()),
        (RAISE, 100, 160, ()),
        (RAISE, 100, 120, ("not_more",)),
        (RAISE, 150, 140, ("above_high",)),
        (RAISE, 130, None, ("above_high",)),
        (LOWER, 100, 110, ()),
        (LOWER, 90, 160, ()),
        (CORRECT, 100, 120, ("same",)),
        (CORRECT, 100, 121, ()),
    ],
)
def test_both_ends_of_a_range_may_change(
    change: TargetChange, low: int, high: int | None, expected: tuple[str, ...]
) -> None:
    span = replace(COUNT, comparator=Comparator.RANGE, high=120)
    assert change_faults(span, change, low, JULY, 2026, high) == expected
