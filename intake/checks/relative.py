"""Checks of targets that are counted from something, of minima beside means, and of what they name."""

from collections.abc import Iterator

from intake.breakdown import Breakdown
from intake.checks.registry import Finding
from intake.checks.targets import TARGETS
from intake.choices import member_words
from intake.printing import printed
from metrics.vocabulary import COMPARED, Comparator, Kind, Level, MeasuredFrom

FITTING = {MeasuredFrom.BASE: (Kind.LEVEL, Kind.KEEP)} | dict.fromkeys(COMPARED, (Kind.KEEP,))
__all__ = ["TARGETS"]
TWO_SIDED = (Comparator.RANGE, Comparator.ABOUT)
DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)


@TARGETS.check("relative_kind", blocking=True)
def relative_kind(breakdown: Breakdown) -> Iterator[Finding]:
    """Points over a base are a level to reach; above somebody else is a thing to keep (metrics.md 1)."""
    for row in breakdown.rows:
        start = row.record.measured_from
        if start is not None and row.record.kind not in FITTING[start]:
            facts: dict[str, object] = {"kind": member_words(row.record.kind), "start": member_words(start)}
            yield Finding(row.number, "kind", facts)


@TARGETS.check("relative_range", blocking=True)
def relative_range(breakdown: Breakdown) -> Iterator[Finding]:
    """Above or below somebody else: a comparison has one side."""
    for row in breakdown.rows:
        if row.record.measured_from in COMPARED and row.record.comparator in TWO_SIDED:
            yield Finding(row.number, "comparator")


@TARGETS.check("reference_missing", blocking=True)
def reference_missing(breakdown: Breakdown) -> Iterator[Finding]:
    """A figure of somebody else has a name."""
    for row in breakdown.rows:
        if row.record.measured_from is MeasuredFrom.OUTSIDE and not row.record.reference:
            yield Finding(row.number, "reference")


@TARGETS.check("reference_unasked", blocking=True)
def reference_unasked(breakdown: Breakdown) -> Iterator[Finding]:
    """Only a figure of somebody else is named."""
    for row in breakdown.rows:
        if row.record.reference and row.record.measured_from is not MeasuredFrom.OUTSIDE:
            yield Finding(row.number, "reference")


@TARGETS.check("reference_unknown", blocking=False)
def reference_unknown(breakdown: Breakdown) -> Iterator[Finding]:
    """Until the figure is entered the target reads 无规则."""
    for row in breakdown.rows:
        name = row.record.reference
        if name and name not in breakdown.known.outside.get(row.record.indicator, ()):
            yield Finding(row.number, "reference", {"found": name, "indicator": row.indicator.name})


@TARGETS.check("county_of_amounts", blocking=True)
def county_of_amounts(breakdown: Breakdown) -> Iterator[Finding]:
    """The county's mean is a sum over a sum; amounts have none."""
    for row in breakdown.rows:
        if row.record.measured_from is MeasuredFrom.COUNTY and not row.indicator.is_ratio:
            yield Finding(row.number, "measured_from", {"indicator": row.indicator.name})


@TARGETS.check("county_with_itself", blocking=True)
def county_with_itself(breakdown: Breakdown) -> Iterator[Finding]:
    """The county is always exactly at its own mean."""
    for row in breakdown.rows:
        if row.record.measured_from is MeasuredFrom.COUNTY and row.unit.level is Level.COUNTY:
            yield Finding(row.number, "measured_from")


@TARGETS.check("minimum_unfit", blocking=True)
def minimum_unfit(breakdown: Breakdown) -> Iterator[Finding]:
    """A mean has a numerator and a denominator, and a floor only where more is better."""
    for row in breakdown.rows:
        if row.record.minimum is not None and (
            not row.indicator.is_ratio or row.record.comparator in DOWNWARD
        ):
            yield Finding(row.number, "minimum", {"indicator": row.indicator.name})


@TARGETS.check("minimum_above_mean", blocking=True)
def minimum_above_mean(breakdown: Breakdown) -> Iterator[Finding]:
    """Nobody's lowest is above everybody's mean."""
    for row in breakdown.rows:
        low, minimum = row.record.low, row.record.minimum
        if low is not None and minimum is not None and row.record.measured_from is None and minimum > low:
            yield Finding(row.number, "minimum", {"found": printed(minimum, row.indicator.measure)})
