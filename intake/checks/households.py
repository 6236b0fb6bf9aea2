"""Persons and households of the same people: how many of the one there can be to one of the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from intake.known import Indicator
from intake.words.readings import COUNTED_PEOPLE, HOUSEHOLDS, PERSONS

FEWEST, MOST = 2, 7
Row = TypeVar("Row")


class Counted(NamedTuple, Generic[Row]):
    """A figure of a row in the indicator's smallest unit, and of whom (a unit, an issuer) it is told."""

    row: Row
    indicator: Indicator
    whose: tuple[str, ...]
    value: int


def odd_household(
    persons: int | Fraction | None, households: int | Fraction | None
) -> dict[str, object] | None:
    """The facts of a sentence when persons per household lie outside 2 to 7; None when all is well."""
    if not persons or not households or persons < 0 or households < 0:
        return None
    mean = Fraction(persons) / Fraction(households)
    if FEWEST <= mean <= MOST:
        return None
    shown = (Decimal(mean.numerator) / mean.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return {"persons": f"{float(persons):g}", "households": f"{float(households):g}", "mean": shown}


def odd_households(counted: Iterable[Counted[Row]]) -> Iterator[tuple[Row, dict[str, object]]]:
    """The rows whose persons do not fit the households of the same people: 脱贫人口 and 脱贫户."""
    found: dict[tuple[str, ...], dict[str, Counted[Row]]] = defaultdict(dict)
    for one in counted:
        base = one.indicator.measure.base
        stem = COUNTED_PEOPLE.sub("", one.indicator.name)
        if base in (PERSONS, HOUSEHOLDS) and stem != one.indicator.name:
            found[(stem, one.indicator.accumulation, *one.whose)][base] = one
    for both in found.values():
        if len(both) == 2:
            facts = odd_household(_amount(both[PERSONS]), _amount(both[HOUSEHOLDS]))
            if facts is not None:
                yield both[PERSONS].row, facts


def _amount(one: Counted[Row]) -> Fraction:
    measure = one.indicator.measure
    return Fraction(one.value * measure.times, 10**measure.scale)
