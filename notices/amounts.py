"""The size of a change between two printed figures, where both are figures of one kind."""

import re
from decimal import Decimal

from metrics.figures import MINUS, POINTS
from metrics.words import ABOUT, AT_LEAST, Lang, choose
from notices.words import WORDS, say

# Gaps as papers say them: what stands before the figure tells on which side of the plan it is.
_SIDES = tuple(
    (choose(WORDS[key], "zh").partition("{gap}")[0], sign)
    for key, sign in (("notice.gap_below", -1), ("notice.gap_above", 1))
)
_ON_PLAN = choose(WORDS["notice.gap_none"], "zh")
# A figure as papers print it: a word before it, a sign, digits, and what it is counted in.
_FIGURE = re.compile(r"^(?P<word>\D*?)(?P<sign>[−+]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<measure>\D*)$")


def change(was: str, now: str, lang: Lang) -> str:
    """How much more or less it is: +2项, −0.2个百分点; empty where one of them is no figure of the same kind."""
    was, now = _as_gap(was, now), _as_gap(now, was)
    first, second = _FIGURE.match(was), _FIGURE.match(now)
    if first is None or second is None or first["measure"] != second["measure"]:
        return ""
    moved = _value(second) - _value(first)
    if not moved or _way(first["word"]) != _way(second["word"]):
        return ""
    shown = f"{moved:+,}".replace("-", MINUS)
    return say("change.points", lang, change=shown) if _is_share(first) else f"{shown}{first['measure']}"


def _as_gap(text: str, beside: str) -> str:
    """What is on its plan as the gap of nothing that it is, beside a gap."""
    is_gap = any(beside.startswith(before) for before, _ in _SIDES)
    return choose(WORDS["notice.gap_above"], "zh").format(gap="0.0") if is_gap and text == _ON_PLAN else text


def _value(found: re.Match[str]) -> Decimal:
    size = Decimal(found["digits"].replace(",", ""))
    is_below = any(sign < 0 and found["word"].endswith(before) for before, sign in _SIDES)
    return -size if is_below or found["sign"] == MINUS else size


def _way(word: str) -> str:
    """What the figure is of, as far as its word says; 至少 and 约 say nothing of that, nor does the side of a plan."""
    for said in (AT_LEAST, ABOUT):
        word = word.removeprefix(choose(said, "zh"))
    return "" if any(word.endswith(before) for before, _ in _SIDES) else word


def _is_share(found: re.Match[str]) -> bool:
    return found["measure"] in ("%", choose(POINTS, "zh"))
