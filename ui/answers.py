"""What a form answers: what was done, or what is wrong and how to mend it."""

from collections.abc import Hashable

import streamlit as st

from data_access.errors import UserFacing
from ui.guard import Here
from ui.html import Markup, element, show
from ui.words import Words


def done(text: str) -> None:
    """Say that it is done."""
    show(element("div", element("p", text, class_="fine"), class_="xs"))


def wrong(*said: Markup | str) -> None:
    """Say what is wrong."""
    show(element("div", element("p", *said, class_="fault"), class_="xs"))


def fault(words: Words, found: UserFacing) -> None:
    """Say a fault and its remedy."""
    wrong(element("b", found.sentence(words.lang)), " ", found.remedy(words.lang))


def previewed(key: str, shown: Hashable) -> bool:
    """Keep what the preview was of that is drawn now; whether the one drawn before was of the same.

    The very press that saves may write a field first: what its author has never seen must not be saved by it.
    `key` is a place in the session.
    """
    before = st.session_state.get(key)
    st.session_state[key] = shown
    return bool(before == shown)


def refused_in_the_past(here: Here) -> bool:
    """Whether the view is of an earlier moment; then say that it can be read, not changed.

    A form there would show what was known then and act on what is known now.
    """
    if here.address.known_at is None:
        return False
    show(element("div", element("p", here.words("settings.past"), class_="note"), class_="xs"))
    return True
