"""What every command needs: words in one language, somewhere to print, and what its exit code means."""

import argparse
import errno
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NoReturn, TextIO

from commands.words import CATALOGUES, USAGE_FAULTS
from data_access.errors import DatabaseBusy, DatabaseUnreachable, UserFacing
from metrics.words import Lang


class Exit(IntEnum):
    """The exit codes, documented in docs/commands.md."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    REFUSED = 3
    UNREACHABLE = 4


@dataclass(frozen=True)
class Console:
    """Prints results to `out` and everything about them to `err`, so that results can be piped."""

    lang: Lang
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    def words(self, key: str, **values: object) -> str:
        """A sentence of the catalogue; an unknown key is a fault of ours and fails."""
        return CATALOGUES[self.lang][key].format(**values)

    def say(self, key: str, **values: object) -> None:
        """Print a sentence about what is going on."""
        print(self.words(key, **values), file=self.err, flush=True)

    def print(self, line: str) -> None:
        """Print a line of the result itself."""
        print(line, file=self.out)

    def refuse(self, fault: UserFacing) -> Exit:
        """Print a fault with its remedy; the exit code that goes with it."""
        print(fault.sentence(self.lang), file=self.err)
        # A remedy that names pages is for their readers: whoever types has commands.
        own = CATALOGUES[self.lang].get(f"remedy.{fault.code}")
        print(self.words("remedy", text=own or fault.remedy(self.lang)), file=self.err)
        is_away = isinstance(fault, DatabaseUnreachable | DatabaseBusy)
        return Exit.UNREACHABLE if is_away else Exit.REFUSED


class Parser(argparse.ArgumentParser):
    """argparse with our words around it."""

    def __init__(self, *, console: Console, **settings: Any) -> None:
        """Take what argparse takes, and the console that has the words."""
        super().__init__(add_help=False, **settings)
        self.console = console
        self._positionals.title = console.words("usage.arguments")
        self._optionals.title = console.words("usage.options")
        self.add_argument("-h", "--help", action="help", help=console.words("usage.help"))

    def format_usage(self) -> str:
        """The usage line, in our words."""
        return self._in_our_words(super().format_usage())

    def format_help(self) -> str:
        """The whole help, in our words."""
        return self._in_our_words(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line and how it is written; never returns."""
        self.print_usage(self.console.err)
        told = self.console.words("usage.wrong", detail=_usage_fault(message, self.console))
        self.exit(Exit.USAGE, told + "\n")

    def _in_our_words(self, text: str) -> str:
        return self.console.words("usage") + text.removeprefix("usage: ")


def _usage_fault(message: str, console: Console) -> str:
    """What argparse found, in our words; as argparse says it where there are none."""
    for sign, key in USAGE_FAULTS:
        found = re.fullmatch(sign, message)
        if found:
            facts = found.groupdict()
            if "detail" in facts:
                facts["detail"] = _usage_fault(facts["detail"], console)
            return console.words(key.format(**facts), **facts)
    return message


def person(text: str) -> str:
    """Who does something, without the blanks around; ValueError for nobody."""
    if not text.strip():
        raise ValueError(text)
    return text.strip()


def reason(text: str) -> str:
    """Why something is done, without the blanks around; ValueError for no reason."""
    return person(text)


# What a system says of a file, by its number.
_FILE_FAULTS = {
    errno.ENOENT: "file.no_such_file",
    errno.EACCES: "file.not_allowed",
    errno.EPERM: "file.not_allowed",
    errno.EISDIR: "file.is_folder",
    errno.ENOTDIR: "file.is_no_folder",
    errno.ENOSPC: "file.full",
}


def file_fault(fault: OSError, console: Console) -> str:
    """What is wrong with a file, in words."""
    key = _FILE_FAULTS.get(fault.errno or 0, "file.other")
    why = console.words(key, said=fault.strerror or str(fault))
    return console.words("file.fault", file=fault.filename or "—", why=why)


@dataclass(frozen=True)
class Command:
    """A command: its name, under which `<name>.help` explains it, and what it runs; a verb's is `command.verb`."""

    name: str
    run: Callable[[argparse.Namespace, Console], int]

    def add(self, commands: Any, console: Console) -> Parser:
        """Add it to the command line; the parser that takes its own arguments."""
        text = console.words(f"{self.name}.help")
        typed = self.name.rpartition(".")[-1]
        parser: Parser = commands.add_parser(typed, console=console, help=text, description=text)
        parser.set_defaults(run=self.run)
        return parser
