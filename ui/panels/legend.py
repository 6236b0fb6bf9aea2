"""The rule in words wherever a light shows: at the foot of the page the thresholds, in the settings the whole."""

from briefing.load import Briefing
from metrics.legend import (
    attention_rule,
    document_line,
    lagging_rule,
    legend,
    notes,
    own_thresholds,
    rank_rule,
)
from metrics.rules import Rules
from metrics.words import Lang, state_mark, state_word
from ui.cells import badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.tables import Column, Row, table


def at_foot(here: Here, briefing: Briefing) -> Markup:
    """Which document gives the lights of the page, its thresholds for all, and where the rest stands."""
    words, rules = here.words, briefing.rules
    lines = words("list.semicolon").join(
        f"{state_mark(state)} {state_word(state, words.lang)} {text}"
        for state, text in legend(rules, words.lang)
    )
    text = words("rules.foot", document=document_line(rules, words.lang), lines=lines)
    if rules.own.exceptions:
        text += words("rules.foot_own", count=len(rules.own.exceptions))
    number = "" if rules.valid_from is None else rules.number
    link = here.address.link("settings", s="rules", number=number)
    return element(
        "p",
        text,
        element("span", " ", element("a", words("rules.whole"), href=link), class_="noprint"),
        class_="edges",
    )


def whole(here: Here, briefing: Briefing, rules: Rules) -> Markup:
    """One document printed in full: every threshold with its edges, every rule in a sentence."""
    words, lang = here.words, here.words.lang
    names = dict(
        zip(briefing.directory.indicators["code"], briefing.directory.indicators["name"], strict=True)
    )
    lines = [Row((badge(state, words), text)) for state, text in legend(rules, lang)]
    columns = [Column(words("col.state")), Column(words("rules.threshold"))]
    return element(
        "div",
        element("h2", document_line(rules, lang)),
        table(columns, lines),
        _list(words("rules.own"), own_thresholds(rules, lang, names)),
        _list(words("rules.notes"), notes(rules, lang)),
        _list(words("rules.units"), _of_units(rules, lang)),
    )


def _of_units(rules: Rules, lang: Lang) -> tuple[str, ...]:
    return (lagging_rule(rules, lang), rank_rule(rules, lang), attention_rule(rules, lang))


def _list(title: str, lines: tuple[str, ...]) -> Markup:
    if not lines:
        return EMPTY
    return element("h3", title) + element("ul", join(element("li", line) for line in lines), class_="rules")
