"""Townships: the matrix of key indicators, and the ranking with its rule beside it."""

from typing import Any

import pandas as pd

from briefing.load import Briefing
from briefing.ranking import flags, key_indicators, ranking, units_by_need
from metrics.columns import records
from metrics.figures import percent
from metrics.legend import rank_rule
from metrics.vocabulary import Level
from ui.filters import form
from ui.frame import unknown_unit
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.panels import dots
from ui.panels.matrix import matrix
from ui.tables import Column, GroupRow, Row, table

ORDERS = ("need", "rank", "name")


def whole_page(here: Here, briefing: Briefing, order: str) -> Markup:
    """The matrix, the flagged and the ranking; first the ranking on one indicator where the address names it."""
    code = here.address.get("i")
    return element(
        "div",
        unknown_unit(here),
        order_form(here, briefing),
        # Who asks for one indicator wants its ranking before all else.
        dots.panel(here, briefing, code) if code in dots.rankable(briefing) else EMPTY,
        key_matrix(here, briefing, order),
        flag_list(here, briefing),
        element("h2", here.words("rank.title")),
        ranking_table(here, briefing),
        class_="xs",
    )


def key_matrix(here: Here, briefing: Briefing, order: str = "need") -> Markup:
    """Every township by every key indicator."""
    indicators = key_indicators(briefing)
    if not indicators:
        return element("p", here.words("matrix.none"), class_="quiet")
    return matrix(here, briefing, briefing.cells, ordered(briefing, order), indicators, "townships")


def order_form(here: Here, briefing: Briefing) -> Markup:
    """The choice of the order of the rows, and of one indicator to rank by."""
    words = here.words
    ranked_by = [("", words("dots.none"))]
    ranked_by += [(code, str(briefing.definitions[code]["name"])) for code in dots.rankable(briefing)]
    return form(here, {"order": [(order, words(f"order.{order}")) for order in ORDERS], "i": ranked_by})


def ordered(briefing: Briefing, order: str) -> list[str]:
    """The townships by need, by rank or by the order of the record."""
    if order == "rank":
        return list(ranking(briefing).sort_values("rank", na_position="last", kind="stable")["unit"])
    if order == "name":
        units = briefing.directory.units
        return list(units[units["level"] == Level.TOWNSHIP].sort_values("sort")["code"])
    return units_by_need(briefing)


def ranking_table(here: Here, briefing: Briefing) -> Markup:
    """The ranking; units below the reporting gate stand apart, without a rank."""
    words = here.words
    rows = ranking(briefing)
    flagged = {flag.unit for flag in flags(briefing)}
    ranked = rows[rows["rank"].notna()].sort_values(["rank", "unit"])
    gated = rows[rows["rank"].isna()]
    lines: list[Row | GroupRow] = []
    for group in dict.fromkeys((*briefing.rules.peer_groups, "")):
        own = ranked[ranked["group"] == group]
        if len(own) and briefing.rules.peer_groups:
            lines.append(GroupRow(group or words("rules.no_group")))
        lines += [_rank_row(here, briefing, row, flagged) for row in records(own)]
    if len(gated):
        lines.append(GroupRow(words("rank.gated", gate=percent(briefing.rules.reporting_gate))))
        lines += [_rank_row(here, briefing, row, flagged) for row in records(gated)]
    columns = [
        Column(words("col.township")),
        Column(words("col.rank"), is_figure=True),
        Column(words("col.moved"), is_figure=True),
        Column(words("col.on_plan_rate"), is_figure=True),
        Column(words("col.on_plan_of_judged"), is_figure=True),
        Column(words("col.far_behind"), is_figure=True),
        Column(words("col.unjudged"), is_figure=True),
        Column(words("col.reporting_rate"), is_figure=True),
        Column(words("col.flag")),
    ]
    return table(columns, lines, caption=rank_rule(briefing.rules, words.lang))


def _rank_row(here: Here, briefing: Briefing, row: Any, flagged: set[str]) -> Row:
    name = element("a", briefing.units.at[row.unit, "name"], href=here.address.link("townships", u=row.unit))
    return Row(
        (
            name,
            str(int(row.rank)) if pd.notna(row.rank) else "",
            dots.moved(row.moved),
            percent(row.rate),
            f"{row.on_plan}/{row.judged}",
            element("span", str(row.far_behind), class_="alarm" if row.far_behind else ""),
            str(row.unjudged),
            percent(row.reporting_rate),
            element("span", here.words("flag.lagging"), class_="alarm") if row.unit in flagged else "",
        )
    )


def flag_list(here: Here, briefing: Briefing) -> Markup:
    """The lagging units, each with its reasons in words."""
    held = flags(briefing)
    if not held:
        return EMPTY
    items = join(
        element(
            "li",
            element(
                "a",
                briefing.units.at[flag.unit, "name"],
                href=here.address.link("townships", u=flag.unit),
                class_="strong",
            ),
            element("span", here.words("list.semicolon").join(flag.reasons(here.words.lang)), class_="quiet"),
        )
        for flag in held
    )
    return element("h2", here.words("flag.title", count=len(held))) + element("ol", items, class_="things")
