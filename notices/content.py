"""What a paper says, apart from how it looks: paragraphs, tables and charts whose figures carry their keys.

A run with a key is bound: its text is what `notices.figures` says of that key for the paper's snapshot, and can be
asked for again. A content is kept as JSON with the notice and is what an edited file is compared with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

# masthead and number: the head of the office; title, heading (一、), topic (（一）), point (1．), body: the text;
# addressees, signature, day: to whom and from whom, when; copies and printed: the foot of the last page, who gets a
# copy, and who printed it when (its two sides divided by a tab); slip_to, slip, slip_end, receipt: to whom a slip is,
# its text, from whom and when, what its reader fills in; brief: the text of a brief; caption and note: over and under
# tables and charts.
Style = Literal[
    "masthead",
    "number",
    "title",
    "subtitle",
    "addressees",
    "heading",
    "topic",
    "point",
    "body",
    "annexes",
    "signature",
    "day",
    "copies",
    "printed",
    "brief",
    "slip_to",
    "slip",
    "slip_end",
    "receipt",
    "annex",
    "caption",
    "note",
]


# What is written when the paper is issued; left blank until then.
BLANK_NUMBER, BLANK_DAY = "blank|number", "blank|day"


def is_blank(key: str) -> bool:
    """Whether a key is that of a place left blank, not of a figure."""
    return key in (BLANK_NUMBER, BLANK_DAY)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; bound to a figure, or a place left blank, where it has a key."""

    text: str
    key: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a style."""

    style: Style
    runs: Runs

    @property
    def text(self) -> str:
        """What it says."""
        return text_of(self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: heads, widths in shares of the line, which columns hold numbers, and rows of cells.

    `is_wide`: it stands on a page on its side.
    """

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Runs, ...], ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of named kind over rows of labels and values; drawn by `notices.charts`."""

    kind: str
    title: str
    rows: tuple[tuple[Any, ...], ...]


Block = Paragraph | Table | Chart
_KINDS: dict[str, type[Block]] = {"paragraph": Paragraph, "table": Table, "chart": Chart}


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper: its blocks in order; `name` is what its file is called, without an ending."""

    name: str
    blocks: tuple[Block, ...]

    def bound(self) -> Iterator[Run]:
        """Every bound run, in order; one that stands at several places comes several times."""
        yield from (run for run in self._keyed() if not is_blank(run.key))

    def blanks(self) -> Iterator[Run]:
        """Every place left blank until the paper is issued."""
        yield from (run for run in self._keyed() if is_blank(run.key))

    def filled(self, said: Mapping[str, str]) -> "Paper":
        """The paper with the text of each blank written in, by its key."""
        blocks = (
            replace(block, runs=tuple(replace(run, text=said.get(run.key, run.text)) for run in block.runs))
            if isinstance(block, Paragraph)
            else block
            for block in self.blocks
        )
        return Paper(self.name, tuple(blocks))

    def _keyed(self) -> Iterator[Run]:
        return (run for runs in self.texts() for run in runs if run.key)

    def texts(self) -> Iterator[Runs]:
        """The runs of every paragraph and cell, in order; the heads of tables as well."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.runs
            elif isinstance(block, Table):
                yield from ((Run(head),) for head in block.heads)
                for row in block.rows:
                    yield from row

    def content(self) -> dict[str, Any]:
        """The paper as content (`metrics.fingerprints`)."""
        return {"name": self.name, "blocks": [_written(block) for block in self.blocks]}


def paper_of(content: dict[str, Any]) -> Paper:
    """The paper of a content."""
    return Paper(content["name"], tuple(_read(block) for block in content["blocks"]))


def text_of(runs: Runs) -> str:
    """What a line of runs says."""
    return "".join(run.text for run in runs)


def squeezed(text: str) -> str:
    """A text without blanks, for comparing: programs add and drop them."""
    return "".join(text.split())


def plain(text: str) -> Runs:
    """A text without a figure; nothing where it is empty."""
    return (Run(text),) if text else ()


def _written(block: Block) -> dict[str, Any]:
    [kind] = (name for name, shape in _KINDS.items() if isinstance(block, shape))
    held = asdict(block) | {"kind_of_block": kind}
    if isinstance(block, Paragraph):
        held["runs"] = _pairs(block.runs)
    if isinstance(block, Table):
        held["rows"] = [[_pairs(runs) for runs in row] for row in block.rows]
    return held


def _read(held: dict[str, Any]) -> Block:
    parts = dict(held)
    kind = parts.pop("kind_of_block")
    if kind == "paragraph":
        return Paragraph(parts["style"], _runs(parts["runs"]))
    if kind == "table":
        rows = tuple(tuple(_runs(runs) for runs in row) for row in parts["rows"])
        sides = {name: tuple(parts[name]) for name in ("heads", "widths", "numeric")}
        return Table(rows=rows, is_wide=parts["is_wide"], **sides)
    return Chart(parts["kind"], parts["title"], tuple(tuple(row) for row in parts["rows"]))


def _pairs(runs: Runs) -> list[list[str]]:
    return [[run.text, run.key] if run.key else [run.text] for run in runs]


def _runs(pairs: list[list[str]]) -> Runs:
    return tuple(Run(*pair) for pair in pairs)
