"""One indicator through the townships in order: a dot each, its plan a tick, the county a band behind all."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.comparison import Compared, townships_compared
from briefing.lists import by_need, principal
from briefing.load import Briefing
from briefing.ranking import ranking_by
from metrics.columns import records
from metrics.figures import gap_text, percent
from metrics.grid import PARTS_OF_ONE
from metrics.vocabulary import Level
from ui.cells import amount, cell_badge, dot, in_column
from ui.guard import Here
from ui.html import Markup, element
from ui.panels.comparison import MARKS, ORDER, explained
from ui.tables import Column, GroupRow, Row, table


@dataclass(frozen=True)
class Place:
    """Where one unit's dot and its tick stand, as shares; `low` and `high` are its interval where it counts things."""

    value: float
    plan: float
    low: float
    high: float


def rankable(briefing: Briefing) -> list[str]:
    """The indicators that townships can be ranked on, in the order of the record: those with a gap somewhere."""
    cells = principal(briefing.cells_at(Level.TOWNSHIP))
    held = set(cells.loc[cells["gap"].notna(), "indicator"])
    return [code for code in briefing.indicators.index if code in held]


def panel(here: Here, briefing: Briefing, code: str) -> Markup:
    """The ranking on one indicator, grouped where units can be told apart, with what the picture shows under it."""
    words, indicator = here.words, briefing.definitions[code]
    cells = principal(briefing.cells_at(Level.TOWNSHIP))
    cells = by_need(cells[cells["indicator"] == code], briefing)
    held = townships_compared(briefing, code)
    places = _places(cells, indicator, held)
    county = _county(briefing, code, held)
    ends = _ends(places, county)
    rows = cells.merge(ranking_by(briefing, code), on="unit").sort_values("rank", kind="stable")
    lines: list[Row | GroupRow] = []
    for title, part in _groups(here, briefing, rows, held):
        lines += [GroupRow(title)] if title else []
        lines += [_row(here, briefing, row, places[row.unit], county, ends) for row in records(part)]
    keys = ("township", "rank", "moved", "dots", "actual", "completion", "planned", "gap", "state")
    figures = ("rank", "moved", "actual", "completion", "planned", "gap")
    columns = [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys]
    link = element("a", words("dots.figure"), href=here.address.link("figure", u=briefing.root, i=code))
    says = words("dots.note", low=percent(ends[0]), high=percent(ends[1]), county=percent(county))
    return element(
        "div",
        element("h2", words("dots.title", what=indicator["name"]), " ", link),
        table(columns, lines),
        element("p", says, _of_groups(here, briefing, held), class_="quiet"),
    )


def _of_groups(here: Here, briefing: Briefing, held: Compared | None) -> str:
    """What the intervals are, and how units were told apart where the rule has no groups of its own."""
    if held is None:
        return ""
    words = here.words
    is_grouped = not briefing.rules.peer_groups
    return words("dots.intervals") + (words("dots.groups") + explained(words, held) if is_grouped else "")


def _places(cells: pd.DataFrame, indicator: Any, held: Compared | None) -> dict[str, Place]:
    """Completion and plan; where things are counted the share of those that count, with its interval."""
    if held is None:
        return {
            row.unit: Place(row.completion, row.planned, row.completion, row.completion)
            for row in records(cells)
        }
    plans = {row.unit: _planned_share(row, indicator) for row in records(cells)}
    found = {row.unit: Place(row.rate, plans[row.unit], row.low, row.high) for row in records(held.rows)}
    nothing = Place(*[float("nan")] * 4)
    return {unit: found.get(unit, nothing) for unit in plans}


def _planned_share(cell: Any, indicator: Any) -> float:
    """The level that the plan asks for by the day."""
    if pd.isna(cell.base) or pd.isna(cell.target) or pd.isna(cell.planned):
        return float("nan")
    whole = PARTS_OF_ONE[indicator["measure"]] * 10 ** int(indicator["scale"])
    return float((cell.base + cell.planned * (cell.target - cell.base)) / whole)


def _county(briefing: Briefing, code: str, held: Compared | None) -> float:
    if held is not None:
        return held.whole
    cells = principal(briefing.cells_at(Level.COUNTY))
    mine = cells.loc[cells["indicator"] == code, "completion"]
    return float(mine.iloc[0]) if len(mine) else float("nan")


def _ends(places: dict[str, Place], county: float) -> tuple[float, float]:
    """From the lowest place of anything drawn to the highest: what is near one another is told apart."""
    drawn = [value for place in places.values() for value in (place.value, place.plan, place.low, place.high)]
    known = [value for value in (*drawn, county) if pd.notna(value)]
    return (min(known), max(known)) if known else (0.0, 1.0)


def _groups(
    here: Here, briefing: Briefing, rows: pd.DataFrame, held: Compared | None
) -> list[tuple[str, pd.DataFrame]]:
    """By peer group where the rule has them, else by who can be told apart, else all together; unranked last."""
    words, is_ranked = here.words, rows["rank"].notna()
    ranked, rest = rows[is_ranked], rows[~is_ranked]
    parts: list[tuple[str, pd.DataFrame]]
    if briefing.rules.peer_groups:
        names = (*briefing.rules.peer_groups, "")
        parts = [(name or words("rules.no_group"), ranked[ranked["group"] == name]) for name in names]
    elif held is not None:
        group = ranked["unit"].map(held.rows.set_index("unit")["group"])
        # The best first, as the ranks run.
        parts = [
            (f"{MARKS[one]} {words(f'comparison.{one}')}", ranked[group == one]) for one in reversed(ORDER)
        ]
        parts.append(("", ranked[group.isna()]))
    else:
        parts = [("", ranked)]
    parts.append((words("dots.unranked"), rest))
    return [(title, part) for title, part in parts if len(part)]


def _row(
    here: Here, briefing: Briefing, row: Any, place: Place, county: float, ends: tuple[float, float]
) -> Row:
    words, indicator = here.words, briefing.definitions[row.indicator]
    name = element(
        "a", briefing.names[row.unit], href=here.address.link("figure", u=row.unit, i=row.indicator)
    )
    return Row(
        (
            name,
            str(int(row.rank)) if pd.notna(row.rank) else "",
            moved(row.moved),
            _dot(here, place, county, ends),
            in_column(amount(row, indicator, words)),
            percent(row.completion),
            percent(row.planned),
            gap_text(row, bare=True),
            cell_badge(row, words),
        )
    )


def _dot(here: Here, place: Place, county: float, ends: tuple[float, float]) -> Markup:
    words = here.words
    if pd.isna(place.value):
        return element("span", words("bar.none"), class_="nobar")
    lowest, span = ends[0], (ends[1] - ends[0]) or 1.0

    def at(value: float) -> float | None:
        return None if pd.isna(value) else (value - lowest) / span

    low, middle, high = ((value - lowest) / span for value in (place.low, place.value, place.high))
    label = words("dots.label", value=percent(place.value), plan=percent(place.plan), county=percent(county))
    interval = (low, high) if high > low else None
    return dot(middle, interval, at(place.plan), at(county), label)


def moved(change: float) -> str:
    """The places gained or lost since the last period; nothing where either has no rank."""
    if pd.isna(change):
        return ""
    if change == 0:
        return "="
    return f"{'↑' if change > 0 else '↓'}{abs(int(change))}"
