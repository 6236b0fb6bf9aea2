"""The guard: the first call of every page, and the reason why no page can be reached around the door.

`admit` is called by the router on every run; `require` refuses a page that runs without it, as a cold
process does when it is asked for a page file directly. Until sign-in exists the scope is the whole
county and the application listens on loopback only; a later issue replaces the choice made here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

import streamlit as st

from data_access.errors import DatabaseUnreachable, UserFacing
from data_access.scope import Scope
from ui import clock
from ui.address import Address, parse
from ui.defaults import county_in_view, default_day
from ui.html import EMPTY, Markup, element, show
from ui.theme import style
from ui.words import Words, words_of

ADMITTED = "_router_ok"


@dataclass(frozen=True)
class Here:
    """Where the reader stands and what they may see: all a page needs to begin."""

    address: Address
    words: Words
    scope: Scope
    now: datetime
    today: date
    # What this one run has already asked for, such as the version of the data.
    asked: dict[str, tuple[int, datetime | None]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_ahead(self) -> bool:
        """Whether the as-of day is after today: what falls due by then is shown and has not happened."""
        return self.address.as_of > self.today


def admit() -> None:
    """Said by the router before it hands over to a page."""
    st.session_state[ADMITTED] = True


def require(page: str) -> Here:
    """Admit the reader to a page, or stop the run with a sentence that says why not."""
    words = words_of(st.query_params.get("lang", "zh"))
    if not st.session_state.get(ADMITTED):
        _stop(words("guard.no_door"))
    county = county_in_view()
    fallback = default_day()
    address = parse(page, st.query_params.to_dict(), fallback)
    return Here(address, words_of(address.lang), Scope.whole(county), clock.now(), clock.today())


def refuse(fault: UserFacing) -> None:
    """Say a fault in the reader's language instead of the page, and stop."""
    words = words_of(st.query_params.get("lang", "zh"))
    if isinstance(fault, DatabaseUnreachable):
        _wait_for_database(fault, words)
    _stop(fault.sentence(words.lang), fault.remedy(words.lang))


def _stop(sentence: str, remedy: str = "") -> None:
    show(_alone(sentence, remedy))
    st.stop()


def _alone(sentence: str, remedy: str, *below: Markup) -> Markup:
    """A page that holds nothing but what is wrong and what to do about it."""
    words = words_of(st.query_params.get("lang", "zh"))
    return style() + element(
        "div",
        element("p", words("app.title"), class_="brand"),
        element("h1", sentence),
        element("p", remedy, class_="note") if remedy else EMPTY,
        *below,
        class_="xs alone",
    )


def _wait_for_database(fault: DatabaseUnreachable, words: Words) -> None:
    """Say that the database is away, keep the address, and come back by itself when it answers."""
    again = element("p", words("guard.retry"), class_="quiet")
    show(_alone(fault.sentence(words.lang), fault.remedy(words.lang), again))

    @st.fragment(run_every="3s")
    def look_again() -> None:
        from ui.database import fault

        if fault() is None:
            st.rerun()

    look_again()
    st.stop()
