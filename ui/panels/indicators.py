"""Every figure of the county: where it stands, what it will come to by the year's end, and which townships lag."""

from typing import Any

import pandas as pd

from briefing.forecast import Prospect
from briefing.lists import by_need, principal
from briefing.load import Briefing
from briefing.prospects import Prospects
from metrics.columns import records
from metrics.figures import percent
from metrics.vocabulary import LAGGING_STATES, Level, State
from metrics.words import state_mark
from ui.cells import bullet, cell_badge, gap_and_days, whisker
from ui.filters import form
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.panels import forecast
from ui.panels.earlier_day import mark
from ui.tables import Column, Row, table
from ui.views import prospects_view
from ui.words import Words

DONE, MISSED, SILENT = "done", "missed", "silent"
# The order the cards are read in, and what the address may ask for.
CHOICES = (DONE, *Prospect, MISSED, SILENT)
MARKS: dict[str, str] = {
    DONE: state_mark(State.DONE),
    **forecast.MARKS,
    MISSED: state_mark(State.UNFINISHED),
    SILENT: "",
}
LIGHTS: dict[str, str] = {DONE: "green", **forecast.LIGHTS, MISSED: "red", SILENT: "grey"}
# The overview shows those in danger, no more than fit.
SHOWN = 6


def strip(here: Here, held: Prospects) -> Markup:
    """How many figures of the county will be done by the year's end: each count a link to those figures."""
    return element("div", join(_card(here, one, held) for one in _shown(held)), class_="strip", role="list")


def _shown(held: Prospects) -> tuple[str, ...]:
    """The counts there are: of a year that is over nothing is expected any more."""
    return (DONE, MISSED, SILENT) if held.is_over else CHOICES


def _name(words: Words, one: str, held: Prospects) -> str:
    is_other = held.is_over and one == SILENT
    return words("indicators.silent_over" if is_other else f"indicators.{one}")


def _card(here: Here, one: str, held: Prospects) -> Markup:
    return element(
        "a",
        element("span", f"{MARKS[one]} {_name(here.words, one, held)}", class_="label"),
        element("span", str(len(_codes(held, one))), class_=f"value s-{LIGHTS[one]}"),
        href=here.address.link("indicators", p=one),
        role="listitem",
    )


def _codes(held: Prospects, one: str) -> list[str]:
    """The indicators of one card."""
    if one == DONE:
        return list(held.done)
    if one == MISSED:
        return list(held.missed)
    return (
        list(held.silent) if one == SILENT else list(held.rows.loc[held.rows["prospect"] == one, "indicator"])
    )


def panel(here: Here, view: Briefing) -> Markup:
    """The same in one line, and those in danger with their interval against the target."""
    words, held = here.words, prospects_view(here)
    counts = join(
        (
            element(
                "a",
                f"{MARKS[one]} {_name(words, one, held)} {len(_codes(held, one))}",
                href=here.address.link("indicators", p=one),
                class_=f"s s-{LIGHTS[one]}",
            )
            for one in _shown(held)
        ),
        " · ",
    )
    title = element("h2", words("indicators.title_over" if held.is_over else "forecast.title"), _all(here))
    danger = held.rows[held.rows["prospect"] != Prospect.LIKELY].sort_values("share", kind="stable")
    rows = [_danger(here, view, row) for row in records(danger.head(SHOWN))]
    columns = [
        Column(words("col.indicator")),
        Column(words("indicators.ahead"), is_figure=True),
        Column(words("indicators.whisker"), width="30%"),
        Column(words("indicators.prospect")),
    ]
    rest = EMPTY
    if len(danger) > SHOWN:
        more = words("indicators.more", count=len(danger) - SHOWN)
        rest = element("p", element("a", more, href=here.address.link("indicators")))
    # On paper the overview is one sheet; the page of all indicators has this and more.
    return element(
        "div", title, element("p", counts), table(columns, rows) if rows else EMPTY, rest, class_="noprint"
    )


def _all(here: Here) -> Markup:
    return element("a", here.words("indicators.all"), href=here.address.link("indicators"), class_="more")


def _danger(here: Here, view: Briefing, row: Any) -> Row:
    name = view.definitions[row.indicator]["name"]
    return Row(
        (
            element("a", name, href=here.address.link("indicators", i=row.indicator)),
            _interval(here.words, row),
            _whisker(here.words, row),
            forecast.badge(here.words, float(row.chance)),
        )
    )


def _interval(words: Words, row: Any) -> str:
    return words(
        "indicators.interval",
        share=percent(row.share),
        low=percent(row.share_low),
        high=percent(row.share_high),
    )


def _whisker(words: Words, row: Any) -> Markup:
    """The interval with its middle, and the target as an upright line; from 50 to 125 % of it."""
    low, middle, high, target = (_place(share) for share in (row.share_low, row.share, row.share_high, 1.0))
    return whisker(low, middle, high, target, _interval(words, row))


def _place(share: float) -> float:
    return min(max((share - 0.5) / 0.75, 0.0), 1.0)


def whole_page(here: Here, view: Briefing) -> Markup:
    """The cards, the filters and the list."""
    held = prospects_view(here)
    return element("div", strip(here, held), _filters(here, view), _listing(here, view, held), class_="xs")


def _filters(here: Here, view: Briefing) -> Markup:
    anything = ("", here.words("filter.any"))
    departments = view.directory.departments
    return form(
        here,
        {
            "p": [anything, *((one, here.words(f"indicators.{one}")) for one in CHOICES)],
            "d": [anything, *zip(departments["code"], departments["short_name"], strict=True)],
        },
    )


def _listing(here: Here, view: Briefing, held: Prospects) -> Markup:
    words = here.words
    cells = _chosen(here, view, held)
    if cells.empty:
        return element("p", words("indicators.none"), class_="note")
    ahead = {row.indicator: row for row in records(held.rows)}
    lagging = _lagging(view)
    rows = [_row(here, view, cell, held, ahead, lagging) for cell in records(by_need(cells, view))]
    columns = [
        Column(words("col.indicator")),
        Column(words("col.lead")),
        Column(words("col.progress"), width="20%"),
        Column(words("col.completion"), is_figure=True),
        Column(words("col.gap"), is_figure=True),
        Column(words("col.state")),
        Column(words("indicators.lagging"), is_figure=True),
    ]
    if not held.is_over:
        columns += [
            Column(words("indicators.ahead"), is_figure=True),
            Column(words("indicators.prospect")),
        ]
    key = "indicators.shown_over" if held.is_over else "indicators.shown"
    return element("p", words(key, count=len(rows)), class_="quiet") + table(columns, rows)


def _chosen(here: Here, view: Briefing, held: Prospects) -> pd.DataFrame:
    """The county's own cells that the address asks for."""
    cells = principal(view.cells_at(Level.COUNTY))
    cells = cells[cells["state"] != State.NO_TASK]
    wanted, department = here.address.get("p"), here.address.get("d")
    if wanted in CHOICES:
        cells = cells[cells["indicator"].isin(_codes(held, wanted))]
    if department:
        led = view.indicators.loc[view.indicators["lead"] == department, "code"]
        cells = cells[cells["indicator"].isin(led)]
    return cells


def _lagging(view: Briefing) -> "pd.Series":
    """How many townships lag with each indicator."""
    cells = principal(view.cells_at(Level.TOWNSHIP))
    return cells["state"].isin(LAGGING_STATES).groupby(cells["indicator"]).sum()


def _row(
    here: Here, view: Briefing, cell: Any, held: Prospects, ahead: dict[str, Any], lagging: "pd.Series"
) -> Row:
    words, definition = here.words, view.definitions[cell.indicator]
    names = view.directory.departments.set_index("code")["short_name"]
    count = int(lagging.get(cell.indicator, 0))
    behind = element(
        "a",
        str(count),
        href=here.address.link("targets", i=cell.indicator, level=Level.TOWNSHIP),
    )
    name = element("a", definition["name"], href=here.address.link("indicators", i=cell.indicator))
    return Row(
        (
            name
            + element("span", f" {definition['measure']}", class_="quiet")
            + mark(here, view, cell.indicator),
            names.get(definition["lead"], ""),
            bullet(cell, words),
            percent(cell.completion),
            gap_and_days(cell, words),
            cell_badge(cell, words),
            behind if count else "0",
            *(() if held.is_over else _ahead(here, cell.indicator, held, ahead)),
        )
    )


def _ahead(
    here: Here, indicator: str, held: Prospects, ahead: dict[str, Any]
) -> tuple[Markup | str, Markup | str]:
    """The forecast with its interval, and what it comes to; the reason where there is none."""
    words = here.words
    if indicator in ahead:
        return _interval(words, ahead[indicator]), forecast.badge(words, float(ahead[indicator].chance))
    why = held.silent.get(indicator)
    if why:
        return "", element("span", words(f"forecast.why.{why}"), class_="quiet")
    return "", words("indicators.missed" if indicator in held.missed else "indicators.done")
