"""Chinese text broken into lines as the standard asks: no figure in two parts, no mark at the wrong end of a line."""

import re
from collections.abc import Callable

# In one piece: a day, a document number, a figure with its sign, a word of letters; every other character by itself.
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_DOCUMENT = r"〔\d{4}〕\d+号"
_FIGURE = r"[+\-−]?\d[\d,.:]*[%‰％]?"
_WORD = r"[A-Za-z0-9][A-Za-z0-9_.\-]*"
_LEAST = re.compile(rf"{_FIGURE}|{_WORD}|\s|.", re.DOTALL)
_PIECES = re.compile(rf"{_DAY}|{_DOCUMENT}|[A-Za-z]{_WORD}|{_FIGURE}|{_WORD}|\s|.", re.DOTALL)
NEVER_FIRST = frozenset("，。、；：？！）〕》〉】』」”’%％…·—,.;:?!)]}")
NEVER_LAST = frozenset("（〔《〈【『「“‘([{")


def broken(text: str, first: float, room: float, width: Callable[[str], float]) -> list[str]:
    """The lines of a text; `first` is the room on the first one, `width` measures a piece."""
    lines: list[str] = []
    # What a line begins with before its first sign is an indent.
    inner = text.lstrip()
    line = text[: len(text) - len(inner)]
    used, limit = width(line) if line else 0.0, first
    for piece in _fitting(_joined(_PIECES.findall(inner)), room, width):
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


def stretches(line: str) -> list[str]:
    """A line in the parts between which its rest may be spread: figures and words stay as they are set."""
    return _LEAST.findall(line)


def _fitting(pieces: list[str], room: float, width: Callable[[str], float]) -> list[str]:
    """The pieces; one that no line can hold gives way to its own parts."""
    out: list[str] = []
    for piece in pieces:
        out += [piece] if width(piece) <= room else _joined(_LEAST.findall(piece))
    return out


def _joined(pieces: list[str]) -> list[str]:
    """The pieces with the marks that must stand beside them."""
    out: list[str] = []
    for piece in pieces:
        if out and (piece in NEVER_FIRST or out[-1][-1] in NEVER_LAST):
            out[-1] += piece
        else:
            out.append(piece)
    return out
