"""Rule documents: every one with its number, title and the day it holds from."""

from briefing.load import Briefing
from metrics.columns import records
from metrics.figures import day_text
from ui.guard import Here
from ui.html import element, show
from ui.tables import Column, Row, table


def draw(here: Here, view: Briefing) -> None:
    """The documents recorded so far, the newest first."""
    held = view.board.rules.sort_values(["valid_from", "recorded_at"], ascending=False)
    rows = [
        Row((row.number, row.title, day_text(row.valid_from, here.words.lang, short=True)))
        for row in records(held)
    ]
    columns = [Column(here.words(f"col.{key}")) for key in ("rule_number", "rule_title", "valid_from")]
    show(element("div", table(columns, rows), class_="xs"))
