"""Parents whose units follow plans of their own: which plan each of them is on, and what it weighs (metrics.md 1)."""

from datetime import date

from metrics.curves import QUARTERS
from tests.metrics.boards import TOWN, YEAR, at, cells, curve, fact, indicator, rolled, target, villages
from tests.metrics.test_parents import parent

BELOW = indicator(level_reported="village", is_whole=True)


def test_a_plan_of_its_own_counts_wherever_its_unit_stands_in_the_record() -> None:
    """The first unit of the record is a unit like any other."""
    [own] = villages(1)
    curves = [curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=own)]
    facts = [
        rolled(TOWN, 0, owed=1, came=1, target_in=100, target_owed=100, plan_key=own),
        fact(own, 0, plan_key=own, target_in=100, target_owed=100),
    ]
    for units in ((own, TOWN), (TOWN, own)):
        held = cells(
            [target(own, 100)], facts, units=units, indicators=[BELOW], curves=curves, day=date(YEAR, 7, 31)
        )
        row = at(held, TOWN)
        assert (row.planned, row.curve_shape, row.state) == (0.5, "step", "far_behind")


def test_a_plan_that_weighs_nothing_is_no_part_of_the_mixture() -> None:
    """Steps and slopes mixed are slopes; a village that was asked nothing does not make a slope of steps."""
    one, two = villages(2)
    curves = [
        curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=one),
        curve(QUARTERS.points, indicator="a", unit=two),
    ]
    facts = [
        rolled(TOWN, 25, owed=1, came=1, target_in=100, target_owed=100, plan_key=one),
        rolled(TOWN, 0, owed=1, came=1, target_in=0, target_owed=0, plan_key=two),
    ]
    row = parent(None, *facts, curves=curves, day=date(YEAR, 7, 10))
    assert (row.planned, row.curve_shape) == (0.5, "step")
