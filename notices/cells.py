"""What the figures of one judged cell say in a paper: target, actual, shares, gap, days, state, with their words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.figures import MINUS, day_text, days_text, gap_text, percent, quantity
from metrics.vocabulary import Comparator
from metrics.wording import (
    amount_words,
    beside,
    is_striven,
    kept_words,
    short_words,
    step_words,
    target_words,
)
from metrics.words import Lang, state_mark, state_word
from notices.words import say

ZH: Lang = "zh"
SIGN_WORDS = {"≤": "notice.at_most", "≥": "notice.at_least", "<": "notice.below", ">": "notice.above"}
STATES_SAID = ("state", "state_said", "short")


def cell_text(cell: Any, indicator: Mapping[str, Any], name: str) -> str:
    """What a figure of a cell says; empty where nothing stands there. KeyError for a figure there is not."""
    if name in STATES_SAID:
        return _state(cell, indicator, name)
    if name == "target":
        return _target(cell, indicator)
    if name == "actual":
        return _with_measure(amount_words(cell, indicator, ZH), cell.actual, indicator)
    if name == "reached":
        return _reached(cell, indicator)
    if name in ("target_in", "actual_in"):
        value = getattr(cell, name)
        return _with_measure(quantity(value, int(indicator["scale"])), value, indicator)
    if name in ("completion", "planned"):
        value = getattr(cell, name)
        return percent(value) if pd.notna(value) else ""
    if name in ("units_in", "units_owed"):
        value = getattr(cell, name)
        return str(int(value)) if pd.notna(value) else ""
    if name in ("gap", "gap_bare"):
        bare = gap_text(cell, bare=True) if pd.notna(cell.gap) else ""
        return _gap(bare) if bare and name == "gap" else bare
    if name == "days":
        return days_text(cell.days_behind) if pd.notna(cell.days_behind) and cell.days_behind > 0 else ""
    if name == "data_day":
        return day_text(cell.data_day) if pd.notna(cell.data_day) else ""
    if name == "deadline":
        return day_text(cell.deadline) if pd.notna(cell.deadline) else ""
    if name == "need":
        need = cell.monthly_need
        return step_words(need, indicator, ZH) if pd.notna(need) and need > 0 else ""
    return {"beside": say("notice.comma", ZH).join(_beside(cell, indicator))}[name]


def _reached(cell: Any, indicator: Mapping[str, Any]) -> str:
    """How many have reached what is asked in words: 3村达到; of one that has not, and of many, in words."""
    shown = cell_text(cell, indicator, "actual")
    if not isinstance(cell.text, str) or not shown:
        return ""
    if pd.isna(cell.actual) or cell.actual > 0:
        return say("notice.reached", ZH, amount=shown)
    if pd.isna(cell.denominator) or cell.denominator <= 1:
        return say("notice.reached_not", ZH)
    if cell.at_least:
        return say("notice.reached_none_in", ZH)
    return say("notice.reached_none", ZH, amount=_with_measure(f"{cell.denominator:,}", 0, indicator))


def _beside(cell: Any, indicator: Mapping[str, Any]) -> tuple[str, ...]:
    """Margin and what is missing; a sentence has no blanks between its words and figures."""
    return tuple(text.replace(" ", "") for text in beside(cell, indicator, ZH))


def _state(cell: Any, indicator: Mapping[str, Any], name: str) -> str:
    """The word of the state; `state_said` with what stands beside it; `short` as the matrix has it."""
    if name == "short":
        return f"{state_mark(cell.state)} {short_words(cell, ZH)}"
    said, kept = state_word(cell.state, ZH, kept=cell.kept), kept_words(cell, ZH)
    if name == "state_said":
        said = said if kept in ("", said) else say("notice.state_of_limit", ZH, state=said, kept=kept)
        return say("notice.comma", ZH).join((said, *_beside(cell, indicator)))
    return said


def _gap(shown: str) -> str:
    """低于序时进度22.4个百分点, with as many decimals as keep it on its side of the thresholds."""
    size = shown.lstrip(f"{MINUS}+")
    way = "none" if not size.strip("0.") else "below" if shown.startswith(MINUS) else "above"
    return say(f"notice.gap_{way}", ZH, gap=size)


def _target(cell: Any, indicator: Mapping[str, Any]) -> str:
    is_plain = (
        cell.comparator == Comparator.AT_LEAST
        and pd.isna(cell.minimum)
        and not isinstance(cell.measured_from, str)
        and not is_striven(cell)
        and not isinstance(cell.text, str)
    )
    if is_plain and pd.notna(cell.target):
        return _with_measure(quantity(cell.target, int(indicator["scale"])), cell.target, indicator)
    if cell.comparator == Comparator.AT_MOST and cell.target == 0 and not isinstance(cell.text, str):
        return _with_measure("0", cell.target, indicator)
    shown = target_words(cell, indicator, ZH)
    # A sign of mathematics is a word in a sentence.
    for sign, key in SIGN_WORDS.items():
        shown = shown.replace(f"{sign} ", say(key, ZH))
    return _with_measure(shown, shown or None, indicator) if shown[-1:].isdigit() else shown


def _with_measure(shown: str, value: Any, indicator: Mapping[str, Any]) -> str:
    if value is None or pd.isna(value):
        return ""
    return shown if shown.endswith(indicator["measure"]) else f"{shown}{indicator['measure']}"
