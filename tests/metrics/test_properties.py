"""Laws that hold for every board: on its curve a unit is on plan, order does not matter, and the rest."""

from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.curves import Curve, Shape, raised_table, table
from metrics.vocabulary import JUDGED_STATES, LIGHT_OF, Light, State
from tests.metrics.boards import (
    OTHER_TOWN,
    TOWN,
    YEAR,
    at,
    cells,
    curve,
    fact,
    indicator,
    one,
    rolled,
    target,
    villages,
)
from tests.metrics.drawn import curves

FEW = settings(max_examples=12)
# As many townships as codes of three digits can tell apart.
MOST_TOWNS = 900
DAYS = st.integers(1, 364).map(lambda n: date(YEAR, 1, 1) + timedelta(days=n - 1))
GOOD = (State.DONE, State.ON_PLAN)
# Shares drawn in hundredths of a whole that every hundredth and every day divides exactly enough.
WHOLE = 1_000_000_000


def as_rows(drawn: Curve) -> list[dict[str, Any]]:
    return [curve(drawn.points, drawn.shape)]


def on_days(days: list[date], low: int, amounts: list[int], drawn: Curve, **given_: Any) -> list[Any]:
    """One township on many data days at once: an indicator for each."""
    codes = [f"i{n}" for n in range(len(days))]
    held = cells(
        [target(TOWN, low, code) for code in codes],
        [fact(TOWN, amount, code) for code, amount in zip(codes, amounts, strict=True)],
        indicators=[indicator(code, **given_) for code in codes],
        days=dict(zip(codes, days, strict=True)),
        as_of=date(YEAR, 12, 31),
        curves=as_rows(drawn),
    )
    return list(held.itertuples())


def planned(drawn: Curve, day: date) -> float:
    return float(table(drawn, YEAR).at[(day - date(YEAR - 1, 12, 31)).days])


EVERY_FEW_DAYS = [date(YEAR, 1, 1) + timedelta(days=n) for n in range(0, 364, 7)]


@FEW
@given(curves())
def test_exactly_on_its_curve_a_unit_is_never_worse_than_on_plan(drawn: Curve) -> None:
    amounts = [int(np.ceil(planned(drawn, day) * WHOLE)) for day in EVERY_FEW_DAYS]
    for row in on_days(EVERY_FEW_DAYS, WHOLE, amounts, drawn):
        assert row.state in (*GOOD, State.NOT_DUE)
        assert row.days_behind == 0


@FEW
@given(curves(), st.integers(0, 120))
def test_the_lights_only_darken_while_the_actual_stands_still(drawn: Curve, amount: int) -> None:
    """Until the next report a unit can only fall further behind, on every curve."""
    rows = on_days(EVERY_FEW_DAYS, 100, [amount] * len(EVERY_FEW_DAYS), drawn)
    order = [State.NOT_DUE, State.DONE, State.ON_PLAN, State.SLIGHTLY_BEHIND, State.BEHIND, State.FAR_BEHIND]
    places = [order.index(State(row.state)) for row in rows]
    assert places == sorted(places)
    assert all(later.days_behind >= earlier.days_behind for earlier, later in pairwise(rows))


@FEW
@given(st.integers(2, 40), curves())
def test_a_count_short_of_less_than_one_is_on_plan(low: int, drawn: Curve) -> None:
    amounts = [int(np.floor(planned(drawn, day) * low + 1e-9)) for day in EVERY_FEW_DAYS]
    for row in on_days(EVERY_FEW_DAYS, low, amounts, drawn, is_whole=True):
        assert row.state in (*GOOD, State.NOT_DUE)


@FEW
@given(curves(), DAYS, st.lists(st.tuples(st.integers(1, 500), st.integers(0, 600)), min_size=1, max_size=5))
def test_equal_curves_give_equal_shares_at_every_level(
    drawn: Curve, day: date, parts: list[tuple[int, int]]
) -> None:
    codes = villages(len(parts))
    below = indicator(level_reported="village")
    whole, done = sum(low for low, _ in parts), sum(amount for _, amount in parts)
    facts = [fact(code, amount) for code, (_, amount) in zip(codes, parts, strict=True)]
    facts.append(rolled(TOWN, done, len(parts), len(parts), target_in=whole, target_owed=whole))
    held = cells(
        [target(code, low) for code, (low, _) in zip(codes, parts, strict=True)],
        facts,
        units=(TOWN, *codes),
        indicators=[below],
        day=day,
        curves=as_rows(drawn),
    )
    assert held["planned"].nunique() == 1
    assert at(held, TOWN).actual == held["actual"].iloc[1:].sum()
    assert at(held, TOWN).target == held["target"].iloc[1:].sum()
    assert at(held, TOWN).completion == pytest.approx(done / whole)


@FEW
@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 600)), min_size=2, max_size=6),
    st.data(),
)
def test_a_silent_unit_changes_no_share_of_those_that_are_in(
    parts: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Whoever is silent, c is over those that are in; below the gate nothing is said but that the whole is done."""
    silent = data.draw(st.integers(1, len(parts) - 1))
    came = parts[silent:]
    target_in, target_owed = sum(low for low, _ in came), sum(low for low, _ in parts)
    done = sum(amount for _, amount in came)
    row = cells(
        [],
        [rolled(TOWN, done, len(parts), len(came), target_in=target_in, target_owed=target_owed)],
        indicators=[indicator(level_reported="village")],
    ).iloc[0]
    assert row["at_least"]
    if target_in / target_owed >= 0.8:
        assert row["completion"] == pytest.approx(done / target_in)
        assert row["state"] in JUDGED_STATES
    elif done < target_owed:
        assert row["state"] == "unreported"
        assert pd.isna(row["completion"])
    else:
        assert (row["state"], row["why"]) == ("done", "reached_earlier")


TERMS = st.fixed_dictionaries(
    {
        "low": st.one_of(st.none(), st.integers(0, 200)),
        "kind": st.sampled_from(["accumulate", "level", "keep", "duty", "qualitative"]),
        "comparator": st.sampled_from([">=", ">", "<=", "<", "range", "about"]),
        "base": st.one_of(st.none(), st.integers(0, 200)),
        "no_task": st.booleans(),
        "deadline": st.sampled_from([date(YEAR, 6, 30), date(YEAR, 12, 31)]),
    }
)
FACTS = st.fixed_dictionaries(
    {
        "units_waiting": st.integers(0, 1),
        "quality": st.sampled_from(["exact", "approximate", "at_least", "at_most", "range", "masked"]),
    }
)


CELLS = st.lists(st.tuples(TERMS, st.one_of(st.none(), st.integers(0, 250)), FACTS), min_size=1, max_size=12)


@FEW
@given(CELLS, DAYS)
def test_every_cell_has_one_state_its_light_and_no_figure_for_a_gap(drawn: list[Any], day: date) -> None:
    towns = [f"990521{n}" for n in range(101, 101 + len(drawn))]
    amounts = [None if told["quality"] == "masked" else amount for _, amount, told in drawn]
    targets = [target(town, **terms) for town, (terms, _, _) in zip(towns, drawn, strict=True)]
    facts = [
        fact(town, amount, **told) for town, amount, (_, _, told) in zip(towns, amounts, drawn, strict=True)
    ]
    held = cells(targets, facts, units=towns, day=day)
    assert len(held) == len(towns)
    for row, amount in zip(held.itertuples(), amounts, strict=True):
        assert row.light == LIGHT_OF.get(State(row.state), Light.GREY)
        if amount is None:
            assert pd.isna(row.actual) and pd.isna(row.completion) and pd.isna(row.gap)
            assert row.state not in JUDGED_STATES
        if pd.isna(row.kept):
            assert row.kind != "keep" or row.state not in JUDGED_STATES
        if pd.notna(row.gap):
            assert row.gap == pytest.approx(row.completion - row.planned, abs=1e-9)
            assert row.days_behind == 0 or row.days_ahead == 0


SMALL = (None, 0, 1, 2, 4)
COMPARATORS = (">=", ">", "<=", "<", "range", "about")


@pytest.mark.parametrize(
    "kind", ["accumulate", "level", "keep", "duty", "checklist", "milestone", "qualitative"]
)
def test_whatever_small_numbers_meet_each_cell_has_a_state(kind: str) -> None:
    """Nothing planned, nothing done, a base that is the goal: where shares are of nothing, and chance seldom looks."""
    drawn = list(product(COMPARATORS, SMALL, SMALL, (*SMALL, 5), ("exact", "at_least", "at_most")))
    for start in range(0, len(drawn), MOST_TOWNS):
        some = {f"990521{100 + n}": terms for n, terms in enumerate(drawn[start : start + MOST_TOWNS])}
        targets = [
            target(town, low, kind=kind, comparator=comparator, base=base)
            for town, (comparator, low, base, _, _) in some.items()
        ]
        facts = [fact(town, amount, quality=quality) for town, (*_, amount, quality) in some.items()]
        for day in (date(YEAR, 1, 1), date(YEAR, 5, 31), date(YEAR, 12, 31)):
            held = cells(targets, facts, units=list(some), day=day)
            without = held[held["state"].isna()]
            assert without.empty, [some[town] for town in without["unit"]]


@FEW
@given(st.permutations(range(8)), st.permutations(range(8)))
def test_the_order_of_rows_never_matters(of_targets: list[int], of_facts: list[int]) -> None:
    towns = [f"99052110{n}" for n in range(8)]
    targets = [target(town, 100 + 10 * n) for n, town in enumerate(towns)]
    facts = [fact(town, 7 * n) for n, town in enumerate(towns)]
    plain = cells(targets, facts, units=towns)
    shuffled = cells([targets[n] for n in of_targets], [facts[n] for n in of_facts], units=towns)
    columns = [name for name in plain if name != "target_id"]
    pd.testing.assert_frame_equal(plain[columns], shuffled[columns])


@FEW
@given(st.integers(0, 300), st.integers(1, 300))
def test_another_township_changes_nothing_here(amount: int, low: int) -> None:
    beside = cells(
        [target(OTHER_TOWN, low), target(TOWN, 100)],
        [fact(OTHER_TOWN, amount), fact(TOWN, 60)],
        units=(TOWN, OTHER_TOWN),
    )
    pd.testing.assert_frame_equal(ALONE, beside.iloc[:1].drop(columns="target_id"))


ALONE = cells([target(TOWN, 100)], [fact(TOWN, 60)]).drop(columns="target_id")


@FEW
@given(st.integers(1, 10**12), st.integers(-3, 3))
def test_done_is_exact_to_the_smallest_unit(low: int, more: int) -> None:
    assume(low + more >= 0)
    assert (one(low, low + more).state == State.DONE) == (more >= 0)


RAISED_FROM = st.integers(8, 357).map(lambda n: date(YEAR, 1, 1) + timedelta(days=n - 1))
CHANGES = st.sampled_from(["raise", "lower", "correct"])


def changed_on(day: date, change: str, drawn: Curve, amount: int, new: int) -> tuple[list[Any], list[Any]]:
    """A target of 100 as it is and with a change from a day on, each judged on many days of the year."""
    codes = [f"i{n}" for n in range(len(EVERY_FEW_DAYS))]
    first = [target(TOWN, 100, code) for code in codes]
    later = [target(TOWN, new, code, change=change, valid_from=day) for code in codes]
    facts = [fact(TOWN, amount, code) for code in codes]
    terms: dict[str, Any] = {
        "indicators": [indicator(code) for code in codes],
        "days": dict(zip(codes, EVERY_FEW_DAYS, strict=True)),
        "as_of": date(YEAR, 12, 31),
        "curves": as_rows(drawn),
    }
    judged = (cells(first, facts, **terms), cells(first + later, facts, **terms))
    return list(judged[0].itertuples()), list(judged[1].itertuples())


@FEW
@given(curves(), RAISED_FROM, CHANGES, st.integers(0, 150), st.integers(1, 300))
def test_days_before_a_change_keep_their_judgement(
    drawn: Curve, day: date, change: str, amount: int, new: int
) -> None:
    plain, changed = changed_on(day, change, drawn, amount, new)
    for before, after in zip(plain, changed, strict=True):
        same = (before.target, before.planned, before.gap, before.days_behind, before.state)
        now = (after.target, after.planned, after.gap, after.days_behind, after.state)
        if before.data_day < day:
            assert now == same
        else:
            assert after.target == new
            if change != "raise":
                assert after.planned == before.planned


@FEW
@given(curves(), RAISED_FROM, st.integers(1, 900))
def test_exactly_on_a_raised_plan_a_unit_is_never_worse_than_on_plan(
    drawn: Curve, day: date, more: int
) -> None:
    first, new = WHOLE, WHOLE + more * (WHOLE // 1000)
    start = (day - date(YEAR - 1, 12, 31)).days
    plan = raised_table(drawn, YEAR, [(0, float(first)), (start, float(new))])
    for held in EVERY_FEW_DAYS[start % 5 :: 5]:
        number = (held - date(YEAR - 1, 12, 31)).days
        is_raised = held >= day
        share = plan.at[number] if is_raised else planned(drawn, held)
        rows = [target(TOWN, first), target(TOWN, new, change="raise", valid_from=day)]
        amount = int(np.ceil(share * (new if is_raised else first)))
        found = next(cells(rows, [fact(TOWN, amount)], day=held, curves=as_rows(drawn)).itertuples())
        assert found.state in (*GOOD, State.NOT_DUE)
        assert found.days_behind == 0


@FEW
@given(curves(), DAYS, st.lists(st.integers(1, 500), min_size=2, max_size=4))
def test_the_same_curve_written_for_each_unit_is_the_curve_of_all(
    drawn: Curve, day: date, parts: list[int]
) -> None:
    """A parent's plan from children with curves of their own that are equal is that very curve."""
    codes = villages(len(parts))
    whole = sum(parts)
    facts = [fact(code, 1) for code in codes]
    facts += [
        rolled(TOWN, 1, 1, 1, plan_key=code, target_in=part, target_owed=part)
        for code, part in zip(codes, parts, strict=True)
    ]
    held = cells(
        [target(code, part) for code, part in zip(codes, parts, strict=True)],
        facts,
        units=(TOWN, *codes),
        indicators=[indicator(level_reported="village")],
        day=day,
        curves=[curve(drawn.points, drawn.shape, indicator="a", unit=code) for code in codes],
    )
    assert at(held, TOWN).target == whole
    assert held["planned"].to_numpy() == pytest.approx(planned(drawn, day), abs=1e-12)


def test_a_plain_loop_over_the_days_of_a_year_agrees() -> None:
    drawn = Curve("q", Shape.LINEAR, (("03-31", 0.1), ("06-30", 0.4), ("12-31", 1.0)))
    for row in on_days(EVERY_FEW_DAYS, 1000, [333] * len(EVERY_FEW_DAYS), drawn):
        gap = round(0.333 - planned(drawn, row.data_day), 9)
        if gap >= 0:
            expected = "on_plan"
        elif gap > -0.1:
            expected = "slightly_behind"
        else:
            expected = "behind" if gap >= -0.3 else "far_behind"
        assert (row.state, row.gap) == (expected, gap)
