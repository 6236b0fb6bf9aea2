"""The typeface that ships with Xushi: Noto Sans SC in slices, for browsers and for pictures.

A browser fetches the slices it lacks by itself (`fonts/xs-sans.css`). What draws pictures reads neither
slices nor woff2, so `truetype` puts the glyphs that a text needs into one ordinary font of one weight.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"
STYLE_SHEET = "xs-sans.css"
FACE = re.compile(r"font-weight:(\d+) (\d+);.*?url\((.+?)\).*?unicode-range:(.+?)\}")
STYLES = {400: "Regular", 700: "Bold"}
# Of Noto Sans SC, in font units.
EM, ASCENT, DESCENT = 1000, 1160, 288
# The first day of 2000, in seconds since 1904 as fonts count them.
MADE = 3_029_529_600


@dataclass(frozen=True)
class Slice:
    """One file of the typeface: the weights it draws and the characters it declares (first, last)."""

    file: str
    lightest: int
    heaviest: int
    ranges: tuple[tuple[int, int], ...]

    def declares(self, code: int) -> bool:
        """Whether a character is in its ranges; the file may still lack it."""
        return any(first <= code <= last for first, last in self.ranges)


@dataclass(frozen=True)
class Glyph:
    """One character drawn: its outline, its advance and its left edge in font units."""

    outline: Any
    advance: int
    left: int


@cache
def slices() -> tuple[Slice, ...]:
    """Every slice, as the style sheet declares it to browsers."""
    css = (FOLDER / STYLE_SHEET).read_text(encoding="ascii")
    return tuple(
        Slice(file, int(lightest), int(heaviest), tuple(_ranges(ranges)))
        for lightest, heaviest, file, ranges in FACE.findall(css)
    )


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for part in text.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        yield int(first, 16), int(last or first, 16)


@cache
def _declared() -> dict[int, list[Slice]]:
    """The slices that declare each character."""
    held: dict[int, list[Slice]] = {}
    for each in slices():
        for first, last in each.ranges:
            for code in range(first, last + 1):
                held.setdefault(code, []).append(each)
    return held


@cache
def glyph(character: str, weight: int) -> Glyph | None:
    """A character at a weight; None where no slice has it."""
    for each in _declared().get(ord(character), ()):
        if not each.lightest <= weight <= each.heaviest:
            continue
        font = _opened(each.file)
        name = font.getBestCmap().get(ord(character))
        if name is not None:
            return _drawn(_glyphs(each.file, weight), name)
    return None


@cache
def _opened(file: str) -> TTFont:
    return TTFont(FOLDER / file)


@cache
def _glyphs(file: str, weight: int) -> Any:
    """The glyphs of a file at a weight: making this anew for each of them takes longer than drawing it."""
    font = _opened(file)
    return font.getGlyphSet(location={"wght": weight} if "fvar" in font else None)


def _drawn(glyphs: Any, name: str) -> Glyph:
    # Composed glyphs are drawn out: their parts are names in another font.
    strokes = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(strokes)
    pen = TTGlyphPen(None)
    strokes.replay(pen)
    outline = pen.glyph(dropImpliedOnCurves=False)
    outline.recalcBounds(None)
    return Glyph(outline, round(glyphs[name].width), getattr(outline, "xMin", 0))


def truetype(characters: str, weight: int, family: str) -> bytes:
    """An ordinary font of one weight (400 or 700) with these characters, as .ttf; those no slice has are left out."""
    drawn = {ord(each): glyph(each, weight) for each in sorted(set(characters) | {" "})}
    held = {f"u{code:05X}": (code, one) for code, one in drawn.items() if one is not None}
    blank = Glyph(TTGlyphPen(None).glyph(), EM, 0)
    outlines = {".notdef": blank, **{name: one for name, (_, one) in held.items()}}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap({code: name for name, (code, _) in held.items()})
    builder.setupGlyf({name: one.outline for name, one in outlines.items()})
    builder.setupHorizontalMetrics({name: (one.advance, one.left) for name, one in outlines.items()})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    style = STYLES[weight]
    builder.setupNameTable(
        {"familyName": family, "styleName": style, "psName": f"{family.replace(' ', '')}-{style}"}
    )
    builder.setupOS2(usWeightClass=weight, usWinAscent=ASCENT, usWinDescent=DESCENT)
    builder.setupPost()
    # Of no moment: the same characters give the same font.
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = MADE
    out = BytesIO()
    builder.save(out)
    return out.getvalue()
