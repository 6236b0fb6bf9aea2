"""What became another figure between two views of a county, and what was recorded that explains it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from briefing.lists import principal
from briefing.load import Briefing
from data_access.corrections import CORRECTIONS, read_corrections
from data_access.recorded import Recorded, Span, count_others, read_recorded
from metrics.columns import records
from metrics.differences import differences
from metrics.vocabulary import JUDGED_STATES, OF_A_DAY, Accumulation

# What makes a cell another one. That a rule was recorded changes nothing by itself; what it decides does.
FIGURES = ("state", "target", "actual", "completion", "planned", "gap", "days_behind")
BETTER, WORSE = "better", "worse"
# What of a definition decides a figure; its name and its texts do not.
TERMS = (
    *("kind", "scale", "lower_is_better", "accumulation", "cadence", "due_day"),
    *("level_reported", "is_whole", "is_ratio", "scope_tag"),
)


@dataclass(frozen=True)
class Cause:
    """One thing that was recorded, or a day that passed: `kind` says which, `row` holds what is known of it."""

    kind: str
    row: Any
    at: datetime | None = None


@dataclass(frozen=True)
class Change:
    """A cell on both sides. `moved` is better, worse, or empty where the state is the same or is not judged."""

    unit: str
    indicator: str
    before: Any
    after: Any
    moved: str
    causes: tuple[Cause, ...]

    @property
    def is_restated(self) -> bool:
        """Whether its state is another."""
        return self.before is None or self.after is None or self.before.state != self.after.state


@dataclass(frozen=True)
class Difference:
    """The cells that differ between two briefings of one county: worse, better, another state, other figures.

    Within each in the order of units and indicators.
    `others` counts what was recorded in between and changes no figure, by kind; `is_cut`: more was recorded
    than is looked through.
    """

    before: Briefing
    after: Briefing
    changes: tuple[Change, ...]
    others: Mapping[str, int]
    is_cut: bool = False

    def only(self, unit: str, indicator: str) -> "Difference":
        """The changes of one unit and of one indicator, where they are named."""
        held = (each for each in self.changes if each.unit == unit or not unit)
        chosen = tuple(each for each in held if each.indicator == indicator or not indicator)
        return replace(self, changes=chosen)

    @property
    def days_moved(self) -> Mapping[tuple[date | None, date | None], int]:
        """How many indicators speak for another day, by both days; those of more than one change."""
        held: dict[Any, list[str]] = defaultdict(list)
        for each in self.changes:
            for cause in each.causes:
                if cause.kind == "data_day":
                    held[cause.row].append(each.indicator)
        return {days: len(set(codes)) for days, codes in held.items() if len(codes) > 1}

    @property
    def restated(self) -> int:
        """How many cells stand in another state."""
        return sum(each.is_restated for each in self.changes)

    def moved(self, which: str) -> int:
        """How many judged cells stand better, or worse."""
        return sum(each.moved == which for each in self.changes)


def changed_cells(before: Briefing, after: Briefing) -> pd.DataFrame:
    """The principal cells of the root and its children in which a figure or the state differs."""
    return differences(principal(before.cells), principal(after.cells), FIGURES)


def span_between(before: Briefing, after: Briefing) -> Span | None:
    """The span of moments between two views, whichever knows more; None where both know the same."""
    first, last = before.frame.known_at, after.frame.known_at
    if first is None or first == last:
        return None
    # Of two days the earlier one may have been looked at later.
    return Span(min(first, last), max(first, last)) if last is not None else Span(first, last)


def compare(
    before: Briefing,
    after: Briefing,
    recorded: Recorded | None,
    others: Mapping[str, int] | None = None,
) -> Difference:
    """Every changed cell with what explains it. Nothing recorded is asked for between two days of one moment."""
    found = changed_cells(before, after)
    sides = [_rows(view, found) for view in (before, after)]
    reasons = _Reasons(before, after, recorded) if recorded is not None else None
    changes = []
    for row in records(found):
        old, new = (side.get((row.unit, row.indicator)) for side in sides)
        causes = tuple(_day_moved(old, new))
        if reasons is not None:
            causes += tuple(reasons.of(row.unit, row.indicator, old, new))
        changes.append(Change(row.unit, row.indicator, old, new, _moved(old, new), causes))
    changes.sort(key=_place)
    is_cut = recorded is not None and recorded.is_cut
    return Difference(before, after, tuple(changes), others or {}, is_cut)


def between(connection: Connection, before: Briefing, after: Briefing) -> Difference:
    """The same with what was recorded between the two, and how many other records there were.

    Both are of one root; they may be read from snapshots.
    """
    span = span_between(before, after)
    if span is None:
        return compare(before, after, None)
    scope, township = after.frame.scope, None if after.root == after.frame.county else after.root
    recorded = read_recorded(connection, scope, span, year=after.frame.year, township=township)
    return compare(before, after, recorded, count_others(connection, scope, span))


def corrections_between(connection: Connection, before: Briefing, after: Briefing) -> pd.DataFrame:
    """What was corrected between the two and still counts in the later one (`data_access.corrections`)."""
    span, frame = span_between(before, after), after.frame
    if span is None:
        return pd.DataFrame(columns=list(CORRECTIONS))
    return read_corrections(connection, frame.scope, span, year=frame.year)


def _rows(view: Briefing, found: pd.DataFrame) -> Mapping[tuple[str, str], Any]:
    held = principal(view.cells)
    held = held[held["unit"].isin(found["unit"]) & held["indicator"].isin(found["indicator"])]
    return {(row.unit, row.indicator): row for row in records(held)}


def _moved(old: Any, new: Any) -> str:
    """Better or worse, where both sides are judged and differ in state."""
    if old is None or new is None or old.state == new.state:
        return ""
    order = {str(state): place for place, state in enumerate(JUDGED_STATES)}
    if old.state not in order or new.state not in order:
        return ""
    return BETTER if order[new.state] < order[old.state] else WORSE


def _place(change: Change) -> int:
    if change.moved:
        return (WORSE, BETTER).index(change.moved)
    return 2 if change.is_restated else 3


def _day_moved(old: Any, new: Any) -> Iterator[Cause]:
    """That the figures speak for another day: a due day passed, or another day was asked for."""
    if old is not None and new is not None and old.data_day != new.data_day:
        yield Cause("data_day", (old.data_day, new.data_day))


class _Reasons:
    """What was recorded in between, found by unit and indicator."""

    def __init__(self, before: Briefing, after: Briefing, recorded: Recorded) -> None:
        self._views, county = (before, after), after.frame.county
        self._above: dict[str, set[str]] = defaultdict(lambda: {county})
        for view in self._views:
            held = view.directory.units
            for places in zip(held["code"], held["parent"], held["township"], strict=True):
                self._above[places[0]] |= {each for each in places if isinstance(each, str)}
        self._reports: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in records(recorded.reports):
            whose = row.unit if isinstance(row.unit, str) else row.home
            for above in self._above[whose] | {whose}:
                self._reports[above, row.indicator].append(row)
        self._documents = list(records(recorded.documents))
        self._moved = _moved_units(before, after)

    def of(self, unit: str, indicator: str, old: Any, new: Any) -> Iterator[Cause]:
        """What may have changed a cell: what was reported, then documents, the newest first."""
        if _differs(old, new, "actual", "completion", "state", "units_in"):
            yield from self._told(unit, indicator, old, new)
        day = _last_day(old, new)
        for row in self._documents:
            is_about = (not isinstance(row.indicator, str) or row.indicator == indicator) and (
                not isinstance(row.unit, str) or unit in self._above[row.unit]
            )
            # A holiday lies after the day whose due day it moves.
            dated = isinstance(row.valid_from, date) and row.kind != "workday"
            is_in_force = day is None or not dated or row.valid_from <= day
            if is_about and is_in_force and self._decides(row, indicator, old, new):
                yield Cause(row.kind, row, row.at)

    def _told(self, unit: str, indicator: str, old: Any, new: Any) -> Iterator[Cause]:
        """Reports and marks of the periods that the figure is made of."""
        day = _last_day(old, new)
        held = [row for row in self._reports[unit, indicator] if day is None or row.period <= day]
        spoken = [row for row in held if any(_day(side) == row.period for side in (old, new))]
        definition = self._definitions(indicator)[-1]
        adds = definition["accumulation"] == Accumulation.INCREMENT or definition["kind"] in OF_A_DAY
        # What is carried forward, or the last figure of whoever is silent, stands in an earlier report.
        for row in held if adds or not spoken else spoken:
            yield Cause("report" if isinstance(row.home, str) else "mark", row, row.at)

    def _decides(self, row: Any, indicator: str, old: Any, new: Any) -> bool:
        """Whether a document can have made the difference there is."""
        if row.kind == "target":
            return _differs(old, new, "target", "planned", "completion", "state", "target_in")
        if row.kind == "plan_curve":
            return _differs(old, new, "planned", "days_behind", "gap")
        if row.kind == "rule_document":
            return _differs(old, new, "state")
        if row.kind == "workday":
            return _differs(old, new, "data_day")
        if row.kind == "unit_version":
            return row.unit in self._moved
        held = self._definitions(indicator)
        if row.kind == "unit_tag":
            return any(each["scope_tag"] == row.name for each in held)
        return (
            row.kind == "checklist" or len(held) == 1 or any(held[0][name] != held[1][name] for name in TERMS)
        )

    def _definitions(self, indicator: str) -> list[dict[str, Any]]:
        return [view.definitions[indicator] for view in self._views if indicator in view.definitions]


def _moved_units(before: Briefing, after: Briefing) -> set[str]:
    """The units that lie elsewhere, or are there on one side only."""
    places = [
        dict(zip(view.directory.units["code"], view.directory.units["parent"], strict=True))
        for view in (before, after)
    ]
    return {code for code in {*places[0], *places[1]} if places[0].get(code, "") != places[1].get(code, "")}


def _day(side: Any) -> date | None:
    return side.data_day if side is not None and isinstance(side.data_day, date) else None


def _last_day(old: Any, new: Any) -> date | None:
    return max((day for day in (_day(old), _day(new)) if day is not None), default=None)


def _differs(old: Any, new: Any, *names: str) -> bool:
    if old is None or new is None:
        return True
    pairs = ((getattr(old, name), getattr(new, name)) for name in names)
    return any(pd.isna(one) != pd.isna(other) or (pd.notna(one) and one != other) for one, other in pairs)
