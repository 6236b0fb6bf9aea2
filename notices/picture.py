"""A chart becomes a PNG, the same on every machine: with the typeface that ships, whatever is installed."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import vl_convert

from notices.typeface import STYLES, truetype

DOTS_PER_PIXEL = 2.0
# What the drawing library writes by itself: figures of the axes, with their minus sign.
ALWAYS = frozenset("0123456789.,%+-−")

Spec = Mapping[str, Any]


class _Fonts:
    """The fonts registered with the drawing library so far: it can take them but never give them back."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.held: frozenset[str] = frozenset()
        self.family = ""

    def family_for(self, characters: frozenset[str]) -> str:
        """A family that has these characters; made anew, with all before, only when one is new."""
        with self.lock:
            if not characters <= self.held:
                self._make(self.held | characters)
            return self.family

    def _make(self, characters: frozenset[str]) -> None:
        text = "".join(sorted(characters))
        # One word that begins with a letter: unquoted, anything else is no name of a family.
        family = f"XSSans{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        self.folder = self.folder or tempfile.TemporaryDirectory(
            prefix="xushi_fonts_", ignore_cleanup_errors=True
        )
        place = Path(self.folder.name) / family
        place.mkdir()
        for weight, style in STYLES.items():
            (place / f"{style}.ttf").write_bytes(truetype(text, weight, family))
        vl_convert.register_font_directory(str(place))
        self.held, self.family = characters, family


_fonts = _Fonts()


def png(spec: Spec) -> bytes:
    """A Vega-Lite chart, its data inside it, as a PNG at twice its size; asks no address for anything."""
    family = _fonts.family_for(ALWAYS | _characters(spec))
    config = {**spec.get("config", {}), "font": family}
    return vl_convert.vegalite_to_png(
        {**spec, "config": config, "background": "#FFFFFF", "padding": 16},
        scale=DOTS_PER_PIXEL,
        allowed_base_urls=[],
    )


def ready(specs: Iterable[Spec]) -> None:
    """Make the font of several charts at once: drawn one by one, each would make it anew for its own characters."""
    held: frozenset[str] = ALWAYS.union(*map(_characters, specs))
    _fonts.family_for(held)


def _characters(spec: Spec) -> frozenset[str]:
    """Every character that could be drawn: those of the chart's words and of its data."""
    return frozenset(each for each in json.dumps(spec, ensure_ascii=False) if each.isprintable())
