"""What relative targets are compared with, as the database knows it, on both engines."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access.directory import read_directory
from data_access.engine import read
from data_access.errors import NotFound
from data_access.facts import read_board
from data_access.records import OutsideFigureRecord, TargetRecord
from data_access.scope import Scope
from metrics.judge import judge
from metrics.vocabulary import Cadence, Comparator, Kind, Level, MeasuredFrom, Quality
from tests.data_access.boards import EVERY, FIRST, JANUARY, LATEST, MARCH, SECOND, THIRD, board
from tests.data_access.county import (
    COUNTY,
    NORTH,
    SOUTH,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
)

LAST = date(2025, 1, 31)
RATIO = LATEST | {
    "kind": Kind.KEEP,
    "is_ratio": True,
    "is_whole": False,
    "measure": "%",
    "scale": 2,
    "numerator_name": "达标户数",
    "denominator_name": "总户数",
}


def relative(code: str, of: str, measured_from: MeasuredFrom, step: int = 0, **changes: Any) -> TargetRecord:
    return target(
        code, of, step, kind=Kind.KEEP, comparator=Comparator.AT_LEAST, measured_from=measured_from, **changes
    )


def share(of: str, met: int, total: int, day: date = JANUARY) -> Any:
    return report("rate", of, day, None, numerator=met, denominator=total)


def published(value: int, day: date, name: str = "全省平均", **changes: Any) -> OutsideFigureRecord:
    return OutsideFigureRecord("rate", name, value, "省统计局", day, **changes)


def reference(held: Any, of: str) -> pd.Series:
    rows = held.references[held.references["unit"] == of]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def cell(held: Any, of: str, code: str = "rate") -> Any:
    cells = judge(held)
    return next(cells[(cells["unit"] == of) & (cells["indicator"] == code)].itertuples())


@pytest.fixture
def rates(engine: Engine) -> Engine:
    put(engine, *basics(), indicator("rate", **RATIO), at=moment(1, 5, year=2025))
    return engine


def test_last_year_is_that_of_the_same_unit_and_period(rates: Engine) -> None:
    put(rates, *(relative("rate", of, MeasuredFrom.LAST_YEAR) for of in (*EVERY, NORTH)))
    hand_in_now(
        rates, [share(FIRST, 80, 100, LAST), share(SECOND, 10, 100, LAST)], at=moment(2, 3, year=2025)
    )
    hand_in_now(rates, [share(FIRST, 79, 100), share(SECOND, 30, 100)], at=moment(2, 3))
    held = board(rates, root=NORTH)
    first = reference(held, FIRST)
    assert (first["numerator"], first["denominator"], first["day"]) == (80, 100, LAST)
    assert [cell(held, of).kept for of in (FIRST, SECOND, NORTH)] == [False, True, True]
    assert reference(held, NORTH)["numerator"] == 90


def test_a_unit_that_said_nothing_last_year_has_nothing_to_be_compared_with(rates: Engine) -> None:
    put(rates, *(relative("rate", of, MeasuredFrom.LAST_YEAR) for of in EVERY))
    hand_in_now(rates, [share(FIRST, 79, 100)], at=moment(2, 3))
    assert cell(board(rates, root=NORTH), FIRST).state == "no_rule"


def test_a_range_of_last_year_is_no_value(rates: Engine) -> None:
    put(
        rates,
        indicator("plain", **LATEST | {"kind": Kind.KEEP}),
        relative("plain", FIRST, MeasuredFrom.LAST_YEAR),
    )
    said = report("plain", FIRST, LAST, 70, quality=Quality.AT_LEAST, text="70以上")
    hand_in_now(rates, [said], at=moment(2, 3, year=2025))
    hand_in_now(rates, [report("plain", FIRST, JANUARY, 80)], at=moment(2, 3))
    assert cell(board(rates, root=NORTH), FIRST, "plain").state == "no_rule"


def test_the_countys_mean_is_the_same_for_a_reader_of_one_township(rates: Engine) -> None:
    """Who may see only the north is judged against the county all the same."""
    put(rates, *(relative("rate", of, MeasuredFrom.COUNTY) for of in EVERY))
    said = [share(FIRST, 60, 100), share(SECOND, 90, 100)]
    hand_in_now(rates, said, at=moment(2, 3))
    hand_in_now(rates, [share(THIRD, 100, 100), share(EVERY[3], 10, 100)], of=SOUTH, at=moment(2, 3))
    scope = Scope.of(COUNTY, units=[NORTH])
    with read(rates) as connection:
        directory = read_directory(connection, scope, day=JANUARY)
        held = read_board(
            connection,
            scope,
            directory=directory,
            year=2026,
            as_of=JANUARY,
            known_at=None,
            data_days={"rate": JANUARY},
            root=NORTH,
            depth="children",
        )
    assert (reference(held, FIRST)["numerator"], reference(held, FIRST)["denominator"]) == (260, 400)
    assert [cell(held, of).kept for of in (FIRST, SECOND)] == [False, True]


def test_a_sum_of_amounts_is_no_mean(rates: Engine) -> None:
    put(
        rates,
        indicator("plain", **LATEST | {"kind": Kind.KEEP}),
        relative("plain", FIRST, MeasuredFrom.COUNTY),
    )
    hand_in_now(rates, [report("plain", FIRST, JANUARY, 80)], at=moment(2, 3))
    held = board(rates, root=NORTH)
    assert held.references.empty
    assert cell(held, FIRST, "plain").state == "no_rule"


def test_the_newest_figure_of_others_up_to_the_data_day(rates: Engine) -> None:
    aimed = {"reference": "全省平均"}
    put(rates, relative("rate", FIRST, MeasuredFrom.OUTSIDE, **aimed))
    hand_in_now(rates, [share(FIRST, 80, 100)], at=moment(2, 3))
    assert cell(board(rates, root=NORTH), FIRST).state == "no_rule"
    put(rates, published(7000, date(2026, 1, 10)), published(8100, date(2026, 1, 31)), at=moment(2, 4))
    put(
        rates,
        published(9900, date(2026, 2, 1)),
        published(100, date(2026, 1, 31), "全市平均"),
        at=moment(2, 5),
    )
    row = cell(board(rates, root=NORTH), FIRST)
    assert (row.kept, row.reference_value, row.reference_day) == (False, 8100, date(2026, 1, 31))
    assert (row.reference, row.reference_source) == ("全省平均", "省统计局")


@pytest.mark.parametrize("day", [date(2025, 1, 31), date(2025, 12, 31)])
def test_a_figure_of_an_earlier_period_says_nothing_of_this_one(rates: Engine, day: date) -> None:
    """A comparator of the same day (metrics.md 1): last month's, or last year's, is none."""
    put(rates, relative("rate", FIRST, MeasuredFrom.OUTSIDE, reference="全省平均"))
    put(rates, published(7000, day), at=moment(2, 4))
    hand_in_now(rates, [share(FIRST, 80, 100)], at=moment(2, 5))
    assert cell(board(rates, root=NORTH), FIRST).state == "no_rule"


def test_a_quarter_takes_a_figure_of_any_of_its_days(engine: Engine) -> None:
    put(
        engine,
        *basics(),
        indicator("rate", **RATIO | {"cadence": Cadence.QUARTER}),
        at=moment(1, 5, year=2025),
    )
    put(engine, relative("rate", FIRST, MeasuredFrom.OUTSIDE, reference="全省平均"))
    put(engine, published(7000, date(2026, 1, 1)), at=moment(2, 4))
    hand_in_now(engine, [share(FIRST, 80, 100, MARCH)], at=moment(4, 5))
    assert cell(board(engine, root=NORTH, as_of=MARCH), FIRST).kept


def test_a_figure_published_or_corrected_later_is_not_known_earlier(rates: Engine) -> None:
    put(rates, relative("rate", FIRST, MeasuredFrom.OUTSIDE, reference="全省平均"))
    hand_in_now(rates, [share(FIRST, 80, 100)], at=moment(2, 3))
    put(rates, published(7000, date(2026, 1, 31)), at=moment(2, 10))
    put(rates, published(9000, date(2026, 1, 31)), at=moment(2, 20))
    put(rates, published(9000, date(2026, 1, 31), withdrawn=True), at=moment(2, 25))
    days = {5: "no_rule", 15: "on_plan", 22: "behind", 26: "no_rule"}
    states = {day: cell(board(rates, root=NORTH, known_at=moment(2, day)), FIRST).state for day in days}
    assert states == days


def test_an_earlier_moment_compares_with_what_was_known_of_last_year(rates: Engine) -> None:
    put(rates, relative("rate", FIRST, MeasuredFrom.LAST_YEAR))
    hand_in_now(rates, [share(FIRST, 70, 100, LAST)], at=moment(2, 3, year=2025))
    hand_in_now(rates, [share(FIRST, 80, 100)], at=moment(2, 3))
    late = report("rate", FIRST, LAST, None, numerator=90, denominator=100, reason="更正")
    hand_in_now(rates, [late], at=moment(3, 3))
    assert cell(board(rates, root=NORTH, known_at=moment(2, 10)), FIRST).kept
    assert not cell(board(rates, root=NORTH), FIRST).kept


def test_the_villages_below_a_minimum_are_counted(rates: Engine) -> None:
    asked = {"kind": Kind.KEEP, "minimum": 7000}
    put(rates, *(target("rate", of, 8000, **asked) for of in (COUNTY, NORTH, FIRST)))
    hand_in_now(rates, [share(FIRST, 60, 100), share(SECOND, 99, 100)], at=moment(2, 3))
    hand_in_now(rates, [share(THIRD, 70, 100)], of=SOUTH, at=moment(2, 3))
    held = board(rates)
    silent = cell(held, COUNTY)
    assert (silent.state, pd.isna(silent.below_minimum)) == ("unreported", True)
    township = board(rates, root=NORTH)
    row = cell(township, NORTH)
    assert (row.actual, row.below_minimum, row.lowest) == (7950, 1, 6000)
    assert cell(township, FIRST).below_minimum == 1
    assert sorted(held.parts.loc[held.parts["unit"] == COUNTY, "part"]) == sorted([FIRST, SECOND, THIRD])
    hand_in_now(rates, [share(EVERY[3], 50, 100)], of=SOUTH, at=moment(2, 4))
    assert cell(board(rates), COUNTY).below_minimum == 2


def test_each_minimum_has_the_figures_of_its_own_indicator_and_unit(rates: Engine) -> None:
    """They are read together, one question a level: nothing of one may come to stand under another."""
    asked = {"kind": Kind.KEEP, "minimum": 7000}
    put(rates, indicator("other", **RATIO), indicator("town", **RATIO | {"level_reported": Level.TOWNSHIP}))
    put(
        rates,
        *(target("rate", of, 8000, **asked) for of in (NORTH, SOUTH)),
        target("other", NORTH, 8000, **asked),
    )
    put(rates, target("town", COUNTY, 8000, **asked))
    north = [share(FIRST, 60, 100), share(SECOND, 99, 100), replace(share(FIRST, 11, 100), indicator="other")]
    hand_in_now(rates, [*north, replace(share(NORTH, 22, 100), indicator="town")], at=moment(2, 3))
    south = [share(THIRD, 70, 100), replace(share(THIRD, 33, 100), indicator="other")]
    hand_in_now(rates, south, of=SOUTH, at=moment(2, 3))
    expected = {
        (NORTH, "rate", FIRST, 60),
        (NORTH, "rate", SECOND, 99),
        (SOUTH, "rate", THIRD, 70),
        (NORTH, "other", FIRST, 11),
        (COUNTY, "town", NORTH, 22),
    }
    put(rates, indicator("later"), at=moment(2, 9))
    for known_at in (None, moment(2, 5)):
        parts = board(rates, known_at=known_at).parts
        told = list(zip(parts["unit"], parts["indicator"], parts["part"], parts["numerator"], strict=True))
        assert set(told) == expected and len(told) == len(expected)


def test_the_pair_of_an_indicator_is_one_of_the_county(rates: Engine) -> None:
    put(rates, indicator("persons", pair="rate"), at=moment(1, 6))
    with read(rates) as connection:
        held = read_directory(connection, Scope.whole(COUNTY), day=JANUARY).indicators.set_index("code")
    assert held.at["persons", "pair"] == "rate" and pd.isna(held.at["rate", "pair"])
    with pytest.raises(NotFound, match="nowhere"):
        put(rates, indicator("other", pair="nowhere"), at=moment(1, 7))


def test_a_figure_of_others_is_of_an_indicator_that_is_known(rates: Engine) -> None:
    with pytest.raises(NotFound):
        put(rates, OutsideFigureRecord("nothing", "全省平均", 1, "省统计局", JANUARY))
