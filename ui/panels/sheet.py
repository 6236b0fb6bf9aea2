"""A unit's sheet: every target of the year as a bullet bar, grouped by field."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from briefing.lists import REPORTED_ABOVE
from briefing.load import Briefing
from briefing.pairs import beside_each_other, partner
from metrics.columns import records
from metrics.figures import days_text, gap_text, percent
from metrics.vocabulary import Kind
from metrics.wording import is_striven, target_words
from ui.cells import amount, cell_badge, in_column
from ui.guard import Here
from ui.html import Markup, element
from ui.panels.earlier_day import mark
from ui.panels.standing import standing, striven
from ui.tables import Column, GroupRow, Row, table


def sheet(here: Here, briefing: Briefing, cells: pd.DataFrame) -> Markup:
    """One row per target; those that do not count stand beneath the principal one."""
    words = here.words
    own = cells[cells["why"] != REPORTED_ABOVE]
    keys = ("target", "actual", "completion", "planned")
    columns = [
        Column(words("col.indicator")),
        *(Column(words(f"col.{key}"), is_figure=True) for key in keys),
        Column(words("col.progress"), width="22%"),
        Column(words("col.gap"), is_figure=True),
        Column(words("col.days_behind"), is_figure=True),
        Column(words("col.state")),
    ]
    drawn = table(columns, _rows(here, briefing, own), caption=words("sheet.caption"))
    if any(is_striven(cell) for cell in records(own)):
        drawn += element("p", words("sheet.force"), class_="quiet")
    above = cells.loc[cells["why"] == REPORTED_ABOVE, "indicator"]
    if above.empty:
        return drawn
    names = words("list.pause").join(briefing.indicators.loc[above, "name"])
    return drawn + element("p", words("sheet.above", count=len(above), names=names), class_="quiet")


def _rows(here: Here, briefing: Briefing, cells: pd.DataFrame) -> Iterator[Row | GroupRow]:
    order = cells.assign(_sort=beside_each_other(briefing, cells["indicator"]))
    order = order.sort_values(["_sort", "is_principal"], ascending=[True, False], kind="stable")
    field = None
    for cell in records(order):
        indicator = briefing.definitions[cell.indicator]
        if indicator["field"] != field:
            field = indicator["field"]
            yield GroupRow(field)
        yield _row(here, briefing, cell, indicator)


def _row(here: Here, briefing: Briefing, cell: Any, indicator: Any) -> Row:
    words = here.words
    name = element("a", indicator["name"], href=here.address.link("figure", u=cell.unit, i=cell.indicator))
    issuer = "" if cell.is_principal else f" {words('sheet.other_issuer', issuer=cell.issuer)}"
    other = partner(briefing, cell.indicator)
    paired = f" {words('pair.row', name=briefing.definitions[other]['name'])}" if other else ""
    has_rate = pd.notna(cell.completion)
    is_in_words = cell.kind == Kind.QUALITATIVE and isinstance(cell.actual_text, str)
    said = cell.actual_text if is_in_words else ""
    return Row(
        (
            name
            + element("span", f" {indicator['measure']}{issuer}{paired}", class_="quiet")
            + mark(here, briefing, cell.indicator),
            in_column(target_words(cell, indicator, words.lang)),
            # A text stands where there is room for it: in the column of bars.
            "" if said else in_column(amount(cell, indicator, words)),
            percent(cell.completion) if has_rate else "",
            percent(cell.planned) if has_rate and pd.notna(cell.planned) else "",
            element("span", said, class_="nobar") if said else standing(cell, indicator, words),
            gap_text(cell, bare=True),
            days_text(cell.days_behind, words.lang),
            cell_badge(cell, words) + striven(cell, words),
        ),
        is_second=not cell.is_principal,
    )
