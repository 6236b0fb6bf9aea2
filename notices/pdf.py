"""A paper as PDF, for reading and printing where it shall not be edited: the layout of the Word file.

It is drawn with the typeface that ships, so that it looks the same on every machine; the typefaces of official
documents are on the machines that open the Word file.
"""

import tempfile
from pathlib import Path

from fpdf import FPDF

from notices import layout
from notices.archive import MADE
from notices.charts import drawing
from notices.content import Block, Chart, Paper, Paragraph, Table, text_of
from notices.layout import LOOKS, TABLE_TEXT, Look
from notices.lines import broken
from notices.picture import png, ready
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

    def footer(self) -> None:
        """— 1 —, a character in from the edge."""
        left, right = self.l_margin, self.r_margin
        self.set_font(FAMILY, size=PAGE_NUMBER_SIZE)
        self.set_y(-(layout.FOOTER / POINT) - PAGE_NUMBER_SIZE)
        text = f"— {self.page_no()} —"
        is_odd = self.page_no() % 2 == 1
        x = (
            self.w - right - PAGE_NUMBER_SIZE - self.get_string_width(text)
            if is_odd
            else left + PAGE_NUMBER_SIZE
        )
        self.set_x(x)
        self.cell(text=text)


class _Drawn:
    """Draws one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.sheet = _Sheet(unit="pt", format="A4")
        self.sheet.set_creation_date(MADE)
        self.sheet.set_title(paper.name)
        self.sheet.set_lang("zh-CN")
        self.sheet.set_auto_page_break(False)
        self._fonts()
        self._page(is_wide=False)

    def bytes(self) -> bytes:
        blocks = self.paper.blocks
        ready(drawing(block) for block in blocks if isinstance(block, Chart))
        for place, block in enumerate(blocks):
            if isinstance(block, Paragraph) and block.style == "annex":
                following = next(
                    (each for each in blocks[place + 1 :] if not isinstance(each, Paragraph)), None
                )
                self._page(is_wide=isinstance(following, Table) and following.is_wide)
            self._block(block)
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
        self.sheet.set_margins(left, self.top, right)
        self.sheet.add_page(orientation="landscape" if is_wide else "portrait")
        self.is_wide = is_wide
        self.sheet.set_y(self.top)

    @property
    def room(self) -> float:
        return float(self.sheet.w - self.sheet.l_margin - self.sheet.r_margin)

    def _need(self, height: float) -> None:
        """Begin a page where what comes next does not fit."""
        if self.sheet.get_y() + height > self.sheet.h - self.bottom + 0.01:
            self._page(is_wide=self.is_wide)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._chart(block)

    def _paragraph(self, block: Paragraph) -> None:
        look, sheet = LOOKS[block.style], self.sheet
        self._font(look, is_bold=block.style in BOLD_STYLES)
        size = look.size
        if block.style == "masthead":
            size = min(look.size, self.room / (max(1, len(block.text)) + 0.5))
            sheet.set_font_size(size)
        character = size + (layout.TIGHTER / POINT if size == layout.BODY_SIZE else 0)
        sheet.set_char_spacing(character - size)
        room = self.room - look.right * character
        indent = look.indent * character
        height = look.line / POINT if look.line else size * 1.3
        lines = broken(block.text, room - indent, room, sheet.get_string_width)
        sheet.set_y(sheet.get_y() + look.before / POINT)
        if look.colour:
            red, green, blue = (int(look.colour[at : at + 2], 16) for at in (0, 2, 4))
            sheet.set_text_color(red, green, blue)
        for place, line in enumerate(lines):
            self._need(height)
            width = sheet.get_string_width(line)
            start = {"center": (room - width) / 2, "right": room - width}.get(look.align, 0.0)
            sheet.set_x(
                sheet.l_margin + start + (indent if place == 0 and look.align in ("both", "left") else 0)
            )
            sheet.cell(w=width, h=height, text=line)
            sheet.set_y(sheet.get_y() + height)
        sheet.set_text_color(0, 0, 0)
        sheet.set_char_spacing(0)
        if block.style == "number":
            self._rule(layout.RED)
        sheet.set_y(sheet.get_y() + look.after / POINT)

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

    def _table(self, block: Table) -> None:
        widths = [self.room * share / sum(block.widths) for share in block.widths]
        heads = tuple(block.heads)
        self.sheet.set_line_width(0.5)
        self._row(heads, widths, (False,) * len(heads), is_head=True, heads=heads)
        for row in block.rows:
            self._row(tuple(map(text_of, row)), widths, block.numeric, is_head=False, heads=heads)
        self.sheet.set_y(self.sheet.get_y() + 6)

    def _row(
        self,
        cells: tuple[str, ...],
        widths: list[float],
        numeric: tuple[bool, ...],
        *,
        is_head: bool,
        heads: tuple[str, ...],
    ) -> None:
        sheet = self.sheet
        sheet.set_font(FAMILY, "B" if is_head else "", TABLE_TEXT.size)
        measure = sheet.get_string_width
        held = [
            broken(text, width - 2 * CELL_PAD, width - 2 * CELL_PAD, measure)
            for text, width in zip(cells, widths, strict=True)
        ]
        height = max(len(lines) for lines in held) * CELL_LINE + 2 * CELL_PAD
        if not is_head and sheet.get_y() + height > sheet.h - self.bottom:
            # A table that goes on over the page says again what its columns are.
            self._page(is_wide=self.is_wide)
            self._row(heads, widths, (False,) * len(heads), is_head=True, heads=heads)
            sheet.set_font(FAMILY, "", TABLE_TEXT.size)
        y, x = sheet.get_y(), sheet.l_margin
        for lines, width, is_figure in zip(held, widths, numeric, strict=True):
            sheet.rect(x, y, width, height)
            top = y + (height - len(lines) * CELL_LINE) / 2
            for place, line in enumerate(lines):
                is_left = not (is_head or is_figure) and len(line) > 4
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
