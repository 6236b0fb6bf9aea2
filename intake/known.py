"""What the county already knows, by code and by name: the ground on which a workbook's rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from data_access.directory import Directory
from data_access.used import Use
from intake.figures import COUNTED, Measure, measure_of, part_measure
from intake.names import nearest, plain_name
from intake.problems import Fault
from intake.words import Phrase
from metrics.vocabulary import Accumulation, Cadence, IssueState, Kind, Level

# The setting that closes the periods up to a day.
CLOSED_UNTIL = "reports.closed_until"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in force: `township` is empty above the townships."""

    code: str
    level: Level
    parent: str
    township: str
    name: str
    tags: tuple[str, ...] = ()
    households: int | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator in force, with its unit of measure taken apart, and those of the parts of a ratio."""

    code: str
    name: str
    measure: Measure
    kind: Kind
    lower_is_better: bool
    accumulation: Accumulation
    cadence: Cadence
    level_reported: Level
    is_whole: bool
    is_ratio: bool
    scope_tag: str
    lowest: int | None
    highest: int | None
    sort: int
    numerator: Measure = COUNTED
    denominator: Measure = COUNTED

    def includes(self, unit: Unit) -> bool:
        """Whether the indicator asks anything of the unit: its level reports and it carries the tag."""
        return unit.level is self.level_reported and (not self.scope_tag or self.scope_tag in unit.tags)


class Move(NamedTuple):
    """One step of a rectification item: the state reached, when, and in which round."""

    state: IssueState
    day: date
    round: int


@dataclass(slots=True)
class Known:
    """Units, indicators, departments and persons by code, and the codes by every name they go by.

    `issues` gives the day each rectification item was opened, `moves` its steps in their order; `uses` what rests
    on the definition of each indicator.
    """

    county: str
    units: dict[str, Unit] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)
    items: dict[str, dict[str, str]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    issues: dict[str, date] = field(default_factory=dict)
    moves: dict[str, tuple[Move, ...]] = field(default_factory=dict)
    uses: Mapping[str, Use] = field(default_factory=dict)
    unit_names: dict[str, list[str]] = field(default_factory=dict)
    outside: dict[str, set[str]] = field(default_factory=dict)
    indicator_names: dict[str, list[str]] = field(default_factory=dict)
    department_names: dict[str, list[str]] = field(default_factory=dict)

    def add_unit(self, unit: Unit) -> None:
        """Add a unit, or put its newer definition in the place of the older."""
        self.units[unit.code] = unit
        _remember(self.unit_names, unit.name, unit.code)

    def add_indicator(self, indicator: Indicator) -> None:
        """Add an indicator, or put its newer definition in the place of the older."""
        self.indicators[indicator.code] = indicator
        _remember(self.indicator_names, indicator.name, indicator.code)

    def add_department(self, code: str, *names: str) -> None:
        """Add a department under its names."""
        self.departments[code] = names[0]
        for name in names:
            _remember(self.department_names, name, code)

    @property
    def county_name(self) -> str:
        """The county's own name, empty before it is set up."""
        unit = self.units.get(self.county)
        return unit.name if unit else ""

    def below(self, code: str) -> list[Unit]:
        """The children of a unit, in the order of the directory."""
        return [unit for unit in self.units.values() if unit.parent == code]

    def find_unit(self, code: str | None, name: str | None, within: str = "") -> Unit | Fault:
        """The unit of a row by its code, else by its name; both must agree where both are given."""
        if code and code in self.units:
            unit = self.units[code]
            if name and plain_name(name) != plain_name(unit.name):
                return Fault("name_differs", {"code": code, "name": unit.name, "found": name})
            return unit
        if code:
            found = self._by_name(self.unit_names, code, within)
            if len(found) == 1:
                return self.units[found[0]]
            return Fault("unknown_unit", {"found": code, "near": self._near(code, list(self.units))})
        found = self._by_name(self.unit_names, name or "", within)
        if len(found) == 1:
            return self.units[found[0]]
        if found:
            return Fault("ambiguous_name", {"found": name})
        return Fault("unknown_unit", {"found": name, "near": self._near(name or "", list(self.unit_names))})

    def find_indicator(self, code: str | None, name: str | None) -> Indicator | Fault:
        """The indicator of a row by its code, else by its name; both must agree where both are given."""
        if code and code in self.indicators:
            indicator = self.indicators[code]
            if name and plain_name(name) != plain_name(indicator.name):
                return Fault("name_differs", {"code": code, "name": indicator.name, "found": name})
            return indicator
        text = code or name or ""
        found = self._by_name(self.indicator_names, text)
        if len(found) == 1:
            return self.indicators[found[0]]
        if found:
            return Fault("ambiguous_name", {"found": text})
        candidates = list(self.indicators) if code else list(self.indicator_names)
        return Fault("unknown_indicator", {"found": text, "near": self._near(text, candidates)})

    def find_department(self, text: str) -> str | Fault:
        """The code of a department by code, name or alias."""
        if text in self.departments:
            return text
        found = self._by_name(self.department_names, text)
        if len(found) == 1:
            return found[0]
        return Fault(
            "unknown_department", {"found": text, "near": self._near(text, list(self.department_names))}
        )

    def find_person(self, code: str) -> str | Fault:
        """The code of a person."""
        if code in self.persons:
            return code
        return Fault("unknown_person", {"found": code, "near": self._near(code, sorted(self.persons))})

    def _by_name(self, names: dict[str, list[str]], text: str, within: str = "") -> list[str]:
        found = names.get(plain_name(text), [])
        if len(found) > 1 and within:
            found = [code for code in found if self.units[code].township == within or code == within]
        return found

    @staticmethod
    def _near(text: str, candidates: list[str]) -> Phrase:
        near = nearest(plain_name(text), candidates)
        return Phrase("near", {"found": near}) if near else Phrase("nothing")


def known_from(directory: Directory) -> Known:
    """Take the directory's frames into lookups."""
    known = Known(directory.county)
    for row in directory.units.to_dict("records"):
        known.add_unit(_unit(row))
    for row in directory.indicators.to_dict("records"):
        known.add_indicator(_indicator(row))
    for row in directory.departments.to_dict("records"):
        known.add_department(row["code"], row["name"], row["short_name"], *row["aliases"])
    known.persons = set(directory.persons["code"])
    for row in directory.checklists.to_dict("records"):
        known.items.setdefault(row["indicator"], {})[row["item"]] = row["name"]
    known.settings = dict(zip(directory.settings["name"], directory.settings["value"], strict=True))
    return known


def rescaled(indicator: Indicator, *, word: str, scale: int) -> Indicator:
    """The same indicator in another unit of measure."""
    return replace(indicator, measure=measure_of(word, scale))


def _remember(names: dict[str, list[str]], name: str, code: str) -> None:
    codes = names.setdefault(plain_name(name), [])
    if code not in codes:
        codes.append(code)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _unit(row: dict[Any, Any]) -> Unit:
    return Unit(
        row["code"],
        Level(row["level"]),
        _text(row["parent"]),
        _text(row["township"]),
        row["name"],
        row["tags"],
        _whole(row["households"]),
        _whole(row["persons"]),
    )


def _indicator(row: dict[Any, Any]) -> Indicator:
    return Indicator(
        code=row["code"],
        name=row["name"],
        measure=measure_of(row["measure"], int(row["scale"])),
        kind=Kind(row["kind"]),
        lower_is_better=bool(row["lower_is_better"]),
        accumulation=Accumulation(row["accumulation"]),
        cadence=Cadence(row["cadence"]),
        level_reported=Level(row["level_reported"]),
        is_whole=bool(row["is_whole"]),
        is_ratio=bool(row["is_ratio"]),
        scope_tag=_text(row["scope_tag"]),
        lowest=_whole(row["lowest"]),
        highest=_whole(row["highest"]),
        sort=int(row["sort"]),
        numerator=part_measure(row["numerator_name"]),
        denominator=part_measure(row["denominator_name"]),
    )
