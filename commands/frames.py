"""The frame of reference of a command: which day, which year, known at which moment."""

import argparse
from datetime import date, datetime

from sqlalchemy import Connection

from briefing.load import Frame
from briefing.year import default_year
from commands.console import Console, Parser
from commands.counties import add_county, chosen_county
from data_access.reads import read_setting
from data_access.scope import Scope
from ui import clock


def day(text: str) -> date:
    """A day as 2026-10-31; ValueError for anything else."""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A moment as 2026-11-06T17:00; on the county's clock where it names no zone."""
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=clock.COUNTY_ZONE)


def add_frame(parser: Parser, console: Console) -> None:
    """Add --county, --as-of, --year and --known-at."""
    add_county(parser, console)
    parser.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help=console.words("frame.as_of"))
    parser.add_argument("--year", type=int, metavar="YYYY", help=console.words("frame.year"))
    parser.add_argument(
        "--known-at", type=moment, metavar="YYYY-MM-DDTHH:MM", help=console.words("frame.known_at")
    )


def frame_of(connection: Connection, args: argparse.Namespace) -> Frame:
    """The frame that the arguments name; the county's own day, else today, where they name none."""
    county = chosen_county(connection, args)
    as_of = args.as_of or default_day(connection, county)
    now = clock.now()
    year = args.year or default_year(connection, county, as_of, args.known_at or now)
    return Frame(Scope.whole(county), year, as_of, args.known_at, now)


def default_day(connection: Connection, county: str) -> date:
    """The day the county's screens open on."""
    fixed = read_setting(connection, county, "clock.as_of")
    return date.fromisoformat(fixed) if fixed else clock.today()
