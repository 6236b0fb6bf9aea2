"""How figures are printed, the same on pages, in workbooks and by commands (metrics.md, head; screens.md).

A missing figure prints as a dash, never as a zero. Rounding is half away from zero; a figure that
rounding would bring onto or over an edge it has not reached is printed with as many decimals as it takes.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from metrics.rules import DEFAULT_RULES, Rules
from metrics.words import Lang, Words, choose

DASH = "—"
# What a gap is counted in.
POINTS: Words = ("个百分点", " pp")
MINUS = "−"
SHARE_EDGES = (0.0, 1.0)

# Beyond twelve decimals a share computed in floats says nothing.
_EXACT = 12
# A name that ends in 数 and names no measure: 户数 counts, 支出（万元） does not.
_COUNTS = re.compile(r"[^（(]*数\s*$")
_PART_DECIMALS = re.compile(r"([0-6])\s*(?:位小数|decimals?)\s*[)）]\s*$")


def gap_edges(rules: Rules = DEFAULT_RULES) -> tuple[float, ...]:
    """The gaps at which a state changes under a rule."""
    return (0.0, rules.behind_gap, rules.far_gap)


def percent(share: Any, edges: Iterable[float] = SHARE_EDGES, *, decimals: int = 1) -> str:
    """A share as a percentage: 0.9996 is 99.96%, 3.86 is 386.0%; with so many decimals, or as many as it takes."""
    return DASH if pd.isna(share) else f"{_printed(share, edges, decimals)}%"


def points(gap: Any, lang: Lang = "zh", *, bare: bool = False, edges: Iterable[float] | None = None) -> str:
    """A gap in percentage points with its sign: −41.2个百分点; bare without the words."""
    if pd.isna(gap):
        return DASH
    shown = _printed(float(gap), gap_edges() if edges is None else edges)
    signed = (
        shown if shown.startswith(MINUS) or not any(digit in "123456789" for digit in shown) else f"+{shown}"
    )
    return signed if bare else signed + choose(POINTS, lang)


def gap_text(cell: Any, lang: Lang = "zh", *, bare: bool = False) -> str:
    """The gap of a judged cell, with as many decimals as keep it on its side of the cell's own thresholds."""
    edges = (0.0, *(edge for edge in (cell.behind_gap, cell.far_gap) if not pd.isna(edge)))
    return points(cell.gap, lang, bare=bare, edges=edges)


def quantity(value: Any, scale: int) -> str:
    """A quantity in smallest units: 700350 at scale 2 is 7,003.50; whole things stay whole.

    Decimals beyond the second are printed only where they are not zero.
    """
    if pd.isna(value):
        return DASH
    exact = Decimal(int(value)).scaleb(-scale)
    shown = f"{abs(exact):,.{scale}f}"
    whole, _, decimals = shown.partition(".")
    kept = decimals[:2] + decimals[2:].rstrip("0")
    return _signed(exact, f"{whole}.{kept}" if kept else whole)


def fine_quantity(value: Any, scale: int) -> str:
    """A computed quantity: of whole things with one decimal where it is not whole, for a third of one is not none."""
    if pd.isna(value):
        return DASH
    exact = Decimal(repr(round(float(value), _EXACT)))
    fine = scale if scale or round(float(value), 9) == round(float(value)) else 1
    return quantity(int(exact.scaleb(fine - scale).quantize(Decimal(1), ROUND_HALF_UP)), fine)


def part_scale(name: Any) -> int:
    """The decimals that the parts of a ratio carry, as their name says: 支出(万元,2位小数) gives 2, else 0."""
    match = _PART_DECIMALS.search(name) if isinstance(name, str) else None
    return int(match.group(1)) if match else 0


def counts_things(name: Any) -> bool:
    """Whether a part of a ratio is a number of persons, households or other things, as its name says: 户数, 人数."""
    return isinstance(name, str) and _COUNTS.match(name) is not None


def day_text(day: Any, lang: Lang = "zh", *, short: bool = False) -> str:
    """A day: 2026年10月31日 in Chinese sentences, 2026-10-31 in English ones and in tables."""
    if pd.isna(day):
        return DASH
    held: date = day
    if short or lang == "en":
        return f"{held:%Y-%m-%d}"
    return f"{held.year}年{held.month}月{held.day}日"


def days_text(days: Any, lang: Lang = "zh") -> str:
    """A number of days: 97天, 97 days, 1 day."""
    if pd.isna(days):
        return DASH
    count = int(days)
    return choose((f"{count}天", f"{count} day" if count == 1 else f"{count} days"), lang)


def _printed(share: Any, edges: Iterable[float], decimals: int = 1) -> str:
    exact = Decimal(repr(round(float(share), _EXACT))) * 100
    limits = [Decimal(repr(round(edge, _EXACT))) * 100 for edge in edges]
    while not all(_same_side(_rounded(exact, decimals), exact, limit) for limit in limits):
        decimals += 1
    shown = _rounded(exact, decimals)
    return _signed(shown, f"{abs(shown):,.{decimals}f}")


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _same_side(shown: Decimal, exact: Decimal, limit: Decimal) -> bool:
    return (shown > limit) == (exact > limit) and (shown < limit) == (exact < limit)


def _signed(value: Decimal, shown: str) -> str:
    return f"{MINUS}{shown}" if value < 0 else shown
