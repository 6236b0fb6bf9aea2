"""The thresholds that decide one cell: those for all, unless its indicator or its unit has some of its own.

Source: metrics.md 2. The most specific wins: the indicator, then a tag of the unit, its kind, its level, then
all. Of several tags with thresholds of their own the strictest counts. Thresholds of their own are measured in
one way and decide alone: in points (plans on a slope), in days (steps, milestones and slopes), or as
completion ÷ plan (slopes, where the plan is above zero; else the points for all). What goes by days late
keeps the days for all unless its own thresholds are in days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from metrics.rule_content import MEASURE_ENTRIES


@dataclass(frozen=True)
class Limits:
    """Gaps and ratios are fractions, days whole; a threshold that is off lies where nothing reaches it.

    `by_points`: the gap decides even where a ratio does. `scope` and `name` say whose they are: ("all", "") or
    such as ("indicator", "ZF01"); `measure` of those that are not the document's own for all.
    """

    behind_gap: float
    far_gap: float
    step_behind: float
    step_far: float
    slope_behind: float
    slope_far: float
    behind_ratio: float = -inf
    far_ratio: float = -inf
    by_points: bool = True
    scope: str = "all"
    name: str = ""
    measure: str = ""

    @property
    def by_ratio(self) -> bool:
        """Whether completion ÷ plan decides."""
        return self.behind_ratio > -inf


@dataclass(frozen=True)
class Own:
    """Everything a document says of thresholds: for all, and by scope and name."""

    general: Limits
    exceptions: tuple[Limits, ...] = ()

    def of_cell(self, indicator: str, level: str, kind: str, tags: Iterable[str]) -> Limits:
        """Those that decide the cell of an indicator and a unit of this level, kind and tags."""
        return self.of_indicator(indicator) or self.of_unit(level, kind, tags)

    def of_indicator(self, code: str) -> Limits | None:
        """Those of an indicator, None where it has none of its own."""
        return self._find("indicator", code)

    def of_unit(self, level: str, kind: str, tags: Iterable[str]) -> Limits:
        """Those of a unit where the indicator has none of its own."""
        tagged = [held for tag in tags if (held := self._find("tag", tag)) is not None]
        if tagged:
            return _strictest(tagged)
        return self._find("kind", kind) or self._find("level", level) or self.general

    def _find(self, scope: str, name: str) -> Limits | None:
        return next((one for one in self.exceptions if (one.scope, one.name) == (scope, name)), None)


def read_limits(general: Limits, thresholds: Mapping[str, Any]) -> Own:
    """The thresholds of a document's section `thresholds`, already checked (`rule_content.faults_of`)."""
    every = {scope: named for scope, named in thresholds.items() if scope != "all"}
    base = _measured(general, thresholds["all"]) if "all" in thresholds else general
    return Own(
        base,
        tuple(
            replace(_measured(general, limits), scope=scope, name=name)
            for scope, named in every.items()
            for name, limits in named.items()
        ),
    )


def _measured(general: Limits, limits: Mapping[str, Any]) -> Limits:
    """The general thresholds with those of one measure in their place."""
    ((measure, held),) = limits.items()
    behind, far = (held[key] for key in MEASURE_ENTRIES[measure])
    off = replace(general, slope_behind=inf, slope_far=inf, measure=measure)
    if measure == "points":
        return replace(off, behind_gap=behind / 100, far_gap=far / 100)
    if measure == "days":
        days = {"step_behind": behind, "step_far": far, "slope_behind": behind, "slope_far": far}
        return replace(off, behind_gap=-inf, far_gap=-inf, **days)
    return replace(off, behind_ratio=behind / 100, far_ratio=far / 100, by_points=False)


def _strictest(held: list[Limits]) -> Limits:
    by_gap = [one for one in held if one.by_points] or held
    return replace(
        held[0],
        behind_gap=max(one.behind_gap for one in by_gap),
        far_gap=max(one.far_gap for one in by_gap),
        step_behind=min(one.step_behind for one in held),
        step_far=min(one.step_far for one in held),
        slope_behind=min(one.slope_behind for one in held),
        slope_far=min(one.slope_far for one in held),
        behind_ratio=max(one.behind_ratio for one in held),
        far_ratio=max(one.far_ratio for one in held),
        by_points=any(one.by_points for one in held),
    )
