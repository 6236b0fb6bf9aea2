"""Run every measurement, or the ones named: `python -m benchmarks [pages cold load …]`."""

import importlib
import sys

from benchmarks.results import machine

MODULES = ("judging", "imports", "pages", "cold", "memory", "load", "papers", "nation")


def main(chosen: list[str]) -> int:
    """Exit code 1 where a limit did not hold, 2 where a name is unknown."""
    unknown = sorted(set(chosen) - set(MODULES))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(MODULES)}", file=sys.stderr)
        return 2
    print(f"Measured on {machine()}")
    held = [importlib.import_module(f"benchmarks.{name}").main() for name in chosen or MODULES]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
