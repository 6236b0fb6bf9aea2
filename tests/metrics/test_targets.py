"""Which version of a target holds, which issuer's counts, and which plan goes with it (metrics.md 1, 3)."""

from datetime import UTC, date, datetime

import pytest

from metrics.curves import QUARTERS
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
    target,
)

SEPTEMBER = date(YEAR, 9, 30)
LATER = datetime(YEAR, 8, 1, tzinfo=UTC)
COUNTY_ISSUER = {"issuer": "县", "is_breakdown": True}
CITY_ISSUER = {"issuer": "市", "is_breakdown": False}


def test_two_issuers_stand_beneath_each_other_and_are_never_added() -> None:
    """2036 persons by the county, 3326 by the city: two rows, each judged."""
    held = cells([target(TOWN, 3326, **CITY_ISSUER), target(TOWN, 2036, **COUNTY_ISSUER)], [fact(TOWN, 2036)])
    assert list(held["target"]) == [2036, 3326]
    assert list(held["is_principal"]) == [True, False]
    assert list(held["state"]) == ["done", "behind"]
    assert list(held["issuer"]) == ["县", "市"]


@pytest.mark.parametrize(
    ("rows", "principal"),
    [
        ([target(TOWN, 90, **CITY_ISSUER, principal=True), target(TOWN, 80, **COUNTY_ISSUER)], 90),
        ([target(TOWN, 90, **CITY_ISSUER, principal=False), target(TOWN, 80, **COUNTY_ISSUER)], 80),
        ([target(TOWN, 90, **CITY_ISSUER), target(TOWN, 80, issuer="省", is_breakdown=False)], 90),
        ([target(TOWN, 80, issuer="省", is_breakdown=False), target(TOWN, 90, **CITY_ISSUER)], 90),
        ([target(TOWN, None, **CITY_ISSUER), target(TOWN, 0, issuer="省", is_breakdown=False)], 0),
    ],
)
def test_as_marked_else_the_breakdown_else_the_higher(rows: list[dict], principal: int) -> None:
    held = cells(rows, [fact(TOWN, 50)])
    assert list(held["is_principal"]) == [True, False]
    assert held["target"].iloc[0] == principal


def test_a_target_not_in_figures_comes_after_a_step_below_nothing() -> None:
    fall = target(TOWN, -200, issuer="市", is_breakdown=False, measured_from="base", kind="level", base=900)
    unsaid = target(TOWN, None, issuer="省", is_breakdown=False)
    kind = indicator(kind="level", accumulation="latest", lower_is_better=True)
    for rows in ([fall, unsaid], [unsaid, fall]):
        assert list(cells(rows, indicators=[kind])["issuer"]) == ["市", "省"]


ISSUERS = ("省", "市", "县", "部门")


def test_many_targets_of_several_issuers_keep_the_order_of_units_and_then_of_the_record() -> None:
    towns = [f"{COUNTY}{number}" for number in range(101, 141)]
    rows = [
        target(town, low, issuer=issuer, is_breakdown=issuer == "县")
        for town in towns
        for low, issuer in zip((40, 30, 20, 10), ISSUERS, strict=True)
    ]
    held = cells(rows, units=towns)
    assert list(held["unit"]) == [town for town in towns for _ in ISSUERS]
    assert list(held["issuer"]) == ["县", "省", "市", "部门"] * len(towns)
    assert list(held["is_principal"]) == [True, False, False, False] * len(towns)


def test_issuers_of_units_far_apart_are_not_taken_for_each_other() -> None:
    towns = [f"{COUNTY}{number}" for number in range(101, 108)]
    for one, other in ((0, 5), (0, 1), (1, 6), (2, 5)):
        for named in (ISSUERS[:2], ISSUERS[2:]):
            rows = [
                *(target(towns[other], 90, issuer=issuer, is_breakdown=False) for issuer in ISSUERS[:2]),
                *(target(towns[one], 80, issuer=issuer, is_breakdown=False) for issuer in named),
            ]
            held = cells(rows, units=towns)
            counted = held[held["target"].notna()].groupby("unit")["issuer"].agg(list)
            assert dict(counted) == {towns[one]: list(named), towns[other]: list(ISSUERS[:2])}


def test_of_versions_recorded_at_once_the_higher_number_holds() -> None:
    terms = {"change": "correct", "valid_from": date(YEAR, 6, 1)}
    versions = [target(TOWN, 120, id=7, **terms), target(TOWN, 130, id=5, **terms)]
    for rows in (versions, versions[::-1]):
        assert cell(rows, [fact(TOWN, 50)]).target == 120


def test_equal_targets_of_two_issuers_have_one_principal_the_first_set() -> None:
    held = cells([target(TOWN, 90, **CITY_ISSUER), target(TOWN, 90, issuer="省", is_breakdown=False)])
    assert list(held["issuer"]) == ["市", "省"]
    assert held["is_principal"].sum() == 1


def test_a_target_is_not_in_force_before_its_day() -> None:
    later = target(TOWN, 100, valid_from=date(YEAR, 11, 1))
    assert cell([later], [fact(TOWN, 50)]).state == "no_target"
    assert cell([later | {"valid_from": date(YEAR, 10, 31)}], [fact(TOWN, 50)]).target == 100


def test_the_latest_version_of_an_issuer_holds() -> None:
    versions = [
        target(TOWN, 100),
        target(TOWN, 120, change="correct", valid_from=date(YEAR, 6, 1)),
        target(TOWN, 130, change="correct", valid_from=date(YEAR, 6, 1), recorded_at=LATER),
        target(TOWN, 999, valid_from=date(YEAR, 12, 1)),
    ]
    assert list(cells(versions, [fact(TOWN, 50)])["target"]) == [130]
    assert list(cells(versions, [fact(TOWN, 50)], day=date(YEAR, 5, 31))["target"]) == [100]


def test_a_raised_target_plans_its_addition_over_the_rest_of_the_year() -> None:
    versions = [target(TOWN, 100), target(TOWN, 150, change="raise", valid_from=date(YEAR, 8, 31))]
    row = cell(versions, [fact(TOWN, 87)], day=SEPTEMBER)
    assert row.planned == pytest.approx(87.5 / 150)
    assert row.planned == pytest.approx(0.583, abs=5e-4)
    assert row.target == 150
    assert row.days_behind == 0 or row.gap < 0
    before = cell(versions, [fact(TOWN, 50)], day=date(YEAR, 7, 31))
    assert (before.target, before.planned) == (100, pytest.approx(7 / 12))


@pytest.mark.parametrize("change", ["lower", "correct", "set"])
def test_a_lowered_or_corrected_target_counts_from_the_start_of_the_year(change: str) -> None:
    for low in (80, 150):
        versions = [target(TOWN, 100), target(TOWN, low, change=change, valid_from=date(YEAR, 8, 31))]
        row = cell(versions, [fact(TOWN, 60)], day=SEPTEMBER)
        assert (row.target, row.planned) == (low, pytest.approx(0.75))


def test_a_raise_that_lowers_or_begins_a_chain_counts_from_the_start() -> None:
    down = [target(TOWN, 100), target(TOWN, 90, change="raise", valid_from=date(YEAR, 8, 31))]
    assert cell(down, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(0.75)
    alone = [
        target(TOWN, 150, change="raise", valid_from=date(YEAR, 8, 31)),
        target(TOWN, 1, **CITY_ISSUER),
    ]
    assert cell(alone, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(0.75)


def test_what_is_raised_from_nothing_is_planned_over_the_rest_of_the_year() -> None:
    """Nothing asked before the end of August and 50 from then on: a quarter of them by the end of September."""
    versions = [target(TOWN, 0), target(TOWN, 50, change="raise", valid_from=date(YEAR, 8, 31))]
    row = cell(versions, [fact(TOWN, 12)], day=SEPTEMBER)
    assert (row.target, row.planned) == (50, pytest.approx(0.25))
    assert cell(versions, [fact(TOWN, 0)], day=date(YEAR, 8, 31)).planned == 0.0
    # Without a figure before, nothing says how much of it is an addition.
    unsaid = [versions[0] | {"low": None}, versions[1]]
    assert cell(unsaid, [fact(TOWN, 12)], day=SEPTEMBER).planned == pytest.approx(0.75)
    never = [target(TOWN, None), target(TOWN, None, change="raise", valid_from=date(YEAR, 8, 31))]
    assert cell(never, [fact(TOWN, 12)], day=SEPTEMBER).state == cell(never[:1], [fact(TOWN, 12)]).state


@pytest.mark.parametrize(
    "later",
    [
        {"change": "set", "valid_from": date(YEAR, 8, 31), "document": "云发〔2026〕9号"},
        {"change": "set", "valid_from": date(YEAR, 9, 15), "document": "云发〔2026〕9号"},
        {"change": "raise", "valid_from": date(YEAR, 9, 15), "comparator": "range", "high": 300},
        {"change": "correct", "valid_from": date(YEAR, 9, 15), "comparator": "range", "high": 300},
    ],
)
def test_a_later_version_of_the_same_amount_leaves_the_raise_as_it_was(later: dict) -> None:
    versions = [
        target(TOWN, 100),
        target(TOWN, 150, change="raise", valid_from=date(YEAR, 8, 31)),
        target(TOWN, 150, recorded_at=LATER, **later),
    ]
    assert cell(versions, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(87.5 / 150)


def test_a_raise_corrected_on_its_own_day_was_an_error_from_the_start() -> None:
    terms = {"valid_from": date(YEAR, 8, 31)}
    versions = [target(TOWN, 100), target(TOWN, 150, change="raise", **terms)]
    versions.append(target(TOWN, 150, change="correct", recorded_at=LATER, **terms))
    assert cell(versions, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(0.75)


def test_no_task_and_then_one_is_planned_over_the_rest_of_the_year() -> None:
    versions = [
        target(TOWN, None, no_task=True),
        target(TOWN, 50, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    assert cell(versions, [fact(TOWN, 12)], day=SEPTEMBER).planned == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("base", "kept", "asked", "comparator"), [(8500, 8400, 9500, ">="), (2000, 2100, 1000, "<=")]
)
def test_a_level_kept_already_and_then_raised_is_all_addition(
    base: int, kept: int, asked: int, comparator: str
) -> None:
    kind = indicator(kind="level", accumulation="latest", measure="%", scale=2)
    terms = {"kind": "level", "base": base, "comparator": comparator}
    versions = [
        target(TOWN, kept, **terms),
        target(TOWN, asked, **terms, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    row = cell(versions, [fact(TOWN, base)], indicators=[kind], day=SEPTEMBER)
    assert (row.completion, row.planned) == (0.0, pytest.approx(0.25))
    # Called a raise, but asking for less: it counts from the start of the year.
    back = [*versions, target(TOWN, asked, **terms, issuer="市")]
    back[0], back[1] = target(TOWN, asked, **terms), versions[1] | {"low": (base + asked) // 2}
    row = cells(back, [fact(TOWN, base)], indicators=[kind], day=SEPTEMBER).query("issuer == '县'").iloc[0]
    assert row.planned == pytest.approx(0.75)


def test_the_higher_of_two_is_found_with_the_base_of_a_step() -> None:
    kind = indicator(kind="level", accumulation="latest", measure="%", scale=2)
    terms = {"kind": "level", "base": 8500, "is_breakdown": False}
    step = target(TOWN, 800, issuer="市", measured_from="base", **terms)
    level = target(TOWN, 9000, issuer="省", **terms)
    for rows in ([step, level], [level, step]):
        assert list(cells(rows, [fact(TOWN, 8600)], indicators=[kind])["issuer"]) == ["市", "省"]


def test_what_was_raised_before_the_year_is_planned_from_its_first_day() -> None:
    versions = [
        target(TOWN, 100, valid_from=date(YEAR - 1, 6, 1)),
        target(TOWN, 150, change="raise", valid_from=date(YEAR - 1, 12, 1)),
    ]
    assert cell(versions, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(0.75, abs=1e-9)


def test_a_raise_mended_on_its_own_day_raises_by_the_mended_amount() -> None:
    versions = [
        target(TOWN, 100),
        target(TOWN, 999, change="raise", valid_from=date(YEAR, 8, 31)),
        target(TOWN, 150, change="raise", valid_from=date(YEAR, 8, 31), recorded_at=LATER),
    ]
    assert cell(versions, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(87.5 / 150)


def test_a_raise_after_a_correction_adds_to_the_corrected() -> None:
    versions = [
        target(TOWN, None),
        target(TOWN, 60, valid_from=date(YEAR, 2, 1)),
        target(TOWN, 100, change="correct", valid_from=date(YEAR, 3, 1)),
        target(TOWN, 150, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    assert cell(versions, [fact(TOWN, 60)], day=SEPTEMBER).planned == pytest.approx(87.5 / 150)


def test_only_the_issuer_that_raised_plans_an_addition() -> None:
    rows = [
        target(TOWN, 100, **COUNTY_ISSUER),
        target(TOWN, 100, **CITY_ISSUER),
        target(TOWN, 150, **CITY_ISSUER, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    held = cells(rows, [fact(TOWN, 60)], day=SEPTEMBER)
    assert list(held["planned"]) == [pytest.approx(0.75), pytest.approx(87.5 / 150)]


def test_equal_raises_share_a_plan() -> None:
    rows = [
        row
        for town in (TOWN, OTHER_TOWN)
        for row in (target(town, 100), target(town, 150, change="raise", valid_from=date(YEAR, 8, 31)))
    ]
    held = cells(rows, [fact(TOWN, 60)], units=(TOWN, OTHER_TOWN), day=SEPTEMBER)
    assert list(held["planned"]) == [pytest.approx(87.5 / 150)] * 2


def test_a_level_raised_in_mid_year_plans_its_addition_too() -> None:
    kind = indicator(kind="level", accumulation="latest", measure="%", scale=2)
    terms = {"kind": "level", "base": 5000}
    rows = [
        target(TOWN, 6000, **terms),
        target(TOWN, 6500, **terms, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    row = cell(rows, [fact(TOWN, 5600)], indicators=[kind], day=SEPTEMBER)
    assert row.planned == pytest.approx(875 / 1500)
    assert row.completion == pytest.approx(0.4)


def test_a_falling_level_is_raised_by_asking_for_more_of_a_fall() -> None:
    kind = indicator(kind="level", accumulation="latest", measure="%", scale=2, lower_is_better=True)
    terms = {"kind": "level", "base": 2000, "comparator": "<="}
    rows = [
        target(TOWN, 1000, **terms),
        target(TOWN, 500, **terms, change="raise", valid_from=date(YEAR, 8, 31)),
    ]
    row = cell(rows, [fact(TOWN, 1400)], indicators=[kind], day=SEPTEMBER)
    assert row.planned == pytest.approx(875 / 1500)
    assert row.completion == pytest.approx(0.4)


def test_the_units_own_curve_then_the_indicators_then_the_countys_then_ours() -> None:
    late = curve([("06-30", 0.2), ("12-31", 1.0)], name="own", indicator="a", unit=TOWN)
    mid = curve(QUARTERS.points, name="of the indicator", indicator="a")
    county = curve([("12-31", 1.0)], name="of the county")
    day = date(YEAR, 6, 30)
    assert [
        cell([target(TOWN, 10)], [fact(TOWN, 1)], curves=held, day=day).curve
        for held in ([late, mid, county], [mid, county], [county], [])
    ] == ["own", "of the indicator", "of the county", "按月均衡"]
    both = cells(
        [target(TOWN, 10), target(OTHER_TOWN, 10)],
        curves=[county, mid, late],
        units=(TOWN, OTHER_TOWN),
        day=day,
    )
    assert [at(both, town).curve for town in (TOWN, OTHER_TOWN)] == ["own", "of the indicator"]
    assert list(both["curve_id"]) == [3, 2]


def test_curves_are_versioned_by_day_and_then_by_what_was_known() -> None:
    curves = [
        curve([("12-31", 1.0)], name="first", indicator="a"),
        curve(QUARTERS.points, name="second", indicator="a", valid_from=date(YEAR, 7, 1)),
        curve(QUARTERS.points, name="mended", indicator="a", valid_from=date(YEAR, 7, 1), recorded_at=LATER),
    ]
    names = [
        cell([target(TOWN, 10)], [fact(TOWN, 1)], curves=curves, day=day).curve
        for day in (date(YEAR, 6, 30), date(YEAR, 7, 31))
    ]
    assert names == ["first", "mended"]


def test_dated_curves_hold_for_their_year_only_and_strangers_are_passed_over() -> None:
    curves = [
        curve([["2025-06-30", 0.9], ["2025-12-31", 1.0]], indicator="a", name="last year"),
        curve([["2026-06-30", 0.9], ["2026-12-31", 1.0]], indicator="a", name="this year"),
        curve([["2026-12-31", 1.0]], indicator="z", name="another indicator"),
        curve([["2026-12-31", 1.0]], indicator="a", unit="990521999", name="another unit"),
    ]
    for held in (curves, curves[::-1]):
        row = cell([target(TOWN, 10)], [fact(TOWN, 1)], curves=held, day=date(YEAR, 6, 30))
        assert (row.curve, row.planned) == ("this year", 0.9)


def test_points_may_come_as_the_database_keeps_them() -> None:
    held = [curve('[["06-30", 0.9], ["12-31", 1.0]]')]
    assert cell([target(TOWN, 10)], [fact(TOWN, 1)], curves=held, day=date(YEAR, 6, 30)).planned == 0.9


def test_the_target_as_the_document_writes_it() -> None:
    row = cell(
        [
            target(
                TOWN,
                100,
                high=200,
                comparator="range",
                force="strive",
                document="云发〔2026〕5号",
                text="100—200户",
            )
        ],
        [fact(TOWN, 60)],
    )
    assert (row.low, row.high, row.comparator, row.force) == (100, 200, "range", "strive")
    assert (row.document, row.text, row.deadline) == ("云发〔2026〕5号", "100—200户", date(YEAR, 12, 31))
