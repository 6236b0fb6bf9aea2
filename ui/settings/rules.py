"""Rule documents: every one with its days and its author, one printed whole, and the draft of a new one."""

from typing import Any

from briefing.load import Briefing
from metrics.columns import records
from metrics.figures import day_text
from metrics.rules import DEFAULT_RULES, Rules, document_in_force, parse_rules
from ui.clock import county_time
from ui.guard import Here
from ui.html import Markup, element
from ui.panels import legend
from ui.settings import rule_draft
from ui.tables import Column, Row, table
from ui.views import county_view, present


def draw(here: Here, view: Briefing) -> None:
    """The documents and the one that is open; below them the form of a new one where it is asked for."""
    present(here, documents)
    if here.address.get("draft"):
        rule_draft.draw(here, view)


def documents(here: Here) -> Markup:
    """The list, and one document in full: the one named, else the one in force on the day in view."""
    view, words = county_view(here), here.words
    if here.address.get("draft"):
        return element("div", _list(here, view), class_="xs")
    link = element("a", words("rules.draft"), href=here.address.here(draft="1"), class_="button")
    whole = legend.whole(here, view, _chosen(here, view))
    return element("div", _list(here, view), element("p", link), whole, class_="xs")


def _chosen(here: Here, view: Briefing) -> Rules:
    number = here.address.get("number")
    held = view.board.rules
    named = held[held["number"] == number].sort_values(["valid_from", "recorded_at"])
    row = next(records(named.tail(1)), None) or document_in_force(held, here.address.as_of)
    if row is None:
        return DEFAULT_RULES
    return parse_rules(row.number, row.title, row.content, valid_from=row.valid_from)


def _list(here: Here, view: Briefing) -> Markup:
    words, held = here.words, view.board.rules
    if held.empty:
        return element("p", words("rules.none"), class_="note")
    in_force = {
        "rules.in_view": document_in_force(held, here.address.as_of),
        "rules.today": document_in_force(held, here.today),
    }
    keys = ("rule_number", "rule_title", "valid_from", "rule_recorded", "rule_author", "rule_in_force")
    ordered = held.sort_values(["valid_from", "recorded_at"], ascending=False)
    rows = [
        _row(here, row, [words(key) for key, one in in_force.items() if one is not None and one.id == row.id])
        for row in records(ordered)
    ]
    return table([Column(words(f"col.{key}")) for key in keys], rows)


def _row(here: Here, row: Any, held: list[str]) -> Row:
    recorded = county_time(row.recorded_at).strftime("%Y-%m-%d %H:%M")
    return Row(
        (
            element("a", row.number, href=here.address.here(number=row.number, draft=None)),
            row.title,
            day_text(row.valid_from, here.words.lang, short=True),
            recorded,
            row.author,
            here.words("list.pause").join(held),
        )
    )
