"""A unit's sheet: every target of the year as a bullet bar, grouped by field."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from briefing.lists import REPORTED_ABOVE
from briefing.load import Briefing
from metrics.columns import records
from metrics.figures import days_text, gap_text, percent, quantity
from metrics.vocabulary import Kind, State
from metrics.words import Lang, comparator_text
from ui.cells import amount, bullet, cell_badge
from ui.guard import Here
from ui.html import Markup, element
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
    above = cells.loc[cells["why"] == REPORTED_ABOVE, "indicator"]
    if above.empty:
        return drawn
    names = words("list.pause").join(briefing.indicators.loc[above, "name"])
    return drawn + element("p", words("sheet.above", count=len(above), names=names), class_="quiet")


def _rows(here: Here, briefing: Briefing, cells: pd.DataFrame) -> Iterator[Row | GroupRow]:
    order = cells.assign(_sort=cells["indicator"].map(briefing.indicators["sort"]))
    order = order.sort_values(["_sort", "is_principal"], ascending=[True, False], kind="stable")
    field = None
    for cell in records(order):
        indicator = briefing.definitions[cell.indicator]
        if indicator["field"] != field:
            field = indicator["field"]
            yield GroupRow(field)
        yield _row(here, cell, indicator)


def _row(here: Here, cell: Any, indicator: Any) -> Row:
    words = here.words
    name = element("a", indicator["name"], href=here.address.link("figure", u=cell.unit, i=cell.indicator))
    issuer = "" if cell.is_principal else f" {words('sheet.other_issuer', issuer=cell.issuer)}"
    has_rate = pd.notna(cell.completion)
    return Row(
        (
            name + element("span", f" {indicator['measure']}{issuer}", class_="quiet"),
            target_text(cell, indicator, words.lang),
            amount(cell, int(indicator["scale"]), is_ratio=bool(indicator["is_ratio"]), words=words),
            percent(cell.completion) if has_rate else "",
            percent(cell.planned) if has_rate and pd.notna(cell.planned) else "",
            bullet(cell, words),
            gap_text(cell, bare=True),
            days_text(cell.days_behind, words.lang),
            cell_badge(cell, words),
        ),
        is_second=not cell.is_principal,
    )


def target_text(cell: Any, indicator: Any, lang: Lang) -> str:
    """The target as the document writes it: comparator, figures, or its words."""
    if cell.kind in (Kind.QUALITATIVE, Kind.MILESTONE) and isinstance(cell.text, str):
        return cell.text
    if cell.state == State.NO_TASK or (pd.isna(cell.target) and pd.isna(cell.low)):
        return ""
    low = cell.low if pd.notna(cell.low) else cell.target
    scale = int(indicator["scale"])
    high = quantity(int(cell.high), scale) if pd.notna(cell.high) else ""
    return comparator_text(cell.comparator, quantity(int(low), scale), high, lang)
