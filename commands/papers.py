"""snapshot: what the pages show on a day, as a formatted workbook."""

import argparse
from pathlib import Path
from typing import Any

from briefing.villages import load_villages
from commands.console import Command, Console, Exit
from commands.database import open_engine
from commands.frames import add_frame, frame_of
from data_access.engine import read
from notices.snapshot import file_name
from notices.snapshot import snapshot as snapshot_of


def register(commands: Any, console: Console) -> None:
    """Add the command."""
    parser = Command("snapshot", snapshot).add(commands, console)
    add_frame(parser, console)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=console.words("snapshot.output"))


def snapshot(args: argparse.Namespace, console: Console) -> int:
    """Write the Excel snapshot of a day."""
    with read(open_engine()) as connection:
        held = load_villages(connection, frame_of(connection, args))
    output = args.output or Path(file_name(held.county, console.lang))
    output.write_bytes(snapshot_of(held, console.lang))
    console.say("output.written", file=output)
    return Exit.DONE
