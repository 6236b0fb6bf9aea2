"""A part of a county as its pages show it: one unit with all below it, or all that a department leads or shares.

Read alone a part would judge its figures the same and still say what is not true of it: a single township is the
first of one. So its records are those that its own readers see, and its figures, ranks, flags and things to decide
are what the whole county's pages say of it.
"""

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from briefing.attention import things
from briefing.load import Briefing, Frame, load
from briefing.once import keep
from briefing.ranking import flags, ranking
from briefing.villages import Villages, load_villages
from data_access.errors import NotFound
from data_access.scope import Scope
from metrics.columns import records

# As many are named to whoever asked for one that is not there.
NEAREST = 3


class PartUnknown(NotFound):
    """A unit or department was asked for by a code that none has: often it is a name."""

    code = "part_unknown"
    fields = ("kind", "names", "nearest")
    zh = "本县没有代码是这样的{kind}：{names}。"
    en = "This county has no {kind} of this code: {names}."
    remedy_zh = (
        "请写代码，不写名称。最接近的（代码 名称）：{nearest}。"
        "其他的在网页上打开该单位或部门，网址中 u= 或 d= 后面的就是代码。"
    )
    remedy_en = (
        "Write the code, not the name. The nearest (code name): {nearest}. "
        "Of any other, open its page: the code follows u= or d= in the address."
    )


def scope_of(county: str, unit: str, department: str | None = None) -> Scope:
    """The scope of a unit with all below it, the county included, or of a department."""
    return Scope.of(county, departments=[department]) if department else Scope.of(county, units=[unit])


def name_of(briefing: Briefing) -> str:
    """The unit or department that a briefing is of; empty for the whole county."""
    scope = briefing.frame.scope
    if scope.is_whole:
        return ""
    departments = briefing.directory.departments.set_index("code")["name"]
    named = [briefing.whole_name(code) for code in sorted(scope.units)]
    return " ".join([*named, *(str(departments[code]) for code in sorted(scope.departments))])


def name_in_county(briefing: Briefing) -> str:
    """The county's name, and behind it that of the part: 云岭县交通运输局.

    A department calls itself 县交通运输局: it has of the county's name what must not be said twice.
    """
    name = name_of(briefing)
    if briefing.frame.scope.departments and name.startswith(briefing.name[-1]):
        name = name[1:]
    return f"{briefing.name}{name}"


def load_part(connection: Connection, frame: Frame) -> Villages:
    """The villages and the briefing of what a frame's scope sees; `NotFound` for a unit or department unknown."""
    whole = load_villages(connection, replace(frame, scope=Scope.whole(frame.county)))
    if frame.scope.is_whole:
        return whole
    _known("unit", frame.scope.units, whole.county)
    _known("department", frame.scope.departments, whole.county)
    return Villages(
        part_of(whole.county, load(connection, frame)),
        seen(whole.cells, whole.county, frame.scope),
        (),
        tuple(flag for flag in whole.flags if flag.unit in units_of(whole.county, frame.scope)),
    )


def part_of(whole: Briefing, own: Briefing) -> Briefing:
    """The briefing of the part that `own` is of, its records as they are in `own`, its figures as in `whole`."""
    scope = own.frame.scope
    units = units_of(whole, scope)
    made = replace(
        own,
        cells=seen(whole.cells, whole, scope),
        earlier=tuple(seen(cells, whole, scope) for cells in whole.earlier),
        rules=whole.rules,
    )
    ranks = ranking(whole)
    keep(ranking, made, ranks[ranks["unit"].isin(units)].reset_index(drop=True))
    keep(flags, made, [flag for flag in flags(whole) if flag.unit in units])
    held = {(row.unit, row.indicator) for row in records(made.cells)}
    keep(things, made, [each for each in things(whole) if (each.cell.unit, each.cell.indicator) in held])
    return made


def narrowed(held: Villages, scope: Scope) -> Briefing:
    """What is said of a part, for comparing: of a unit with its villages; other records are as they are in `held`.

    `held` is of the whole county, or of this very part.
    """
    county = held.county
    is_it = county.frame.scope == scope
    own = county if is_it else part_of(county, replace(county, frame=replace(county.frame, scope=scope)))
    if scope.is_whole or scope.departments:
        return own
    units = county.directory.units.set_index("code")["township"]
    cells = pd.concat([own.cells, seen(held.cells, county, scope)], ignore_index=True)
    townships = {str(units[code]) for code in scope.units}
    # Records are looked for unit by unit where one township is concerned.
    made = replace(own, root=townships.pop() if len(townships) == 1 else own.root, cells=cells)
    keep(ranking, made, ranking(own))
    return made


def units_of(whole: Briefing, scope: Scope) -> set[str]:
    """The units that a scope names, and all below them."""
    held = whole.directory.units
    parents = dict(zip(held["code"], held["parent"], strict=True))
    return {code for code in parents if scope.units & set(_line(code, parents))}


def seen(cells: pd.DataFrame, whole: Briefing, scope: Scope) -> pd.DataFrame:
    """The cells of a scope's units, and those of the indicators that its departments lead or share."""
    indicators = {
        row.code for row in records(whole.directory.indicators) if scope.departments & {row.lead, *row.shared}
    }
    is_seen = cells["unit"].isin(units_of(whole, scope)) | cells["indicator"].isin(indicators)
    return cells[is_seen].reset_index(drop=True)


def _line(code: str, parents: dict[str, str]) -> Iterable[str]:
    """A unit and all above it."""
    while isinstance(code, str) and code:
        yield code
        code = parents.get(code, "")


def _known(kind: str, codes: Iterable[str], whole: Briefing) -> None:
    listed = whole.directory.units if kind == "unit" else whole.directory.departments
    unknown = sorted(set(codes) - set(listed["code"]))
    if not unknown:
        return
    rows = sorted(records(listed), key=lambda row: _likeness(unknown[0], row), reverse=True)[:NEAREST]
    named = (f"{row.code} {whole.whole_name(row.code) if kind == 'unit' else row.name}" for row in rows)
    raise PartUnknown(kind, ", ".join(unknown), ", ".join(named))


def _likeness(asked: str, row: Any) -> float:
    """How like what was asked is to the code or a name of a unit or department."""
    names = (str(row.code), str(row.name), str(getattr(row, "short_name", "")))
    return max(
        SequenceMatcher(None, asked.casefold(), name.casefold(), autojunk=False).ratio() for name in names
    )
