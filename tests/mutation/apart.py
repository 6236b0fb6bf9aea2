"""Run test files over broken copies of `metrics/`, each in a process of its own that begins with all else loaded.

Called by test_breaks.py as `python -P apart.py FOLDER TEST_FILE ...`: prints one line a pair, the exit code of
pytest. To load pandas and Hypothesis anew for each of them would take most of the time.
"""

import importlib
import os
import sys

import altair  # noqa: F401
import hypothesis.extra.numpy  # noqa: F401
import pandas  # noqa: F401
import pytest
import sqlalchemy  # noqa: F401

OPTIONS = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "-x", "-m", "not long")
# Hypothesis is loaded already, which pytest would have liked to do itself.
QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


def main(pairs: list[str]) -> None:
    """One process after another."""
    for folder, tests in zip(pairs[::2], pairs[1::2], strict=True):
        child = os.fork()
        if not child:
            # Before pytest puts the tree itself on the path.
            sys.path.insert(0, folder)
            importlib.import_module("metrics")
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(int(pytest.main([*OPTIONS, *QUIET, f"tests/metrics/{tests}"])))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
