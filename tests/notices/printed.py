"""How a spreadsheet program prints a number under its format: the other side of the comparison."""

import re
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.cell import Cell

# Words before, a sign, digits, a mark of shares, words after. Words stand between quotes.
_SECTION = re.compile(r'((?:"[^"]*"|[+−])*)([#,0]+(?:\.0+)?)(%?)((?:"[^"]*")*)')


def printed(cell: Cell) -> str:
    """What a reader sees in a cell. Knows the formats that workbooks of this room use and no others."""
    if not isinstance(cell.value, int | float) or cell.number_format == "General":
        return str(cell.value)
    value = Decimal(repr(cell.value))
    sections = cell.number_format.split(";")
    place = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 else 2
    found = _SECTION.fullmatch(sections[place])
    assert found, f"{sections[place]} is no format that is known here"
    before, digits, share, after = found.groups()
    scaled = (abs(value) if len(sections) > 1 else value) * (100 if share else 1)
    decimals = len(digits.partition(".")[2])
    shown = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{shown:,.{decimals}f}" if "," in digits else f"{shown:.{decimals}f}"
    return f"{before}{text}{share}{after}".replace('"', "")
