"""Rank, flags and the order of attention say what the cells say."""

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from briefing.attention import explanation_of, things
from briefing.lists import principal
from briefing.load import Briefing
from briefing.ranking import flags, key_indicators, ranking, ranking_by, units_by_need
from briefing.villages import Villages
from metrics.handed_in import reports_of
from metrics.lagging import Flag
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, Clock, Level, State

GOOD = (State.DONE, State.ON_PLAN)


def _states(cells: pd.DataFrame) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for cell in principal(cells).itertuples():
        out.setdefault(cell.unit, []).append(cell.state)
    return out


def test_rates_are_on_plan_of_judged(october: Briefing) -> None:
    states = _states(october.cells_at(Level.TOWNSHIP))
    rows = ranking(october).set_index("unit")
    assert set(rows.index) == set(states)
    for unit, held in states.items():
        row, judged = rows.loc[unit], [state for state in held if state in JUDGED_STATES]
        assert (row["judged"], row["unjudged"]) == (len(judged), len(held) - len(judged))
        assert row["on_plan"] == sum(state in GOOD for state in judged)
        assert row["far_behind"] == held.count(State.FAR_BEHIND)
        assert math.isclose(row["rate"], row["on_plan"] / row["judged"])


def test_units_below_the_gate_have_no_rank(october: Briefing) -> None:
    rows = ranking(october).set_index("unit")
    rates = {row.unit: Fraction(row.reported, row.owed) for row in october.reporting.itertuples() if row.owed}
    gate = Fraction(str(october.rules.reporting_gate))
    silent = {unit for unit in rows.index if rates.get(unit, Fraction(1)) < gate}
    assert silent, "the demo county has a township that did not report"
    assert set(rows.index[rows["rank"].isna()]) == silent
    assert not silent & {flag.unit for flag in flags(october)}


def test_who_was_below_the_gate_last_period_moved_nowhere(october: Briefing) -> None:
    before = october.reporting_before
    assert before is not None and set(before["unit"]) == set(october.reporting["unit"])
    rows = ranking(october).dropna(subset=["moved"])
    silent = rows["unit"].iloc[0]
    was = before.assign(reported=before["reported"].where(before["unit"] != silent, 0))
    gated = ranking(replace(october, reporting_before=was)).set_index("unit")
    assert pd.isna(gated.at[silent, "rank_before"]) and pd.isna(gated.at[silent, "moved"])
    assert gated.at[silent, "rank"] == rows["rank"].iloc[0]
    assert gated["moved"].notna().sum() == len(rows) - 1


def test_reports_are_counted_from_facts_as_the_record_counts_them(october: Briefing) -> None:
    directory = october.directory
    found = reports_of(october.board.facts, directory.units, directory.indicators).set_index("unit")
    record = october.reporting.set_index("unit")[["owed", "reported"]]
    assert len(found) > 10
    assert found.sort_index().astype("int64").equals(record.sort_index().astype("int64"))


def test_a_rank_is_one_more_than_the_better_ones(october: Briefing) -> None:
    ranked = ranking(october).dropna(subset=["rank"])
    keys = {row.unit: (Fraction(row.on_plan, row.judged), -row.far_behind) for row in ranked.itertuples()}
    for row in ranked.itertuples():
        assert row.rank == 1 + sum(other > keys[row.unit] for other in keys.values())


def test_places_moved_are_told_of_units_ranked_both_times(october: Briefing) -> None:
    rows = ranking(october)
    both = rows.dropna(subset=["rank", "rank_before"])
    then, there = (both[name].rank(method="min").astype(int) for name in ("rank_before", "rank"))
    assert (both["moved"] == then - there).all()
    assert both["moved"].ne(0).any()
    assert rows.loc[rows["rank"].isna(), "moved"].isna().all()


def test_on_one_indicator_rank_is_by_the_gap(october: Briefing) -> None:
    cells = principal(october.cells_at(Level.TOWNSHIP))
    mine = cells[(cells["indicator"] == "ZF01")].set_index("unit")
    rows = ranking_by(october, "ZF01").set_index("unit")
    assert list(rows.index) == list(mine.index)
    gaps = mine.loc[mine["state"].isin(JUDGED_STATES), "gap"].dropna()
    assert set(rows.index[rows["rank"].notna()]) == set(gaps.index) and len(gaps) > 10
    for unit, gap in gaps.items():
        assert rows.at[unit, "rank"] == 1 + (gaps > gap).sum()
    assert rows["moved"].ne(0).any() and rows.loc[rows["rank"].isna(), "moved"].isna().all()


def test_on_one_indicator_peer_groups_rank_apart(october: Briefing) -> None:
    grouped = replace(october, rules=replace(october.rules, peer_groups=("乡", "镇")))
    rows = ranking_by(grouped, "ZF01")
    assert set(rows["group"]) == {"乡", "镇", ""}
    for _, part in rows.dropna(subset=["rank"]).groupby("group"):
        assert part["rank"].min() == 1 and part["rank"].max() <= len(part)


def test_an_indicator_that_nobody_has_ranks_nobody(october: Briefing) -> None:
    assert ranking_by(october, "none").empty


def _reasons(flag: Flag) -> Iterator[tuple[str, str]]:
    for reason in flag.because:
        yield reason.code, reason.about


def _assert_reasons(flag: Flag, cells: pd.DataFrame, briefing: Briefing) -> None:
    mine = principal(cells[cells["unit"] == flag.unit]).set_index("indicator")["state"]
    judged = mine[mine.isin(JUDGED_STATES)]
    lagging = judged[judged.isin(LAGGING_STATES)]
    issues = briefing.issues.set_index("number")
    for code, about in _reasons(flag):
        if code == "far_on_key":
            assert mine[about] == State.FAR_BEHIND and briefing.indicators.at[about, "is_key"]
        elif code == "many_behind":
            assert len(lagging) >= briefing.rules.lagging_count
            assert Fraction(len(lagging), len(judged)) >= briefing.rules.lagging_share
        elif code == "running":
            assert mine[about] in LAGGING_STATES
        else:
            assert code == "overdue"
            assert issues.at[about, "unit"] == flag.unit
            assert issues.at[about, "days"] > briefing.rules.lagging_overdue_days
    assert len(flag.reasons("zh")) == len(flag.because)


def test_every_flagged_township_has_reasons_that_hold(october: Briefing) -> None:
    found = flags(october)
    assert found
    for flag in found:
        _assert_reasons(flag, october.cells, october)


def test_no_township_with_a_far_key_figure_goes_unflagged(october: Briefing) -> None:
    cells = principal(october.cells_at(Level.TOWNSHIP))
    keys = set(key_indicators(october))
    far = cells[(cells["state"] == State.FAR_BEHIND) & cells["indicator"].isin(keys)]
    rows = ranking(october).set_index("unit")
    gated = set(rows.index[rows["is_gated"]])
    assert set(far["unit"]) - gated <= {flag.unit for flag in flags(october)}


def test_every_flagged_village_has_reasons_that_hold(villages: Villages) -> None:
    assert villages.flags
    for flag in villages.flags[::5]:
        _assert_reasons(flag, villages.cells, villages.county)


def test_the_neediest_township_stands_on_top(october: Briefing) -> None:
    order = units_by_need(october)
    states = _states(october.cells_at(Level.TOWNSHIP))
    worst = {unit: sum(state in LAGGING_STATES for state in held) for unit, held in states.items()}
    assert sorted(order) == sorted(states)
    assert worst[order[0]] > worst[order[-1]]


def test_what_needs_a_decision_comes_in_the_rule_s_order(october: Briefing) -> None:
    held = things(october)
    assert len(held) == october.rules.attention_limit
    keys = set(october.indicators.index[october.indicators["is_key"]])
    classes = []
    for thing in held:
        cell = thing.cell
        is_far = cell.state in (State.FAR_BEHIND, State.UNFINISHED)
        kind = "far_on_key" if is_far and cell.indicator in keys else "far" if is_far else "behind"
        kind = "overdue" if kind == "behind" and thing.overdue_number else kind
        assert kind != "behind" or cell.state == State.BEHIND
        classes.append((october.rules.attention_order.index(kind), -(thing.share or 0)))
    assert classes == sorted(classes)


def test_nothing_on_a_key_figure_is_left_out_for_less(october: Briefing) -> None:
    cells = principal(october.cells_at(Level.TOWNSHIP))
    keys = set(october.indicators.index[october.indicators["is_key"]])
    far = cells[cells["state"].isin((State.FAR_BEHIND, State.UNFINISHED)) & cells["indicator"].isin(keys)]
    shown = {(thing.cell.unit, thing.cell.indicator) for thing in things(october)}
    wanted = set(zip(far["unit"], far["indicator"], strict=True))
    assert shown <= wanted if len(wanted) >= len(shown) else wanted <= shown


def test_shares_of_the_shortfall_are_of_all_townships(october: Briefing) -> None:
    cells = principal(october.cells_at(Level.TOWNSHIP))
    for thing in things(october):
        if thing.share is None:
            continue
        short = cells.loc[cells["indicator"] == thing.cell.indicator, "shortfall"].sum()
        assert thing.share == pytest.approx(thing.cell.shortfall / short)


def test_a_cell_that_waits_names_the_body_and_the_words_are_the_unit_s(october: Briefing) -> None:
    for thing in things(october):
        said = explanation_of(october, thing.cell.unit, thing.cell.indicator)
        assert thing.explanation == ("" if said is None or pd.isna(said["text"]) else said["text"])
        if thing.waits_on:
            assert said is not None and said["waits_on"] == thing.waits_on
        if thing.overdue_number:
            issue = october.issues.set_index("number").loc[thing.overdue_number]
            assert issue["clock"] == Clock.OVERDUE and issue["days"] == thing.overdue_days
