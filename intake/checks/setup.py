"""Checks of the setup workbook."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from intake.checks.households import odd_household
from intake.checks.moves import impossible_moves
from intake.checks.redefined import counted_otherwise, other_amounts, other_words
from intake.checks.registry import Finding, Registry
from intake.choices import member_words
from intake.entries import Entry
from intake.figures import part_measure
from intake.setup.references import Setup
from metrics.curves import Curve, CurveError, Shape
from metrics.vocabulary import IssueState, Kind, Level

LEVELS = tuple(Level)
UNITS: Registry[Setup] = Registry()
DUTIES: Registry[Setup] = Registry()
INDICATORS: Registry[Setup] = Registry()
ITEMS: Registry[Setup] = Registry()
CURVES: Registry[Setup] = Registry()
OUTSIDE: Registry[Setup] = Registry()
ISSUES: Registry[Setup] = Registry()
EVENTS: Registry[Setup] = Registry()
SETUP_CHECKS = {
    "units": UNITS,
    "duties": DUTIES,
    "indicators": INDICATORS,
    "items": ITEMS,
    "curves": CURVES,
    "outside": OUTSIDE,
    "issues": ISSUES,
    "events": EVENTS,
}


def _sound(setup: Setup, key: str) -> list[Entry]:
    return [entry for entry in setup.entries.get(key, []) if not entry.broken]


@UNITS.check("bad_unit_code", blocking=True)
def bad_unit_code(setup: Setup) -> Iterator[Finding]:
    """A unit's code is its statistical division code."""
    for entry in _sound(setup, "units"):
        code = entry.get("code")
        if not (code.isascii() and code.isdigit() and 6 <= len(code) <= 12):
            yield Finding(entry.number, "code", {"found": code})


@UNITS.check("county_row", blocking=True)
def county_row(setup: Setup) -> Iterator[Finding]:
    """The county's row carries the code of the county that the workbook is imported for."""
    for entry in _sound(setup, "units"):
        if entry.get("level") is Level.COUNTY and entry.get("code") != setup.known.county:
            yield Finding(entry.number, "code", {"found": entry.get("code"), "county": setup.known.county})


@UNITS.check("no_county_row", blocking=True)
def no_county_row(setup: Setup) -> Iterator[Finding]:
    """Units of a county without the county itself hang in the air."""
    if _sound(setup, "units") and not any(unit.level is Level.COUNTY for unit in setup.known.units.values()):
        yield Finding(0, "", {})


@UNITS.check("unknown_parent", blocking=True)
def unknown_parent(setup: Setup) -> Iterator[Finding]:
    """Everything below the county has a parent that is known."""
    for entry in _sound(setup, "units"):
        if entry.get("level") is Level.COUNTY and entry.get("parent") is None:
            continue
        if entry.get("parent") not in setup.known.units:
            yield Finding(entry.number, "parent", {"found": entry.get("parent") or "—"})


@UNITS.check("parent_level", blocking=True)
def parent_level(setup: Setup) -> Iterator[Finding]:
    """A parent is larger than its child."""
    for entry in _sound(setup, "units"):
        parent = setup.known.units.get(entry.get("parent") or "")
        if parent is not None and LEVELS.index(parent.level) >= LEVELS.index(entry.get("level")):
            yield Finding(
                entry.number,
                "level",
                {"level": member_words(entry.get("level")), "parent_level": member_words(parent.level)},
            )


@UNITS.check("household_size", blocking=False)
def household_size(setup: Setup) -> Iterator[Finding]:
    """Two to seven persons live in a household (metrics.md 7)."""
    for entry in _sound(setup, "units"):
        facts = odd_household(entry.get("persons"), entry.get("households"))
        if facts is not None:
            yield Finding(entry.number, "persons", facts)


@UNITS.check("name_twice", blocking=False)
def name_twice(setup: Setup) -> Iterator[Finding]:
    """Two units of one name below one parent are mistaken for each other."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in _sound(setup, "units"):
        before = first.setdefault((entry.get("parent") or "", entry.get("name")), entry)
        if before.get("code") != entry.get("code"):
            yield Finding(entry.number, "name", {"first": before.number, "name": entry.get("name")})


@DUTIES.check("no_object", blocking=True)
def no_object(setup: Setup) -> Iterator[Finding]:
    """A duty is for something."""
    for entry in _sound(setup, "duties"):
        if not any(entry.get(key) for key in ("unit", "department", "indicator")):
            yield Finding(entry.number, "unit", {})


@DUTIES.check("days_reversed", blocking=True)
def duty_days(setup: Setup) -> Iterator[Finding]:
    """A duty ends after it began."""
    yield from _reversed(setup, "duties", "valid_from", "valid_to")


@INDICATORS.check("day_impossible", blocking=True)
def day_impossible(setup: Setup) -> Iterator[Finding]:
    """A due day is a day of the month."""
    for entry in _sound(setup, "indicators"):
        if not 1 <= entry.get("due_day") <= 31:
            yield Finding(entry.number, "due_day", {"found": entry.get("due_day")})


@INDICATORS.check("too_many_decimals", blocking=True)
def too_many_decimals(setup: Setup) -> Iterator[Finding]:
    """Quantities are whole numbers of the smallest unit, of which no county needs millionths."""
    for entry in _sound(setup, "indicators"):
        if entry.get("scale") > 6:
            yield Finding(entry.number, "scale", {"found": entry.get("scale")})


@INDICATORS.check("whole_with_decimals", blocking=True)
def whole_with_decimals(setup: Setup) -> Iterator[Finding]:
    """Whole things have no decimals."""
    for entry in _sound(setup, "indicators"):
        if entry.get("is_whole") and entry.get("scale"):
            yield Finding(entry.number, "scale", {})


@INDICATORS.check("ratio_without_parts", blocking=True)
def ratio_without_parts(setup: Setup) -> Iterator[Finding]:
    """A ratio says what it is a ratio of."""
    for entry in _sound(setup, "indicators"):
        if entry.get("is_ratio") and not (entry.get("numerator_name") and entry.get("denominator_name")):
            yield Finding(entry.number, "is_ratio", {})


@INDICATORS.check("parts_unlike", blocking=True)
def parts_unlike(setup: Setup) -> Iterator[Finding]:
    """Both parts of a ratio are in one unit with as many decimals, or their quotient is none."""
    for entry in _sound(setup, "indicators"):
        part, whole = part_measure(entry.get("numerator_name")), part_measure(entry.get("denominator_name"))
        if entry.get("is_ratio") and part.scale != whole.scale:
            yield Finding(entry.number, "denominator_name", {"part": part.scale, "whole": whole.scale})


@INDICATORS.check("bounds_reversed", blocking=True)
def bounds_reversed(setup: Setup) -> Iterator[Finding]:
    """The lowest plausible value is not above the highest."""
    for entry in _sound(setup, "indicators"):
        indicator = setup.known.indicators.get(entry.get("code"))
        if indicator is None or indicator.lowest is None or indicator.highest is None:
            continue
        if indicator.lowest > indicator.highest:
            yield Finding(entry.number, "lowest", {})


@INDICATORS.check("measure_changed", blocking=True)
def measure_changed(setup: Setup) -> Iterator[Finding]:
    """Quantities are stored as whole numbers of the smallest unit: with another one they would be other amounts."""
    yield from other_amounts(setup, _sound(setup, "indicators"))


@INDICATORS.check("measure_reworded", blocking=False)
def measure_reworded(setup: Setup) -> Iterator[Finding]:
    """Nothing is converted: 亩 that are called 公顷 stay as many."""
    yield from other_words(setup, _sound(setup, "indicators"))


@INDICATORS.check("counting_changed", blocking=True)
def counting_changed(setup: Setup) -> Iterator[Finding]:
    """Within a year an indicator is counted in one way, by the units of one level."""
    yield from counted_otherwise(setup, _sound(setup, "indicators"))


@INDICATORS.check("checklist_without_items", blocking=True)
def checklist_without_items(setup: Setup) -> Iterator[Finding]:
    """A checklist without items asks nothing."""
    listed = {entry.get("indicator") for entry in _sound(setup, "items")} | set(setup.known.items)
    for entry in _sound(setup, "indicators"):
        if entry.get("kind") is Kind.CHECKLIST and entry.get("code") not in listed:
            yield Finding(entry.number, "kind", {"found": entry.get("code")})


@INDICATORS.check("pair_unknown", blocking=True)
def pair_unknown(setup: Setup) -> Iterator[Finding]:
    """The other of two is an indicator as well, of this workbook or of before."""
    known = {entry.get("code") for entry in setup.entries.get("indicators", [])} | set(setup.known.indicators)
    for entry in _sound(setup, "indicators"):
        if entry.get("pair") and entry.get("pair") not in known:
            yield Finding(entry.number, "pair", {"found": entry.get("pair")})


@INDICATORS.check("pair_itself", blocking=True)
def pair_itself(setup: Setup) -> Iterator[Finding]:
    """Two units of one task are two indicators."""
    for entry in _sound(setup, "indicators"):
        if entry.get("pair") and entry.get("pair") == entry.get("code"):
            yield Finding(entry.number, "pair", {})


@ITEMS.check("item_alone", blocking=True)
def item_alone(setup: Setup) -> Iterator[Finding]:
    """Items are written with their indicator, or they would not be written at all."""
    defined = {entry.get("code") for entry in setup.entries.get("indicators", [])}
    for entry in _sound(setup, "items"):
        if entry.get("indicator") not in defined:
            yield Finding(entry.number, "indicator", {"found": entry.get("indicator")})


@ITEMS.check("not_a_checklist", blocking=True)
def not_a_checklist(setup: Setup) -> Iterator[Finding]:
    """Only a checklist has items."""
    for entry in _sound(setup, "items"):
        indicator = setup.known.indicators.get(entry.get("indicator"))
        if indicator is not None and indicator.kind is not Kind.CHECKLIST:
            yield Finding(entry.number, "indicator", {"found": entry.get("indicator")})


@CURVES.check("own_curve_unreasoned", blocking=True)
def own_curve_unreasoned(setup: Setup) -> Iterator[Finding]:
    """A unit leaves the common plan with reason and document only (metrics.md 3)."""
    for entry in _sound(setup, "curves"):
        if entry.get("unit") and not (entry.get("reason") and entry.get("document")):
            yield Finding(entry.number, "reason", {})


@CURVES.check("curve_falls", blocking=True)
def curve_falls(setup: Setup) -> Iterator[Finding]:
    """A planned running total never falls."""
    for entry in _sound(setup, "curves"):
        points = entry.get("points")
        for (_, before), (day, share) in pairwise(points):
            if share < before:
                yield Finding(entry.number, "points", {"found": f"{day} {share:.0%}"})
                break


@CURVES.check("curve_not_full", blocking=True)
def curve_not_full(setup: Setup) -> Iterator[Finding]:
    """At the year's end all of the work is due."""
    for entry in _sound(setup, "curves"):
        day, share = entry.get("points")[-1]
        if share != 1.0:
            yield Finding(entry.number, "points", {"found": f"{day} {share:.0%}"})


@CURVES.check("curve_impossible", blocking=True)
def curve_impossible(setup: Setup) -> Iterator[Finding]:
    """Days in order and within the year; falls and unfinished curves have their own checks."""
    for entry in _sound(setup, "curves"):
        points = entry.get("points")
        shares = [share for _, share in points]
        if shares != sorted(shares) or shares[-1] != 1.0:
            continue
        try:
            Curve(entry.get("name"), Shape(entry.get("shape")), points)
        except CurveError as fault:
            yield Finding(entry.number, "points", {"why": str(fault).split(": ", 1)[-1]})


@ISSUES.check("days_reversed", blocking=True)
def issue_days(setup: Setup) -> Iterator[Finding]:
    """A deadline lies after the day the item was opened."""
    yield from _reversed(setup, "issues", "opened_on", "first_deadline")


@EVENTS.check("unknown_issue", blocking=True)
def unknown_issue(setup: Setup) -> Iterator[Finding]:
    """A step belongs to an item."""
    numbers = {entry.get("number") for entry in _sound(setup, "issues")} | set(setup.known.issues)
    for entry in _sound(setup, "events"):
        if entry.get("number") not in numbers:
            yield Finding(entry.number, "number", {"found": entry.get("number")})


@EVENTS.check("close_without_evidence", blocking=True)
def close_without_evidence(setup: Setup) -> Iterator[Finding]:
    """Closing needs evidence (metrics.md 8)."""
    for entry in _sound(setup, "events"):
        if entry.get("state") is IssueState.CLOSED and not entry.get("evidence"):
            yield Finding(entry.number, "evidence", {})


@EVENTS.check("defer_without_review", blocking=True)
def defer_without_review(setup: Setup) -> Iterator[Finding]:
    """Deferring needs a review date and a reason (metrics.md 8)."""
    for entry in _sound(setup, "events"):
        if entry.get("state") is IssueState.DEFERRED and not (entry.get("review_day") and entry.get("note")):
            yield Finding(entry.number, "review_day", {})


@EVENTS.check("withdraw_without_reason", blocking=True)
def withdraw_without_reason(setup: Setup) -> Iterator[Finding]:
    """Withdrawing needs a reason (metrics.md 8)."""
    for entry in _sound(setup, "events"):
        if entry.get("state") is IssueState.WITHDRAWN and not entry.get("note"):
            yield Finding(entry.number, "note", {})


@EVENTS.check("days_reversed", blocking=True)
def deadline_passed(setup: Setup) -> Iterator[Finding]:
    """A new deadline lies after the day on which it is given."""
    yield from _reversed(setup, "events", "day", "deadline")


@EVENTS.check("before_opened", blocking=True)
def before_opened(setup: Setup) -> Iterator[Finding]:
    """Nothing happens to an item before it was opened."""
    opened = setup.known.issues | {
        entry.get("number"): entry.get("opened_on") for entry in _sound(setup, "issues")
    }
    for entry in _sound(setup, "events"):
        start: date | None = opened.get(entry.get("number"))
        if start is not None and entry.get("day") < start:
            yield Finding(entry.number, "day", {"day": entry.get("day"), "opened": start})


@ISSUES.check("day_to_come", blocking=True)
def opened_later(setup: Setup) -> Iterator[Finding]:
    """Nothing is assigned on a day that has not come."""
    yield from _to_come(setup, "issues", "opened_on")


@OUTSIDE.check("day_to_come", blocking=True)
def published_later(setup: Setup) -> Iterator[Finding]:
    """Nobody has published a figure of a day that has not come."""
    yield from _to_come(setup, "outside", "valid_from")


@EVENTS.check("day_to_come", blocking=True)
def moved_later(setup: Setup) -> Iterator[Finding]:
    """Nothing has happened on a day that has not come."""
    yield from _to_come(setup, "events", "day")


@EVENTS.check("move_impossible", blocking=True)
def move_impossible(setup: Setup) -> Iterator[Finding]:
    """One step follows another: assigned, under way, to be verified, closed (metrics.md 8)."""
    yield from impossible_moves(setup, _sound(setup, "events"))


def _to_come(setup: Setup, key: str, column: str) -> Iterator[Finding]:
    for entry in _sound(setup, key):
        if entry.get(column) > setup.today:
            yield Finding(entry.number, column, {"day": entry.get(column), "today": setup.today})


def _reversed(setup: Setup, key: str, earlier: str, later: str) -> Iterator[Finding]:
    sheet = setup.book.form.sheet(key)
    for entry in _sound(setup, key):
        start, end = entry.get(earlier), entry.get(later)
        if start is not None and end is not None and end < start:
            facts: dict[str, object] = {"start": start, "end": end}
            facts |= {"earlier": sheet.column(earlier).title, "later": sheet.column(later).title}
            yield Finding(entry.number, later, facts)
