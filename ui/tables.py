"""Tables that are read, clicked and printed: real HTML tables, figures right-aligned, units in the header."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.html import EMPTY, Markup, element, join

NONE = "—"


@dataclass(frozen=True)
class Column:
    """One column: its title and whether it holds figures."""

    title: str
    is_figure: bool = False
    width: str | None = None


@dataclass(frozen=True)
class Row:
    """One row: its head, its cells and whether it stands beneath the row above it."""

    cells: Sequence[Markup | str]
    is_second: bool = False


@dataclass(frozen=True)
class GroupRow:
    """A line across the table that names the rows below it."""

    title: Markup | str


def table(
    columns: Sequence[Column],
    rows: Iterable[Row | GroupRow],
    *,
    caption: Markup | str = EMPTY,
    is_tall: bool = False,
) -> Markup:
    """A table. The first column heads its row; a cell that is empty shows a dash, never nothing."""
    head = element("tr", *(_head(column) for column in columns))
    body = join(_row(columns, row) for row in rows)
    note = element("caption", caption) if caption else EMPTY
    whole = element("table", note, element("thead", head), element("tbody", body))
    return element("div", whole, class_="tall") if is_tall else whole


def _head(column: Column) -> Markup:
    style = f"width:{column.width}" if column.width else None
    return element("th", column.title, scope="col", class_="num" if column.is_figure else None, style=style)


def _row(columns: Sequence[Column], row: Row | GroupRow) -> Markup:
    if isinstance(row, GroupRow):
        return element("tr", element("td", row.title, colspan=len(columns)), class_="group")
    cells = [
        element("td", value if value != "" else NONE, class_="num" if column.is_figure else None)
        for column, value in zip(columns[1:], row.cells[1:], strict=True)
    ]
    first = element("th", row.cells[0] if row.cells[0] != "" else NONE, scope="row")
    return element("tr", first, *cells, class_="second" if row.is_second else None)


def facts(pairs: Iterable[tuple[str, Markup | str]]) -> Markup:
    """A list of named facts."""
    return element(
        "dl",
        join(element("dt", name) + element("dd", value if value != "" else NONE) for name, value in pairs),
        class_="facts",
    )
