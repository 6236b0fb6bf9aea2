"""Find lagging villages: by township, tag or name, with the reasons for each flag in words."""

import pandas as pd

from briefing.villages import Villages, village_rows
from metrics.columns import records
from metrics.figures import points
from metrics.lagging import Flag
from metrics.vocabulary import Level
from ui.filters import form
from ui.frame import unknown_unit
from ui.guard import Here
from ui.html import Markup, element
from ui.tables import Column, Row, table
from ui.words import Words

SHOWN = 60
REASONS = 2


def whole_page(here: Here, villages: Villages) -> Markup:
    """The form and the list."""
    return element("div", unknown_unit(here), finder(here, villages), listing(here, villages), class_="xs")


def finder(here: Here, villages: Villages) -> Markup:
    """The form: township, tag, flagged or all, name."""
    units = villages.county.directory.units
    townships = units[units["level"] == Level.TOWNSHIP].sort_values("sort")
    tags = sorted({tag for held in units.loc[units["level"] == Level.VILLAGE, "tags"] for tag in held})
    anything = ("", here.words("filter.any"))
    return form(
        here,
        {
            "tw": [anything, *zip(townships["code"], townships["name"], strict=True)],
            "tag": [anything, *((tag, tag) for tag in tags)],
            "only": [
                (value, here.words(f"only.{value or 'all'}"))
                for value in ("", "flagged", "lagging", "unreported")
            ],
        },
        search="q",
    )


def chosen(here: Here, villages: Villages) -> pd.DataFrame:
    """The villages the address asks for."""
    address = here.address
    rows = village_rows(
        villages, township=address.get("tw"), tag=address.get("tag"), text=address.get("q").strip()
    )
    only = address.get("only")
    if only == "flagged":
        return rows[rows["flagged"]]
    if only in ("lagging", "unreported"):
        return rows[rows[only] > 0]
    return rows


def _reasons(words: Words, flag: Flag) -> str:
    """The first reasons; all of them stand on the village's own page."""
    told = flag.reasons(words.lang)
    shown = words("list.semicolon").join(told[:REASONS])
    return shown if len(told) <= REASONS else words("villages.reasons_more", reasons=shown, count=len(told))


def listing(here: Here, villages: Villages) -> Markup:
    """The villages found, most lagging first."""
    words, units = here.words, villages.county.units
    rows = chosen(here, villages)
    if rows.empty:
        return element("p", words("villages.none"), class_="note")
    reasons = {flag.unit: _reasons(words, flag) for flag in villages.flags}
    lines = [
        Row(
            (
                element("a", row.name, href=here.address.link("villages", u=row.code)),
                element(
                    "span", units.at[row.parent, "name"] if row.parent in units.index else "", class_="nowrap"
                ),
                "、".join(row.tags) if words.lang == "zh" else ", ".join(row.tags),
                f"{row.on_plan}/{row.judged}",
                element("span", str(row.lagging), class_="alarm" if row.lagging else ""),
                element("span", str(row.far_behind), class_="alarm" if row.far_behind else ""),
                str(row.unreported),
                points(row.worst_gap, bare=True),
                reasons.get(row.code, ""),
            )
        )
        for row in records(rows.head(SHOWN))
    ]
    figures = {"on_plan_of_judged", "lagging", "far_behind", "unreported", "worst_gap"}
    keys = (
        "village",
        "township",
        "tags",
        "on_plan_of_judged",
        "lagging",
        "far_behind",
        "unreported",
        "worst_gap",
        "reasons",
    )
    counted = words("villages.shown", shown=min(len(rows), SHOWN), found=len(rows))
    return element("p", counted, class_="quiet") + table(
        [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys], lines
    )
