"""The notice of the demo county, drafted and written once a run, for all tests that only read it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from briefing.villages import Villages
from notices.choices import Choices, shipped_choices
from notices.content import Chart, Paper, Paragraph, Style, Table, text_of
from notices.figures import Figures
from notices.notice import Drafted, draft
from notices.word import word


class Remembered(Figures):
    """Figures that are computed once each: most tests of a check ask for all of them."""

    def __init__(self, villages: Villages) -> None:
        super().__init__(villages)
        self._known: dict[str, str] = {}

    def text(self, key: str) -> str:
        if key not in self._known:
            self._known[key] = super().text(key)
        return self._known[key]


@dataclass
class Notice:
    """A county's figures, and what is made of them; each made when it is first asked for."""

    villages: Villages

    @cached_property
    def figures(self) -> Figures:
        return Remembered(self.villages)

    @cached_property
    def choices(self) -> Choices:
        return shipped_choices(self.figures)

    @cached_property
    def drafted(self) -> Drafted:
        return draft(self.figures, self.choices)

    @cached_property
    def paper(self) -> Paper:
        return self.drafted.paper

    @cached_property
    def file(self) -> bytes:
        """The whole notice as a Word file."""
        return word(self.paper)

    def bare(self, **chosen: Any) -> Drafted:
        """The notice without annexes, with other choices."""
        return draft(self.figures, replace(self.choices, **{"annexes": (), **chosen}))


_made: dict[int, Notice] = {}


def notice_of(villages: Villages) -> Notice:
    """The notice of a county; the same one whenever the same county asks."""
    if id(villages) not in _made:
        _made[id(villages)] = Notice(villages)
    return _made[id(villages)]


def changed(villages: Villages, **frames: Any) -> Figures:
    """The figures of the county with other frames; nothing of what was computed before is kept."""
    county = villages.county
    facts = {name: getattr(county, name) for name in county.__dataclass_fields__ if name != "kept"}
    return Remembered(replace(villages, county=type(county)(**{**facts, **frames})))


def told(paper: Paper) -> str:
    """All that a paper says: a line a paragraph, the cells of a row with tabs between them, charts by their titles."""
    lines: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines.append("\t".join(block.heads))
            lines += ["\t".join(text_of(cell) for cell in row) for row in block.rows]
        elif isinstance(block, Chart):
            lines.append(f"［图］{block.title}")
    return "\n".join(lines) + "\n"


def lines(paper: Paper, style: Style) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Paragraph) and block.style == style]


def under(paper: Paper, heading: str) -> list[Paragraph]:
    """The paragraphs under the heading that ends with some words."""
    found: list[Paragraph] = []
    is_inside = False
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            if block.style in ("heading", "topic", "annexes", "signature"):
                is_inside = block.text.endswith(heading)
            elif is_inside:
                found.append(block)
    return found
