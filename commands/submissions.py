"""accept, return: what becomes of a workbook that was handed in."""

import argparse
import getpass
from typing import Any

from commands.console import Command, Console, Exit, Parser, person, reason
from commands.counties import add_county, chosen_county
from commands.database import open_engine
from data_access.engine import read, write
from data_access.writes import move_submission
from metrics.vocabulary import SubmissionState
from ui import clock


def register(commands: Any, console: Console) -> None:
    """Add the two commands."""
    _common(Command("accept", accept).add(commands, console), console)
    parser = Command("return", send_back).add(commands, console)
    _common(parser, console)
    parser.add_argument("--reason", type=reason, required=True, help=console.words("return.reason"))


def _common(parser: Parser, console: Console) -> None:
    add_county(parser, console)
    parser.add_argument("number", type=int, metavar="NUMBER", help=console.words("submission.number"))
    parser.add_argument(
        "--author", type=person, default=getpass.getuser(), help=console.words("submission.author")
    )


def accept(args: argparse.Namespace, console: Console) -> int:
    """Let a submission count."""
    _move(args, SubmissionState.ACCEPTED, None)
    console.say("accept.done", number=args.number)
    return Exit.DONE


def send_back(args: argparse.Namespace, console: Console) -> int:
    """Return a submission to whoever handed it in, with the reason."""
    _move(args, SubmissionState.RETURNED, args.reason)
    console.say("return.done", number=args.number)
    return Exit.DONE


def _move(args: argparse.Namespace, state: SubmissionState, note: str | None) -> None:
    engine = open_engine()
    with read(engine) as connection:
        county = chosen_county(connection, args)
    with write(engine, county) as connection:
        move_submission(connection, county, args.number, state, actor=args.author, at=clock.now(), note=note)
