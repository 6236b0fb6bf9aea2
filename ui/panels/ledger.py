"""The ledger of rectification: cards, age, by unit and source, and the items chosen."""

import pandas as pd

from briefing.load import Briefing
from briefing.rectification import ALL, OPEN, chosen, ledger
from metrics.vocabulary import Clock, IssueState, Level
from metrics.words import word
from ui.filters import form
from ui.guard import Here
from ui.html import Markup, element
from ui.panels import issues, rectification
from ui.tables import Column, Row, table


def whole_page(here: Here, briefing: Briefing) -> Markup:
    """Everything below the sentence."""
    address = here.address
    held = chosen(
        briefing.issues, show=address.get("show") or OPEN, unit=address.get("u"), source=address.get("source")
    )
    counted = ledger(briefing.issues)
    return element(
        "div",
        rectification.cards(here, counted),
        rectification.age_bar(here, counted),
        _filters(here, briefing),
        element("p", here.words("issues.shown", count=len(held)), class_="quiet"),
        issues.listing(here, briefing, held),
        element(
            "div",
            _grouped(here, briefing, "unit"),
            _grouped(here, briefing, "source"),
            class_="half",
        ),
        class_="xs",
    )


def _filters(here: Here, briefing: Briefing) -> Markup:
    words, lang = here.words, here.words.lang
    anything = ("", words("filter.any"))
    units = briefing.directory.units
    townships = units[units["level"] == Level.TOWNSHIP].sort_values("sort")
    sources = sorted(briefing.issues["source"].unique())
    shows = [
        (OPEN, words("issues.open")),
        *((clock, word(clock, lang)) for clock in Clock),
        *((state, word(state, lang)) for state in IssueState),
        (ALL, words("filter.any")),
    ]
    return form(
        here,
        {
            "show": [(str(value), name) for value, name in shows],
            "u": [anything, *zip(townships["code"], townships["name"], strict=True)],
            "source": [anything, *((source, source) for source in sources)],
        },
    )


def _grouped(here: Here, briefing: Briefing, by: str) -> Markup:
    """Open and overdue items by township or by source, most overdue first."""
    words = here.words
    held = chosen(briefing.issues)
    key = held["unit"].str[:9] if by == "unit" else held["source"]
    counted = pd.DataFrame(
        {
            "open": held.groupby(key).size(),
            "overdue": held[held["clock"] == Clock.OVERDUE].groupby(key).size(),
        }
    ).fillna(0)
    rows = []
    for name, row in counted.sort_values(["overdue", "open"], ascending=False).iterrows():
        shown = issues.unit_name(briefing, str(name)) if by == "unit" else str(name)
        param = {"u": str(name)} if by == "unit" else {"source": str(name)}
        rows.append(
            Row(
                (
                    element("a", shown, href=here.address.link("rectification", show=OPEN, **param)),
                    str(int(row["open"])),
                    element(
                        "a",
                        str(int(row["overdue"])),
                        href=here.address.link("rectification", show=Clock.OVERDUE, **param),
                        class_="alarm" if row["overdue"] else None,
                    ),
                )
            )
        )
    columns = [
        Column(words(f"issues.heads.{by}")),
        Column(words("issues.open"), is_figure=True),
        Column(words("issues.overdue"), is_figure=True),
    ]
    return element("div", element("h2", words(f"issues.by_{by}")), table(columns, rows))
