"""Quantities as sentences and templates print them: from integers, in the indicator's unit."""

from decimal import Decimal

from intake.figures import Measure
from metrics.figures import quantity


def printed(value: int, measure: Measure) -> str:
    """A quantity with its unit: 1,234 户, 43,820.00 万元, 97.99%."""
    number = quantity(value, measure.scale)
    return f"{number}{measure.word}" if measure.word == "%" else f"{number} {measure.word}"


def cell_number(value: int, measure: Measure) -> int | float:
    """A quantity as a number for a cell. Fifteen digits hold every quantity that a sheet can show."""
    return value if measure.scale == 0 else float(Decimal(value).scaleb(-measure.scale))
