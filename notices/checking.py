"""An edited notice compared with what was drafted: every figure that no longer agrees, and every one nobody knows.

The lines of the file are matched with those of the draft by the keys that they hold, so that a paragraph may be
moved and a sentence be written anew. What is found says what stands there, what ought to, and where.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from notices.content import Paper, Paragraph, Run, Runs, Table, is_blank, squeezed, text_of
from notices.figures import Figures
from notices.lists import as_printed, is_list
from notices.numbers import Said, numbers
from notices.placing import Places, displaced
from notices.reading import Line, Piece, Text
from notices.screening import personal_data, without_personal_data

# The kinds of findings, the gravest first; those of `GRAVE` keep a notice from being issued.
CHANGED, FOREIGN, UNKNOWN, PERSONAL = "changed", "foreign", "unknown", "personal"
REMOVED, LINE_REMOVED, TABLE_REMOVED = "removed", "line_removed", "table_removed"
UNBOUND, LINE_UNBOUND, TABLE_UNBOUND = "unbound", "line_unbound", "table_unbound"
CORRECTED, NAMED = "corrected", "named"
# True figures in the place of others: in another row of a table, or among the words of another.
MISPLACED, MOVED = "misplaced", "moved_figure"
# What was left in a file that people are still at work on.
TRACKED, COMMENT = "tracked", "comment"
# Of the document that goes out: a text that found no place in the file.
NOT_FILLED = "not_filled"
KINDS = (
    CHANGED,
    MISPLACED,
    MOVED,
    FOREIGN,
    PERSONAL,
    CORRECTED,
    UNKNOWN,
    NAMED,
    REMOVED,
    LINE_REMOVED,
    TABLE_REMOVED,
    UNBOUND,
    LINE_UNBOUND,
    TABLE_UNBOUND,
)
GRAVE = frozenset({CHANGED, MISPLACED, FOREIGN, PERSONAL})
# How alike two texts must be for one to be the other typed anew.
ALIKE = 0.6
EXCERPT = 28
# A paragraph shorter than this is a heading or a name, which many papers have.
SHORTEST_TOLD = 16
# What a snapshot says of itself is another in every one.
OF_THE_SNAPSHOT = "frame|known_at"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its kind, the key concerned, what ought to stand there, what stands there, and where."""

    kind: str
    key: str = ""
    wanted: str = ""
    found: str = ""
    where: str = ""


@dataclass
class _Wanted:
    """A line as it was drafted; `table` counts from 1, 0 outside tables."""

    runs: Runs
    table: int = 0
    title: str = ""
    cells: tuple[Runs, ...] = ()
    match: Line | None = None

    @property
    def keys(self) -> list[str]:
        return [run.key for run in self.runs if run.key]

    @property
    def text(self) -> str:
        return text_of(self.runs)

    @property
    def shown(self) -> str:
        """What is shown of it; the cells of a row apart."""
        return " ".join(text_of(cell) for cell in self.cells) if self.cells else self.text

    @property
    def own(self) -> str:
        """What stands outside the controls."""
        return " ".join(run.text for run in self.runs if not run.key)


@dataclass
class _Check:
    paper: Paper
    lines: Sequence[Line]
    figures: Figures
    findings: list[Finding] = field(default_factory=list)
    # The keys that stand nowhere in the file any more: a paragraph that is split or joined loses none.
    missing: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.drafted = {run.key: run.text for run in self.paper.bound()}

    def run(self) -> list[Finding]:
        wanted = list(_wanted(self.paper))
        rest = _match(wanted, list(self.lines))
        there = Counter(key for line in self.lines for key in _keys(line))
        self.missing = Counter(key for line in wanted for key in line.keys) - there
        fates = {id(line): self._compare(line) for line in wanted}
        self._tell_lines(wanted, fates)
        known = Counter(each.value for line in wanted if line.match is None for each in numbers(line.own))
        for line in rest:
            self._unknown(line, line.pieces, known)
        self._names(wanted)
        self._places(wanted)
        for line in self.lines:
            self._controls(line)
            # Names of units and indicators are the county's own.
            told = "".join(piece.text for piece in line.pieces if not piece.key.endswith("|name"))
            for kind, text in personal_data(told):
                self.findings.append(Finding(PERSONAL, kind, found=text, where=_excerpt(line.text)))
        order = {kind: place for place, kind in enumerate(KINDS)}
        return sorted(self.findings, key=lambda each: order[each.kind])

    def _places(self, wanted: Sequence[_Wanted]) -> None:
        """Every figure stands in its own row, and among its own words."""
        known = Places()
        for each in wanted:
            if not each.table:
                known.learn((run.text, run.key) for run in each.runs)
        were = {id(each.match): each for each in wanted if each.match is not None}
        for line in self.lines:
            was, where = were.get(id(line)), _excerpt(line.text)
            if not line.table:
                keys = was.keys if was is not None and not was.table else []
                pieces = ((piece.text, piece.key) for piece in line.pieces)
                self.findings += [
                    Finding(MOVED, each.key, self.figures.named(each.key), each.text, where)
                    for each in known.misplaced(pieces, keys)
                ]
            elif was is not None and was.table:
                texts = {piece.key: piece.text for piece in line.pieces}
                self.findings += [
                    Finding(MISPLACED, key, self.figures.named(key), texts[key], where)
                    for key in displaced(_keys(line), was.keys)
                    if key in self.drafted
                ]

    def _controls(self, line: Line) -> None:
        """Every control says what its key says in the snapshot."""
        for piece in line.pieces:
            if not piece.key:
                continue
            # As it was drafted: a newer version may write the same figure otherwise.
            wanted = self.drafted.get(piece.key) or self.figures.told(piece.key)
            if not wanted:
                self.findings.append(Finding(FOREIGN, piece.key, "", piece.text, _excerpt(line.text)))
            elif squeezed(wanted) != squeezed(piece.text):
                self.findings.append(Finding(CHANGED, piece.key, wanted, piece.text, _excerpt(line.text)))

    def _names(self, wanted: Sequence[_Wanted]) -> None:
        """Townships that somebody named by hand: what is said of them is bound to nothing."""
        # A name that is no longer bound is told as that; here are those that nobody drafted.
        drafted = " ".join(line.text for line in wanted if line.match is None or self._is_unbound(line))
        drafted += " ".join(line.own for line in wanted)
        for unit in self.figures.townships:
            name = self.figures.text(f"unit|{unit}|name")
            known = drafted.count(name) + self.missing[f"unit|{unit}|name"]
            for line in self.lines:
                known -= _unbound_text(line).count(name)
                if known < 0:
                    self.findings.append(Finding(NAMED, unit, found=name, where=_excerpt(line.text)))
                    break

    @staticmethod
    def _is_unbound(line: _Wanted) -> bool:
        return line.match is not None and bool(line.keys) and not _keys(line.match)

    def _compare(self, line: _Wanted) -> str:
        """What became of a drafted line: kept, gone, or typed anew (its figures then stand there unbound)."""
        if line.match is None:
            held = _figures(line.keys)
            gone = any(self.missing[key] > 0 for key in held)
            return LINE_REMOVED if gone or (line.keys and not held) else ""
        there = Counter(_keys(line.match))
        lost = [run for run in line.runs if run.key and not _take(there, run.key)]
        known = Counter(each.value for each in numbers(line.own))
        is_retyped = bool(line.keys) and len(lost) == len(line.keys)
        if is_retyped and squeezed(line.text) == squeezed(line.match.text):
            return LINE_UNBOUND
        spoken = Counter(each.value for each in _unbound_numbers(line.match.pieces))
        for run in lost:
            if _take(self.missing, run.key):
                self._lost(run, line.match, spoken, known)
        self._unknown(line.match, line.match.pieces, known)
        return ""

    def _lost(self, run: Run, line: Line, spoken: Counter[str], known: Counter[str]) -> None:
        """A figure of a line that is still there: its text may stand there without its control."""
        said = [each.value for each in numbers(run.text)]
        # A name has no figure: it is looked for as it is.
        taken = [_take(spoken, value) for value in said]
        is_there = all(taken) if said else run.text in line.text
        if is_there:
            known.update(said)
            self.findings.append(Finding(UNBOUND, run.key, run.text, run.text, _excerpt(line.text)))
        else:
            self.findings.append(Finding(REMOVED, run.key, run.text, "", _excerpt(line.text)))

    def _unknown(self, line: Line, pieces: Iterable[Piece], known: Counter[str]) -> None:
        for each in _unbound_numbers(pieces):
            if not _take(known, each.value):
                self.findings.append(Finding(UNKNOWN, found=each.text, where=_excerpt(line.text)))

    def _tell_lines(self, wanted: Sequence[_Wanted], fates: dict[int, str]) -> None:
        """Lines that are gone or typed anew; a whole table as one thing."""
        tables = {
            line.table: [each for each in wanted if each.table == line.table and each.keys] for line in wanted
        }
        whole = {LINE_REMOVED: TABLE_REMOVED, LINE_UNBOUND: TABLE_UNBOUND}
        told: set[int] = set()
        for line in wanted:
            fate = fates[id(line)]
            if not fate or line.table in told:
                continue
            rows = tables[line.table] if line.table else []
            if len(rows) > 1 and all(fates[id(each)] == fate for each in rows):
                told.add(line.table)
                self.findings.append(Finding(whole[fate], where=line.title))
            else:
                where = line.title or _excerpt(line.text)
                self.findings.append(
                    Finding(fate, line.keys[0], wanted=_excerpt(line.shown, 60), where=where)
                )


def check(paper: Paper, lines: Sequence[Line], figures: Figures) -> list[Finding]:
    """What is to be said of an edited file; `figures` are those of the paper's own snapshot."""
    # Number and day are not figures: people may write them in, or take their places out.
    told = [
        Line(tuple(each for each in line.pieces if not is_blank(each.key)), line.table, line.row)
        for line in lines
    ]
    return _Check(paper, told, figures).run()


def left_over(text: Text) -> list[Finding]:
    """What of the work on a file is still in it, and would go out with it."""
    remarks = [Finding(COMMENT, found=_excerpt(remark)) for remark in text.comments]
    return [*([Finding(TRACKED)] if text.tracked else []), *remarks]


def corrected(
    paper: Paper, then: Figures, now: Figures, said: Mapping[str, str], lists: Iterable[str] = ()
) -> list[Finding]:
    """The bound figures of a paper that are others by what is known now, each once; gone ones say nothing.

    Both sides are written by this version: one that writes a figure otherwise than the paper's corrects nothing.
    `said` are those that were corrected since, by key; `lists` are the keys of its lists of names.
    """
    found = []
    for run in dict.fromkeys((*paper.bound(), *(Run(then.told(key), key) for key in lists))):
        is_now = now.told(run.key)
        if is_now != said.get(run.key, then.told(run.key)) and run.key != OF_THE_SNAPSHOT:
            was = said.get(run.key, as_printed(run.key, paper, run.text) if is_list(run.key) else run.text)
            found.append(Finding(CORRECTED, run.key, is_now, was, now.named(run.key)))
    return found


def lines_held(paper: Paper, lines: Sequence[Line]) -> int:
    """How many lines of a paper, rows of tables among them, a file holds word for word."""
    known = Counter(squeezed(line.text) for line in lines)
    return sum(_take(known, squeezed(line.text)) for line in _wanted(paper) if line.text.strip())


def share_held(paper: Paper, lines: Sequence[Line]) -> float:
    """The share of a paper's paragraphs that a file holds, rewritten ones too; annexes may be gone."""
    wanted = list(_wanted(paper))
    _match(wanted, list(lines))
    told = [line for line in wanted if not line.table and len(squeezed(line.text)) >= SHORTEST_TOLD]
    return sum(line.match is not None for line in told) / len(told) if told else 1.0


def drafted_lines(paper: Paper) -> list[str]:
    """The lines of a paper as they are shown, in their order; the heads of tables as well."""
    return [line.shown for line in _wanted(paper)]


def _wanted(paper: Paper) -> Iterable[_Wanted]:
    table, title = 0, ""
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            title = block.text if block.style == "caption" else title
            yield _Wanted(tuple(Run(run.text) if is_blank(run.key) else run for run in block.runs))
        elif isinstance(block, Table):
            table += 1
            yield _Wanted(tuple(Run(head) for head in block.heads), table, title)
            for row in block.rows:
                yield _Wanted(tuple(run for cell in row for run in cell), table, title, row)


def _match(wanted: list[_Wanted], lines: list[Line]) -> list[Line]:
    """Give each drafted line the line of the file that it became; the lines that were written anew."""
    rest = list(lines)

    def pair(line: _Wanted, found: Line) -> None:
        line.match = found
        rest.remove(found)

    by_keys: dict[tuple[str, ...], list[Line]] = {}
    for each in lines:
        by_keys.setdefault(_keys(each), []).append(each)
    for line in wanted:
        same = [each for each in by_keys.get(tuple(line.keys), ()) if each in rest] if line.keys else []
        best = max(same, key=lambda each: squeezed(each.text) == squeezed(line.text), default=None)
        if best is not None:
            pair(line, best)
    texts: dict[str, list[Line]] = {}
    for each in rest:
        texts.setdefault(squeezed(each.text), []).append(each)
    for line in wanted:
        if line.match is None and (held := texts.get(squeezed(line.text))):
            pair(line, held.pop(0))
    for line in wanted:
        if line.match is None and line.keys:
            found = max(rest, key=lambda each: _overlap(line, each), default=None)
            if found is not None and _overlap(line, found) > 0:
                pair(line, found)
    for line in wanted:
        if line.match is None and line.text.strip():
            found = max(rest, key=lambda each: _alike(line, each), default=None)
            if found is not None and _alike(line, found) >= ALIKE:
                pair(line, found)
    return rest


def _overlap(line: _Wanted, found: Line) -> int:
    """How many keys two lines share, names aside: many lines name the same unit."""
    return sum((Counter(_figures(_keys(found))) & Counter(_figures(line.keys))).values())


def _alike(line: _Wanted, found: Line) -> float:
    # A row is never a paragraph, and what still has keys of its own was matched by them.
    if bool(line.table) != bool(found.table) or not _may_be(line, found):
        return 0.0
    matcher = SequenceMatcher(None, squeezed(line.text), squeezed(found.text), autojunk=False)
    # The two cheap bounds first: a foreign document has hundreds of lines that are like none.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _may_be(line: _Wanted, found: Line) -> bool:
    """Whether the keys let a line be another: it has none, or some of its own; a line of names names somebody of it."""
    if not line.keys or not _keys(found):
        return True
    if _figures(line.keys):
        return _overlap(line, found) > 0
    return not _figures(_keys(found)) and not set(_keys(found)).isdisjoint(line.keys)


def _figures(keys: Sequence[str]) -> list[str]:
    """The keys that are more than a name."""
    return [key for key in keys if not key.endswith("|name")]


def _unbound_text(line: Line) -> str:
    return " ".join(piece.text for piece in line.pieces if not piece.key)


def _keys(line: Line) -> tuple[str, ...]:
    return tuple(piece.key for piece in line.pieces if piece.key)


def _unbound_numbers(pieces: Iterable[Piece]) -> list[Said]:
    # Pieces apart, so that no figure runs over a control; the number of a point stands in the first. Whose telephone
    # number it is is told as that, and is no figure besides.
    told = (without_personal_data(piece.text) for piece in pieces if not piece.key)
    return [each for text in told for each in numbers(text)]


def _take(held: Counter[str], value: str) -> bool:
    if held[value] <= 0:
        return False
    held[value] -= 1
    return True


def _excerpt(text: str, length: int = EXCERPT) -> str:
    told = " ".join(text.split())
    return told if len(told) <= length else f"{told[:length]}…"
