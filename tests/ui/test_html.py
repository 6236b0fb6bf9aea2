"""Nothing that came from people can become markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.html import Markup, attrs, element, join, show, void

ATTACKS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'</td>", "&lt;b&gt;", "{0}{x}"]


@pytest.mark.parametrize("text", ATTACKS)
def test_text_is_escaped_wherever_it_stands(text: str) -> None:
    drawn = element("td", text, title=text) + void("input", value=text) + join([text])
    assert "<script" not in drawn and "<img" not in drawn
    assert drawn.count("<") == 3


@given(st.text())
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    assert Markup(join([text])).unescape() == text


def test_attributes_left_out_and_alone() -> None:
    assert attrs(class_="a", hidden=True, title=None, checked=False, aria_label="x") == (
        ' class="a" hidden aria-label="x"'
    )


def test_only_markup_is_drawn() -> None:
    with pytest.raises(TypeError):
        show("<b>plain text</b>")  # type: ignore[arg-type]
