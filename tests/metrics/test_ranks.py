"""Ranks, reporting rates, shortfall shares, flags and the order of attention (metrics.md 4, 7)."""

from typing import Any

import pandas as pd
import pytest

from metrics.attention import order_of_attention
from metrics.lagging import lagging_units
from metrics.ranks import completion_change, rank_by_gap, rank_change, rank_units
from metrics.reporting import below_gate, count_reports, reporting_rates
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, parse_rules
from metrics.shortfall import share_of_shortfall

GOOD, SLIGHT, BAD, FAR, SILENT, NONE = (
    "on_plan",
    "slightly_behind",
    "behind",
    "far_behind",
    "unreported",
    "no_task",
)
GAPS = {GOOD: 0.01, SLIGHT: -0.05, BAD: -0.2, FAR: -0.412, "done": 0.2, "unfinished": -0.1}


def row(unit: str, code: str, state: str, **given: Any) -> dict[str, Any]:
    plain = {
        "unit": unit,
        "indicator": code,
        "state": state,
        "is_principal": True,
        "gap": GAPS.get(state, float("nan")),
        "behind_gap": -0.1,
        "far_gap": -0.3,
        "days_behind": 97 if state in (BAD, FAR) else None,
        "completion": 0.5 if state in GAPS else float("nan"),
        "shortfall": 10.0 if state in (SLIGHT, BAD, FAR) else 0.0,
    }
    return plain | given


def held(units: dict[str, list[str]]) -> pd.DataFrame:
    """Cells of units from their states, one indicator a column: i0, i1, …"""
    rows = [row(unit, f"i{at}", state) for unit, states in units.items() for at, state in enumerate(states)]
    return pd.DataFrame(rows).astype({"days_behind": "Int64"})


INDICATORS = pd.DataFrame(
    {
        "code": [f"i{n}" for n in range(9)],
        "name": [f"指标{n}" for n in range(9)],
        "is_key": [True] + [False] * 8,
    }
)
NO_ISSUES = pd.DataFrame(
    {"unit": [], "indicator": [], "number": [], "clock": [], "days": pd.array([], dtype="Int64")}
)
NOTHING_SAID = pd.DataFrame({"unit": [], "indicator": [], "period": [], "waits_on": []}, dtype="str")


def issue(unit: str, days: int, indicator: str | None = None, number: str = "Z1") -> dict[str, Any]:
    clock = "overdue" if days > 0 else "in_time"
    return {"unit": unit, "indicator": indicator, "number": number, "clock": clock, "days": days}


def issues(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).astype({"days": "Int64"})


# --- ranks -----------------------------------------------------------------------------------------


def test_equal_ranks_are_shared_one_two_three_three_five() -> None:
    cells = held(
        {
            "e": [BAD, BAD],
            "c": [GOOD, FAR],
            "a": [GOOD, GOOD, "done"],
            "b": [GOOD, BAD],
            "d": [GOOD, FAR, NONE],
        }
    )
    ranked = rank_units(cells, None, DEFAULT_RULES).set_index("unit")
    assert ranked["rank"].to_dict() == {"a": 1, "b": 2, "c": 3, "d": 3, "e": 5}
    assert list(ranked.index) == ["e", "c", "a", "b", "d"]
    assert ranked.loc["d", ["judged", "on_plan", "far_behind", "unjudged"]].to_list() == [2, 1, 1, 1]
    assert ranked.loc["a", "rate"] == 1.0


def test_equal_shares_tie_however_they_were_divided() -> None:
    cells = held({"a": [GOOD, BAD, BAD], "b": [GOOD, GOOD, BAD, BAD, BAD, BAD]})
    assert list(rank_units(cells, None, DEFAULT_RULES)["rank"]) == [1, 1]


def test_the_unjudged_are_left_out_and_counted_and_a_silent_zero_is_no_zero() -> None:
    cells = held({"a": [GOOD, SILENT, SILENT], "b": [SILENT, NONE]})
    ranked = rank_units(cells, None, DEFAULT_RULES).set_index("unit")
    assert ranked.loc["a", ["judged", "unjudged", "rate", "rank"]].to_list() == [1, 2, 1.0, 1]
    assert ranked.loc["b", "judged"] == 0
    assert pd.isna(ranked.loc["b", "rate"]) and pd.isna(ranked.loc["b", "rank"])


def test_other_issuers_targets_do_not_count() -> None:
    cells = pd.concat([held({"a": [GOOD]}), pd.DataFrame([row("a", "i0", FAR, is_principal=False)])])
    assert rank_units(cells, None, DEFAULT_RULES)["judged"].to_list() == [1]


@pytest.mark.parametrize(("reported", "gated"), [(8, False), (7, True)])
def test_a_unit_below_the_reporting_gate_is_not_ranked(reported: int, gated: bool) -> None:
    reporting = pd.DataFrame({"unit": ["a", "b"], "owed": [10, 0], "reported": [reported, 0]})
    ranked = rank_units(held({"a": [GOOD], "b": [BAD], "c": [BAD]}), reporting, DEFAULT_RULES).set_index(
        "unit"
    )
    assert ranked.loc["a", "is_gated"] == gated
    assert pd.isna(ranked.loc["a", "rank"]) == gated
    assert ranked.loc["a", "reporting_rate"] == reported / 10
    assert not ranked.loc["b", "is_gated"] and not ranked.loc["c", "is_gated"]
    assert ranked.loc["b", "rank"] == (1 if gated else 2)


def test_nobody_to_rank() -> None:
    assert rank_units(held({"a": [GOOD]}).iloc[:0], None, DEFAULT_RULES).empty


def test_rank_on_one_indicator_goes_by_the_gap() -> None:
    cells = pd.DataFrame(
        [
            row("a", "i", BAD),
            row("b", "i", GOOD),
            row("c", "i", BAD),
            row("d", "i", SILENT),
            row("e", "i", FAR),
        ]
    )
    assert [None if pd.isna(at) else int(at) for at in rank_by_gap(cells)] == [2, 1, 2, None, 4]


def test_movement_only_for_units_ranked_in_both_periods() -> None:
    now = rank_units(held({"a": [GOOD], "b": [BAD], "c": [GOOD, BAD], "d": [SILENT]}), None, DEFAULT_RULES)
    before = rank_units(held({"a": [BAD], "b": [GOOD], "d": [GOOD, BAD]}), None, DEFAULT_RULES)
    moved = rank_change(now, before).set_index("unit")
    assert moved["rank"].dropna().to_dict() == {"a": 1, "c": 2, "b": 3}
    assert moved["rank_before"].dropna().to_dict() == {"a": 3, "b": 1}
    # c, new between the two, is no place that anybody lost or gained.
    assert moved["moved"].dropna().to_dict() == {"a": 1, "b": -1}


def test_who_drops_out_of_the_ranking_lifts_nobody() -> None:
    before = rank_units(held({"a": [GOOD], "b": [GOOD, BAD], "c": [BAD]}), None, DEFAULT_RULES)
    now = rank_units(held({"a": [SILENT], "b": [GOOD, BAD], "c": [BAD]}), None, DEFAULT_RULES)
    moved = rank_change(now, before).set_index("unit")
    assert moved["rank"].dropna().to_dict() == {"b": 1, "c": 2}
    assert moved["moved"].dropna().to_dict() == {"b": 0, "c": 0}


def test_change_of_completion_between_periods() -> None:
    now = held({"a": [GOOD, GOOD], "b": [GOOD]}).assign(completion=[0.7, 0.6, 0.5])
    before = held({"a": [GOOD, SILENT]})
    change = completion_change(now, before)
    assert change.iloc[0] == pytest.approx(0.2)
    assert change.iloc[1:].isna().all()
    other = now.assign(is_principal=False)
    assert completion_change(other, before).isna().all()


# --- reporting -------------------------------------------------------------------------------------


def test_reported_and_on_time_count_what_was_owed() -> None:
    owed = pd.DataFrame(
        {
            "unit": ["a", "a", "a", "b"],
            "is_reported": [True, True, False, False],
            "is_on_time": [True, False, True, False],
        }
    )
    counted = count_reports(owed)
    assert counted.to_dict("list") == {
        "unit": ["a", "b"],
        "owed": [3, 1],
        "reported": [2, 0],
        "on_time": [1, 0],
    }
    rated = reporting_rates(counted)
    assert rated["reporting_rate"].to_list() == [pytest.approx(2 / 3), 0.0]
    assert rated["on_time_rate"].to_list() == [pytest.approx(1 / 3), 0.0]


def test_nothing_owed_is_no_rate() -> None:
    rated = reporting_rates(pd.DataFrame({"unit": ["a"], "owed": [0], "reported": [0]}))
    assert rated["reporting_rate"].isna().all()
    assert "on_time_rate" not in rated
    assert below_gate(rated, DEFAULT_RULES) == []


# --- shortfall -------------------------------------------------------------------------------------


def test_shares_of_the_shortfall_add_to_one_for_each_indicator() -> None:
    cells = pd.DataFrame(
        [
            row("a", "i", BAD, shortfall=30.0),
            row("b", "i", BAD, shortfall=10.0),
            row("c", "i", GOOD, shortfall=0.0),
            row("d", "i", SILENT, shortfall=float("nan")),
            row("b", "i", BAD, shortfall=99.0, is_principal=False),
            row("a", "j", GOOD, shortfall=0.0),
        ]
    )
    share = share_of_shortfall(cells)
    assert share.iloc[:3].to_list() == [0.75, 0.25, 0.0]
    assert share.iloc[3:].isna().all()


# --- lagging ---------------------------------------------------------------------------------------


def flags(cells: pd.DataFrame, *earlier: pd.DataFrame, **given: Any) -> dict[str, list[str]]:
    settings = {"issues": NO_ISSUES, "reporting": None, "rules": DEFAULT_RULES} | given
    found = lagging_units(
        cells, earlier, INDICATORS, settings["issues"], settings["reporting"], settings["rules"]
    )
    return {flag.unit: [reason.code for reason in flag.because] for flag in found}


def test_far_behind_on_a_key_indicator_flags_a_unit() -> None:
    cells = held({"a": [FAR, GOOD, GOOD], "b": [GOOD, FAR, GOOD]})
    assert flags(cells) == {"a": ["far_on_key"]}
    off = parse_rules(
        "r", "t", DEFAULT_CONTENT | {"lagging": DEFAULT_CONTENT["lagging"] | {"far_on_key": False}}
    )
    assert flags(cells, rules=off) == {}


def test_reasons_are_text_with_figures() -> None:
    found = lagging_units(held({"a": [FAR, BAD, GOOD]}), (), INDICATORS, NO_ISSUES, None, DEFAULT_RULES)
    assert found[0].reasons("zh") == [
        "指标0严重滞后，较序时−41.2个百分点，滞后97天",
        "可评判的3项考核目标中2项滞后及以上",
    ]
    assert found[0].reasons("en") == [
        "指标0 far behind, −41.2 pp, 97 days",
        "2 of 3 judged targets behind or worse",
    ]


def test_reasons_without_a_gap_name_the_state_alone() -> None:
    cells = held({"a": [FAR]}).assign(gap=float("nan"), days_behind=pd.NA)
    found = lagging_units(cells, (), INDICATORS, NO_ISSUES, None, DEFAULT_RULES)
    assert found[0].reasons("zh") == ["指标0严重滞后"]


@pytest.mark.parametrize(
    ("states", "flagged"),
    [
        ([GOOD, BAD, BAD], True),
        ([GOOD, BAD], False),  # a half, but only one
        ([GOOD, GOOD, GOOD, GOOD, BAD, "unfinished"], True),  # exactly a third
        ([GOOD, GOOD, GOOD, GOOD, GOOD, BAD, BAD], False),
        ([GOOD, GOOD, GOOD, GOOD, SILENT, BAD, BAD], True),  # the silent is not judged
        ([GOOD, SLIGHT, SLIGHT], False),
    ],
)
def test_a_third_and_at_least_two(states: list[str], flagged: bool) -> None:
    assert bool(flags(held({"a": states}))) == flagged


@pytest.mark.parametrize(
    ("earlier", "flagged"),
    [
        ([BAD, BAD], True),
        ([FAR, BAD], True),
        ([BAD], False),
        ([BAD, SLIGHT], False),
        ([GOOD, BAD, BAD], False),
        ([SILENT, BAD, BAD], True),  # one without a report neither counts nor breaks
        ([BAD, SILENT, BAD], True),
        ([SILENT, BAD], False),
        ([SILENT, SILENT, BAD, BAD], False),  # two do
        ([SILENT, BAD, SILENT, BAD], False),
    ],
)
def test_the_same_target_behind_for_three_periods_running(earlier: list[str], flagged: bool) -> None:
    now = held({"a": [GOOD, GOOD, GOOD, GOOD, BAD]})
    before = [held({"a": [GOOD, GOOD, GOOD, GOOD, state]}) for state in earlier]
    assert flags(now, *before) == ({"a": ["running"]} if flagged else {})


def test_a_target_that_was_not_there_before_has_not_run() -> None:
    now = held({"a": [GOOD, GOOD, GOOD, BAD]})
    assert flags(now, held({"a": [BAD]}), held({"b": [BAD]})) == {}


@pytest.mark.parametrize(("days", "flagged"), [(31, True), (30, False), (-3, False)])
def test_an_item_overdue_beyond_the_rules_days(days: int, flagged: bool) -> None:
    found = lagging_units(held({"a": [GOOD]}), (), INDICATORS, issues(issue("a", days)), None, DEFAULT_RULES)
    assert [flag.reasons("zh") for flag in found] == ([["整改事项Z1逾期31天"]] if flagged else [])
    assert [flag.reasons("en") for flag in found] == ([["item Z1 overdue by 31 days"]] if flagged else [])


def test_a_unit_below_the_gate_is_not_called_lagging_and_the_most_reasons_come_first() -> None:
    cells = held({"a": [FAR], "b": [FAR, BAD], "c": [FAR]})
    reporting = pd.DataFrame({"unit": ["a", "b"], "owed": [10, 10], "reported": [7, 8]})
    assert list(flags(cells, reporting=reporting)) == ["b", "c"]


# --- attention -------------------------------------------------------------------------------------


def attention(
    cells: pd.DataFrame, late: pd.DataFrame = NO_ISSUES, said: pd.DataFrame = NOTHING_SAID
) -> pd.DataFrame:
    return order_of_attention(cells, INDICATORS, late, said, DEFAULT_RULES)


def test_the_order_of_attention() -> None:
    cells = held({"a": [BAD, FAR, GOOD], "b": [FAR, GOOD, GOOD], "c": [SLIGHT, NONE, SILENT]})
    late = issues(
        issue("c", 5, "i0", "Z2"), issue("c", 9, "i0", "Z3"), issue("a", 4, None), issue("a", -2, "i2")
    )
    ordered = attention(cells, late)
    assert list(zip(ordered["unit"], ordered["indicator"], ordered["attention"], strict=True)) == [
        ("b", "i0", "far_on_key"),
        ("a", "i1", "far"),
        ("c", "i0", "overdue"),
        ("a", "i0", "behind"),
    ]
    third = ordered.iloc[2]
    assert (third["overdue_number"], third["overdue_days"]) == ("Z3", 9)


def test_within_a_class_the_larger_share_of_the_shortfall_comes_first() -> None:
    cells = pd.DataFrame(
        [
            row("a", "i1", FAR, shortfall=10.0),
            row("b", "i1", FAR, shortfall=30.0),
            row("c", "i2", "unfinished", shortfall=5.0),
            row("d", "i3", FAR, shortfall=float("nan")),
        ]
    )
    ordered = attention(cells)
    assert list(ordered["unit"]) == ["c", "b", "a", "d"]
    assert ordered["share"].iloc[:3].to_list() == [1.0, 0.75, 0.25]


def test_an_overdue_item_on_a_cell_far_behind_does_not_list_it_twice() -> None:
    ordered = attention(held({"a": [FAR]}), issues(issue("a", 9, "i0")))
    assert ordered["attention"].to_list() == ["far_on_key"]
    assert ordered["overdue_number"].to_list() == ["Z1"]


def test_a_cell_that_waits_on_another_body_is_listed_with_that_body() -> None:
    said = pd.DataFrame(
        {
            "unit": ["a", "a"],
            "indicator": ["i0", "i0"],
            "period": ["2026-09-30", "2026-10-31"],
            "waits_on": [None, "县发改局"],
        }
    )
    cells = held({"a": [FAR], "b": [BAD]})
    assert attention(cells, said=said)["waits_on"].to_list() == ["县发改局", ""]


def test_nothing_needs_attention() -> None:
    assert attention(held({"a": [GOOD, NONE]})).empty
