"""The roll-up in plain Python, written from docs/architecture.md and not from the statement it checks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from typing import Any

from data_access.records import (
    ChecklistMarkRecord,
    CurveRecord,
    IndicatorRecord,
    ReportRecord,
    TargetRecord,
    UnitRecord,
)
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Comparator,
    Kind,
    Layer,
    Level,
    MeasuredFrom,
    Quality,
    SubmissionState,
    TargetChange,
)

Key = tuple[str, date, str, str]
MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}
NO_NUMBER = (Quality.MASKED, Quality.QUALITATIVE)


@dataclass
class Said:
    """A report as it was handed in: when, and the states of its workbook with their moments."""

    record: ReportRecord
    at: datetime
    states: list[tuple[datetime, SubmissionState]]


@dataclass
class Marked:
    """A checklist mark, when it was made, and the states of its workbook; none for the county's own."""

    record: ChecklistMarkRecord
    at: datetime
    states: list[tuple[datetime, SubmissionState]]


@dataclass
class World:
    """Everything that was written, each with the moment of writing, in that order."""

    units: list[tuple[datetime, UnitRecord]] = field(default_factory=list)
    indicators: list[tuple[datetime, IndicatorRecord]] = field(default_factory=list)
    targets: list[tuple[datetime, TargetRecord]] = field(default_factory=list)
    curves: list[tuple[datetime, CurveRecord]] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@dataclass
class Standing:
    plan_key: str
    low: int | None
    is_in: bool = False
    adds: bool = False
    amount: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    is_waiting: bool = False
    is_reported: bool = False
    is_inexact: bool = False
    is_doubted: bool = False
    quality: Quality | None = None
    high: int | None = None
    text: str | None = None


def latest(versions: Iterable[tuple[datetime, Any]], day: date, known_at: datetime) -> Any:
    """The record in force: by valid_from, then by the moment it was recorded, then by order."""
    held = [
        (record.valid_from, at, place, record)
        for place, (at, record) in enumerate(versions)
        if record.valid_from <= day and at <= known_at
    ]
    return max(held, key=lambda each: each[:3])[3] if held else None


class Oracle:
    """Sums of one world as known at a moment."""

    def __init__(self, world: World, known_at: datetime, layer: Layer = Layer.REPORTED) -> None:
        self.world, self.known_at, self.layer = world, known_at, layer

    def unit(self, code: str, day: date) -> UnitRecord | None:
        own = [(at, record) for at, record in self.world.units if record.code == code]
        held = latest(own, day, self.known_at)
        return None if held is None or held.withdrawn else held

    def indicator(self, code: str, day: date) -> IndicatorRecord | None:
        own = [(at, record) for at, record in self.world.indicators if record.code == code]
        held = latest(own, day, self.known_at)
        return None if held is None or held.withdrawn else held

    def ancestors(self, code: str, day: date) -> list[str]:
        """The unit itself and all above it."""
        line: list[str] = []
        at: str | None = code
        while at is not None and (held := self.unit(at, day)) is not None:
            line.append(at)
            at = held.parent
        return line

    def principal(self, unit: str, indicator: str, day: date) -> TargetRecord | None:
        held = []
        for issuer in {record.issuer for _, record in self.world.targets}:
            chain = [
                (at, record)
                for at, record in self.world.targets
                if (record.unit, record.indicator, record.year, record.issuer)
                == (unit, indicator, day.year, issuer)
            ]
            newest = latest(chain, day, self.known_at)
            if newest is not None:
                place = min(index for index, (_, record) in enumerate(self.world.targets) if record is newest)
                is_step = newest.measured_from is MeasuredFrom.BASE
                low = inf if newest.low is None else -newest.low - ((newest.base or 0) if is_step else 0)
                held.append((newest.principal is True, newest.is_breakdown, -low, -place, newest))
        return max(held, key=lambda each: each[:4])[4] if held else None

    def plan_key(self, unit: str, indicator: str, day: date, aim: TargetRecord | None) -> str:
        if aim is not None and aim.kind is Kind.DUTY:
            return unit
        for at, curve in self.world.curves:
            is_own = (curve.unit, curve.indicator) == (unit, indicator) and curve.year in (None, day.year)
            if is_own and at <= self.known_at and curve.valid_from <= day:
                return unit
        for at, record in self.world.targets:
            is_chain = aim is not None and (record.unit, record.indicator, record.year, record.issuer) == (
                unit,
                indicator,
                day.year,
                aim.issuer,
            )
            is_known = at <= self.known_at and record.valid_from <= day
            if is_chain and is_known and record.change is TargetChange.RAISE:
                return unit
        return ""

    def state(self, said: Said | Marked) -> SubmissionState | None:
        known = [state for at, state in said.states if at <= self.known_at]
        return known[-1] if known else None

    def report(self, unit: str, indicator: str, periods: list[date]) -> tuple[ReportRecord, bool] | None:
        """The newest accepted report of these periods, else the newest that waits, and whether accepted."""
        found: list[tuple[bool, date, int, ReportRecord]] = []
        for place, said in enumerate(self.world.said):
            record = said.record
            is_own = (record.unit, record.indicator, record.layer) == (unit, indicator, self.layer)
            state = self.state(said)
            is_known = said.at <= self.known_at and state not in (None, SubmissionState.RETURNED)
            if is_own and record.period in periods and is_known:
                found.append((state is SubmissionState.ACCEPTED, record.period, place, record))
        if not found:
            return None
        best = max(found, key=lambda each: each[:3])
        return best[3], best[0]

    def owes(self, unit: str, definition: IndicatorRecord, day: date) -> bool:
        held = self.unit(unit, day)
        if held is None or held.level is not definition.level_reported:
            return False
        if held.level is Level.VILLAGE and len(self.ancestors(unit, day)) < 2:
            return False
        return definition.scope_tag is None or definition.scope_tag in held.tags

    def is_idle(self, unit: str, definition: IndicatorRecord, day: date) -> bool:
        """Whether nothing is asked of a unit on a day: marked so, or an amount of nothing to reach."""
        aim = self.principal(unit, definition.code, day)
        return aim is not None and _is_nothing(aim)

    def is_spared(self, unit: str, code: str, day: date) -> bool:
        """Whether an increment of a period was not owed by a unit of the level that reports it then."""
        then, held = self.indicator(code, day), [one for _, one in self.world.units if one.code == unit]
        if then is None or held[0].level is not then.level_reported:
            return False
        return not self.owes(unit, then, day) or (
            self.is_idle(unit, then, day) and not self.counts_anew(unit, code, day)
        )

    def counts_anew(self, unit: str, code: str, day: date) -> bool:
        """Whether the first task that the issuer of an idle day gave after it was no addition."""
        idle = self.principal(unit, code, day)
        chain = [
            (record.valid_from, at, place, record)
            for place, (at, record) in enumerate(self.world.targets)
            if idle is not None
            and (record.unit, record.indicator, record.year, record.issuer)
            == (unit, code, day.year, idle.issuer)
            and at <= self.known_at
        ]
        ordered = [record for *_, record in sorted(chain, key=lambda each: each[:3])]
        begins = next(place for place, record in enumerate(ordered) if record is idle)
        later = (record for record in ordered[begins + 1 :] if not _is_nothing(record))
        first = next(later, None)
        return first is not None and first.change is not TargetChange.RAISE

    def standing(self, unit: str, definition: IndicatorRecord, day: date) -> Standing | None:
        if not self.owes(unit, definition, day):
            return None
        if self.is_idle(unit, definition, day):
            return None
        aim = self.principal(unit, definition.code, day)
        # A step from something is no amount.
        low = None if aim is None or aim.measured_from is not None else aim.low
        made = Standing(self.plan_key(unit, definition.code, day, aim), low)
        if definition.kind is Kind.CHECKLIST:
            self.fill_checklist(made, unit, definition, day)
        else:
            self.fill(made, unit, definition, day, aim)
        # Nobody owes a check: only what was checked counts in that layer.
        return made if self.layer is Layer.REPORTED or made.is_reported else None

    def fill_checklist(self, made: Standing, unit: str, definition: IndicatorRecord, day: date) -> None:
        if self.layer is Layer.VERIFIED:
            return
        items = [code for code, _ in definition.items]
        newest: dict[str, tuple[bool, date, datetime, bool]] = {}
        for marked in self.world.marks:
            mark, state = marked.record, self.state(marked) if marked.states else SubmissionState.ACCEPTED
            is_own = (mark.unit, mark.indicator) == (unit, definition.code) and mark.item in items
            is_known = marked.at <= self.known_at and state is not SubmissionState.RETURNED
            if is_own and mark.day <= day and is_known:
                found = (state is SubmissionState.ACCEPTED, mark.day, marked.at, mark.met)
                newest[mark.item] = max(newest.get(mark.item, found), found)
        if not newest:
            return
        made.is_reported = True
        newest = {item: found for item, found in newest.items() if found[0]}
        if not newest:
            made.is_waiting = True
            return
        met = sum(is_met for *_, is_met in newest.values())
        made.is_in = made.adds = True
        made.numerator, made.denominator = met, len(items)
        made.amount = int(met == len(items))
        made.is_inexact = len(newest) < len(items)
        made.quality = Quality.AT_LEAST if made.is_inexact else Quality.EXACT

    def fill(
        self,
        made: Standing,
        unit: str,
        definition: IndicatorRecord,
        day: date,
        aim: TargetRecord | None,
    ) -> None:
        step = MONTHS[definition.cadence]
        is_running = (
            definition.accumulation is Accumulation.INCREMENT and definition.kind is not Kind.MILESTONE
        )
        so_far = [each for each in month_ends(day.year) if each <= day]
        spared = [False]
        if definition.kind is Kind.MILESTONE:
            found = [self.report(unit, definition.code, so_far)]
        elif is_running:
            defined = [each for each in so_far if self.indicator(definition.code, each) is not None]
            periods = [each for each in defined if each.month % step == 0]
            found = [self.report(unit, definition.code, [each]) for each in periods]
            spared = [self.is_spared(unit, definition.code, each) for each in periods]
        else:
            found = [self.report(unit, definition.code, [day])]
        made.is_reported = found[-1] is not None
        if not made.is_reported:
            return
        last, is_accepted = found[-1] or (None, False)
        if last is not None and is_accepted:
            made.quality, made.text = last.quality, last.text
        held = [each for each in found if each is not None]
        owed = [each for each, free in zip(found, spared, strict=True) if not free]
        plain = [record for record, accepted in held if accepted and record.quality not in NO_NUMBER]
        valued = [record.value for record in plain if record.value is not None]
        parts = [
            (record.numerator, record.denominator)
            for record in plain
            if record.numerator is not None and record.denominator is not None
        ]
        # What came for a month that was not owed is added, and stands for no month that was.
        due = [record for record in plain if any(one is not None and one[0] is record for one in owed)]
        has_value = sum(record.value is not None for record in due) == len(owed)
        with_parts = [None not in (record.numerator, record.denominator) for record in due]
        has_parts = sum(with_parts) == len(owed)
        waiting = sum(one is not None and not one[1] for one in owed)
        self.settle(made, definition, aim, has_value, has_parts, valued, parts, is_running)
        ends = [record.high or record.value for record in plain if record.value is not None]
        if made.is_in and ends and any(record.high is not None for record in plain):
            is_from_base = definition.accumulation is Accumulation.CUMULATIVE and not definition.is_ratio
            is_from_base = is_from_base and definition.kind is not Kind.MILESTONE
            made.high = sum(end or 0 for end in ends) - ((aim and aim.base) or 0 if is_from_base else 0)
        got = sum(with_parts) if definition.is_ratio else sum(record.value is not None for record in due)
        made.is_waiting = not made.is_in and waiting > 0 and got + waiting >= len(owed)
        made.is_inexact = made.is_in and any(record.quality is not Quality.EXACT for record, _ in held)
        made.is_doubted = made.is_in and any(record.doubt is not None for record, _ in held)

    def settle(
        self,
        made: Standing,
        definition: IndicatorRecord,
        aim: TargetRecord | None,
        has_value: bool,
        has_parts: bool,
        valued: list[int],
        parts: list[tuple[int, int]],
        is_running: bool,
    ) -> None:
        base = None if aim is None else aim.base
        is_cumulative = definition.accumulation is Accumulation.CUMULATIVE
        is_cumulative = is_cumulative and definition.kind is not Kind.MILESTONE
        if definition.is_ratio:
            made.adds = has_parts
            made.is_in = made.adds or (not is_running and has_value)
            if made.adds:
                made.numerator = sum(part[0] for part in parts)
                made.denominator = sum(part[1] for part in parts)
            if made.is_in and not is_running and valued:
                made.amount = valued[0]
            return
        made.is_in = made.adds = has_value and (not is_cumulative or base is not None)
        if made.is_in:
            made.amount = sum(valued) - (base if is_cumulative and base is not None else 0)

    def sums(self, days: Iterable[date]) -> dict[Key, tuple[Any, ...]]:
        """(ancestor, period, indicator, plan key) → sums and counts, in the order of `rollup`."""
        groups: dict[Key, list[tuple[bool, bool, bool, Standing]]] = defaultdict(list)
        codes = {record.code for _, record in self.world.indicators}
        units = {record.code for _, record in self.world.units}
        for day in days:
            for code in codes:
                definition = self.indicator(code, day)
                if definition is None:
                    continue
                of_a_day = definition.kind in (Kind.MILESTONE, Kind.CHECKLIST)
                if not of_a_day and day.month % MONTHS[definition.cadence]:
                    continue
                for unit in units:
                    made = self.standing(unit, definition, day)
                    if made is None:
                        continue
                    is_parts = definition.is_ratio or definition.kind is Kind.CHECKLIST
                    for ancestor in self.ancestors(unit, day):
                        key = (ancestor, day, code, made.plan_key)
                        groups[key].append((ancestor == unit, is_parts, definition.is_ratio, made))
        return {key: _summed(members) for key, members in groups.items()}


def _is_nothing(aim: TargetRecord) -> bool:
    nought = aim.kind is Kind.ACCUMULATE and aim.low == 0 and aim.measured_from is None
    return aim.no_task or (nought and aim.comparator not in (Comparator.AT_MOST, Comparator.LESS_THAN))


def _summed(members: list[tuple[bool, bool, bool, Standing]]) -> tuple[Any, ...]:
    held = [(is_parts, is_ratio, is_own, made) for is_own, is_parts, is_ratio, made in members]
    inside = [each for each in held if (each[3].is_in if each[2] else each[3].adds)]

    def add(values: Iterable[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return (
        add(made.amount for _, is_ratio, is_own, made in inside if is_own or not is_ratio),
        add(made.numerator for *_, made in inside),
        add(made.denominator for *_, made in inside),
        add(made.low for is_parts, _, _, made in inside if not is_parts),
        add(made.low for is_parts, _, _, made in held if not is_parts),
        len(held),
        len(inside),
        sum(made.is_waiting for *_, made in held),
        sum(made.is_reported for *_, made in held),
        sum(made.is_inexact for *_, made in inside),
        sum(made.is_doubted for *_, made in inside),
        sum(made.low is not None for *_, made in inside),
        *_said(members),
    )


def _said(members: list[tuple[bool, bool, bool, Standing]]) -> tuple[Any, ...]:
    """What a unit said itself: only a row of its own has it."""
    own = [made for is_own, *_, made in members if is_own]
    return (own[0].quality, own[0].high, own[0].text) if own else (None, None, None)


def month_ends(year: int) -> list[date]:
    """The last days of the months of a year."""
    firsts = [date(year + month // 12, month % 12 + 1, 1) for month in range(1, 13)]
    return [date.fromordinal(first.toordinal() - 1) for first in firsts]
