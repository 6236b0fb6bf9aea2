"""Read a workbook under guard: screened first, then read by a child process with little memory and time.

The child (`intake/child.py`) is started as a new interpreter, the same way on every platform. Whatever
happens to it, the caller gets the sheets or one `WorkbookRefused`.
"""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.errors import WorkbookRefused
from intake.screen import screen

SECONDS = 30
CHILD = Path(__file__).with_name("child.py")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was found: rows of raw values (see `intake.cells`) and its merged ranges."""

    name: str
    hidden: bool
    rows: list[list[Any]]
    merged: tuple[str, ...]


def read_workbook(content: bytes, *, seconds: float = SECONDS) -> list[RawSheet]:
    """Give every sheet of a workbook, hidden ones too; WorkbookRefused when it cannot be read."""
    screen(content)
    answer = _ask_child(content, seconds)
    if "refused" in answer:
        raise WorkbookRefused(answer.pop("refused"), **answer)
    return [
        RawSheet(sheet["name"], sheet["state"] != "visible", sheet["rows"], tuple(sheet["merged"]))
        for sheet in answer["sheets"]
    ]


def _ask_child(content: bytes, seconds: float) -> dict[str, Any]:
    # Alone with Python's own library: no packages, no settings of the user, none of our modules.
    command = [sys.executable, "-I", "-S", str(CHILD)]
    # Our own interpreter and file; of the user's nothing but the content on its standard input.
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise WorkbookRefused("too_slow", seconds=f"{seconds:g}") from None
    if done.returncode != 0:
        log.warning("workbook refused: reader ended with %s: %s", done.returncode, _last_line(done.stderr))
        raise WorkbookRefused("memory" if _ran_out(done) else "broken_file")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _ran_out(done: subprocess.CompletedProcess[bytes]) -> bool:
    # A negative status is a signal: the system ended the child, for memory more likely than anything.
    return done.returncode < 0 or b"MemoryError" in done.stderr[-2_000:]


def _last_line(trace: bytes) -> str:
    lines = trace.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else "no word"
