"""The parts of a Word file that the library has no word for, each made in one place."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from notices import layout
from notices.layout import Look


def set_font(properties: Any, look: Look) -> None:
    """Set typeface, size and colour of a style; what it had is taken out."""
    for child in list(properties):
        properties.remove(child)
    properties.append(made("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), look.font)))
    if look.colour:
        properties.append(made("w:color", val=look.colour))
    if look.size == layout.BODY_SIZE:
        properties.append(made("w:spacing", val=str(layout.TIGHTER)))
    half_points = str(round(look.size * 2))
    properties.append(made("w:sz", val=half_points))
    properties.append(made("w:szCs", val=half_points))
    # Figures are words of their own: by the standard none is broken over two lines.
    properties.append(made("w:lang", val="en-US", eastAsia="zh-CN"))


def head_text(paragraph: Any, text: str) -> None:
    """Write the head of a column."""
    run = paragraph.add_run(text)
    fonts = made("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), layout.HEI))
    run._r.get_or_add_rPr().append(fonts)


def text_run(text: str) -> Any:
    """A run; what stands behind a tab begins at the next stop."""
    run = OxmlElement("w:r")
    for place, part in enumerate(text.split("\t")):
        if place:
            run.append(OxmlElement("w:tab"))
        if part or not place:
            held = OxmlElement("w:t")
            held.text = part
            held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(held)
    return run


def line_break() -> Any:
    """A run that ends a line and no paragraph."""
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:br"))
    return run


def field(code: str) -> Any:
    """A field that Word fills in, such as the number of the page."""
    field = made("w:fldSimple", instr=code)
    field.append(text_run("1"))
    return field


def made(tag: str, **values: str) -> Any:
    """An element of WordprocessingML with its values."""
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def rule(side: str, colour: str, size: int) -> Any:
    """A rule on one side of a table or paragraph; `size` is in eighths of a point."""
    return made(f"w:{side}", val="single", sz=str(size), space="1" if size > 4 else "0", color=colour)


def border(side: str, colour: str, size: int) -> Any:
    """The borders of a paragraph that has one rule."""
    borders = OxmlElement("w:pBdr")
    borders.append(rule(side, colour, size))
    return borders


def cell_margins() -> Any:
    """The room beside the text of a cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(made(f"w:{side}", w="40", type="dxa"))
    return margins


def repeat(row: Any) -> None:
    """Say a row again on each page that its table goes on to."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def hold(paragraph: Any) -> None:
    """Keep a paragraph on the page of what follows."""
    properties = paragraph.get_or_add_pPr()
    # By the schema right behind the style.
    properties.insert(1, OxmlElement("w:keepNext"))
