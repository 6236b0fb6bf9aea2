"""Reads the markup a page drew, as a reader would: sentence, tables, links, fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "img", "col", "hr", "meta", "link"}


@dataclass
class Node:
    """An element with its attributes and what stands in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        """The element and all within it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find(self, tag: str, cls: str = "") -> "list[Node]":
        """Every element of a tag, and of a class if one is named."""
        return [
            node
            for node in self.walk()
            if node.tag == tag and (not cls or cls in node.attrs.get("class", "").split())
        ]

    @property
    def text(self) -> str:
        """The text in it, spaces folded."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1].tag != "style":
            self.open[-1].children.append(data)


def parse(markup: str) -> Node:
    """The page as a tree. Markup whose elements do not close each other fails."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == [reader.root], "an element is left open"
    return reader.root


@dataclass(frozen=True)
class Table:
    """A table as it is read: titles of the columns and the cells of each row."""

    titles: list[str]
    rows: list[list[Node]]

    def column(self, title: str) -> list[str]:
        """The texts of one column."""
        place = self.titles.index(title)
        return [row[place].text for row in self.rows]


def tables(page: Node) -> list[Table]:
    """Every table; rows that only name the rows below them are left out."""
    out = []
    for node in page.find("table"):
        heads = [head.text for head in node.find("thead")[0].find("th")]
        rows = [row for row in node.find("tbody")[0].find("tr") if "group" not in row.attrs.get("class", "")]
        cells = [[cell for cell in row.children if isinstance(cell, Node)] for row in rows]
        out.append(Table(heads, cells))
    return out
