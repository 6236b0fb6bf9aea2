"""What the parts of a ratio say: how many are still missing, and who is below the minimum beside the mean."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.shortfall import share_of_shortfall
from tests.metrics.boards import OTHER_TOWN, TOWN, at, cell, cells, fact, indicator, part, rolled, target

SHARE = {"measure": "%", "scale": 2, "accumulation": "latest", "is_ratio": True}
MEAN = {"measure": "名", "scale": 2, "accumulation": "latest", "is_ratio": True, "level_reported": "village"}


def share(low: int, met: int, of: int, comparator: str = ">=", **more: Any) -> Any:
    return cell(
        [target(TOWN, low, kind="keep", comparator=comparator, **more)],
        [fact(TOWN, None, numerator=met, denominator=of)],
        indicators=[indicator(kind="keep", **SHARE)],
    )


@pytest.mark.parametrize(
    ("low", "met", "of", "missing"),
    [
        (10_000, 1488, 1500, 12),
        (10_000, 1500, 1500, 0),
        (9800, 1460, 1500, 10),
        (9800, 1470, 1500, 0),
        (9800, 97, 99, 1),
        (9800, 99, 99, 0),
    ],
)
def test_how_many_are_still_missing(low: int, met: int, of: int, missing: int) -> None:
    """全覆盖 of 1500 households with 1488 in: 尚差12户; 98 % of 99 is 97.02, so 98 are needed."""
    row = share(low, met, of)
    assert row.lacking == missing
    assert row.kept == (missing == 0)


@pytest.mark.parametrize(
    ("comparator", "met", "of", "short"),
    [(">=", 16, 20, 3.0), (">=", 160, 200, 30.0), (">=", 196, 200, 0.0), ("<=", 196, 200, 6.0)],
)
def test_what_a_ratio_is_short_is_counted_in_its_parts(
    comparator: str, met: int, of: int, short: float
) -> None:
    """95 % of 20 households are 19; where less is better those too many are counted."""
    assert share(9500, met, of, comparator).shortfall == pytest.approx(short)


def test_points_of_different_wholes_are_not_added() -> None:
    """Three points of a thousand persons outweigh fifteen of twenty; without a denominator there is no share."""
    held = cells(
        [target(unit, 9500, kind="keep") for unit in (TOWN, OTHER_TOWN)],
        [
            fact(TOWN, None, numerator=920, denominator=1000),
            fact(OTHER_TOWN, None, numerator=16, denominator=20),
        ],
        units=(TOWN, OTHER_TOWN),
        indicators=[indicator(kind="keep", **SHARE)],
    )
    shares = dict(zip(held["unit"], share_of_shortfall(held), strict=True))
    assert (shares[TOWN], shares[OTHER_TOWN]) == (pytest.approx(30 / 33), pytest.approx(3 / 33))
    bare = cell([target(TOWN, 9500, kind="keep")], [fact(TOWN, 9000)], indicators=[indicator(**SHARE)])
    assert bare.kept is False or not bare.kept
    assert str(bare.shortfall) == "nan"


def test_more_than_a_share_needs_one_more() -> None:
    assert share(9800, 98, 100, ">").lacking == 1
    assert share(9800, 98, 100, ">=").lacking == 0


def test_nothing_is_missing_where_less_is_better_or_nothing_is_known() -> None:
    assert str(share(200, 30, 1500, "<=").lacking) == "<NA>"
    silent = cell(
        [target(TOWN, 10_000, kind="keep")], [fact(TOWN, None)], indicators=[indicator(kind="keep", **SHARE)]
    )
    assert str(silent.lacking) == "<NA>"


@settings(max_examples=25)
@given(st.integers(1, 10_000), st.integers(0, 500), st.integers(1, 500), st.sampled_from((">=", ">")))
def test_with_what_is_missing_the_target_is_met_and_with_one_less_it_is_not(
    low: int, met: int, of: int, comparator: str
) -> None:
    missing = share(low, met, of, comparator).lacking
    assert share(low, met + missing, of, comparator).kept
    assert not missing or not share(low, met + missing - 1, of, comparator).kept


def hospitals(minimum: int | None, counts: list[tuple[int, int]]) -> Any:
    """General practitioners of townships' hospitals: 每所平均3名以上，最少2名."""
    parts = [
        part(TOWN, number, numerator=doctors, denominator=places)
        for number, (doctors, places) in enumerate(counts)
    ]
    doctors, places = sum(one for one, _ in counts), sum(one for _, one in counts)
    whole = rolled(TOWN, None, len(counts), len(counts), numerator=doctors, denominator=places)
    return cell(
        [target(TOWN, 300, kind="keep", minimum=minimum)],
        [whole],
        indicators=[indicator(kind="keep", **MEAN)],
        parts=parts,
    )


def test_the_mean_is_judged_and_the_minimum_marked() -> None:
    """Means of 5, 3 and 1.5 make 3.2 in all: the mean is kept, one unit is below two."""
    row = hospitals(200, [(5, 1), (6, 2), (3, 2), (5, 1)])
    assert (row.actual, row.kept, row.state) == (317, True, "on_plan")
    assert (row.below_minimum, row.lowest, row.minimum) == (1, 150, 200)


def test_exactly_the_minimum_is_not_below_it() -> None:
    assert hospitals(150, [(5, 1), (3, 2)]).below_minimum == 0
    assert hospitals(151, [(5, 1), (3, 2)]).below_minimum == 1


def test_without_a_minimum_nothing_is_said_of_it() -> None:
    row = hospitals(None, [(5, 1), (3, 2)])
    assert [str(held) for held in (row.below_minimum, row.lowest, row.minimum)] == ["<NA>"] * 3


def test_a_mean_misses_nobody() -> None:
    """Doctors for each hospital: what is missing of a share is counted, of a mean it is not."""
    assert str(hospitals(None, [(1, 1), (3, 2)]).lacking) == "<NA>"


def test_of_several_units_one_without_parts_says_nothing_and_the_others_do() -> None:
    held = cells(
        [target(code, 300, kind="keep", minimum=200) for code in (TOWN, OTHER_TOWN)],
        [rolled(code, None, 2, 2, numerator=9, denominator=3) for code in (TOWN, OTHER_TOWN)],
        units=(TOWN, OTHER_TOWN),
        indicators=[indicator(kind="keep", **MEAN)],
        parts=[part(OTHER_TOWN, 1, numerator=1, denominator=1)],
    )
    assert str(at(held, TOWN).below_minimum) == "<NA>"
    assert (at(held, OTHER_TOWN).below_minimum, at(held, OTHER_TOWN).lowest) == (1, 100)


def test_a_part_without_its_other_half_is_no_figure() -> None:
    """Nothing to divide, or nothing to divide by."""
    row = cell(
        [target(TOWN, 300, kind="keep", minimum=200)],
        [rolled(TOWN, None, 4, 4, numerator=12, denominator=4)],
        indicators=[indicator(kind="keep", **MEAN)],
        parts=[
            part(TOWN, 1, numerator=1),
            part(TOWN, 2, denominator=1),
            part(TOWN, 3, numerator=1, denominator=0),
            part(TOWN, 4, numerator=7, denominator=2),
        ],
    )
    assert (row.below_minimum, row.lowest) == (0, 350)


def test_parts_that_nobody_read_say_nothing() -> None:
    row = cell(
        [target(TOWN, 300, kind="keep", minimum=200)],
        [rolled(TOWN, None, 3, 3, numerator=9, denominator=3)],
        indicators=[indicator(kind="keep", **MEAN)],
    )
    assert (row.kept, str(row.below_minimum)) == (True, "<NA>")


def test_a_unit_that_reports_itself_is_its_own_minimum() -> None:
    held = cells(
        [target(code, 300, kind="keep", minimum=200) for code in (TOWN, OTHER_TOWN)],
        [fact(TOWN, None, numerator=3, denominator=2), fact(OTHER_TOWN, 400)],
        units=(TOWN, OTHER_TOWN),
        indicators=[indicator(kind="keep", **MEAN | {"level_reported": "township"})],
    )
    assert (at(held, TOWN).below_minimum, at(held, OTHER_TOWN).below_minimum) == (1, 0)
    assert (at(held, TOWN).actual, at(held, OTHER_TOWN).actual) == (150, 400)


def test_a_count_has_no_parts_to_print() -> None:
    row = cell([target(TOWN, 300)], [fact(TOWN, 100, numerator=7, denominator=9)])
    assert (row.actual, str(row.numerator), str(row.denominator)) == (100, "<NA>", "<NA>")


def test_who_was_given_no_target_has_no_deadline() -> None:
    held = cells([target(TOWN, 300)], [fact(TOWN, 100), fact(OTHER_TOWN, 5)], units=(TOWN, OTHER_TOWN))
    assert at(held, TOWN).deadline is not None and at(held, OTHER_TOWN).deadline is None


def test_figures_of_another_unit_or_without_a_number_are_not_counted() -> None:
    row = cell(
        [target(TOWN, 300, kind="keep", minimum=200)],
        [rolled(TOWN, None, 3, 3, numerator=9, denominator=3)],
        indicators=[indicator(kind="keep", **MEAN)],
        parts=[
            part(OTHER_TOWN, 1, value=100),
            part(TOWN, 1),
            part(TOWN, 2, value=100),
            part(TOWN, 3, value=400),
        ],
    )
    assert (row.below_minimum, row.lowest) == (1, 100)
