"""The document that goes out: number and day written where the draft left them blank.

What people edited stays as it is, byte by byte but for these two places. A program that drops the tags of content
controls leaves the blank text, which is found by what it says.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lxml import etree

from metrics.figures import day_text
from notices.archive import zipped
from notices.content import BLANK_DAY, BLANK_NUMBER, Paper, Run, Runs, squeezed
from notices.reading import BODY, read_lines
from notices.words import say


def blank_number(year: int) -> Runs:
    """Where the number of a paper goes, left blank."""
    return (Run(say("notice.number_blank", "zh", year=year), BLANK_NUMBER),)


def blank_day() -> Runs:
    """Where the day of a paper goes, left blank."""
    return (Run(say("notice.day_blank", "zh"), BLANK_DAY),)


def said_at_issue(number: str, day: date) -> dict[str, str]:
    """What is written into the blanks of a paper that is issued under a number on a day."""
    return {BLANK_NUMBER: number, BLANK_DAY: day_text(day)}


def filled(content: bytes, paper: Paper, said: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    """A .docx file with the blanks of its paper filled in, and the texts that found no place in it.

    `said` holds the text of each blank by its key. A text that people already typed has its place.
    """
    blank = {run.key: run.text for run in paper.blanks()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(member.filename, archive.read(member)) for member in archive.infolist()]
    root = etree.fromstring(dict(members)[BODY], etree.XMLParser(resolve_entities=False, no_network=True))
    left = [key for key in blank if not _fill(root, key, blank[key], said[key])]
    if len(left) == len(blank):
        made = content
    else:
        body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        made = zipped((name, body if name == BODY else held) for name, held in members)
    lines = [squeezed(line.text) for line in read_lines(made)] if left else []
    return made, tuple(said[key] for key in left if not any(squeezed(said[key]) in line for line in lines))


def _fill(root: Any, key: str, blank: str, text: str) -> bool:
    """Write a text into the controls of a key, or over the blank where a program dropped their tags."""
    places = [control for control in _all(root, "sdt") if _tag(control) == key]
    places = places or [line for line in _all(root, "p") if squeezed(_text(line)) == squeezed(blank)]
    for place in places:
        first, *others = _all(place, "t")
        first.text = text
        for each in others:
            each.text = ""
    # At the foot of the last page the blank has words beside it.
    beside = [each for each in _all(root, "t") if blank in (each.text or "")]
    for each in beside:
        each.text = (each.text or "").replace(blank, text)
    return bool(places or beside)


def _tag(control: Any) -> str:
    """The key of a control that has text of its own."""
    tags = [tag for properties in control if _name(properties) == "sdtPr" for tag in _all(properties, "tag")]
    values = (str(value) for tag in tags for name, value in tag.attrib.items() if name.endswith("}val"))
    return next(values, "") if next(_all(control, "t"), None) is not None else ""


def _text(place: Any) -> str:
    return "".join(each.text or "" for each in _all(place, "t"))


def _all(place: Any, name: str) -> Iterator[Any]:
    return (each for each in place.iter() if _name(each) == name)


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
