"""The lagging rule: which units are flagged, each with its reasons in words and figures (metrics.md 4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from metrics.columns import records
from metrics.figures import days_text, gap_text
from metrics.reporting import below_gate
from metrics.rules import Rules
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, REPORTING_STATES, Clock, State
from metrics.words import LAGGING, Lang, Words, choose, word

_KEYS = ["unit", "indicator"]


@dataclass(frozen=True)
class Reason:
    """One reason: its code, the indicator or item it is about, and the sentence in both languages."""

    code: str
    about: str
    words: Words


@dataclass(frozen=True)
class Flag:
    """A unit called lagging, with every reason for it."""

    unit: str
    because: tuple[Reason, ...]

    def reasons(self, lang: Lang) -> list[str]:
        """The reasons as sentences."""
        return [choose(reason.words, lang) for reason in self.because]


def lagging_units(
    cells: pd.DataFrame,
    earlier: Sequence[pd.DataFrame],
    indicators: pd.DataFrame,
    issues: pd.DataFrame,
    reporting: pd.DataFrame | None,
    rules: Rules,
) -> list[Flag]:
    """The flagged units, the most reasons first, then in the order of the cells.

    `earlier` are the cells of the periods before, the nearest first; `indicators` has code, name and
    is_key; `issues` the standing of items (`metrics.rectification`); `reporting` unit, owed, reported. A
    unit below the reporting gate is not called lagging: it is listed as not reported, apart.
    """
    principal = cells[cells["is_principal"]]
    names = dict(zip(indicators["code"], indicators["name"], strict=True))
    keys = set(indicators.loc[indicators["is_key"].astype(bool), "code"])
    found: dict[str, list[Reason]] = defaultdict(list)
    for unit, reason in (
        *_far_on_key(principal, keys if rules.lagging_far_on_key else set(), names),
        *_many_behind(principal, rules),
        *_running(principal, earlier, rules.lagging_run, names),
        *_overdue(issues, rules.lagging_overdue_days),
    ):
        found[unit].append(reason)
    silent = set() if reporting is None else set(below_gate(reporting, rules))
    units = [unit for unit in dict.fromkeys(principal["unit"]) if unit in found and unit not in silent]
    flags = [Flag(unit, tuple(found[unit])) for unit in units]
    return sorted(flags, key=lambda flag: -len(flag.because))


def _far_on_key(cells: pd.DataFrame, keys: set[str], names: dict[str, str]) -> list[tuple[str, Reason]]:
    far = cells[(cells["state"] == State.FAR_BEHIND) & cells["indicator"].isin(keys)]
    return [
        (row.unit, Reason("far_on_key", row.indicator, _about_cell(row, names[row.indicator])))
        for row in records(far)
    ]


def _about_cell(row: Any, name: str) -> Words:
    def sentence(lang: Lang) -> str:
        parts = [_say("far_on_key", lang, name=name, state=word(State(row.state), lang))]
        if pd.notna(row.gap):
            parts.append(_say("gap", lang, gap=gap_text(row, lang)))
        if pd.notna(row.days_behind):
            parts.append(_say("days", lang, days=days_text(row.days_behind, lang)))
        return "".join(parts)

    return sentence("zh"), sentence("en")


def _say(key: str, lang: Lang, **figures: Any) -> str:
    return choose(LAGGING[key], lang).format(**figures)


def _both(key: str, **figures: Any) -> Words:
    return _say(key, "zh", **figures), _say(key, "en", **figures)


def _many_behind(cells: pd.DataFrame, rules: Rules) -> list[tuple[str, Reason]]:
    counted = pd.DataFrame(
        {
            "judged": cells["state"].isin(JUDGED_STATES),
            "behind": cells["state"].isin(LAGGING_STATES),
        }
    )
    return [
        (row.Index, Reason("many_behind", "", _both("many_behind", behind=row.behind, judged=row.judged)))
        for row in records(counted.groupby(cells["unit"], sort=False).sum())
        if row.behind >= rules.lagging_count and row.behind >= rules.lagging_share * int(row.judged)
    ]


def _running(
    cells: pd.DataFrame, earlier: Sequence[pd.DataFrame], run: int, names: dict[str, str]
) -> list[tuple[str, Reason]]:
    """Targets behind for `run` periods; one period without a report neither counts nor breaks, two do."""
    behind = cells[cells["state"].isin(LAGGING_STATES)]
    lengths = pd.Series(1, index=pd.MultiIndex.from_frame(behind[_KEYS]))
    silent, broken = lengths * 0, lengths < 0
    for before in earlier:
        states = before[before["is_principal"]].set_index(_KEYS)["state"].reindex(lengths.index)
        is_silent = states.isin(REPORTING_STATES)
        silent = silent + is_silent
        broken = broken | ~(states.isin(LAGGING_STATES) | is_silent) | (silent > 1)
        lengths = lengths + (states.isin(LAGGING_STATES) & ~broken)
    return [
        (unit, Reason("running", code, _both("running", name=names[code], periods=run)))
        for (unit, code), periods in zip(lengths.index, lengths, strict=True)
        if periods >= run
    ]


def _overdue(issues: pd.DataFrame, days: int) -> list[tuple[str, Reason]]:
    late = issues[(issues["clock"] == Clock.OVERDUE) & (issues["days"] > days)]
    return [(row.unit, Reason("overdue", row.number, _overdue_words(row))) for row in records(late)]


def _overdue_words(row: Any) -> Words:
    zh = _say("overdue", "zh", number=row.number, days=days_text(row.days))
    return zh, _say("overdue", "en", number=row.number, days=days_text(row.days, "en"))
