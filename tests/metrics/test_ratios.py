"""Ratios of a unit that reports itself: exact by their parts, rounded for print only."""

import pytest

from tests.metrics.boards import one

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
