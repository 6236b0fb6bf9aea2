"""snapshot: freeze what the leaders see, list and show what was frozen, check it, export it."""

import argparse
import getpass
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from briefing.part import scope_of
from briefing.snapshots import Checked, read_frozen, take, verify
from commands.console import Command, Console, Exit, Parser
from commands.counties import add_county, chosen_county
from commands.database import open_engine
from commands.frames import add_frame, frame_of
from data_access.directory import Directory, read_directory
from data_access.engine import read
from data_access.scope import Scope
from data_access.snapshots import Snapshot, read_content, read_snapshot, read_snapshots
from metrics.periods import period_end, previous
from metrics.vocabulary import Cadence
from notices.part import annexes_of
from notices.places import Names, names_of, part_called
from notices.snapshot import file_name
from notices.verified import verified
from ui import clock

MONTHLY = "monthly"
OCCASIONS = ("by_hand", MONTHLY)
# How many places of difference are printed; their number is always said.
SHOWN = 20


def register(commands: Any, console: Console) -> None:
    """Add the command with its five verbs."""
    text = console.words("snapshot.help")
    whole = commands.add_parser("snapshot", console=console, help=text, description=text)
    title = console.words("usage.commands")
    verbs = whole.add_subparsers(title=title, metavar="…", required=True, parser_class=Parser)
    create = Command("snapshot.create", run_create).add(verbs, console)
    add_frame(create, console)
    part = create.add_mutually_exclusive_group()
    part.add_argument("--unit", metavar="CODE", help=console.words("snapshot.unit"))
    part.add_argument("--department", metavar="CODE", help=console.words("snapshot.department"))
    create.add_argument("--author", default=getpass.getuser(), help=console.words("snapshot.author"))
    create.add_argument(
        "--occasion", choices=OCCASIONS, default=OCCASIONS[0], help=console.words("snapshot.occasion")
    )
    add_county(Command("snapshot.list", run_list).add(verbs, console), console)
    _numbered(Command("snapshot.show", run_show).add(verbs, console), console)
    _numbered(Command("snapshot.verify", run_verify).add(verbs, console), console, nargs="*")
    export = Command("snapshot.export", run_export).add(verbs, console)
    _numbered(export, console)
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help=console.words("snapshot.output"))


def _numbered(parser: Parser, console: Console, **further: Any) -> None:
    add_county(parser, console)
    parser.add_argument(
        "number", type=int, metavar="NUMBER", help=console.words("snapshot.number"), **further
    )


def run_create(args: argparse.Namespace, console: Console) -> int:
    """Freeze the county on a day."""
    engine = open_engine()
    with read(engine) as connection:
        if args.occasion == MONTHLY and args.as_of is None:
            args.as_of = _last_month_end()
            county = chosen_county(connection, args)
            held = _kept_for(connection, county, args)
            if held is not None:
                console.print(_line(held, _directory(connection, Scope.whole(county)), console))
                console.say("snapshot.kept_before")
                return Exit.DONE
        frame = frame_of(connection, args)
        scope = scope_of(frame.county, args.unit or frame.county, args.department)
    frame = replace(frame, scope=scope)
    made = take(engine, frame, author=args.author, occasion=args.occasion, now=clock.now)
    with read(engine) as connection:
        directory = _directory(connection, Scope.whole(frame.county))
    console.print(_line(made, directory, console))
    return Exit.DONE


def _directory(connection: Connection, scope: Scope) -> Directory:
    """The units and departments as they are called today."""
    return read_directory(connection, scope, day=clock.today(), known_at=None)


def _last_month_end() -> date:
    """The end of the month that ended last; today on the last day of a month."""
    today = clock.today()
    end = period_end(Cadence.MONTH, today)
    return end if end == today else previous(Cadence.MONTH, end)


def _kept_for(connection: Connection, county: str, args: argparse.Namespace) -> Snapshot | None:
    """The monthly snapshot of the same part and day that was kept before."""
    wanted = (args.as_of, args.unit or county, args.department)
    for each in read_snapshots(connection, Scope.whole(county)):
        heading = each.heading
        if heading.occasion == MONTHLY and (heading.as_of, heading.root, heading.department) == wanted:
            return each
    return None


def run_list(args: argparse.Namespace, console: Console) -> int:
    """Every snapshot, the newest first."""
    with read(open_engine()) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        held = read_snapshots(connection, scope)
        directory = _directory(connection, scope)
    for each in held:
        console.print(_line(each, directory, console))
    return Exit.DONE


def run_show(args: argparse.Namespace, console: Console) -> int:
    """One snapshot: its heading, its fingerprints, and its content as it was kept."""
    with read(open_engine()) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        held = read_snapshot(connection, scope, args.number)
        content = read_content(connection, scope, args.number)
        directory = _directory(connection, scope)
    console.say("snapshot.said", line=_line(held, directory, console), link=held.link, previous=held.previous)
    console.print(content.decode())
    return Exit.DONE


def run_verify(args: argparse.Namespace, console: Console) -> int:
    """Compute snapshots anew and compare; all of them where none is named."""
    with read(open_engine()) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        numbers = args.number or sorted(each.heading.number for each in read_snapshots(connection, scope))
        found = [verify(connection, scope, number) for number in numbers]
        directory = _directory(connection, scope)
    for each in found:
        _tell(each, names_of(directory), console)
    return Exit.FOUND if any(each.is_tampered for each in found) else Exit.DONE


def run_export(args: argparse.Namespace, console: Console) -> int:
    """Write the Excel workbook of a snapshot, from what was kept."""
    with read(open_engine()) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        frozen = read_frozen(connection, scope, args.number)
    output = args.output or Path(file_name(frozen.villages.county, console.lang))
    output.write_bytes(annexes_of(frozen.villages, console.lang))
    console.say("output.written", file=output)
    return Exit.DONE


def _line(held: Snapshot, directory: Directory, console: Console) -> str:
    heading = held.heading
    part = part_called(heading.root, heading.department, names_of(directory))
    moment = heading.known_at.astimezone(clock.COUNTY_ZONE).strftime("%Y-%m-%d %H:%M:%S")
    return console.words(
        "snapshot.line",
        number=heading.number,
        as_of=heading.as_of,
        moment=moment,
        occasion=console.words(f"snapshot.{heading.occasion}"),
        author=heading.author,
        version=heading.version,
        part="" if heading.is_whole else console.words("snapshot.part", name=part),
        fingerprint=held.fingerprint,
    )


def _tell(checked: Checked, names: Names, console: Console) -> None:
    """What a check found, a line each."""
    said = verified(checked, names, console.lang)
    for line in said.sentences:
        console.print(line)
    for place in said.places[:SHOWN]:
        console.print(f"  {place}")
