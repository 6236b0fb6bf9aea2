"""A county's briefing frozen: everything its pages say on a day as content that can be kept, and back again.

The content holds what was known (`directory`, `board`, `records`), and what was made of it (`judgement`): the
judged cells, the ranks, the flags, the things to decide. A briefing that is thawed says what was made then,
whatever a newer version of the software would make of the same facts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from briefing.attention import Thing, things
from briefing.load import Briefing, Frame
from briefing.once import keep
from briefing.people import Responsible
from briefing.ranking import flags, ranking
from briefing.tables import frame_of, plain, revived, table_of
from briefing.villages import Villages
from data_access.directory import Directory
from data_access.scope import Scope
from metrics.board import Board
from metrics.columns import records
from metrics.lagging import Flag, Reason
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, Rules, document_in_force, parse_rules

FORMAT = 1
DIRECTORY = {
    "units": ("code",),
    "departments": ("code",),
    "persons": ("code",),
    "duties": ("person", "role", "unit", "department", "indicator", "valid_from"),
    "indicators": ("code",),
    "workdays": ("day",),
    "settings": ("name",),
    "checklists": ("indicator", "item"),
}
BOARD = {
    "units": ("code",),
    "indicators": ("code",),
    "facts": ("unit", "indicator", "plan_key"),
    "targets": ("id",),
    "curves": ("id",),
    "rules": ("id",),
    "references": ("unit", "indicator", "measured_from", "reference"),
    "parts": ("unit", "indicator", "part"),
}
RECORDS = {
    "issues": ("number",),
    "issue_events": ("number", "id"),
    "reporting": ("unit",),
    "submissions": ("id",),
    "explanations": ("unit", "indicator", "period"),
    "marks": ("unit", "indicator", "item"),
}
CELL = ("unit", "indicator", "issuer")


@dataclass(frozen=True)
class Frozen:
    """The content of a snapshot, read back: the briefing as it was, and what it was made with."""

    villages: Villages
    software: dict[str, str]


def freeze(held: Villages, software: dict[str, str]) -> dict[str, Any]:
    """The content of a county's briefing; `software` names the version and the formulas it was made with.

    Its frame must say at which moment it was known, for that is what it will be made anew from.
    """
    county = held.county
    frame, board, directory = county.frame, county.board, county.directory
    if frame.known_at is None:
        raise ValueError("a snapshot is of one moment of knowledge")
    return {
        "format": FORMAT,
        "software": software,
        "frame": {
            "county": frame.county,
            "units": sorted(frame.scope.units),
            "departments": sorted(frame.scope.departments),
            "root": county.root,
            "year": frame.year,
            "as_of": plain(frame.as_of),
            "known_at": plain(frame.known_at),
        },
        "directory": {name: table_of(getattr(directory, name), key) for name, key in DIRECTORY.items()},
        "board": {name: table_of(getattr(board, name), key) for name, key in BOARD.items()}
        | {
            "data_days": {code: plain(day) for code, day in board.data_days.items()},
            "not_yet_due": sorted(board.not_yet_due),
        },
        "records": {name: table_of(getattr(county, name), key) for name, key in RECORDS.items()},
        "judgement": _made(held),
    }


def _made(held: Villages) -> dict[str, Any]:
    county = held.county
    return {
        "rules": _rules_content(county),
        "cells": table_of(county.cells, CELL),
        "earlier": [table_of(cells, CELL) for cells in county.earlier],
        "villages": table_of(held.cells, CELL),
        "ranks": table_of(ranking(county), ("unit",)),
        "flags": [_flag_content(flag) for flag in flags(county)],
        "village_flags": [_flag_content(flag) for flag in held.flags],
        "things": [_thing_content(each) for each in things(county)],
    }


def thaw(content: dict[str, Any]) -> Frozen:
    """The briefing of a content, with everything that was made then."""
    frame = _frame(content["frame"])
    made = content["judgement"]
    directory = Directory(
        county=frame.county,
        day=frame.as_of,
        known_at=frame.known_at,
        **{name: frame_of(content["directory"][name]) for name in DIRECTORY},
    )
    held = content["board"]
    board = Board(
        county=frame.county,
        year=frame.year,
        as_of=frame.as_of,
        known_at=frame.moment,
        data_days={code: revived(day) for code, day in held["data_days"].items()},
        not_yet_due=frozenset(held["not_yet_due"]),
        **{name: frame_of(held[name]) for name in BOARD},
    )
    county = Briefing(
        frame=frame,
        root=content["frame"]["root"],
        directory=directory,
        board=board,
        cells=frame_of(made["cells"]),
        earlier=tuple(frame_of(table) for table in made["earlier"]),
        rules=_rules(made["rules"]),
        **{name: frame_of(content["records"][name]) for name in RECORDS},
    )
    keep(ranking, county, frame_of(made["ranks"]))
    keep(flags, county, [_flag(each) for each in made["flags"]])
    keep(things, county, _things(county, made["things"]))
    villages = Villages(
        county,
        frame_of(made["villages"]),
        # What the periods before made of the villages is in their flags.
        (),
        tuple(_flag(each) for each in made["village_flags"]),
    )
    return Frozen(villages, content["software"])


def _frame(held: dict[str, Any]) -> Frame:
    known_at: datetime = revived(held["known_at"])
    scope = Scope.of(held["county"], units=held["units"], departments=held["departments"])
    as_of: date = revived(held["as_of"])
    return Frame(scope, held["year"], as_of, known_at, known_at)


def _rules_content(county: Briefing) -> dict[str, Any]:
    """The document in force word for word; of the shipped rules what they said in this version."""
    rules = county.rules
    if rules.is_default:
        return {"number": rules.number, "title": rules.title, "content": DEFAULT_CONTENT, "valid_from": None}
    day = rules.valid_from
    row = document_in_force(county.board.rules, day) if day is not None else None
    if row is None:
        raise ValueError(f"the rule {rules.number} is not on the board")
    return {"number": row.number, "title": row.title, "content": row.content, "valid_from": plain(day)}


def _rules(held: dict[str, Any]) -> Rules:
    valid_from = revived(held["valid_from"])
    return parse_rules(
        held["number"],
        held["title"],
        held["content"],
        valid_from=valid_from,
        is_default=valid_from is None and held["number"] == DEFAULT_RULES.number,
    )


def _flag_content(flag: Flag) -> dict[str, Any]:
    because = [[each.code, each.about, list(each.words)] for each in flag.because]
    return {"unit": flag.unit, "because": because}


def _flag(held: dict[str, Any]) -> Flag:
    because = tuple(Reason(code, about, (words[0], words[1])) for code, about, words in held["because"])
    return Flag(held["unit"], because)


def _thing_content(thing: Thing) -> dict[str, Any]:
    cell = thing.cell
    return {
        "unit": cell.unit,
        "indicator": cell.indicator,
        "issuer": plain(cell.issuer),
        "share": plain(thing.share),
        "waits_on": plain(thing.waits_on),
        "people": [[each.role, each.name, each.post, each.phone] for each in thing.people],
        "explanation": thing.explanation,
        "explained_for": plain(thing.explained_for),
        "overdue_number": thing.overdue_number,
        "overdue_days": thing.overdue_days,
    }


def _things(county: Briefing, held: list[dict[str, Any]]) -> list[Thing]:
    cells = {(row.unit, row.indicator, plain(row.issuer)): row for row in records(county.cells)}
    return [
        Thing(
            cell=cells[each["unit"], each["indicator"], each["issuer"]],
            share=each["share"],
            waits_on=each["waits_on"],
            people=[Responsible(*told) for told in each["people"]],
            explanation=each["explanation"],
            explained_for=revived(each["explained_for"]),
            overdue_number=each["overdue_number"],
            overdue_days=each["overdue_days"],
        )
        for each in held
    ]
