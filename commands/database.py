"""init, demo, rebuild, check: the database itself."""

import argparse
import time
from typing import Any

from sqlalchemy import Engine

from commands.console import Command, Console, Exit
from commands.counties import add_county, chosen_county
from data_access import dialect, rollup
from data_access.engine import make_engine, read, write
from data_access.migrate import SchemaState, migrate, require_current, schema_state
from data_access.reads import counties
from data_access.settings import settings
from demo.loading import load

# An administrator's command may take its time; a page may not.
STATEMENT_SECONDS = 600


def register(commands: Any, console: Console) -> None:
    """Add the four commands."""
    Command("init", init).add(commands, console)
    Command("demo", demo).add(commands, console)
    add_county(Command("rebuild", rebuild).add(commands, console), console)
    add_county(Command("check", check).add(commands, console), console)


def open_engine() -> Engine:
    """The engine of the configured database; its structure is the newest."""
    engine = configured_engine()
    require_current(engine)
    return engine


def configured_engine() -> Engine:
    """The engine of the configured database, whatever its structure."""
    return make_engine(settings().database_url, pool_size=2, statement_seconds=STATEMENT_SECONDS)


def init(args: argparse.Namespace, console: Console) -> int:
    """Create or upgrade the database."""
    engine = configured_engine()
    before = schema_state(engine)
    migrate(engine)
    console.say(_INITIATED.get(before, "init.current"))
    return Exit.DONE


_INITIATED = {SchemaState.EMPTY: "init.created", SchemaState.OLD: "init.upgraded"}


def demo(args: argparse.Namespace, console: Console) -> int:
    """Load the invented county into a database that does not hold it."""
    engine = configured_engine()
    migrate(engine)
    console.say("demo.loading")
    started = time.monotonic()
    load(engine)
    console.say("demo.loaded", seconds=_since(started))
    return Exit.DONE


def rebuild(args: argparse.Namespace, console: Console) -> int:
    """Compute what is derived again, in one transaction."""
    engine = open_engine()
    with read(engine) as connection:
        county = chosen_county(connection, args)
    started = time.monotonic()
    with write(engine, county) as connection:
        rollup.rebuild(connection, county)
    console.say("rebuild.done", county=county, seconds=_since(started))
    return Exit.DONE


def check(args: argparse.Namespace, console: Console) -> int:
    """Compare the structure, the stored pages and everything derived with what they should be."""
    engine = open_engine()
    console.say("check.schema")
    with read(engine) as connection:
        faults = dialect.faults(connection)
        held = [chosen_county(connection, args)] if args.county else counties(connection)
        found = {county: rollup.check(connection, county) for county in held}
    console.say("check.broken" if faults else "check.integrity", count=len(faults))
    for fault in faults:
        console.print(fault)
    for county, differences in found.items():
        console.say("check.differs" if differences else "check.county", county=county, count=len(differences))
        for difference in differences:
            console.print(f"{difference.table}\t{difference.key}\t{difference.stored}\t{difference.expected}")
    if any(found.values()):
        console.say("check.remedy")
    return Exit.FOUND if faults or any(found.values()) else Exit.DONE


def _since(started: float) -> str:
    return f"{time.monotonic() - started:.1f}"
