"""Papers as they are printed: the lines of each page, with their places."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

MM = 72 / 25.4


@dataclass(frozen=True)
class Printed:
    """A line of a page, in millimetres from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page with its lines, in millimetres."""

    width: float
    height: float
    lines: tuple[Printed, ...]

    @property
    def body(self) -> tuple[Printed, ...]:
        """The lines of the text, without the page number."""
        return tuple(line for line in self.lines if not re.fullmatch(r"—\d+—", line.text))

    @property
    def number(self) -> Printed:
        [found] = [line for line in self.lines if re.fullmatch(r"—\d+—", line.text)]
        return found


def tool(name: str, package: str) -> str:
    """A program of this machine; the test is skipped where it is not."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} on this machine: install {package} to print the notice")
    return found


def pages_of(pdf: Path) -> list[Page]:
    """The pages of a PDF, as poppler reads them."""
    reader = tool("pdftotext", "poppler-utils")
    done = subprocess.run([reader, "-bbox-layout", str(pdf), "-"], check=True, capture_output=True)
    root = ElementTree.fromstring(done.stdout)
    pages = []
    for page in root.iter("{http://www.w3.org/1999/xhtml}page"):
        # Words of one height are one line: the program takes wide gaps for the ends of lines.
        rows: dict[int, list[Printed]] = {}
        for each in page.iter("{http://www.w3.org/1999/xhtml}word"):
            box = [float(each.get(name, "")) / MM for name in ("xMin", "yMin", "xMax", "yMax")]
            rows.setdefault(round(box[3]), []).append(Printed(each.text or "", *box))
        lines = [_joined(rows[height]) for height in sorted(rows)]
        width, height = (float(page.get(name, "")) / MM for name in ("width", "height"))
        pages.append(Page(width, height, tuple(lines)))
    return pages


def _joined(words: list[Printed]) -> Printed:
    words.sort(key=lambda each: each.left)
    return Printed(
        "".join(each.text for each in words),
        words[0].left,
        min(each.top for each in words),
        words[-1].right,
        max(each.bottom for each in words),
    )


def printed_pages(folder: Path, files: Mapping[str, bytes]) -> dict[str, list[Page]]:
    """Word files as LibreOffice prints them, all in one call."""
    office = tool("soffice", "libreoffice-writer")
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, *(str(folder / f"{name}.docx") for name in files)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: pages_of(folder / f"{name}.pdf") for name in files}
