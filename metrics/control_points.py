"""Control points as people write them in a table of days and percentages, and what is wrong with them.

Every fault is named with its row, and nothing written is thrown away: what cannot be a curve yet is still
what its author wrote.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from metrics.curves import MONTH_ENDS, Curve, Shape, days_named, points_of_year
from metrics.words import Lang, choose

Rows = Sequence[tuple[str, str]]

_MONTH_END = re.compile(r"(\d{1,2})(?:月|-)(?:末|底|end)")
_DAY = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})日?")
_SHARE = re.compile(r"([-−]?)(\d+(?:\.\d+)?)%?")
_WHOLE = 100
_FEBRUARY = "02-29"
# Two decimals read well; where they would make two shares one, as many as a share is compared to.
_FEW, _MANY = 2, 9


@dataclass(frozen=True)
class PointFault:
    """One fault: its code, the row it stands in (the first is 1; 0 for the whole table) and what was written."""

    code: str
    row: int = 0
    found: str = ""


@dataclass(frozen=True)
class Draft:
    """A curve, or the faults that keep the rows from being one; `points` are those that could be read."""

    points: tuple[tuple[str, float], ...]
    curve: Curve | None
    faults: tuple[PointFault, ...]


def read_points(name: str, shape: Shape, rows: Rows, known: Mapping[str, float] | None = None) -> Draft:
    """Read rows of (day, share in per cent). A row with neither is passed over.

    Days are 06-30, 6月30日 or 2月末. `known` gives the exact share of a printed one: 8.33 may stand for a
    twelfth, and a curve that nobody changed must stay exactly what it was.
    """
    points: list[tuple[str, float]] = []
    places: list[int] = []
    faults: list[PointFault] = []
    for place, (day_text, share_text) in enumerate(rows, start=1):
        day_text, share_text = _plain(day_text), _plain(share_text)
        if not day_text and not share_text:
            continue
        read = _row(day_text, share_text, known or {})
        if isinstance(read, str):
            faults.append(PointFault(read, place, share_text if read.startswith("share") else day_text))
        else:
            points.append(read)
            places.append(place)
    faults += _out_of_order(points, places)
    if not points and not faults:
        faults.append(PointFault("empty"))
    elif not faults and points[-1][1] != 1.0:
        faults.append(PointFault("not_whole", places[-1], percent_text(points[-1][1])))
    curve = None if faults else Curve(name, shape, tuple(points))
    return Draft(tuple(points), curve, tuple(faults))


def write_points(curve: Curve, lang: Lang = "zh") -> list[tuple[str, str]]:
    """The control points of a curve as rows that `read_points` reads: (day, share in per cent)."""
    points = points_of_year(curve)
    decimals = (
        _FEW if len({round(value * _WHOLE, _FEW) for _, value in points}) == _distinct(points) else _MANY
    )
    return [(day_name(key, lang), percent_text(value, decimals)) for key, value in points]


def known_shares(curve: Curve) -> dict[str, float]:
    """The exact share behind each printed one."""
    return {
        text: value for (_, text), (_, value) in zip(write_points(curve), points_of_year(curve), strict=True)
    }


def day_name(key: str, lang: Lang = "zh") -> str:
    """The day of a control point as it is written: the end of February by its name, for it moves."""
    return choose(("2月末", "02-end"), lang) if key == _FEBRUARY else key


def percent_text(share: float, decimals: int = _FEW) -> str:
    """A share in per cent without its sign and without idle zeros: 8.33, 40."""
    return f"{share * _WHOLE:.{decimals}f}".rstrip("0").rstrip(".")


def _distinct(points: Sequence[tuple[str, float]]) -> int:
    return len({value for _, value in points})


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").lower()


def _row(day_text: str, share_text: str, known: Mapping[str, float]) -> tuple[str, float] | str:
    """The point, or the code of its first fault."""
    if not day_text:
        return "day_missing"
    if not share_text:
        return "share_missing"
    day = _day(day_text)
    if day is None:
        return "day_unknown"
    share = _SHARE.fullmatch(share_text)
    if share is None:
        return "share_unknown"
    value = Decimal(share[2])
    if (share[1] and value) or value > _WHOLE:
        return "share_outside"
    return day, known.get(share_text.rstrip("%"), float(value / _WHOLE))


def _day(text: str) -> str | None:
    """The day as "MM-DD"; None where there is no such day."""
    end = _MONTH_END.fullmatch(text)
    if end is not None:
        month = int(end[1])
        return MONTH_ENDS[month - 1] if 1 <= month <= len(MONTH_ENDS) else None
    named = _DAY.fullmatch(text)
    if named is None:
        return None
    key = f"{int(named[1]):02d}-{int(named[2]):02d}"
    return key if days_named(key) is not None else None


def _out_of_order(points: Sequence[tuple[str, float]], places: Sequence[int]) -> list[PointFault]:
    faults = []
    for ((day, share), (next_day, next_share)), place in zip(pairwise(points), places[1:], strict=True):
        # The last of February is a day like any other in a year that has no 29th.
        both = zip(days_named(day) or (), days_named(next_day) or (), strict=True)
        if any(later <= earlier for earlier, later in both):
            faults.append(PointFault("day_order", place, next_day))
        if next_share < share:
            faults.append(PointFault("share_falls", place, percent_text(next_share)))
    return faults
