"""Reporting: the strip of months and the line of provenance, against the workbooks handed in."""

from collections import Counter
from datetime import date

import pytest

from briefing.load import Briefing
from briefing.provenance import provenance
from briefing.records import LATE, MISSING, NOT_DUE, ON_TIME, WAITING, reporting_record
from metrics.periods import Workdays, county_day, due_on, month_end
from metrics.vocabulary import Cadence, Kind, Level, SubmissionState
from tests.briefing.evidence import Evidence, Handed
from tests.views import NOW, OCTOBER


def _expected(handed: list[Handed], due: date) -> str:
    standing = [one for one in handed if one.state(NOW) != SubmissionState.RETURNED]
    if not standing:
        return MISSING if county_day(NOW) > due else NOT_DUE
    if all(one.state(NOW) == SubmissionState.SUBMITTED for one in standing):
        return WAITING
    return LATE if county_day(min(one.submitted_at for one in standing)) > due else ON_TIME


@pytest.fixture(scope="session")
def townships(october: Briefing) -> list[str]:
    """The codes of all townships."""
    units = october.directory.units
    return list(units.loc[units["level"] == Level.TOWNSHIP, "code"])


def test_every_month_of_every_township_is_told_as_it_was(
    october: Briefing, evidence: Evidence, townships: list[str]
) -> None:
    work = Workdays.from_frame(october.directory.workdays)
    monthly = october.directory.indicators["cadence"] == Cadence.MONTH
    due_day = int(october.directory.indicators.loc[monthly, "due_day"].max())
    seen: Counter[str] = Counter()
    for unit in townships:
        record = reporting_record(october, unit)
        assert [day for day, _ in record] == [month_end(2026, month) for month in range(1, 11)]
        for day, state in record:
            mine = [one for one in evidence.handed.values() if (one.unit, one.period) == (unit, day)]
            assert state == _expected(mine, due_on(Cadence.MONTH, day, due_day, work)), (unit, day)
            seen[state] += 1
    assert {ON_TIME, LATE, WAITING, MISSING} <= set(seen), "the demo county shows every fate"


def test_a_unit_that_never_reported_is_missing_every_month(october: Briefing) -> None:
    assert {state for _, state in reporting_record(october, "000000000")} == {MISSING}


def test_provenance_adds_up_what_the_units_owe(october: Briefing) -> None:
    facts = provenance(october)
    assert facts.reported == sum(int(value) for value in october.reporting["reported"])
    assert facts.owed == sum(int(value) for value in october.reporting["owed"])
    assert facts.rate == pytest.approx(facts.reported / facts.owed)
    assert facts.data_day == OCTOBER
    assert facts.rule_number == october.rules.number and not facts.is_default_rule


def test_reported_never_exceeds_owed(october: Briefing) -> None:
    held = october.reporting
    for smaller, larger in (("reported", "owed"), ("on_time", "reported"), ("waiting", "reported")):
        assert (held[smaller] <= held[larger]).all()


def test_a_township_that_sent_nothing_has_reported_nothing_of_the_month(
    october: Briefing, evidence: Evidence, townships: list[str]
) -> None:
    sent = {
        one.unit
        for one in evidence.handed.values()
        if one.period == OCTOBER and one.state(NOW) != SubmissionState.RETURNED
    }
    silent = [unit for unit in townships if unit not in sent]
    assert silent
    # Milestones and checklists are facts of a day: no workbook of the month brings them.
    cells = october.cells[~october.cells["kind"].isin((Kind.MILESTONE, Kind.CHECKLIST))]
    for unit in silent:
        of_october = cells[(cells["unit"] == unit) & (cells["data_day"] == OCTOBER)]
        assert len(of_october) > 10 and (of_october["units_in"] == 0).all()
