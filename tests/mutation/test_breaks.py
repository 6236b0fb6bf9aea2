"""The short form of the mutation run: faults put into the judging code by hand must be noticed by its tests.

Each break stands for a kind of fault that would shame a unit in public. The long form is `make mutation`.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Break:
    """One line of a module of `metrics/` made wrong, and the test file that has to notice."""

    name: str
    module: str
    right: str
    wrong: str
    noticed_by: str


BREAKS = (
    Break(
        "a strict comparator is met by equality",
        "progress.py",
        "np.where(aims.is_strict, ahead > 0, ahead >= 0)\n\n\ndef _reached",
        "np.where(aims.is_strict, ahead >= 0, ahead >= 0)\n\n\ndef _reached",
        "test_kinds.py",
    ),
    Break(
        "a unit below the reporting gate is ranked",
        "ranks.py",
        "_shared_rank(rate.where(~is_gated), ",
        "_shared_rank(rate, ",
        "test_ranks.py",
    ),
    Break(
        "an item is overdue on its last day",
        "rectification.py",
        "clock.mask(days > 0,",
        "clock.mask(days >= 0,",
        "test_rectification.py",
    ),
    Break(
        "escalation is one step too lenient",
        "persistence.py",
        "counted.lasting > 0, counted.lasting + 1, 0",
        "counted.lasting > 0, counted.lasting, 0",
        "test_persistence.py",
    ),
    Break(
        "a value given as a bound decides what it cannot",
        "verdict.py",
        "return is_open & (case.basis.gap == Gap.IN)",
        "return is_open & (case.basis.gap != case.basis.gap)",
        "test_kinds.py",
    ),
)


CLEAN = "test_ranks.py"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """What pytest says of the test file of each break, and of a copy without any as the last."""
    pairs: list[str] = []
    for fault in (*BREAKS, None):
        folder = tmp_path_factory.mktemp("broken")
        shutil.copytree(ROOT / "metrics", folder / "metrics", ignore=shutil.ignore_patterns("__pycache__"))
        if fault is not None:
            _break(folder / "metrics", fault)
        pairs += [str(folder), CLEAN if fault is None else fault.noticed_by]
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-P", str(ROOT / "tests" / "mutation" / "apart.py"), *pairs]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True)
    return [int(line) for line in done.stdout.splitlines()]


def _break(copy: Path, fault: Break) -> None:
    source = (copy / fault.module).read_text(encoding="utf-8")
    assert source.count(fault.right) == 1, "the line to break is not where it was"
    (copy / fault.module).write_text(source.replace(fault.right, fault.wrong), encoding="utf-8")


@pytest.mark.parametrize("place", range(len(BREAKS)), ids=[fault.name for fault in BREAKS])
def test_a_fault_in_the_judging_code_is_noticed(outcomes: list[int], place: int) -> None:
    assert outcomes[place] == pytest.ExitCode.TESTS_FAILED


def test_a_copy_without_a_fault_passes(outcomes: list[int]) -> None:
    # Otherwise a copy that cannot be run at all would count as a fault noticed.
    assert outcomes[len(BREAKS) :] == [pytest.ExitCode.OK]
