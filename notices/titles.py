"""The lines of a title: broken where its sense allows, never within a word, and about as long as each other.

A program that breaks a centred title itself breaks it after whatever sign the line has room for, and leaves the last
one alone on a line of its own. So where a title is longer than a line its lines are set here.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf

from notices.content import Run, Runs, Style, text_of
from notices.lines import NEVER_FIRST, NEVER_LAST
from notices.words_titles import CLOSING, DAYS, KEPT, OPENING

# Which paragraphs are titles.
TITLES: frozenset[Style] = frozenset({"title", "caption"})
# Full characters a line holds, a little less than it takes: figures are wider in one typeface than in another.
ROOM, HALF = 19.8, 0.6
_WORDS = frozenset(KEPT.split("|"))
_OPENING, _CLOSING = frozenset(OPENING.split("|")), frozenset(CLOSING.split("|"))
_PIECES = re.compile(rf"{DAYS}|{KEPT}|{OPENING}|[0-9A-Za-z][0-9A-Za-z,.\-]*[%‰％]?|.", re.DOTALL)
_DAYS = re.compile(DAYS)
# What it costs to break there, beside the square of what a line is longer or shorter than the others.
_AT_MARK, _AFTER_DAYS, _BETWEEN_WORDS, _BESIDE_WORD, _ANYWHERE = 0.0, 0.0, 3.0, 12.0, 40.0
_WITHIN_DAYS = 8.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A place at which a title may be broken: how far in, and what that costs."""

    at: int
    cost: float


def title_lines(runs: Runs) -> tuple[Runs, ...]:
    """The lines of a title, each as runs; a run with a key is never parted."""
    text = text_of(runs)
    cuts = _best(text, _places(runs, text))
    return tuple(_between(runs, start, end) for start, end in pairwise((0, *cuts, len(text))))


def _places(runs: Runs, text: str) -> list[_Place]:
    """Where the title may be broken, in order."""
    bound = _bound(runs)
    pieces = [found.group() for found in _PIECES.finditer(text)]
    places, at = [], 0
    for before, after in pairwise(pieces):
        at += len(before)
        if at not in bound and not _is_tied(before, after):
            places.append(_Place(at, _cost(before, after)))
    return places


def _bound(runs: Runs) -> set[int]:
    """The places inside figures and names."""
    inside: set[int] = set()
    at = 0
    for run in runs:
        if run.key:
            inside.update(range(at + 1, at + len(run.text)))
        at += len(run.text)
    return inside


def _is_tied(before: str, after: str) -> bool:
    ends = before in _OPENING or before[-1] in NEVER_LAST
    return ends or after in _CLOSING or after[0] in NEVER_FIRST or after.isspace()


def _cost(before: str, after: str) -> float:
    if before[-1] in NEVER_FIRST or after[0] in NEVER_LAST:
        return _AT_MARK
    if _DAYS.fullmatch(before):
        return _WITHIN_DAYS if _DAYS.fullmatch(after) else _AFTER_DAYS
    known = sum(
        piece in _WORDS | _OPENING | _CLOSING or bool(_DAYS.fullmatch(piece)) for piece in (before, after)
    )
    return (_ANYWHERE, _BESIDE_WORD, _BETWEEN_WORDS)[known]


def _best(text: str, places: list[_Place]) -> tuple[int, ...]:
    """The cuts of as few lines as hold the title, at the least cost; none where no cuts make them fit."""
    least = max(1, ceil(_width(text) / ROOM))
    for count in range(least, least + 2):
        cost, cuts = _cheapest(text, places, count)
        if cost < inf:
            return cuts
    return ()


def _cheapest(text: str, places: list[_Place], count: int) -> tuple[float, tuple[int, ...]]:
    """What so many lines cost at the least, and their cuts."""
    mean = _width(text) / count
    # Where the next line begins, with what the lines before it cost.
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(count - 1):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in reached.items():
            for place in places:
                whole = cost + place.cost + _raggedness(text[start : place.at], mean)
                if place.at > start and whole < following.get(place.at, (inf, ()))[0]:
                    following[place.at] = (whole, (*cuts, place.at))
        reached = following
    ends = ((cost + _raggedness(text[start:], mean), cuts) for start, (cost, cuts) in reached.items())
    return min(ends, default=(inf, ()))


def _raggedness(line: str, mean: float) -> float:
    width = _width(line)
    return (width - mean) ** 2 if width <= ROOM else inf


def _width(text: str) -> float:
    return sum(HALF if each.isascii() else 1.0 for each in text)


def _between(runs: Runs, start: int, end: int) -> Runs:
    """The runs of a stretch of a title."""
    held, at = [], 0
    for run in runs:
        part = run.text[max(0, start - at) : max(0, end - at)]
        if part:
            held.append(Run(part, run.key))
        at += len(run.text)
    return tuple(held)
