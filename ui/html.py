"""The one way from data to HTML: every value that is not already `Markup` is escaped.

`Markup("<td>{}</td>").format(value)` escapes `value`; `show` takes nothing but `Markup`.
A test over the syntax tree keeps `st.html` and raw joins out of every other file.
"""

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup, escape

__all__ = ["EMPTY", "Markup", "attrs", "element", "escape", "join", "show", "void"]

EMPTY = Markup("")


def join(parts: Iterable[Markup | str], between: str = "") -> Markup:
    """All parts one after another, each escaped unless it is markup; `between` is markup of ours."""
    return Markup(between.join(escape(part) for part in parts))


def attrs(**values: str | int | float | bool | None) -> Markup:
    """HTML attributes: None and False are left out, True stands alone, `class_` means class."""
    out = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        out.append(f" {key}" if value is True else f' {key}="{escape(value)}"')
    return Markup("".join(out))


def element(tag: str, *children: Markup | str, **values: str | int | float | bool | None) -> Markup:
    """One element with escaped attributes and children."""
    # Plain strings between: Markup's own format and join escape piece by piece in Python, many times slower.
    inside = "".join([escape(child) for child in children])
    return Markup(f"<{tag}{attrs(**values)}>{inside}</{tag}>")


def void(tag: str, **values: str | int | float | bool | None) -> Markup:
    """One element that has no content, such as an input."""
    return Markup(f"<{tag}{attrs(**values)}>")


def show(markup: Markup) -> None:
    """Draw markup on the page; anything not built as markup is refused."""
    if not isinstance(markup, Markup):
        raise TypeError("only Markup may be drawn: build it with ui.html")
    # Streamlit refuses to draw nothing.
    if markup:
        st.html(markup)
