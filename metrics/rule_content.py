"""What a rule document holds, entry by entry, and every fault of one that cannot be used.

Source: metrics.md 2 (thresholds, persistence, escalation) and 4 (lagging, ranks, attention). The sections of
`DEFAULT_CONTENT` are complete or refused: a threshold left out would otherwise be filled in without anyone
having decided it. Those of `OPTIONAL_CONTENT` and `thresholds` may be left out and then set nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any

from metrics.rule_words import ENTRIES, FAULTS, LIMIT_WORDS, MEASURES, SCOPES, WANTED
from metrics.vocabulary import Level
from metrics.words import Lang, choose

ATTENTION_CLASSES = ("far_on_key", "far", "overdue", "behind")
LEVELS = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)

# Points are percentage points. behind: -30 <= g <= -10; far: g < -30; steps: 1 to 30 days, over 30.
DEFAULT_CONTENT: dict[str, Any] = {
    "gap_points": {"behind": -10, "far_behind": -30},
    "step_days": {"behind_from": 1, "far_behind_over": 30},
    "slope_days": {"behind_from": None, "far_behind_over": None, "with_gap_points": 1},
    "keep": {"far_behind_beyond": None},
    "about_tolerance_percent": 5,
    "over_mark_percent": 150,
    "reporting_gate_percent": 80,
    "lagging": {"far_on_key": True, "share": "1/3", "count": 2, "periods_running": 3, "overdue_days": 30},
    "attention": {"order": list(ATTENTION_CLASSES), "limit": 5},
    "due_soon_days": 7,
    "relapse_days": 60,
    "minimum_n": 20,
}
# Sections of their own kind: what they are when a document leaves them out.
OPTIONAL_CONTENT: dict[str, Any] = {
    "persistence": {"periods": 1},
    "escalation": {"after_periods": None},
    "clauses": {"not_begun": False, "unexplained_periods": None},
    "peer_groups": [],
}
THRESHOLDS = "thresholds"
# The two thresholds of each measure: behind, then far behind.
MEASURE_ENTRIES: dict[str, tuple[str, str]] = {
    "points": ("behind", "far_behind"),
    "days": ("behind_from", "far_behind_over"),
    "ratio_percent": ("behind", "far_behind"),
}
MOST_PERIODS = 12


@dataclass(frozen=True)
class Fault:
    """One fault: the entry's path ("gap_points.behind"), a code of `rule_words.FAULTS` and its facts."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)

    def sentence(self, lang: Lang) -> str:
        """What is wrong with which entry, without a full stop."""
        name, said = entry_name(self.path, lang), self.said(lang)
        return f"“{name}”{said}" if lang == "zh" else f"“{name}” {said}"

    def said(self, lang: Lang) -> str:
        """What is wrong, for a reader who sees the entry."""
        return choose(FAULTS[self.code][0], lang).format(**self.facts)

    def remedy(self, lang: Lang) -> str:
        """How to mend it."""
        return choose(FAULTS[self.code][1], lang).format(**self.facts)


def entry_name(path: str, lang: Lang) -> str:
    """The plain name of an entry; of a threshold of its own the parts of its path, of an unknown one the path."""
    if path in ENTRIES:
        return choose(ENTRIES[path], lang)
    top, *rest = path.split(".")
    if top != THRESHOLDS:
        return path
    known = SCOPES | MEASURES | LIMIT_WORDS
    return " · ".join(choose(known[part], lang) if part in known else part for part in rest)


def faults_of(held: Any) -> list[Fault]:
    """Every fault of a content: entries missing, unknown or of another type; failing those, impossible ones."""
    if not isinstance(held, Mapping):
        return [Fault("content", "not_a_group")]
    general = {key: value for key, value in held.items() if key not in {*OPTIONAL_CONTENT, THRESHOLDS}}
    further = {key: held[key] for key in OPTIONAL_CONTENT if key in held}
    found = [
        *_compare(general, DEFAULT_CONTENT, ""),
        *_compare(further, OPTIONAL_CONTENT, "", is_whole=False),
    ]
    found += _thresholds(held.get(THRESHOLDS, {}))
    return found or [*_impossible(held), *_impossible_further(OPTIONAL_CONTENT | further)]


def _compare(held: Any, shape: Any, path: str, *, is_whole: bool = True) -> list[Fault]:
    """Entries that are missing, unknown or of another type than in the shape."""
    if not isinstance(shape, dict):
        return [] if _is_like(held, shape) else [_wrong_type(path, held, shape)]
    if not isinstance(held, Mapping):
        return [Fault(path, "not_a_group")]
    found = [Fault(_under(path, key), "missing") for key in shape if is_whole and key not in held]
    found += [Fault(_under(path, str(key)), "unknown") for key in held if key not in shape]
    for key in shape:
        found += _compare(held[key], shape[key], _under(path, key)) if key in held else []
    return found


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _is_like(held: Any, shape: Any) -> bool:
    if isinstance(shape, list):
        return isinstance(held, list) and all(isinstance(each, str) for each in held)
    if isinstance(shape, bool | str):
        return isinstance(held, type(shape))
    if shape is None and held is None:
        return True
    return isinstance(held, int | float) and not isinstance(held, bool) and isfinite(held)


def _wrong_type(path: str, held: Any, shape: Any) -> Fault:
    if held is None:
        return Fault(path, "blank")
    name = "names" if isinstance(shape, list) else "text" if isinstance(shape, str) else "number"
    zh, en = WANTED["mark" if isinstance(shape, bool) else name]
    return Fault(path, "wrong_type", {"found": held, "wanted": zh, "wanted_en": en})


def _impossible(held: Mapping[str, Any]) -> Iterator[Fault]:
    """General entries of the right type that no county can mean."""
    gap, step, lagging, attention = (held[key] for key in ("gap_points", "step_days", "lagging", "attention"))
    if not gap["far_behind"] < gap["behind"] <= 0:
        yield Fault("gap_points", "gap_order", {"far": gap["far_behind"], "behind": gap["behind"]})
    if not 1 <= step["behind_from"] <= step["far_behind_over"]:
        days = {"far": step["far_behind_over"], "behind": step["behind_from"]}
        yield Fault("step_days", "days_order", days)
    yield from _slope_days(held["slope_days"])
    for path in ("about_tolerance_percent", "reporting_gate_percent"):
        if not 0 <= held[path] <= 100:
            yield Fault(path, "out_of_range", {"low": 0, "high": 100, "found": held[path]})
    yield from _below("over_mark_percent", held["over_mark_percent"], 100)
    if not _is_share(lagging["share"]):
        yield Fault("lagging.share", "share", {"found": lagging["share"]})
    yield from _whole("lagging.count", lagging["count"], 1)
    yield from _whole("lagging.periods_running", lagging["periods_running"], 1)
    yield from _whole("lagging.overdue_days", lagging["overdue_days"], 0)
    if sorted(attention["order"]) != sorted(ATTENTION_CLASSES):
        yield Fault("attention.order", "order", {"found": ", ".join(attention["order"])})
    yield from _whole("attention.limit", attention["limit"], 1)
    for path in ("due_soon_days", "relapse_days", "minimum_n"):
        yield from _whole(path, held[path], 0)
    beyond = held["keep"]["far_behind_beyond"]
    yield from _below("keep.far_behind_beyond", 0 if beyond is None else beyond, 0)


def _slope_days(held: Mapping[str, Any]) -> Iterator[Fault]:
    """Days behind that colour a gap as well; either edge may be off."""
    behind, far = held["behind_from"], held["far_behind_over"]
    edges = [edge for edge in (behind, far) if edge is not None]
    if min(edges, default=1) < 1 or edges != sorted(edges):
        shown = {"far": far, "behind": behind}
        yield Fault(
            "slope_days", "days_order", {name: "—" if edge is None else edge for name, edge in shown.items()}
        )
    yield from _below("slope_days.with_gap_points", held["with_gap_points"], 0)


def _is_share(text: str) -> bool:
    try:
        return 0 < Fraction(text) <= 1
    except (ValueError, ZeroDivisionError):
        return False


def _whole(path: str, value: float, low: int) -> Iterator[Fault]:
    if value != int(value):
        yield Fault(path, "not_whole", {"found": value})
    else:
        yield from _below(path, value, low)


def _below(path: str, value: float, low: int) -> Iterator[Fault]:
    if value < low:
        yield Fault(path, "too_small", {"low": low, "found": value})


def _impossible_further(held: Mapping[str, Any]) -> Iterator[Fault]:
    """The same of the sections that may be left out."""
    persists, escalates = held["persistence"]["periods"], held["escalation"]["after_periods"]
    unexplained = held["clauses"]["unexplained_periods"]
    counts = {
        "persistence.periods": persists,
        "escalation.after_periods": escalates,
        "clauses.unexplained_periods": unexplained,
    }
    broken = [fault for path, value in counts.items() if value is not None for fault in _count(path, value)]
    yield from broken
    if not broken and escalates is not None and escalates < max(2, persists + 1):
        yield Fault("escalation.after_periods", "escalates_too_soon", {"found": escalates, "low": persists})
    if not broken and unexplained is not None and unexplained < persists:
        yield Fault("clauses.unexplained_periods", "clause_too_soon", {"found": unexplained, "low": persists})
    yield from _names(held["peer_groups"])


def _count(path: str, value: float) -> Iterator[Fault]:
    """A number of periods."""
    if value > MOST_PERIODS:
        yield Fault(path, "too_long", {"found": value})
    else:
        yield from _whole(path, value, 1)


def group_names(group: str) -> tuple[str, ...]:
    """The kinds or tags that one peer group holds: "乡/镇" is two."""
    return tuple(part.strip() for part in group.split("/"))


def _names(groups: list[str]) -> Iterator[Fault]:
    every = [name for group in groups for name in group_names(group)]
    if not all(every):
        yield Fault("peer_groups", "empty_name")
    for name in dict.fromkeys(every):
        if name and every.count(name) > 1:
            yield Fault("peer_groups", "named_twice", {"found": name})


def _thresholds(held: Any) -> Iterator[Fault]:
    """Thresholds for all, or by level, kind, tag or indicator, each measured in one way."""
    if not isinstance(held, Mapping):
        yield Fault(THRESHOLDS, "not_a_group")
        return
    for scope, named in held.items():
        path = f"{THRESHOLDS}.{scope}"
        if scope not in SCOPES:
            yield Fault(path, "unknown")
        elif not isinstance(named, Mapping):
            yield Fault(path, "not_a_group")
        elif scope == "all":
            yield from _limits(path, named)
            if "points" in named:
                yield Fault(path, "points_for_all")
        else:
            yield from _of_names(path, scope, named)


def _of_names(path: str, scope: str, named: Mapping[str, Any]) -> Iterator[Fault]:
    for name, limits in named.items():
        if not str(name).strip():
            yield Fault(path, "empty_name")
        elif scope == "level" and name not in LEVELS:
            yield Fault(f"{path}.{name}", "unknown_level", {"found": name})
        else:
            yield from _limits(f"{path}.{name}", limits)


def _limits(path: str, held: Any) -> Iterator[Fault]:
    if not isinstance(held, Mapping):
        yield Fault(path, "not_a_group")
        return
    if len(held) != 1 or not set(held) <= set(MEASURE_ENTRIES):
        yield Fault(path, "one_measure")
        return
    ((measure, limits),) = held.items()
    below = f"{path}.{measure}"
    shape = dict.fromkeys(MEASURE_ENTRIES[measure], 0)
    wrong = _compare(limits, shape, below)
    yield from wrong or _limit_order(below, measure, *(limits[key] for key in shape))


def _limit_order(path: str, measure: str, behind: float, far: float) -> Iterator[Fault]:
    holds = {
        "points": far < behind <= 0,
        "days": 1 <= behind <= far,
        "ratio_percent": 0 <= far < behind <= 100,
    }
    codes = {"points": "gap_order", "days": "days_order", "ratio_percent": "ratio_order"}
    if not holds[measure]:
        yield Fault(path, codes[measure], {"far": far, "behind": behind})
