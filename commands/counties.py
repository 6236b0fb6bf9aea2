"""Which county a command speaks about."""

import argparse

from sqlalchemy import Connection

from commands.console import Console, Parser
from data_access.errors import DatabaseEmpty, UserFacing
from data_access.reads import counties
from data_access.settings import settings


class WhichCounty(UserFacing):
    """Several counties in the database and none named."""

    code = "which_county"
    fields = ("count", "names")
    zh = "数据库里有 {count} 个县：{names}。"
    en = "The database holds {count} counties: {names}."
    remedy_zh = "请用 --county 指明是哪一个。"
    remedy_en = "Name one with --county."


def add_county(parser: Parser, console: Console) -> None:
    """Add the option --county."""
    parser.add_argument("--county", help=console.words("county.help"))


def chosen_county(connection: Connection, args: argparse.Namespace) -> str:
    """The county named, else the configured one, else the only one. Raises `DatabaseEmpty`, `WhichCounty`."""
    held = counties(connection)
    wanted = args.county or settings().county
    if wanted:
        if wanted not in held:
            raise DatabaseEmpty(wanted)
        return str(wanted)
    if not held:
        raise DatabaseEmpty()
    if len(held) > 1:
        raise WhichCounty(len(held), ", ".join(held))
    return held[0]
