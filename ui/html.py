"""The one way from data to HTML: every value that is not already `Markup` is escaped.

`Markup("<td>{}</td>").format(value)` escapes `value`; `show` takes nothing but `Markup`.
A test over the syntax tree keeps `st.html` and raw joins out of every other file.
"""

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup, escape

__all__ = ["Markup", "attrs", "element", "escape", "join", "show", "void"]

EMPTY = Markup("")


def join(parts: Iterable[Markup | str], between: str = "") -> Markup:
    """All parts one after another, each escaped unless it is markup."""
    return Markup(between).join(parts)


def attrs(**values: str | int | float | bool | None) -> Markup:
    """HTML attributes: None and False are left out, True stands alone, `class_` means class."""
    out = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        out.append(Markup(" {}").format(key) if value is True else Markup(' {}="{}"').format(key, value))
    return join(out)


def element(tag: str, *children: Markup | str, **values: str | int | float | bool | None) -> Markup:
    """One element with escaped attributes and children."""
    return Markup("<{}{}>{}</{}>").format(Markup(tag), attrs(**values), join(children), Markup(tag))


def void(tag: str, **values: str | int | float | bool | None) -> Markup:
    """One element that has no content, such as an input."""
    return Markup("<{}{}>").format(Markup(tag), attrs(**values))


def show(markup: Markup) -> None:
    """Draw markup on the page; anything not built as markup is refused."""
    if not isinstance(markup, Markup):
        raise TypeError("only Markup may be drawn: build it with ui.html")
    st.html(markup)
