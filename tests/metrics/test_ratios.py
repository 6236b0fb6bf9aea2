"""Ratios of a unit that reports itself: exact by their parts, rounded for print only."""

from datetime import date

import pytest

from tests.metrics.boards import COUNTY, OTHER_TOWN, TOWN, YEAR, cell, cells, indicator, one, rolled, target

PERCENT = {"measure": "%", "scale": 2, "accumulation": "latest", "is_ratio": False}


@pytest.mark.parametrize(
    ("numerator", "denominator", "state"),
    [(9799, 10000, "on_plan"), (9499, 10000, "behind"), (19, 20, "on_plan")],
)
def test_a_ratio_is_its_parts(numerator: int, denominator: int, state: str) -> None:
    settings = PERCENT | {"is_ratio": True}
    parts = {"numerator": numerator, "denominator": denominator}
    row = one(9500, None, {"kind": "keep"}, indicator=settings, fact=parts)
    assert row.state == state
    assert row.actual_ratio == numerator / denominator
    assert row.actual == round(numerator / denominator * 10000)


def test_a_ratio_is_compared_exactly_and_rounded_for_print_only() -> None:
    settings = PERCENT | {"is_ratio": True}
    parts = {"numerator": 2_849_999, "denominator": 3_000_000}  # 94.99997 %
    row = one(9500, None, {"kind": "keep"}, indicator=settings, fact=parts)
    assert (row.actual, row.kept) == (9500, False)


def test_a_ratio_given_as_a_percentage_only_is_judged_at_its_own_level() -> None:
    settings = PERCENT | {"is_ratio": True}
    assert one(9500, 9600, {"kind": "keep"}, indicator=settings).actual_ratio == pytest.approx(0.96)


def test_a_ratio_of_nobody_is_not_a_ratio_of_zero() -> None:
    settings = PERCENT | {"is_ratio": True}
    row = one(9500, None, {"kind": "keep"}, indicator=settings, fact={"numerator": 0, "denominator": 0})
    assert (row.state, row.why) == ("unquantified", "zero_denominator")


def test_permille_and_plain_ratios_have_their_own_size() -> None:
    permille = PERCENT | {"measure": "‰", "is_ratio": True}
    parts = {"numerator": 5, "denominator": 1000}
    assert one(400, None, {"kind": "keep"}, indicator=permille, fact=parts).actual == 500
    each = {"measure": "元/户", "scale": 2, "is_ratio": True, "accumulation": "latest"}
    row = one(900_000, None, {"kind": "keep"}, indicator=each, fact={"numerator": 27_000, "denominator": 3})
    assert (row.actual, row.actual_ratio) == (900_000, 9000.0)


def test_a_share_kept_in_a_range_has_two_sides() -> None:
    """Parts are compared with the ends exactly, whatever they are parts of."""
    shares = {
        n: one(
            9000,
            None,
            {"kind": "keep", "comparator": "range", "high": 9500},
            indicator={"measure": "%", "scale": 2, "is_ratio": True},
            fact={"numerator": n, "denominator": 200},
        ).kept
        for n in (179, 180, 190, 191)
    }
    assert shares == {179: False, 180: True, 190: True, 191: False}


@pytest.mark.parametrize(("waiting", "state"), [(2, "unreported"), (3, "awaiting")])
def test_a_share_waits_only_where_those_waiting_would_bring_it_over_the_gate(
    waiting: int, state: str
) -> None:
    """Four fifths of eight units are seven."""
    known = [
        indicator(**PERCENT | {"is_ratio": True, "kind": "keep", "level_reported": "village"}),
    ]
    parts = {"numerator": 360, "denominator": 400, "units_waiting": waiting}
    row = cell([target(TOWN, 9000, kind="keep")], [rolled(TOWN, None, 8, 4, **parts)], indicators=known)
    assert row.state == state


@pytest.mark.parametrize("kind", ["milestone", "checklist", "qualitative"])
def test_days_lists_and_words_are_no_sums_of_targets_below(kind: str) -> None:
    """Neither what the units below were given nor the part of those that are in stands beside them."""
    units = (COUNTY, TOWN, OTHER_TOWN)
    given = [(2, 5, 2), (1, 3, 1), (1, 2, 1)]
    held = cells(
        [
            target(unit, low, kind=kind, text="通过验收")
            for unit, low in zip(units, (None, 3, 4), strict=True)
        ],
        [
            rolled(unit, done, owed, came, target_in=came, target_owed=owed)
            for unit, (done, owed, came) in zip(units, given, strict=True)
        ],
        units=units,
        indicators=[indicator(kind=kind, is_whole=True, level_reported="village")],
        day=date(YEAR, 6, 30),
    )
    assert held["children_target"].isna().all() and held["target_in"].isna().all()
    assert held["actual_in"].isna().all()


def test_a_share_that_nobody_reported_is_not_reported_whatever_stands_in_its_parts() -> None:
    settings = PERCENT | {"is_ratio": True}
    assert one(9000, None, {"kind": "keep"}, indicator=settings).why == "no_report"
    empty = {"numerator": 0, "denominator": 0, "units_in": 0, "units_reported": 0}
    assert one(9000, None, {"kind": "keep"}, indicator=settings, fact=empty).why == "no_report"
