"""Chinese text broken into lines as the standard asks: no figure in two parts, no mark at the wrong end of a line."""

import re
from collections.abc import Callable

# A figure with its unit sign, or a word of letters, is one piece; every other character is one of its own.
_PIECES = re.compile(r"[+\-−]?\d[\d,.]*[%‰]?|[A-Za-z0-9][A-Za-z0-9_.\-]*|\s|.", re.DOTALL)
NEVER_FIRST = frozenset("，。、；：？！）》〉】』」”’%％…·—,.;:?!)]}")
NEVER_LAST = frozenset("（《〈【『「“‘([{")


def broken(text: str, first: float, room: float, width: Callable[[str], float]) -> list[str]:
    """The lines of a text; `first` is the room on the first one, `width` measures a piece."""
    lines: list[str] = []
    line, used, limit = "", 0.0, first
    for piece in _joined(_PIECES.findall(text)):
        size = width(piece)
        if line and used + size > limit:
            lines.append(line)
            line, used, limit = "", 0.0, room
        if size > limit:
            # A piece wider than the line, such as a long code in a narrow cell, is broken where it must.
            for character in piece:
                step = width(character)
                if line and used + step > limit:
                    lines.append(line)
                    line, used, limit = "", 0.0, room
                line, used = line + character, used + step
            continue
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line] if line or not lines else lines


def _joined(pieces: list[str]) -> list[str]:
    """The pieces with the marks that must stand beside them."""
    out: list[str] = []
    for piece in pieces:
        if out and (piece in NEVER_FIRST or out[-1][-1] in NEVER_LAST):
            out[-1] += piece
        else:
            out.append(piece)
    return out
