"""Two units for one task: both targets together under the figure of either."""

from briefing.figure import Figure
from briefing.pairs import pair_of
from metrics.wording import target_words
from metrics.words import state_word
from ui.cells import amount, cell_badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element


def note(here: Here, found: Figure) -> Markup:
    """The other target with its own judgement, where both stand together, and how they are counted."""
    both = pair_of(found.below, found.below.cells, found.unit, found.indicator)
    if both is None:
        return EMPTY
    words, other = here.words, both.other
    indicator = found.below.definitions[other.indicator]
    link = here.address.link("figure", u=found.unit, i=other.indicator)
    said = f" {amount(other, indicator, words)} / {target_words(other, indicator, words.lang)} {indicator['measure']}"
    kept = both.worse.kept
    return element(
        "div",
        element(
            "p",
            cell_badge(other, words),
            " ",
            element("a", words("pair.head", name=indicator["name"]), href=link),
            said,
        ),
        element(
            "p",
            words(
                "pair.both", name=indicator["name"], state=state_word(both.worse.state, words.lang, kept=kept)
            ),
            class_="quiet",
        ),
        class_="box",
    )
