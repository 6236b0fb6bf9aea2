"""What people wrote otherwise than it was drafted: each line with the words that changed and some text around them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from notices.checking import drafted_lines
from notices.content import Paper, squeezed
from notices.reading import Line

# How alike two lines must be for one to be the other rewritten.
ALIKE = 0.5
# Characters shown on either side of a change; changes with less than this between them are one.
AROUND = 12
# What is compared as a whole: a number with its sign, a run of letters, else a single character.
WORD = re.compile(
    r"(?:(?<![0-9A-Za-z])[+\u2212-])?\d+(?:,\d{3})*(?:[.\uff0e]\d+)*|[A-Za-z\uff21-\uff3a\uff41-\uff5a]+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One place of a line: what stood there and what stands there now, and the text on both sides."""

    before: str
    was: str
    now: str
    after: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A line that is another one: its changes, or the whole of it where it was written or taken out."""

    changes: tuple[Change, ...] = ()
    added: str = ""
    gone: str = ""


def rewritten(paper: Paper, lines: Sequence[Line]) -> list[Rewritten]:
    """The lines of a file that are not in the paper as drafted, and those of the paper that are not in the file.

    A line that was changed stands once, as its changes; the others follow, first what was added.
    """
    drafted, held = drafted_lines(paper), [line.text for line in lines]
    added, gone = _lacking(held, drafted), _lacking(drafted, held)
    told: list[Rewritten] = []
    for line in list(added):
        old = max(gone, key=lambda each: _ratio(each, line), default="")
        if old and _ratio(old, line) >= ALIKE:
            added.remove(line)
            gone.remove(old)
            told.append(Rewritten(tuple(_changes(old, line))))
    return [*told, *(Rewritten(added=line) for line in added), *(Rewritten(gone=line) for line in gone)]


def _lacking(mine: Sequence[str], others: Sequence[str]) -> list[str]:
    known = Counter(squeezed(line) for line in others)
    found = []
    for line in mine:
        short = squeezed(line)
        if known[short]:
            known[short] -= 1
        elif short:
            found.append(" ".join(line.split()))
    return found


def _ratio(old: str, new: str) -> float:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    # The two cheap bounds first: a foreign document has hundreds of lines that are like none.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _changes(old: str, new: str) -> Iterator[Change]:
    """The places at which two lines differ; places close to each other as one."""
    starts = _starts(WORD.findall(old))
    for was, now in _spans(old, new):
        # Nor does a number begin or end in the middle beside a change.
        first = starts[bisect_right(starts, max(0, was.start - AROUND)) - 1]
        last = starts[bisect_left(starts, min(len(old), was.stop + AROUND))]
        yield Change(old[first : was.start], old[was], new[now], old[was.stop : last])


def _spans(old: str, new: str) -> list[tuple[slice, slice]]:
    """The places that differ, as places of the two texts: a number, or a word of letters, is another as a whole."""
    was, now = WORD.findall(old), WORD.findall(new)
    starts, to_starts = _starts(was), _starts(now)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    spans: list[tuple[slice, slice]] = []
    for kind, first, last, to_first, to_last in matcher.get_opcodes():
        if kind == "equal":
            continue
        start, to_start = starts[first], to_starts[to_first]
        if spans and start - spans[-1][0].stop < AROUND:
            before, after = spans.pop()
            start, to_start = before.start, after.start
        spans.append((slice(start, starts[last]), slice(to_start, to_starts[to_last])))
    return spans


def _starts(words: Sequence[str]) -> list[int]:
    """Where each word begins in the text that they make up, and where the last one ends."""
    return [0, *accumulate(len(word) for word in words)]
