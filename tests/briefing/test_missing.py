"""Missing is never zero: not in a cell, not in a sum, not in a share, not in a county without data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from sqlalchemy import Engine

from briefing.attention import things
from briefing.checklist import missing_items
from briefing.departments import department_rows
from briefing.lists import Selection, counts, principal, select
from briefing.load import Briefing, Frame
from briefing.provenance import provenance
from briefing.ranking import flags, key_indicators, ranking, units_by_need
from briefing.records import reporting_record
from briefing.rectification import ledger
from briefing.villages import Villages, load_villages, village_rows
from data_access.engine import read
from data_access.scope import Scope
from data_access.writes import Record
from metrics.vocabulary import Accumulation, Level
from tests.briefing.evidence import Evidence
from tests.data_access.county import COUNT, COUNTY, NORTH, basics, indicator, put, target, units
from tests.views import NOW

FIGURES = ["actual", "completion", "gap"]


def _frames(october: Briefing, villages: Villages) -> Iterator[pd.DataFrame]:
    yield october.cells
    yield from october.earlier
    yield villages.cells
    yield from villages.earlier


def test_a_cell_without_an_accepted_report_has_no_figure(october: Briefing, villages: Villages) -> None:
    for cells in _frames(october, villages):
        # A target reached by an earlier report stays reached, and shows the figure that reached it.
        without = cells[(cells["units_in"] == 0) & (cells["why"] != "reached_earlier")]
        assert len(without) > 0
        assert without[FIGURES].isna().all().all()


def test_an_amount_is_the_sum_of_the_last_figures_printed_below_it(october: Briefing) -> None:
    """Of townships that report themselves: what a reader adds up in the list is what stands above it."""
    held = october.indicators
    plain = held[
        (held["level_reported"] == Level.TOWNSHIP)
        & ~held["accumulation"].isin([Accumulation.LATEST])
        & ~held["is_ratio"]
        & (held["kind"] == "accumulate")
    ].index
    below = principal(october.cells_at(Level.TOWNSHIP))
    partial = 0
    for cell in principal(october.cells_at(Level.COUNTY)).itertuples():
        rows = below[below["indicator"] == cell.indicator]
        if cell.indicator in plain and cell.units_in:
            assert cell.actual == rows["actual"].fillna(rows["last_amount"]).sum(), cell.indicator
            partial += cell.at_least
    assert partial > 3


def _periods_needed(cell: object, accumulation: str, day: date) -> list[date]:
    if accumulation != Accumulation.INCREMENT:
        return [day]
    ends = pd.date_range(f"{day.year}-01-31", day, freq="ME")
    return [end.date() for end in ends]


def test_a_village_s_figure_is_what_was_accepted_of_it(villages: Villages, evidence: Evidence) -> None:
    """Each village's actual against the rows; a zero stands only where somebody reported a zero."""
    accepted = evidence.accepted(NOW)
    indicators = villages.county.indicators
    plain = indicators[
        (indicators["kind"] == "accumulate")
        & (indicators["level_reported"] == Level.VILLAGE)
        & (indicators["cadence"] == "month")
        & indicators["accumulation"].isin([Accumulation.INCREMENT, Accumulation.YEAR_TO_DATE])
    ]
    cells = villages.cells[villages.cells["indicator"].isin(plain["code"]) & villages.cells["is_principal"]]
    cells = cells[~cells["state"].isin(["no_task"]) & (cells["why"] != "reached_earlier")]
    seen = {"zero": 0, "missing": 0, "figure": 0}
    for cell in cells.itertuples():
        needed = _periods_needed(cell, plain.at[cell.indicator, "accumulation"], cell.data_day)
        values = [accepted.get((cell.unit, cell.indicator, period)) for period in needed]
        if any(version is None or version.value is None for version in values):
            assert pd.isna(cell.actual), (cell.unit, cell.indicator)
            seen["missing"] += 1
            continue
        total = sum(version.value for version in values if version is not None and version.value is not None)
        assert cell.actual == total, (cell.unit, cell.indicator)
        seen["zero" if total == 0 else "figure"] += 1
    assert all(seen.values()), f"the demo county shows only some of the cases: {seen}"


def test_a_village_s_row_counts_only_what_is_judged(villages: Villages) -> None:
    rows = village_rows(villages)
    assert (rows["judged"] == rows["on_plan"] + rows["slightly"] + rows["lagging"]).all()
    silent = rows[(rows["judged"] == 0) & (rows["unreported"] > 0)]
    assert silent["worst_gap"].isna().all()


# --- a county without data -------------------------------------------------------------------------

SET_UP_ONLY: dict[str, list[Record]] = {
    "units": list(units()),
    "units and departments": basics(),
    "indicators": [*basics(), indicator(COUNT)],
    "targets": [*basics(), indicator(COUNT), target(COUNT, NORTH, 10)],
}


def _view(day: date = date(2026, 3, 31)) -> Frame:
    return Frame(Scope.whole(COUNTY), day.year, day, None, datetime(2026, 4, 20, tzinfo=UTC))


@pytest.mark.parametrize("records", SET_UP_ONLY.values(), ids=SET_UP_ONLY.keys())
def test_a_county_without_reports_is_empty_and_does_not_fail(
    sqlite_engine: Engine, records: list[Record]
) -> None:
    put(sqlite_engine, *records)
    with read(sqlite_engine) as connection:
        villages = load_villages(connection, _view())
    county = villages.county
    assert county.cells["actual"].isna().all()
    assert provenance(county).rate in (None, 0.0)
    assert ranking(county)["rank"].isna().all()
    assert flags(county) == [] and things(county) == [] and villages.flags == ()
    assert counts(county.cells_at(Level.TOWNSHIP)).by_state["done"] == 0
    assert len(units_by_need(county)) == 2 and len(village_rows(villages)) == 4
    assert select(county, Selection(state="done")).empty
    assert ledger(county.issues).closing_rate is None
    assert missing_items(county, NORTH) == []
    assert set(key_indicators(county)) <= {COUNT}
    assert len(department_rows(county)) <= 1
    assert all(state in ("missing", "not_due") for _, state in reporting_record(county, NORTH))
