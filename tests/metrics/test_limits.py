"""Thresholds of their own: the most specific decides alone, in points, in days or as completion ÷ plan."""

from datetime import date
from math import inf
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.figures import gap_text
from metrics.judge import judge
from metrics.limits import Limits
from metrics.rules import DEFAULT_CONTENT, parse_rules
from tests.metrics.boards import (
    COUNTY,
    TOWN,
    at,
    board,
    cell,
    cells,
    curve,
    fact,
    indicator,
    one,
    rule,
    target,
)

# Straight by month: 31 October plans 10/12 of the year.
TARGET = 1200


def ruled(**sections: Any) -> list[dict[str, Any]]:
    return [rule({**DEFAULT_CONTENT, **sections})]


def township(done: int, thresholds: dict[str, Any], **given_: Any) -> Any:
    return cell([target(TOWN, TARGET)], [fact(TOWN, done)], rules=ruled(thresholds=thresholds), **given_)


def points(behind: float, far: float) -> dict[str, Any]:
    return {"points": {"behind": behind, "far_behind": far}}


def days(behind: int, far: int) -> dict[str, Any]:
    return {"days": {"behind_from": behind, "far_behind_over": far}}


def ratio(behind: float, far: float) -> dict[str, Any]:
    return {"ratio_percent": {"behind": behind, "far_behind": far}}


@pytest.mark.parametrize(
    ("done", "state", "why"),
    [
        (1000, "on_plan", "on_plan"),
        (999, "slightly_behind", "slightly_by_gap"),
        (901, "slightly_behind", "slightly_by_gap"),
        (900, "behind", "behind_by_ratio"),
        (700, "behind", "behind_by_ratio"),
        (699, "far_behind", "far_by_ratio"),
    ],
)
def test_completion_over_plan_has_its_edges_inside_behind(done: int, state: str, why: str) -> None:
    row = township(done, {"all": ratio(90, 70)})
    assert (row.state, row.why) == (state, why)


def test_where_the_plan_asks_for_nothing_yet_the_points_decide() -> None:
    """A level that moved the wrong way before its plan begins has no ratio."""
    late = [curve([("10-31", 0.0), ("12-31", 1.0)])]
    terms = {"kind": "level", "base": 100}
    for amount, state in ((95, "slightly_behind"), (80, "behind"), (60, "far_behind")):
        row = cell(
            [target(TOWN, 200, **terms)],
            [fact(TOWN, amount)],
            indicators=[indicator(kind="level")],
            curves=late,
            rules=ruled(thresholds={"all": ratio(90, 70)}),
        )
        assert (row.planned, row.state) == (0, state)


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ({}, "slightly_behind"),
        ({"level": {"township": points(-5, -50)}}, "behind"),
        ({"level": {"village": points(-5, -50)}}, "slightly_behind"),
        ({"level": {"township": points(-5, -50)}, "kind": {"乡": points(-9, -50)}}, "slightly_behind"),
        ({"kind": {"乡": points(-9, -50)}, "tag": {"山区": points(-1, -2)}}, "far_behind"),
        ({"tag": {"近郊": points(-1, -2)}}, "slightly_behind"),
        # Of several tags the strictest counts, whatever each is measured in.
        ({"tag": {"山区": points(-50, -60), "老区": points(-5, -50)}}, "behind"),
        ({"tag": {"山区": days(200, 300), "老区": points(-5, -50)}}, "behind"),
        ({"tag": {"山区": ratio(1, 0), "老区": points(-5, -50)}}, "behind"),
        ({"tag": {"山区": ratio(99, 95), "老区": points(-50, -60)}}, "far_behind"),
        ({"tag": {"山区": ratio(1, 0), "老区": ratio(99, 1)}}, "behind"),
        ({"tag": {"山区": points(-1, -2)}, "indicator": {"a": points(-20, -40)}}, "slightly_behind"),
        ({"indicator": {"b": points(-1, -2)}}, "slightly_behind"),
        ({"all": ratio(95, 1), "indicator": {"a": points(-20, -40)}}, "slightly_behind"),
    ],
)
def test_indicator_before_tag_before_kind_before_level_before_all(
    scopes: dict[str, Any], expected: str
) -> None:
    held = board([target(TOWN, TARGET)], [fact(TOWN, 1000 - 96)], rules=ruled(thresholds=scopes))
    units = held.units.assign(kind="乡", tags=[("老区", "山区")])
    (row,) = judge(type(held)(**{**held.__dict__, "units": units})).itertuples()
    assert row.state == expected


@pytest.mark.parametrize(
    ("done", "state"), [(1000, "on_plan"), (950, "slightly_behind"), (900, "behind"), (600, "far_behind")]
)
def test_in_days_the_gap_decides_nothing_but_that_it_is_behind(done: int, state: str) -> None:
    """50 are half a month: 950 is 15 days behind, 900 a whole month, 600 more than a hundred days."""
    assert township(done, {"indicator": {"a": days(20, 100)}}).state == state


def test_days_of_their_own_hold_for_steps_too_and_other_measures_leave_steps_alone() -> None:
    steps = [curve([("09-30", 0.5), ("12-31", 1.0)], "step")]
    given_ = {"curves": steps, "day": date(2026, 10, 31)}
    assert township(100, {}, **given_).state == "far_behind"
    assert township(100, {"all": days(40, 60)}, **given_).state == "slightly_behind"
    assert township(100, {"all": ratio(1, 0)}, **given_).state == "far_behind"
    assert township(100, {"indicator": {"a": points(-90, -95)}}, **given_).state == "far_behind"


def test_different_indicators_and_levels_have_their_own_on_one_board() -> None:
    scopes = {"level": {"county": points(-1, -2)}, "indicator": {"b": ratio(99, 98)}}
    units = (COUNTY, TOWN)
    held = cells(
        [target(unit, TARGET, code) for unit in units for code in "ab"],
        [fact(unit, 960, code) for unit in units for code in "ab"],
        units=units,
        indicators=[indicator("a"), indicator("b")],
        rules=ruled(thresholds=scopes),
    )
    states = {(unit, code): at(held, unit, code).state for unit in units for code in "ab"}
    assert states == {
        (COUNTY, "a"): "far_behind",
        (TOWN, "a"): "slightly_behind",
        (COUNTY, "b"): "far_behind",
        (TOWN, "b"): "far_behind",
    }


CLAUSE = {"clauses": {"not_begun": True, "unexplained_periods": None}}


@pytest.mark.parametrize("is_first", [True, False])
def test_thresholds_of_a_document_hold_for_the_figures_of_its_own_days(is_first: bool) -> None:
    """One indicator stands at the end of September, one at that of October; a document begins in between."""
    of_town = DEFAULT_CONTENT | {"thresholds": {"level": {"township": points(-2, -4)}}}
    contents = (of_town, DEFAULT_CONTENT) if is_first else (DEFAULT_CONTENT, of_town)
    rules = [rule(contents[0]), rule(contents[1], valid_from=date(2026, 10, 15))]
    held = cells(
        # Five points short of three quarters, and of ten twelfths.
        [target(TOWN, TARGET), target(TOWN, TARGET, "b")],
        [fact(TOWN, 840), fact(TOWN, 940, "b")],
        indicators=[indicator(), indicator("b")],
        days={"a": date(2026, 9, 30), "b": date(2026, 10, 31)},
        as_of=date(2026, 10, 31),
        rules=rules,
    )
    found = [at(held, TOWN, code).state for code in ("a", "b")]
    assert found == (["far_behind", "slightly_behind"] if is_first else ["slightly_behind", "far_behind"])


@pytest.mark.parametrize(
    ("done", "day", "state"),
    [
        (0, date(2026, 9, 30), "not_due"),
        (0, date(2026, 10, 31), "behind"),
        (1, date(2026, 10, 31), "slightly_behind"),
        (0, date(2026, 11, 30), "far_behind"),
    ],
)
def test_what_was_not_begun_in_its_planned_month_is_behind(done: int, day: date, state: str) -> None:
    late = [curve([("09-30", 0.0), ("10-31", 0.05), ("11-30", 0.5), ("12-31", 1.0)])]
    given_ = {"curves": late, "day": day}
    row = cell([target(TOWN, TARGET)], [fact(TOWN, done)], rules=ruled(**CLAUSE), **given_)
    assert row.state == state
    assert (row.why == "not_begun") == (state == "behind")
    plain = cell([target(TOWN, TARGET)], [fact(TOWN, 0)], rules=ruled(), curves=late, day=date(2026, 10, 31))
    assert plain.state == "slightly_behind"


def test_a_level_at_its_base_and_an_empty_checklist_are_not_begun_either() -> None:
    late = [curve([("09-30", 0.0), ("10-31", 0.05), ("11-30", 0.5), ("12-31", 1.0)])]
    asked = {"curves": late, "rules": ruled(**CLAUSE)}
    level = one(200, 100, {"kind": "level", "base": 100}, day=date(2026, 10, 31), **asked)
    assert (level.state, level.why) == ("behind", "not_begun")
    empty = {"indicator": {"is_whole": True}, "fact": {"numerator": 0, "denominator": 40}, "day": None}
    listed = one(None, None, {"kind": "checklist"}, as_of=date(2026, 10, 31), **empty, **asked)
    assert (listed.state, listed.why) == ("behind", "not_begun")
    before = one(None, None, {"kind": "checklist"}, as_of=date(2026, 9, 30), **empty, **asked)
    assert (before.state, before.why) == ("not_due", "nothing_planned")


def test_in_the_middle_of_january_nothing_had_to_be_begun() -> None:
    row = one(100, 0, day=date(2026, 1, 15), rules=ruled(**CLAUSE))
    assert (row.state, row.why) == ("slightly_behind", "slightly_by_gap")


def test_before_its_first_month_has_ended_nothing_is_late_to_begin() -> None:
    begins = [curve([("09-30", 0.0), ("12-31", 1.0)])]
    checks = [indicator(kind="checklist", level_reported="village")]
    village = f"{TOWN}001"
    for as_of, state in ((date(2026, 10, 2), "slightly_behind"), (date(2026, 10, 31), "far_behind")):
        row = cell(
            [target(village, 100, kind="checklist")],
            [fact(village, 0, numerator=0, denominator=100)],
            units=(village,),
            indicators=checks,
            day=as_of,
            curves=begins,
            rules=ruled(**CLAUSE),
        )
        assert row.state == state, as_of


LIMITS = st.one_of(
    st.tuples(st.integers(-40, 0), st.integers(1, 40)).map(lambda pair: points(pair[0], pair[0] - pair[1])),
    st.tuples(st.integers(1, 90), st.integers(0, 90)).map(lambda pair: days(pair[0], pair[0] + pair[1])),
    st.tuples(st.integers(1, 50), st.integers(51, 100)).map(lambda pair: ratio(pair[1], pair[0])),
)
ORDER = ["done", "on_plan", "slightly_behind", "behind", "far_behind"]


@settings(max_examples=30)
@given(LIMITS, st.integers(0, TARGET), st.integers(0, 300))
def test_in_every_measure_more_done_is_never_a_worse_colour(
    limits: dict[str, Any], done: int, more: int
) -> None:
    fewer, further = (
        ORDER.index(township(amount, {"indicator": {"a": limits}}).state)
        for amount in (done, min(done + more, TARGET))
    )
    assert further <= fewer


def test_the_thresholds_of_a_cell_are_found_without_a_board() -> None:
    own = parse_rules("r", "t", DEFAULT_CONTENT | {"thresholds": {"indicator": {"a": ratio(90, 70)}}}).own
    found = own.of_cell("a", "township", "乡", ())
    assert (found.scope, found.name, found.measure, found.by_ratio) == (
        "indicator",
        "a",
        "ratio_percent",
        True,
    )
    assert isinstance(own.of_cell("b", "township", "乡", ("x",)), Limits)
    assert own.of_cell("b", "township", "乡", ("x",)) == own.general


def test_a_gap_is_printed_on_its_own_side_of_the_thresholds_of_its_cell() -> None:
    scopes = {"indicator": {"a": points(-5, -15)}}
    row = cell([target(TOWN, 1_200_000)], [fact(TOWN, 940_100)], rules=ruled(thresholds=scopes))
    assert (row.state, gap_text(row, bare=True)) == ("slightly_behind", "−4.99")
    assert (row.behind_gap, row.far_gap) == (-0.05, -0.15)
    plain = cell([target(TOWN, 1_200_000)], [fact(TOWN, 940_100)], rules=ruled())
    assert gap_text(plain, bare=True) == "−5.0"
    by_ratio = cell(
        [target(TOWN, 1_200_000)], [fact(TOWN, 940_100)], rules=ruled(thresholds={"all": ratio(9, 1)})
    )
    assert pd.isna(by_ratio.behind_gap) and gap_text(by_ratio, bare=True) == "−5.0"


TAGS = {
    "甲": points(-5, -15),
    "乙": days(10, 40),
    "丙": ratio(90, 70),
    "丁": days(20, 35),
    "戊": points(-8, -9),
}
SCOPES = {"level": {"village": days(2, 3)}, "kind": {"乡": points(-6, -7)}, "tag": TAGS}
# Days are on for all, so that thresholds of their own have something to switch off.
SLOPES = {"slope_days": {"behind_from": 60, "far_behind_over": 90, "with_gap_points": 1}}
OWN = parse_rules("r", "t", DEFAULT_CONTENT | SLOPES | {"thresholds": SCOPES}).own


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甲", Limits(-0.05, -0.15, 1, 30, inf, inf, -inf, -inf, True, "tag", "甲", "points")),
        ("乙", Limits(-inf, -inf, 10, 40, 10, 40, -inf, -inf, True, "tag", "乙", "days")),
        ("丙", Limits(-0.1, -0.3, 1, 30, inf, inf, 0.9, 0.7, False, "tag", "丙", "ratio_percent")),
    ],
)
def test_thresholds_of_their_own_switch_off_the_other_measures(name: str, expected: Limits) -> None:
    assert OWN.general == Limits(-0.1, -0.3, 1, 30, 60, 90)
    assert OWN.of_unit("township", "镇", (name,)) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("乙丁", (-inf, -inf, 10, 35, 10, 35, -inf, -inf, True)),
        ("甲戊", (-0.05, -0.09, 1, 30, inf, inf, -inf, -inf, True)),
        ("甲乙", (-0.05, -0.15, 1, 30, 10, 40, -inf, -inf, True)),
        ("甲丙", (-0.05, -0.15, 1, 30, inf, inf, 0.9, 0.7, True)),
        ("甲乙丙丁", (-0.05, -0.15, 1, 30, 10, 35, 0.9, 0.7, True)),
    ],
)
def test_of_several_tags_every_edge_is_the_strictest(tags: str, expected: tuple[float, ...]) -> None:
    for order in (tags, tags[::-1]):
        held = OWN.of_unit("township", "镇", order)
        first = TAGS[order[0]]
        assert held == Limits(*expected, "tag", order[0], *first)


def test_a_cell_is_asked_for_its_level_and_its_kind() -> None:
    assert OWN.of_cell("x", "village", "镇", ()).step_behind == 2
    assert OWN.of_cell("x", "village", "乡", ()).behind_gap == -0.06
    assert OWN.of_cell("x", "village", "乡", ("甲",)).name == "甲"
    assert OWN.of_cell("x", "township", "镇", ("己",)) is OWN.general


@pytest.mark.parametrize(("over", "state"), [(90, "far_behind"), (91, "behind")])
def test_on_a_slope_far_behind_is_more_days_than_the_rule_says(over: int, state: str) -> None:
    rules = ruled(slope_days={"behind_from": 60, "far_behind_over": over, "with_gap_points": 1})
    row = one(1200, 300, day=date(2026, 6, 30), rules=rules)
    assert (row.days_behind, row.state) == (91, state)


@pytest.mark.parametrize(("part", "why"), [(23_249, "beyond_margin"), (23_250, "not_kept")])
def test_a_share_is_beyond_its_margin_by_less_than_the_smallest_unit(part: int, why: str) -> None:
    """95 % less 92.996 % is more than two points, and less than two points and a hundredth."""
    row = one(
        9500,
        None,
        {"kind": "keep"},
        indicator={"measure": "%", "scale": 2, "is_ratio": True},
        fact={"numerator": part, "denominator": 25_000},
        rules=ruled(keep={"far_behind_beyond": 2}),
    )
    assert row.why == why
