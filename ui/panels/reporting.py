"""Who has reported: a paragraph of its own, never a rank."""

from briefing.load import Briefing
from metrics.figures import percent
from ui.guard import Here
from ui.html import Markup, element
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
    missing = held[held["reported"] < held["owed"]].assign(rate=held["reported"] / held["owed"])
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
        for row in missing.sort_values("rate").head(SHOWN).itertuples()
    ]
    columns = [
        Column(words("col.township")),
        Column(words("col.reported"), is_figure=True),
        Column(words("col.reporting_rate"), is_figure=True),
        Column(words("col.on_time"), is_figure=True),
    ]
    return element("div", title, summary, table(columns, rows) if rows else "")
