"""What would change a unit's colour: the nearest figures, the way off the list, and what every month needs."""

from typing import Any

import pandas as pd

from briefing.lifting import Colour, Step, colour_of
from briefing.load import Briefing
from metrics.figures import day_text, part_scale, percent, quantity
from metrics.lifts import Lift
from metrics.needs import Need, monthly_needs
from metrics.vocabulary import Kind, Level
from ui.cells import badge, cell_badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table
from ui.words import Words

NEEDS_SHOWN = 6


def panel(here: Here, briefing: Briefing, unit: str, level: Level, lead: str = "") -> Markup:
    """The nearest figures with what lifts them; nothing where all is on plan."""
    words, held = here.words, colour_of(briefing, unit, level, lead)
    if held.worst is None:
        return EMPTY
    title = words("lift.title", count=len(held.steps)) if held.steps else words("lift.title_none")
    keys = ("indicator", "state", "lift_now", "lift_share", "lift_next")
    columns = [Column(words(f"col.{key}"), is_figure=key == "lift_share") for key in keys]
    rows = [_row(here, briefing, step) for step in held.steps]
    return element(
        "div",
        element("h2", title),
        table(columns, rows) if rows else EMPTY,
        _stuck(words, briefing, held),
        _way(here, briefing, held),
    )


def _row(here: Here, briefing: Briefing, step: Step) -> Row:
    words, cell = here.words, step.cell
    name = briefing.definitions[cell.indicator]["name"]
    link = element("a", name, href=here.address.link("figure", u=cell.unit, i=cell.indicator))
    now = words("lift.becomes", amount=amount_of(words, briefing, cell, step.today))
    later = words("lift.none_left")
    if step.next_period is not None and step.by is not None:
        amount = amount_of(words, briefing, cell, step.next_period)
        later = words("lift.by", amount=amount, day=day_text(step.by, words.lang, short=True))
    return Row(
        (
            link,
            cell_badge(cell, words),
            element("span", now, " ", badge(step.today.state, words)),
            percent(step.today.share),
            later,
        )
    )


def amount_of(words: Words, briefing: Briefing, cell: Any, lift: Lift) -> str:
    """A lift in words, with its measure: how many more, or fewer, of what."""
    indicator, size = briefing.definitions[cell.indicator], abs(lift.amount)
    if cell.kind == Kind.MILESTONE:
        is_one = briefing.units.at[cell.unit, "level"] == indicator["level_reported"]
        return words("lift.done") if is_one else words("lift.others", amount=size)
    if cell.kind == Kind.CHECKLIST:
        return words("lift.items", amount=size)
    if lift.in_parts:
        name = str(indicator["numerator_name"])
        shown = quantity(size, part_scale(name))
        return words("lift.parts" if lift.amount > 0 else "lift.parts_fall", name=name, amount=shown)
    shown = quantity(size, int(indicator["scale"]))
    return words("lift.more" if lift.amount > 0 else "lift.fall", amount=shown, measure=indicator["measure"])


def _stuck(words: Words, briefing: Briefing, held: Colour) -> Markup:
    if not held.stuck:
        return EMPTY
    return element("p", words("lift.stuck", names=_names(words, briefing, held.stuck)), class_="quiet")


def _way(here: Here, briefing: Briefing, held: Colour) -> Markup:
    """The least that takes the unit off the list."""
    words, way = here.words, held.way
    if way is None:
        return EMPTY
    if way.stuck:
        return element("p", words("lift.way_stuck", names=_names(words, briefing, way.stuck)))
    cells = {row.indicator: row for row in _principal(briefing, held)}
    parts = [
        words(
            "lift.way_one",
            name=briefing.definitions[lift.indicator]["name"],
            amount=amount_of(words, briefing, cells[lift.indicator], lift),
        )
        for lift in way.lifts
    ]
    parts += [words("lift.way_item", number=number) for number in way.items]
    return element("p", words("lift.way", parts=words("list.semicolon").join(parts)))


def _principal(briefing: Briefing, held: Colour) -> Any:
    cells = briefing.cells
    unit = held.flag.unit if held.flag else ""
    return cells[(cells["unit"] == unit) & cells["is_principal"]].itertuples(index=False)


def _names(words: Words, briefing: Briefing, codes: tuple[str, ...]) -> str:
    return words("list.pause").join(str(briefing.definitions[code]["name"]) for code in codes)


def needs(here: Here, briefing: Briefing, cells: pd.DataFrame) -> Markup:
    """What is missing to each target and what every month left has to bring, the greatest load first."""
    words, held = here.words, monthly_needs(cells)
    if not held:
        return EMPTY
    keys = ("indicator", "missing", "months_left", "monthly", "strain")
    columns = [Column(words(f"col.{key}"), is_figure=key != "indicator") for key in keys]
    rows = [_need(here, briefing, need) for need in held[:NEEDS_SHOWN]]
    shown = EMPTY
    if len(held) > NEEDS_SHOWN:
        shown = element("p", words("need.more", shown=NEEDS_SHOWN, count=len(held)), class_="quiet")
    return element("div", element("h2", words("need.title")), table(columns, rows), shown)


def _need(here: Here, briefing: Briefing, need: Need) -> Row:
    indicator = briefing.definitions[need.indicator]
    scale, measure = int(indicator["scale"]), indicator["measure"]
    link = here.address.link("figure", u=need.unit, i=need.indicator)
    name = element("a", indicator["name"], href=link) + element("span", f" {measure}", class_="quiet")
    return Row(
        (
            name,
            quantity(need.whole_missing, scale),
            str(need.months),
            quantity(need.whole_monthly, scale),
            percent(need.strain),
        )
    )
