"""Who has reported: a paragraph of its own, never a rank."""

from typing import Any

from briefing.load import Briefing
from briefing.records import reporting_record
from metrics.columns import records
from metrics.figures import percent
from metrics.vocabulary import Level
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.tables import Column, Row, table

SHOWN = 6


def panel(here: Here, briefing: Briefing) -> Markup:
    """Reporting rate of the county and the units that owe most."""
    words = here.words
    held = briefing.reporting
    reported, owed = int(held["reported"].sum()), int(held["owed"].sum())
    title = element(
        "h2",
        words("reporting.panel"),
        element("a", words("reporting.all"), href=here.address.link("reporting"), class_="more"),
    )
    if not owed:
        return element("div", title, element("p", words("reporting.none_owed"), class_="quiet"))
    # The rate before the choice: a series given to a frame without rows would fill it with its own.
    rated = held.assign(rate=held["reported"] / held["owed"])
    missing = rated[held["reported"] < held["owed"]]
    summary = element(
        "p",
        words(
            "reporting.summary",
            reported=reported,
            owed=owed,
            rate=percent(reported / owed),
            count=len(missing),
        ),
    )
    rows = [
        Row(
            (
                element(
                    "a", briefing.units.at[row.unit, "name"], href=here.address.link("townships", u=row.unit)
                ),
                f"{row.reported}/{row.owed}",
                percent(row.rate),
                f"{row.on_time}/{row.owed}",
            )
        )
        for row in records(missing.sort_values("rate").head(SHOWN))
    ]
    columns = [
        Column(words("col.township")),
        Column(words("col.reported"), is_figure=True),
        Column(words("col.reporting_rate"), is_figure=True),
        Column(words("col.on_time"), is_figure=True),
    ]
    return element("div", title, summary, table(columns, rows) if rows else "")


def whole_page(here: Here, briefing: Briefing) -> Markup:
    """Every unit that owes figures: counts, rates and the strip of months."""
    words = here.words
    held = briefing.reporting[briefing.reporting["owed"] > 0]
    if held.empty:
        return EMPTY
    rows = [
        Row(
            (
                _unit_link(here, briefing, row.unit),
                _count_link(here, briefing, row),
                percent(row.reported / row.owed),
                percent(row.on_time / row.owed),
                str(row.waiting),
                record_strip(here, briefing, row.unit),
            )
        )
        for row in records(
            held.assign(rate=held["reported"] / held["owed"]).sort_values("rate", kind="stable")
        )
    ]
    keys = ("reported", "reporting_rate", "on_time", "waiting")
    columns = [
        Column(words("col.unit")),
        *(Column(words(f"col.{key}"), is_figure=True) for key in keys),
        Column(words("township.record")),
    ]
    title = element("h2", words("reporting.by_unit"))
    below = missing(here, briefing, briefing.root)
    return element("div", title, table(columns, rows, caption=words("record.legend")), below, class_="xs")


def missing(here: Here, briefing: Briefing, unit: str) -> Markup:
    """What a unit has not reported of the periods in force: each indicator, and of how many."""
    held = briefing.reporting
    items = [item for row in held.loc[held["unit"] == unit, "missing"] for item in row]
    if not items:
        return EMPTY
    order = {code: place for place, code in enumerate(briefing.definitions)}
    links = [
        element(
            "a",
            here.words("reporting.missing_one", name=briefing.definitions[code]["name"], count=count),
            href=here.address.link("figure", u=unit, i=code),
        )
        for code, count in sorted(items, key=lambda item: order[item[0]])
    ]
    total = sum(count for _, count in items)
    title = element("h2", here.words("reporting.missing", count=total), id="missing")
    return title + element("p", join(links, here.words("list.pause")))


def _unit_link(here: Here, briefing: Briefing, unit: str) -> Markup:
    name = str(briefing.units.at[unit, "name"])
    if briefing.units.at[unit, "level"] != Level.TOWNSHIP:
        return element("span", name)
    return element("a", name, href=here.address.link("townships", u=unit))


def _count_link(here: Here, briefing: Briefing, row: Any) -> Markup | str:
    """Reported of owed; where something is missing, the way to what it is."""
    shown = f"{row.reported}/{row.owed}"
    if not row.missing or briefing.units.at[row.unit, "level"] != Level.TOWNSHIP:
        return shown
    return element("a", shown, href=here.address.link("townships", u=row.unit) + "#missing")


def record_strip(here: Here, briefing: Briefing, unit: str) -> Markup:
    """The strip of months: on time, late, waiting, missing."""
    months = join(
        element(
            "i",
            here.words(
                f"record.mark.{state}" if here.words.has(f"record.mark.{state}") else "record.month",
                month=month.month,
            ),
            class_=state,
            title=here.words(f"record.{state}", month=month.month),
        )
        for month, state in reporting_record(briefing, unit)
    )
    return element("div", months, class_="months")
