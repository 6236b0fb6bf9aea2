"""Departments by the county-level figures they lead, worst first."""

from typing import Any

from briefing.departments import department_rows
from briefing.lists import Selection, by_need, principal
from briefing.load import Briefing
from metrics.columns import records
from metrics.figures import percent, points
from metrics.vocabulary import LAGGING_STATES, Level
from ui.cells import badge, bullet, gap_and_days
from ui.frame import unknown_department
from ui.guard import Here
from ui.html import Markup, element
from ui.tables import Column, Row, table

SHOWN = 7


def panel(here: Here, briefing: Briefing) -> Markup:
    """The county-level figures furthest behind, as bullet bars."""
    words = here.words
    cells = principal(briefing.cells_at(Level.COUNTY))
    behind = by_need(cells[cells["state"].isin(LAGGING_STATES)], briefing)
    more = element("a", words("departments.all"), href=here.address.link("departments"), class_="more")
    title = element("h2", words("departments.panel", count=len(behind)), more)
    if behind.empty:
        return element("div", title, element("p", words("departments.none_behind"), class_="quiet"))
    names = briefing.directory.departments.set_index("code")["short_name"]
    rows = [
        Row(
            (
                element(
                    "a",
                    briefing.indicators.at[cell.indicator, "name"],
                    href=here.address.link("figure", u=cell.unit, i=cell.indicator),
                ),
                names.get(briefing.indicators.at[cell.indicator, "lead"], ""),
                bullet(cell, words),
                gap_and_days(cell, words),
                badge(cell.state, words),
            )
        )
        for cell in records(behind.head(SHOWN))
    ]
    columns = [
        Column(words("col.indicator")),
        Column(words("col.lead")),
        Column(words("col.progress"), width="24%"),
        Column(words("col.gap"), is_figure=True),
        Column(words("col.state")),
    ]
    return element("div", title, table(columns, rows))


def whole_page(here: Here, briefing: Briefing) -> Markup:
    """Every department."""
    return element("div", unknown_department(here), listing(here, briefing), class_="xs")


def listing(here: Here, briefing: Briefing) -> Markup:
    """Every department that leads an indicator."""
    words = here.words
    rows = [
        Row(
            (
                element("a", row.name, href=here.address.link("departments", d=row.code)),
                _led(here, row.code, row.indicators),
                str(row.on_plan),
                str(row.slightly),
                _lagging(here, row),
                str(row.unreported),
                percent(row.on_plan / row.judged) if row.judged else "",
                points(row.worst_gap, bare=True),
                str(row.open),
                element("span", str(row.overdue), class_="alarm" if row.overdue else ""),
            )
        )
        for row in records(department_rows(briefing))
    ]
    titles = (
        "lead_count",
        "on_plan",
        "slightly",
        "lagging",
        "unreported",
        "on_plan_rate",
        "worst_gap",
        "open",
        "overdue",
    )
    columns = [
        Column(words("col.department")),
        *(Column(words(f"col.{key}"), is_figure=True) for key in titles),
    ]
    return table(columns, rows)


def _lagging(here: Here, row: Any) -> Markup:
    count = element("span", str(row.lagging), class_="alarm" if row.lagging else "")
    named = here.words("list.pause").join(row.behind)
    return element("span", f"{named} ", class_="quiet") + count if named else count


def _led(here: Here, department: str, count: int) -> Markup:
    chosen = Selection(level=Level.COUNTY, department=department)
    return element("a", str(count), href=here.address.link("targets", **chosen.params()))
