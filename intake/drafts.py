"""A workbook read against the county: its records, its changes, its problems. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from data_access.directory import read_directory
from data_access.documents import read_targets
from data_access.newest_reports import read_newest_reports
from data_access.reads import read_issues
from data_access.references import outside_names
from data_access.scope import Scope
from data_access.used import indicators_in_use
from data_access.writes import Record
from data_access.writing.context import Count
from intake.book import Book
from intake.breakdown import read_breakdown, visible_units
from intake.changes import (
    Change,
    count_explanations,
    count_marks,
    report_changes,
    target_changes,
)
from intake.checks.plausible import LOOKED_BACK, PLAUSIBLE, closes_quarter_or_year
from intake.checks.relative import TARGETS
from intake.checks.reports import FIGURES
from intake.checks.setup import SETUP_CHECKS
from intake.errors import WorkbookRefused
from intake.known import Known, Move, Unit, known_from
from intake.problems import Problem
from intake.report import CellKey, Held, explanations, read_marks, read_report, with_doubts
from intake.setup import read_setup
from intake.sheets.model import META_WORDS
from intake.stored import newest, principal_aims, rows, targets_held, versions_held
from metrics.periods import period_end, previous
from metrics.vocabulary import Cadence, IssueState, Level


@dataclass(slots=True)
class Draft:
    """What a workbook comes to: whose it is, the records it makes, and what stands in the way."""

    kind: str
    unit: str
    year: int | None = None
    period: date | None = None
    records: list[Record] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=dict)


def draft(connection: Connection, scope: Scope, book: Book, *, today: date, known_at: datetime) -> Draft:
    """Read a workbook against what the county knows; WorkbookRefused where it cannot belong to it."""
    if book.meta.county and book.meta.county != scope.county:
        raise WorkbookRefused("wrong_county", found=book.meta.county, county=scope.county)
    build = {"setup": _setup, "breakdown": _breakdown, "report": _report}[book.form.kind]
    made = build(connection, scope, book, today, known_at)
    found = [*book.problems, *(problem for table in book.tables.values() for problem in table.problems)]
    made.problems = sorted(found, key=lambda problem: (book.order.get(problem.sheet, 0), problem.place))
    if not made.records and not any(problem.blocking for problem in found):
        made.problems.append(Problem("empty_workbook", True, book.form.sheets[0].title.zh))
    return made


def _known(connection: Connection, scope: Scope, day: date, known_at: datetime) -> Known:
    known = known_from(read_directory(connection, scope, day=day, known_at=known_at))
    if scope.county not in known.units:
        raise WorkbookRefused("no_county_yet", county=scope.county)
    return known


def _setup(connection: Connection, scope: Scope, book: Book, today: date, known_at: datetime) -> Draft:
    if not scope.is_whole:
        raise WorkbookRefused("wrong_scope", unit=scope.county)
    known = known_from(read_directory(connection, scope, day=today, known_at=known_at))
    _learn_issues(known, connection, scope, known_at)
    known.uses = indicators_in_use(connection, scope, known_at)
    setup = read_setup(book, known, today)
    for key, checks in SETUP_CHECKS.items():
        if key in book.tables:
            checks.run(setup, book.tables[key])
    return Draft("setup", scope.county, records=[*setup.records])


def _breakdown(connection: Connection, scope: Scope, book: Book, today: date, known_at: datetime) -> Draft:
    year = book.meta.year
    if year is None:
        raise WorkbookRefused("missing_meta", name=META_WORDS["year"])
    home = book.meta.unit or scope.county
    day = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    known = _known(connection, scope, day, known_at)
    known.outside = outside_names(connection, scope, known_at)
    if "targets" not in book.tables:
        return Draft("breakdown", home, year=year)
    stored = read_targets(connection, scope, year=year, known_at=known_at)
    breakdown = read_breakdown(
        book,
        known,
        scope,
        year=year,
        today=today,
        held=targets_held(stored, year, day),
        versions=versions_held(stored, year),
        last_year=targets_held(
            read_targets(connection, scope, year=year - 1, known_at=known_at),
            year - 1,
            date(year - 1, 12, 31),
        ),
    )
    TARGETS.run(breakdown, breakdown.table)
    return Draft(
        "breakdown",
        home,
        year=year,
        records=[*breakdown.records()],
        changes=list(target_changes(breakdown)),
    )


def _report(connection: Connection, scope: Scope, book: Book, today: date, known_at: datetime) -> Draft:
    period = book.meta.period
    if period is None:
        raise WorkbookRefused("missing_meta", name=META_WORDS["period"])
    if period_end(Cadence.MONTH, period) != period:
        raise WorkbookRefused("not_a_period", found=period)
    known = _known(connection, scope, period, known_at)
    home = _home(known, scope, book.meta.unit)
    if "figures" not in book.tables:
        return Draft("report", home.code, period=period)
    stored, before = _stored(connection, scope, known, home, period, known_at)
    below = [unit.code for unit in known.units.values() if home.code in (unit.code, unit.township)]
    targets = read_targets(connection, scope, year=period.year, units=below, known_at=known_at)
    report = read_report(
        book,
        known,
        home,
        period=period,
        today=today,
        held=stored[period],
        before=before,
        history=stored,
        targets=principal_aims(targets, period),
    )
    doubts = [registry.run(report, report.table) for registry in (FIGURES, PLAUSIBLE)]
    said, marks = explanations(report), read_marks(book, known, home, period)
    return Draft(
        "report",
        home.code,
        period=period,
        records=[*with_doubts(report, *doubts), *said, *marks],
        changes=list(report_changes(report)),
        counts={
            "explanation": count_explanations(connection, scope, said, period, known_at),
            "mark": count_marks(connection, scope, marks, period, known_at),
        },
    )


def _home(known: Known, scope: Scope, code: str) -> Unit:
    """The township, or the county itself, that a report speaks for."""
    if not code:
        raise WorkbookRefused("missing_meta", name=META_WORDS["unit"])
    home = known.units.get(code)
    if home is None or home.level not in (Level.TOWNSHIP, Level.COUNTY):
        raise WorkbookRefused("unknown_home", found=code)
    if not scope.is_whole and home.code not in visible_units(known, scope):
        raise WorkbookRefused("wrong_scope", unit=home.name)
    return home


def _stored(
    connection: Connection, scope: Scope, known: Known, home: Unit, period: date, known_at: datetime
) -> tuple[Mapping[date, dict[CellKey, Held]], dict[CellKey, Held]]:
    """The figures stored by period, and those of the period before, each by its own cadence."""
    earlier = {cadence: previous(cadence, period) for cadence in Cadence}
    back = {
        previous(cadence, period, n)
        for cadence, periods in LOOKED_BACK.items()
        if closes_quarter_or_year(cadence, period.month)
        for n in range(1, periods + 1)
    }
    frame = read_newest_reports(
        connection,
        scope,
        homes=[home.code],
        periods=sorted({period, *earlier.values(), *back}),
        known_at=known_at,
    )
    stored = newest(frame)
    before: dict[CellKey, Held] = {}
    for cadence, day in earlier.items():
        codes = {code for code, one in known.indicators.items() if one.cadence is cadence}
        before |= {key: held for key, held in stored[day].items() if key[0] in codes}
    return stored, before


def _learn_issues(known: Known, connection: Connection, scope: Scope, known_at: datetime) -> None:
    """Let the rectification items that the county has be known, with their steps so far."""
    issues, events = read_issues(connection, scope, known_at=known_at)
    known.issues = dict(zip(issues["number"], issues["opened_on"], strict=True))
    for row in rows(events):
        move = Move(IssueState(row["state"]), row["day"], row["round"])
        known.moves[row["number"]] = (*known.moves.get(row["number"], ()), move)
