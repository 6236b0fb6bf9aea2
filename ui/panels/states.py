"""The strip of states: every judged cell counted once, each count a link to exactly those cells."""

from dataclasses import replace

from briefing.lists import ALL_COUNTED, COUNTED, LEFT_OUT, Counts, Selection
from metrics.vocabulary import State
from metrics.words import state_mark, state_word
from ui.cells import light_of
from ui.guard import Here
from ui.html import Markup, element, join

ORDER = (
    State.DONE,
    State.ON_PLAN,
    State.SLIGHTLY_BEHIND,
    State.BEHIND,
    State.FAR_BEHIND,
    State.UNFINISHED,
    State.UNREPORTED,
    State.AWAITING,
    State.NOT_YET_REPORTED,
)
assert set(ORDER) == set(COUNTED)


def strip(here: Here, counted: Counts, chosen: Selection) -> Markup:
    """The cards in the order of the judgement; states that nothing is in are left out."""
    everything = replace(chosen, state=ALL_COUNTED)
    cards = [_card(here, here.words("states.total"), counted.total, everything)]
    cards += [
        _card(
            here,
            f"{state_mark(state)} {state_word(state, here.words.lang)}",
            counted.by_state[state],
            replace(chosen, state=state),
            light=light_of(state),
        )
        for state in ORDER
        if counted.by_state[state]
    ]
    if counted.total_left_out:
        cards.append(
            _card(
                here,
                here.words("states.left_out"),
                counted.total_left_out,
                replace(chosen, state=LEFT_OUT),
                light="grey",
            )
        )
    return element("div", join(cards), class_="strip", role="list")


def _card(here: Here, label: str, count: int, chosen: Selection, light: str = "") -> Markup:
    return element(
        "a",
        element("span", label, class_="label"),
        element("span", str(count), class_=f"value s-{light}" if light else "value"),
        href=here.address.link("targets", **chosen.params()),
        role="listitem",
    )
