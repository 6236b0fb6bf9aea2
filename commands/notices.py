"""notice: draft one of a snapshot, list them, check an edited file, say what was corrected since."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.snapshots import read_whole
from commands.console import Command, Console, Exit, Parser
from commands.counties import add_county, chosen_county
from commands.database import open_engine
from data_access.engine import read
from data_access.scope import Scope
from metrics.vocabulary import NoticeState
from metrics.words import word
from notices.choices import shipped_choices
from notices.figures import Figures
from notices.flow import make, of_this_notice
from notices.opened import Opened, compare_file, corrected_since, every, opened
from notices.reading import read_lines
from notices.rewriting import rewritten
from notices.told import finding_text, note_text, rewritten_text
from notices.word import word as word_file
from ui import clock


def register(commands: Any, console: Console) -> None:
    """Add the command with its verbs."""
    text = console.words("notice.help")
    whole = commands.add_parser("notice", console=console, help=text, description=text)
    title = console.words("usage.commands")
    verbs = whole.add_subparsers(title=title, metavar="…", required=True, parser_class=Parser)
    made = Command("notice.draft", run_draft).add(verbs, console)
    _numbered(made, console, "snapshot.number")
    made.add_argument("--person", required=True, metavar="CODE", help=console.words("notice.person"))
    made.add_argument("--neutral", action="store_true", help=console.words("notice.neutral"))
    made.add_argument("--ranked", action="store_true", help=console.words("notice.ranked"))
    made.add_argument("--no-praise", action="store_true", help=console.words("notice.no_praise"))
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help=console.words("notice.output"))
    add_county(Command("notice.list", run_list).add(verbs, console), console)
    check = Command("notice.check", run_check).add(verbs, console)
    _numbered(check, console, "notice.number")
    check.add_argument("file", type=Path, nargs="?", metavar="FILE", help=console.words("notice.file"))


def _numbered(parser: Parser, console: Console, about: str) -> None:
    add_county(parser, console)
    parser.add_argument("number", type=int, metavar="NUMBER", help=console.words(about))


def run_draft(args: argparse.Namespace, console: Console) -> int:
    """Draft the notice of a snapshot and write its Word file."""
    engine = open_engine()
    with read(engine) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        figures = Figures(read_whole(connection, scope, args.number).villages)
        earlier = next(iter(every(connection, scope)), None)
    choices = shipped_choices(figures, earlier.choices if earlier else None)
    choices = replace(
        choices, is_criticism=not args.neutral, is_ranked=args.ranked, has_praise=not args.no_praise
    )
    number = make(engine, scope, args.number, choices, actor=args.person, moment=clock.now())
    with read(engine) as connection:
        held = opened(connection, scope, number)
    output = args.output or _free(held.paper.name, number)
    output.write_bytes(word_file(held.paper, author=held.choices.typed.get("signature", "")))
    console.print(_line(held, console))
    for code, about in held.notes:
        console.print(f"  {note_text(code, about, console.lang)}")
    console.say("output.written", file=output)
    return Exit.DONE


def _free(name: str, number: int) -> Path:
    """A file that is not there yet: what somebody edited is not written over."""
    plain = Path(f"{name}.docx")
    return Path(f"{name}-{number}.docx") if plain.exists() else plain


def run_list(args: argparse.Namespace, console: Console) -> int:
    """Every notice, the newest first, and how many of its figures were corrected since it was issued."""
    with read(open_engine()) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        for held in every(connection, scope):
            console.print(_line(held, console))
            if held.standing.state in (NoticeState.ISSUED, NoticeState.CORRECTED):
                found = corrected_since(connection, scope, held, clock.now())
                for each in found:
                    console.print(f"  {finding_text(each, console.lang)}")
    return Exit.DONE


def run_check(args: argparse.Namespace, console: Console) -> int:
    """Compare an edited file with its draft, and the draft with what is known now."""
    content = args.file.read_bytes() if args.file else None
    with read(open_engine()) as connection:
        scope = Scope.whole(chosen_county(connection, args))
        held = opened(connection, scope, args.number)
        found, written = [], []
        if content is not None:
            lines = read_lines(content)
            of_this_notice(held, every(connection, scope), lines)
            found, written = compare_file(connection, scope, held, content), rewritten(held.goes_out, lines)
        found += corrected_since(connection, scope, held, clock.now())
    for each in found:
        console.print(finding_text(each, console.lang))
    for line in written:
        console.print(rewritten_text(line, console.lang))
    if not found and not written:
        console.print(console.words("notice.holds", number=args.number))
    return Exit.FOUND if found else Exit.DONE


def _line(held: Opened, console: Console) -> str:
    return console.words(
        "notice.line",
        number=held.notice.number,
        title=held.paper.name,
        snapshot=held.notice.snapshot,
        state=word(held.standing.state, console.lang),
        document=held.document_number or "—",
    )
