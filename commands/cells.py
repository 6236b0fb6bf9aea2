"""cells: the judged cells with every input and figure, for scripts and for whoever checks from outside."""

import argparse
import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

import pandas as pd
from sqlalchemy import Connection

from briefing.load import Briefing, Frame, load
from commands.console import Command, Console, Exit
from commands.database import open_engine
from commands.frames import add_frame, frame_of
from data_access.engine import read
from data_access.errors import NotFound
from metrics.vocabulary import Level, State
from metrics.words import Lang, word

NAMED = ("unit_name", "indicator_name", "measure", "scale", "state_word")


def register(commands: Any, console: Console) -> None:
    """Add the command."""
    parser = Command("cells", cells).add(commands, console)
    add_frame(parser, console)
    parser.add_argument("--unit", metavar="CODE", help=console.words("cells.unit"))
    parser.add_argument("--indicator", metavar="CODE", help=console.words("cells.indicator"))
    parser.add_argument(
        "--format", choices=("csv", "json"), default="csv", help=console.words("cells.format")
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=console.words("output"))


def cells(args: argparse.Namespace, console: Console) -> int:
    """Print the cells of a unit and of the units below it."""
    with read(open_engine()) as connection:
        frame = frame_of(connection, args)
        briefing, rows = judged(connection, frame, args.unit, args.indicator)
    rows = named(rows, briefing, console.lang)
    write = _write_json if args.format == "json" else _write_csv
    if args.output is None:
        write(rows, briefing, console.out)
    else:
        # Excel takes a CSV file for Chinese text in UTF-8 only when it begins with the mark.
        encoding = "utf-8-sig" if args.format == "csv" else "utf-8"
        with args.output.open("w", encoding=encoding, newline="") as out:
            write(rows, briefing, out)
        console.say("output.written", file=args.output)
    return Exit.DONE


def judged(
    connection: Connection, frame: Frame, unit: str | None, indicator: str | None
) -> tuple[Briefing, pd.DataFrame]:
    """The briefing of a unit and its judged cells. Raises `NotFound` for an unknown unit or indicator."""
    briefing = load(connection, frame)
    if unit is not None:
        if unit not in briefing.units.index:
            raise NotFound("unit", unit)
        is_village = briefing.units.at[unit, "level"] == Level.VILLAGE
        # A village has nothing below it: its cells are read with its township's.
        briefing = load(connection, frame, str(briefing.units.at[unit, "parent"]) if is_village else unit)
    rows = briefing.cells
    if unit is not None and briefing.root != unit:
        rows = rows[rows["unit"] == unit]
    if indicator is not None:
        if indicator not in briefing.indicators.index:
            raise NotFound("indicator", indicator)
        rows = rows[rows["indicator"] == indicator]
    return briefing, rows


def named(rows: pd.DataFrame, briefing: Briefing, lang: Lang) -> pd.DataFrame:
    """The cells with the names that go with their codes: unit, indicator, measure, decimals, state."""
    units, indicators = briefing.units, briefing.indicators
    return rows.assign(
        unit_name=rows["unit"].map(units["name"]),
        indicator_name=rows["indicator"].map(indicators["name"]),
        measure=rows["indicator"].map(indicators["measure"]),
        scale=rows["indicator"].map(indicators["scale"]),
        state_word=[word(State(state), lang) for state in rows["state"]],
    )


def _write_csv(rows: pd.DataFrame, briefing: Briefing, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    for row in rows.itertuples(index=False):
        writer.writerow([_inert(_plain(value)) for value in row])


def _write_json(rows: pd.DataFrame, briefing: Briefing, out: TextIO) -> None:
    frame = briefing.frame
    whole = {
        "county": frame.county,
        "root": briefing.root,
        "year": frame.year,
        "as_of": frame.as_of.isoformat(),
        "known_at": frame.moment.isoformat(),
        "data_days": {code: _plain(day) for code, day in briefing.board.data_days.items()},
        "cells": [
            {name: _plain(value) for name, value in zip(rows.columns, row, strict=True)}
            for row in rows.itertuples(index=False)
        ],
    }
    json.dump(whole, out, ensure_ascii=False, indent=1, allow_nan=False)
    out.write("\n")


def _plain(value: Any) -> Any:
    """A value as JSON knows it; None for what is missing, which is never zero."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _inert(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝"):
        return f"'{value}"
    return "" if value is None else value
