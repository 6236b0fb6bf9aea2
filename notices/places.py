"""The places at which a snapshot and what is computed anew differ, in words: where it is, what stood, what stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data_access.directory import Directory
from metrics.columns import records
from metrics.figures import day_text, days_text, part_scale, percent, points, quantity
from metrics.fingerprints import Differing
from metrics.periods import COUNTY_ZONE
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Clock,
    Comparator,
    Force,
    IssueState,
    Kind,
    Level,
    Light,
    MeasuredFrom,
    Quality,
    State,
    SubmissionState,
    TargetChange,
)
from metrics.words import WHY, Lang, choose, word
from notices.words import WORDS, say

# In which vocabularies the word of a column is looked for, the first that has it.
VOCABULARIES: dict[str, tuple[type[StrEnum], ...]] = {
    "accumulation": (Accumulation,),
    "cadence": (Cadence,),
    "change": (TargetChange,),
    "clock": (Clock,),
    "comparator": (Comparator,),
    "force": (Force,),
    "kind": (Kind,),
    "level": (Level,),
    "level_reported": (Level,),
    "light": (Light,),
    "measured_from": (MeasuredFrom,),
    "quality": (Quality,),
    "state": (State,),
    "state_of_day": (State,),
}
STATES: dict[str, tuple[type[StrEnum], ...]] = {
    "issues": (IssueState,),
    "issue_events": (IssueState,),
    "submissions": (SubmissionState,),
}
_TARGETED = ("high", "low", "base", "target", "target_in", "target_owed", "children_target", "minimum")
_DONE = ("amount", "actual", "actual_in", "actual_high", "last_amount", "carried", "value", "reference_value")
AMOUNTS = frozenset((*_TARGETED, *_DONE, "margin", "monthly_need", "shortfall", "lowest", "highest"))
# They have the decimals that their own names say.
PARTS = {"numerator": "numerator_name", "denominator": "denominator_name"}
SHARES = frozenset(["completion", "planned", "rate", "reporting_rate", "actual_ratio", "share"])
GAPS = frozenset(["gap", "behind_gap", "far_gap"])
DAYS = frozenset(
    ["days", "days_behind", "days_ahead", "overdue_days", "days_overdue_before", "days_to_close", "age"]
)
# Tables whose rows are named by the number of a record; lists whose members have no name.
NUMBERED = frozenset({"curves", "rules", "targets", "submissions", "issue_events"})
LONGEST = 60
_DAY_IN_KEY = re.compile(r"\{'(?:day|moment)': '([^']*)'\}")
# How a content writes what JSON has no shape for.
_SHAPES = ("day", "moment", "list")


@dataclass(frozen=True)
class Names:
    """What codes are called, and what is known of each indicator: by it amounts are printed."""

    names: Mapping[str, str]
    indicators: Mapping[str, Mapping[str, Any]]


def names_of(directory: Directory) -> Names:
    """The names of units, a village's with its township, of indicators, departments and people by code."""
    held: dict[str, str] = {}
    for frame in (directory.persons, directory.departments, directory.indicators, directory.units):
        held |= dict(zip(frame["code"], frame["name"], strict=True))
    above = {row.code: row.parent for row in records(directory.units) if row.level == Level.VILLAGE}
    held |= {code: f"{held.get(parent, '')}{held[code]}" for code, parent in above.items()}
    rows = directory.indicators.to_dict("records")
    return Names(held, {str(row["code"]): {str(name): value for name, value in row.items()} for row in rows})


def part_called(root: str, department: str | None, held: Names) -> str:
    """What a snapshot is of, by the codes of its heading: a department, or a unit; the code of one not there today."""
    code = department or root
    return held.names.get(code, code)


def place_text(each: Differing, held: Names, lang: Lang) -> str:
    """One place: the way to it, what was kept and what is computed now."""
    path = tuple(_without_shapes(each))
    pause = say("verified.way", lang)
    way = pause.join(filter(None, (_step(path, place, held, lang) for place in range(len(path)))))
    was, now = (_opened(value) for value in (each.was, each.now))
    if was is None and isinstance(now, dict):
        return say("verified.more", lang, way=way)
    if now is None and isinstance(was, dict):
        return say("verified.less", lang, way=way)
    said = [_Said(path, held, lang).value(value) for value in (was, now)]
    if said[0] == said[1]:
        # They print alike and are not the same.
        said = [_cut(str(value)) for value in (was, now)]
    return say("verified.place", lang, way=way, was=said[0], now=said[1])


def _without_shapes(each: Differing) -> Iterator[str]:
    """The way without the steps that only say in which shape a value is written."""
    for place, step in enumerate(each.path):
        is_last = place == len(each.path) - 1
        is_shape = step == "list" or (is_last and step in ("day", "moment") and isinstance(each.was, str))
        if not is_shape or place == 0:
            yield step


def _opened(value: Any) -> Any:
    """A value out of the shape in which it is written."""
    if isinstance(value, dict) and len(value) == 1:
        [(shape, inner)] = value.items()
        return inner if shape in _SHAPES else value
    return value


def _step(path: tuple[str, ...], place: int, held: Names, lang: Lang) -> str:
    """One step of the way: a part, a column, or the key of a row."""
    step = path[place]
    for key in (f"kept.{step}", f"place.{step}") if place < 2 else (f"place.{step}",):
        if key in WORDS:
            return say(key, lang)
    if step.isdigit() and step not in held.names:
        before = path[place - 1] if place else ""
        is_record = before in NUMBERED
        number = int(step) if is_record else int(step) + 1
        return say("verified.record_number" if is_record else "verified.member", lang, number=number)
    # The key of a row has what is empty written as None.
    bare = _DAY_IN_KEY.sub(r"\1", step)
    return " ".join(_called(code, held, lang) for code in bare.split(" ") if code != "None")


def _called(code: str, held: Names, lang: Lang) -> str:
    """What one part of a key is called."""
    if code in list(MeasuredFrom) and code not in held.names:
        return word(MeasuredFrom(code), lang)
    return held.names.get(code, code)


class _Said:
    """Says the values of one place, by its column and the indicator of its row."""

    def __init__(self, path: tuple[str, ...], held: Names, lang: Lang) -> None:
        self.held, self.lang = held, lang
        self.table = path[1] if len(path) > 1 else ""
        # A member of a list is of the column of the list.
        self.column = next((step for step in reversed(path) if not step.isdigit()), "")
        codes = (code for step in path for code in step.split(" "))
        self.indicator = next((held.indicators[code] for code in codes if code in held.indicators), None)

    def value(self, value: Any) -> str:
        """A value in words."""
        if value is None:
            return say("notice.dash", self.lang)
        if isinstance(value, bool):
            return say("verified.yes" if value else "verified.no", self.lang)
        if isinstance(value, int | float):
            return self._number(value)
        if isinstance(value, str):
            return _cut(self._text(value))
        inner = [_opened(each) for each in value] if isinstance(value, list) else []
        if isinstance(value, dict) or any(isinstance(each, dict | list) for each in inner):
            return say("verified.count", self.lang, count=len(value))
        return _cut(say("notice.pause", self.lang).join(map(self.value, inner))) or say("none", self.lang)

    def _number(self, value: float) -> str:
        makers: list[tuple[bool, Callable[[], str]]] = [
            (self.column in SHARES, lambda: percent(value)),
            (self.column in GAPS, lambda: points(value, self.lang)),
            (self.column in DAYS, lambda: days_text(value, self.lang)),
            (self.column in AMOUNTS or self.column in PARTS, lambda: self._amount(value)),
        ]
        return next((make() for is_so, make in makers if is_so), str(value))

    def _amount(self, value: float) -> str:
        if self.indicator is None:
            # Nobody knows how many decimals it has.
            return say("verified.smallest", self.lang, amount=value)
        # What a ratio is short of is counted as its numerator is.
        is_counted = self.column == "shortfall" and self.indicator["is_ratio"]
        of_part = PARTS["numerator"] if is_counted else PARTS.get(self.column)
        scale = part_scale(self.indicator[of_part]) if of_part else int(self.indicator["scale"])
        measure = "" if of_part else str(self.indicator["measure"])
        if float(value).is_integer():
            return f"{quantity(value, scale)}{measure}"
        return f"{Decimal(repr(value)).scaleb(-scale):,f}{measure}"

    def _text(self, text: str) -> str:
        vocabularies = VOCABULARIES.get(self.column, ())
        if self.column == "state":
            vocabularies = STATES.get(self.table, vocabularies)
        for vocabulary in vocabularies:
            if text in list(vocabulary):
                return word(vocabulary(text), self.lang)
        if self.column == "why" and text in WHY:
            return choose(WHY[text], self.lang)
        if f"value.{text}" in WORDS:
            return say(f"value.{text}", self.lang)
        return _moment(text, self.lang) or self.held.names.get(text, text)


def _moment(text: str, lang: Lang) -> str:
    """A day or a moment of the county's clock; empty for any other text."""
    try:
        if len(text) == len("2026-10-31"):
            return day_text(date.fromisoformat(text), lang)
        said = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return said.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M:%S") if said.tzinfo else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
