"""A Word file edited as people do it, through its XML: no part of the product is used."""

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from xml.etree import ElementTree

BODY = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = ElementTree.Element


def w(tag: str, *children: Element, **values: str) -> Element:
    """An element of a document."""
    made = ElementTree.Element(f"{W}{tag}", {f"{W}{name}": value for name, value in values.items()})
    made.extend(children)
    return made


def run(text: str) -> Element:
    """A run of text."""
    held = w("t")
    held.text = text
    return w("r", held)


def control(key: str, text: str) -> Element:
    """A content control with a tag."""
    return w("sdt", w("sdtPr", w("tag", val=key)), w("sdtContent", run(text)))


def text_in(element: Element) -> str:
    """All text inside an element."""
    return "".join(held.text or "" for held in element.iter(f"{W}t"))


def key_of(held: Element) -> str:
    """The tag of a control."""
    tag = held.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else tag.get(f"{W}val", "")


class Edited:
    """The body of a Word file, open for editing."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.root = ElementTree.fromstring(archive.read(BODY))
        [self.body] = self.root.findall(f"{W}body")

    def saved(self) -> bytes:
        """The file with the edited body; all other parts as they were."""
        return with_body(
            self.content, ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)
        )

    def controls(self, key: str = "") -> list[Element]:
        """The controls with a key, in order; without one all controls."""
        return [held for held in self.root.iter(f"{W}sdt") if not key or key_of(held) == key]

    def parent(self, element: Element) -> Element:
        return next(above for above in self.root.iter() if any(child is element for child in above))

    def above(self, element: Element, tag: str) -> Element:
        """The nearest element of a kind around another."""
        around = self.parent(element)
        return around if around.tag == f"{W}{tag}" else self.above(around, tag)

    def paragraph(self, key: str) -> Element:
        """The paragraph in which a key stands first."""
        return self.above(self.controls(key)[0], "p")

    def tables(self) -> list[Element]:
        return self.body.findall(f"{W}tbl")

    def table(self, key: str) -> Element:
        """The table that holds a key."""
        return next(
            each for each in self.tables() if any(key_of(held) == key for held in each.iter(f"{W}sdt"))
        )

    def row(self, key: str, within: Element) -> Element:
        """The row of a table that holds a key."""
        return next(
            row for row in within.iter(f"{W}tr") if any(key_of(held) == key for held in row.iter(f"{W}sdt"))
        )

    def remove(self, element: Element) -> None:
        self.parent(element).remove(element)

    def replace(self, element: Element, *others: Element) -> None:
        around = self.parent(element)
        place = list(around).index(element)
        around.remove(element)
        for other in reversed(others):
            around.insert(place, other)

    def say(self, held: Element, text: str) -> None:
        """Type another text into a control."""
        said = list(held.iter(f"{W}t"))
        said[0].text = text
        for further in said[1:]:
            further.text = ""

    def unbind(self, held: Element, text: str | None = None) -> None:
        """Replace a control by plain text: its own, or another."""
        self.replace(held, run(text_in(held) if text is None else text))

    def typed(self, text: str) -> Element:
        """A paragraph at the end of the body."""
        paragraph = w("p", run(text))
        self.body.insert(len(self.body) - 1, paragraph)
        return paragraph


def with_body(content: bytes, body: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file with another body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w", compression) as written:
        for member in archive.infolist():
            written.writestr(member.filename, body if member.filename == BODY else archive.read(member))
    return out.getvalue()


def own_runs(paragraph: Element) -> Iterator[Element]:
    """The texts of a paragraph that stand outside its controls."""
    for child in paragraph.findall(f"{W}r"):
        yield from child.findall(f"{W}t")


def copied(element: Element) -> Element:
    return deepcopy(element)


Edit = Callable[[Edited], object]
