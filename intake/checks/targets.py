"""Checks of the breakdown."""

from collections.abc import Iterator
from itertools import pairwise

from data_access.records import TargetRecord
from intake.breakdown import PLANNED, Breakdown, TargetKey, TargetRow, goal_of
from intake.checks.households import Counted, odd_households
from intake.checks.places import announcements, run_together, villages_of
from intake.checks.registry import Finding, Registry
from intake.choices import member_words
from intake.printing import printed
from intake.words import Phrase
from intake.words.readings import PLACES
from metrics.curves import MONTH_ENDS
from metrics.target_changes import direction
from metrics.vocabulary import Comparator, Kind, Level, MeasuredFrom, TargetChange

LEVELS = tuple(Level)
JUMPS = (10, 10_000)
# What decides how a target is judged, and which of it may come after the target.
DECISIVE = (
    "kind",
    "comparator",
    "high",
    "base",
    "minimum",
    "no_task",
    "deadline",
    "principal",
    "is_breakdown",
)
SUPPLIED = ("base", "minimum")
TARGETS: Registry[Breakdown] = Registry()


@TARGETS.check("target_zero", blocking=True)
def target_zero(breakdown: Breakdown) -> Iterator[Finding]:
    """An amount of zero to reach is no target; the county means 无任务 or a ceiling."""
    for row in breakdown.rows:
        if row.record.kind is Kind.ACCUMULATE and row.record.low == 0 and not row.record.no_task:
            yield Finding(row.number, "low")


@TARGETS.check("target_negative", blocking=True)
def target_negative(breakdown: Breakdown) -> Iterator[Finding]:
    """Only an indicator that may itself be negative has a negative target."""
    for row in breakdown.rows:
        low, lowest = row.record.low, row.indicator.lowest
        if row.record.measured_from is not None:
            continue
        if low is not None and low < 0 and (lowest is None or lowest >= 0):
            yield Finding(row.number, "low", {"found": printed(low, row.indicator.measure)})


@TARGETS.check("no_task_with_target", blocking=True)
def no_task_with_target(breakdown: Breakdown) -> Iterator[Finding]:
    """No task and a target contradict each other."""
    for row in breakdown.rows:
        if row.record.no_task and row.record.low:
            yield Finding(row.number, "no_task", {"found": printed(row.record.low, row.indicator.measure)})


@TARGETS.check("range_without_high", blocking=True)
def range_without_high(breakdown: Breakdown) -> Iterator[Finding]:
    """A range has two ends."""
    for row in breakdown.rows:
        if row.record.comparator is Comparator.RANGE and row.record.high is None:
            yield Finding(row.number, "high")


@TARGETS.check("high_without_range", blocking=True)
def high_without_range(breakdown: Breakdown) -> Iterator[Finding]:
    """Only a range has a high end."""
    for row in breakdown.rows:
        if row.record.comparator is not Comparator.RANGE and row.record.high is not None:
            yield Finding(row.number, "high")


@TARGETS.check("high_below_low", blocking=True)
def high_below_low(breakdown: Breakdown) -> Iterator[Finding]:
    """The ends of a range are in order."""
    for row in breakdown.rows:
        low, high = row.record.low, row.record.high
        if low is not None and high is not None and high < low:
            yield Finding(row.number, "high")


@TARGETS.check("base_missing", blocking=False)
def base_missing(breakdown: Breakdown) -> Iterator[Finding]:
    """A level is judged by the way from its base (metrics.md 1)."""
    for row in breakdown.rows:
        needs = row.record.kind is Kind.LEVEL or row.record.measured_from is MeasuredFrom.BASE
        if needs and row.record.base is None and not row.record.no_task:
            yield Finding(row.number, "base")


@TARGETS.check("deadline_elsewhere", blocking=True)
def deadline_elsewhere(breakdown: Breakdown) -> Iterator[Finding]:
    """An annual target ends in its year."""
    for row in breakdown.rows:
        if row.record.deadline.year != breakdown.year:
            yield Finding(row.number, "deadline", {"found": row.record.deadline, "year": breakdown.year})


@TARGETS.check("valid_elsewhere", blocking=True)
def valid_elsewhere(breakdown: Breakdown) -> Iterator[Finding]:
    """A target holds from a day of its year."""
    for row in breakdown.rows:
        if row.record.valid_from.year != breakdown.year:
            yield Finding(row.number, "valid_from", {"found": row.record.valid_from, "year": breakdown.year})


@TARGETS.check("deadline_before", blocking=True)
def deadline_before(breakdown: Breakdown) -> Iterator[Finding]:
    """A target is due after it began to hold."""
    for row in breakdown.rows:
        if row.record.deadline < row.record.valid_from:
            yield Finding(
                row.number, "deadline", {"found": row.record.deadline, "start": row.record.valid_from}
            )


@TARGETS.check("raised_too_late", blocking=True)
def raised_too_late(breakdown: Breakdown) -> Iterator[Finding]:
    """What is added on the last day leaves no day to do it in; the form refuses it as well."""
    for row in breakdown.rows:
        record = row.record
        if record.change is TargetChange.RAISE and record.deadline == record.valid_from:
            yield Finding(row.number, "valid_from", {"found": record.valid_from})


@TARGETS.check("change_unreasoned", blocking=True)
def change_unreasoned(breakdown: Breakdown) -> Iterator[Finding]:
    """A target changes by a document only."""
    given = {entry.number: entry for entry in breakdown.table.rows}
    for row in breakdown.rows:
        if row.record.change is TargetChange.SET:
            continue
        cells = given[row.number].cells
        missing = [name for name in ("document", "valid_from", "reason") if cells.get(name) is None]
        if missing:
            yield Finding(row.number, missing[0])


@TARGETS.check("change_of_nothing", blocking=True)
def change_of_nothing(breakdown: Breakdown) -> Iterator[Finding]:
    """Only what was set can change."""
    for row in breakdown.rows:
        if row.record.change is not TargetChange.SET and row.key not in breakdown.held:
            yield Finding(row.number, "change", {"change": member_words(row.record.change)})


@TARGETS.check("change_direction", blocking=True)
def change_direction(breakdown: Breakdown) -> Iterator[Finding]:
    """Raised is more, lowered is less, in the direction in which the target is asked."""
    for row in breakdown.rows:
        before = breakdown.held.get(row.key)
        if before is None or before.low is None or row.record.low is None:
            continue
        more, change = (row.record.low - before.low) * direction(before), row.record.change
        if (change is TargetChange.RAISE and more < 0) or (change is TargetChange.LOWER and more > 0):
            yield Finding(row.number, "change", {"change": member_words(change), **_both(row, before.low)})


@TARGETS.check("already_set", blocking=True)
def already_set(breakdown: Breakdown) -> Iterator[Finding]:
    """A target that was set changes with a word on it, never by a new workbook alone; nor does its past."""
    for row in breakdown.rows:
        if row.record.change is not TargetChange.SET:
            continue
        for before in (breakdown.held.get(row.key), breakdown.then(row)):
            if before is None or before.low is None or row.record.low is None:
                continue
            if (before.low, before.measured_from) != (row.record.low, row.record.measured_from):
                yield Finding(row.number, "low", _both(row, before.low))
                break


@TARGETS.check("set_otherwise", blocking=True)
def set_otherwise(breakdown: Breakdown) -> Iterator[Finding]:
    """What a target is judged by changes with a word on it as well, its amount apart."""
    for row in breakdown.rows:
        before = breakdown.then(row)
        if before is None or row.record.change is not TargetChange.SET:
            continue
        for name in DECISIVE:
            was, now = getattr(before, name), getattr(row.record, name)
            # What was missing may be handed in later: nothing was judged by it.
            is_first = name in SUPPLIED and was is None
            if not is_first and (was or None) != (now or None):
                yield Finding(row.number, name)
                break


def _both(row: TargetRow, old: int) -> dict[str, object]:
    measure = row.indicator.measure
    return {"old": printed(old, measure), "new": printed(row.record.low or 0, measure)}


@TARGETS.check("two_principals", blocking=True)
def two_principals(breakdown: Breakdown) -> Iterator[Finding]:
    """Of the targets of one unit and indicator one counts (metrics.md 1)."""
    first: dict[tuple[str, str], int] = {}
    for row in breakdown.rows:
        if row.record.principal:
            before = first.setdefault((row.record.indicator, row.record.unit), row.number)
            if before != row.number:
                yield Finding(row.number, "principal", {"first": before})


@TARGETS.check("parts_differ", blocking=False)
def parts_differ(breakdown: Breakdown) -> Iterator[Finding]:
    """Parts and whole are compared and the difference named, never spread (metrics.md 1)."""
    together = dict(breakdown.held) | {row.key: row.record for row in breakdown.rows}
    for row in breakdown.rows:
        record = row.record
        if record.kind is not Kind.ACCUMULATE or record.low is None or row.unit.level is Level.VILLAGE:
            continue
        finding = _parts(breakdown, row, together)
        if finding is not None:
            yield finding


def _parts(breakdown: Breakdown, row: TargetRow, together: dict[TargetKey, TargetRecord]) -> Finding | None:
    children = [unit.code for unit in breakdown.known.below(row.unit.code)]
    found = [together.get((row.record.indicator, code, row.record.issuer)) for code in children]
    amounts = [record.low for record in found if record is not None]
    parts, whole = sum(amount or 0 for amount in amounts), row.record.low or 0
    if not amounts or parts == whole:
        return None
    measure = row.indicator.measure
    unset = len(children) - len(amounts)
    facts: dict[str, object] = {
        "indicator": row.indicator.name,
        "unit": row.unit.name,
        "whole": printed(whole, measure),
        "parts": printed(parts, measure),
        "word": Phrase("more" if parts > whole else "reserve"),
        "difference": printed(abs(parts - whole), measure),
        "unset": Phrase("and_unset", {"count": unset}) if unset else Phrase("nothing"),
    }
    return Finding(row.number, "low", facts)


@TARGETS.check("dash_lost", blocking=False)
def dash_lost(breakdown: Breakdown) -> Iterator[Finding]:
    """A count of places above the number of villages that reads as two numbers run together: 1020."""
    for row in breakdown.rows:
        low, measure = row.record.low, row.indicator.measure
        if (
            low is None
            or row.record.measured_from is not None
            or measure.base not in PLACES
            or measure.scale
            or measure.times != 1
        ):
            continue
        villages = villages_of(breakdown.known)
        guess = run_together(low)
        if guess and villages and low > villages:
            facts: dict[str, object] = {
                "found": low,
                "unit": breakdown.known.county_name,
                "villages": villages,
            }
            yield Finding(
                row.number,
                "low",
                facts | {"guess": Phrase("dash_guess", {"low": guess[0], "high": guess[1]})},
            )


@TARGETS.check("target_jump", blocking=False)
def target_jump(breakdown: Breakdown) -> Iterator[Finding]:
    """Ten or ten thousand times last year's target is a wrong unit more often than a new task."""
    for row in breakdown.rows:
        before, low = breakdown.last_year.get(row.key), row.record.low
        is_step = row.record.measured_from is not None
        if is_step or before is None or not before.low or not low:
            continue
        for times in JUMPS:
            if low == before.low * times or before.low == low * times:
                measure = row.indicator.measure
                facts: dict[str, object] = {"times": f"{low / before.low:g}", "measure": measure.word}
                yield Finding(row.number, "low", facts | _both(row, before.low))


@TARGETS.check("household_size", blocking=False)
def household_size(breakdown: Breakdown) -> Iterator[Finding]:
    """Persons and households of the same people: two to seven to a household (metrics.md 7)."""
    counted = (
        Counted(row, row.indicator, (row.unit.code, row.record.issuer), row.record.low)
        for row in breakdown.rows
        if row.record.low is not None and row.record.measured_from is None
    )
    for row, facts in odd_households(counted):
        yield Finding(row.number, "low", facts)


@TARGETS.check("names_differ", blocking=False)
def names_differ(breakdown: Breakdown) -> Iterator[Finding]:
    """A number announced in the document's own words, against the names that stand beside it."""
    for row in breakdown.rows:
        for announced, named in announcements(row.record.text or ""):
            if announced != named:
                yield Finding(row.number, "text", {"announced": announced, "named": named})


@TARGETS.check("other_level", blocking=False)
def other_level(breakdown: Breakdown) -> Iterator[Finding]:
    """Below the level that reports, a target meets no figure."""
    for row in breakdown.rows:
        reported = row.indicator.level_reported
        if LEVELS.index(row.unit.level) > LEVELS.index(reported) and not row.record.no_task:
            yield Finding(row.number, "unit", {"unit": row.unit.name, "level": member_words(reported)})


@TARGETS.check("plan_unfit", blocking=True)
def plan_unfit(breakdown: Breakdown) -> Iterator[Finding]:
    """Only work that is done bit by bit has a running plan."""
    for row in breakdown.rows:
        if row.plan and (row.record.kind not in PLANNED or row.record.no_task):
            yield Finding(row.number, "kind")


@TARGETS.check("plan_falls", blocking=True)
def plan_falls(breakdown: Breakdown) -> Iterator[Finding]:
    """A running total moves towards the target and never back."""
    for row in breakdown.rows:
        goal = goal_of(row.record)
        if row.record.kind not in PLANNED or goal is None:
            continue
        start = row.record.base or 0 if row.record.kind is Kind.LEVEL else 0
        sign = 1 if goal >= start else -1
        for (_, before), (_, value) in pairwise(((("", start)), *row.plan)):
            if (value - before) * sign < 0:
                yield Finding(row.number, "low", {"found": printed(value, row.indicator.measure)})
                break


@TARGETS.check("plan_not_target", blocking=True)
def plan_not_target(breakdown: Breakdown) -> Iterator[Finding]:
    """The plan of December is the target."""
    for row in breakdown.rows:
        goal = goal_of(row.record)
        if not row.plan or row.record.kind not in PLANNED or goal is None:
            continue
        day, value = row.plan[-1]
        is_last = day == MONTH_ENDS[-1]
        if value == goal if is_last else _short_of(value, goal, row.record):
            continue
        measure = row.indicator.measure
        facts: dict[str, object] = {"found": printed(value, measure)}
        yield Finding(row.number, "low", facts | {"target": printed(goal, measure)})


def _short_of(value: int, goal: int, record: TargetRecord) -> bool:
    """Whether a plan given for a part of the year has not gone past the target."""
    start = record.base or 0
    return value <= goal if goal >= start else value >= goal
