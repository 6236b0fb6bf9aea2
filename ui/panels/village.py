"""One village, as a supervisor takes it along: people, figures, checklist, items, every report."""

import pandas as pd

from briefing.checklist import missing_items
from briefing.lists import Selection, counts
from briefing.load import Briefing
from briefing.rectification import ALL, chosen
from metrics.vocabulary import Level
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.panels import flagged, issues, lifting, people, sheet, states, versions
from ui.views import village_reports


def crumbs(here: Here, briefing: Briefing, unit: str) -> list[tuple[str, str]]:
    """Villages, then the township it belongs to."""
    parent = str(briefing.units.at[unit, "parent"])
    return [
        (here.words("page.villages"), here.address.link("villages", tw=parent)),
        (str(briefing.units.at[parent, "name"]), here.address.link("townships", u=parent)),
    ]


def whole_page(here: Here, briefing: Briefing, unit: str) -> Markup:
    """Everything below the sentence."""
    words = here.words
    cells = briefing.cells[briefing.cells["unit"] == unit]
    items = chosen(briefing.issues, show=ALL, unit=unit)
    reports = village_reports(here, unit)
    return element(
        "div",
        people.line(here, briefing.directory, unit=unit),
        _base(here, briefing, unit),
        flagged.line(here, briefing, unit, Level.VILLAGE),
        states.strip(here, counts(cells), Selection(level=Level.VILLAGE, unit=unit)),
        lifting.panel(here, briefing, unit, Level.VILLAGE),
        sheet.sheet(here, briefing, cells),
        lifting.needs(here, briefing, cells),
        _checklists(here, briefing, unit),
        element("h2", words("village.items", count=len(items))),
        issues.listing(here, briefing, items),
        element("h2", words("village.reports")),
        element(
            "div", versions.ledger(here, reports, briefing.definitions, is_of_many=True), class_="noprint"
        ),
        element("div", versions.by_period(here, reports, briefing.definitions), class_="onlyprint"),
        class_="xs",
    )


def _base(here: Here, briefing: Briefing, unit: str) -> Markup:
    row = briefing.units.loc[unit]
    parts = [here.words("list.pause").join(row["tags"])] if row["tags"] else []
    if pd.notna(row["households"]):
        parts.append(here.words("village.households", count=int(row["households"])))
    if pd.notna(row["persons"]):
        parts.append(here.words("village.persons", count=int(row["persons"])))
    return element("p", " · ".join(parts), class_="quiet") if parts else EMPTY


def _checklists(here: Here, briefing: Briefing, unit: str) -> Markup:
    """What each checklist of the village still lacks, by name."""
    blocks = []
    for name, missing, total in missing_items(briefing, unit):
        title = element(
            "h2", here.words("village.checklist", name=name, met=total - len(missing), total=total)
        )
        text = (
            here.words("village.lacks", items=here.words("list.pause").join(missing))
            if missing
            else here.words("village.lacks_none")
        )
        blocks.append(title + element("p", text))
    return join(blocks)
