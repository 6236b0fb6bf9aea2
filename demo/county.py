"""The whole invented county: everything anyone entered from December 2024 to November 2026, in order of entry."""

from collections.abc import Iterator
from datetime import date

from data_access.records import RuleRecord, SettingRecord
from data_access.writes import Record
from metrics.rules import DEFAULT_CONTENT

from .aims import set_aims
from .batch import Batch, moment
from .checklists import checklist_batches
from .comparisons import outside_batches
from .curves import curve_records, default_curve, override_records
from .departments import department_records
from .explanations import explanations_of_year
from .handing import Desk, handed_in
from .holidays import workday_records
from .indicators import curve_of, definitions
from .moods import moods
from .people import CHANGED_ON, People, people
from .places import COUNTY_NAME, Land, land, renamed_units, unit_records
from .rectification import ledger, weekly_batches
from .reports import reports_of_year
from .spot_checks import spot_check_batches
from .targets import target_sheets
from .year import unfold

SEED = 990521
AS_OF = date(2026, 10, 31)


def records(seed: int = SEED) -> tuple[Record, ...]:
    """Every record of the county in the order of entry, the same for the same seed."""
    return tuple(record for batch in batches(seed) for record in batch.records)


def batches(seed: int = SEED) -> list[Batch]:
    """Everything entered, grouped by moment and author, in the order of the moments."""
    country = land(seed)
    staff = people(country, seed)
    supervisor = f"督查室 {staff.clerk_of('DC').name}"
    found = [*_setting_up(country, staff), *_later_entries(country, staff)]
    found += _years(country, staff, seed)
    found += weekly_batches(ledger(country, staff, seed), supervisor)
    found += checklist_batches(country, seed, supervisor)
    return sorted(found, key=lambda batch: batch.recorded_at)


def _years(country: Land, staff: People, seed: int) -> Iterator[Batch]:
    office = f"农业农村局 {staff.clerk_of('NY').name}"
    desk = Desk(country, staff, office)
    standing: dict[tuple[str, str], int] = {}
    for year in (2025, 2026):
        aims = set_aims(country, seed, year, standing)
        mood = moods(country, seed, year)
        outcome = unfold(country, seed, aims, mood)
        for sheet in target_sheets(country, aims):
            yield Batch(moment(sheet.entered_on, 15), office, sheet.targets)
        said = explanations_of_year(country, seed, aims, outcome, mood)
        yield from handed_in(desk, seed, year, reports_of_year(country, seed, aims, outcome), said)
        if year == AS_OF.year:
            yield from spot_check_batches(country, seed, aims, outcome, desk.accepting)
        standing = outcome.standing(aims)


def _setting_up(country: Land, staff: People) -> Iterator[Batch]:
    """What was there before the first figure: units, people, indicators, curves, rules, the calendar."""
    entered = moment(date(2024, 12, 26), 10)
    first: list[Record] = [*unit_records(country), *department_records(), *definitions(2025)]
    first += [*staff.persons, *staff.duties, default_curve()]
    first += [*curve_records(curve_of(2025)), *workday_records(2025)]
    first += [
        RuleRecord(
            "云督〔2025〕1号",
            "云岭县2025年度目标任务督查调度办法",
            DEFAULT_CONTENT | {"gap_points": {"behind": -15, "far_behind": -35}},
            date(2025, 1, 1),
        ),
        SettingRecord("county.title", COUNTY_NAME),
        SettingRecord("clock.as_of", AS_OF.isoformat()),
    ]
    yield Batch(entered, "系统管理员", tuple(first))


def _later_entries(country: Land, staff: People) -> Iterator[Batch]:
    """What changed since: the new year's rules and definitions, a renamed village, a new secretary, curves."""
    administrator = "系统管理员"
    yield Batch(moment(date(2025, 11, 7), 9), administrator, tuple(workday_records(2026)))
    new_year: list[Record] = [*renamed_units(country), *definitions(2026), *curve_records(curve_of(2026))]
    new_year += [duty for duty in staff.late_duties if duty.indicator is not None]
    new_year.append(
        RuleRecord("云督〔2026〕3号", "云岭县2026年度目标任务督查调度办法", DEFAULT_CONTENT, date(2026, 1, 1))
    )
    yield Batch(moment(date(2026, 1, 16), 11), administrator, tuple(new_year))
    moved = [duty for duty in staff.late_duties if duty.indicator is None]
    yield Batch(moment(CHANGED_ON, 14), administrator, (*staff.late_persons, *moved))
    yield from outside_batches(f"统计局 {staff.clerk_of('TJ').name}")
    for curve in override_records(country):
        entered = max(curve.valid_from, date(2026, 1, 22))
        yield Batch(moment(entered, 16), administrator, (curve,))
