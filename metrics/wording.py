"""A target as its document writes it, and what stands beside its figure: margin, what is missing, the minimum.

The same on pages, in files and by commands. `cell` is a row of `metrics.cells`, `indicator` the definition of
its indicator (columns of `board.INDICATOR_COLUMNS`).
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from typing import Any

import pandas as pd

from metrics.figures import DASH, SHARE_EDGES, counts_things, day_text, gap_text, percent, quantity
from metrics.grid import PARTS_OF_ONE
from metrics.vocabulary import COMPARED, Comparator, Force, Kind, MeasuredFrom, State
from metrics.words import (
    ABOUT,
    AT_LEAST,
    KEPT,
    NOT_KEPT,
    Lang,
    Words,
    choose,
    comparator_text,
    state_word,
    word,
)

_WORDS: dict[str, Words] = {
    "strive": ("力争 {target}", "strive for {target}"),
    "up": ("比年初提高{step}", "up {step} on the start of the year"),
    "down": ("比年初下降{step}", "down {step} on the start of the year"),
    "same": ("不差于年初", "no worse than the start of the year"),
    "comes_to": ("{target}（即 {level}）", "{target} (to {level})"),
    "points": ("{amount}个百分点", "{amount} pp"),
    "plain": ("{amount}{measure}", "{amount} {measure}"),
    "above": ("{sign}{name}", "{sign} {name}"),
    "beyond": ("{sign}{name}{step}", "{sign} {name} {step}"),
    "plus": ("加{step}", "plus {step}"),
    "minus": ("减{step}", "minus {step}"),
    "known": ("{target}（{value}）", "{target} ({value})"),
    "unknown": ("{target}（参照数未知）", "{target} (not known)"),
    "covered": ("全覆盖（100%）", "full coverage (100%)"),
    "mean": ("平均 {target}，最低 ≥ {minimum}", "mean {target}, lowest ≥ {minimum}"),
    "missing": ("尚差{count}{unit}", "{count} {unit} missing"),
    "missing_bare": ("尚差{count}", "{count} missing"),
    "complete": ("已全部覆盖", "all covered"),
    "inside": ("余量 {margin}", "{margin} to spare"),
    "outside": ("超限 {margin}", "{margin} beyond"),
    "short": ("尚差 {margin}", "{margin} short"),
    "edge": ("恰在界限上", "just at the limit"),
    "of_those_in": ("{margin}（已报单位）", "{margin} (units in)"),
    "those_in": ("仅已报单位", "units in alone"),
    "lowest": ("最低 {lowest}，{count}个单位低于{minimum}", "lowest {lowest}, {count} units below {minimum}"),
    "lowest_met": ("最低 {lowest}，均不低于{minimum}", "lowest {lowest}, none below {minimum}"),
    "due": ("至今应完成{due}", "{due} due by now"),
    "due_done": ("至今应完成{due}，已完成{done}", "{due} due by now, {done} done"),
    "reference": ("{name} {value}（{day}）", "{name} {value} ({day})"),
    "source": ("{reference}，{source}", "{reference}, {source}"),
}
_SIGNS: dict[str, Words] = {
    Comparator.AT_LEAST: ("不低于", "at least"),
    Comparator.MORE_THAN: ("高于", "above"),
    Comparator.AT_MOST: ("不高于", "at most"),
    Comparator.LESS_THAN: ("低于", "below"),
}
_UNITS = {"户": "households", "人": "persons", "村": "villages", "个": "items"}


def is_share(indicator: Mapping[str, Any]) -> bool:
    """Whether figures are parts of one: a percentage, whose steps are points and whose ratio prints with its sign."""
    return indicator["measure"] in PARTS_OF_ONE


def target_words(cell: Any, indicator: Mapping[str, Any], lang: Lang, *, with_values: bool = True) -> str:
    """The target as the document writes it, with 力争 before it where it is only striven for; empty without one.

    A relative one stands with what it is compared with, as far as that is known, unless `with_values` is not set.
    """
    shown = _target(cell, indicator, lang, with_values=with_values)
    says_so = shown.startswith(choose(_WORDS["strive"], lang).partition("{")[0])
    return _say("strive", lang, target=shown) if shown and is_striven(cell) and not says_so else shown


def issued_words(held: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """A version of a target as its document writes it, without what it comes to on any day.

    `held` has the terms of a target as they are recorded; figures of relative targets are steps.
    """
    is_relative = isinstance(held.measured_from, str)
    ends = [pd.NA if pd.isna(end) else end for end in (held.low, held.high, held.minimum)]
    low, high = (pd.NA, pd.NA) if is_relative else ends[:2]
    cell = SimpleNamespace(
        **{name: getattr(held, name) for name in ("kind", "text", "comparator", "force", "measured_from")},
        reference=held.reference,
        minimum=ends[2],
        state="",
        target=low,
        low=low,
        high=high,
        step=ends[0] if is_relative else pd.NA,
        reference_value=pd.NA,
    )
    return target_words(cell, indicator, lang, with_values=False)


def is_striven(cell: Any) -> bool:
    """Whether the target is one of 力争: judged like any other, and shown as what it is."""
    return isinstance(cell.force, str) and cell.force == Force.STRIVE


def _target(cell: Any, indicator: Mapping[str, Any], lang: Lang, *, with_values: bool) -> str:
    if cell.kind in (Kind.QUALITATIVE, Kind.MILESTONE) and isinstance(cell.text, str):
        return cell.text
    if cell.state == State.NO_TASK or (pd.isna(cell.target) and pd.isna(cell.low) and pd.isna(cell.step)):
        return ""
    if cell.measured_from == MeasuredFrom.BASE:
        return _over_base(cell, indicator, lang)
    if cell.measured_from in COMPARED:
        return _against(cell, indicator, lang, with_values=with_values)
    return _plain(cell, indicator, lang)


def _plain(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    scale = int(indicator["scale"])
    low = cell.low if pd.notna(cell.low) else cell.target
    if cell.kind == Kind.CHECKLIST and pd.notna(cell.target):
        # What was set is the items of one unit; asked are those of all of them.
        low = cell.target
    if is_full(cell, indicator):
        return _say("covered", lang)
    high = quantity(cell.high, scale) if pd.notna(cell.high) else ""
    shown = comparator_text(cell.comparator, quantity(low, scale), high, lang)
    if pd.isna(cell.minimum):
        return shown
    return _say("mean", lang, target=shown, minimum=quantity(cell.minimum, scale))


def is_full(cell: Any, indicator: Mapping[str, Any]) -> bool:
    """Whether a target asks for all: 100 % of a ratio with parts, where more is better."""
    if not (indicator["is_ratio"] and is_share(indicator)) or pd.isna(cell.target):
        return False
    whole = PARTS_OF_ONE[indicator["measure"]] * 10 ** int(indicator["scale"])
    return bool(cell.target == whole and cell.comparator == Comparator.AT_LEAST)


def _over_base(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """The step, and the level that it comes to where the base is known."""
    if isinstance(cell.text, str):
        step = cell.text
    elif cell.step == 0:
        step = _say("same", lang)
    else:
        step = _say("up" if cell.step > 0 else "down", lang, step=step_words(abs(cell.step), indicator, lang))
    if pd.isna(cell.low):
        return step
    scale = int(indicator["scale"])
    high = quantity(cell.high, scale) if pd.notna(cell.high) else ""
    level = comparator_text(cell.comparator, quantity(cell.low, scale), high, lang)
    return _say("comes_to", lang, target=step, level=level)


def _against(cell: Any, indicator: Mapping[str, Any], lang: Lang, *, with_values: bool) -> str:
    """Above or below whom, by how much, and what that one stands at."""
    name, sign = reference_name(cell, lang), choose(_SIGNS[cell.comparator], lang)
    if cell.step:
        step = _say(
            "plus" if cell.step > 0 else "minus", lang, step=step_words(abs(cell.step), indicator, lang)
        )
        shown = _say("beyond", lang, sign=sign, name=name, step=step)
    else:
        shown = _say("above", lang, sign=sign, name=name)
    if not with_values:
        return shown
    if pd.isna(cell.reference_value):
        return _say("unknown", lang, target=shown)
    return _say(
        "known", lang, target=shown, value=quantity(round(cell.reference_value), int(indicator["scale"]))
    )


def amount_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """The actual value as it may be said: 至少 and 约 stand with it; a dash where there is none.

    Shares of one print with their sign; a mean, such as so much a household, is a quantity; items met and units
    that have reached a milestone are k of n; what is judged in words is said in them.
    """
    scale = int(indicator["scale"])
    if cell.kind == Kind.QUALITATIVE and isinstance(cell.actual_text, str):
        return cell.actual_text
    if _is_counted(cell):
        shown = f"{int(cell.numerator):,}/{int(cell.denominator):,}"
    elif indicator["is_ratio"] and is_share(indicator) and pd.notna(cell.actual_ratio):
        # Limit and margin stand beside it in steps of the indicator: who subtracts must find the same.
        decimals = max(1, scale) if pd.notna(cell.margin) else 1
        shown = percent(cell.actual_ratio, (*SHARE_EDGES, *_limits(cell, scale)), decimals=decimals)
    elif pd.isna(cell.actual):
        return DASH
    else:
        shown = quantity(int(cell.actual), scale)
    prefix = choose(AT_LEAST, lang) if cell.at_least else ""
    return f"{prefix}{choose(ABOUT, lang) if cell.approximate else ''}{shown}"


def _is_counted(cell: Any) -> bool:
    """Whether the figure is k of n: of a checklist items, of several units' milestone those that reached it."""
    if pd.isna(cell.numerator) or pd.isna(cell.denominator):
        return False
    return bool(cell.kind == Kind.CHECKLIST or (cell.kind == Kind.MILESTONE and cell.denominator > 1))


def _limits(cell: Any, scale: int) -> list[float]:
    """The shares a percentage is held against: rounded onto one of them it would seem to reach it."""
    asked = (cell.target, cell.high)
    return [int(value) / 10**scale / 100 for value in asked if pd.notna(value)]


def reference_name(cell: Any, lang: Lang) -> str:
    """Whom a target is compared with: 上年同期, 全县平均, or the name of the outside figure."""
    return cell.reference if isinstance(cell.reference, str) else word(MeasuredFrom(cell.measured_from), lang)


def reference_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """The value compared with, its day and who published it; empty where none is known."""
    if pd.isna(cell.reference_value):
        return ""
    value = quantity(round(cell.reference_value), int(indicator["scale"]))
    day = day_text(cell.reference_day, lang)
    shown = _say("reference", lang, name=reference_name(cell, lang), value=value, day=day)
    if not isinstance(cell.reference_source, str):
        return shown
    return _say("source", lang, reference=shown, source=cell.reference_source)


def kept_words(cell: Any, lang: Lang) -> str:
    """达标 or 未达标 of a value to be kept; empty of any other."""
    return "" if pd.isna(cell.kept) else choose(KEPT if cell.kept else NOT_KEPT, lang)


def short_words(cell: Any, lang: Lang) -> str:
    """What stands of a cell where there is no room: whether it is kept, its gap, or the word of its state."""
    return kept_words(cell, lang) or (
        state_word(cell.state, lang) if pd.isna(cell.gap) else gap_text(cell, bare=True)
    )


def margin_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """How far a value to be kept lies inside or outside its limit; empty where it is not judged.

    While units are missing it is said that the margin is of those that are in.
    """
    if pd.isna(cell.margin) or pd.isna(cell.kept):
        return ""
    said = _margin(cell, indicator, lang)
    if cell.units_in >= cell.units_owed:
        return said
    return _say("of_those_in", lang, margin=said) if said else _say("those_in", lang)


def limit_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """The limit that a value to be kept is held against: of a sum with units missing, that of those that are in."""
    held = limit_of(cell)
    if held is cell:
        return target_words(cell, indicator, lang)
    return _say("of_those_in", lang, margin=target_words(held, indicator, lang))


def limit_of(cell: Any) -> Any:
    """A cell with the limit it is held against, as `limit_words` says it."""
    is_partial = pd.notna(cell.target_in) and cell.units_in < cell.units_owed
    return cell._replace(target=cell.target_in, low=cell.target_in) if is_partial else cell


def _margin(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    is_ceiling = cell.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
    # A half is rounded up in the figure itself: away from a limit below it, towards one above.
    shown = _rounded(cell.margin, indicator, lang, is_up=is_ceiling == (cell.margin < 0))
    if cell.margin == 0:
        # Where none may happen and none did, there is no limit to be close to.
        return "" if cell.target == 0 and cell.kept else _say("edge", lang)
    return _say("inside" if cell.margin > 0 else "outside" if is_ceiling else "short", lang, margin=shown)


def lacking_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """How many households or persons are still missing: 尚差12户; empty where that cannot be said."""
    name = indicator["numerator_name"]
    if pd.isna(cell.lacking) or not counts_things(name):
        return ""
    if not cell.lacking:
        return _say("complete", lang) if is_full(cell, indicator) else ""
    # 户数, 人数: what is counted stands before the word for number.
    unit = name.strip()[-2]
    if unit not in _UNITS:
        return _say("missing_bare", lang, count=f"{int(cell.lacking):,}")
    return _say("missing", lang, count=f"{int(cell.lacking):,}", unit=choose((unit, _UNITS[unit]), lang))


def minimum_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """The lowest value below a mean, and how many are below what is asked of it; empty where none is asked."""
    if pd.isna(cell.below_minimum):
        return ""
    scale = int(indicator["scale"])
    facts = {"lowest": quantity(cell.lowest, scale), "minimum": quantity(cell.minimum, scale)}
    return _say(
        "lowest" if cell.below_minimum else "lowest_met", lang, count=int(cell.below_minimum), **facts
    )


def due_words(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """Of what is owed once a period: how often by now, and where units are missing how often those in did it."""
    if cell.kind != Kind.DUTY or pd.isna(cell.denominator):
        return ""
    due, done = (step_words(value, indicator, lang) for value in (cell.denominator, cell.numerator))
    if cell.units_in >= cell.units_owed:
        return _say("due", lang, due=due)
    return _say("of_those_in", lang, margin=_say("due_done", lang, due=due, done=done))


def beside(cell: Any, indicator: Mapping[str, Any], lang: Lang) -> tuple[str, ...]:
    """All that stands beside the figure of a target: what is due by now, what is missing, margin, the minimum."""
    said = (due_words, lacking_words, margin_words, minimum_words)
    found = [text for text in (say(cell, indicator, lang) for say in said) if text]
    # Of a coverage what is missing in households says more than in points.
    return tuple(text for text in found if len(found) == 1 or not _repeats(text, cell, indicator, lang))


def _repeats(text: str, cell: Any, indicator: Mapping[str, Any], lang: Lang) -> bool:
    return bool(text == margin_words(cell, indicator, lang) and lacking_words(cell, indicator, lang))


def _rounded(amount: float, indicator: Mapping[str, Any], lang: Lang, *, is_up: bool) -> str:
    """A difference in the indicator's measure; what would round to nothing is printed as less than the smallest."""
    size = Decimal(repr(round(abs(float(amount)), 9)))
    whole = int(size.quantize(Decimal(1), ROUND_HALF_UP if is_up else ROUND_HALF_DOWN))
    shown = step_words(max(1, whole), indicator, lang)
    return f"< {shown}" if 0 < size < 1 and whole == 0 else shown


def step_words(amount: Any, indicator: Mapping[str, Any], lang: Lang) -> str:
    """A difference in the indicator's measure; of percentages in points."""
    shown = quantity(amount, int(indicator["scale"]))
    if is_share(indicator):
        return _say("points", lang, amount=shown)
    return _say("plain", lang, amount=shown, measure=indicator["measure"])


def _say(key: str, lang: Lang, **values: object) -> str:
    return choose(_WORDS[key], lang).format(**values)
