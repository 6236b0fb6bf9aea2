"""Reported figures fit one another: nothing negative, nothing falling, no part above its whole."""

from collections import defaultdict
from datetime import date

from data_access.records import ExplanationRecord, ReportRecord
from demo.batch import Batch
from demo.holidays import workdays
from demo.incidents import LEFT_OUT
from demo.indicators import BY_CODE, SPECS
from demo.measures import Manner
from demo.places import COUNTY, Land
from demo.targets import COUNTY_OFFICE
from metrics.periods import COUNTY_ZONE, due_on, period_end
from metrics.vocabulary import Accumulation, Cadence, Layer, Level, Quality, SubmissionState
from tests.demo.test_measures import Targets

Accepted = dict[tuple[str, str], dict[date, ReportRecord]]


def _doubted(record: ReportRecord) -> bool:
    return record.doubt is not None


def test_no_figure_is_negative_or_has_a_part_above_its_whole(accepted: Accepted) -> None:
    for by_period in accepted.values():
        for record in by_period.values():
            assert record.value is None or record.value >= 0
            if record.denominator is not None:
                assert 0 <= (record.numerator or 0) <= record.denominator


def test_running_totals_never_fall(accepted: Accepted) -> None:
    for (code, unit), by_period in accepted.items():
        how = BY_CODE[code].record.accumulation
        if how not in (Accumulation.YEAR_TO_DATE, Accumulation.CUMULATIVE):
            continue
        for year in (2025, 2026):
            values = [
                record.value
                for period, record in sorted(by_period.items())
                if (how is Accumulation.CUMULATIVE or period.year == year)
                and record.value is not None
                and not _doubted(record)
            ]
            assert values == sorted(values), (code, unit, year)


def test_every_period_lies_where_its_indicator_has_one(entered: list[Batch]) -> None:
    for batch in entered:
        for record in batch.records:
            if isinstance(record, ReportRecord):
                assert period_end(BY_CODE[record.indicator].record.cadence, record.period) == record.period
                assert date(2025, 1, 31) <= record.period <= date(2026, 10, 31)


def test_figures_are_reported_at_the_level_of_their_indicator(entered: list[Batch], country: Land) -> None:
    for batch in entered:
        for record in batch.records:
            if isinstance(record, ReportRecord):
                place = country.by_code[record.unit]
                assert place.level is BY_CODE[record.indicator].record.level_reported
                assert record.township == (place.parent if place.level is Level.VILLAGE else place.code)


def _year_end(accepted: Accepted, code: str, unit: str, year: int) -> int:
    """The year's amount of a unit, whatever way it is reported."""
    held = {
        period: record for period, record in accepted.get((code, unit), {}).items() if period.year == year
    }
    how = BY_CODE[code].record.accumulation
    if how is Accumulation.INCREMENT:
        return sum(record.value or 0 for record in held.values())
    return held[max(held)].value or 0 if held else 0


def test_persons_go_with_their_households(accepted: Accepted, country: Land) -> None:
    for township in country.townships:
        villages = [village.code for village in country.below(township.code)]
        households = sum(_year_end(accepted, "JC01", code, 2025) for code in villages)
        persons = sum(_year_end(accepted, "JC02", code, 2025) for code in villages)
        assert 2 <= persons / households <= 7, township.name


def test_no_house_is_finished_that_was_not_begun(accepted: Accepted, country: Land) -> None:
    for village in country.villages:
        for period, finished in accepted.get(("ZF01", village.code), {}).items():
            begun = accepted["ZF02", village.code].get(period)
            if begun is not None and not finished.reason and not begun.reason:
                assert (finished.value or 0) <= (begun.value or 0), (village.name, period)


def test_last_year_ended_about_where_it_should(accepted: Accepted, targets: Targets, country: Land) -> None:
    """Over the county each amount of 2025 came to 95 to 107 % of what was handed down."""
    for one in SPECS:
        if one.plan.manner not in (Manner.WORK, Manner.BATCH) or 2025 not in one.plan.years:
            continue
        if one.record.accumulation is Accumulation.CUMULATIVE or one.plan.down_to is Level.COUNTY:
            continue
        asked = done = 0
        for unit in country.places:
            held = targets.get((one.code, unit.code, 2025, COUNTY_OFFICE))
            if held and unit.level is one.record.level_reported:
                asked += held[-1].low or 0
                done += _year_end(accepted, one.code, unit.code, 2025)
        assert 0.95 <= done / asked <= 1.07, (one.code, done / asked)


def test_there_are_true_zeros_and_figures_that_are_no_numbers(accepted: Accepted) -> None:
    last = [
        by_period[date(2026, 10, 31)] for by_period in accepted.values() if date(2026, 10, 31) in by_period
    ]
    assert sum(record.value == 0 for record in last) > 100
    qualities = {record.quality for record in last}
    assert {
        Quality.EXACT,
        Quality.APPROXIMATE,
        Quality.AT_LEAST,
        Quality.MASKED,
        Quality.QUALITATIVE,
    } <= qualities
    for record in last:
        if record.quality in (Quality.MASKED, Quality.QUALITATIVE):
            assert record.value is None and record.text
        if record.quality is Quality.APPROXIMATE:
            assert record.text and str(record.value) in record.text


def test_one_township_is_too_exact_and_doubted(accepted: Accepted, targets: Targets, country: Land) -> None:
    villages = country.below(country.by_name["双桥镇"].code)
    for village in villages:
        for code in ("ZF01", "CY03"):
            record = accepted.get((code, village.code), {}).get(date(2026, 10, 31))
            if record is not None:
                assert record.value == targets[code, village.code, 2026, COUNTY_OFFICE][-1].low
                assert record.doubt


def test_every_township_hands_in_every_month_but_three(entered: list[Batch], country: Land) -> None:
    handed: dict[str, dict[date, SubmissionState | None]] = defaultdict(dict)
    for batch in entered:
        sent = batch.handed_in
        if (
            sent is not None
            and sent.unit != COUNTY
            and sent.period is not None
            and "更正" not in sent.file_name
        ):
            handed[country.by_code[sent.unit].name][sent.period] = batch.move.state if batch.move else None
    odd = {
        (name, period): state
        for name, months in handed.items()
        for period, state in months.items()
        if state is not SubmissionState.ACCEPTED
    }
    october = date(2026, 10, 31)
    assert odd == {("茶园乡", october): None, ("红岭农场", october): SubmissionState.RETURNED}
    assert [name for name, months in handed.items() if len(months) < 22] == ["竹坪乡"]
    assert october not in handed["竹坪乡"]


def test_most_hand_in_by_the_day_and_some_do_not(entered: list[Batch]) -> None:
    calendar, late, months = workdays(), 0, 0
    for batch in entered:
        sent = batch.handed_in
        if sent is None or sent.unit == COUNTY or sent.period is None or "报表.xlsx" not in sent.file_name:
            continue
        months += 1
        due = due_on(Cadence.MONTH, sent.period, 5, calendar)
        day = sent.submitted_at.astimezone(COUNTY_ZONE).date()
        assert day > sent.period
        assert calendar.is_work(day)
        late += day > due
    assert 0.03 < late / months < 0.15


def test_villages_left_out_have_no_figure(accepted: Accepted, country: Land) -> None:
    for name, year, month in LEFT_OUT:
        held = accepted["ZC01", country.by_name[name].code]
        assert not [period for period in held if (period.year, period.month) == (year, month)]


def test_corrections_say_why_and_come_weeks_later(entered: list[Batch]) -> None:
    first: dict[tuple[str, str, date], Batch] = {}
    corrections = 0
    for batch in entered:
        for record in batch.records:
            if not isinstance(record, ReportRecord) or record.layer is not Layer.REPORTED:
                continue
            key = record.indicator, record.unit, record.period
            if key not in first:
                first[key] = batch
            elif record.reason:
                corrections += 1
                assert (batch.recorded_at - first[key].recorded_at).days >= 7
            else:
                assert first[key].move is not None
                assert first[key].move.state is SubmissionState.RETURNED
    assert 60 <= corrections <= 160


def test_units_behind_their_plan_say_why(entered: list[Batch]) -> None:
    said = [record for batch in entered for record in batch.records if isinstance(record, ExplanationRecord)]
    october = [one for one in said if one.period == date(2026, 10, 31)]
    assert len(october) > 150
    assert all(one.cause and one.text and one.measure for one in said)
    assert all(one.promised_day and one.promised_day > one.period for one in october)
    assert 10 < sum(one.waits_on is not None for one in october) < len(october) / 2


def test_spot_checks_found_less_where_the_figures_were_too_exact(
    entered: list[Batch], accepted: Accepted, country: Land
) -> None:
    found: dict[str, list[float]] = defaultdict(list)
    for batch in entered:
        for record in batch.records:
            if isinstance(record, ReportRecord) and record.layer is Layer.VERIFIED:
                reported = accepted[record.indicator, record.unit][record.period].value
                if reported:
                    found[country.by_code[record.township].name].append((record.value or 0) / reported)
    assert max(found["双桥镇"]) < 0.9
    assert min(sum(shares) / len(shares) for name, shares in found.items() if name != "双桥镇") > 0.9
