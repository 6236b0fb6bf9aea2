"""How a workbook of Xushi looks: fonts, fills, widths, paper. White where people write, grey where not."""

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from intake.sheets.model import CellType, Column

FONT = "SimSun"
HEADING = "SimHei"
NAVY = "1F3A5F"
GREY = "EEF0F2"
RULE = "C5CAD1"
AMBER = "FFF4DC"
NOTE_GREY = "5A6270"

TITLE = Font(name=HEADING, size=16, color=NAVY, bold=True)
SUBTITLE = Font(name=FONT, size=10, color=NOTE_GREY)
HEADER = Font(name=HEADING, size=10, color="FFFFFF", bold=True)
BODY = Font(name=FONT, size=10)
BODY_GREY = Font(name=FONT, size=10, color=NOTE_GREY)
STRONG = Font(name=HEADING, size=11, color=NAVY, bold=True)

HEADER_FILL = PatternFill("solid", fgColor=NAVY)
LOCKED_FILL = PatternFill("solid", fgColor=GREY)
ASKED_FILL = PatternFill("solid", fgColor=AMBER)
_THIN = Side(style="thin", color=RULE)
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
LOCKED = Protection(locked=True)
UNLOCKED = Protection(locked=False)
ROW_HEIGHT = 18
# More columns than this cannot be read on one page's width.
MOST_COLUMNS = 24
DAY_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"
RIGHT = Alignment(horizontal="right", vertical="center")
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
NUMERIC = (CellType.QUANTITY, CellType.COUNT, CellType.SHARE)
CENTRED = (CellType.DAY, CellType.YES_NO, CellType.CHOICE)


def alignment(column: Column) -> Alignment:
    """Figures to the right, marks in the middle, text to the left."""
    if column.holds in NUMERIC:
        return RIGHT
    return CENTRE if column.holds in CENTRED else LEFT


def number_format(column: Column) -> str:
    """Codes and text stay text, so that leading zeros and 3–5 survive."""
    if column.holds is CellType.DAY:
        return DAY_FORMAT
    return "General" if column.holds in NUMERIC else TEXT_FORMAT


def paper(sheet: Worksheet, header: int, *, wide: bool = False) -> None:
    """A4 landscape, one page wide (two where it is `wide`), the header on every page, numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 2 if wide else 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{header}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N", size=9))


def decimals(scale: int) -> str:
    """The number format of a quantity with so many decimals."""
    return "#,##0" if scale == 0 else "#,##0." + "0" * scale


def dress(cell: Cell | MergedCell, column: Column, number_format: str, *, asked: bool) -> None:
    """Give a cell of the table its look: grey and locked where Xushi wrote it, amber where it asks."""
    cell.font = BODY_GREY if column.prefilled else BODY
    cell.alignment, cell.border = alignment(column), BORDER
    cell.protection = LOCKED if column.prefilled else UNLOCKED
    cell.number_format = number_format
    if asked:
        cell.fill = ASKED_FILL
    elif column.prefilled:
        cell.fill = LOCKED_FILL
