"""template, import: workbooks out and in."""

import argparse
import getpass
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from briefing.load import Frame, load
from commands.console import Command, Console, Exit, Parser, person
from commands.counties import add_county, chosen_county
from commands.database import open_engine
from commands.frames import default_day
from data_access.engine import read
from data_access.errors import TERMS, DatabaseEmpty, NotFound
from data_access.scope import Scope
from data_access.settings import settings
from intake.plan import Plan, apply, county_of, plan
from intake.screen import content_of
from intake.templates import breakdown_template, report_template, setup_template
from ui import clock

MOST_CHANGES_SHOWN = 20


def register(commands: Any, console: Console) -> None:
    """Add the two commands."""
    parser = Command("template", template).add(commands, console)
    add_county(parser, console)
    parser.add_argument("form", choices=tuple(FORMS), help=console.words("template.form"))
    parser.add_argument("--unit", metavar="CODE", help=console.words("template.unit"))
    parser.add_argument("--year", type=int, metavar="YYYY", help=console.words("template.year"))
    parser.add_argument("--period", type=month_end, metavar="YYYY-MM", help=console.words("template.period"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=console.words("output")
    )
    _register_import(commands, console)


def _register_import(commands: Any, console: Console) -> None:
    parser: Parser = Command("import", import_file).add(commands, console)
    add_county(parser, console)
    parser.add_argument("file", type=Path, metavar="FILE", help=console.words("import.file"))
    parser.add_argument(
        "--author", type=person, default=getpass.getuser(), help=console.words("import.author")
    )
    parser.add_argument("--accept", action="store_true", help=console.words("import.accept"))
    parser.add_argument("--all", action="store_true", help=console.words("import.all"))
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--yes", action="store_true", help=console.words("import.yes"))
    choice.add_argument("--dry-run", action="store_true", help=console.words("import.dry_run"))


def month_end(text: str) -> date:
    """The last day of a month written as 2026-10; ValueError for anything else."""
    first = date.fromisoformat(f"{text}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


def template(args: argparse.Namespace, console: Console) -> int:
    """Write an empty or pre-filled workbook."""
    content = FORMS[args.form](args, console)
    args.output.write_bytes(content)
    console.say("output.written", file=args.output)
    return Exit.DONE


def _setup(args: argparse.Namespace, console: Console) -> bytes:
    # The county that is to be set up is not in the database yet.
    return setup_template(args.county or "", lang=console.lang)


def _breakdown(args: argparse.Namespace, console: Console) -> bytes:
    with read(open_engine()) as connection:
        county = chosen_county(connection, args)
        day = default_day(connection, county)
        year, unit = args.year or day.year, args.unit or county
        return breakdown_template(connection, Scope.whole(county), year, unit, day=day, lang=console.lang)


def _report(args: argparse.Namespace, console: Console) -> bytes:
    with read(open_engine()) as connection:
        county = chosen_county(connection, args)
        period = args.period or _month_of(default_day(connection, county))
        unit, scope = args.unit or county, Scope.whole(county)
        return report_template(
            connection, scope, unit, period, cells=_cells(connection, scope, unit, period), lang=console.lang
        )


FORMS = {"setup": _setup, "breakdown": _breakdown, "report": _report}


def _month_of(day: date) -> date:
    return month_end(f"{day:%Y-%m}")


def _cells(connection: Connection, scope: Scope, unit: str, period: date) -> Any:
    """The cells of the period before: which figures were behind and want an explanation."""
    frame = Frame(scope, period.year, period, None, clock.now())
    county = load(connection, frame)
    if unit not in county.units.index:
        raise NotFound("unit", unit)
    return (county if unit == county.root else load(connection, frame, unit)).cells


def import_file(args: argparse.Namespace, console: Console) -> int:
    """Show what a workbook would change and every problem in it; write it when all is well and wanted."""
    engine, content = open_engine(), content_of(args.file)
    found = plan(
        engine,
        Scope.whole(_county(engine, args, content)),
        content,
        args.file.name,
        today=clock.today(),
        known_at=clock.now(),
    )
    _show(found, console, MOST_CHANGES_SHOWN if not args.all else len(found.changes))
    if found.blocking:
        console.say("import.blocked", count=len(found.blocking))
        return Exit.FOUND
    if found.changes_nothing:
        _say_nothing_new(found, console)
        return Exit.DONE
    if args.dry_run or not (args.yes or _agreed(console)):
        console.say("import.not_written")
        # A script that forgot --yes shall not take it for done.
        return Exit.DONE if args.dry_run else Exit.REFUSED
    applied = apply(engine, found, author=args.author, recorded_at=clock.now(), accept=args.accept)
    waits = found.waits and not args.accept
    console.say("import.submitted" if waits else "import.accepted", number=applied.submission)
    return Exit.DONE


def _county(engine: Engine, args: argparse.Namespace, content: bytes) -> str:
    try:
        with read(engine) as connection:
            return chosen_county(connection, args)
    except DatabaseEmpty:
        # A setup workbook brings the county that is named here, or that it names itself.
        named = args.county or settings().county or county_of(content)
        if not named:
            raise
        return str(named)


def _show(found: Plan, console: Console, most: int) -> None:
    for kind, count in found.counts.items():
        if not (count.changed or count.unchanged):
            continue
        name = TERMS.get(kind, (kind, kind))[0 if console.lang == "zh" else 1]
        console.say(
            "import.count", kind=name, new=count.new, corrected=count.corrected, unchanged=count.unchanged
        )
    told = [change for change in found.changes if change.what != "unchanged"]
    for change in told[:most]:
        console.print(
            console.words(
                f"import.{change.what}",
                sheet=change.sheet,
                cell=change.cell,
                unit=change.unit,
                indicator=change.indicator,
                old=change.old,
                new=change.new,
            )
        )
    if len(told) > most:
        console.say("import.more", count=len(told) - most)
    for problem in found.problems:
        console.print(
            console.words(
                "import.problem" if problem.blocking else "import.warning",
                sheet=problem.sheet,
                cell=problem.cell,
                sentence=problem.sentence(console.lang),
                remedy=problem.remedy(console.lang),
            )
        )


def _say_nothing_new(found: Plan, console: Console) -> None:
    if found.earlier is None:
        console.say("import.nothing_new")
        return
    console.say(
        "import.same_file",
        number=found.earlier.id,
        author=found.earlier.submitted_by,
        moment=clock.county_time(found.earlier.submitted_at).strftime("%Y-%m-%d %H:%M"),
    )


def _agreed(console: Console) -> bool:
    console.say("import.ask")
    try:
        return input().strip().lower() in console.words("import.agreed").split()
    except EOFError:
        return False
