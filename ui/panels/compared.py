"""Two snapshots side by side, or one and today: what moved, who stands better or worse, what was corrected."""

from dataclasses import replace

import pandas as pd

from briefing.changes import between
from briefing.load import Briefing
from briefing.ranking import ranking
from data_access.engine import read
from data_access.errors import SnapshotUnknown, UserFacing
from data_access.snapshots import read_snapshots
from metrics.columns import records
from metrics.figures import day_text
from ui import answers
from ui.database import engine
from ui.filters import form
from ui.guard import Here
from ui.html import Markup, element, show
from ui.panels.changes import Chosen, listing, sentence
from ui.tables import Column, Row, table
from ui.views import county_view, frozen_view

NOW = "now"


def draw(here: Here) -> None:
    """The two choices, and what differs."""
    words = here.words
    with read(engine()) as connection:
        held = [each.heading for each in read_snapshots(connection, here.scope)]
    if not held:
        return
    one = [("", words("compared.choose"))]
    one += [
        (str(each.number), words("compared.one", number=each.number, day=day_text(each.as_of, words.lang)))
        for each in held
    ]
    fields = form(here, {"a": one, "b": [*one, (NOW, words("compared.now"))]})
    head = element("h2", words("compared.title"), id="compare")
    show(element("div", head, element("p", words("compared.help"), class_="quiet"), fields, class_="xs"))
    first, second = here.address.get("a"), here.address.get("b")
    if not (first and second):
        return
    if first == second:
        show(element("div", element("p", words("compared.same"), class_="note"), class_="xs"))
        return
    try:
        show(element("div", *_compared(here, first, second), class_="xs"))
    except UserFacing as fault:
        answers.fault(words, fault)


def _compared(here: Here, first: str, second: str) -> tuple[Markup, ...]:
    sides = [frozen_view(here, _number(first)).county]
    if second == NOW:
        then = sides[0].frame
        now = replace(here.address, year=then.year, as_of=then.as_of, known_at=None)
        sides.append(county_view(replace(here, address=now)))
    else:
        sides.append(frozen_view(here, _number(second)).county)
    # The earlier day stands first, of one day what was known earlier, whichever was chosen first.
    before, after = sorted(sides, key=lambda side: (side.frame.as_of, side.frame.moment))
    with read(engine()) as connection:
        found = between(connection, before, after)
    chosen = Chosen(_at(here, before), _at(here, after), found, is_readable=True)
    return (
        element("p", sentence(here, chosen), class_="strong"),
        element("h3", here.words("compared.ranks")),
        _ranks(here, before, after),
        listing(here, chosen),
    )


def _number(text: str) -> int:
    if not text.isdigit():
        raise SnapshotUnknown(text)
    return int(text)


def _at(here: Here, side: Briefing) -> Here:
    """The address at which a side can be seen."""
    frame = side.frame
    address = replace(here.address, year=frame.year, as_of=frame.as_of, known_at=frame.known_at)
    return replace(here, address=address)


def _ranks(here: Here, before: Briefing, after: Briefing) -> Markup:
    """The townships whose rank is another; the best of today first."""
    words = here.words
    old = {row.unit: row.rank for row in records(ranking(before))}
    rows = []
    for row in records(ranking(after).sort_values("rank", na_position="last")):
        was = old.get(row.unit, pd.NA)
        if (pd.isna(was) and pd.isna(row.rank)) or (pd.notna(was) and pd.notna(row.rank) and was == row.rank):
            continue
        shown = [words("compared.unranked") if pd.isna(rank) else str(int(rank)) for rank in (was, row.rank)]
        rows.append(Row((after.names[row.unit], words("compared.rank", before=shown[0], after=shown[1]))))
    if not rows:
        return element("p", words("compared.ranks_same"), class_="quiet")
    columns = [Column(words("col.unit")), Column(words("compared.ranks"))]
    return table(columns, rows)
