"""How a measurement is kept and printed: what was measured, the limit, and whether it held."""

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Result:
    """One line of the table: what, the figure measured, the limit in words, and whether it held.

    `held` is None for a figure that has no limit and is only reported.
    """

    what: str
    measured: str
    limit: str = ""
    held: bool | None = None


def show(title: str, results: Iterable[Result]) -> bool:
    """Print results as a table for docs/performance.md. Whether every limit held."""
    kept = list(results)
    print(f"\n## {title}\n")
    print("| what | measured | limit | held |\n|---|---|---|---|")
    for each in kept:
        print(f"| {each.what} | {each.measured} | {each.limit or '—'} | {_word(each.held)} |")
    sys.stdout.flush()
    return all(each.held is not False for each in kept)


def machine() -> str:
    """What the figures were measured on."""
    cores, python = os.cpu_count(), platform.python_version()
    return f"{cores} cores, {platform.system()} {platform.machine()}, Python {python}"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def middle(values: Sequence[float]) -> float:
    return median(values)


def _word(held: bool | None) -> str:
    return {True: "yes", False: "**no**", None: "—"}[held]
