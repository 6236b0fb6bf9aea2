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
from notices.picture import png, ready
from notices.words import say


def word(paper: Paper, *, author: str = "") -> bytes:
    """The paper as a .docx file; `author` is the office that it comes from."""
    return _Writer(paper, author).written()


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
        for block, wants_wide in _with_turns(self.paper.blocks):
            if isinstance(block, Paragraph) and block.style == "annex":
                is_wide = wants_wide
                self._section(is_wide=is_wide)
            if isinstance(block, Paragraph) and block.style == "copies":
                continue
            self._write(block, is_wide=is_wide)
        # By the standard whoever gets a copy is named at the foot of the last page, behind the annexes.
        for block in self.paper.blocks:
            if isinstance(block, Paragraph) and block.style == "copies":
                self._copies(block)
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
        _font(normal.element.get_or_add_rPr(), LOOKS["body"])
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
        _font(style.element.get_or_add_rPr(), look)
        properties = style.element.get_or_add_pPr()
        if look.is_kept_with_next:
            properties.append(OxmlElement("w:keepNext"))
        properties.append(_made("w:widowControl", val="0"))
        # Lines stand where their height says, not on a grid that one program draws otherwise than another.
        properties.append(_made("w:snapToGrid", val="0"))
        spacing = {"before": str(look.before), "after": str(look.after)}
        if look.line:
            spacing |= {"line": str(look.line), "lineRule": "exact"}
        properties.append(_made("w:spacing", **spacing))
        width = look.size * 20 + (layout.TIGHTER if look.size == layout.BODY_SIZE else 0)
        indents = {"firstLine": round(look.indent * width), "right": round(look.right * width)}
        if any(indents.values()):
            hundredths = {"firstLineChars": look.indent * 100, "rightChars": look.right * 100}
            held = {name: str(size) for name, size in {**indents, **hundredths}.items() if size}
            properties.append(_made("w:ind", **held))
        properties.append(_made("w:jc", val=look.align))
        if look.outline is not None:
            properties.append(_made("w:outlineLvl", val=str(look.outline)))

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
        section.footer_distance = Twips(layout.FOOTER if not is_wide else layout.RIGHT // 2)
        section.header_distance = Twips(layout.TOP // 2)

    def _section(self, *, is_wide: bool) -> None:
        self._page(self.document.add_section(WD_SECTION.NEW_PAGE), is_wide=is_wide)

    def _room(self) -> int:
        """How wide the text is in the section that is written now, in Word's smallest unit."""
        section = self.document.sections[-1]
        sides = (section.page_width, section.left_margin, section.right_margin)
        width, left, right = (int(side or 0) for side in sides)
        return width - left - right

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
            properties.append(_made("w:ind", **side))
            properties.append(_made("w:jc", val=align))
            paragraph.add_run("— ")
            paragraph._p.append(_field("PAGE"))
            paragraph.add_run(" —")

    # Blocks.

    def _write(self, block: Block, *, is_wide: bool) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Table):
            self._table(block, is_wide=is_wide)
        else:
            self._chart(block)

    def _paragraph(self, block: Paragraph) -> Any:
        paragraph = self.document.add_paragraph(style=LOOKS[block.style].name)
        self._runs(paragraph._p, block.runs)
        if block.style == "masthead":
            _fit(paragraph, block.text)
        if block.style == "number":
            paragraph._p.get_or_add_pPr().append(_border("bottom", layout.RED, 24))
        return paragraph

    def _copies(self, block: Paragraph) -> None:
        properties = self._paragraph(block)._p.get_or_add_pPr()
        frame = {
            "w": str(Emu(self._room()).twips),
            "wrap": "around",
            "vAnchor": "margin",
            "hAnchor": "margin",
        }
        properties.insert(1, _made("w:framePr", **frame, xAlign="center", yAlign="bottom"))
        borders = OxmlElement("w:pBdr")
        for side in ("top", "bottom"):
            borders.append(_line(side, "000000", 8))
        properties.append(borders)

    def _runs(self, into: Any, runs: Runs) -> None:
        for run in runs:
            into.append(self._control(run) if run.key else _run(run.text))

    def _control(self, run: Run) -> Any:
        control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
        for name, value in (
            ("alias", say("notice.control", "zh")),
            ("tag", run.key),
            ("id", str(next(self.ids))),
        ):
            properties.append(_made(f"w:{name}", val=value))
        content = OxmlElement("w:sdtContent")
        content.append(_run(run.text))
        control.append(properties)
        control.append(content)
        return control

    def _table(self, block: Table, *, is_wide: bool) -> None:
        room = self._room()
        widths = [round(room * share / sum(block.widths)) for share in block.widths]
        table = self.document.add_table(rows=0, cols=len(block.heads))
        table.autofit = False
        properties = table._tbl.tblPr
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(_line(side, "000000", 4))
        properties.append(borders)
        properties.append(_cell_margins())
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(width)
        self._row(table, tuple(plain(head) for head in block.heads), widths, None)
        _made_row_head(table.rows[0]._tr)
        for row in block.rows:
            self._row(table, row, widths, block.numeric)

    def _row(
        self, table: Any, cells: Iterable[Runs], widths: list[int], numeric: tuple[bool, ...] | None
    ) -> None:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, runs) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Emu(widths[place])
            cell._tc.get_or_add_tcPr().append(_made("w:vAlign", val="center"))
            paragraph = cell.paragraphs[0]
            paragraph.style = self.document.styles[TABLE_TEXT.name]
            # Words are read from the left; figures stand in the middle, short as they are.
            is_text = numeric is not None and not numeric[place] and len(text_of(runs)) > 4
            if is_text:
                paragraph._p.get_or_add_pPr().append(_made("w:jc", val="left"))
            if numeric is None:
                _head_text(paragraph, text_of(runs))
            else:
                self._runs(paragraph._p, runs)

    def _chart(self, block: Chart) -> None:
        room = self._room()
        paragraph = self.document.add_paragraph(style=LOOKS["note"].name)
        spacing = _made("w:spacing", before="0", after="120", line="240", lineRule="auto")
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


def _font(properties: Any, look: Look) -> None:
    for child in list(properties):
        properties.remove(child)
    properties.append(_made("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), look.font)))
    if look.colour:
        properties.append(_made("w:color", val=look.colour))
    if look.size == layout.BODY_SIZE:
        properties.append(_made("w:spacing", val=str(layout.TIGHTER)))
    half_points = str(round(look.size * 2))
    properties.append(_made("w:sz", val=half_points))
    properties.append(_made("w:szCs", val=half_points))
    # Figures are words of their own: by the standard none is broken over two lines.
    properties.append(_made("w:lang", val="en-US", eastAsia="zh-CN"))


def _fit(paragraph: Any, text: str) -> None:
    """A masthead on one line: as large as its length allows."""
    room = layout.CHARACTERS * layout.CHARACTER / 20
    size = Pt(min(LOOKS["masthead"].size, int(room / max(1, len(text)))))
    for run in paragraph._p.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        properties.append(_made("w:sz", val=str(round(size.pt * 2))))


def _head_text(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    fonts = _made("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), layout.HEI))
    run._r.get_or_add_rPr().append(fonts)


def _run(text: str) -> Any:
    run, held = OxmlElement("w:r"), OxmlElement("w:t")
    held.text = text
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(held)
    return run


def _field(code: str) -> Any:
    field = _made("w:fldSimple", instr=code)
    field.append(_run("1"))
    return field


def _made(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _line(side: str, colour: str, size: int) -> Any:
    return _made(f"w:{side}", val="single", sz=str(size), space="1" if size > 4 else "0", color=colour)


def _border(side: str, colour: str, size: int) -> Any:
    borders = OxmlElement("w:pBdr")
    borders.append(_line(side, colour, size))
    return borders


def _cell_margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_made(f"w:{side}", w="40", type="dxa"))
    return margins


def _made_row_head(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
