"""All that can be recorded after a moment: one record at least of every kind there is, most of them backdated."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, select

from data_access.directory import Directory, read_directory
from data_access.documents import read_targets
from data_access.engine import read, write
from data_access.reads import read_issues, read_submissions
from data_access.records import (
    AgendaRecord,
    ChecklistMarkRecord,
    CurveRecord,
    DepartmentRecord,
    DutyRecord,
    ExplanationRecord,
    IndicatorRecord,
    IssueEventRecord,
    IssueRecord,
    OutsideFigureRecord,
    PersonRecord,
    ReportRecord,
    RuleRecord,
    SettingRecord,
    SubmissionRecord,
    TargetRecord,
    UnitRecord,
    WorkdayRecord,
)
from data_access.schema import report, submission_event
from data_access.scope import Scope
from data_access.writes import WRITERS, Record, move_submission, record_submission, write_records
from metrics.columns import records
from metrics.rules import DEFAULT_CONTENT
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Comparator,
    Force,
    IssueState,
    Kind,
    Level,
    Quality,
    SubmissionState,
    TargetChange,
)


@dataclass
class Later:
    """Writes into a county after a moment, every write an instant after the one before."""

    engine: Engine
    county: str
    at: datetime
    random: Random
    year: int = 2026
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        with read(self.engine) as connection:
            self.directory = read_directory(connection, Scope.whole(self.county), day=date(self.year, 12, 31))
        self.start = date(self.year, 1, 1)

    def write_everything(self) -> list[Record]:
        """One record at least of every kind; what was written."""
        made = [record for group in self.groups() for record in group]
        assert {type(each) for each in made} == set(WRITERS) - {ReportRecord}
        self.put(made)
        self.correct()
        self.turn_back()
        return made

    def groups(self) -> list[list[Record]]:
        """What may be recorded besides reports, in groups that may come one without the other."""
        return [self._documents(), self._people(), self._measures(), self._tree(), self._remarks()]

    def anything(self) -> None:
        """One thing of those that may be recorded, at random."""
        what = self.random.choice(["correct", "correct", "return", "group", "group"])
        if what == "correct":
            self.correct()
        elif what == "return":
            self.turn_back()
        else:
            self.put(self.random.choice(self.groups()))

    def correct(self, chosen: pd.Series | None = None) -> tuple[str, str]:
        """Correct an accepted figure and accept the correction at once; its unit and indicator."""
        found = self._accepted() if chosen is None else chosen
        of = ReportRecord(
            str(found["indicator"]),
            str(found["unit"]),
            str(found["township"]),
            found["period"],
            int(found["value"]) + 3,
            Quality.EXACT,
            numerator=None if pd.isna(found["numerator"]) else max(int(found["numerator"]) - 3, 0),
            denominator=None if pd.isna(found["denominator"]) else int(found["denominator"]),
            reason="现场核实后更正",
        )
        with write(self.engine) as connection:
            number = self._submission(connection, of.township, of.period)
            write_records(
                connection,
                self.county,
                [of],
                recorded_at=self.at,
                author="核实员",
                submission=number,
            )
            move_submission(
                connection, self.county, number, SubmissionState.ACCEPTED, actor="审核员", at=self._next()
            )
        return of.unit, of.indicator

    def turn_back(self) -> str:
        """Return the workbook accepted last; the unit it speaks for."""
        with write(self.engine) as connection:
            held = read_submissions(connection, Scope.whole(self.county))
            accepted = held[held["state"] == SubmissionState.ACCEPTED]
            row = accepted.iloc[self.random.randrange(min(5, len(accepted)))]
            move_submission(
                connection,
                self.county,
                int(row["id"]),
                SubmissionState.RETURNED,
                actor="督查员",
                at=self._next(),
                note="佐证不足",
            )
        return str(row["unit"])

    def put(self, made: list[Record]) -> None:
        """Write records together."""
        with write(self.engine) as connection:
            write_records(connection, self.county, made, recorded_at=self._next(), author="后来人")

    def _next(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def _submission(self, connection: Connection, unit: str, period: date) -> int:
        at = self._next()
        record = SubmissionRecord(unit, "report", period, "更正.xlsx", "1" * 64, str(at), "核实员", at)
        return record_submission(
            connection,
            self.county,
            record,
            recorded_at=at,
            state=SubmissionState.SUBMITTED,
            actor="核实员",
        )

    def _accepted(self) -> pd.Series:
        """An exact figure of this year that counts, of the newest period of its indicator."""
        accepted = select(submission_event.c.submission).where(submission_event.c.state == "accepted")
        statement = select(report).where(
            report.c.county == self.county,
            report.c.period.between(self.start, date(self.year, 12, 31)),
            report.c.value.is_not(None),
            report.c.layer == "reported",
            report.c.submission.in_(accepted),
        )
        with read(self.engine) as connection:
            held = pd.DataFrame(connection.execute(statement).mappings().all())
        newest = held[held["period"] == held.groupby("indicator")["period"].transform("max")]
        return newest.iloc[self.random.randrange(len(newest))]

    def _units(self, level: Level) -> list[Any]:
        held = self.directory.units
        return list(records(held[held["level"] == level]))

    def _indicators(self) -> list[Any]:
        return list(records(self.directory.indicators))

    def _documents(self) -> list[Record]:
        with read(self.engine) as connection:
            held = read_targets(connection, Scope.whole(self.county), year=self.year)
        held = held[held["low"].notna() & (held["kind"] == Kind.ACCUMULATE)]
        row = held.iloc[self.random.randrange(len(held))]
        content = {**DEFAULT_CONTENT, "gap_points": {"behind": -3, "far_behind": -8}}
        first = next(one for one in self._indicators() if one.kind == Kind.ACCUMULATE)
        return [
            TargetRecord(
                indicator=str(row["indicator"]),
                unit=str(row["unit"]),
                year=self.year,
                issuer=str(row["issuer"]),
                is_breakdown=bool(row["is_breakdown"]),
                kind=Kind.ACCUMULATE,
                comparator=Comparator(row["comparator"]),
                low=int(row["low"]) + 7,
                deadline=row["deadline"],
                valid_from=self.start,
                force=Force(row["force"]),
                change=TargetChange.CORRECT,
                document="云督〔2026〕31号",
                reason="分解数有误",
            ),
            CurveRecord("前紧后松", "linear", (("03-31", 0.6), ("12-31", 1.0)), self.start, first.code),
            CurveRecord("全县默认", "linear", (("06-30", 0.7), ("12-31", 1.0)), self.start),
            RuleRecord("云督〔2026〕32号", "从严的规则", content, self.start),
            WorkdayRecord(date(self.year, 11, 6), False, "临时调休"),
            SettingRecord("county.title", "后来的名称"),
            OutsideFigureRecord(first.code, "全市平均", 12345, "市统计局", self.start),
            AgendaRecord(f"later{next(self.count)}", "后来的议程", {"entries": [{"view": "overview"}]}, 0),
        ]

    def _people(self) -> list[Record]:
        office = next(records(self.directory.departments))
        township = self._units(Level.TOWNSHIP)[0]
        village = self._units(Level.VILLAGE)[0]
        made: list[Record] = [
            DepartmentRecord(office.code, "后来的局", "后来局", 1),
            PersonRecord("LATER", "后来人", "新任", unit=township.code),
        ]
        for person in records(self.directory.persons.head(3)):
            made.append(PersonRecord(person.code, f"改{person.name}", "改任"))
        for held in records(self.directory.duties.head(3)):
            where = {
                name: value if isinstance(value := getattr(held, name), str) else None
                for name in ("unit", "department", "indicator")
            }
            made.append(DutyRecord(held.person, held.role, held.valid_from, **where, withdrawn=True))
        made += [
            DutyRecord("LATER", "包片领导", self.start, unit=township.code),
            DutyRecord("LATER", "包村干部", self.start, unit=village.code),
            DutyRecord("LATER", "分管领导", self.start, department=office.code),
        ]
        return made

    def _measures(self) -> list[Record]:
        held = {name: self._defined(row) for name, row in enumerate(self._indicators()) if name < 3}
        return [
            replace(held[0], name=f"改{held[0].name}", is_key=not held[0].is_key, definition="后来的口径"),
            replace(held[1], due_day=28, lower_is_better=not held[1].lower_is_better),
            replace(held[2], cadence=Cadence.QUARTER),
        ]

    def _defined(self, row: Any) -> IndicatorRecord:
        """The definition in force as a record."""
        kept = ("code", "name", "short_name", "field", "measure", "definition", "source")
        flags = ("lower_is_better", "is_key", "is_whole", "is_ratio")
        optional = ("lead", "numerator_name", "denominator_name", "scope_tag")
        bounds = ("lowest", "highest")
        return IndicatorRecord(
            **{name: getattr(row, name) for name in kept},
            **{name: bool(getattr(row, name)) for name in flags},
            **{name: value if isinstance(value := getattr(row, name), str) else None for name in optional},
            **{name: None if pd.isna(value := getattr(row, name)) else int(value) for name in bounds},
            scale=int(row.scale),
            kind=Kind(row.kind),
            accumulation=Accumulation(row.accumulation),
            cadence=Cadence(row.cadence),
            due_day=int(row.due_day),
            level_reported=Level(row.level_reported),
            sort=int(row.sort),
            valid_from=self.start,
            shared=tuple(row.shared),
            items=self._items(self.directory, row.code),
        )

    @staticmethod
    def _items(directory: Directory, code: str) -> tuple[tuple[str, str], ...]:
        held = directory.checklists
        rows = held[held["indicator"] == code].sort_values("sort")
        return tuple(zip(rows["item"], rows["name"], strict=True))

    def _tree(self) -> list[Record]:
        first, second = self._units(Level.TOWNSHIP)[:2]
        moved, retagged = [one for one in self._units(Level.VILLAGE) if one.parent == first.code][:2]
        return [
            self._unit(second, name=f"改{second.name}", sort=0),
            self._unit(moved, parent=second.code),
            self._unit(retagged, tags=("后来的标签",), households=7, persons=21),
        ]

    def _unit(self, row: Any, **changed: Any) -> UnitRecord:
        made = UnitRecord(
            row.code, Level(row.level), row.parent, row.name, row.kind, int(row.sort), self.start, row.tags
        )
        return replace(made, **changed)

    def _remarks(self) -> list[Record]:
        township, village = self._units(Level.TOWNSHIP)[0], self._units(Level.VILLAGE)[3]
        listed = next(one for one in self._indicators() if one.kind == Kind.CHECKLIST)
        counted = next(one for one in self._indicators() if one.kind == Kind.ACCUMULATE)
        with read(self.engine) as connection:
            issues, events = read_issues(connection, Scope.whole(self.county))
        opened, day = date(self.year, 3, 1), date(self.year, 3, 20)
        made: list[Record] = [
            IssueRecord(
                "LATER-1", township.code, "督查发现", "资料不全", "补录的事项", "说明", opened, opened
            ),
            IssueEventRecord("LATER-1", IssueState.WORKING, day, "督查室"),
        ]
        # What is closed with a day long past changes every count of that day.
        closed = events.loc[events["state"] == IssueState.CLOSED, "number"]
        for number in issues.loc[~issues["number"].isin(closed), "number"].head(5):
            made.append(IssueEventRecord(number, IssueState.CLOSED, day, "督查室", evidence="补录"))
        made += [
            ExplanationRecord(counted.code, one.code, month, text="后来的说明", waits_on="后来的单位")
            for one in self._units(Level.TOWNSHIP)
            for month in (date(self.year, 3, 31), date(self.year, 9, 30))
        ]
        made += [
            ChecklistMarkRecord(listed.code, village.code, item, day, met=False, note="后来查的")
            for item, _ in self._items(self.directory, listed.code)
        ]
        return made
