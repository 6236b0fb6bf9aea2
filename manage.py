"""The administrator's commands. `python manage.py --help` lists them; docs/commands.md explains them."""

import os
import sys
from collections.abc import Sequence

from commands import cells, database, notices, serve, snapshots, submissions, workbooks
from commands.console import Console, Exit, Parser, file_fault
from commands.words import CATALOGUES
from data_access.errors import UserFacing
from metrics.words import Lang

FAMILIES = (database, workbooks, submissions, cells, snapshots, notices, serve)


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. A fault a person can mend is said in a sentence, never as a trace."""
    console = Console(_language(arguments))
    args = parser(console).parse_args(arguments)
    try:
        return int(args.run(args, console))
    except UserFacing as fault:
        return console.refuse(fault)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python must not complain about it again at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as fault:
        print(file_fault(fault, console), file=console.err)
        return Exit.REFUSED
    except KeyboardInterrupt:
        console.say("interrupted")
        return Exit.FOUND


def parser(console: Console) -> Parser:
    """The whole command line, in the language of the console."""
    whole = Parser(prog="manage.py", console=console, description=console.words("about"))
    whole.add_argument("--lang", choices=tuple(CATALOGUES), default="zh", help=console.words("usage.lang"))
    commands = whole.add_subparsers(
        title=console.words("usage.commands"), metavar="…", required=True, parser_class=Parser
    )
    for family in FAMILIES:
        family.register(commands, console)
    return whole


def _language(arguments: Sequence[str]) -> Lang:
    """The language, needed before the command line can be read: its help and faults are in words too."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=False)
    is_english = any(flag == "--lang=en" or (flag, value) == ("--lang", "en") for flag, value in pairs)
    return "en" if is_english else "zh"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
