"""Two snapshots side by side, or one and today: what moved, who stands better or worse, what was corrected."""

from dataclasses import replace

import pandas as pd

from briefing.changes import between
from briefing.load import Briefing
from briefing.part import narrowed
from briefing.ranking import ranking
from data_access.engine import read
from data_access.errors import SnapshotUnknown, UserFacing
from data_access.scope import Scope
from data_access.snapshots import read_snapshots
from metrics.columns import records
from ui import answers
from ui.database import engine
from ui.filters import form
from ui.guard import Here
from ui.html import EMPTY, Markup, element, show
from ui.panels.changes import Chosen, listing, sentence
from ui.panels.kept import snapshot_name
from ui.tables import Column, Row, table
from ui.views import county_view, frozen_view, villages_view

NOW = "now"


class PartsDiffer(UserFacing):
    """Two snapshots of different parts have nothing to compare."""

    code = "parts_differ"
    zh = "两份快照的范围不同，没有可以比较的数字。"
    en = "The two snapshots are of different parts; there is nothing to compare."
    remedy_zh = "请选同一范围的快照，或其中一份选全县的。"
    remedy_en = "Choose two of the same part, or one of the whole county."


def draw(here: Here) -> None:
    """The two choices, and what differs."""
    words = here.words
    with read(engine()) as connection:
        held = [each.heading for each in read_snapshots(connection, here.scope)]
    if not held:
        return
    view = county_view(here)
    one = [("", words("compared.choose"))]
    one += [(str(each.number), snapshot_name(here, view, each)) for each in held]
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
    held = [frozen_view(here, _number(first))]
    if second == NOW:
        then = held[0].county.frame
        now = replace(here.address, year=then.year, as_of=then.as_of, known_at=None)
        held.append(villages_view(replace(here, address=now)))
    else:
        held.append(frozen_view(here, _number(second)))
    part = _part(*(each.county.frame.scope for each in held))
    sides = [narrowed(each, part) for each in held]
    # The earlier day stands first, of one day what was known earlier, whichever was chosen first.
    before, after = sorted(sides, key=lambda side: (side.frame.as_of, side.frame.moment))
    with read(engine()) as connection:
        found = between(connection, before, after)
    chosen = Chosen(_at(here, before), _at(here, after), found, is_readable=True)
    # A village and a department have no rank.
    has_ranks = not (ranking(before).empty and ranking(after).empty)
    ranks = _ranks(here, before, after, part) if has_ranks else EMPTY
    return element("p", sentence(here, chosen), class_="strong"), ranks, listing(here, chosen)


def _part(one: Scope, other: Scope) -> Scope:
    """What two views have in common: of a whole county and a part of it the part; `PartsDiffer` for two parts."""
    if one.is_whole or one == other:
        return other
    if other.is_whole:
        return one
    raise PartsDiffer


def _number(text: str) -> int:
    if not text.isdigit():
        raise SnapshotUnknown(text)
    return int(text)


def _at(here: Here, side: Briefing) -> Here:
    """The address at which a side can be seen."""
    frame = side.frame
    address = replace(here.address, year=frame.year, as_of=frame.as_of, known_at=frame.known_at)
    return replace(here, address=address)


def _ranks(here: Here, before: Briefing, after: Briefing, part: Scope) -> Markup:
    """The townships whose rank is another, the best of today first; that none is, of a whole county only."""
    words = here.words
    old = {row.unit: row.rank for row in records(ranking(before))}
    rows = []
    for row in records(ranking(after).sort_values("rank", na_position="last")):
        was = old.get(row.unit, pd.NA)
        if (pd.isna(was) and pd.isna(row.rank)) or (pd.notna(was) and pd.notna(row.rank) and was == row.rank):
            continue
        shown = [words("compared.unranked") if pd.isna(rank) else str(int(rank)) for rank in (was, row.rank)]
        rows.append(Row((after.names[row.unit], words("compared.rank", before=shown[0], after=shown[1]))))
    if not rows and not part.is_whole:
        return EMPTY
    columns = [Column(words("col.unit")), Column(words("compared.ranks"))]
    same = element("p", words("compared.ranks_same"), class_="quiet")
    return element("h3", words("compared.ranks")) + (table(columns, rows) if rows else same)
