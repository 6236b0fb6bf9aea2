"""目标: whether what was given below adds up, every version of every target, and a change in mid-year."""

from collections import Counter
from typing import Any

import pandas as pd

from briefing.aims import Chains, Version, decomposed, decomposed_below, read_chains
from briefing.load import Briefing
from data_access.engine import read
from metrics.columns import records
from metrics.decomposition import Part, Standing, part_of
from metrics.figures import day_text
from metrics.vocabulary import Level, TargetChange
from metrics.wording import issued_words
from metrics.words import word
from ui.clock import county_time
from ui.database import engine
from ui.filters import form
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join, show
from ui.settings import target_change
from ui.settings.division import UNEVEN, columns, compared, line_of, signed
from ui.tables import Column, GroupRow, Row, table
from ui.views import kept, villages_view

NAMED = 12
SHOWN = 80


def draw(here: Here, view: Briefing) -> None:
    """Every indicator's decomposition, or the one the address names with its versions and its form."""
    code = here.address.get("i")
    if code not in view.indicators.index:
        show(element("div", kept(here, _list), class_="xs"))
        return
    with read(engine()) as connection:
        chains = read_chains(connection, view, code)
    show(element("div", kept(here, _head), _changes(here, view, code, chains), class_="xs"))
    target_change.draw(here, view, code, chains)


def _list(here: Here) -> Markup:
    """County against townships, and how many townships stand how to their villages."""
    words, view = here.words, _county(here)
    held = decomposed(view).set_index("indicator")
    below = decomposed_below(villages_view(here))
    counted = Counter(zip(below["indicator"], below["standing"], strict=True))
    rows: list[Row | GroupRow] = []
    field = None
    for code, indicator in view.definitions.items():
        if code not in held.index:
            continue
        if indicator["field"] != field:
            field = str(indicator["field"])
            rows.append(GroupRow(field))
        link = here.address.link("settings", s="targets", i=code)
        measure = element("span", f" {indicator['measure']}", class_="quiet")
        name = element("a", indicator["name"], href=link) + measure
        one = next(records(held.loc[[code]].reset_index()))
        villages = _standings(here, counted, code)
        rows.append(Row((name, *compared(here, one, int(indicator["scale"])), villages)))
    uneven = held[held["standing"].isin(UNEVEN)]
    told = words(
        "aims.sentence",
        count=len(held),
        added=int((uneven["standing"] == Standing.ADDED).sum()),
        reserve=int((uneven["standing"] == Standing.RESERVE).sum()),
        undivided=int((uneven["standing"] == Standing.UNDIVIDED).sum()),
        without=int(held["units_without"].sum()),
    )
    titles = [*columns(here, "indicator", "county_target", "sum_townships"), Column(words("col.below"))]
    return join([element("p", told), table(titles, rows, caption=words("aims.caption"))])


def _standings(here: Here, counted: Counter[tuple[str, str]], code: str) -> str:
    """Of how many townships the villages add up, and of how many not."""
    said = [
        here.words(f"aims.towns.{standing}", count=counted[code, standing])
        for standing in Standing
        if counted[code, standing]
    ]
    return here.words("list.pause").join(said)


def _head(here: Here) -> Markup:
    """The indicator's decomposition, township by township, and who has no part or one that nobody judges."""
    words, view, code = here.words, _county(here), here.address.get("i")
    indicator = view.definitions[code]
    scale = int(indicator["scale"])
    back = element("a", words("aims.all"), href=here.address.link("settings", s="targets"))
    top, below = decomposed(view), decomposed_below(villages_view(here))
    top, below = top[top["indicator"] == code], below[below["indicator"] == code]
    if here.address.get("u") in view.units.index:
        top, below = (part[part["unit"].isin(line_of(view, here.address.get("u")))] for part in (top, below))
    order = below["unit"].map(view.units["sort"])
    rows = [
        Row((_unit(here, view, row.unit), *compared(here, row, scale)))
        for part in (top, below.iloc[order.argsort(kind="stable")])
        for row in records(part)
    ]
    title = words("aims.title", what=indicator["name"], measure=indicator["measure"], year=here.address.year)
    drawn = (
        table(columns(here, "unit", "target", "sum_below"), rows, caption=words("aims.caption"))
        if rows
        else element("p", words("aims.none"), class_="quiet")
    )
    return join(
        [
            element("p", back, class_="crumbs"),
            element("h2", title),
            drawn,
            *_named(here, view, code),
        ]
    )


def _unit(here: Here, view: Briefing, unit: str) -> Markup:
    return element("a", view.names[unit], href=here.address.here(u=unit))


def _named(here: Here, view: Briefing, code: str) -> list[Markup]:
    """The units without their part, and those with one outside the scope, by name."""
    scoped = frozenset({code} if pd.notna(view.definitions[code]["scope_tag"]) else set())
    held = pd.concat([view.cells_at(Level.TOWNSHIP), villages_view(here).cells])
    mine = held[(held["indicator"] == code) & held["is_principal"]]
    part = part_of(mine, scoped)
    is_town = mine["unit"].map(view.units["level"]) == Level.TOWNSHIP
    # Where no village was given anything the target ends at the township: that is no gap.
    ends_above = not (part[~is_town] == Part.GIVEN).any()
    out = []
    for which in (Part.WITHOUT, Part.OUTSIDE):
        units = mine.loc[(part == which) & (is_town | ~ends_above | (which == Part.OUTSIDE)), "unit"]
        if len(units):
            names = here.words("list.pause").join(view.names[unit] for unit in units.head(NAMED))
            names = here.words("list.and_more", names=names) if len(units) > NAMED else names
            out.append(element("p", here.words(f"aims.units.{which}", count=len(units), names=names)))
    return out


def _changes(here: Here, view: Briefing, code: str, chains: Chains) -> Markup:
    """Every version of the unit chosen; else of all units whose target changed in the course of the year."""
    words = here.words
    unit = here.address.get("u")
    is_one = unit in view.units.index
    held = {
        key: chain
        for key, chain in chains.items()
        if (key[0] == unit if is_one else len(chain) > 1 and key[0] in view.units.index)
    }
    title = (
        words("aims.versions_of", unit=view.names[unit]) if is_one else words("aims.changed", count=len(held))
    )
    rows: list[Row] = []
    for (of, _), chain in sorted(held.items()):
        rows += [
            _version(
                here,
                view,
                code,
                of,
                chain[place],
                chain[place - 1] if place else None,
                place == len(chain) - 1,
            )
            for place in reversed(range(len(chain)))
        ]
    keys = (
        "unit",
        "change",
        "asked",
        "by_how_much",
        "valid_from",
        "document",
        "why",
        "issuer",
        "recorded_by",
    )
    columns = [Column(words(f"col.{key}"), is_figure=key in ("asked", "by_how_much")) for key in keys]
    columns.append(Column(words("col.recorded_at")))
    more = words("effect.more", shown=SHOWN, count=len(rows)) if len(rows) > SHOWN else EMPTY
    drawn = (
        table(columns, rows[:SHOWN], caption=more)
        if rows
        else element("p", words("aims.no_versions"), class_="quiet")
    )
    return join([element("h2", title), _choose(here, view), drawn])


def _version(
    here: Here, view: Briefing, code: str, unit: str, held: Version, before: Version | None, is_last: bool
) -> Row:
    words, record = here.words, held.record
    scale = int(view.definitions[code]["scale"])
    change = record.change if before is not None else TargetChange.SET
    return Row(
        (
            element("a", view.names[unit], href=here.address.here(u=unit)),
            word(change, words.lang),
            asked_text(here, record, view.definitions[code]),
            _by(before.record.low if before else None, record.low, scale),
            day_text(record.valid_from, words.lang, short=True),
            record.document or "",
            record.reason or "",
            record.issuer,
            held.author,
            county_time(held.recorded_at).strftime("%Y-%m-%d %H:%M"),
        ),
        is_second=not is_last,
    )


def asked_text(here: Here, record: Any, indicator: Any) -> str:
    """What a version asks, as its document writes it, or that there is no task."""
    if record.no_task:
        return here.words("aims.no_task")
    return issued_words(record, indicator, here.words.lang) or record.text or ""


def _by(before: int | None, low: int | None, scale: int) -> str:
    return "" if before is None or low is None else signed(low - before, scale)


def _choose(here: Here, view: Briefing) -> Markup:
    """The unit whose versions are listed and whose target may be changed."""
    units = view.directory.units
    towns = units[units["level"] == Level.TOWNSHIP].sort_values("sort")
    unit = here.address.get("u")
    town = unit if len(unit) == len(view.root) + 3 else unit[:-3]
    below = units[(units["level"] == Level.VILLAGE) & (units["parent"] == town)].sort_values("sort")
    return form(
        here,
        {
            "u": [
                ("", here.words("aims.changed_only")),
                (view.root, view.name),
                *zip(towns["code"], towns["name"], strict=True),
                *zip(below["code"], below["name"], strict=True),
            ]
        },
    )


def _county(here: Here) -> Briefing:
    return villages_view(here).county
