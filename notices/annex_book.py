"""The annexes of a notice as a workbook: a sheet for each, the cells, words and charts of the Word file.

Figures are numbers; under each chart stands the table of what it says.

It is made of the paper itself and never of the records, so that the two files of one notice cannot differ.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from briefing.load import Briefing
from metrics.figures import percent
from metrics.vocabulary import JUDGED_STATES, REPORTING_STATES, State
from metrics.words import state_word
from notices import excel
from notices.charts import drawing
from notices.content import Chart, Paper, Paragraph, Table, text_of
from notices.excel import Column, Number, Page, Value, workbook
from notices.issued import blank_number
from notices.picture import png, ready
from notices.snapshot import provenance_line
from notices.words import say

# What a spreadsheet program allows in the name of a sheet.
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Characters that a sheet of A4 holds at the full size of the body, on its side and upright.
ROOM = {True: 140, False: 94}
# The columns of the figures of a chart; several stand on one sheet and share their widths.
CHART_UNIT, CHART_FIGURE = 12.0, 8.0
# One figure with the words around it; where an amount stands more than once nobody can say which one is meant.
_FIGURE = re.compile(
    r'(?P<before>(?:[^\d"\n(=@]*[^\d"\n(=@.,/:\-–+−])?)'
    r"(?P<sign>[+−]?)"
    r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)"
    r"(?:\.(?P<part>[0-9]+))?"
    r'(?P<share>%?)(?P<after>[^\d"\n]*)'
)
# A spreadsheet keeps fifteen digits of a number, and 255 characters of its format.
_MOST_DIGITS, _LONGEST_FORMAT = 15, 255
# As many digits print alike with and without commas between thousands.
_NO_COMMA = 3


@dataclass
class _Annex:
    """One annex while the paper is walked: its number and title, its tables, the notes under them."""

    number: str
    title: str = ""
    tables: list[Table | Chart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of its sheet."""
        said = _NOT_IN_NAMES.sub("", f"{self.number} {self.title}".strip())
        return said[:LONGEST_NAME].strip("' ")


def has_tables(paper: Paper) -> bool:
    """Whether there is anything that a workbook of a paper would hold."""
    return any(isinstance(block, Table | Chart) for block in paper.blocks)


def annex_book(paper: Paper, county: Briefing) -> bytes:
    """The annexes of a paper as an .xlsx file; `county` is the briefing of its snapshot.

    Tables that stand in the text itself, as in a correction, are a sheet before them.
    ValueError for a paper without a table or chart.
    """
    held = [annex for annex in _annexes(paper) if annex.tables]
    if not held:
        raise ValueError("the paper has no table")
    ready(drawing(each) for annex in held for each in annex.tables if isinstance(each, Chart))
    said = [
        county.title,
        paper.name,
        _document_number(paper, county.frame.year),
        provenance_line(county, "zh"),
    ]
    provenance = " · ".join(filter(None, said))
    return workbook([_page(annex, paper, provenance) for annex in held])


def figure(text: str) -> Number | None:
    """The number that a text is, with the format that prints that very text; None where it is not just one."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    before, sign, whole, part, share, after = (each or "" for each in found.groups())
    digits = whole.replace(",", "")
    value = Decimal(f"{digits}.{part}" if part else digits)
    # A zero has no sign in a spreadsheet.
    if len(digits + part) > _MOST_DIGITS or (sign and not value):
        return None
    has_commas = "," in whole or not (share or sign or len(whole) > _NO_COMMA)
    bare = ("#,##0" if has_commas else "0") + (f".{'0' * len(part)}" if part else "")
    form = _format(before, sign, bare, f"{share}{_quoted(after)}")
    if len(form) > _LONGEST_FORMAT:
        return None
    exact = value.scaleb(-2) if share else value
    exact = -exact if sign == "−" else exact
    return Number(float(exact) if part or share else int(exact), form)


def _format(before: str, sign: str, digits: str, after: str) -> str:
    """A signed figure keeps showing its sign, and the minus of print, whatever is written over it."""
    if not sign:
        return f"{_quoted(before)}{digits}{after}"
    return ";".join(f"{_quoted(before + shown)}{digits}{after}" for shown in ("+", "−", ""))


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""


def _annexes(paper: Paper) -> Iterator[_Annex]:
    """What stands on each sheet, in the order of the paper."""
    held = _Annex("", paper.name)
    is_annex = False
    for block in paper.blocks:
        if not isinstance(block, Paragraph):
            held.tables.append(block)
        elif block.style == "annex":
            yield held
            held, is_annex = _Annex(block.text), True
        elif block.style == "caption":
            held.title = block.text
        elif is_annex or block.style == "note":
            held.notes.append(block.text)
    yield held


def _document_number(paper: Paper, year: int) -> str:
    """The number under which the paper was issued; empty before."""
    blank = text_of(blank_number(year))
    held = (block for block in paper.blocks if isinstance(block, Paragraph) and block.style == "number")
    return next((each.text for each in held if each.text != blank), "")


def _page(annex: _Annex, paper: Paper, provenance: str) -> Page:
    is_wide = any(isinstance(each, Table) and each.is_wide for each in annex.tables)
    return Page(
        annex.name,
        " ".join(filter(None, (annex.number, annex.title))),
        provenance,
        [_block(each, ROOM[is_wide]) for each in annex.tables],
        annex.notes,
        footer=" ".join(filter(None, (paper.name, annex.number))),
        is_wide=is_wide,
        is_apart=len(annex.tables) > 1,
    )


def _block(held: Table | Chart, room: int) -> excel.Block:
    if isinstance(held, Chart):
        heads, rows = _TABLES[held.kind](held)
        widths = [CHART_UNIT, *(CHART_FIGURE for _ in heads[1:])]
        table = _table(held.title, heads, widths, [False, *(True for _ in heads[1:])], rows)
        return replace(table, picture=png(drawing(held)))
    texts = [[text_of(runs) for runs in row] for row in held.rows]
    # The proportions that it has in Word.
    widths = [room * share / sum(held.widths) for share in held.widths]
    return _table("", held.heads, widths, held.numeric, texts)


def _table(
    heading: str,
    heads: Sequence[str],
    widths: Sequence[float],
    numeric: Sequence[bool],
    texts: Sequence[Sequence[str]],
) -> excel.Block:
    """A table whose numeric columns hold numbers where a text is one, and are wide enough for them."""
    rows: list[list[Value]] = [
        [(figure(text) or text) if is_figure else text for text, is_figure in zip(row, numeric, strict=True)]
        for row in texts
    ]
    columns = []
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        # A number that does not fit is shown as a row of #.
        shown = [2.0 + excel.width_of(row[place]) for row in texts if numeric[place] and figure(row[place])]
        number_format = "0" if numeric[place] else "General"
        columns.append(Column(head, max(width, *shown, 0.0), number_format, wraps=True))
    return excel.Block(heading, columns, rows)


Rows = tuple[list[str], list[list[str]]]


def _states(chart: Chart) -> Rows:
    """A row for each unit and a column for each state that any has: none of a state is a count as well."""
    counted = {(name, state): number for name, state, number in chart.rows}
    held = [
        str(state)
        for state in (*JUDGED_STATES, *REPORTING_STATES)
        if any(row[1] == state for row in chart.rows)
    ]
    heads = [say("col.unit", "zh"), *(state_word(State(state), "zh") for state in held)]
    names = dict.fromkeys(str(row[0]) for row in chart.rows)
    return heads, [[name, *(str(counted.get((name, state), 0)) for state in held)] for name in names]


def _rates(chart: Chart) -> Rows:
    heads = [say("col.unit", "zh"), say("notice.col.rate", "zh")]
    return heads, [[name, percent(rate)] for name, rate in chart.rows]


def _plans(chart: Chart) -> Rows:
    heads = [say(f"col.{name}", "zh") for name in ("indicator", "completion", "planned")]
    return heads, [[name, percent(done), percent(planned)] for name, done, planned in chart.rows]


# The figures that each kind of chart says, in the words that stand on it.
_TABLES: dict[str, Callable[[Chart], Rows]] = {"states": _states, "rates": _rates, "plans": _plans}
