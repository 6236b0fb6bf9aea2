"""Up the tree: sums with some of the units silent, weighted plans, what cannot be added (metrics.md 1)."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.curves import BY_MONTH, QUARTERS, share
from tests.metrics.boards import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    cell,
    cells,
    curve,
    fact,
    indicator,
    rolled,
    target,
    villages,
)

HALF = date(YEAR, 6, 30)
BELOW = indicator(level_reported="village", is_whole=True)
RATIO = indicator(
    measure="%", scale=2, is_ratio=True, accumulation="latest", level_reported="village", kind="keep"
)
LATEST = indicator(accumulation="latest", level_reported="village", kind="level")


def parent(own: int | None, *facts: dict[str, Any], of: dict[str, Any] | None = None, **given: Any) -> Any:
    """The row of a township over villages, with a target of its own or none."""
    targets = [] if own is None else [target(TOWN, own, **(of or {}))]
    return cell(targets, facts, **({"indicators": [BELOW]} | given))


def test_ten_villages_of_which_one_is_silent_stand_at_80_percent() -> None:
    """Nine report 80 of their 100; over the whole target that would be 72 %."""
    facts = rolled(TOWN, 9 * 80, owed=10, came=9, target_in=900, target_owed=1000)
    for own in (None, 1000):
        row = parent(own, facts)
        assert (row.completion, row.actual, row.at_least) == (0.8, 720, True)
        assert (row.units_in, row.units_owed) == (9, 10)
        assert row.planned == pytest.approx(10 / 12)
        assert row.shortfall == pytest.approx(900 * 10 / 12 - 720)
        assert (row.target, row.target_in) == (1000, 900)
        assert row.state == "slightly_behind"


def test_the_amount_is_the_sum_of_the_last_values_of_all() -> None:
    """Shares over those that are in; what is left to do is what the whole lacks."""
    facts = rolled(TOWN, 720, owed=10, came=9, target_in=900, target_owed=1000, carried=60)
    row = parent(1000, facts)
    assert (row.actual, row.actual_in, row.target_in, row.at_least) == (780, 720, 900, True)
    assert (row.completion, row.shortfall) == (0.8, pytest.approx(900 * 10 / 12 - 720))
    assert row.monthly_need == (1000 - 780) / 2
    assert not row.approximate and parent(1000, facts | {"carried_inexact": 1}).approximate
    whole = facts | {"units_in": 10, "units_targeted": 10, "target_in": 1000, "carried_inexact": 1}
    assert (parent(1000, whole).actual, parent(1000, whole).approximate) == (720, False)
    assert pd.isna(parent(1000, whole).actual_in)


def test_what_is_carried_forward_is_said_once_however_many_plans_there_are() -> None:
    own = villages(1)[0]
    told = {"carried": 60, "target_owed": 500}
    row = parent(
        None,
        rolled(TOWN, 300, owed=5, came=4, target_in=400, **told),
        rolled(TOWN, 400, owed=5, came=5, target_in=500, plan_key=own, **told),
    )
    assert (row.actual, row.actual_in, row.target_in) == (760, 700, 900)


def test_the_last_values_of_all_can_reach_the_parents_target() -> None:
    facts = rolled(TOWN, 500, owed=10, came=5, target_in=500, target_owed=1000, carried=500)
    row = parent(1000, facts)
    assert (row.state, row.why, row.actual, row.completion) == ("done", "reached_earlier", 1000, 1.0)
    assert parent(1000, facts | {"carried": 499}).state == "unreported"
    assert parent(1000, facts | {"carried": 499}).actual == 999


def test_all_in_the_parent_is_judged_on_its_own_target() -> None:
    facts = rolled(TOWN, 800, owed=10, came=10, target_in=1000, target_owed=1000)
    own = parent(1250, facts)
    assert (own.completion, own.target_source, own.children_target) == (0.64, "own", 1000)
    assert not own.at_least and pd.isna(own.target_in)
    below = parent(None, facts)
    assert (below.completion, below.target, below.target_source) == (0.8, 1000, "children")


@pytest.mark.parametrize(
    ("target_in", "state", "why"),
    [(800, "on_plan", "on_plan"), (799, "unreported", "below_gate"), (1000, "on_plan", "on_plan")],
)
def test_the_gate_is_a_share_of_the_target(target_in: int, state: str, why: str) -> None:
    row = parent(
        1000, rolled(TOWN, target_in, owed=10, came=5, target_in=target_in, target_owed=1000), day=HALF
    )
    assert (row.state, row.why) == (("done", "complete") if state == "on_plan" else (state, why))
    assert row.actual == target_in
    assert row.at_least


def test_below_the_gate_what_waits_may_reach_it() -> None:
    facts = rolled(TOWN, 70, owed=10, came=7, target_in=700, target_owed=1000)
    assert parent(1000, facts).state == "unreported"
    assert parent(1000, facts | {"units_waiting": 1}).state == "awaiting"
    assert (
        parent(1000, facts | {"units_in": 6, "units_targeted": 6, "units_waiting": 1}).state == "unreported"
    )
    none_in = rolled(TOWN, None, owed=10, came=0, target_owed=1000)
    assert parent(1000, none_in | {"units_waiting": 10}).state == "awaiting"
    assert parent(1000, none_in).why == "no_report"


def test_a_silent_parent_without_a_target_still_names_its_childrens() -> None:
    row = parent(None, rolled(TOWN, None, owed=10, came=0, target_owed=1000))
    assert (row.state, row.target, row.target_source) == ("unreported", 1000, "children")


def test_units_without_targets_are_judged_only_when_all_are_in() -> None:
    facts = rolled(TOWN, 720, owed=10, came=9, units_targeted=0)
    assert (parent(1000, facts).state, parent(1000, facts).why) == ("unreported", "not_comparable")
    assert parent(1000, facts).actual == 720
    assert parent(1000, facts | {"units_waiting": 1}).state == "awaiting"
    assert parent(1000, facts | {"units_in": 10}).completion == 0.72
    mixed = facts | {"target_in": 600, "target_owed": 600, "units_targeted": 6}
    assert parent(1000, mixed).state == "unreported"


def test_a_parent_without_any_target_shows_its_amount_and_no_light() -> None:
    row = parent(None, rolled(TOWN, 720, owed=10, came=10, units_targeted=0))
    assert (row.state, row.actual, row.light) == ("no_target", 720, "grey")
    some = rolled(TOWN, 720, owed=10, came=10, target_in=500, target_owed=500, units_targeted=5)
    assert parent(None, some).state == "no_target"


def test_a_count_that_reached_the_parents_target_is_done_whoever_is_silent() -> None:
    facts = rolled(TOWN, 1000, owed=10, came=5, target_in=500, target_owed=1000)
    row = parent(1000, facts)
    assert (row.state, row.why, row.completion, row.at_least) == ("done", "reached_earlier", 1.0, True)
    assert parent(1001, facts).state == "unreported"
    # The same where the target is the sum of the units': more reports in are never worse than none.
    assert (parent(None, facts).state, parent(None, facts).why) == ("done", "reached_earlier")
    short = rolled(TOWN, 999, owed=10, came=5, target_in=500, target_owed=1000)
    assert parent(None, short).state == "unreported"


def test_a_parent_that_was_done_stays_done_while_everyone_is_silent() -> None:
    own = villages(1)[0]
    before = {"last_period": date(YEAR, 9, 30), "last_amount": 1000}
    facts = [
        rolled(TOWN, None, owed=9, came=0, target_owed=900, **before),
        rolled(TOWN, None, owed=1, came=0, target_owed=100, plan_key=own, **before),
    ]
    for target_ in (1000, None):
        row = parent(target_, *facts)
        assert (row.state, row.actual, row.last_amount) == ("done", 1000, 1000)
    assert parent(1001, *facts).state == "unreported"


def test_nobody_below_owes_anything() -> None:
    assert parent(1000).state == "unreported"
    assert parent(1000, rolled(TOWN, None, owed=0, came=0)).state == "unreported"
    assert parent(None).state == "no_target"


def test_a_sum_with_an_approximate_part_is_approximate() -> None:
    facts = rolled(TOWN, 800, owed=10, came=10, target_in=1000, target_owed=1000, units_inexact=1)
    assert parent(1000, facts).approximate


def test_units_on_plans_of_their_own_weigh_in_the_parents_plan() -> None:
    """One village of 400 follows 10/30/30/30, the rest of 600 the county's even curve."""
    own = villages(1)[0]
    curves = [curve(QUARTERS.points, indicator="a", unit=own)]
    facts = [
        rolled(TOWN, 300, owed=9, came=9, target_in=600, target_owed=600),
        rolled(TOWN, 100, owed=1, came=1, target_in=400, target_owed=400, plan_key=own),
    ]
    day = date(YEAR, 9, 30)
    row = parent(None, *facts, curves=curves, day=day)
    assert row.planned == pytest.approx((600 * share(BY_MONTH, day) + 400 * share(QUARTERS, day)) / 1000)
    assert (row.completion, row.curve, row.curve_shape) == (0.4, "按下级计划加权", "linear")
    # 370.4 stood planned on 31 May and 460 on 30 June: 400 nearly ten days into June.
    assert row.days_behind == 112
    with_own_target = parent(1000, *facts, curves=curves, day=day)
    assert with_own_target.planned == pytest.approx(0.75)
    assert with_own_target.curve == "按月均衡"
    partial = parent(
        1000, facts[0] | {"units_owed": 10, "target_owed": 650}, facts[1], curves=curves, day=day
    )
    assert partial.planned == row.planned


def test_a_village_whose_target_was_raised_plans_its_own_addition() -> None:
    own = villages(1)[0]
    targets = [
        target(own, 100),
        target(own, 150, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    facts = [
        rolled(TOWN, 90, owed=1, came=1, target_in=150, target_owed=150, plan_key=own),
        rolled(TOWN, 60, owed=1, came=1, target_in=100, target_owed=100),
    ]
    row = cell(targets, facts, indicators=[BELOW], day=date(YEAR, 9, 30))
    assert row.planned == pytest.approx((87.5 + 75) / 250)
    assert (row.target, row.units_owed) == (250, 2)


def test_units_that_all_share_one_plan_of_their_own_need_no_weights() -> None:
    own = villages(1)[0]
    curves = [curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=own)]
    facts = rolled(TOWN, 0, owed=1, came=1, target_in=100, target_owed=100, plan_key=own)
    row = parent(None, facts, curves=curves, day=date(YEAR, 7, 31))
    assert (row.planned, row.curve_shape, row.state) == (0.5, "step", "far_behind")


def test_a_mixture_of_steps_is_a_step() -> None:
    one, two = villages(2)
    curves = [
        curve([("06-30", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=one),
        curve([("03-31", 0.5), ("12-31", 1.0)], "step", indicator="a", unit=two),
    ]
    facts = [
        rolled(TOWN, 25, owed=1, came=1, target_in=100, target_owed=100, plan_key=key) for key in (one, two)
    ]
    row = parent(None, *facts, curves=curves, day=date(YEAR, 7, 10))
    assert (row.curve_shape, row.days_behind, row.state) == ("step", 10, "behind")


def test_a_parents_own_curve_does_not_bind_its_units() -> None:
    curves = [curve(QUARTERS.points, indicator="a", unit=TOWN)]
    facts = rolled(TOWN, 50, owed=1, came=1, target_in=100, target_owed=100)
    day = date(YEAR, 3, 31)
    assert parent(100, facts, curves=curves, day=day).planned == pytest.approx(0.1)
    assert parent(None, facts, curves=curves, day=day).planned == pytest.approx(0.25)


def test_a_county_without_a_target_is_judged_on_its_townships() -> None:
    """Targets set to townships only, reports from villages."""
    facts = [
        rolled(COUNTY, 50, owed=2, came=2, units_targeted=0),
        rolled(TOWN, 20, owed=1, came=1, units_targeted=0),
        rolled(OTHER_TOWN, 30, owed=1, came=1, units_targeted=0),
    ]
    curves = [curve(QUARTERS.points, indicator="a", unit=OTHER_TOWN)]
    units = (COUNTY, TOWN, OTHER_TOWN)
    given = {"units": units, "indicators": [BELOW], "curves": curves, "day": HALF}
    row = cell([target(TOWN, 60), target(OTHER_TOWN, 40)], facts, **given)
    assert (row.target, row.target_source, row.completion) == (100, "children", 0.5)
    assert row.planned == pytest.approx(0.6 * 0.5 + 0.4 * 0.4)
    one_less = cell([target(TOWN, 60)], facts, **given)
    assert (one_less.state, one_less.children_target) == ("no_target", 60)
    no_task = cell([target(TOWN, 60), target(OTHER_TOWN, None, no_task=True)], facts, **given)
    assert (no_task.target, no_task.target_source) == (60, "children")


def test_the_difference_to_the_childrens_targets_shows_and_is_never_spread() -> None:
    facts = [rolled(COUNTY, 50, owed=2, came=2, target_in=110, target_owed=110)]
    targets = [target(COUNTY, 100), target(TOWN, 60), target(OTHER_TOWN, 50)]
    row = cell(targets, facts, units=(COUNTY, TOWN, OTHER_TOWN), indicators=[BELOW])
    assert (row.target, row.children_target) == (100, 110)


def test_a_ratio_is_the_sum_of_its_parts_and_never_a_mean() -> None:
    """9 of 10 and 90 of 190 are 99 of 200, not 68.7 %."""
    facts = rolled(TOWN, None, owed=2, came=2, numerator=99, denominator=200)
    row = parent(5000, facts, of={"kind": "keep"}, indicators=[RATIO])
    assert (row.actual, row.actual_ratio, row.state) == (4950, 0.495, "behind")
    assert (row.numerator, row.denominator) == (99, 200)


def test_percentages_without_their_parts_are_not_rolled_up() -> None:
    facts = rolled(TOWN, 9500, owed=2, came=2)
    row = parent(5000, facts, of={"kind": "keep"}, indicators=[RATIO])
    assert (row.state, row.why, str(row.actual)) == ("unreported", "no_parts", "<NA>")


@pytest.mark.parametrize(("came", "state"), [(7, "unreported"), (8, "on_plan"), (10, "on_plan")])
def test_ratios_are_gated_by_units(came: int, state: str) -> None:
    facts = rolled(TOWN, None, owed=10, came=came, numerator=9 * came, denominator=10 * came)
    row = parent(9000, facts, of={"kind": "keep"}, indicators=[RATIO])
    assert row.state == state
    assert not row.at_least


def test_a_ratio_that_waits_to_reach_the_gate() -> None:
    facts = rolled(TOWN, None, owed=10, came=7, numerator=63, denominator=70, units_waiting=1)
    assert parent(9000, facts, of={"kind": "keep"}, indicators=[RATIO]).state == "awaiting"


def test_ratios_have_no_sum_of_targets() -> None:
    facts = rolled(TOWN, None, owed=2, came=2, numerator=99, denominator=200)
    assert parent(None, facts, indicators=[RATIO]).state == "no_target"


def test_a_stock_of_some_units_is_not_the_stock_of_all() -> None:
    of = {"kind": "level", "base": 100}
    facts = rolled(TOWN, 190, owed=10, came=9, target_in=180, target_owed=200)
    row = parent(200, facts, of=of, indicators=[LATEST])
    assert (row.state, row.why, row.actual, row.at_least) == ("unreported", "not_comparable", 190, True)
    assert parent(200, facts | {"units_in": 10}, of=of, indicators=[LATEST]).completion == 0.9
    assert parent(None, facts, indicators=[LATEST]).state == "no_target"


def test_a_sum_to_be_kept_faces_the_limits_of_those_that_are_in() -> None:
    keeps = indicator(kind="keep", lower_is_better=True, accumulation="latest", level_reported="village")
    facts = rolled(TOWN, 3, owed=10, came=9, target_in=0, target_owed=0)
    of = {"kind": "keep", "comparator": "<="}
    assert parent(0, facts, of=of, indicators=[keeps]).kept == False  # noqa: E712
    assert parent(0, facts | {"amount": 0}, of=of, indicators=[keeps]).kept
    assert parent(None, facts | {"amount": 0}, indicators=[keeps]).state == "on_plan"
    few = rolled(TOWN, 0, owed=10, came=7, target_in=0, target_owed=0)
    assert parent(0, few, of=of, indicators=[keeps]).state == "unreported"


def test_milestones_roll_up_as_k_of_n() -> None:
    kind = indicator(kind="milestone")
    towns = [TOWN, OTHER_TOWN]
    targets = [target(town, None, kind="milestone", deadline=HALF) for town in towns]
    facts = [rolled(COUNTY, 1, owed=2, came=1), fact(TOWN, 1), fact(OTHER_TOWN, None)]
    given = {"units": (COUNTY, *towns), "indicators": [kind], "day": None}
    held = cells(targets, facts, as_of=date(YEAR, 7, 15), **given)
    county = at(held, COUNTY)
    assert (county.numerator, county.denominator, county.units_met) == (1, 2, 1)
    assert (county.state, county.days_behind, county.target_source) == ("behind", 15, "children")
    assert [at(held, town).state for town in towns] == ["done", "behind"]
    done = [rolled(COUNTY, 2, owed=2, came=2), fact(TOWN, 1), fact(OTHER_TOWN, 1)]
    assert at(cells(targets, done, as_of=date(YEAR, 7, 15), **given), COUNTY).state == "done"
    alone = cells([], facts[:1], units=(COUNTY,), indicators=[kind], as_of=date(YEAR, 7, 15), day=None)
    assert at(alone, COUNTY).state == "no_target"


def test_checklists_roll_up_item_by_item() -> None:
    kind = indicator(kind="checklist", level_reported="village")
    facts = [rolled(TOWN, 1, owed=3, came=3, numerator=30, denominator=45)]
    row = cell(
        [target(TOWN, None, kind="checklist")], facts, indicators=[kind], as_of=date(YEAR, 10, 31), day=None
    )
    assert (row.numerator, row.denominator, row.completion) == (30, 45, pytest.approx(2 / 3))
    assert (row.units_met, row.units_owed, row.state) == (1, 3, "behind")


def test_two_rows_of_one_cell_are_added_once() -> None:
    own = villages(1)[0]
    facts = [
        rolled(TOWN, None, owed=3, came=0, target_owed=300),
        rolled(TOWN, 50, owed=1, came=1, target_in=100, target_owed=100, plan_key=own),
    ]
    row = parent(None, *facts)
    assert (row.units_in, row.units_owed, row.actual, row.state) == (1, 4, 50, "unreported")


def test_what_another_issuer_asks_is_not_judged_on_the_countys_own_breakdown() -> None:
    """自治区2036人, 州3326人: with a township silent, 2100 have met the lower one; the higher is judged on those in."""
    held = cells(
        [
            target(COUNTY, 3326, issuer="州", is_breakdown=False),
            target(COUNTY, 2036, issuer="自治区", is_breakdown=False),
        ],
        [rolled(COUNTY, 2100, 16, 15, target_in=3000, target_owed=3326)],
        units=(COUNTY,),
    )
    principal, other = held.itertuples()
    assert (principal.issuer, principal.completion, principal.target_in) == ("州", 0.7, 3000)
    assert (other.issuer, other.state, str(other.target_in)) == ("自治区", "done", "<NA>")
    assert other.completion == pytest.approx(2100 / 2036)


def test_what_another_issuer_asks_is_not_judged_while_units_are_silent() -> None:
    held = cells(
        [
            target(COUNTY, 3326, issuer="州", is_breakdown=False),
            target(COUNTY, 2036, issuer="自治区", is_breakdown=False),
        ],
        [rolled(COUNTY, 1900, 16, 15, target_in=3000, target_owed=3326)],
        units=(COUNTY,),
    )
    assert list(held["state"]) == ["behind", "unreported"]
    assert list(held["why"]) == ["behind_by_gap", "not_comparable"]
