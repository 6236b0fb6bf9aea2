"""What a rule document would change before it takes effect: the same boards judged by it, compared cell by cell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from briefing.judging import BoardOf, rules_of
from briefing.lists import principal
from briefing.load import Briefing, Draft, judging_of
from briefing.ranking import flags, ranking
from briefing.villages import Villages, judge_villages
from metrics.board import RULE_COLUMNS, Board
from metrics.differences import differences
from metrics.lagging import Flag
from metrics.vocabulary import Level


@dataclass(frozen=True)
class Drafted:
    """A rule document that nobody has issued yet; its content has been checked."""

    number: str
    title: str
    content: Mapping[str, Any]
    valid_from: date


@dataclass(frozen=True)
class Changed:
    """The cells of one level whose state would differ, the units newly flagged, and those no longer flagged.

    `cells` are rows of `metrics.differences`; `judged` says how many cells were compared.
    """

    level: Level
    judged: int
    cells: pd.DataFrame
    flagged: tuple[Flag, ...]
    unflagged: tuple[Flag, ...]


@dataclass(frozen=True)
class Preview:
    """What would change on the day in view, by level.

    `is_in_force`: the document already holds on that day, and the change is what the page would show. Else it
    was judged as if the document held on that day, the periods before by their own rules. `ranks` are the
    townships whose rank or peer group would differ: unit, group_before, rank_before, group_after, rank_after.
    """

    is_in_force: bool
    levels: tuple[Changed, ...]
    ranks: pd.DataFrame


def preview(connection: Connection, villages: Villages, drafted: Drafted, now: datetime) -> Preview:
    """Judge the day in view again with the drafted document; nothing is written."""
    county = villages.county
    put = in_place(drafted, county.frame.as_of, now)
    judging = judging_of(connection, county, county.root, draft=put)
    cells = judging.cells()
    rules = rules_of(judging.board)
    after = replace(
        county, board=judging.board, cells=cells, earlier=judging.earlier(rules, cells), rules=rules
    )
    below = judge_villages(connection, county, put)
    levels = [_of_level(county, after, level) for level in (Level.COUNTY, Level.TOWNSHIP)]
    levels.append(_changed(Level.VILLAGE, villages.cells, below.cells, villages.flags, below.flags))
    return Preview(drafted.valid_from <= county.frame.as_of, tuple(levels), _ranks(county, after))


def in_place(drafted: Drafted, as_of: date, now: datetime) -> Draft:
    """Put a drafted document among the rules of the boards read.

    One that begins after the day in view stands in place of that day's rules, and of no day before.
    """
    row = {
        "number": drafted.number,
        "title": drafted.title,
        "content": json.dumps(drafted.content, ensure_ascii=False),
        "recorded_at": now,
        "author": "",
    }

    def put(read: BoardOf) -> BoardOf:
        def board_of(back: int) -> Board:
            board = read(back)
            if drafted.valid_from <= as_of:
                return replace(board, rules=_with(board.rules, row | {"valid_from": drafted.valid_from}))
            if back == 0:
                since = date(board.year - 1, 1, 1)
                return replace(board, rules=_with(board.rules.head(0), row | {"valid_from": since}))
            return board

        return board_of

    return put


def _with(rules: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    number = int(rules["id"].max()) + 1 if len(rules) else 1
    added = pd.DataFrame([{"id": number, **row}], columns=list(RULE_COLUMNS), dtype="object")
    return pd.concat([rules.astype("object"), added], ignore_index=True)


def _ranks(before: Briefing, after: Briefing) -> pd.DataFrame:
    """Whose rank or group differs, those without a rank last."""
    was, will = (ranking(each)[["unit", "group", "rank"]] for each in (before, after))
    both = was.merge(will, on="unit", suffixes=("_before", "_after"))
    moved = both["rank_before"].fillna(0) != both["rank_after"].fillna(0)
    moved |= both["group_before"] != both["group_after"]
    moved &= both["rank_before"].notna() | both["rank_after"].notna()
    return both[moved].sort_values(["group_after", "rank_after", "unit"], na_position="last")


def _of_level(before: Briefing, after: Briefing, level: Level) -> Changed:
    flagged = (tuple(flags(each, level)) for each in (before, after))
    return _changed(level, before.cells_at(level), after.cells_at(level), *flagged)


def _changed(
    level: Level,
    before: pd.DataFrame,
    after: pd.DataFrame,
    flagged: tuple[Flag, ...],
    would_be: tuple[Flag, ...],
) -> Changed:
    old, new = ({flag.unit for flag in each} for each in (flagged, would_be))
    return Changed(
        level=level,
        judged=len(principal(before)),
        cells=differences(before, after, of=("state",)),
        flagged=tuple(flag for flag in would_be if flag.unit not in old),
        unflagged=tuple(flag for flag in flagged if flag.unit not in new),
    )
