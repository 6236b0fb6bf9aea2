"""Load and judge one county, or the villages below a unit, on one day as known at one moment."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from briefing.judging import BoardOf, Judging, rules_of
from briefing.once import once
from data_access.directory import Directory, read_directory
from data_access.facts import Depth, read_board
from data_access.reads import (
    read_checklist,
    read_explanations,
    read_issues,
    read_reporting,
    read_submissions,
)
from data_access.scope import Scope
from metrics.board import Board
from metrics.columns import records
from metrics.handed_in import reports_of
from metrics.periods import Workdays, in_force, period_end, previous
from metrics.rectification import standing
from metrics.rules import Rules, rules_in_force
from metrics.vocabulary import Cadence, Level

# Puts drafted documents on the boards that are read.
Draft = Callable[[BoardOf], BoardOf]


@dataclass(frozen=True)
class Frame:
    """The frame of reference of a view: whose, which year, which day, known at which moment.

    `known_at` None means now; `now` is the moment the view is made, handed in from the clock.
    """

    scope: Scope
    year: int
    as_of: date
    known_at: datetime | None
    now: datetime

    @property
    def county(self) -> str:
        """The county's code."""
        return self.scope.county

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two views the same, the moment they are made aside."""
        return (self.scope, self.year, self.as_of, self.known_at)

    @property
    def moment(self) -> datetime:
        """The moment of knowledge."""
        return self.known_at or self.now


@dataclass(frozen=True)
class Briefing:
    """Everything the pages of a county say, judged once.

    `cells` are the judged rows of the root and its children; `earlier` the same for the last periods,
    nearest first; `reporting_before` is who had reported in the nearest (of a snapshot, whose ranks stand, None).
    `issues` carry their state and clock on the as-of day. Frames are shared between
    readers: never change one in place.
    """

    frame: Frame
    root: str
    directory: Directory
    board: Board
    cells: pd.DataFrame
    earlier: tuple[pd.DataFrame, ...]
    issues: pd.DataFrame
    issue_events: pd.DataFrame
    reporting: pd.DataFrame
    submissions: pd.DataFrame
    explanations: pd.DataFrame
    marks: pd.DataFrame
    rules: Rules
    reporting_before: pd.DataFrame | None = None
    kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The county's name."""
        return self.names[self.frame.county]

    @cached_property
    def title(self) -> str:
        """What the county calls itself on its screens and papers."""
        settings = self.directory.settings.set_index("name")["value"]
        held = settings.get("county.title")
        return str(held) if held else self.name

    @cached_property
    def units(self) -> Any:
        """The units of the directory: a frame indexed by code."""
        return self.directory.units.set_index("code", drop=False)

    @cached_property
    def indicators(self) -> Any:
        """The indicators of the directory: a frame indexed by code."""
        return self.directory.indicators.set_index("code", drop=False)

    @cached_property
    def definitions(self) -> dict[str, dict[str, Any]]:
        """The rows of `indicators` by code: looking one up a thousand times in a frame is slow."""
        rows = self.directory.indicators.to_dict("records")
        return {str(row["code"]): {str(name): value for name, value in row.items()} for row in rows}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the units by code."""
        held = self.directory.units
        return dict(zip(held["code"], held["name"], strict=True))

    def whole_name(self, code: str) -> str:
        """A unit's name, a village's with its township: many names occur twice. The code of a unit unknown."""
        if code not in self.names:
            return code
        above = self.units.at[code, "parent"] if self.units.at[code, "level"] == Level.VILLAGE else ""
        return f"{self.names.get(above, '')}{self.names[code]}"

    @once
    def cells_at(self, level: Level) -> pd.DataFrame:
        """The judged rows of the units of one level."""
        codes = self.directory.units.loc[self.directory.units["level"] == level, "code"]
        return self.cells[self.cells["unit"].isin(codes)]


def load(connection: Connection, frame: Frame, root: str | None = None) -> Briefing:
    """The briefing of a unit and its children; the county's where no root is named."""
    root = root or frame.county
    directory = read_directory(
        connection, frame.scope, day=frame.as_of, known_at=frame.known_at, year=frame.year
    )
    days = data_days(directory, frame)
    known_at = frame.known_at
    explanations = read_explanations(connection, frame.scope, known_at=known_at, year=frame.year)
    judging = Judging(boards(connection, frame, directory, days, root), explanations)
    board, cells = judging.board, judging.cells()
    issues, events = read_issues(connection, frame.scope, known_at=known_at)
    rules = rules_of(board)
    return Briefing(
        frame=frame,
        root=root,
        directory=directory,
        board=board,
        cells=cells,
        earlier=judging.earlier(rules, cells),
        # Items are facts of the day itself, and so is the rule that says when one is due soon.
        issues=standing(issues, events, frame.as_of, rules_in_force(board.rules, frame.as_of).due_soon_days),
        issue_events=events,
        reporting=read_reporting(
            connection, frame.scope, directory=directory, data_days=days, known_at=known_at
        ),
        submissions=read_submissions(
            connection, frame.scope, known_at=known_at, since=date(frame.year, 1, 1)
        ),
        explanations=explanations,
        marks=read_checklist(connection, frame.scope, day=frame.as_of, known_at=known_at),
        rules=rules,
        reporting_before=reports_of(judging.board_before.facts, directory.units, directory.indicators),
    )


def load_below(connection: Connection, county: Briefing, root: str) -> Briefing:
    """The briefing of another unit of the same frame: its own board, all else is the county's.

    The connection must see the data that the county's briefing was made of.
    """
    judging = judging_of(connection, county, root)
    cells = judging.cells()
    return replace(
        county, root=root, board=judging.board, cells=cells, earlier=judging.earlier(county.rules, cells)
    )


def judging_of(
    connection: Connection, county: Briefing, root: str, depth: Depth = "children", draft: Draft | None = None
) -> Judging:
    """Another board of a county's frame and the periods before it; with documents drafted."""
    read = boards(connection, county.frame, county.directory, county.board.data_days, root, depth)
    return Judging(read if draft is None else draft(read), county.explanations)


def boards(
    connection: Connection,
    frame: Frame,
    directory: Directory,
    days: dict[str, date | None],
    root: str,
    depth: Depth = "children",
) -> BoardOf:
    """The boards of a unit on the day in view and on the periods before it."""

    def board_of(back: int) -> Board:
        earlier = before(frame, back) if back else frame
        return _board(connection, earlier, directory, shifted(directory, days, back), root, depth)

    return board_of


def data_days(directory: Directory, frame: Frame) -> dict[str, date | None]:
    """The data day of each indicator: the last day of its period in force."""
    work = Workdays.from_frame(directory.workdays)
    return {
        row.code: in_force(
            Cadence(row.cadence), int(row.due_day), frame.year, frame.as_of, frame.moment, work
        )
        for row in records(directory.indicators)
    }


def cells_of_year(
    connection: Connection, below: Briefing, unit: str, indicator: str, year: int
) -> pd.DataFrame:
    """One indicator of a unit and its children judged at the end of an earlier year, or as a later one begins."""
    frame = below.frame
    day = date(year, 12, 31) if year < frame.year else date(year, 1, 1)
    then = replace(frame, year=year, as_of=day)
    directory = _directory_of(connection, below, day)
    if unit not in set(directory.units["code"]):
        return below.cells.head(0)
    days = {code: found for code, found in data_days(directory, then).items() if code == indicator}
    explanations = read_explanations(connection, frame.scope, known_at=frame.known_at, year=year)
    return Judging(boards(connection, then, directory, days, unit), explanations).cells()


def _directory_of(connection: Connection, below: Briefing, day: date) -> Directory:
    """What everything was called on another day: read once for all figures of a unit."""
    key = (__name__, "directory", day)
    held = below.kept.get(key)
    if not isinstance(held, Directory):
        frame = below.frame
        held = read_directory(connection, frame.scope, day=day, known_at=frame.known_at)
        below.kept[key] = held
    return held


def _board(
    connection: Connection,
    frame: Frame,
    directory: Directory,
    days: dict[str, date | None],
    root: str,
    depth: Depth,
) -> Board:
    return read_board(
        connection,
        frame.scope,
        directory=directory,
        year=frame.year,
        as_of=frame.as_of,
        known_at=frame.known_at,
        data_days=days,
        root=root,
        depth=depth,
    )


def before(frame: Frame, back: int) -> Frame:
    """The frame some months earlier, for facts of a day: its as-of day is the end of that month."""
    return replace(frame, as_of=previous(Cadence.MONTH, period_end(Cadence.MONTH, frame.as_of), back))


def shifted(directory: Directory, days: dict[str, date | None], back: int) -> dict[str, date | None]:
    """The data days some periods earlier; none where that lies in another year."""
    if not back:
        return days
    cadences = directory.indicators.set_index("code")["cadence"]
    out: dict[str, date | None] = {}
    for code, day in days.items():
        earlier = previous(Cadence(cadences[code]), day, back) if day else None
        out[code] = earlier if earlier and day and earlier.year == day.year else None
    return out
