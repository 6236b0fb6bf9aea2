"""The one theme: the style sheet that every page draws first."""

from functools import cache
from pathlib import Path

from ui.html import Markup

# The same inks as in theme.css, for charts: Vega cannot read a style sheet.
INK, QUIET, NAVY, RULE = "#1F2328", "#57606A", "#1F3A5F", "#E6EAEF"
# Last year behind this one, and the ground of an interval.
FAINT, BAND = "#9AA3AD", "#C9D3DF"


@cache
def style() -> Markup:
    """The style sheet as markup. It is a file of ours, not data."""
    return _sheet("theme.css")


@cache
def meeting_style() -> Markup:
    """What a slide adds to it."""
    return _sheet("meeting.css")


def _sheet(name: str) -> Markup:
    css = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return Markup("<style>{}</style>").format(Markup(css))


def button_word(text: str) -> Markup:
    """The word on Streamlit's upload button, which takes none by itself."""
    return Markup("<style>:root {{ --choose-file: '{}'; }}</style>").format(text)


def upright() -> Markup:
    """Print this page on upright A4 instead of on its side."""
    return Markup("<style>@page {{ size: A4 portrait; }}</style>").format()
