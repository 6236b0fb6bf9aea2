"""Whether each bound figure of an edited file still stands where it was drafted: a true figure in another's place lies.

A figure may move with its sentence, and its sentence may be worded anew. What is looked for is a figure among
the words of another, in the paragraph or the row of another, or in another order than its neighbours.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from notices.content import squeezed

# So many signs before and after a figure tell whose place it is.
BEFORE, AFTER = 6, 3
_END = re.compile(r"(?<=[。；;\n])")
# What stands for another figure in the words around one.
_FIGURE = "\0"


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in a line: its key, its text, the words next to it, and its sentence without blanks."""

    key: str
    text: str
    cue: tuple[str, str]
    sentence: str


@dataclass
class Places:
    """Where the figures of a paper stand."""

    cues: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    owners: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    sentences: set[tuple[str, str]] = field(default_factory=set)
    neighbours: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, pieces: Iterable[tuple[str, str]]) -> None:
        """A paragraph as it was drafted, in pieces of (text, key)."""
        found = list(places(pieces))
        for each in found:
            self.cues[each.key].add(each.cue)
            self.owners[each.cue].add(each.key)
            self.sentences.add((each.key, each.sentence))
        self.neighbours.update(pairwise(each.key for each in found))

    def misplaced(self, pieces: Iterable[tuple[str, str]], drafted: Sequence[str]) -> list[Place]:
        """The figures of a paragraph of the file that stand in the place of others.

        `drafted` are the keys of the paragraph it was, none where nobody knows that.
        """
        found = list(places(pieces))
        keys = [each.key for each in found]
        told = []
        for at, each in enumerate(found):
            if each.key not in self.cues or (each.key, each.sentence) in self.sentences:
                continue
            beside = zip(
                (keys[at - 1] if at else "", each.key), (each.key, *keys[at + 1 : at + 2]), strict=False
            )
            came_along = any(pair in self.neighbours for pair in beside)
            own, whose = each.cue in self.cues[each.key], self.owners.get(each.cue, set())
            is_anothers = bool(whose) and not own and not came_along
            is_mixed = any(one.key in drafted for one in found if one.sentence == each.sentence)
            is_stranger = bool(drafted) and each.key not in drafted and (is_mixed or not came_along)
            is_out_of_order = own and not came_along and len(whose.intersection(drafted)) > 1
            if is_anothers or is_stranger or is_out_of_order:
                told.append(each)
        return told


def places(pieces: Iterable[tuple[str, str]]) -> Iterator[Place]:
    """The figures of a paragraph in pieces of (text, key), each with what stands around it in its sentence."""
    held = list(pieces)
    masked = [_FIGURE if key else squeezed(text) for text, key in held]
    plain = [squeezed(text) for text, _ in held]
    for at, (text, key) in enumerate(held):
        if not key:
            continue
        before = _END.split("".join(masked[:at]))[-1]
        after = _END.split("".join(masked[at + 1 :]))[0]
        said = _END.split("".join(plain[:at]))[-1] + plain[at] + _END.split("".join(plain[at + 1 :]))[0]
        yield Place(key, text, (before[-BEFORE:], after[:AFTER]), said)


def displaced(keys: Sequence[str], drafted: Sequence[str]) -> list[str]:
    """The keys of a row of a table that are not those of the row it was, or stand in another order."""
    strangers = Counter(keys) - Counter(drafted)
    own = [key for key in keys if key not in strangers]
    matcher = SequenceMatcher(None, own, [key for key in drafted if key in own], autojunk=False)
    moved = [
        key
        for kind, start, end, _, _ in matcher.get_opcodes()
        if kind in ("replace", "delete")
        for key in own[start:end]
    ]
    return [key for key in keys if key in strangers or key in moved]
