"""Which slide the address asks for, and how a press changes it: the address is written before the run,
so that every slide is a step of the browser's history and Back is the slide before.
"""

from functools import cache
from pathlib import Path
from typing import Any, cast

import streamlit as st

from ui.guard import Here
from ui.meeting.deck import Deck
from ui.meeting.entering import entry_asked

# The slide in the address: a0, a1 … for the pages of the agenda, 1, 2 … for the slides, end.
NUMBER, END, AGENDA = "n", "end", "a"
# In the session: the listener's last answer and how many presses it has counted.
KEY, PRESSES = "meeting_keys", "meeting_presses"


def place_of(here: Here, deck: Deck) -> int:
    """The place the address asks for; without one the slide of the page that was left, else the agenda."""
    asked = here.address.get(NUMBER)
    if asked == END:
        return deck.end
    if asked.isascii() and asked.isdigit():
        return deck.place_of_slide(min(max(int(asked), 1), len(deck.slides)))
    page = asked.removeprefix(AGENDA)
    if asked.startswith(AGENDA) and page.isascii() and page.isdigit():
        return min(int(page), len(deck.contents) - 1)
    entry = entry_asked(here, deck.entries)
    return deck.place_of_slide(deck.first_of(entry)) if entry else 0


def written_place(deck: Deck, place: int) -> str:
    """How the address writes a place."""
    if place >= deck.end:
        return END
    number = deck.number_of(place)
    return str(number) if number > 0 else f"{AGENDA}{place}"


def link_to(here: Here, deck: Deck, place: int) -> str:
    """The address of a place of this meeting."""
    return here.address.here(**{NUMBER: written_place(deck, place)})


def listen(here: Here, deck: Deck, place: int) -> None:
    """Mount the listener for keys and for clicks on links within the meeting."""

    def turned() -> None:
        answer = cast("Any", st.session_state[KEY]).get("to")
        asked, press = _read(answer, deck.end)
        if asked is None:
            return
        st.session_state[PRESSES] = press
        st.query_params[NUMBER] = written_place(deck, asked)

    data = {
        "at": place,
        "first": 0,
        "slides": len(deck.contents),
        "last": deck.end - 1,
        "end": deck.end,
        "presses": st.session_state.get(PRESSES, 0),
    }
    _keys()(key=KEY, data=data, on_to_change=turned)


def _read(answer: Any, end: int) -> tuple[int | None, int]:
    """The place and the count of a press; no place where what the browser sent is not one of ours."""
    if not isinstance(answer, dict):
        return None, 0
    asked, press = answer.get("at"), answer.get("press")
    if type(asked) is not int or type(press) is not int or not 0 <= asked <= end:
        return None, 0
    return asked, press


@cache
def _keys() -> Any:
    script = (Path(__file__).parent.parent / "meeting.js").read_text(encoding="utf-8")
    return st.components.v2.component("xushi_meeting", js=script)
