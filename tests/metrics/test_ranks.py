"""Ranks, reporting rates and shortfall shares (metrics.md 4, 7)."""

import pandas as pd
import pytest

from metrics.ranks import completion_change, rank_by_gap, rank_change, rank_units
from metrics.reporting import below_gate, count_reports, reporting_rates
from metrics.rules import DEFAULT_RULES
from metrics.shortfall import share_of_shortfall
from tests.metrics.ranked import (
    BAD,
    FAR,
    GOOD,
    NONE,
    SILENT,
    held,
    row,
)


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


def test_ranks_and_moves_are_whole_numbers_where_some_are_missing() -> None:
    now = rank_units(held({"a": [GOOD], "b": [SILENT], "c": [BAD]}), None, DEFAULT_RULES)
    assert now["rank"].dtype == "Int64" and now["reporting_rate"].dtype == "float64"
    moved = rank_change(now, now.head(1))
    assert moved["rank_before"].dtype == moved["moved"].dtype == "Int64"
    assert rank_by_gap(pd.DataFrame([row("a", "i", BAD), row("b", "i", SILENT)])).dtype == "Int64"


def test_a_unit_of_no_group_ranks_with_the_others_of_none() -> None:
    cells = held({"a": [BAD], "b": [GOOD], "c": [GOOD, BAD], "d": [FAR]})
    ranked = rank_units(cells, None, DEFAULT_RULES, pd.Series({"a": "山区", "c": "山区"})).set_index("unit")
    assert ranked["group"].to_dict() == {"a": "山区", "b": "", "c": "山区", "d": ""}
    assert ranked["rank"].to_dict() == {"a": 2, "b": 1, "c": 1, "d": 2}


# --- reporting -------------------------------------------------------------------------------------


def test_reported_and_on_time_count_what_was_owed() -> None:
    owed = pd.DataFrame(
        {
            "unit": ["b", "b", "b", "a"],
            "is_reported": [True, True, False, False],
            "is_on_time": [True, False, True, False],
        }
    )
    counted = count_reports(owed)
    assert counted.to_dict("list") == {
        "unit": ["b", "a"],
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


def test_less_than_one_missing_in_all_is_shared_too() -> None:
    cells = pd.DataFrame([row("a", "i", BAD, shortfall=0.5), row("b", "i", GOOD, shortfall=0.0)])
    assert share_of_shortfall(cells).to_list() == [1.0, 0.0]
