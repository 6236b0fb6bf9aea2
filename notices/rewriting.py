"""What people wrote otherwise than it was drafted: each line with the words that changed and some text around them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notices.checking import drafted_lines
from notices.content import Paper, squeezed
from notices.reading import Line

# How alike two lines must be for one to be the other rewritten.
ALIKE = 0.5
# Characters shown on either side of a change; changes with less than this between them are one.
AROUND = 12


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
    for was, now in _spans(old, new):
        yield Change(
            old[max(0, was.start - AROUND) : was.start],
            old[was.start : was.stop],
            new[now.start : now.stop],
            old[was.stop : was.stop + AROUND],
        )


def _spans(old: str, new: str) -> list[tuple[slice, slice]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    spans: list[tuple[slice, slice]] = []
    for kind, start, end, to_start, to_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        if spans and start - spans[-1][0].stop < AROUND:
            first, second = spans.pop()
            start, to_start = first.start, second.start
        spans.append((slice(start, end), slice(to_start, to_end)))
    return spans
