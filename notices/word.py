"""A paper as an editable Word file: the layout of official documents, each figure in a content control.

A bound run becomes a control whose tag is its key; people may write in it, move it, or take it out, and
`notices.reading` finds what is left. Nothing in the file depends on the moment or the machine it is made on.
"""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from itertools import count
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, Twips

from notices import layout
from notices.archive import MADE, zipped
from notices.charts import drawing
from notices.content import Block, Chart, Paper, Paragraph, Run, Runs, Table, plain, text_of
from notices.layout import LOOKS, PAGE_NUMBER, TABLE_TEXT, Look
from notices.lines import broken
from notices.picture import png, ready
from notices.titles import TITLES, title_lines
from notices.word_parts import (
    border,
    cell_margins,
    field,
    head_text,
    hold,
    line_break,
    made,
    repeat,
    rule,
    set_font,
    text_run,
)
from notices.words import say


def word(paper: Paper, *, author: str = "") -> bytes:
    """The paper as a .docx file; `author` is the office that it comes from."""
    return _Writer(paper, author).written()


# What the rules of a paragraph at the foot take, with the room between them and its text.
FOOT_RULES = 110
FONT_TABLE = RELATIONSHIP_TYPE.FONT_TABLE


class _Writer:
    """Writes one file."""

    def __init__(self, paper: Paper, author: str) -> None:
        self.paper = paper
        self.document: DocumentObject = Document()
        self.ids = count(1)
        self._settle(author)

    def written(self) -> bytes:
        is_wide = False
        ready(drawing(block) for block in self.paper.blocks if isinstance(block, Chart))
        # By the standard whoever gets a copy is named at the foot of the last page, behind the annexes.
        foot = [
            block
            for block in self.paper.blocks
            if isinstance(block, Paragraph) and block.style in layout.FOOT
        ]
        text = tuple(block for block in self.paper.blocks if block not in foot)
        for place, (block, wants_wide) in enumerate(_with_turns(text), start=1):
            if isinstance(block, Paragraph) and block.style == "annex":
                is_wide = wants_wide
                self._section(is_wide=is_wide)
            self._write(block, is_held=_is_held(block, text[place : place + 1]))
        self._foot(foot)
        out = BytesIO()
        self.document.save(out)
        return _without_clock(out.getvalue())

    # Page and styles.

    def _settle(self, author: str) -> None:
        document = self.document
        about = document.core_properties
        about.title, about.author, about.last_modified_by = self.paper.name, author, author
        about.created = about.modified = MADE
        about.comments = about.keywords = about.subject = about.category = ""
        about.language = "zh-CN"
        body = document.element.body
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)
        normal = document.styles["Normal"]
        set_font(normal.element.get_or_add_rPr(), LOOKS["body"])
        for look in (*LOOKS.values(), TABLE_TEXT, PAGE_NUMBER):
            self._style(look)
        _name_stand_ins(document)
        document.settings.odd_and_even_pages_header_footer = True
        self._page(document.sections[0], is_wide=False)
        self._page_numbers(document.sections[0])

    def _style(self, look: Look) -> None:
        style = self.document.styles.add_style(look.name, 1)
        style.base_style = self.document.styles["Normal"]
        style.quick_style = True
        set_font(style.element.get_or_add_rPr(), look)
        properties = style.element.get_or_add_pPr()
        if look.is_kept_with_next:
            properties.append(OxmlElement("w:keepNext"))
        if look is LOOKS["note"]:
            properties.append(OxmlElement("w:keepLines"))
        properties.append(made("w:widowControl", val="0"))
        if look is LOOKS["printed"]:
            properties.append(self._side_stop(look))
        # Lines stand where their height says, not on a grid that one program draws otherwise than another.
        properties.append(made("w:snapToGrid", val="0"))
        spacing = {"before": str(look.before), "after": str(look.after)}
        if look.line:
            spacing |= {"line": str(look.line), "lineRule": "exact"}
        properties.append(made("w:spacing", **spacing))
        width = look.size * 20 + (layout.TIGHTER if look.size == layout.BODY_SIZE else 0)
        first = "hanging" if look.indent < 0 else "firstLine"
        sides = {first: abs(look.indent), "left": look.left, "right": look.right}
        indents = {name: round(size * width) for name, size in sides.items()}
        if any(indents.values()):
            hundredths = {f"{name}Chars": round(size * 100) for name, size in sides.items()}
            held = {name: str(size) for name, size in {**indents, **hundredths}.items() if size}
            properties.append(made("w:ind", **held))
        if look.is_apart:
            properties.append(OxmlElement("w:contextualSpacing"))
        properties.append(made("w:jc", val=look.align))
        if look.outline is not None:
            properties.append(made("w:outlineLvl", val=str(look.outline)))

    def _side_stop(self, look: Look) -> Any:
        """Where the right side of a line with two sides ends, on an upright page."""
        stops = OxmlElement("w:tabs")
        end = layout.PAGE[0] - layout.LEFT - layout.RIGHT - look.right * look.size * 20
        stops.append(made("w:tab", val="right", pos=str(round(end))))
        return stops

    def _page(self, section: Any, *, is_wide: bool) -> None:
        width, height = layout.PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (
            Twips(each) for each in ((height, width) if is_wide else (width, height))
        )
        # On its side a page keeps its margins where the binding is: what was left is above.
        sides = (layout.LEFT, layout.RIGHT, layout.BOTTOM, layout.TOP) if is_wide else None
        top, bottom, left, right = sides or (layout.TOP, layout.BOTTOM, layout.LEFT, layout.RIGHT)
        section.top_margin, section.bottom_margin = Twips(top), Twips(bottom)
        section.left_margin, section.right_margin = Twips(left), Twips(right)
        section.footer_distance = Twips(layout.WIDE_FOOTER if is_wide else layout.FOOTER)
        section.header_distance = Twips(layout.TOP // 2)

    def _section(self, *, is_wide: bool) -> None:
        self._page(self.document.add_section(WD_SECTION.NEW_PAGE), is_wide=is_wide)

    def _room(self) -> int:
        """How wide the text is in the section that is written now, in Word's smallest unit."""
        section = self.document.sections[-1]
        sides = (section.page_width, section.left_margin, section.right_margin)
        width, left, right = (int(side or 0) for side in sides)
        return width - left - right

    def _height(self) -> int:
        """How high the text is in the section that is written now, in twentieths of a point."""
        section = self.document.sections[-1]
        sides = (section.page_height, section.top_margin, section.bottom_margin)
        height, top, bottom = (int(side or 0) for side in sides)
        return int(Emu(height - top - bottom).twips)

    def _page_numbers(self, section: Any) -> None:
        """— 1 —, on the outer side of the page; the sections that follow have the same."""
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            [paragraph] = footer.paragraphs
            paragraph.style = self.document.styles[PAGE_NUMBER.name]
            properties = paragraph._p.get_or_add_pPr()
            character = str(round(PAGE_NUMBER.size * 20))
            side = (
                {"right": character}
                if align == "right"
                else {"left": character, "right": "0", "rightChars": "0"}
            )
            properties.append(made("w:ind", **side))
            properties.append(made("w:jc", val=align))
            paragraph.add_run("— ")
            paragraph._p.append(field("PAGE"))
            paragraph.add_run(" —")

    # Blocks.

    def _write(self, block: Block, *, is_held: bool) -> None:
        """`is_held`: it may not leave what follows alone on the next page."""
        if isinstance(block, Paragraph):
            paragraph = self._paragraph(block)
            if is_held:
                hold(paragraph._p)
        elif isinstance(block, Table):
            table = self._table(block)
            for line in table.rows[-1]._tr.iter(qn("w:p")) if is_held else ():
                hold(line)
        else:
            self._chart(block)

    def _paragraph(self, block: Paragraph) -> Any:
        paragraph = self.document.add_paragraph(style=LOOKS[block.style].name)
        for place, runs in enumerate(title_lines(block.runs) if block.style in TITLES else (block.runs,)):
            if place:
                paragraph._p.append(line_break())
            self._runs(paragraph._p, runs)
        if block.style == "masthead":
            _fit(paragraph, block.text)
        if block.style == "number":
            paragraph._p.get_or_add_pPr().append(border("bottom", layout.RED, 24))
        return paragraph

    def _foot(self, blocks: list[Paragraph]) -> None:
        """What stands at the foot of the page, the last on its last line, each in a frame of its own.

        LibreOffice takes no frame of two paragraphs and none right after another: a line of no height parts them.
        """
        below = [sum(map(_foot_height, blocks[place:])) for place in range(1, len(blocks) + 1)]
        for place, (block, height) in enumerate(zip(blocks, below, strict=True)):
            if place:
                between = self.document.add_paragraph(style=LOOKS[block.style].name)
                between._p.get_or_add_pPr().append(made("w:spacing", line="20", lineRule="exact"))
            properties = self._paragraph(block)._p.get_or_add_pPr()
            y = self._height() - height - _foot_height(block)
            where = {"y": str(y)} if height else {"yAlign": "bottom"}
            frame = {
                "w": str(Emu(self._room()).twips),
                "wrap": "around",
                "vAnchor": "margin",
                "hAnchor": "margin",
            }
            properties.insert(1, made("w:framePr", **frame, xAlign="center", **where))
            properties.append(_foot_rules(is_first=place == 0, is_last=not height))

    def _runs(self, into: Any, runs: Runs) -> None:
        for run in runs:
            into.append(self._control(run) if run.key else text_run(run.text))

    def _control(self, run: Run) -> Any:
        control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
        for name, value in (
            ("alias", say("notice.control", "zh")),
            ("tag", run.key),
            ("id", str(next(self.ids))),
        ):
            properties.append(made(f"w:{name}", val=value))
        content = OxmlElement("w:sdtContent")
        content.append(text_run(run.text))
        control.append(properties)
        control.append(content)
        return control

    def _table(self, block: Table) -> Any:
        room = self._room()
        widths = [round(room * share / sum(block.widths)) for share in block.widths]
        table = self.document.add_table(rows=0, cols=len(block.heads))
        table.autofit = False
        properties = table._tbl.tblPr
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(rule(side, "000000", 4))
        properties.append(borders)
        properties.append(cell_margins())
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(width)
        self._row(table, tuple(plain(head) for head in block.heads), widths, None)
        repeat(table.rows[0]._tr)
        for line in table.rows[0]._tr.iter(qn("w:p")):
            hold(line)
        for row in block.rows:
            self._row(table, row, widths, block.numeric)
        return table

    def _row(
        self, table: Any, cells: Iterable[Runs], widths: list[int], numeric: tuple[bool, ...] | None
    ) -> None:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, runs) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Emu(widths[place])
            cell._tc.get_or_add_tcPr().append(made("w:vAlign", val="center"))
            paragraph = cell.paragraphs[0]
            paragraph.style = self.document.styles[TABLE_TEXT.name]
            # Words are read from the left; figures stand in the middle, short as they are.
            is_text = numeric is not None and not numeric[place] and len(text_of(runs)) > 4
            if is_text:
                paragraph._p.get_or_add_pPr().append(made("w:jc", val="left"))
            if numeric is None:
                head_text(paragraph, text_of(runs))
            else:
                self._runs(paragraph._p, runs)

    def _chart(self, block: Chart) -> None:
        room = self._room()
        paragraph = self.document.add_paragraph(style=LOOKS["note"].name)
        spacing = made("w:spacing", before="0", after="120", line="240", lineRule="auto")
        paragraph._p.get_or_add_pPr().append(spacing)
        picture = paragraph.add_run().add_picture(BytesIO(png(drawing(block))), width=Emu(room))
        picture._inline.docPr.set("descr", block.title)
        picture._inline.docPr.set("name", block.title)


def _name_stand_ins(document: DocumentObject) -> None:
    """Say in the table of fonts which stands in for one that a machine does not have."""
    table = document.part.part_related_by(FONT_TABLE)
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in layout.INSTEAD.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def _without_clock(content: bytes) -> bytes:
    """The same archive of no moment: the library writes the time of the machine into each member."""
    with zipfile.ZipFile(BytesIO(content)) as held:
        return zipped((name, held.read(name)) for name in held.namelist())


def _with_turns(blocks: tuple[Block, ...]) -> Iterable[tuple[Block, bool]]:
    """Each block, and whether the table that follows the head of its annex stands on a page on its side."""
    for place, block in enumerate(blocks):
        following = (each for each in blocks[place + 1 :] if not isinstance(each, Paragraph))
        table = next(following, None)
        yield block, isinstance(table, Table) and table.is_wide


def _fit(paragraph: Any, text: str) -> None:
    """A masthead on one line: as large as its length allows."""
    room = layout.CHARACTERS * layout.CHARACTER / 20
    size = Pt(min(LOOKS["masthead"].size, int(room / max(1, len(text)))))
    for run in paragraph._p.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        properties.append(made("w:sz", val=str(round(size.pt * 2))))


def _foot_height(block: Paragraph) -> int:
    """How high a paragraph at the foot is on an upright page, with its rules, in twentieths of a point."""
    look = LOOKS[block.style]
    room = (layout.PAGE[0] - layout.LEFT - layout.RIGHT) / 20 - (look.left + look.right) * look.size
    lines = broken(
        block.text, room, room, lambda text: sum(look.size / (1 + (ord(each) < 128)) for each in text)
    )
    return len(lines) * look.line + FOOT_RULES


def _foot_rules(*, is_first: bool, is_last: bool) -> Any:
    # In eighths of a point, as rules are there.
    thick, thin = (round(width * 8 / 20) for width in (layout.THICK, layout.THIN))
    borders = OxmlElement("w:pBdr")
    borders.append(rule("top", "000000", thick if is_first else thin))
    if is_last:
        borders.append(rule("bottom", "000000", thick))
    return borders


def _is_held(block: Block, following: tuple[Block, ...]) -> bool:
    """Whether a block must not leave what follows alone: a signature, or a table that it introduces."""
    is_introduced = isinstance(block, Paragraph) and any(isinstance(each, Table) for each in following)
    return is_introduced or any(
        isinstance(each, Paragraph) and each.style in layout.NEVER_ALONE for each in following
    )
