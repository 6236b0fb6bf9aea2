"""Figures against what usually happens: households, and the last month of a quarter."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from tests.intake.county import (
    APRIL,
    MARCH,
    TOWNSHIPS,
    breakdown_workbook,
    codes,
    figure,
    indicator_row,
    load,
    look,
    report_workbook,
    setup_workbook,
    target,
)

HOME = TOWNSHIPS[0]
VILLAGE = f"{HOME}201"
LATER, TODAY = datetime(2026, 7, 2, tzinfo=UTC), date(2026, 7, 2)


@pytest.mark.parametrize(
    ("persons", "households", "odd"),
    [(2036, 392, False), (20, 10, False), (70, 10, False), (19, 10, True), (71, 10, True), (0, 10, False)],
)
def test_persons_must_fit_their_households(paired: Engine, persons: int, households: int, odd: bool) -> None:
    rows = [figure("TP01", HOME, persons), figure("TP02", HOME, households)]
    found = [each for each in look(paired, report_workbook(rows)).problems if each.code == "household_size"]
    assert [(each.cell, each.blocking) for each in found] == ([("J4", False)] if odd else [])
    targets = [target("TP01", HOME, persons or 1), target("TP02", HOME, households)]
    looked = look(paired, breakdown_workbook(targets))
    assert ("household_size" in codes(looked)) is (odd or not persons)


@pytest.fixture
def paired(county: Engine) -> Engine:
    """The small county with persons and households of the same people."""
    plain = {"level_reported": "township"}
    rows = [
        indicator_row("TP01", "脱贫人口", measure="人", **plain),
        indicator_row("TP02", "脱贫户数", measure="户", **plain),
    ]
    load(county, setup_workbook({"indicators": rows}))
    return county


LEAPS: dict[str, tuple[str, list[int], bool]] = {
    "a running total leaps": ("ZF01", [5, 10, 60], True),
    "a running total runs on": ("ZF01", [5, 10, 20], False),
    "nothing, then all": ("ZF01", [0, 0, 20], True),
    "nothing, then some": ("ZF01", [0, 0, 19], False),
    "an increment leaps": ("PX01", [100, 120, 900], True),
    "increments as ever": ("PX01", [100, 120, 300], False),
}


@pytest.mark.parametrize("name", LEAPS)
def test_the_last_month_of_a_quarter_that_leaps(county: Engine, name: str) -> None:
    indicator, values, leaps = LEAPS[name]
    unit = VILLAGE if indicator == "ZF01" else HOME
    ends = (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30))
    first = [figure(indicator, unit, 0)] if indicator == "ZF01" else []
    for period, rows in [
        (MARCH, first),
        *((end, [figure(indicator, unit, value)]) for end, value in zip(ends[:2], values[:2], strict=True)),
    ]:
        if rows:
            load(county, report_workbook(rows, period=period), now=LATER, today=TODAY)
    looked = look(
        county, report_workbook([figure(indicator, unit, values[2])], period=ends[2]), now=LATER, today=TODAY
    )
    assert ("last_month_leaps" in codes(looked)) is leaps
    assert looked.may_apply


def test_no_leap_is_seen_where_a_month_is_missing_or_no_quarter_ends(county: Engine) -> None:
    load(county, report_workbook([figure("PX01", HOME, 1)], period=APRIL), now=LATER, today=TODAY)
    for period in (date(2026, 5, 31), date(2026, 6, 30)):
        content = report_workbook([figure("PX01", HOME, 900)], period=period)
        assert "last_month_leaps" not in codes(look(county, content, now=LATER, today=TODAY))
