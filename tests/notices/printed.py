"""How a spreadsheet program prints a number under its format: the other side of the comparison."""

from decimal import ROUND_HALF_UP, Decimal

from openpyxl.cell import Cell


def printed(cell: Cell) -> str:
    """What a reader sees in a cell. Knows the formats that snapshots use and no others."""
    if not isinstance(cell.value, int | float) or cell.number_format == "General":
        return str(cell.value)
    value = Decimal(repr(cell.value))
    sections = cell.number_format.split(";")
    place = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 else 2
    form = sections[place]
    is_share, sign = form.endswith("%"), form[0] if form[0] in "+−" else ""
    bare = form.strip("+−%")
    decimals = len(bare.partition(".")[2])
    scaled = (abs(value) if len(sections) > 1 else value) * (100 if is_share else 1)
    shown = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{shown:,.{decimals}f}" if "," in bare else f"{shown:.{decimals}f}"
    return f"{sign}{text}{'%' if is_share else ''}"
