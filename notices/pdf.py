"""A paper as PDF, for reading and printing where it shall not be edited: the layout of the Word file.

It is drawn with the typeface that ships, so that it looks the same on every machine; the typefaces of official
documents are on the machines that open the Word file.
"""

import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fpdf import FPDF

from notices import layout
from notices.archive import MADE
from notices.charts import drawing
from notices.content import Block, Chart, Paper, Paragraph, Table, text_of
from notices.layout import LOOKS, TABLE_TEXT, Look
from notices.lines import broken, stretches
from notices.picture import png, ready
from notices.titles import TITLES, title_lines
from notices.typeface import truetype

FAMILY = "XushiSans"
BOLD_STYLES = frozenset({"title", "heading", "caption", "annex", "masthead"})
POINT = 20
CELL_PAD, CELL_LINE = 2.0, 14.0
PAGE_NUMBER_SIZE = 14.0


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF file."""
    return _Drawn(paper).bytes()


class _Sheet(FPDF):
    """Pages with their numbers on the outer side."""

    is_wide = False

    def footer(self) -> None:
        """— 1 —, a character in from the edge."""
        left, right = self.l_margin, self.r_margin
        self.set_font(FAMILY, size=PAGE_NUMBER_SIZE)
        from_edge = layout.WIDE_FOOTER if self.is_wide else layout.FOOTER
        self.set_y(-(from_edge / POINT) - PAGE_NUMBER_SIZE)
        text = f"— {self.page_no()} —"
        is_odd = self.page_no() % 2 == 1
        x = (
            self.w - right - PAGE_NUMBER_SIZE - self.get_string_width(text)
            if is_odd
            else left + PAGE_NUMBER_SIZE
        )
        self.set_x(x)
        self.cell(text=text)


@dataclass(frozen=True)
class _Set:
    """A paragraph in lines: how it looks, how high a line is, where its first one begins, how its signs are spaced."""

    look: Look
    lines: list[str]
    height: float
    indent: float
    room: float
    spacing: float
    before: float


class _Drawn:
    """Draws one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.blocks = [block for block in paper.blocks if not _is_foot(block)]
        self.sheet = _Sheet(unit="pt", format="A4")
        self.sheet.set_creation_date(MADE)
        self.sheet.set_title(paper.name)
        self.sheet.set_lang("zh-CN")
        self.sheet.set_auto_page_break(False)
        # Everything has its place by measure: the library would begin each text a little to the right of it.
        self.sheet.c_margin = 0
        self._fonts()
        self._page(is_wide=False)

    def bytes(self) -> bytes:
        ready(drawing(block) for block in self.blocks if isinstance(block, Chart))
        for place, block in enumerate(self.blocks):
            if isinstance(block, Paragraph) and block.style == "annex":
                following = next(
                    (each for each in self.blocks[place + 1 :] if not isinstance(each, Paragraph)), None
                )
                self._page(is_wide=isinstance(following, Table) and following.is_wide)
            self._block(place, block)
        self._foot([block for block in self.paper.blocks if isinstance(block, Paragraph) and _is_foot(block)])
        return bytes(self.sheet.output())

    def _fonts(self) -> None:
        text = "".join(text_of(runs) for runs in self.paper.texts()) + "— 0123456789"
        with tempfile.TemporaryDirectory(prefix="xushi_pdf_") as folder:
            for style, weight in (("", 400), ("B", 700)):
                file = Path(folder) / f"{weight}.ttf"
                file.write_bytes(truetype(text, weight, FAMILY))
                self.sheet.add_font(FAMILY, style, file)

    def _page(self, *, is_wide: bool) -> None:
        sides = (layout.LEFT, layout.RIGHT, layout.BOTTOM, layout.TOP)
        upright = (layout.TOP, layout.BOTTOM, layout.LEFT, layout.RIGHT)
        self.top, self.bottom, left, right = (each / POINT for each in (sides if is_wide else upright))
        # The page before gets its number when the next begins, by its own margins.
        if not self.sheet.pages:
            self.sheet.set_margins(left, self.top, right)
        self.sheet.add_page(orientation="landscape" if is_wide else "portrait")
        self.sheet.set_margins(left, self.top, right)
        self.is_wide = self.sheet.is_wide = is_wide
        self.sheet.set_y(self.top)

    @property
    def room(self) -> float:
        return float(self.sheet.w - self.sheet.l_margin - self.sheet.r_margin)

    def _need(self, height: float) -> None:
        """Begin a page where what comes next does not fit."""
        if self.sheet.get_y() + height > self.sheet.h - self.bottom + 0.01:
            self._page(is_wide=self.is_wide)

    def _block(self, place: int, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block, self._before(place), self._held(place))
        elif isinstance(block, Table):
            self._table(block, self._held(place))
        else:
            self._chart(block)

    def _before(self, place: int) -> float:
        """How much room stands over a paragraph."""
        block = self.blocks[place]
        assert isinstance(block, Paragraph)
        look, above = LOOKS[block.style], self.blocks[place - 1] if place else None
        goes_on = isinstance(above, Paragraph) and above.style == block.style
        return 0.0 if look.is_apart and goes_on else look.before / POINT

    def _held(self, place: int) -> float:
        """How high that is of what follows a block which must stand on the page of its end."""
        block = self.blocks[place]
        if place + 1 == len(self.blocks):
            return 0.0
        following = self.blocks[place + 1]
        told = following.style if isinstance(following, Paragraph) else None
        if isinstance(block, Paragraph):
            is_held = isinstance(following, Table) or layout.is_held(block.style, told or "body")
        else:
            is_held = told in layout.NEVER_ALONE
        return self._begin(place + 1) if is_held else 0.0

    def _begin(self, place: int) -> float:
        """How high the beginning of a block is that cannot be parted."""
        block = self.blocks[place]
        if isinstance(block, Table):
            widths = self._widths(block)
            first = [tuple(map(text_of, row)) for row in block.rows[:1]]
            heights = [self._cells(tuple(block.heads), widths, is_head=True)[1]]
            return sum(heights + [self._cells(row, widths, is_head=False)[1] for row in first])
        if isinstance(block, Chart):
            return self.room * _ratio(png(drawing(block)))
        held = self._set(block, self._before(place))
        one = len(held.lines) == 1
        return held.before + held.height + (self._held(place) if one else 0.0)

    def _set(self, block: Paragraph, before: float) -> _Set:
        """A paragraph in its lines; its typeface is set then."""
        look, sheet = LOOKS[block.style], self.sheet
        self._font(look, is_bold=block.style in BOLD_STYLES)
        size = look.size
        if block.style == "masthead":
            size = min(look.size, self.room / (max(1, len(block.text)) + 0.5))
            sheet.set_font_size(size)
        character = size + (layout.TIGHTER / POINT if size == layout.BODY_SIZE else 0)
        sheet.set_char_spacing(character - size)
        room = self.room - (look.left + look.right) * character
        indent = look.indent * character
        height = look.line / POINT if look.line else size * 1.3
        held = [block.text]
        if block.style in TITLES:
            held = [text_of(line) for line in title_lines(block.runs)]
        lines = [line for text in held for line in broken(text, room - indent, room, sheet.get_string_width)]
        sheet.set_char_spacing(0)
        return _Set(look, lines, height, indent, room, character - size, before)

    def _paragraph(self, block: Paragraph, before: float, held: float) -> None:
        told, sheet = self._set(block, before), self.sheet
        look = told.look
        sheet.set_y(sheet.get_y() + told.before)
        if look.colour:
            red, green, blue = (int(look.colour[at : at + 2], 16) for at in (0, 2, 4))
            sheet.set_text_color(red, green, blue)
        for place, line in enumerate(told.lines):
            is_last = place + 1 == len(told.lines)
            self._need(told.height + (held if is_last else 0.0))
            # What `_need` begins a page with has other type.
            self._font(look, is_bold=block.style in BOLD_STYLES)
            if block.style == "masthead":
                sheet.set_font_size(told.height / 1.3)
            indent = told.indent if place == 0 and look.align in ("both", "left") else 0.0
            self._line(line, told, indent, is_spread=look.align == "both" and not is_last)
        sheet.set_text_color(0, 0, 0)
        if block.style == "number":
            self._rule(layout.RED)
        sheet.set_y(sheet.get_y() + look.after / POINT)

    def _line(self, line: str, told: _Set, indent: float, *, is_spread: bool) -> None:
        """One line; its rest is spread between its signs, but not within a figure or a word."""
        sheet = self.sheet
        sheet.set_char_spacing(told.spacing)
        width = sheet.get_string_width(line)
        rest = told.room - indent - width
        start = {"center": rest / 2, "right": rest}.get(told.look.align, 0.0)
        parts = stretches(line) if is_spread else [line]
        extra = rest / (len(parts) - 1) if len(parts) > 1 else 0.0
        x, y = sheet.l_margin + told.look.left * told.look.size + start + indent, sheet.get_y()
        for is_sign, group in groupby(parts, lambda part: is_spread and len(part) == 1):
            held = list(group)
            for text, spacing in (
                [("".join(held), told.spacing + extra)]
                if is_sign
                else [(each, told.spacing) for each in held]
            ):
                sheet.set_char_spacing(spacing)
                wide = sheet.get_string_width(text)
                sheet.set_xy(x, y)
                sheet.cell(w=wide, h=told.height, text=text)
                x += wide + (0.0 if is_sign else extra)
        sheet.set_char_spacing(0)
        sheet.set_y(y + told.height)

    def _foot(self, blocks: list[Paragraph]) -> None:
        """Who gets a copy and who printed it, between rules at the foot of the last page."""
        if not blocks:
            return
        sheet = self.sheet
        held = [self._set(block, 0.0) for block in blocks]
        high = sum(len(told.lines) * told.height for told in held)
        if sheet.get_y() + high > sheet.h - self.bottom:
            self._page(is_wide=False)
        sheet.set_y(sheet.h - self.bottom - high)
        for place, (block, told) in enumerate(zip(blocks, held, strict=True)):
            self._across((layout.THICK if place == 0 else layout.THIN) / POINT)
            self._font(told.look, is_bold=False)
            if block.style == "printed":
                self._printed(block.text, told)
            else:
                for line in told.lines:
                    self._line(line, told, 0.0, is_spread=False)
        self._across(layout.THICK / POINT)

    def _printed(self, text: str, told: _Set) -> None:
        """One line with two sides."""
        left, _, right = text.partition("\t")
        y, x = self.sheet.get_y(), self.sheet.l_margin + told.look.left * told.look.size
        self.sheet.set_xy(x, y)
        self.sheet.cell(h=told.height, text=left)
        self.sheet.set_xy(x + told.room - self.sheet.get_string_width(right), y)
        self.sheet.cell(h=told.height, text=right)
        self.sheet.set_y(y + told.height)

    def _across(self, width: float) -> None:
        y = self.sheet.get_y()
        self.sheet.set_line_width(width)
        self.sheet.line(self.sheet.l_margin, y, self.sheet.l_margin + self.room, y)
        self.sheet.set_line_width(0.5)

    def _font(self, look: Look, *, is_bold: bool) -> None:
        self.sheet.set_font(FAMILY, "B" if is_bold else "", look.size)

    def _rule(self, colour: str) -> None:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        self.sheet.set_draw_color(red, green, blue)
        self.sheet.set_line_width(3)
        y = self.sheet.get_y() + 4
        self.sheet.line(self.sheet.l_margin, y, self.sheet.l_margin + self.room, y)
        self.sheet.set_draw_color(0, 0, 0)
        self.sheet.set_line_width(0.5)
        self.sheet.set_y(y + 4)

    def _widths(self, block: Table) -> list[float]:
        return [self.room * share / sum(block.widths) for share in block.widths]

    def _table(self, block: Table, held: float) -> None:
        widths = self._widths(block)
        heads = tuple(block.heads)
        self.sheet.set_line_width(0.5)
        self._need(self._begin(self.blocks.index(block)))
        self._row(heads, widths, (False,) * len(heads), is_head=True)
        for place, row in enumerate(block.rows, start=1):
            cells = tuple(map(text_of, row))
            needed = self._cells(cells, widths, is_head=False)[1] + (
                held if place == len(block.rows) else 0.0
            )
            if self.sheet.get_y() + needed > self.sheet.h - self.bottom:
                # A table that goes on over the page says again what its columns are.
                self._page(is_wide=self.is_wide)
                self._row(heads, widths, (False,) * len(heads), is_head=True)
            self._row(cells, widths, block.numeric, is_head=False)
        self.sheet.set_y(self.sheet.get_y() + 6)

    def _cells(
        self, cells: tuple[str, ...], widths: list[float], *, is_head: bool
    ) -> tuple[list[list[str]], float]:
        """The lines of each cell of a row, and how high the row is; the typeface is set then."""
        self.sheet.set_font(FAMILY, "B" if is_head else "", TABLE_TEXT.size)
        measure = self.sheet.get_string_width
        held = [
            broken(text, width - 2 * CELL_PAD, width - 2 * CELL_PAD, measure)
            for text, width in zip(cells, widths, strict=True)
        ]
        return held, max(len(lines) for lines in held) * CELL_LINE + 2 * CELL_PAD

    def _row(
        self, cells: tuple[str, ...], widths: list[float], numeric: tuple[bool, ...], *, is_head: bool
    ) -> None:
        sheet = self.sheet
        held, height = self._cells(cells, widths, is_head=is_head)
        measure = sheet.get_string_width
        y, x = sheet.get_y(), sheet.l_margin
        for lines, width, is_figure in zip(held, widths, numeric, strict=True):
            sheet.rect(x, y, width, height)
            top = y + (height - len(lines) * CELL_LINE) / 2
            for place, line in enumerate(lines):
                is_left = not (is_head or is_figure) and len("".join(lines)) > 4
                start = CELL_PAD if is_left else (width - measure(line)) / 2
                sheet.set_xy(x + start, top + place * CELL_LINE)
                sheet.cell(w=measure(line), h=CELL_LINE, text=line)
            x += width
        sheet.set_xy(sheet.l_margin, y + height)

    def _chart(self, block: Chart) -> None:
        picture = png(drawing(block))
        with tempfile.TemporaryDirectory(prefix="xushi_pdf_") as folder:
            file = Path(folder) / "chart.png"
            file.write_bytes(picture)
            height = self.room * _ratio(picture)
            self._need(height)
            y = self.sheet.get_y()
            self.sheet.image(file, x=self.sheet.l_margin, y=y, w=self.room, alt_text=block.title)
        self.sheet.set_y(y + height + 6)


def _ratio(picture: bytes) -> float:
    """How high a PNG is for its width: both stand at the head of every one."""
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    return height / width


def _is_foot(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in layout.FOOT
