"""How a check is registered: one function, one code of the catalogue, blocking or warning.

A check reads a whole sheet at once and yields what it finds; where it stands and whether it stops the
import is decided here, so that no check can forget it.
"""

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

from intake.problems import Problem
from intake.tables import Table

Subject = TypeVar("Subject")


class Finding(NamedTuple):
    """What a check found: the row, the column it concerns, and the facts of its sentence."""

    number: int
    column: str
    facts: dict[str, object] = {}  # noqa: RUF012 never written to


class Check(NamedTuple, Generic[Subject]):
    """A registered check. What a `doubtful` one finds is kept with the figure as its doubt."""

    code: str
    blocking: bool
    doubtful: bool
    find: Callable[[Subject], Iterator[Finding]]


class Registry(Generic[Subject]):
    """The checks of one kind of sheet, in the order in which they were registered."""

    def __init__(self) -> None:
        """Begin without checks."""
        self.checks: list[Check[Subject]] = []

    def check(
        self, code: str, *, blocking: bool, doubtful: bool = False
    ) -> Callable[[Callable[[Subject], Iterator[Finding]]], Callable[[Subject], Iterator[Finding]]]:
        """Register the decorated function under a code."""

        def register(
            find: Callable[[Subject], Iterator[Finding]],
        ) -> Callable[[Subject], Iterator[Finding]]:
            self.checks.append(Check(code, blocking, doubtful, find))
            return find

        return register

    def run(self, subject: Subject, table: Table) -> dict[int, list[Problem]]:
        """Run every check; problems go to the table. Returns those that cast doubt on a figure, by row."""
        doubts: dict[int, list[Problem]] = {}
        for check in self.checks:
            for finding in check.find(subject):
                table.problem(
                    check.code, finding.number, finding.column, finding.facts, blocking=check.blocking
                )
                if check.doubtful:
                    doubts.setdefault(finding.number, []).append(table.problems[-1])
        return doubts
